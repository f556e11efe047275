// SPDX-License-Identifier: MIT
// Core.eval. Each call has an arena of its own for syntax, so that a program may evaluate as many expressions
// as it likes.
#include "jl/engine/natives.h"
#include "jl/engine/toplevel.h"
#include "jl/lower/lower.h"
#include "jl/runtime/exceptions.h"
#include "jl/runtime/finalizers.h"
#include "jl/runtime/method.h"

namespace jl {

namespace {

struct Syntax {
  AstArena arena;
  uint64_t world = current_world();
};

/// Unless something was defined: the bodies of generated functions are needed later.
void give_back(void *syntax) {
  auto *owned = static_cast<Syntax *>(syntax);
  if (current_world() == owned->world)
    delete owned;
}

/// In collected memory, and on the stack of whoever evaluates: a task may be left suspended in it for ever.
struct Evaluation {
  Syntax *syntax;
};

Evaluation *begin_evaluation() {
  auto *evaluation = gc_new<Evaluation>();
  evaluation->syntax = new Syntax;
  on_block_unreachable(evaluation, give_back, evaluation->syntax);
  return evaluation;
}

void end_evaluation(Evaluation *evaluation) {
  on_block_unreachable(evaluation, nullptr, nullptr);
  give_back(evaluation->syntax);
}

/// Top-level code runs in the newest world; the caller goes on in its own.
Value *eval_in(Task *task, Module *module, Value *expression, AstArena &arena) {
  uint64_t world = task->world;
  Value *result = eval_node(task, module, value_to_node(arena, expression, Range{}), arena);
  task->world = world;
  return result;
}

} // namespace

Value *native_eval(Task *task, Value *, Value **args, uint32_t) {
  if (type_of(args[0]) != types::Module_)
    throw_type_error(task, "eval", types::Module_, args[0]);
  Evaluation *evaluation = begin_evaluation();
  Handler handler;
  if (TRY_ENTER(task, handler)) {
    Value *result = eval_in(task, static_cast<Module *>(args[0]), args[1], evaluation->syntax->arena);
    handler_leave(task, &handler);
    end_evaluation(evaluation);
    return result;
  }
  end_evaluation(evaluation);
  rethrow_current(task);
}

} // namespace jl
