// SPDX-License-Identifier: MIT
#include "jl/jit/unit_writer.h"

#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

#include "jl/jit/listing.h"
#include "jl/runtime/io.h"
#include "jl/runtime/module.h"

namespace jl {

UnitWriter::UnitWriter(std::string folder) : folder_(std::move(folder)) {
  if (folder_.empty())
    return;
  mkdir(folder_.c_str(), 0777);
  put("index", true, "");
}

void UnitWriter::put(const std::string &name, bool append, llvm::StringRef bytes) {
  std::string path = folder_ + "/" + name;
  std::FILE *file = std::fopen(path.c_str(), append ? "ab" : "wb");
  bool written = file && std::fwrite(bytes.data(), 1, bytes.size(), file) == bytes.size();
  if (file && std::fclose(file) == 0 && written)
    return;
  int error = errno;
  flush_output();
  std::fprintf(stderr, "lig: %s cannot be written: %s\n", path.c_str(), std::strerror(error));
  _exit(1);
}

static std::string signature_line(const CodeInstance *code) {
  if (!code->def->def)
    return "top-level thunk";
  // Seen from Base: what Main has imported by now is the session's state.
  std::string name = signature_to_string(code->def->spec_types, modules::Base);
  for (size_t at = 0; (at = name.find('\n', at)) != std::string::npos;)
    name.replace(at, 1, "\\n");
  return name;
}

void UnitWriter::write(const ligature::Unit &unit, CodeInstance *code, RoundTrip round_trip) {
  if (folder_.empty())
    return;
  llvm::SmallVector<char, 0> bitcode = ligature::write_bitcode(*unit.module);
  std::string hash = ligature::hex(ligature::key_of(bitcode));
  std::string signature = signature_line(code);
  std::string line = hash + " " + signature + "\n",
              content = content_lines(unit, code, hash, signature, round_trip);
  std::lock_guard lock(mutex_);
  put(hash + ".bc", false, {bitcode.data(), bitcode.size()});
  put("index", true, line);
  put("content", true, content);
}

} // namespace jl
