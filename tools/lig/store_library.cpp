// SPDX-License-Identifier: MIT
// lig-store-library FILE: evaluates Base's text and stores what that did in FILE, for the build to put into
// `lig`.
#include <cstdio>

#include "jl/engine/engine.h"

int main(int argc, char **argv) {
  if (argc != 2) {
    std::fputs("usage: lig-store-library FILE\n", stderr);
    return 2;
  }
  jl::EngineOptions options;
  options.compile = jl::CompileMode::Min;
  options.cache.mode = ligature::CacheMode::Off;
  options.store_library = argv[1];
  return jl::run_program(options, [](jl::Engine &) { return 0; });
}
