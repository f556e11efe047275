// SPDX-License-Identifier: MIT
// Where syntax lives while it is evaluated. A program may evaluate as many expressions as it likes: each call of eval has an arena of
// its own, known by the task that makes the call, since tasks take turns in the middle of evaluations.
#include <mutex>
#include <unordered_map>
#include <utility>

#include "jl/engine/state.h"
#include "jl/runtime/method.h"
#include "jl/runtime/task.h"

namespace jl {

namespace {

struct Evaluations {
  std::mutex mutex;
  std::unordered_map<const Task *, Evaluation *> innermost; // looked up only
};

Evaluations &evaluations() {
  static Evaluations all;
  return all;
}

} // namespace

AstArena &syntax_arena() {
  {
    std::lock_guard lock(evaluations().mutex);
    auto found = evaluations().innermost.find(current_task());
    if (found != evaluations().innermost.end())
      return *found->second->arena;
  }
  thread_local AstArena *arena = new AstArena; // never freed: pending method bodies point into it
  return *arena;
}

void enter_evaluation(Task *task, Evaluation &evaluation) {
  evaluation.arena = new AstArena;
  evaluation.world = current_world();
  std::lock_guard lock(evaluations().mutex);
  evaluation.outer = std::exchange(evaluations().innermost[task], &evaluation);
}

void leave_evaluation(Task *task, Evaluation &evaluation) {
  if (current_world() == evaluation.world)
    delete evaluation.arena;
  std::lock_guard lock(evaluations().mutex);
  if (evaluation.outer)
    evaluations().innermost[task] = evaluation.outer;
  else
    evaluations().innermost.erase(task);
}

} // namespace jl
