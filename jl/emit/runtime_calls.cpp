// SPDX-License-Identifier: MIT
#include "jl/emit/runtime_calls.h"

#include <llvm/Support/ModRef.h>

#include <algorithm>

namespace jl::emit {

namespace {

enum class Attribute : uint8_t { NONE, NORETURN, READONLY, PURE, ALLOC, TWICE };

struct Prototype {
  llvm::StringRef name;
  char result;
  llvm::StringRef arguments; // "(P, P, I)"
  Attribute attribute;
};

constexpr Prototype kPrototypes[] = {
#define RUNTIME_FN(name, result, arguments, attribute) {#name, #result[0], #arguments, Attribute::attribute},
#include "jl/runtime/abi.def"
};

constexpr const char *kBuiltinNames[] = {
#define BUILTIN(cpp, name) "jl_builtin_" #cpp,
#include "jl/runtime/builtins.def"
};

llvm::Type *abi_type(UnitContext &unit, char letter) {
  switch (letter) {
  case 'V':
    return llvm::Type::getVoidTy(unit.llvm);
  case 'B':
    return unit.i8();
  case 'I':
    return unit.i64();
  case 'W':
    return unit.i32();
  case 'D':
    return llvm::Type::getDoubleTy(unit.llvm);
  default:
    return unit.ptr();
  }
}

llvm::AttributeList attributes_of(UnitContext &unit, const Prototype &prototype) {
  llvm::AttrBuilder function(unit.llvm), result(unit.llvm);
  switch (prototype.attribute) {
  case Attribute::NORETURN:
    function.addAttribute(llvm::Attribute::NoReturn).addAttribute(llvm::Attribute::Cold);
    break;
  case Attribute::READONLY:
    function.addMemoryAttr(llvm::MemoryEffects::readOnly()).addAttribute(llvm::Attribute::WillReturn);
    break;
  case Attribute::PURE:
    function.addMemoryAttr(llvm::MemoryEffects::none()).addAttribute(llvm::Attribute::WillReturn);
    break;
  case Attribute::ALLOC:
    // A collection changes nothing that code can see, so that arrays need not be looked at again after an
    // allocation.
    function.addMemoryAttr(llvm::MemoryEffects::inaccessibleOrArgMemOnly());
    function.addAttribute(llvm::Attribute::Cold);
    result.addAttribute(llvm::Attribute::NoAlias).addAttribute(llvm::Attribute::NonNull);
    break;
  case Attribute::TWICE:
    function.addAttribute(llvm::Attribute::ReturnsTwice);
    break;
  case Attribute::NONE:
    break;
  }
  return llvm::AttributeList().addFnAttributes(unit.llvm, function).addRetAttributes(unit.llvm, result);
}

const Prototype &prototype_of(llvm::StringRef name) {
  return *std::find_if(std::begin(kPrototypes), std::end(kPrototypes),
                       [&](auto &p) { return p.name == name; });
}

} // namespace

llvm::Function *runtime_function(UnitContext &unit, llvm::StringRef name) {
  const Prototype &prototype = prototype_of(name);
  llvm::SmallVector<llvm::Type *, 5> arguments;
  for (char letter : prototype.arguments)
    if (llvm::StringRef("PBIWD").contains(letter))
      arguments.push_back(abi_type(unit, letter));
  auto *type = llvm::FunctionType::get(abi_type(unit, prototype.result), arguments, false);
  return unit.builder.runtime(name, type, attributes_of(unit, prototype));
}

llvm::CallInst *call_runtime(Emitter &e, llvm::StringRef name, llvm::ArrayRef<llvm::Value *> args,
                             const llvm::Twine &result) {
  llvm::Function *function = runtime_function(e.unit, name);
  auto *call = e.ir.CreateCall(function, args);
  if (!function->getReturnType()->isVoidTy())
    call->setName(result);
  if (function->hasFnAttribute(llvm::Attribute::ReturnsTwice))
    call->addFnAttr(llvm::Attribute::ReturnsTwice);
  if (function->doesNotReturn())
    call->addFnAttr(llvm::Attribute::NoMerge); // two throws in one place would lose their lines
  return call;
}

void call_noreturn(Emitter &e, llvm::StringRef name, llvm::ArrayRef<llvm::Value *> args) {
  end_with_call(e, call_runtime(e, name, args));
}

void end_with_call(Emitter &e, llvm::CallInst *call) {
  call->setDoesNotReturn();
  call->addFnAttr(llvm::Attribute::NoMerge);
  e.ir.CreateUnreachable();
  e.unreachable = true;
}

llvm::Function *builtin_function(UnitContext &unit, Builtin builtin) {
  auto *type = llvm::FunctionType::get(unit.ptr(), {unit.ptr(), unit.ptr(), unit.ptr(), unit.i32()}, false);
  return unit.builder.runtime(kBuiltinNames[size_t(builtin)], type);
}

} // namespace jl::emit
