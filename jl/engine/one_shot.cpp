// SPDX-License-Identifier: MIT
#include "jl/engine/one_shot.h"

#include <atomic>
#include <utility>

#include "jl/infer/effects.h"
#include "jl/interp/interpret.h"
#include "jl/runtime/exceptions.h"
#include "jl/runtime/finalizers.h"
#include "jl/runtime/method.h"

namespace jl {

namespace {

/// Code whose thunk became unreachable: given back when the next thunk comes, since finalizers may not take locks.
struct Unreachable {
  OneShotCode *code;
  Unreachable *next;
};
std::atomic<Unreachable *> unreachable{nullptr};

void note_unreachable(void *data) {
  auto *one = static_cast<Unreachable *>(data);
  one->next = unreachable.load(std::memory_order_relaxed);
  while (!unreachable.compare_exchange_weak(one->next, one, std::memory_order_release)) {
  }
}

void drop_unreachable(Compiler *compiler) {
  for (Unreachable *one = unreachable.exchange(nullptr, std::memory_order_acquire); one;) {
    compiler->drop_once(one->code);
    delete std::exchange(one, one->next);
  }
}

Value *enter(Task *task, CodeInstance *code) {
  auto invoke = reinterpret_cast<InvokeFn>(code->entry.invoke.load(std::memory_order_acquire));
  return invoke(nullptr, nullptr, 0, code, task);
}

/// The thunk has ended. A backtrace may still name its code: then that stays as long as the thunk can be reached.
void finish(Compiler *compiler, MethodInstance *thunk, Unreachable *held, bool in_backtrace) {
  if (in_backtrace)
    return;
  on_unreachable(thunk, nullptr, nullptr);
  compiler->drop_once(held->code);
  delete held;
}

} // namespace

Value *run_once(Task *task, Compiler *compiler, MethodInstance *thunk, CodeInstance *code) {
  drop_unreachable(compiler);
  if (code->rettype_const && (code->effects & kRemovable) == kRemovable)
    return code->rettype_const;
  OneShotCode *compiled = compiler->compile_once(task, code);
  if (!compiled)
    return interpret(task, thunk, nullptr, nullptr, 0);
  auto *held = new Unreachable{compiled, nullptr};
  on_unreachable(thunk, note_unreachable, held);
  InterpreterFrame record{task->interpreter_frame, __builtin_frame_address(0), thunk, nullptr, 0};
  task->interpreter_frame = &record;
  Handler handler;
  if (TRY_ENTER(task, handler)) {
    Value *result = enter(task, code);
    handler_leave(task, &handler);
    task->interpreter_frame = record.previous;
    finish(compiler, thunk, held, record.in_backtrace);
    return result;
  }
  task->interpreter_frame = record.previous;
  finish(compiler, thunk, held, record.in_backtrace);
  rethrow_current(task);
}

} // namespace jl
