// SPDX-License-Identifier: MIT
// Loads the compiler half (emission, LLVM, the linking library) when the first function has to be compiled.
#include <dlfcn.h>
#include <unistd.h>

#include <climits>
#include <cstdio>
#include <string>

#include "jl/engine/code_cache.h"
#include "jl/engine/state.h"

namespace jl {

namespace {

using OpenCompiler = Compiler *(*)(const EngineOptions &, std::shared_ptr<ligature::Cache>);

/// In the folder lib beside the executable's own, in a build tree as in an installation.
std::string compiler_path() {
  char buffer[PATH_MAX];
  ssize_t n = readlink("/proc/self/exe", buffer, sizeof buffer - 1);
  std::string directory(buffer, n > 0 ? n : 0);
  directory.resize(directory.rfind('/') + 1);
  return directory + "../lib/liblig-compiler.so";
}

Compiler *load(const EngineOptions &options) {
  void *library = dlopen(compiler_path().c_str(), RTLD_NOW | RTLD_LOCAL);
  auto open = library ? reinterpret_cast<OpenCompiler>(dlsym(library, "lig_open_compiler")) : nullptr;
  if (open)
    return open(options, code_cache()); // says itself why it cannot work here
  std::fprintf(stderr, "warning: the compiler could not be loaded, everything is interpreted: %s\n",
               library ? "liblig-compiler.so does not belong to this lig" : dlerror());
  return nullptr;
}

} // namespace

void *find_in_compiler_half(const char *symbol, std::string &problem) {
  void *library = dlopen(compiler_path().c_str(), RTLD_NOW | RTLD_LOCAL);
  void *found = library ? dlsym(library, symbol) : nullptr;
  if (!found)
    problem = dlerror();
  return found;
}

Compiler *compiler_half() {
  Engine::Impl &engine = Engine::Impl::get();
  if (Compiler *compiler = engine.compiler.load(std::memory_order_acquire))
    return compiler;
  std::lock_guard lock(engine.compiler_mutex);
  if (Compiler *compiler = engine.compiler.load(std::memory_order_acquire))
    return compiler;
  if (engine.compiler_failed)
    return nullptr;
  Compiler *compiler = load(engine.options);
  engine.compiler_failed = compiler == nullptr;
  engine.compiler.store(compiler, std::memory_order_release);
  return compiler;
}

} // namespace jl
