// SPDX-License-Identifier: MIT
#include "jl/jit/compile_log.h"

#include <cerrno>
#include <cstdlib>
#include <cstring>

#include "jl/runtime/method.h"
#include "jl/runtime/module.h"

namespace jl {

CompileLog::CompileLog(const std::string &path) {
  if (path.empty())
    return;
  file_ = path == "stderr" ? stderr : std::fopen(path.c_str(), "we");
  if (file_)
    return;
  std::fprintf(stderr, "lig: %s cannot be written: %s\n", path.c_str(), std::strerror(errno));
  std::exit(1);
}

void CompileLog::note(const CodeInstance *code, std::chrono::steady_clock::time_point begin) {
  if (!file_ || !code->def->def)
    return;
  std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - begin;
  std::string types = type_to_string(code->def->spec_types, modules::Core);
  std::lock_guard lock(mutex_);
  bool is_written = std::fprintf(file_, "#= %6.1f ms =# precompile(%s)\n", took.count(), types.c_str()) > 0;
  if ((is_written && std::fflush(file_) == 0) || failed_)
    return;
  failed_ = true;
  std::fprintf(stderr, "warning: the list of --trace-compile is incomplete: its file cannot be written: %s\n",
               std::strerror(errno));
}

} // namespace jl
