// SPDX-License-Identifier: MIT
// What a memory access touches, told to LLVM, so that for example the address and the size of an array are
// loaded once before a loop that stores elements. Two classes never overlap unless one is the parent of the
// other; Data is the parent of all that a program can reach by unsafe pointers.
#pragma once

#include "jl/emit/shape.h"

#include <llvm/IR/Metadata.h>

#include <map>

namespace jl::emit {

enum class Access : uint8_t {
  Unknown,      // no claim
  Task,         // fields of the task
  Tag,          // type tags
  ArrayRef,     // Array's `ref`
  ArraySize,    // Array's `size`
  MemoryHeader, // Memory's length and pointer
  Binding,      // value of a global
  Data,         // reached by a pointer of the program
  Field,        // field of a mutable struct; this and the next two are further told apart by scalar type
  Immutable,    // inside a boxed immutable
  Element,      // of a Memory
};

class Tbaa {
public:
  explicit Tbaa(llvm::LLVMContext &context);
  /// Null for Unknown. `scalar` is the accessed part's type (for Field, Immutable, Element).
  llvm::MDNode *tag(Access access, llvm::Type *scalar = nullptr);

private:
  llvm::MDNode *node(const std::string &name, llvm::MDNode *parent);
  llvm::MDNode *by_scalar(const std::string &base, llvm::Type *scalar);
  llvm::MDNode *access_node(Access access, llvm::Type *scalar);

  llvm::LLVMContext &context_;
  llvm::MDNode *root_;
  std::map<std::string, llvm::MDNode *> nodes_;
};

} // namespace jl::emit
