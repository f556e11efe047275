// SPDX-License-Identifier: MIT
#include "jl/emit/intrinsics.h"

#include "jl/emit/values.h"

#include <llvm/IR/Intrinsics.h>

namespace jl::emit {

namespace {

using llvm::CmpInst;
using llvm::Instruction;

struct BinaryEntry {
  Intrinsic intrinsic;
  Instruction::BinaryOps op;
  bool fast;
};
constexpr BinaryEntry kBinary[] = {
    {Intrinsic::add_float, Instruction::FAdd, false},
    {Intrinsic::sub_float, Instruction::FSub, false},
    {Intrinsic::mul_float, Instruction::FMul, false},
    {Intrinsic::div_float, Instruction::FDiv, false},
    {Intrinsic::rem_float, Instruction::FRem, false},
    {Intrinsic::add_float_fast, Instruction::FAdd, true},
    {Intrinsic::sub_float_fast, Instruction::FSub, true},
    {Intrinsic::mul_float_fast, Instruction::FMul, true},
    {Intrinsic::div_float_fast, Instruction::FDiv, true},
};

struct CompareEntry {
  Intrinsic intrinsic;
  CmpInst::Predicate predicate;
};
constexpr CompareEntry kCompare[] = {{Intrinsic::eq_float, CmpInst::FCMP_OEQ},
                                     {Intrinsic::ne_float, CmpInst::FCMP_UNE},
                                     {Intrinsic::lt_float, CmpInst::FCMP_OLT},
                                     {Intrinsic::le_float, CmpInst::FCMP_OLE}};

struct CallEntry {
  Intrinsic intrinsic;
  llvm::Intrinsic::ID id;
};
constexpr CallEntry kCalls[] = {
    {Intrinsic::fma_float, llvm::Intrinsic::fma},    {Intrinsic::muladd_float, llvm::Intrinsic::fmuladd},
    {Intrinsic::abs_float, llvm::Intrinsic::fabs},   {Intrinsic::copysign_float, llvm::Intrinsic::copysign},
    {Intrinsic::sqrt_llvm, llvm::Intrinsic::sqrt},   {Intrinsic::ceil_llvm, llvm::Intrinsic::ceil},
    {Intrinsic::floor_llvm, llvm::Intrinsic::floor}, {Intrinsic::trunc_llvm, llvm::Intrinsic::trunc},
    {Intrinsic::rint_llvm, llvm::Intrinsic::rint},
};

/// A float of the operand's width, whatever primitive type holds it.
llvm::Value *float_of(Emitter &e, const Val &value) {
  llvm::Value *part = scalar_of(e, value);
  if (part->getType()->isFloatingPointTy())
    return part;
  llvm::Value *bits = integer_bits(e, value);
  switch (bits->getType()->getIntegerBitWidth()) {
  case 16:
    return e.ir.CreateBitCast(bits, e.ir.getHalfTy());
  case 32:
    return e.ir.CreateBitCast(bits, e.ir.getFloatTy());
  case 64:
    return e.ir.CreateBitCast(bits, e.ir.getDoubleTy());
  default:
    return nullptr;
  }
}

bool all_floats(Arguments args) {
  for (const Val &arg : args) {
    uint32_t size = arg.shape->size;
    if (size != 2 && size != 4 && size != 8)
      return false;
  }
  return true;
}

Val float_result(Emitter &e, llvm::Value *result, const Val &like) {
  llvm::Type *part = like.shape->parts[0].type;
  if (part != result->getType()) {
    result = e.ir.CreateBitCast(result, e.ir.getIntNTy(result->getType()->getScalarSizeInBits()));
    result = bits_as(e, result, like.type());
  }
  return scalar_value(e, like.type(), result);
}

Val emit_binary(Emitter &e, const BinaryEntry &entry, Arguments args) {
  llvm::Value *result = e.ir.CreateBinOp(entry.op, float_of(e, args[0]), float_of(e, args[1]));
  if (auto *instruction = llvm::dyn_cast<llvm::Instruction>(result); instruction && entry.fast)
    instruction->setFast(true);
  return float_result(e, result, args[0]);
}

Val emit_negation(Emitter &e, const Val &a, bool fast) {
  llvm::Value *result = e.ir.CreateFNeg(float_of(e, a));
  if (auto *instruction = llvm::dyn_cast<llvm::Instruction>(result); instruction && fast)
    instruction->setFast(true);
  return float_result(e, result, a);
}

/// isequal: equal bits, or both NaN.
Val emit_fpiseq(Emitter &e, Arguments args) {
  llvm::Value *x = float_of(e, args[0]), *y = float_of(e, args[1]);
  llvm::Value *both_nan = e.ir.CreateAnd(e.ir.CreateFCmpUNO(x, x), e.ir.CreateFCmpUNO(y, y));
  llvm::Value *same = e.ir.CreateICmpEQ(integer_bits(e, args[0]), integer_bits(e, args[1]));
  return bool_value(e, e.ir.CreateOr(both_nan, same));
}

Val emit_call(Emitter &e, llvm::Intrinsic::ID id, Arguments args) {
  llvm::SmallVector<llvm::Value *, 3> operands;
  for (const Val &arg : args)
    operands.push_back(float_of(e, arg));
  return float_result(e, e.ir.CreateIntrinsic(id, {operands[0]->getType()}, operands), args[0]);
}

} // namespace

std::optional<Val> emit_float_intrinsic(Emitter &e, Intrinsic intrinsic, Arguments args) {
  if (intrinsic < Intrinsic::neg_float || intrinsic > Intrinsic::rint_llvm || !all_floats(args))
    return std::nullopt;
  for (auto &entry : kBinary)
    if (entry.intrinsic == intrinsic)
      return emit_binary(e, entry, args);
  for (auto &entry : kCompare)
    if (entry.intrinsic == intrinsic)
      return bool_value(e, e.ir.CreateFCmp(entry.predicate, float_of(e, args[0]), float_of(e, args[1])));
  for (auto &entry : kCalls)
    if (entry.intrinsic == intrinsic)
      return emit_call(e, entry.id, args);
  if (intrinsic == Intrinsic::fpiseq)
    return emit_fpiseq(e, args);
  if (intrinsic == Intrinsic::neg_float || intrinsic == Intrinsic::neg_float_fast)
    return emit_negation(e, args[0], intrinsic == Intrinsic::neg_float_fast);
  return std::nullopt;
}

} // namespace jl::emit
