// SPDX-License-Identifier: MIT
#include "jl/emit/builtins.h"

#include "jl/emit/aggregates.h"
#include "jl/emit/arrays.h"
#include "jl/emit/boxing.h"
#include "jl/emit/builtins_fields.h"
#include "jl/emit/calls.h"
#include "jl/emit/intrinsics.h"
#include "jl/emit/llvm_call.h"
#include "jl/emit/memory.h"
#include "jl/emit/runtime_calls.h"
#include "jl/emit/type_tests.h"
#include "jl/emit/values.h"

#include <llvm/IR/InlineAsm.h>

namespace jl::emit {

namespace {

/// What an inline form is given; it answers nothing where the general call has to be made.
struct BuiltinCall {
  Arguments args;
  const Ty &result;
};
using Inline = std::optional<Val> (*)(Emitter &e, const BuiltinCall &call);

/// A type that is known here and can be asked about now.
Value *known_type(const Val &value) {
  return value.constant && is_type(value.constant) && !has_free_typevars(value.constant) ? value.constant
                                                                                         : nullptr;
}

std::optional<Val> inline_egal(Emitter &e, const BuiltinCall &call) {
  if (call.args.size() != 2)
    return std::nullopt;
  return bool_value(e, emit_egal(e, call.args[0], call.args[1]));
}

std::optional<Val> inline_typeof(Emitter &e, const BuiltinCall &call) {
  if (call.args.size() != 1)
    return std::nullopt;
  return emit_typeof(e, call.args[0]);
}

std::optional<Val> inline_isa(Emitter &e, const BuiltinCall &call) {
  if (call.args.size() != 2 || !known_type(call.args[1]))
    return std::nullopt;
  return bool_value(e, emit_isa(e, call.args[0], call.args[1].constant));
}

std::optional<Val> inline_subtype(Emitter &e, const BuiltinCall &call) {
  if (call.args.size() != 2 || !known_type(call.args[1]) || !is_kind(call.args[0].type()))
    return std::nullopt;
  llvm::Value *left = box(e, call.args[0]), *right = box(e, call.args[1]);
  return bool_value(e, e.ir.CreateTrunc(call_runtime(e, "jl_subtype", {left, right}), e.unit.i1()));
}

std::optional<Val> inline_typeassert(Emitter &e, const BuiltinCall &call) {
  if (call.args.size() != 2 || !known_type(call.args[1]))
    return std::nullopt;
  return emit_typeassert(e, call.args[0], call.args[1].constant, "typeassert");
}

std::optional<Val> inline_throw(Emitter &e, const BuiltinCall &call) {
  if (call.args.size() != 1)
    return std::nullopt;
  call_noreturn(e, "jl_throw", {e.task, box(e, call.args[0])});
  return poison_value(e, e.shape(types::Bottom_));
}

std::optional<Val> inline_ifelse(Emitter &e, const BuiltinCall &call) {
  if (call.args.size() != 3 || call.args[0].type() != types::Bool)
    return std::nullopt;
  const Shape &shape = e.shape(call.result.type);
  return select_value(e, condition_of(e, call.args[0]), call.args[1], call.args[2], shape);
}

std::optional<Val> inline_tuple(Emitter &e, const BuiltinCall &call) {
  const Shape &shape = e.shape(call.result.type);
  if (shape.concrete && shape.concrete->layout && is_tuple_type(shape.concrete) &&
      field_count(shape.concrete) == int64_t(call.args.size()))
    return emit_new(e, shape.concrete, call.args);
  llvm::Value *array = boxed_array(e, call.args), *count = e.ir.getInt32(call.args.size());
  return boxed_value(e, emit_boxed_tuple(e, array, count), types::Tuple);
}

std::optional<Val> inline_sizeof(Emitter &e, const BuiltinCall &call) {
  if (call.args.size() != 1)
    return std::nullopt;
  const Val &a = call.args[0];
  if (a.type() == types::String_ && !a.constant) {
    auto *load = e.ir.CreateAlignedLoad(e.unit.i64(), box(e, a), llvm::Align(8), "length");
    e.set_access(load, Access::MemoryHeader);
    return scalar_value(e, types::Int64, load);
  }
  if (a.constant || !a.shape->concrete || !(a.shape->concrete->is_inline || a.shape->concrete->is_primitive))
    return std::nullopt;
  return scalar_value(e, types::Int64, e.int64(a.shape->size));
}

// --- Memory -----------------------------------------------------------------------------------------------

llvm::Value *check_flag(Emitter &e, Arguments args, size_t index) {
  return index < args.size() ? condition_of(e, args[index]) : e.ir.getTrue();
}

std::optional<Val> inline_memorynew(Emitter &e, const BuiltinCall &call) {
  if (call.args.size() != 2 || !known_type(call.args[0]) || call.args[1].type() != types::Int64)
    return std::nullopt;
  Value *type = call.args[0].constant;
  if (!elements_of(type).known || !is_instance_of_wrapper(type, types::Memory))
    return std::nullopt;
  llvm::Value *length = scalar_of(e, call.args[1]);
  return boxed_value(e, call_runtime(e, "jl_memory_new", {e.task, load_slot(e, type), length}), type);
}

std::optional<Val> inline_memoryrefnew(Emitter &e, const BuiltinCall &call) {
  if (call.args.empty() || !elements_of(call.args[0].type()).known)
    return std::nullopt;
  Val ref = call.args[0];
  if (is_instance_of_wrapper(ref.type(), types::Memory)) {
    Value *element = elements_of(ref.type()).type;
    ref = emit_memory_first(e, ref, apply_type(e.unit.task, types::MemoryRef, {&element, 1}));
  }
  if (call.args.size() == 1)
    return ref;
  if (call.args[1].type() != types::Int64)
    return std::nullopt;
  return emit_memory_offset(e, ref, scalar_of(e, call.args[1]), check_flag(e, call.args, 2));
}

bool is_known_reference(const Val &value) {
  return is_instance_of_wrapper(value.type(), types::MemoryRef) && elements_of(value.type()).known;
}

/// Only plain accesses are inline.
bool is_plain_order(const Val &order) {
  return order.constant && type_of(order.constant) == types::Symbol_ &&
         static_cast<SymbolValue *>(order.constant)->name.text() == "not_atomic";
}

std::optional<Val> inline_memoryrefget(Emitter &e, const BuiltinCall &call) {
  if (call.args.size() != 3 || !is_known_reference(call.args[0]) || !is_plain_order(call.args[1]))
    return std::nullopt;
  return emit_memory_get(e, call.args[0], check_flag(e, call.args, 2));
}

std::optional<Val> inline_memoryrefset(Emitter &e, const BuiltinCall &call) {
  if (call.args.size() != 4 || !is_known_reference(call.args[0]) || !is_plain_order(call.args[2]))
    return std::nullopt;
  Val value = emit_typeassert(e, call.args[1], elements_of(call.args[0].type()).type, "memoryrefset!");
  emit_memory_set(e, call.args[0], value, check_flag(e, call.args, 3));
  return value;
}

std::optional<Val> inline_memoryref_isassigned(Emitter &e, const BuiltinCall &call) {
  // The check of the bounds answers false, not with an error: left to the runtime unless it is off.
  if (call.args.size() != 3 || !is_known_reference(call.args[0]) || !call.args[2].constant ||
      !is_a(call.args[2].constant, types::Bool) || *reinterpret_cast<char *>(call.args[2].constant))
    return std::nullopt;
  return bool_value(e, emit_memory_is_assigned(e, call.args[0]));
}

std::optional<Val> inline_memoryrefoffset(Emitter &e, const BuiltinCall &call) {
  if (call.args.size() != 1 || !is_known_reference(call.args[0]))
    return std::nullopt;
  return scalar_value(e, types::Int64, emit_memory_position(e, call.args[0]));
}

// --- The rest ---

std::optional<Val> inline_getfield(Emitter &e, const BuiltinCall &call) {
  return emit_getfield(e, call.args);
}
std::optional<Val> inline_setfield(Emitter &e, const BuiltinCall &call) {
  return emit_setfield(e, call.args);
}
std::optional<Val> inline_isdefined(Emitter &e, const BuiltinCall &call) {
  return emit_isdefined(e, call.args);
}
std::optional<Val> inline_nfields(Emitter &e, const BuiltinCall &call) {
  return emit_nfields(e, call.args);
}

/// The identity, which LLVM must not see through, when the value is alive.
std::optional<Val> inline_donotdelete(Emitter &e, const BuiltinCall &call) {
  for (const Val &arg : call.args)
    for (llvm::Value *part : parts_of(e, arg)) {
      auto *type = llvm::FunctionType::get(e.ir.getVoidTy(), {part->getType()}, false);
      e.ir.CreateCall(llvm::InlineAsm::get(type, "", "X", true), {part});
    }
  return constant_value(e, types::Nothing->instance);
}

std::optional<Val> inline_world(Emitter &e, const BuiltinCall &call) {
  llvm::Value *address = e.byte_offset(e.task, offsetof(Task, world));
  auto *load = e.ir.CreateAlignedLoad(e.unit.i64(), address, llvm::Align(8), "world");
  e.set_access(load, Access::Task);
  return scalar_value(e, types::UInt64, load);
}

std::optional<Val> inline_llvmcall(Emitter &e, const BuiltinCall &call) {
  if (call.args.size() < 3 || !call.args[0].constant || !call.args[1].constant || !call.args[2].constant)
    return std::nullopt;
  return emit_llvm_call(e, {call.args[0].constant, call.args[1].constant, call.args[2].constant},
                        call.args.drop_front(3));
}

struct InlineEntry {
  Builtin builtin;
  Inline emit;
};
constexpr InlineEntry kInline[] = {
    {Builtin::egal, inline_egal},
    {Builtin::typeof_, inline_typeof},
    {Builtin::sizeof_, inline_sizeof},
    {Builtin::issubtype, inline_subtype},
    {Builtin::isa, inline_isa},
    {Builtin::typeassert, inline_typeassert},
    {Builtin::throw_, inline_throw},
    {Builtin::tuple, inline_tuple},
    {Builtin::getfield, inline_getfield},
    {Builtin::setfield, inline_setfield},
    {Builtin::nfields, inline_nfields},
    {Builtin::isdefined, inline_isdefined},
    {Builtin::ifelse, inline_ifelse},
    {Builtin::memorynew, inline_memorynew},
    {Builtin::memoryrefnew, inline_memoryrefnew},
    {Builtin::memoryrefget, inline_memoryrefget},
    {Builtin::memoryrefset, inline_memoryrefset},
    {Builtin::memoryref_isassigned, inline_memoryref_isassigned},
    {Builtin::memoryrefoffset, inline_memoryrefoffset},
    {Builtin::donotdelete, inline_donotdelete},
    {Builtin::current_scope_world, inline_world},
    {Builtin::llvmcall, inline_llvmcall},
};

Val emit_builtin(Emitter &e, Builtin builtin, const Val &callee, const BuiltinCall &call) {
  for (auto &entry : kInline)
    if (entry.builtin == builtin)
      if (auto value = entry.emit(e, call))
        return *value;
  return emit_builtin_call(e, builtin, callee, call.args);
}

} // namespace

Val emit_call(Emitter &e, const Val &callee, Arguments args, const Ty &result) {
  if (auto value = emit_opaque_call(e, callee, args))
    return *value;
  if (!callee.constant)
    return emit_dynamic_call(e, callee, args);
  if (Builtin builtin = builtin_of(callee.constant); builtin != Builtin::kCount)
    return emit_builtin(e, builtin, callee, {args, result});
  if (Intrinsic intrinsic = intrinsic_of(callee.constant); intrinsic != Intrinsic::kCount)
    if (auto value = emit_intrinsic(e, intrinsic, args))
      return *value;
  return emit_dynamic_call(e, callee, args);
}

} // namespace jl::emit
