// SPDX-License-Identifier: MIT
#include "jl/jit/unit_writer.h"

#include <sys/stat.h>

#include <fstream>

#include "jl/jit/listing.h"

namespace jl {

UnitWriter::UnitWriter(std::string folder) : folder_(std::move(folder)) {
  if (folder_.empty())
    return;
  mkdir(folder_.c_str(), 0777);
  std::ofstream(folder_ + "/index", std::ios::app);
}

static std::string signature_line(const CodeInstance *code) {
  if (!code->def->def)
    return "top-level thunk";
  std::string name = display_name(code);
  for (size_t at = 0; (at = name.find('\n', at)) != std::string::npos;)
    name.replace(at, 1, "\\n");
  return name;
}

void UnitWriter::write(const ligature::Unit &unit, const CodeInstance *code) {
  if (folder_.empty())
    return;
  llvm::SmallVector<char, 0> bitcode = ligature::write_bitcode(*unit.module);
  std::string hash = ligature::hex(ligature::key_of(bitcode));
  std::string line = hash + " " + signature_line(code) + "\n";
  std::lock_guard lock(mutex_);
  std::ofstream(folder_ + "/" + hash + ".bc", std::ios::binary).write(bitcode.data(), std::streamsize(bitcode.size()));
  std::ofstream(folder_ + "/index", std::ios::app) << line;
}

} // namespace jl
