// SPDX-License-Identifier: MIT
#include "jl/emit/intrinsics.h"

#include "jl/emit/runtime_calls.h"
#include "jl/emit/values.h"

#include <llvm/IR/Intrinsics.h>

namespace jl::emit {

namespace {

using llvm::CmpInst;
using llvm::Instruction;

struct BinaryEntry {
  Intrinsic intrinsic;
  Instruction::BinaryOps op;
};
constexpr BinaryEntry kBinary[] = {
    {Intrinsic::add_int, Instruction::Add},   {Intrinsic::sub_int, Instruction::Sub},
    {Intrinsic::mul_int, Instruction::Mul},   {Intrinsic::sdiv_int, Instruction::SDiv},
    {Intrinsic::udiv_int, Instruction::UDiv}, {Intrinsic::srem_int, Instruction::SRem},
    {Intrinsic::urem_int, Instruction::URem}, {Intrinsic::and_int, Instruction::And},
    {Intrinsic::or_int, Instruction::Or},     {Intrinsic::xor_int, Instruction::Xor},
};

struct CompareEntry {
  Intrinsic intrinsic;
  CmpInst::Predicate predicate;
};
constexpr CompareEntry kCompare[] = {
    {Intrinsic::eq_int, CmpInst::ICMP_EQ},   {Intrinsic::ne_int, CmpInst::ICMP_NE},
    {Intrinsic::slt_int, CmpInst::ICMP_SLT}, {Intrinsic::ult_int, CmpInst::ICMP_ULT},
    {Intrinsic::sle_int, CmpInst::ICMP_SLE}, {Intrinsic::ule_int, CmpInst::ICMP_ULE},
};

struct ShiftEntry {
  Intrinsic intrinsic;
  Instruction::BinaryOps op;
};
constexpr ShiftEntry kShifts[] = {{Intrinsic::shl_int, Instruction::Shl},
                                  {Intrinsic::lshr_int, Instruction::LShr},
                                  {Intrinsic::ashr_int, Instruction::AShr}};

/// Intrinsics of LLVM with the operand as first argument; some want an `is_zero_poison` flag.
struct UnaryEntry {
  Intrinsic intrinsic;
  llvm::Intrinsic::ID id;
  bool zero_flag;
};
constexpr UnaryEntry kUnary[] = {{Intrinsic::bswap_int, llvm::Intrinsic::bswap, false},
                                 {Intrinsic::ctpop_int, llvm::Intrinsic::ctpop, false},
                                 {Intrinsic::ctlz_int, llvm::Intrinsic::ctlz, true},
                                 {Intrinsic::cttz_int, llvm::Intrinsic::cttz, true}};

/// Bool stays i1 in logic, where it is both smaller and what branches want.
bool is_logic_on_bool(Instruction::BinaryOps op, const Val &a) {
  return a.type() == types::Bool &&
         (op == Instruction::And || op == Instruction::Or || op == Instruction::Xor);
}

Val integer_result(Emitter &e, llvm::Value *bits, const Val &like) {
  return scalar_value(e, like.type(), bits_as(e, bits, like.type()));
}

Val emit_binary(Emitter &e, Instruction::BinaryOps op, Arguments args) {
  if (is_logic_on_bool(op, args[0]))
    return bool_value(e, e.ir.CreateBinOp(op, scalar_of(e, args[0]), scalar_of(e, args[1])));
  llvm::Value *left = integer_bits(e, args[0]), *right = integer_bits(e, args[1]);
  return integer_result(e, e.ir.CreateBinOp(op, left, right), args[0]);
}

/// Counts at or past the width give 0, or the sign for ashr.
Val emit_shift(Emitter &e, Instruction::BinaryOps op, Arguments args) {
  llvm::Value *value = integer_bits(e, args[0]), *count = integer_bits(e, args[1]);
  llvm::Type *type = value->getType();
  unsigned width = type->getIntegerBitWidth();
  llvm::Value *too_far = e.ir.CreateICmpUGE(count, llvm::ConstantInt::get(count->getType(), width));
  llvm::Value *amount = e.ir.CreateZExtOrTrunc(count, type);
  if (op == Instruction::AShr) {
    amount = e.ir.CreateSelect(too_far, llvm::ConstantInt::get(type, width - 1), amount);
    return integer_result(e, e.ir.CreateAShr(value, amount), args[0]);
  }
  llvm::Value *shifted = e.ir.CreateBinOp(op, value, amount);
  return integer_result(e, e.ir.CreateSelect(too_far, llvm::ConstantInt::get(type, 0), shifted), args[0]);
}

Val emit_unary(Emitter &e, const UnaryEntry &entry, Arguments args) {
  llvm::Value *bits = integer_bits(e, args[0]);
  if (entry.id == llvm::Intrinsic::bswap && bits->getType()->isIntegerTy(8))
    return args[0];
  llvm::SmallVector<llvm::Value *, 2> operands{bits};
  if (entry.zero_flag)
    operands.push_back(e.ir.getFalse());
  return integer_result(e, e.ir.CreateIntrinsic(entry.id, {bits->getType()}, operands), args[0]);
}

Val emit_not(Emitter &e, const Val &a) {
  if (a.type() == types::Bool)
    return bool_value(e, e.ir.CreateNot(scalar_of(e, a)));
  return integer_result(e, e.ir.CreateNot(integer_bits(e, a)), a);
}

/// x with the sign of y flipped in: (x ^ s) - s with s = y >> (width - 1).
Val emit_flipsign(Emitter &e, Arguments args) {
  llvm::Value *x = integer_bits(e, args[0]), *y = integer_bits(e, args[1]);
  llvm::Value *sign = e.ir.CreateAShr(y, y->getType()->getIntegerBitWidth() - 1);
  return integer_result(e, e.ir.CreateSub(e.ir.CreateXor(x, sign), sign), args[0]);
}

} // namespace

/// LLVM's bswap knows multiples of 16 bits.
static bool is_known_unary(Intrinsic intrinsic, const Val &value) {
  return intrinsic != Intrinsic::bswap_int || value.shape->size == 1 || value.shape->size % 2 == 0;
}

std::optional<Val> emit_integer_intrinsic(Emitter &e, Intrinsic intrinsic, Arguments args) {
  for (auto &entry : kBinary)
    if (entry.intrinsic == intrinsic)
      return emit_binary(e, entry.op, args);
  for (auto &entry : kCompare)
    if (entry.intrinsic == intrinsic)
      return bool_value(e,
                        e.ir.CreateICmp(entry.predicate, integer_bits(e, args[0]), integer_bits(e, args[1])));
  for (auto &entry : kShifts)
    if (entry.intrinsic == intrinsic)
      return emit_shift(e, entry.op, args);
  for (auto &entry : kUnary)
    if (entry.intrinsic == intrinsic && is_known_unary(intrinsic, args[0]))
      return emit_unary(e, entry, args);
  if (intrinsic == Intrinsic::neg_int)
    return integer_result(e, e.ir.CreateNeg(integer_bits(e, args[0])), args[0]);
  if (intrinsic == Intrinsic::not_int)
    return emit_not(e, args[0]);
  if (intrinsic == Intrinsic::flipsign_int)
    return emit_flipsign(e, args);
  return std::nullopt;
}

namespace {

struct DivisionEntry {
  Intrinsic intrinsic;
  Instruction::BinaryOps op;
};
constexpr DivisionEntry kDivisions[] = {{Intrinsic::checked_sdiv_int, Instruction::SDiv},
                                        {Intrinsic::checked_udiv_int, Instruction::UDiv},
                                        {Intrinsic::checked_srem_int, Instruction::SRem},
                                        {Intrinsic::checked_urem_int, Instruction::URem}};

void require_divisible(Emitter &e, llvm::Value *fine) {
  e.require(fine, "divide_error", [&] { call_runtime(e, "jl_throw_divide", {e.task})->setDoesNotReturn(); });
}

/// x ÷ -1 overflows for the smallest x.
llvm::Value *overflows(Emitter &e, llvm::Value *x, llvm::Value *y) {
  auto *type = llvm::cast<llvm::IntegerType>(x->getType());
  llvm::Value *lowest = llvm::ConstantInt::get(type, llvm::APInt::getSignedMinValue(type->getBitWidth()));
  llvm::Value *minus_one = llvm::ConstantInt::getAllOnesValue(type);
  return e.ir.CreateAnd(e.ir.CreateICmpEQ(x, lowest), e.ir.CreateICmpEQ(y, minus_one));
}

/// x % -1 is 0, which the machine's instruction does not know for the smallest x.
llvm::Value *emit_srem(Emitter &e, llvm::Value *x, llvm::Value *y) {
  llvm::Type *type = x->getType();
  llvm::Value *minus_one = e.ir.CreateICmpEQ(y, llvm::ConstantInt::getAllOnesValue(type));
  llvm::Value *divisor = e.ir.CreateSelect(minus_one, llvm::ConstantInt::get(type, 1), y);
  return e.ir.CreateSRem(x, divisor);
}

} // namespace

std::optional<Val> emit_division_intrinsic(Emitter &e, Intrinsic intrinsic, Arguments args) {
  for (auto &entry : kDivisions) {
    if (entry.intrinsic != intrinsic)
      continue;
    llvm::Value *x = integer_bits(e, args[0]), *y = integer_bits(e, args[1]);
    llvm::Value *fine = e.ir.CreateICmpNE(y, llvm::ConstantInt::get(y->getType(), 0));
    if (entry.op == Instruction::SDiv)
      fine = e.ir.CreateAnd(fine, e.ir.CreateNot(overflows(e, x, y)));
    require_divisible(e, fine);
    bool srem = entry.op == Instruction::SRem;
    return integer_result(e, srem ? emit_srem(e, x, y) : e.ir.CreateBinOp(entry.op, x, y), args[0]);
  }
  return std::nullopt;
}

namespace {

struct CheckedEntry {
  Intrinsic intrinsic;
  llvm::Intrinsic::ID id;
};
constexpr CheckedEntry kChecked[] = {{Intrinsic::checked_sadd_int, llvm::Intrinsic::sadd_with_overflow},
                                     {Intrinsic::checked_uadd_int, llvm::Intrinsic::uadd_with_overflow},
                                     {Intrinsic::checked_ssub_int, llvm::Intrinsic::ssub_with_overflow},
                                     {Intrinsic::checked_usub_int, llvm::Intrinsic::usub_with_overflow},
                                     {Intrinsic::checked_smul_int, llvm::Intrinsic::smul_with_overflow},
                                     {Intrinsic::checked_umul_int, llvm::Intrinsic::umul_with_overflow}};

} // namespace

std::optional<Val> emit_checked_intrinsic(Emitter &e, Intrinsic intrinsic, Arguments args) {
  for (auto &entry : kChecked) {
    if (entry.intrinsic != intrinsic)
      continue;
    llvm::Value *x = integer_bits(e, args[0]), *y = integer_bits(e, args[1]);
    llvm::Value *both = e.ir.CreateIntrinsic(entry.id, {x->getType()}, {x, y});
    Value *members[] = {args[0].type(), types::Bool};
    const Shape &shape = e.shape(make_tuple_type(members));
    llvm::Value *result = bits_as(e, e.ir.CreateExtractValue(both, 0), args[0].type());
    return parts_value(shape, {result, e.ir.CreateExtractValue(both, 1)});
  }
  return std::nullopt;
}

} // namespace jl::emit
