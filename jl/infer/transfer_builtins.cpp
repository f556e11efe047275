// SPDX-License-Identifier: MIT
#include "jl/infer/guard.h"
#include "jl/infer/transfer.h"
#include "jl/runtime/method.h"
#include "jl/runtime/values.h"

namespace jl::inference {

namespace {

constexpr uint32_t kPure = kConsistent | kEffectFree | kTerminates;
/// Integer type parameters that are computed are followed this far: recursion over Val{N} must end.
constexpr int64_t kMaxComputedParameter = 1024;

bool all_constant(Lats args) {
  for (const Lat &a : args)
    if (!a.constant)
      return false;
  return true;
}

/// The builtin on constants; null when it throws.
Value *fold(Task *task, Builtin builtin, Lats args) {
  if (args.size() > 64)
    return nullptr;
  Value *values[64];
  for (size_t i = 0; i < args.size(); i++)
    values[i] = args[i].constant;
  return run_guarded(task,
                     [&] { return apply(task, builtin_value(builtin), values, uint32_t(args.size())); });
}

Transfer transfer_egal(Lats args) {
  if (args.size() != 2)
    return {bottom(), kPure};
  const Lat &a = args[0], &b = args[1];
  if (a.constant && b.constant)
    return {lat_bool(egal(a.constant, b.constant)), kAllEffects};
  bool disjoint = a.constant   ? never_isa(a, b.type)
                  : b.constant ? never_isa(b, a.type)
                               : intersect_types(a.type, b.type) == types::Bottom_;
  if (disjoint)
    return {lat_bool(false), kAllEffects};
  return {lat_type(types::Bool), kAllEffects};
}

Transfer transfer_typeof(Lats args) {
  if (args.size() != 1)
    return {bottom(), kPure};
  const Lat &a = args[0];
  if (a.constant)
    return {lat_const(type_of(a.constant)), kAllEffects};
  if (is_concrete_type(a.type))
    return {lat_const(a.type), kAllEffects};
  GcVector<Value *> members;
  union_members(a.type, members);
  for (Value *&member : members) {
    if (!is_concrete_type(member))
      return {Lat{types::DataType_}, kAllEffects};
    member = type_of_type(member);
  }
  return {Lat{make_union(members)}, kAllEffects};
}

/// Type{T} for a type T, which differs from case to case where T is not known.
Transfer transfer_captured_type(Lats args) {
  if (args.size() != 1)
    return {bottom(), kPure};
  const Lat &a = args[0];
  if (a.constant && is_type(a.constant))
    return {lat_const(has_free_typevars(a.constant) ? type_of(a.constant) : type_of_type(a.constant)),
            kAllEffects};
  return never_isa(a, types::Type) ? transfer_typeof(args) : Transfer{Lat{types::DataType_}, kAllEffects};
}

Transfer transfer_isa(Lats args) {
  if (args.size() != 2)
    return {bottom(), kPure};
  if (Value *type = exact_type_value(args[1])) {
    if (surely_isa(args[0], type))
      return {lat_bool(true), kAllEffects};
    if (never_isa(args[0], type))
      return {lat_bool(false), kAllEffects};
    return {lat_type(types::Bool), kAllEffects};
  }
  return {lat_type(types::Bool), kPure | (surely_isa(args[1], types::Type) ? kNothrow : 0u)};
}

Transfer transfer_subtype(Lats args) {
  if (args.size() != 2)
    return {bottom(), kPure};
  Value *a = exact_type_value(args[0]), *b = exact_type_value(args[1]);
  if (a && b)
    return {lat_bool(is_subtype(a, b)), kAllEffects};
  bool types_both = surely_isa(args[0], types::Type) && surely_isa(args[1], types::Type);
  if (b && types_both && instance_type(args[0]) != types::Any && is_subtype(instance_type(args[0]), b))
    return {lat_bool(true), kAllEffects};
  return {lat_type(types::Bool), kPure | (types_both ? kNothrow : 0u)};
}

Transfer transfer_typeassert(Lats args) {
  if (args.size() != 2)
    return {bottom(), kPure};
  Value *type = exact_type_value(args[1]);
  if (!type)
    return {meet(args[0], instance_type(args[1])), kPure};
  return {meet(args[0], type), kPure | (surely_isa(args[0], type) ? kNothrow : 0u)};
}

Transfer transfer_ifelse(Lats args) {
  if (args.size() != 3)
    return {bottom(), kPure};
  uint32_t effects = kPure | (args[0].type == types::Bool ? kNothrow : 0u);
  if (is_const_bool(args[0], true))
    return {args[1], kAllEffects};
  if (is_const_bool(args[0], false))
    return {args[2], kAllEffects};
  return {join(args[1], args[2]), effects};
}

Transfer transfer_sizeof(Task *task, Lats args) {
  if (args.size() == 1) {
    Value *type = exact_type_value(args[0]);
    if (!type && type_of(args[0].type) == types::DataType_ &&
        static_cast<DataType *>(args[0].type)->is_concrete &&
        static_cast<DataType *>(args[0].type)->is_inline)
      type = args[0].type;
    if (type) {
      Lat exact = lat_const(type);
      if (Value *size = fold(task, Builtin::sizeof_, {&exact, 1}))
        return {lat_const(size), kAllEffects};
    }
  }
  return {lat_type(types::Int64), kPure};
}

Transfer transfer_barrier(Lats args) {
  return {args.size() == 2 ? any() : bottom(), kPure};
}

} // namespace

Transfer transfer_apply_type(Task *task, Lats args) {
  if (args.empty())
    return {bottom(), kPure};
  bool foldable = all_constant(args);
  for (size_t i = 1; foldable && i < args.size(); i++)
    if (type_of(args[i].constant) == types::Int64) {
      int64_t n = unbox_int64(args[i].constant);
      foldable = n <= kMaxComputedParameter && n >= -kMaxComputedParameter;
    }
  if (foldable) {
    Value *type = fold(task, Builtin::apply_type, args);
    if (!type)
      return {bottom(), kPure};
    if (is_type(type) && !has_free_typevars(type) && type_depth(type) <= kMaxTypeDepth + 4)
      return {lat_const(type), kAllEffects};
    return {type_of(type) == types::Vararg_ ? Lat{types::Vararg_} : Lat{types::Type}, kPure};
  }
  Value *head = args[0].constant;
  if (head && type_of(head) == types::UnionAll_ && !has_free_typevars(head)) {
    TypeVar *var = make_typevar(Symbol::intern("T"), types::Bottom_, head);
    return {Lat{make_union_all(var, type_of_type(reinterpret_cast<Value *>(var)))}, kPure};
  }
  return {Lat{types::Any}, kPure};
}

/// Whatever the IR does.
static Transfer transfer_llvmcall(Lats args) {
  Value *type = args.size() < 3 ? nullptr : exact_type_value(args[1]);
  return {type && !has_free_typevars(type) ? lat_type(type) : any(), 0};
}

Transfer transfer_builtin(Task *task, Builtin builtin, Lats args) {
  for (const Lat &a : args)
    if (is_bottom(a))
      return {bottom(), kAllEffects};
  switch (builtin) {
  case Builtin::egal:
    return transfer_egal(args);
  case Builtin::typeof_:
    return transfer_typeof(args);
  case Builtin::captured_type:
    return transfer_captured_type(args);
  case Builtin::sizeof_:
    return transfer_sizeof(task, args);
  case Builtin::issubtype:
    return transfer_subtype(args);
  case Builtin::isa:
    return transfer_isa(args);
  case Builtin::typeassert:
    return transfer_typeassert(args);
  case Builtin::throw_:
    return {bottom(), kPure};
  case Builtin::tuple:
    return {lat_tuple(args), kAllEffects};
  case Builtin::svec:
    return {lat_type(types::SimpleVector_), kEffectFree | kNothrow | kTerminates};
  case Builtin::getfield:
    return transfer_getfield(task, args);
  case Builtin::setfield:
    return transfer_setfield(args);
  case Builtin::swapfield:
    return {args.size() < 3 ? bottom() : transfer_getfield(task, args.first(2)).lat, kTerminates};
  case Builtin::setfieldonce:
    return {lat_type(types::Bool), kTerminates};
  case Builtin::fieldtype:
    return transfer_fieldtype(task, args);
  case Builtin::nfields:
    return transfer_nfields(args);
  case Builtin::isdefined:
    return transfer_isdefined(args);
  case Builtin::apply_type:
    return transfer_apply_type(task, args);
  case Builtin::ifelse:
    return transfer_ifelse(args);
  case Builtin::applicable:
  case Builtin::isdefinedglobal:
    return {lat_type(types::Bool), kEffectFree | kTerminates};
  case Builtin::memorynew:
  case Builtin::memoryrefnew:
  case Builtin::memoryrefget:
  case Builtin::memoryrefset:
  case Builtin::memoryref_isassigned:
  case Builtin::memoryrefoffset:
    return args.empty() ? Transfer{bottom(), kPure} : transfer_memory(builtin, args);
  case Builtin::typevar:
    return {lat_type(types::TypeVar_), kEffectFree | kTerminates};
  case Builtin::setglobal:
    return {args.size() < 3 ? bottom() : args[2], kTerminates};
  case Builtin::compilerbarrier:
    return transfer_barrier(args);
  case Builtin::donotdelete:
    return {lat_type(types::Nothing), kConsistent | kNothrow | kTerminates};
  case Builtin::llvmcall:
    return transfer_llvmcall(args);
  case Builtin::current_scope_world:
    return {lat_type(types::UInt64), kEffectFree | kNothrow | kTerminates};
  default:
    return {any(), 0};
  }
}

} // namespace jl::inference
