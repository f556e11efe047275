// SPDX-License-Identifier: MIT
// The loop over statements. A `try` runs its body in a nested call of the loop, so that the C frame that
// entered the try is still there when something is thrown; Leave returns from that nested call.
#include "jl/interp/interpret.h"

#include <alloca.h>

#include "jl/interp/frame.h"
#include "jl/runtime/abi.h"
#include "jl/runtime/exceptions.h"
#include "jl/runtime/values.h"

namespace jl {

namespace {

enum class Exit { Returned, LeftTry };

Exit run(Frame &frame);

/// Runs the body of the try that statement `enter` opens. When this returns LeftTry, frame.pc says where to
/// go on: after the Leave, or in the catch block.
Exit run_try(Frame &frame) {
  Handler handler;
  uint32_t enter = frame.pc;
  if (TRY_ENTER(frame.task, handler)) {
    frame.values[enter] = reinterpret_cast<Value *>(uintptr_t(handler.exception_depth));
    frame.pc = enter + 1;
    Exit exit = run(frame);
    handler_leave(frame.task, &handler);
    return exit;
  }
  frame.pc = frame.code->statements[enter].target;
  return Exit::LeftTry;
}

bool condition(Frame &frame, Operand operand) {
  Value *value = evaluate(frame, operand);
  if (value == true_value())
    return true;
  if (value == false_value())
    return false;
  throw_type_error(frame.task, "if", types::Bool, value);
}

void poll_interrupt(Frame &frame, const Stmt &jump) {
  if ((jump.flags & kStmtBackedge) && frame.task->interrupt_pending.load(std::memory_order_relaxed))
    jl_stack_check(frame.task);
}

void store(Frame &frame, const Stmt &statement, Value *value) {
  frame.values[frame.pc] = value;
  if (statement.dest != kNoSlot)
    frame.slots[statement.dest] = value;
}

/// Runs statements from frame.pc on until the function returns or the innermost try opened outside of this
/// call is left.
Exit run(Frame &frame) {
  for (;;) {
    const Stmt &statement = frame.code->statements[frame.pc];
    frame.record.statement = frame.pc;
    if (frame.code->is_toplevel)
      frame.task->world = current_world();
    switch (statement.op) {
    case Op::Goto:
      poll_interrupt(frame, statement);
      frame.pc = statement.target;
      continue;
    case Op::GotoIfNot:
      poll_interrupt(frame, statement);
      frame.pc = condition(frame, frame.code->args(statement)[0]) ? frame.pc + 1 : statement.target;
      continue;
    case Op::Return:
      frame.result = evaluate(frame, frame.code->args(statement)[0]);
      return Exit::Returned;
    case Op::Enter:
      if (run_try(frame) == Exit::Returned)
        return Exit::Returned;
      continue;
    case Op::Leave:
      frame.pc++;
      return Exit::LeftTry;
    case Op::PopException: {
      uint32_t enter = frame.code->args(statement)[0].index();
      pop_exception(frame.task, uint32_t(reinterpret_cast<uintptr_t>(frame.values[enter])));
      break;
    }
    default:
      store(frame, statement, execute(frame, statement));
    }
    frame.pc++;
  }
}

uint32_t longest_call(const CodeInfo &code) {
  uint32_t longest = 1;
  for (const Stmt &statement : code.statements)
    longest = std::max<uint32_t>(longest, statement.count);
  return longest;
}

void bind_arguments(Frame &frame, Value *f, Value **args, uint32_t n) {
  const CodeInfo &code = *frame.code;
  if (code.nargs == 0)
    return;
  frame.slots[0] = f;
  uint32_t plain = code.is_vararg ? code.nargs - 2 : code.nargs - 1;
  for (uint32_t i = 0; i < plain; i++)
    frame.slots[i + 1] = args[i];
  if (code.is_vararg)
    frame.slots[code.nargs - 1] = make_tuple(frame.task, args + plain, n - plain);
}

/// Frames larger than this live in collected memory, not on the stack.
constexpr size_t kLargeFrame = 8192;

} // namespace

Value *interpret(Task *task, MethodInstance *instance, Value *f, Value **args, uint32_t n) {
  const CodeInfo *code = instance_source(task, instance);
  if (static_cast<void *>(&code) < task->stack_limit)
    jl_stack_check(task);
  size_t words = code->slots.size() + code->statements.size() + longest_call(*code);
  Value **memory = static_cast<Value **>(words > kLargeFrame ? gc_alloc_scanned(words * sizeof(Value *))
                                                             : alloca(words * sizeof(Value *)));
  std::fill_n(memory, words, nullptr);
  Frame frame{.task = task,
              .instance = instance,
              .code = code,
              .slots = memory,
              .values = memory + code->slots.size(),
              .arguments = memory + code->slots.size() + code->statements.size(),
              .record = {task->interpreter_frame, __builtin_frame_address(0), instance, code, 0}};
  bind_arguments(frame, f, args, n);
  task->interpreter_frame = &frame.record;
  run(frame);
  task->interpreter_frame = frame.record.previous;
  return frame.result;
}

} // namespace jl
