// SPDX-License-Identifier: MIT
#include "jl/interp/frame.h"
#include "jl/interp/interpret.h"
#include "jl/runtime/abi.h"
#include "jl/runtime/exceptions.h"
#include "jl/runtime/foreign_call.h"
#include "jl/runtime/module.h"
#include "jl/runtime/symbols.h"
#include "jl/runtime/values.h"

#include <atomic>

namespace jl {

/// Several threads may find the binding at once; all find the same.
static Value *read_global(Frame &frame, GlobalRef *ref) {
  std::atomic_ref<Binding *> known(ref->binding);
  Binding *binding = known.load(std::memory_order_acquire);
  if (!binding) {
    binding = get_binding_for_read(ref->module, ref->name->name);
    known.store(binding, std::memory_order_release);
  }
  return read_binding(frame.task, binding);
}

static Value *read_slot(Frame &frame, uint32_t index) {
  if (Value *value = frame.slots[index])
    return value;
  throw_undef_var(frame.task, frame.code->slots[index].name, symbol_value("local"));
}

static Value *read_static_param(Frame &frame, uint32_t index) {
  Value *value = frame.instance->sparams->data[index];
  if (type_of(value) != types::TypeVar_)
    return value;
  throw_undef_var(frame.task, reinterpret_cast<TypeVar *>(value)->name, symbol_value("static_parameter"));
}

Value *evaluate(Frame &frame, Operand operand) {
  switch (operand.kind()) {
  case Operand::Kind::Ssa:
    return frame.values[operand.index()];
  case Operand::Kind::Slot:
    return read_slot(frame, operand.index());
  case Operand::Kind::Constant:
    return frame.code->constants[operand.index()];
  case Operand::Kind::Global:
    return read_global(frame, frame.code->globals[operand.index()]);
  case Operand::Kind::StaticParam:
    return read_static_param(frame, operand.index());
  case Operand::Kind::Argument:
  case Operand::Kind::None:
    break;
  }
  return nothing_value();
}

/// Evaluates operands from `first` on into the frame's argument buffer; returns how many.
static uint32_t evaluate_arguments(Frame &frame, const Stmt &statement, uint32_t first) {
  std::span<const Operand> operands = frame.code->args(statement);
  uint32_t n = 0;
  for (size_t i = first; i < operands.size(); i++)
    frame.arguments[n++] = evaluate(frame, operands[i]);
  return n;
}

static Value *execute_call(Frame &frame, const Stmt &statement) {
  Value *callee = evaluate(frame, frame.code->args(statement)[0]);
  uint32_t n = evaluate_arguments(frame, statement, 1);
  if (type_of(callee) == types::IntrinsicFunction)
    return run_intrinsic(frame.task, intrinsic_of(callee), frame.arguments, n);
  return apply(frame.task, callee, frame.arguments, n);
}

static Value *execute_new(Frame &frame, const Stmt &statement) {
  Value *type = evaluate(frame, frame.code->args(statement)[0]);
  uint32_t n = evaluate_arguments(frame, statement, 1);
  return new_struct(frame.task, static_cast<DataType *>(type), frame.arguments, n);
}

static Value *execute_splat_new(Frame &frame, const Stmt &statement) {
  std::span<const Operand> operands = frame.code->args(statement);
  Value *type = evaluate(frame, operands[0]);
  return new_struct_from_tuple(frame.task, static_cast<DataType *>(type), evaluate(frame, operands[1]));
}

static bool is_defined(Frame &frame, Operand operand) {
  switch (operand.kind()) {
  case Operand::Kind::Slot:
    return frame.slots[operand.index()] != nullptr;
  case Operand::Kind::StaticParam:
    return type_of(frame.instance->sparams->data[operand.index()]) != types::TypeVar_;
  case Operand::Kind::Global: {
    GlobalRef *ref = frame.code->globals[operand.index()];
    return global_value(ref->module, ref->name->name) != nullptr;
  }
  default:
    return true;
  }
}

static void execute_global_set(Frame &frame, const Stmt &statement) {
  std::span<const Operand> operands = frame.code->args(statement);
  GlobalRef *ref = frame.code->globals[operands[0].index()];
  Value *value = evaluate(frame, operands[1]);
  set_global(frame.task, get_binding_for_write(frame.task, ref->module, ref->name->name), value);
}

static void execute_throw_undef(Frame &frame, const Stmt &statement) {
  std::span<const Operand> operands = frame.code->args(statement);
  if (evaluate(frame, operands[1]) == false_value())
    throw_undef_var(frame.task, reinterpret_cast<SymbolValue *>(evaluate(frame, operands[0]))->name,
                    symbol_value("local"));
}

static Value *execute_foreign_call(Frame &frame, const Stmt &statement) {
  const ForeignCall &call = frame.code->foreign_calls[statement.target];
  ForeignSignature signature;
  signature.function = evaluate(frame, call.function);
  signature.result_type = evaluate(frame, call.result_type);
  for (Operand type : call.argument_types)
    signature.argument_types.push_back(evaluate(frame, type));
  signature.fixed_arguments = call.fixed_arguments;
  uint32_t n = evaluate_arguments(frame, statement, 0);
  return call_foreign(frame.task, signature, frame.arguments,
                      std::min<uint32_t>(n, call.argument_types.size()));
}

Value *execute(Frame &frame, const Stmt &statement) {
  switch (statement.op) {
  case Op::Call:
    return execute_call(frame, statement);
  case Op::New:
    return execute_new(frame, statement);
  case Op::SplatNew:
    return execute_splat_new(frame, statement);
  case Op::Copy:
    return evaluate(frame, frame.code->args(statement)[0]);
  case Op::TheException:
    return current_exception(frame.task);
  case Op::IsDefined:
    return bool_value(is_defined(frame, frame.code->args(statement)[0]));
  case Op::ThrowUndefIfNot:
    return execute_throw_undef(frame, statement), nothing_value();
  case Op::NewVar:
    frame.slots[frame.code->args(statement)[0].index()] = nullptr;
    return nothing_value();
  case Op::GlobalSet:
    return execute_global_set(frame, statement), nothing_value();
  case Op::Define: {
    uint32_t n = evaluate_arguments(frame, statement, 0);
    return run_definition(frame.task, frame.code->definitions[statement.target], frame.arguments, n);
  }
  case Op::ForeignCall:
    return execute_foreign_call(frame, statement);
  case Op::Boundscheck:
    return true_value();
  case Op::CopyAst:
    return copy_ast(frame.task, evaluate(frame, frame.code->args(statement)[0]));
  default: // Nop, LoopInfo; jumps are the caller's
    return nothing_value();
  }
}

} // namespace jl
