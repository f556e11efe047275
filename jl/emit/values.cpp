// SPDX-License-Identifier: MIT
#include "jl/emit/values.h"

#include "jl/emit/boxing.h"
#include "jl/emit/memory.h"
#include "jl/emit/unions.h"

#include <cstring>

namespace jl::emit {

Val constant_value(Emitter &e, Value *value) {
  Val val;
  val.shape = &e.shape(type_of(value));
  val.constant = value;
  return val;
}

Val ghost_value(Emitter &e, const Shape &shape) {
  Val val;
  val.shape = &shape;
  val.constant = shape.instance;
  return val;
}

Val boxed_value(Emitter &e, llvm::Value *pointer, Value *type) {
  Val val;
  val.shape = &e.unit.shapes.boxed(type);
  val.parts.push_back(pointer);
  val.box = pointer;
  return val;
}

Val scalar_value(Emitter &e, Value *type, llvm::Value *scalar) {
  return parts_value(e.shape(type), {scalar});
}

Val bool_value(Emitter &e, llvm::Value *condition) {
  return scalar_value(e, types::Bool, condition);
}

Val parts_value(const Shape &shape, llvm::ArrayRef<llvm::Value *> parts) {
  Val val;
  val.shape = &shape;
  val.parts.append(parts.begin(), parts.end());
  return val;
}

Val poison_value(Emitter &e, const Shape &shape) {
  Val val;
  val.shape = &shape;
  if (shape.is(ShapeKind::Ghost))
    val.constant = shape.instance;
  if (shape.is(ShapeKind::Boxed) || shape.is(ShapeKind::Memory))
    val.parts.push_back(llvm::PoisonValue::get(e.unit.ptr()));
  for (const Part &part : shape.parts)
    val.parts.push_back(llvm::PoisonValue::get(part.type));
  if (shape.is(ShapeKind::Union))
    val.tag = llvm::PoisonValue::get(e.unit.i8());
  return val;
}

namespace {

/// The bits of a scalar part inside the object `value`.
llvm::Constant *part_bits(const Part &part, const Value *value) {
  unsigned bytes =
      part.type->isIntegerTy(1) ? 1 : (part.type->isPointerTy() ? 8 : part.type->getScalarSizeInBits() / 8);
  llvm::SmallVector<uint64_t, 2> words((bytes + 7) / 8);
  memcpy(words.data(), reinterpret_cast<const char *>(value) + part.offset, bytes);
  llvm::APInt bits(bytes * 8, words);
  if (part.type->isIntegerTy(1))
    bits = bits.trunc(1);
  if (part.type->isFloatingPointTy())
    return llvm::ConstantFP::get(part.type, llvm::APFloat(part.type->getFltSemantics(), bits));
  return llvm::ConstantInt::get(part.type->getContext(), bits);
}

bool is_null_pointer(const Part &part, const Value *value) {
  uint64_t word;
  memcpy(&word, reinterpret_cast<const char *>(value) + part.offset, sizeof word);
  return word == 0;
}

/// A quoted source position: an absolute line, which the unit must not know.
bool is_position(const Value *value) {
  return type_of(value) == types::LineNumberNode_;
}

/// One part of a constant. References and program pointers are read out of the object itself, since no
/// address may be in the code; so are source positions.
llvm::Value *constant_part(Emitter &e, const Part &part, Value *value) {
  if (!part.type->isPointerTy() && !is_position(value))
    return part_bits(part, value);
  if (part.type->isPointerTy() && is_null_pointer(part, value))
    return llvm::ConstantPointerNull::get(llvm::cast<llvm::PointerType>(part.type));
  return load_part(e, part, load_slot(e, value), Access::Immutable);
}

} // namespace

llvm::SmallVector<llvm::Value *, 2> parts_of(Emitter &e, const Val &value) {
  if (!value.constant)
    return value.parts;
  llvm::SmallVector<llvm::Value *, 2> parts;
  if (value.is(ShapeKind::Boxed) || value.is(ShapeKind::Memory))
    parts.push_back(load_slot(e, value.constant));
  if (value.is(ShapeKind::Parts))
    for (const Part &part : value.shape->parts)
      parts.push_back(constant_part(e, part, value.constant));
  return parts;
}

llvm::Value *scalar_of(Emitter &e, const Val &value) {
  return parts_of(e, value)[0];
}

llvm::Value *condition_of(Emitter &e, const Val &value) {
  return scalar_of(e, convert(e, value, types::Bool));
}

namespace {

/// From an object to the shape of a type that it is known to have.
Val from_box(Emitter &e, const Val &value, const Shape &shape) {
  if (shape.is(ShapeKind::Union))
    return unbox_union(e, value.parts[0], shape);
  if (shape.is(ShapeKind::Never))
    return poison_value(e, shape);
  Val result = load_value(e, shape, value.parts[0], Access::Immutable, Bytes::Stay);
  result.box = value.parts[0];
  return result;
}

Val to_box(Emitter &e, const Val &value, const Shape &shape) {
  Val result = boxed_value(e, box(e, value), shape.type);
  result.shape = &shape;
  return result;
}

} // namespace

Val convert(Emitter &e, const Val &value, const Shape &shape) {
  if (value.shape == &shape)
    return value;
  if (shape.is(ShapeKind::Ghost))
    return ghost_value(e, shape);
  if (shape.is(ShapeKind::Never) || value.is(ShapeKind::Never))
    return poison_value(e, shape);
  if (shape.is(ShapeKind::Boxed))
    return to_box(e, value, shape);
  if (shape.is(ShapeKind::Union))
    return to_union(e, value, shape);
  if (value.is(ShapeKind::Union))
    return union_member(e, value, shape);
  if (value.is(ShapeKind::Boxed)) {
    Val pointer = value;
    pointer.parts = parts_of(e, value);
    return from_box(e, pointer, shape);
  }
  return poison_value(e, shape); // two different concrete types
}

Val select_value(Emitter &e, llvm::Value *condition, const Val &a, const Val &b, const Shape &shape) {
  Val left = convert(e, a, shape), right = convert(e, b, shape);
  Val result;
  result.shape = &shape;
  if (shape.is(ShapeKind::Ghost))
    return ghost_value(e, shape);
  auto left_parts = parts_of(e, left), right_parts = parts_of(e, right);
  for (size_t i = 0; i < left_parts.size(); i++)
    result.parts.push_back(e.ir.CreateSelect(condition, left_parts[i], right_parts[i]));
  if (shape.is(ShapeKind::Union))
    result.tag = e.ir.CreateSelect(condition, left.tag, right.tag);
  if (shape.is(ShapeKind::Boxed))
    result.box = result.parts[0];
  return result;
}

} // namespace jl::emit
