// SPDX-License-Identifier: MIT
#include "jl/emit/calls.h"

#include "jl/emit/boxing.h"
#include "jl/emit/memory.h"
#include "jl/emit/names.h"
#include "jl/emit/runtime_calls.h"
#include "jl/emit/signature.h"
#include "jl/emit/values.h"
#include "jl/runtime/opaque_closure.h"
#include "jl/runtime/strings.h"

namespace jl::emit {

/// All calls of a function share one array: it is filled right before a call, which does not keep it.
static llvm::AllocaInst *call_array(Emitter &e, unsigned length) {
  if (!e.call_arguments)
    e.call_arguments = e.alloca_at_entry(e.unit.ptr(), "args", 2);
  e.call_arguments_length = std::max(e.call_arguments_length, length);
  e.call_arguments->setOperand(0, e.ir.getInt32(e.call_arguments_length));
  return e.call_arguments;
}

llvm::Value *boxed_array(Emitter &e, llvm::ArrayRef<Val> arguments) {
  if (arguments.empty())
    return llvm::ConstantPointerNull::get(llvm::PointerType::getUnqual(e.unit.llvm));
  llvm::SmallVector<llvm::Value *, 8> boxes;
  for (const Val &argument : arguments)
    boxes.push_back(box(e, argument));
  llvm::Value *array = call_array(e, boxes.size());
  for (size_t i = 0; i < boxes.size(); i++)
    e.ir.CreateAlignedStore(boxes[i], e.byte_offset(array, i * sizeof(Value *)), llvm::Align(8));
  return array;
}

llvm::Value *emit_boxed_tuple(Emitter &e, llvm::Value *array, llvm::Value *count) {
  return call_runtime(e, "jl_box_tuple", {e.task, array, count});
}

Val emit_dynamic_call(Emitter &e, const Val &callee, llvm::ArrayRef<Val> arguments) {
  llvm::Value *function = box(e, callee), *array = boxed_array(e, arguments);
  auto *result = call_runtime(e, "jl_apply", {e.task, function, array, e.ir.getInt32(arguments.size())});
  e.note_call(result);
  return boxed_value(e, result, types::Any);
}

Val emit_builtin_call(Emitter &e, Builtin builtin, const Val &callee, llvm::ArrayRef<Val> arguments) {
  llvm::Value *function = box(e, callee), *array = boxed_array(e, arguments);
  auto *result = e.ir.CreateCall(builtin_function(e.unit, builtin),
                                 {e.task, function, array, e.ir.getInt32(arguments.size())});
  e.note_call(result);
  return boxed_value(e, result, types::Any);
}

static Val invoke_boxed(Emitter &e, CodeInstance *target, llvm::ArrayRef<Val> arguments) {
  llvm::AttributeList attributes = args_function_attributes(e.unit);
  llvm::Function *callee = e.unit.builder.call_target(
      target->entry, ligature::Abi::Args, "j1_" + symbol_name(target->def) + "_", args_function_type(e.unit),
      llvm::CallingConv::C, attributes, signature_text(target->def));
  llvm::Value *function = box(e, arguments[0]), *array = boxed_array(e, arguments.drop_front());
  auto *call = e.ir.CreateCall(callee, {function, array, e.ir.getInt32(arguments.size() - 1), e.task});
  call->setAttributes(attributes);
  e.note_call(call);
  if (target->rettype == types::Bottom_)
    end_with_call(e, call);
  return boxed_value(e, call, target->rettype);
}

Val emit_invoke(Emitter &e, CodeInstance *target, llvm::ArrayRef<Val> arguments) {
  if (call_abi(target) == ligature::Abi::Args)
    return invoke_boxed(e, target, arguments);
  Signature signature = make_signature(e.unit, target);
  llvm::Function *callee = e.unit.builder.call_target(
      target->entry, ligature::Abi::SpecSig, "j_" + symbol_name(target->def) + "_", signature.type,
      llvm::CallingConv::C, signature.attributes, signature_text(target->def));
  return call_specialised(e, signature, callee, arguments);
}

static llvm::Value *new_error(Emitter &e, const std::string &message) {
  Value *text = new_string(e.unit.task, message);
  gc_keep(text);
  return emit_dynamic_call(e, constant_value(e, types::ErrorException), {constant_value(e, text)}).parts[0];
}

static bool is_passed_as(const Val &argument, Value *type) {
  return argument.constant ? is_a(argument.constant, type) : is_subtype(argument.type(), type);
}

/// Where an opaque closure's unboxed code is; the first call of each has it made.
static llvm::Value *opaque_entry_of(Emitter &e, llvm::Value *closure) {
  auto *known =
      e.ir.CreateLoad(e.unit.ptr(), e.byte_offset(closure, offsetof(OpaqueClosure, specptr)), "specptr");
  known->setAtomic(llvm::AtomicOrdering::Acquire);
  known->setAlignment(llvm::Align(8));
  llvm::BasicBlock *before = e.ir.GetInsertBlock();
  llvm::BasicBlock *missing = e.cold_branch(e.ir.CreateIsNull(known), "entry.missing", "entry.known");
  llvm::BasicBlock *call = e.ir.GetInsertBlock();
  e.enter(missing);
  llvm::Value *made = call_runtime(e, "jl_opaque_entry", {e.task, closure});
  missing = e.ir.GetInsertBlock();
  e.ir.CreateBr(call);
  e.enter(call);
  auto *entry = e.ir.CreatePHI(e.unit.ptr(), 2);
  entry->addIncoming(known, before);
  entry->addIncoming(made, missing);
  return entry;
}

std::optional<Val> emit_opaque_call(Emitter &e, const Val &callee, llvm::ArrayRef<Val> arguments) {
  Value *type = callee.constant ? type_of(callee.constant) : callee.type(), *types = opaque_call_types(type);
  if (!types)
    return std::nullopt;
  SimpleVector *parameters = static_cast<DataType *>(types)->parameters;
  if (parameters->length != arguments.size() + 1)
    return std::nullopt;
  llvm::SmallVector<Val, 8> all{callee};
  for (size_t i = 0; i < arguments.size(); i++) {
    if (!is_passed_as(arguments[i], (*parameters)[i + 1]))
      return std::nullopt;
    all.push_back(arguments[i]);
  }
  Signature signature = make_signature(e.unit, types, opaque_closure_result(type), nullptr);
  llvm::Value *entry = opaque_entry_of(e, box(e, callee));
  return call_specialised(e, signature, {signature.type, entry}, all);
}

void emit_error(Emitter &e, const std::string &message) {
  call_noreturn(e, "jl_throw", {e.task, new_error(e, message)});
}

void require_or_error(Emitter &e, llvm::Value *condition, const std::string &message) {
  e.require(condition, "refused", [&] { call_runtime(e, "jl_throw", {e.task, new_error(e, message)}); });
}

} // namespace jl::emit
