// SPDX-License-Identifier: MIT
#include "jl/engine/one_shot.h"

#include <atomic>

#include "jl/engine/kept_inference.h"
#include "jl/engine/machine_code.h"
#include "jl/infer/effects.h"
#include "jl/interp/interpret.h"
#include "jl/runtime/exceptions.h"
#include "jl/runtime/finalizers.h"
#include "jl/runtime/method.h"

namespace jl {

namespace {

/// Code that nothing can reach any more: given back when the next thunk comes, since finalizers may not take
/// locks. In collected memory, so that the object stays for as long as the session knows of its entry.
struct Unreachable {
  ligature::UnitHandle *thunk; // the unit of a thunk, or null
  CodeInstance *made;          // made by the program, or null
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

/// Code that runs once: published like any, then taken out of all tables, since it may never return. In the
/// heap of C++, so that a throw leaves it alone; null when there is none.
ligature::UnitHandle *make_once(Task *task, CodeInstance *code) {
  ligature::UnitHandle unit = make_unit(task, code);
  forget_typed_key(code);
  if (!unit)
    return nullptr;
  code_linker()->unregister(unit);
  return new ligature::UnitHandle(std::move(unit));
}

/// None of it may be running, nor be entered again.
void drop_once(ligature::UnitHandle *unit) {
  code_linker()->unlink(std::move(*unit));
  delete unit;
}

/// The thunk has ended. A backtrace may still name its code: then that stays as long as the thunk can be
/// reached.
void finish(MethodInstance *thunk, Unreachable *held, bool in_backtrace) {
  if (in_backtrace)
    return;
  on_unreachable(thunk, nullptr, nullptr);
  drop_once(held->thunk);
}

} // namespace

void drop_unreachable() {
  for (Unreachable *one = unreachable.exchange(nullptr, std::memory_order_acquire); one; one = one->next) {
    if (one->thunk)
      drop_once(one->thunk);
    else
      code_linker()->forget(one->made->entry);
  }
}

// A finalizer that needed its object to say what to do would keep it for ever: the address is hidden until
// then.
void forget_when_unreachable(CodeInstance *code) {
  auto note = [](void *hidden) {
    auto *one = gc_new<Unreachable>();
    one->made = reinterpret_cast<CodeInstance *>(~reinterpret_cast<uintptr_t>(hidden));
    note_unreachable(one);
  };
  on_unreachable(code, note, reinterpret_cast<void *>(~reinterpret_cast<uintptr_t>(code)));
}

Value *run_once(Task *task, MethodInstance *thunk, CodeInstance *code) {
  drop_unreachable();
  if (code->rettype_const && (code->effects & kRemovable) == kRemovable)
    return code->rettype_const;
  ligature::UnitHandle *compiled = make_once(task, code);
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
    finish(thunk, held, record.in_backtrace);
    return result;
  }
  task->interpreter_frame = record.previous;
  finish(thunk, held, record.in_backtrace);
  rethrow_current(task);
}

} // namespace jl
