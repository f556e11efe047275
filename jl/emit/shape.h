// SPDX-License-Identifier: MIT
// How values of a Julia type are held in compiled code: the one place that decides it, from the type alone.
//
//   Never   no value (Union{})
//   Ghost   nothing at all: the type has one instance, known here
//   Boxed   a pointer to an object
//   Parts   one LLVM value for each scalar inside: a primitive, or a small immutable taken apart
//   Memory  the address of bytes that nobody writes to any more: a large immutable
//   Union   a tag (index of the member) and the payload's parts
// Everything else (signature.h, values.h) follows from these.
#pragma once

#include "jl/runtime/types.h"

#include <llvm/ADT/SmallVector.h>
#include <llvm/IR/DerivedTypes.h>
#include <map>
#include <memory>
#include <vector>

namespace jl::emit {

/// Immutables of up to this many scalars are taken apart; larger ones stay in memory.
inline constexpr unsigned kMaxParts = 16;
/// Unions of more members are boxed.
inline constexpr unsigned kMaxUnionMembers = 4;

enum class ShapeKind : uint8_t { Never, Ghost, Boxed, Parts, Memory, Union };

/// One scalar of an immutable.
struct Part {
  llvm::Type *type;  // in registers; Bool is i1 here and a byte in memory
  uint32_t offset;   // bytes from the payload's start
  Value *julia_type; // of the scalar; of the field for pointers
  bool is_reference; // pointer to an object; null where undefined
};

struct Shape {
  ShapeKind kind = ShapeKind::Boxed;
  Value *type = nullptr;
  DataType *concrete = nullptr;                // `type`, if all its values have exactly this type
  Value *instance = nullptr;                   // Ghost: the value
  llvm::SmallVector<Part, 2> parts;            // Parts; Union: the payload
  uint32_t size = 0;                           // bytes of payload of `concrete`
  llvm::SmallVector<const Shape *, 4> members; // Union
  bool packed = false;                         // Union: the payload is i64 words that several members share
  bool has_references = false;

  bool is(ShapeKind k) const { return kind == k; }
  /// A primitive type: exactly one part at offset 0, and no struct around it.
  bool is_scalar() const;
};

/// Shapes by type, made on demand. Looked up only, never walked. Equal types have one shape, whichever
/// objects they are.
class ShapeTable {
public:
  explicit ShapeTable(llvm::LLVMContext &context) : context_(context) {}
  const Shape &of(Value *type);
  /// Of an object pointer, whatever the type.
  const Shape &boxed(Value *type);

private:
  std::unique_ptr<Shape> make(Value *type);
  void make_concrete(Shape &shape, DataType *type);
  void make_union(Shape &shape);
  bool flatten(DataType *type, uint32_t base, llvm::SmallVectorImpl<Part> &parts);
  llvm::Type *scalar_type(DataType *type);

  llvm::LLVMContext &context_;
  std::map<Value *, std::shared_ptr<const Shape>> shapes_;
  std::map<std::vector<const Shape *>, std::shared_ptr<const Shape>>
      unions_; // by their members, since Union types are not unique
  std::map<Value *, std::unique_ptr<Shape>> boxed_;
};

/// LLVM's type for a part in memory.
llvm::Type *memory_type(llvm::Type *part);
/// Alignment of a part in memory: objects are aligned to words, so never more than that.
llvm::Align part_alignment(llvm::Type *part);
/// Type{T} with T a type that is one object in the process: the value is known.
Value *only_type_of(Value *type);
bool is_pointer_type(DataType *type);

} // namespace jl::emit
