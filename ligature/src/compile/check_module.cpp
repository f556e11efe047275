// SPDX-License-Identifier: MIT
//
// What passes LLVM's verifier and then ends the process in the code generator, or keeps it busy for ever.
#include "ligature/compile.h"

#include <llvm/IR/Constants.h>
#include <llvm/IR/GCStrategy.h>
#include <llvm/IR/InstIterator.h>
#include <llvm/IR/IntrinsicInst.h>
#include <llvm/IR/Metadata.h>

namespace ligature {
namespace {

/// What takes the code generator a second or so; its work grows with the square of it and faster.
constexpr unsigned kWidestInteger = 2048;
constexpr uint64_t kWidestVector = 65536; // bits
constexpr uint64_t kMostMembers = 8192;   // of an aggregate that is one value

bool has_collector(const std::string &name) {
  for (const auto &known : llvm::GCRegistry::entries())
    if (known.getName() == name)
      return true;
  return false;
}

/// Of a value's type; empty: it can be compiled.
std::string problem_of(llvm::Type *type) {
  if (auto *integer = llvm::dyn_cast<llvm::IntegerType>(type);
      integer && integer->getBitWidth() > kWidestInteger)
    return "integers of " + std::to_string(integer->getBitWidth()) + " bits are not supported, " +
           std::to_string(kWidestInteger) + " are the most";
  if (llvm::isa<llvm::ScalableVectorType>(type))
    return "vectors of a size that the machine decides are not supported";
  if (llvm::isa<llvm::TargetExtType>(type))
    return "a type of another machine is not supported";
  if (auto *vector = llvm::dyn_cast<llvm::FixedVectorType>(type)) {
    if (uint64_t{vector->getNumElements()} * std::max(vector->getScalarSizeInBits(), 1u) > kWidestVector)
      return "vectors of more than " + std::to_string(kWidestVector) + " bits are not supported";
    return problem_of(vector->getElementType());
  }
  return "";
}

/// Members down to scalars and vectors, as the code generator takes an aggregate apart.
uint64_t members_of(llvm::Type *type) {
  if (auto *array = llvm::dyn_cast<llvm::ArrayType>(type)) {
    uint64_t each = array->getNumElements() ? members_of(array->getElementType()) : 0;
    return each && array->getNumElements() > kMostMembers ? kMostMembers + 1 : each * array->getNumElements();
  }
  uint64_t sum = 0;
  if (auto *record = llvm::dyn_cast<llvm::StructType>(type)) {
    for (llvm::Type *member : record->elements())
      sum += members_of(member);
    return sum;
  }
  return 1;
}

std::string problem_of_value(llvm::Type *type) {
  if (!type->isAggregateType())
    return problem_of(type);
  if (members_of(type) > kMostMembers)
    return "a value of more than " + std::to_string(kMostMembers) +
           " members is not supported; use it in memory";
  for (llvm::Type *member : type->subtypes())
    if (std::string problem = problem_of_value(member); !problem.empty())
      return problem;
  return "";
}

/// The stack pointer is all that the code generator does not use in ways of its own.
std::string problem_of_register(const llvm::IntrinsicInst &call) {
  auto *metadata = llvm::dyn_cast<llvm::MetadataAsValue>(call.getArgOperand(0));
  auto *node = metadata ? llvm::dyn_cast<llvm::MDNode>(metadata->getMetadata()) : nullptr;
  auto *text =
      node && node->getNumOperands() == 1 ? llvm::dyn_cast<llvm::MDString>(node->getOperand(0)) : nullptr;
  llvm::StringRef name = text ? text->getString() : "";
  llvm::Type *type = call.arg_size() > 1 ? call.getArgOperand(1)->getType() : call.getType();
  if (name == "rsp" && type->isIntegerTy(64))
    return "";
  return "the register '" + name.str() + "' cannot be named in " + call.getCalledFunction()->getName().str() +
         ", only rsp as an i64 can";
}

std::string problem_of_call(const llvm::CallBase &call) {
  if (call.getCallingConv() == llvm::CallingConv::X86_INTR)
    return "an interrupt handler cannot be called";
  const llvm::Function *callee = call.getCalledFunction();
  if (!callee || !callee->isIntrinsic())
    return "";
  switch (callee->getIntrinsicID()) {
  case llvm::Intrinsic::not_intrinsic:
    return "unknown intrinsic " + callee->getName().str();
  case llvm::Intrinsic::read_register:
  case llvm::Intrinsic::read_volatile_register:
  case llvm::Intrinsic::write_register:
    return problem_of_register(llvm::cast<llvm::IntrinsicInst>(call));
  default:
    break;
  }
  if (callee->isTargetIntrinsic() && !callee->getName().starts_with("llvm.x86."))
    return callee->getName().str() + " is an intrinsic of another machine";
  return "";
}

std::string problem_of(const llvm::Instruction &instruction) {
  if (std::string problem = problem_of_value(instruction.getType()); !problem.empty())
    return problem;
  for (const llvm::Value *operand : instruction.operands())
    if (std::string problem = problem_of_value(operand->getType()); !problem.empty())
      return problem;
  auto *call = llvm::dyn_cast<llvm::CallBase>(&instruction);
  return call ? problem_of_call(*call) : "";
}

std::string problem_of(const llvm::Function &function) {
  if (function.hasGC() && !has_collector(function.getGC()))
    return "unsupported garbage collector '" + function.getGC() + "'";
  for (const llvm::Instruction &instruction : llvm::instructions(function))
    if (std::string problem = problem_of(instruction); !problem.empty())
      return problem;
  return "";
}

} // namespace

llvm::Error check_module(const llvm::Module &module) {
  for (const llvm::Function &function : module)
    if (std::string problem = problem_of(function); !problem.empty())
      return llvm::createStringError(llvm::inconvertibleErrorCode(),
                                     "@" + function.getName() + ": " + problem);
  return llvm::Error::success();
}

} // namespace ligature
