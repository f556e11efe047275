// SPDX-License-Identifier: MIT
#include "jl/emit/intrinsics.h"

#include "jl/emit/values.h"

namespace jl::emit {

llvm::Value *integer_bits(Emitter &e, const Val &value) {
  llvm::Value *part = scalar_of(e, value);
  llvm::Type *type = part->getType();
  if (type->isPointerTy())
    return e.ir.CreatePtrToInt(part, e.unit.i64());
  if (type->isIntegerTy(1))
    return e.ir.CreateZExt(part, e.unit.i8());
  if (type->isFloatingPointTy())
    return e.ir.CreateBitCast(part, e.ir.getIntNTy(type->getScalarSizeInBits()));
  return part;
}

llvm::Value *bits_as(Emitter &e, llvm::Value *bits, Value *type) {
  llvm::Type *part = e.shape(type).parts[0].type;
  if (part->isPointerTy())
    return e.ir.CreateIntToPtr(bits, part);
  if (part->isIntegerTy(1))
    return e.ir.CreateTrunc(bits, part);
  return e.ir.CreateBitCast(bits, part);
}

namespace {

bool is_conversion(Intrinsic i) {
  return i >= Intrinsic::bitcast && i <= Intrinsic::fpext;
}

bool is_pointer_intrinsic(Intrinsic i) {
  return i >= Intrinsic::pointerref;
}

bool primitive_from(Arguments args, size_t first) {
  for (size_t i = first; i < args.size(); i++)
    if (!args[i].shape->is_scalar())
      return false;
  return true;
}

bool may_differ(Intrinsic i) {
  return i == Intrinsic::shl_int || i == Intrinsic::lshr_int || i == Intrinsic::ashr_int;
}

/// The runtime refuses integers of more than 128 bits, which LLVM would need functions for that nobody has.
bool too_wide(Arguments args) {
  for (const Val &arg : args)
    if (arg.shape->is_scalar() && arg.shape->size > 16)
      return true;
  return false;
}

bool same_types(Arguments args) {
  for (const Val &arg : args)
    if (arg.shape != args[0].shape)
      return false;
  return true;
}

} // namespace

std::optional<Val> emit_intrinsic(Emitter &e, Intrinsic intrinsic, Arguments args) {
  if (int(args.size()) != intrinsic_arity(intrinsic))
    return std::nullopt;
  if (is_pointer_intrinsic(intrinsic))
    return emit_pointer_intrinsic(e, intrinsic, args);
  if (intrinsic == Intrinsic::have_fma)
    return std::nullopt; // a property of the machine: the runtime knows
  if (!primitive_from(args, is_conversion(intrinsic) ? 1 : 0))
    return std::nullopt;
  if (intrinsic != Intrinsic::bitcast && too_wide(args))
    return std::nullopt;
  if (is_conversion(intrinsic))
    return emit_conversion_intrinsic(e, intrinsic, args);
  if (!may_differ(intrinsic) && !same_types(args))
    return std::nullopt;
  for (auto family :
       {emit_integer_intrinsic, emit_float_intrinsic, emit_division_intrinsic, emit_checked_intrinsic})
    if (auto value = family(e, intrinsic, args))
      return value;
  return std::nullopt;
}

} // namespace jl::emit
