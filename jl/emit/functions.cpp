// SPDX-License-Identifier: MIT
#include "jl/emit/functions.h"

#include "jl/emit/aggregates.h"
#include "jl/emit/boxing.h"
#include "jl/emit/calls.h"
#include "jl/emit/loops.h"
#include "jl/emit/memory.h"
#include "jl/emit/names.h"
#include "jl/emit/prologue.h"
#include "jl/emit/runtime_calls.h"
#include "jl/emit/statements.h"
#include "jl/emit/values.h"
#include "jl/runtime/opaque_closure.h"

namespace jl::emit {

namespace {

void name_parameter(llvm::Function &function, const Parameter &parameter, const std::string &name) {
  if (parameter.passing == Passing::Omitted)
    return;
  size_t parts = parameter.passing == Passing::Scalars ? parameter.shape->parts.size() : 1;
  if (parts == 1) {
    function.getArg(parameter.first)->setName(name);
    return;
  }
  for (size_t i = 0; i < parts; i++)
    function.getArg(parameter.first + i)->setName(name + "." + std::to_string(i + 1));
}

void name_parameters(llvm::Function &function, const Signature &signature, const TypedIR *code) {
  function.getArg(signature.task_index)->setName("task");
  if (signature.buffer_type)
    function.getArg(0)->setName("result");
  for (size_t i = 0; i < signature.parameters.size(); i++) {
    Symbol name = code && i < code->argument_names.size() ? code->argument_names[i] : Symbol();
    name_parameter(function, signature.parameters[i],
                   argument_name(name, signature.parameters[i].shape->type));
  }
}

/// The tuple that a vararg parameter stands for.
Val pack_rest(Emitter &e, Value *type, llvm::ArrayRef<Val> rest) {
  if (is_concrete_type(type))
    return emit_new(e, static_cast<DataType *>(type), rest);
  llvm::Value *array = boxed_array(e, rest), *count = e.ir.getInt32(rest.size());
  return boxed_value(e, emit_boxed_tuple(e, array, count), types::Tuple);
}

void set_argument(Emitter &e, const Ty &type, const Val &value) {
  Val argument = type.constant ? constant_value(e, type.constant) : convert(e, value, type.type);
  e.body->arguments.push_back(std::move(argument));
}

void begin_arguments(Emitter &e, const Signature &signature) {
  const TypedIR &code = e.body->code;
  std::vector<Val> received = receive_arguments(e, signature);
  size_t fixed = code.arguments.size() - (code.is_vararg ? 1 : 0);
  for (size_t i = 0; i < fixed; i++)
    set_argument(e, code.arguments[i],
                 i < received.size() ? received[i] : constant_value(e, types::Nothing->instance));
  if (code.is_vararg)
    set_argument(e, code.arguments[fixed],
                 pack_rest(e, code.arguments[fixed].type, llvm::ArrayRef(received).drop_front(fixed)));
}

llvm::Value *load_argument(Emitter &e, size_t index) {
  llvm::Value *address = e.byte_offset(e.function->getArg(kArgsValues), index * sizeof(Value *));
  return load_pointer(e, address, Access::Unknown);
}

/// The arguments of a function with the Args convention.
void begin_boxed_arguments(Emitter &e) {
  const TypedIR &code = e.body->code;
  size_t fixed = code.arguments.size() - (code.is_vararg ? 1 : 0);
  for (size_t i = 0; i < fixed; i++) {
    llvm::Value *pointer = i == 0 ? e.function->getArg(kArgsFunction) : load_argument(e, i - 1);
    set_argument(e, code.arguments[i], boxed_value(e, pointer, code.arguments[i].type));
  }
  if (!code.is_vararg)
    return;
  llvm::Value *rest = e.byte_offset(e.function->getArg(kArgsValues), (fixed - 1) * sizeof(Value *));
  llvm::Value *count = e.ir.CreateSub(e.function->getArg(kArgsCount), e.ir.getInt32(fixed - 1));
  llvm::Value *tuple = emit_boxed_tuple(e, rest, count);
  set_argument(e, code.arguments[fixed], boxed_value(e, tuple, code.arguments[fixed].type));
}

void begin_debug(Emitter &e, DebugInfo &debug, MethodInstance *instance) {
  e.debug = &debug;
  debug.attach(*e.function, instance);
  e.ir.SetCurrentDebugLocation(debug.first_line(*e.function));
}

/// What a wrapper returns. Small integers have one box each, made by the runtime: returning them allocates
/// nothing.
llvm::Value *box_result(Emitter &e, const Val &result) {
  if (result.constant || result.box || !result.is(ShapeKind::Parts) || result.type() != types::Int64)
    return box(e, result);
  llvm::Value *shifted = e.ir.CreateAdd(result.parts[0], e.int64(512));
  llvm::BasicBlock *small = e.new_block("box.small"), *large = e.new_block("box.large");
  llvm::BasicBlock *done = e.new_block("box.done");
  e.ir.CreateCondBr(e.ir.CreateICmpULT(shifted, e.int64(1024)), small, large);
  e.enter(small);
  llvm::Value *shared = call_runtime(e, "jl_shared_int64", {result.parts[0]});
  e.ir.CreateBr(done);
  e.enter(large);
  llvm::Value *made = box(e, result);
  large = e.ir.GetInsertBlock();
  e.ir.CreateBr(done);
  e.enter(done);
  auto *either = e.ir.CreatePHI(e.unit.ptr(), 2);
  either->addIncoming(shared, small);
  either->addIncoming(made, large);
  return either;
}

/// Calls the body of the opaque closure `arguments[0]`. When it throws, catching restores the world.
Val run_in_its_world(Emitter &e, CodeInstance *target, llvm::ArrayRef<Val> arguments) {
  llvm::Value *closure = box(e, arguments[0]);
  llvm::Value *world = e.byte_offset(e.task, offsetof(Task, world));
  llvm::Value *before = e.ir.CreateLoad(e.unit.i64(), world);
  e.ir.CreateStore(e.ir.CreateLoad(e.unit.i64(), e.byte_offset(closure, offsetof(OpaqueClosure, world))),
                   world);
  llvm::SmallVector<Val, 8> all(arguments.begin(), arguments.end());
  llvm::Value *captures =
      load_pointer(e, e.byte_offset(closure, offsetof(OpaqueClosure, captures)), Access::Unknown);
  Value *closure_type = (*static_cast<DataType *>(unwrap_union_all(target->def->spec_types))->parameters)[0];
  all[0] = boxed_value(e, captures, closure_type);
  Val result = emit_invoke(e, target, all);
  if (!e.unreachable)
    e.ir.CreateStore(before, world);
  return result;
}

} // namespace

llvm::Function *create_specialised_function(UnitContext &unit, const Signature &signature,
                                            const CodeInstance *code) {
  llvm::Function *function =
      unit.builder.create_function("julia_" + symbol_name(code->def) + "_", signature.type);
  function->setAttributes(function->getAttributes().addFnAttributes(
      unit.llvm, llvm::AttrBuilder(unit.llvm, signature.attributes.getFnAttrs())));
  for (unsigned i = 0; i < function->arg_size(); i++)
    function->addParamAttrs(i, llvm::AttrBuilder(unit.llvm, signature.attributes.getParamAttrs(i)));
  function->addRetAttrs(llvm::AttrBuilder(unit.llvm, signature.attributes.getRetAttrs()));
  unit.builder.set_signature(*function, signature_text(code->def));
  name_parameters(*function, signature, code->inferred);
  return function;
}

void emit_specialised_function(UnitContext &unit, llvm::Function *function, const Signature &signature,
                               CodeInstance *code, DebugInfo &debug) {
  Emitter e(unit, function);
  e.task = function->getArg(signature.task_index);
  Body body{*code->inferred};
  e.body = &body;
  begin_debug(e, debug, code->def);
  begin_arguments(e, signature);
  emit_body(e, &signature);
  mark_simd_loops(e);
  finish_function(e);
}

llvm::Function *create_args_function(UnitContext &unit, const std::string &base) {
  llvm::Function *function = unit.builder.create_function(base, args_function_type(unit));
  llvm::AttributeList attributes = args_function_attributes(unit);
  for (unsigned i = 0; i < function->arg_size(); i++)
    function->addParamAttrs(i, llvm::AttrBuilder(unit.llvm, attributes.getParamAttrs(i)));
  function->addRetAttrs(llvm::AttrBuilder(unit.llvm, attributes.getRetAttrs()));
  name_args_parameters(*function);
  return function;
}

void emit_args_function(UnitContext &unit, llvm::Function *function, CodeInstance *code, DebugInfo &debug) {
  unit.builder.set_signature(*function, signature_text(code->def));
  Emitter e(unit, function);
  e.task = function->getArg(kArgsTask);
  Body body{*code->inferred};
  e.body = &body;
  begin_debug(e, debug, code->def);
  begin_boxed_arguments(e);
  emit_body(e, nullptr);
  mark_simd_loops(e);
  finish_function(e);
}

void emit_wrapper(UnitContext &unit, llvm::Function *function, llvm::Function *target,
                  const Signature &signature, const CodeInstance *code, DebugInfo &debug) {
  Emitter e(unit, function);
  e.task = function->getArg(kArgsTask);
  begin_debug(e, debug, code->def);
  std::vector<Val> arguments;
  for (size_t i = 0; i < signature.parameters.size(); i++) {
    const Parameter &parameter = signature.parameters[i];
    if (parameter.passing == Passing::Omitted) {
      arguments.push_back(poison_value(e, *parameter.shape));
      continue;
    }
    llvm::Value *pointer = i == 0 ? function->getArg(kArgsFunction) : load_argument(e, i - 1);
    arguments.push_back(boxed_value(e, pointer, parameter.shape->type));
  }
  Val result = call_specialised(e, signature, target, arguments);
  if (!e.unreachable)
    e.ir.CreateRet(box_result(e, result));
  e.makes_calls = false; // the callee checks
  e.cold_calls.clear();
  finish_function(e);
}

void write_specsig_adapter(UnitContext &unit, llvm::Function *function, const Signature &signature,
                           CodeInstance *code) {
  Emitter e(unit, function);
  e.task = function->getArg(signature.task_index);
  std::vector<Val> arguments = receive_arguments(e, signature);
  if (arguments.empty())
    arguments.push_back(constant_value(e, types::Nothing->instance));
  llvm::Value *callee = box(e, arguments[0]), *array = boxed_array(e, llvm::ArrayRef(arguments).drop_front());
  llvm::Value *instance = load_slot(e, code);
  llvm::Value *result =
      call_runtime(e, "jl_invoke", {e.task, callee, array, e.ir.getInt32(arguments.size() - 1), instance});
  return_value(e, signature, boxed_value(e, result, code->rettype));
  finish_function(e);
}

void write_llvm_function(UnitContext &unit, llvm::Function *function, const LlvmCall &call) {
  Emitter e(unit, function);
  e.task = function->getArg(kArgsTask);
  std::vector<Val> arguments;
  size_t n = is_tuple_type(call.types) ? static_cast<DataType *>(call.types)->parameters->length : 0;
  for (size_t i = 0; i < n; i++)
    arguments.push_back(boxed_value(e, load_argument(e, i), types::Any));
  Val result = emit_llvm_call(e, call, arguments);
  if (!e.unreachable)
    e.ir.CreateRet(box(e, result));
  finish_function(e);
}

void write_opaque_entry(UnitContext &unit, llvm::Function *function, const Signature &signature,
                        CodeInstance *target) {
  Emitter e(unit, function);
  e.task = function->getArg(signature.task_index);
  std::vector<Val> arguments = receive_arguments(e, signature);
  Val result = target ? run_in_its_world(e, target, arguments)
                      : emit_dynamic_call(e, arguments[0], llvm::ArrayRef(arguments).drop_front());
  if (!e.unreachable)
    return_value(e, signature, convert(e, result, *signature.result));
  finish_function(e);
}

void write_args_adapter(UnitContext &unit, llvm::Function *function, CodeInstance *code) {
  Emitter e(unit, function);
  e.task = function->getArg(kArgsTask);
  llvm::Value *result = call_runtime(e, "jl_invoke",
                                     {e.task, function->getArg(kArgsFunction), function->getArg(kArgsValues),
                                      function->getArg(kArgsCount), load_slot(e, code)});
  e.ir.CreateRet(result);
  finish_function(e);
}

} // namespace jl::emit
