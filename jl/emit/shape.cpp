// SPDX-License-Identifier: MIT
#include "jl/emit/shape.h"

#include <llvm/IR/LLVMContext.h>
#include <llvm/IR/Type.h>

#include <algorithm>

namespace jl::emit {

Value *only_type_of(Value *type) {
  if (!is_instance_of_wrapper(type, types::Type))
    return nullptr;
  Value *t = static_cast<DataType *>(type)->parameters->data[0];
  if (type_of(t) != types::DataType_ || has_free_typevars(t))
    return nullptr;
  return t;
}

bool is_pointer_type(DataType *type) {
  return is_instance_of_wrapper(type, types::Ptr);
}

llvm::Type *memory_type(llvm::Type *part) {
  return part->isIntegerTy(1) ? llvm::Type::getInt8Ty(part->getContext()) : part;
}

llvm::Align part_alignment(llvm::Type *part) {
  unsigned bits = part->isPointerTy() ? 64 : part->getScalarSizeInBits();
  uint64_t bytes = std::bit_floor(std::max(1u, bits / 8));
  return llvm::Align(std::min<uint64_t>(bytes, 8));
}

bool Shape::is_scalar() const {
  return kind == ShapeKind::Parts && concrete && concrete->is_primitive;
}

llvm::Type *ShapeTable::scalar_type(DataType *type) {
  if (type == types::Bool)
    return llvm::Type::getInt1Ty(context_);
  if (type == types::Float64)
    return llvm::Type::getDoubleTy(context_);
  if (type == types::Float32)
    return llvm::Type::getFloatTy(context_);
  if (type == types::Float16)
    return llvm::Type::getHalfTy(context_);
  if (is_pointer_type(type))
    return llvm::PointerType::getUnqual(context_);
  return llvm::Type::getIntNTy(context_, type->layout->size * 8);
}

/// False when there are too many parts.
bool ShapeTable::flatten(DataType *type, uint32_t base, llvm::SmallVectorImpl<Part> &parts) {
  if (type->is_primitive) {
    parts.push_back({scalar_type(type), base, type, false});
    return parts.size() <= kMaxParts;
  }
  for (uint32_t i = 0; i < type->layout->nfields; i++) {
    const FieldLayout &field = type->layout->fields[i];
    Value *field_type = jl::field_type(type, i);
    if (field.is_pointer)
      parts.push_back({llvm::PointerType::getUnqual(context_), base + field.offset, field_type, true});
    else if (field.size != 0 && !flatten(static_cast<DataType *>(field_type), base + field.offset, parts))
      return false;
    if (parts.size() > kMaxParts)
      return false;
  }
  return true;
}

void ShapeTable::make_concrete(Shape &shape, DataType *type) {
  shape.concrete = type;
  shape.size = type->layout ? type->layout->size : 0;
  shape.has_references = type->layout && type->layout->has_pointers;
  if (type->instance) {
    shape.kind = ShapeKind::Ghost;
    shape.instance = type->instance;
  } else if (!type->layout || !(type->is_inline || type->is_primitive) || type->layout->size == 0) {
    shape.kind = ShapeKind::Boxed;
  } else if (flatten(type, 0, shape.parts)) {
    shape.kind = ShapeKind::Parts;
  } else {
    shape.kind = ShapeKind::Memory;
    shape.parts.clear();
  }
}

/// Unboxed when all members are ghosts or taken apart: one member's parts as they are, or, for several
/// members without references, up to two words that they share.
void ShapeTable::make_union(Shape &shape) {
  GcVector<Value *> types;
  union_members(shape.type, types);
  if (types.size() > kMaxUnionMembers)
    return;
  const Shape *payload = nullptr;
  uint32_t size = 0;
  for (Value *type : types) {
    const Shape &member = of(type);
    bool parts = member.is(ShapeKind::Parts);
    if (!parts && !member.is(ShapeKind::Ghost))
      return;
    shape.members.push_back(&member);
    if (!parts)
      continue;
    shape.packed |= payload != nullptr;
    shape.has_references |= member.has_references;
    size = std::max(size, member.size);
    payload = &member;
  }
  if (shape.packed && (shape.has_references || size > 16)) {
    shape.members.clear();
    return;
  }
  shape.kind = ShapeKind::Union;
  if (shape.packed)
    for (uint32_t offset = 0; offset < size; offset += 8)
      shape.parts.push_back({llvm::Type::getInt64Ty(context_), offset, types::Int64, false});
  else if (payload)
    shape.parts = payload->parts;
}

std::unique_ptr<Shape> ShapeTable::make(Value *type) {
  auto shape = std::make_unique<Shape>();
  shape->type = type;
  if (type == types::Bottom_) {
    shape->kind = ShapeKind::Never;
  } else if (Value *known = only_type_of(type)) {
    shape->kind = ShapeKind::Ghost;
    shape->instance = known;
  } else if (is_concrete_type(type)) {
    make_concrete(*shape, static_cast<DataType *>(type));
  } else if (is_union(type)) {
    make_union(*shape);
  }
  return shape;
}

const Shape &ShapeTable::of(Value *type) {
  if (auto known = shapes_.find(type); known != shapes_.end())
    return *known->second;
  std::shared_ptr<const Shape> shape = make(type); // may ask for other shapes
  if (shape->is(ShapeKind::Union))
    shape = unions_.try_emplace({shape->members.begin(), shape->members.end()}, shape).first->second;
  return *(shapes_[type] = std::move(shape));
}

const Shape &ShapeTable::boxed(Value *type) {
  auto &shape = boxed_[type];
  if (!shape) {
    shape = std::make_unique<Shape>();
    shape->type = type;
    if (is_concrete_type(type)) {
      shape->concrete = static_cast<DataType *>(type);
      shape->size = shape->concrete->layout ? shape->concrete->layout->size : 0;
    }
  }
  return *shape;
}

} // namespace jl::emit
