// SPDX-License-Identifier: MIT
#include "jl/emit/aggregates.h"

#include "jl/emit/boxing.h"
#include "jl/emit/memory.h"
#include "jl/emit/names.h"
#include "jl/emit/type_tests.h"
#include "jl/emit/values.h"

namespace jl::emit {

namespace {

bool is_array_type(DataType *type) {
  return is_instance_of_wrapper(type, types::Array);
}

bool is_memory_type(DataType *type) {
  return is_instance_of_wrapper(type, types::Memory);
}

/// What a load from or store to field `index` of an object of `type` touches.
Access field_access(DataType *type, uint32_t index) {
  if (is_array_type(type))
    return index == 0 ? Access::ArrayRef : Access::ArraySize;
  if (is_memory_type(type))
    return Access::MemoryHeader;
  return is_mutable_type(type) ? Access::Field : Access::Immutable;
}

/// How a field lies: its own shape when inline, else a pointer.
const Shape &field_shape(Emitter &e, DataType *type, uint32_t index) {
  Value *t = field_type(type, index);
  return type->layout->fields[index].is_pointer ? e.unit.shapes.boxed(t) : e.shape(t);
}

/// The parts of an immutable that make up one field: [first, second).
std::pair<size_t, size_t> parts_of_field(const Shape &shape, const FieldLayout &field) {
  size_t first = 0;
  while (first < shape.parts.size() && shape.parts[first].offset < field.offset)
    first++;
  size_t end = first;
  while (end < shape.parts.size() && shape.parts[end].offset < field.offset + field.size)
    end++;
  return {first, end};
}

Val field_of_parts(Emitter &e, const Val &object, const FieldLayout &field, const Shape &shape) {
  if (shape.is(ShapeKind::Ghost))
    return ghost_value(e, shape);
  auto parts = parts_of(e, object);
  auto [first, end] = parts_of_field(*object.shape, field);
  if (shape.is(ShapeKind::Boxed))
    return boxed_value(e, parts[first], shape.type);
  return parts_value(shape, llvm::ArrayRef(parts).slice(first, end - first));
}

/// From the bytes of an object: behind a pointer, or an immutable in memory.
Val field_in_memory(Emitter &e, llvm::Value *base, DataType *type, uint32_t index, const Shape &shape,
                    Access access) {
  const FieldLayout &field = type->layout->fields[index];
  llvm::Value *address = e.byte_offset(base, field.offset);
  if (!shape.is(ShapeKind::Boxed))
    return load_value(e, shape, address, access, access == Access::Field ? Bytes::MayChange : Bytes::Stay);
  Part part{e.unit.ptr(), 0, shape.type, true};
  llvm::Value *pointer = load_part(e, part, address, access);
  if (!may_be_undefined(type, index))
    assume_object(e, llvm::cast<llvm::LoadInst>(pointer), shape.type);
  return boxed_value(e, pointer, shape.type);
}

Val raw_field(Emitter &e, const Val &object, DataType *type, uint32_t index) {
  const Shape &shape = field_shape(e, type, index);
  if (object.is(ShapeKind::Parts))
    return field_of_parts(e, object, type->layout->fields[index], shape);
  Access access = object.is(ShapeKind::Memory) ? Access::Unknown : field_access(type, index);
  return field_in_memory(e, parts_of(e, object)[0], type, index, shape, access);
}

} // namespace

bool may_be_undefined(DataType *type, uint32_t index) {
  int32_t fields = int32_t(type->layout->nfields);
  return type->layout->fields[index].is_pointer && int32_t(index) >= fields - type->name->n_uninitialized;
}

Val emit_get_field(Emitter &e, const Val &object, uint32_t index) {
  DataType *type = object.constant ? type_of(object.constant) : object.shape->concrete;
  const Shape &result = e.shape(field_type(type, index));
  if (object.is(ShapeKind::Ghost))
    return ghost_value(e, result);
  Val field = raw_field(e, object, type, index);
  if (field.is(ShapeKind::Boxed) && may_be_undefined(type, index))
    check_defined(e, field.parts[0]);
  return convert(e, field, result);
}

Val emit_get_element(Emitter &e, const Val &tuple, llvm::Value *index, Value *element_type) {
  const Shape &element = e.shape(element_type);
  if (element.is(ShapeKind::Ghost))
    return ghost_value(e, element);
  DataType *type = tuple.constant ? type_of(tuple.constant) : tuple.shape->concrete;
  const FieldLayout &field = type->layout->fields[0];
  uint64_t stride = type->layout->nfields > 1 ? type->layout->fields[1].offset - field.offset : field.size;
  llvm::Value *base = tuple.constant ? load_slot(e, tuple.constant) : tuple.parts[0];
  if (tuple.is(ShapeKind::Parts) && !tuple.constant) {
    base = e.alloca_at_entry(e.unit.i8(), "tuple", tuple.shape->size);
    store_value(e, tuple, base, Access::Unknown);
  }
  llvm::Value *address = e.ir.CreateInBoundsGEP(e.unit.i8(), base, e.ir.CreateMul(index, e.int64(stride)));
  if (!field.is_pointer)
    return load_value(e, element, address, Access::Unknown, Bytes::Stay);
  return convert(e, boxed_value(e, load_pointer(e, address, Access::Unknown), element_type), element);
}

namespace {

/// The parts that stand for a field that `new` left out.
void add_missing(const Shape &whole, const FieldLayout &field, llvm::SmallVectorImpl<llvm::Value *> &parts) {
  auto [first, end] = parts_of_field(whole, field);
  for (size_t i = first; i < end; i++)
    parts.push_back(llvm::Constant::getNullValue(whole.parts[i].type));
}

Val new_from_parts(Emitter &e, const Shape &shape, llvm::ArrayRef<Val> fields) {
  Val object = parts_value(shape, {});
  DataType *type = shape.concrete;
  for (uint32_t i = 0; i < type->layout->nfields; i++) {
    if (i >= fields.size()) {
      add_missing(shape, type->layout->fields[i], object.parts);
      continue;
    }
    Val field = convert(e, fields[i], field_shape(e, type, i));
    for (llvm::Value *part : parts_of(e, field))
      object.parts.push_back(part);
  }
  return object;
}

void store_field(Emitter &e, llvm::Value *base, DataType *type, uint32_t index, const Val &value,
                 Access access) {
  llvm::Value *address = e.byte_offset(base, type->layout->fields[index].offset);
  Val field = convert(e, value, field_shape(e, type, index));
  if (!field.is(ShapeKind::Boxed)) {
    store_value(e, field, address, access);
    return;
  }
  auto *store = e.ir.CreateAlignedStore(parts_of(e, field)[0], address, llvm::Align(8));
  e.set_access(store, access, e.unit.ptr());
}

/// Fields that were not given: fresh objects with references are zero already, others are cleared.
void clear_fields(Emitter &e, llvm::Value *base, DataType *type, size_t given) {
  if (given >= type->layout->nfields)
    return;
  uint32_t from = type->layout->fields[given].offset;
  e.ir.CreateMemSet(e.byte_offset(base, from), e.ir.getInt8(0), type->layout->size - from, llvm::Align(1));
}

} // namespace

Val emit_new(Emitter &e, DataType *type, llvm::ArrayRef<Val> fields) {
  const Shape &shape = e.shape(type);
  if (shape.is(ShapeKind::Ghost))
    return ghost_value(e, shape);
  if (shape.is(ShapeKind::Parts))
    return new_from_parts(e, shape, fields);
  llvm::SmallVector<Val, 8>
      converted; // boxes are made first: the object is complete before anything else can run
  for (uint32_t i = 0; i < fields.size(); i++)
    converted.push_back(convert(e, fields[i], field_shape(e, type, i)));
  bool in_memory = shape.is(ShapeKind::Memory);
  llvm::Value *base = in_memory ? e.alloca_at_entry(e.unit.i8(), "new", shape.size)
                                : allocate(e, type, type->layout->size, "new::" + type_name(type));
  clear_fields(e, base, type, fields.size());
  for (uint32_t i = 0; i < converted.size(); i++)
    store_field(e, base, type, i, converted[i], in_memory ? Access::Unknown : field_access(type, i));
  return in_memory ? parts_value(shape, {base}) : boxed_value(e, base, type);
}

void emit_set_field(Emitter &e, const Val &object, uint32_t index, const Val &value) {
  DataType *type = object.constant ? type_of(object.constant) : object.shape->concrete;
  store_field(e, parts_of(e, object)[0], type, index, value, field_access(type, index));
}

llvm::Value *emit_is_field_defined(Emitter &e, const Val &object, uint32_t index) {
  DataType *type = object.constant ? type_of(object.constant) : object.shape->concrete;
  if (!may_be_undefined(type, index) || object.is(ShapeKind::Ghost))
    return e.ir.getTrue();
  return e.ir.CreateIsNotNull(raw_field(e, object, type, index).parts[0]);
}

} // namespace jl::emit
