// SPDX-License-Identifier: MIT
// What the engine keeps for as long as the process runs.
//
// There is one engine, Engine::Impl::get(); engine.h is what others see of it. What belongs to running code
// is in its Task (jl/runtime/task.h), what belongs to one evaluation is passed along.
#pragma once

#include <atomic>
#include <memory>
#include <mutex>

#include "jl/engine/engine.h"
#include "jl/support/source.h"
#include "jl/syntax/ast.h"

namespace jl {

namespace stored {
class Writer;
}

struct Engine::Impl {
  EngineOptions options;
  SourceMap sources;
  Task *main_task = nullptr;
  std::atomic<Compiler *> compiler{nullptr}; // loaded on first use
  std::mutex compiler_mutex;
  std::atomic<bool> compiler_failed = false; // could not be loaded: everything is interpreted
  bool base_loaded = false;
  stored::Writer *library_writer = nullptr; // while Base is loaded from its text, to be stored
  double base_ms = 0;                       // loading the library

  static Impl &get();
};

/// The arena that syntax of this thread lives in, for ever: pending method bodies point into it.
AstArena &syntax_arena();
/// The compiler half, loading it now if need be. Null when it cannot be loaded (said once on standard error).
Compiler *compiler_half();

} // namespace jl
