// SPDX-License-Identifier: MIT
#include "tools/bitcode/run.h"

#include "tools/bitcode/program.h"

#include <cstdio>

extern "C" [[gnu::visibility("default")]] int lig_run_bitcode(const bitcode::RunOptions &options) {
  auto program = bitcode::Program::load(options);
  if (program)
    program->release()->run(); // its parts are used until the process ends
  std::fprintf(stderr, "lig: %s\n", llvm::toString(program.takeError()).c_str());
  return 1;
}
