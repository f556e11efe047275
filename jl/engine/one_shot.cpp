// SPDX-License-Identifier: MIT
#include "jl/engine/one_shot.h"

#include <atomic>

#include "jl/infer/effects.h"
#include "jl/interp/interpret.h"
#include "jl/runtime/exceptions.h"
#include "jl/runtime/finalizers.h"
#include "jl/runtime/method.h"

namespace jl {

namespace {

/// Code that nothing can reach any more: given back when the next thunk comes, since finalizers may not take locks. In collected
/// memory, so that the object stays for as long as the session knows of its entry.
struct Unreachable {
  OneShotCode *thunk;    // of a thunk, or null
  CodeInstance *made;    // made by the program, or null
  Unreachable *next;
};
std::atomic<Unreachable *> unreachable{nullptr}; // static data: the collector scans it

void note_unreachable(void *data) {
  auto *one = static_cast<Unreachable *>(data);
  one->next = unreachable.load(std::memory_order_relaxed);
  while (!unreachable.compare_exchange_weak(one->next, one, std::memory_order_release)) {
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
  compiler->drop_once(held->thunk);
}

} // namespace

void drop_unreachable(Compiler *compiler) {
  for (Unreachable *one = unreachable.exchange(nullptr, std::memory_order_acquire); one; one = one->next) {
    if (one->thunk)
      compiler->drop_once(one->thunk);
    else
      compiler->forget(one->made);
  }
}

// A finalizer that needed its object to say what to do would keep it for ever: the address is hidden until then.
void forget_when_unreachable(CodeInstance *code) {
  auto note = [](void *hidden) {
    auto *one = gc_new<Unreachable>();
    one->made = reinterpret_cast<CodeInstance *>(~reinterpret_cast<uintptr_t>(hidden));
    note_unreachable(one);
  };
  on_unreachable(code, note, reinterpret_cast<void *>(~reinterpret_cast<uintptr_t>(code)));
}

Value *run_once(Task *task, Compiler *compiler, MethodInstance *thunk, CodeInstance *code) {
  drop_unreachable(compiler);
  if (code->rettype_const && (code->effects & kRemovable) == kRemovable)
    return code->rettype_const;
  OneShotCode *compiled = compiler->compile_once(task, code);
  if (!compiled)
    return interpret(task, thunk, nullptr, nullptr, 0);
  auto *held = gc_new<Unreachable>(compiled);
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
