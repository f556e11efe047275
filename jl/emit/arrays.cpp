// SPDX-License-Identifier: MIT
#include "jl/emit/arrays.h"

#include "jl/emit/boxing.h"
#include "jl/emit/memory.h"
#include "jl/emit/runtime_calls.h"
#include "jl/emit/type_tests.h"
#include "jl/emit/values.h"

namespace jl::emit {

namespace {

constexpr unsigned kAddress = 0, kMemory = 1; // parts of a MemoryRef

} // namespace

Elements elements_of(Value *type) {
  Elements elements;
  bool right_kind =
      is_instance_of_wrapper(type, types::Memory) || is_instance_of_wrapper(type, types::MemoryRef);
  if (!right_kind || !is_concrete_type(type))
    return elements;
  elements.known = true;
  elements.type = static_cast<DataType *>(type)->parameters->data[1];
  elements.is_inline = is_stored_inline(elements.type);
  elements.stride = element_size(elements.type);
  return elements;
}

llvm::Value *emit_memory_length(Emitter &e, llvm::Value *memory) {
  llvm::Value *address = e.byte_offset(memory, offsetof(Memory, length));
  auto *load = e.ir.CreateAlignedLoad(e.unit.i64(), address, llvm::Align(8), "length");
  e.set_access(load, Access::MemoryHeader);
  return load;
}

static llvm::Value *load_data(Emitter &e, llvm::Value *memory) {
  return load_pointer(e, e.byte_offset(memory, offsetof(Memory, ptr)), Access::MemoryHeader, "data");
}

Val emit_memory_first(Emitter &e, const Val &memory, Value *ref_type) {
  llvm::Value *pointer = box(e, memory);
  return parts_value(e.shape(ref_type), {load_data(e, pointer), pointer});
}

/// 0-based index of the referenced element in its memory. Elements without bytes have no place: always 0.
static llvm::Value *index_in_memory(Emitter &e, const Val &ref, uint64_t stride) {
  auto parts = parts_of(e, ref);
  if (stride == 0)
    return e.int64(0);
  llvm::Value *start = e.ir.CreatePtrToInt(load_data(e, parts[kMemory]), e.unit.i64());
  llvm::Value *bytes = e.ir.CreateSub(e.ir.CreatePtrToInt(parts[kAddress], e.unit.i64()), start);
  return e.ir.CreateExactUDiv(bytes, e.int64(stride));
}

/// BoundsError with a 1-based index (i64).
static void throw_bounds(Emitter &e, const Val &collection, llvm::Value *index) {
  llvm::Value *indices = e.alloca_at_entry(e.unit.i64(), "index");
  e.ir.CreateStore(index, indices);
  llvm::Value *object = box(e, collection);
  call_runtime(e, "jl_throw_bounds", {e.task, object, indices, e.ir.getInt32(1)})->setDoesNotReturn();
}

Val emit_memory_offset(Emitter &e, const Val &ref, llvm::Value *index, llvm::Value *check) {
  Elements elements = elements_of(ref.type());
  auto parts = parts_of(e, ref);
  llvm::Value *offset = e.ir.CreateSub(index, e.int64(1), "offset");
  auto *known = llvm::dyn_cast<llvm::ConstantInt>(check);
  if (!known || known->isOne()) {
    llvm::Value *place = e.ir.CreateAdd(index_in_memory(e, ref, elements.stride), offset);
    llvm::Value *inside = e.ir.CreateICmpULT(place, emit_memory_length(e, parts[kMemory]));
    e.require(e.ir.CreateOr(inside, e.ir.CreateNot(check)), "out_of_bounds",
              [&] { throw_bounds(e, ref, index); });
  }
  llvm::Value *bytes = e.ir.CreateMul(offset, e.int64(elements.stride));
  llvm::Value *address = e.ir.CreateGEP(e.unit.i8(), parts[kAddress], bytes);
  return parts_value(*ref.shape, {address, parts[kMemory]});
}

/// The element itself must exist: a reference to an empty memory can be made, but not read.
static void check_inside(Emitter &e, const Val &ref, const Elements &elements, llvm::Value *check) {
  auto *known = llvm::dyn_cast<llvm::ConstantInt>(check);
  if (known && known->isZero())
    return;
  llvm::Value *place = index_in_memory(e, ref, elements.stride);
  llvm::Value *inside = e.ir.CreateICmpULT(place, emit_memory_length(e, parts_of(e, ref)[kMemory]));
  e.require(e.ir.CreateOr(inside, e.ir.CreateNot(check)), "out_of_bounds",
            [&] { throw_bounds(e, ref, e.ir.CreateAdd(place, e.int64(1))); });
}

/// The word of an inline element that is null only where the element was never assigned; null if there is
/// none.
static llvm::Value *witness(Emitter &e, llvm::Value *address, const Elements &elements) {
  auto *type = static_cast<DataType *>(elements.type);
  if (!elements.is_inline)
    return load_pointer(e, address, Access::Element);
  if (!type->layout || !type->layout->has_pointers || type->layout->first_pointer == ~0u)
    return nullptr;
  return load_pointer(e, e.byte_offset(address, type->layout->first_pointer * 8), Access::Element);
}

Val emit_memory_get(Emitter &e, const Val &ref, llvm::Value *check) {
  Elements elements = elements_of(ref.type());
  check_inside(e, ref, elements, check);
  const Shape &shape = e.shape(elements.type);
  llvm::Value *address = parts_of(e, ref)[kAddress];
  if (elements.is_inline) {
    if (llvm::Value *word = witness(e, address, elements))
      check_defined(e, word);
    return load_value(e, shape, address, Access::Element, Bytes::MayChange);
  }
  Part part{e.unit.ptr(), 0, elements.type, true};
  llvm::Value *pointer = load_part(e, part, address, Access::Element);
  check_defined(e, pointer);
  return convert(e, boxed_value(e, pointer, elements.type), shape);
}

void emit_memory_set(Emitter &e, const Val &ref, const Val &value, llvm::Value *check) {
  Elements elements = elements_of(ref.type());
  check_inside(e, ref, elements, check);
  llvm::Value *address = parts_of(e, ref)[kAddress];
  if (elements.is_inline) {
    store_value(e, convert(e, value, elements.type), address, Access::Element);
    return;
  }
  auto *store = e.ir.CreateAlignedStore(box(e, value), address, llvm::Align(8));
  e.set_access(store, Access::Element, e.unit.ptr());
}

llvm::Value *emit_memory_is_assigned(Emitter &e, const Val &ref) {
  Elements elements = elements_of(ref.type());
  llvm::Value *word = witness(e, parts_of(e, ref)[kAddress], elements);
  return word ? e.ir.CreateIsNotNull(word) : e.ir.getTrue();
}

llvm::Value *emit_memory_position(Emitter &e, const Val &ref) {
  return e.ir.CreateAdd(index_in_memory(e, ref, elements_of(ref.type()).stride), e.int64(1));
}

} // namespace jl::emit
