// SPDX-License-Identifier: MIT
#include "jl/emit/memory.h"

#include "jl/emit/names.h"
#include "jl/emit/values.h"

#include <llvm/IR/MDBuilder.h>

namespace jl::emit {

namespace {

/// The object that stands for all equal ones, so that a unit does not show which of them it was given.
Value *shared_constant(UnitContext &unit, Value *value) {
  for (Value *known : unit.slot_values)
    if (known == value || (type_of(known) == type_of(value) && egal(known, value)))
      return known;
  unit.slot_values.push_back(value);
  return value;
}

llvm::Value *load_cell(Emitter &e, llvm::GlobalVariable *slot) {
  auto *load = e.ir.CreateAlignedLoad(e.unit.ptr(), slot, llvm::Align(8), slot->getName());
  llvm::MDNode *none = llvm::MDNode::get(e.unit.llvm, {});
  load->setMetadata(llvm::LLVMContext::MD_invariant_load, none);
  load->setMetadata(llvm::LLVMContext::MD_nonnull, none);
  return load;
}

llvm::MDNode *number(Emitter &e, uint64_t n) {
  return llvm::MDNode::get(e.unit.llvm, llvm::ConstantAsMetadata::get(e.int64(n)));
}

/// A byte that is 0 or 1.
void assume_bool(Emitter &e, llvm::LoadInst *load) {
  load->setMetadata(llvm::LLVMContext::MD_range,
                    llvm::MDBuilder(e.unit.llvm).createRange(llvm::APInt(8, 0), llvm::APInt(8, 2)));
}

} // namespace

llvm::Value *load_slot(Emitter &e, Value *value) {
  value = shared_constant(e.unit, value);
  SlotName name = slot_name(value);
  return load_cell(e, e.unit.builder.slot(value, name.base, name.kind));
}

llvm::Value *load_slot(Emitter &e, const void *thing, llvm::StringRef base) {
  return load_cell(e, e.unit.builder.slot(thing, base, ligature::SlotKind::Other));
}

void assume_object(Emitter &e, llvm::LoadInst *load, Value *type) {
  load->setMetadata(llvm::LLVMContext::MD_nonnull, llvm::MDNode::get(e.unit.llvm, {}));
  const Shape &shape = e.unit.shapes.boxed(type);
  if (shape.size != 0) {
    load->setMetadata(llvm::LLVMContext::MD_dereferenceable, number(e, shape.size));
    load->setMetadata(llvm::LLVMContext::MD_align, number(e, 8));
  }
}

llvm::Value *load_pointer(Emitter &e, llvm::Value *address, Access access, const llvm::Twine &name) {
  auto *load = e.ir.CreateAlignedLoad(e.unit.ptr(), address, llvm::Align(8), name);
  e.set_access(load, access, e.unit.ptr());
  return load;
}

llvm::Value *load_part(Emitter &e, const Part &part, llvm::Value *base, Access access) {
  llvm::Value *address = e.byte_offset(base, part.offset);
  auto *load = e.ir.CreateAlignedLoad(memory_type(part.type), address, part_alignment(part.type));
  e.set_access(load, access, part.type);
  if (part.is_reference && e.unit.shapes.boxed(part.julia_type).size != 0)
    load->setMetadata(llvm::LLVMContext::MD_dereferenceable_or_null,
                      number(e, e.unit.shapes.boxed(part.julia_type).size));
  if (!part.type->isIntegerTy(1))
    return load;
  assume_bool(e, load);
  return e.ir.CreateTrunc(load, part.type);
}

void store_part(Emitter &e, const Part &part, llvm::Value *value, llvm::Value *base, Access access) {
  if (part.type->isIntegerTy(1))
    value = e.ir.CreateZExt(value, e.unit.i8());
  auto *store = e.ir.CreateAlignedStore(value, e.byte_offset(base, part.offset), part_alignment(part.type));
  e.set_access(store, access, part.type);
}

void copy_bytes(Emitter &e, llvm::Value *to, llvm::Value *from, uint64_t bytes) {
  e.ir.CreateMemCpy(to, llvm::Align(8), from, llvm::Align(8), bytes);
}

Val load_value(Emitter &e, const Shape &shape, llvm::Value *address, Access access, Bytes bytes) {
  Val value;
  value.shape = &shape;
  if (shape.is(ShapeKind::Ghost))
    value.constant = shape.instance;
  if (shape.is(ShapeKind::Parts))
    for (const Part &part : shape.parts)
      value.parts.push_back(load_part(e, part, address, access));
  if (shape.is(ShapeKind::Memory) && bytes == Bytes::Stay)
    value.parts.push_back(address);
  if (shape.is(ShapeKind::Memory) && bytes == Bytes::MayChange) {
    value.parts.push_back(e.alloca_at_entry(e.unit.i8(), "", shape.size));
    copy_bytes(e, value.parts[0], address, shape.size);
  }
  return value;
}

void store_value(Emitter &e, const Val &value, llvm::Value *address, Access access) {
  auto held = parts_of(e, value);
  if (value.is(ShapeKind::Parts))
    for (size_t i = 0; i < held.size(); i++)
      store_part(e, value.shape->parts[i], held[i], address, access);
  if (value.is(ShapeKind::Memory))
    copy_bytes(e, address, held[0], value.shape->size);
}

} // namespace jl::emit
