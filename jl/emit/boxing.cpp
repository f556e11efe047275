// SPDX-License-Identifier: MIT
#include "jl/emit/boxing.h"

#include "jl/emit/memory.h"
#include "jl/emit/names.h"
#include "jl/emit/runtime_calls.h"
#include "jl/emit/unions.h"
#include "jl/emit/values.h"
#include "jl/runtime/values.h"

namespace jl::emit {

namespace {

constexpr uint32_t kTagBytes = 8;

/// Index of the free list for objects with so much payload, or kSizeClasses.
unsigned size_class(uint32_t payload) {
  unsigned index = (payload + kTagBytes - 1) / 16;
  return std::min(index, kSizeClasses);
}

llvm::Value *allocate_slowly(Emitter &e, llvm::Value *type, uint32_t bytes) {
  return call_runtime(e, "jl_alloc", {e.task, type, e.int64(bytes)});
}

/// Takes the first block off `list` and tags it; the payload's address.
llvm::Value *pop_block(Emitter &e, llvm::Value *list, llvm::Value *first, llvm::Value *type) {
  llvm::Value *rest = load_pointer(e, first, Access::Unknown);
  e.set_access(e.ir.CreateAlignedStore(rest, list, llvm::Align(8)), Access::Task);
  e.set_access(e.ir.CreateAlignedStore(type, first, llvm::Align(8)), Access::Tag);
  return e.byte_offset(first, kTagBytes);
}

llvm::Value *box_bool(Emitter &e, llvm::Value *condition) {
  return e.ir.CreateSelect(condition, load_slot(e, jl::true_value()), load_slot(e, jl::false_value()),
                           "box::Bool");
}

} // namespace

llvm::Value *load_tag(Emitter &e, llvm::Value *pointer) {
  llvm::Value *address = e.ir.CreateConstInBoundsGEP1_64(e.unit.i8(), pointer, -uint64_t(kTagBytes));
  return load_pointer(e, address, Access::Tag, "tag");
}

llvm::Value *allocate(Emitter &e, DataType *type, uint32_t bytes, const llvm::Twine &name) {
  llvm::Value *tag = load_slot(e, type);
  unsigned index = size_class(bytes);
  if (index >= kSizeClasses || e.cold)
    return call_runtime(e, "jl_alloc", {e.task, tag, e.int64(bytes)}, name);
  llvm::Value *list = e.byte_offset(e.task, offsetof(Task, free_list) + index * sizeof(void *), "free_list");
  llvm::Value *first = load_pointer(e, list, Access::Task);
  llvm::BasicBlock *empty = e.cold_branch(e.ir.CreateIsNull(first), "alloc.empty", "alloc.pop");
  llvm::Value *popped = pop_block(e, list, first, tag);
  llvm::BasicBlock *pop = e.ir.GetInsertBlock(), *done = e.new_block("alloc.done");
  e.ir.CreateBr(done);
  e.enter(empty);
  llvm::Value *fresh = allocate_slowly(e, tag, bytes);
  e.ir.CreateBr(done);
  e.enter(done);
  auto *object = e.ir.CreatePHI(e.unit.ptr(), 2, name);
  object->addIncoming(popped, pop);
  object->addIncoming(fresh, empty);
  return object;
}

llvm::Value *box(Emitter &e, const Val &value) {
  if (value.constant)
    return load_slot(e, value.constant);
  if (value.is(ShapeKind::Boxed))
    return value.parts[0];
  if (value.box)
    return value.box;
  if (value.is(ShapeKind::Union))
    return box_union(e, value);
  if (value.is(ShapeKind::Never))
    return llvm::PoisonValue::get(e.unit.ptr());
  if (value.type() == types::Bool)
    return box_bool(e, value.parts[0]);
  llvm::Value *object =
      allocate(e, value.shape->concrete, value.shape->size, "box::" + type_name(value.type()));
  store_value(e, value, object, Access::Immutable);
  return object;
}

} // namespace jl::emit
