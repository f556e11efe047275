// SPDX-License-Identifier: MIT
#include "jl/emit/tbaa.h"

#include <llvm/IR/MDBuilder.h>
#include <llvm/Support/raw_ostream.h>

namespace jl::emit {

Tbaa::Tbaa(llvm::LLVMContext &context)
    : context_(context), root_(llvm::MDBuilder(context).createTBAARoot("jl")) {}

llvm::MDNode *Tbaa::node(const std::string &name, llvm::MDNode *parent) {
  llvm::MDNode *&node = nodes_[name];
  if (!node)
    node = llvm::MDBuilder(context_).createTBAAScalarTypeNode(name, parent);
  return node;
}

llvm::MDNode *Tbaa::access_node(Access access, llvm::Type *scalar) {
  switch (access) {
  case Access::Unknown:
    return nullptr;
  case Access::Task:
    return node("jl_task", root_);
  case Access::Tag:
    return node("jl_tag", root_);
  case Access::ArrayRef:
    return node("jl_arrayref", root_);
  case Access::ArraySize:
    return node("jl_arraysize", root_);
  case Access::MemoryHeader:
    return node("jl_memory", root_);
  case Access::Binding:
    return node("jl_binding", root_);
  case Access::Data:
    return node("jl_data", root_);
  case Access::Field:
    return by_scalar("jl_field", scalar);
  case Access::Immutable:
    return by_scalar("jl_immutable", scalar);
  case Access::Element:
    return by_scalar("jl_element", scalar);
  }
  return nullptr;
}

llvm::MDNode *Tbaa::by_scalar(const std::string &base, llvm::Type *scalar) {
  llvm::MDNode *all = node(base, access_node(Access::Data, nullptr));
  if (!scalar)
    return all;
  std::string name;
  llvm::raw_string_ostream(name) << base << "_" << *memory_type(scalar);
  return node(name, all);
}

llvm::MDNode *Tbaa::tag(Access access, llvm::Type *scalar) {
  llvm::MDNode *type = access_node(access, scalar);
  return type ? llvm::MDBuilder(context_).createTBAAStructTagNode(type, type, 0) : nullptr;
}

} // namespace jl::emit
