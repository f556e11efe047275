// SPDX-License-Identifier: MIT
#include "jl/emit/intrinsics.h"

#include "jl/emit/values.h"

#include <llvm/IR/Intrinsics.h>

namespace jl::emit {

namespace {

using llvm::Instruction;

struct CastEntry {
  Intrinsic intrinsic;
  Instruction::CastOps op;
};
constexpr CastEntry kIntegerCasts[] = {{Intrinsic::sext_int, Instruction::SExt},
                                       {Intrinsic::zext_int, Instruction::ZExt},
                                       {Intrinsic::trunc_int, Instruction::Trunc}};
constexpr CastEntry kFloatCasts[] = {{Intrinsic::fptrunc, Instruction::FPTrunc},
                                     {Intrinsic::fpext, Instruction::FPExt}};
constexpr CastEntry kToFloat[] = {{Intrinsic::uitofp, Instruction::UIToFP},
                                  {Intrinsic::sitofp, Instruction::SIToFP}};

bool is_float(Value *type) {
  return type == types::Float16 || type == types::Float32 || type == types::Float64;
}

/// The type named by the first operand, when it is a primitive.
Value *target_type(Emitter &e, const Val &operand) {
  if (!operand.constant || !is_type(operand.constant) || !is_concrete_type(operand.constant))
    return nullptr;
  return e.shape(operand.constant).is_scalar() ? operand.constant : nullptr;
}

unsigned width_of(Emitter &e, Value *type) {
  return e.shape(type).size * 8;
}

Val integer_cast(Emitter &e, Instruction::CastOps op, Value *to, const Val &value) {
  bool bit_is_sign = op == Instruction::SExt && value.type() == types::Bool;
  llvm::Value *bits = bit_is_sign ? scalar_of(e, value) : integer_bits(e, value);
  if (to == types::Bool && op == Instruction::Trunc)
    return bool_value(e, e.ir.CreateTrunc(bits, e.unit.i1()));
  llvm::Type *type = e.ir.getIntNTy(width_of(e, to));
  if (bits->getType() != type)
    bits = e.ir.CreateCast(op, bits, type);
  return scalar_value(e, to, bits_as(e, bits, to));
}

/// Wider to narrower and back only; the same width is the value itself.
bool cast_is_legal(Emitter &e, Instruction::CastOps op, Value *to, const Val &value) {
  unsigned from = value.shape->size * 8, width = width_of(e, to);
  bool narrows = op == Instruction::Trunc || op == Instruction::FPTrunc;
  return narrows ? width <= from : width >= from;
}

Val bitcast(Emitter &e, Value *to, const Val &value) {
  if (value.type() == to)
    return value;
  llvm::Value *part = scalar_of(e, value);
  llvm::Type *type = e.shape(to).parts[0].type;
  if (part->getType() == type)
    return scalar_value(e, to, part);
  return scalar_value(e, to, bits_as(e, integer_bits(e, value), to));
}

Val float_to_integer(Emitter &e, Intrinsic intrinsic, Value *to, const Val &value) {
  auto id = intrinsic == Intrinsic::fptosi ? llvm::Intrinsic::fptosi_sat : llvm::Intrinsic::fptoui_sat;
  llvm::Value *x = scalar_of(e, value);
  llvm::Type *type = e.ir.getIntNTy(width_of(e, to));
  return scalar_value(e, to, bits_as(e, e.ir.CreateIntrinsic(id, {type, x->getType()}, {x}), to));
}

/// Between Float16 and 128-bit integers there is neither an instruction nor a library function: the runtime
/// converts.
bool is_half_and_wide(Emitter &e, Value *to, const Val &value) {
  return (to == types::Float16 && value.shape->size > 8) ||
         (value.type() == types::Float16 && width_of(e, to) > 64);
}

std::optional<Val> float_conversion(Emitter &e, Intrinsic intrinsic, Value *to, const Val &value) {
  if (is_half_and_wide(e, to, value))
    return std::nullopt;
  if (intrinsic == Intrinsic::fptosi || intrinsic == Intrinsic::fptoui)
    return is_float(value.type()) ? std::optional(float_to_integer(e, intrinsic, to, value)) : std::nullopt;
  if (!is_float(to))
    return std::nullopt;
  llvm::Type *type = e.shape(to).parts[0].type;
  for (auto &entry : kToFloat)
    if (entry.intrinsic == intrinsic)
      return scalar_value(e, to, e.ir.CreateCast(entry.op, integer_bits(e, value), type));
  for (auto &entry : kFloatCasts)
    if (entry.intrinsic == intrinsic && is_float(value.type()) && cast_is_legal(e, entry.op, to, value))
      return value.type() == to ? value
                                : scalar_value(e, to, e.ir.CreateCast(entry.op, scalar_of(e, value), type));
  return std::nullopt;
}

} // namespace

std::optional<Val> emit_conversion_intrinsic(Emitter &e, Intrinsic intrinsic, Arguments args) {
  Value *to = target_type(e, args[0]);
  if (!to)
    return std::nullopt;
  if (intrinsic == Intrinsic::bitcast)
    return e.shape(to).size == args[1].shape->size ? std::optional(bitcast(e, to, args[1])) : std::nullopt;
  if (width_of(e, to) > 128)
    return std::nullopt;
  for (auto &entry : kIntegerCasts)
    if (entry.intrinsic == intrinsic)
      return cast_is_legal(e, entry.op, to, args[1]) ? std::optional(integer_cast(e, entry.op, to, args[1]))
                                                     : std::nullopt;
  return float_conversion(e, intrinsic, to, args[1]);
}

} // namespace jl::emit
