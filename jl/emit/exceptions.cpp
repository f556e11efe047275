// SPDX-License-Identifier: MIT
#include "jl/emit/exceptions.h"

#include <algorithm>

#include "jl/emit/control.h"
#include "jl/emit/memory.h"
#include "jl/emit/runtime_calls.h"
#include "jl/emit/values.h"
#include "jl/runtime/symbols.h"

namespace jl::emit {

void emit_enter(Emitter &e, uint32_t statement) {
  llvm::AllocaInst *handler = e.alloca_at_entry(e.unit.i8(), "handler", sizeof(Handler), llvm::Align(16));
  e.body->handlers[statement] = handler;
  llvm::Value *again = call_runtime(e, "jl_handler_enter", {e.task, handler});
  llvm::Value *caught = e.ir.CreateICmpNE(again, e.ir.getInt32(0), "caught");
  const TypedIR &code = e.body->code;
  emit_try_branch(e, caught, code.blocks[e.body->block].succs[0], code.statements[statement].target);
}

static llvm::Value *newest_handler(Emitter &e) {
  return e.byte_offset(e.task, offsetof(Task, handlers));
}

void prepare_tries(Emitter &e) {
  const auto &statements = e.body->code.statements;
  auto tries = std::ranges::count(statements, Op::Enter, &TypedStmt::op);
  e.body->has_try = tries > 0;
  if (tries == 1)
    e.body->first_handler = load_pointer(e, newest_handler(e), Access::Task, "handlers");
}

/// What was the newest before. The only try of a body need not look: from one turn of a loop to the next that
/// would go by way of memory.
static llvm::Value *previous_handler(Emitter &e, llvm::Value *handler) {
  if (e.body->first_handler)
    return e.body->first_handler;
  return load_pointer(e, e.byte_offset(handler, offsetof(Handler, previous)), Access::Unknown, "previous");
}

void emit_leave(Emitter &e, uint32_t enter_statement) {
  llvm::AllocaInst *handler = e.body->handlers[enter_statement];
  if (!handler)
    return;
  llvm::Value *previous = previous_handler(e, handler);
  e.set_access(e.ir.CreateAlignedStore(previous, newest_handler(e), llvm::Align(8)), Access::Task);
}

void emit_pop_exception(Emitter &e, uint32_t enter_statement) {
  llvm::AllocaInst *handler = e.body->handlers[enter_statement];
  if (!handler)
    return;
  llvm::Value *address = e.byte_offset(handler, offsetof(Handler, exception_depth));
  llvm::Value *depth = e.ir.CreateAlignedLoad(e.unit.i32(), address, llvm::Align(4), "depth");
  call_runtime(e, "jl_pop_exception", {e.task, depth});
}

Val emit_the_exception(Emitter &e) {
  return boxed_value(e, call_runtime(e, "jl_current_exception", {e.task}), types::Any);
}

namespace {

llvm::Value *load_from(Emitter &e, llvm::AllocaInst *at) {
  return e.ir.CreateAlignedLoad(at->getAllocatedType(), at, at->getAlign(), e.body->has_try);
}

void store_to(Emitter &e, llvm::Value *value, llvm::AllocaInst *at) {
  e.ir.CreateAlignedStore(value, at, at->getAlign(), e.body->has_try);
}

} // namespace

void make_slots(Emitter &e) {
  for (const MemorySlot &slot : e.body->code.slots) {
    const Shape &shape = e.shape(slot.type);
    MemorySlotStorage storage;
    std::string name(slot.name ? slot.name.text() : std::string_view());
    if (shape.is(ShapeKind::Boxed))
      storage.parts.push_back(e.alloca_at_entry(e.unit.ptr(), name));
    if (shape.is(ShapeKind::Memory))
      storage.parts.push_back(e.alloca_at_entry(llvm::ArrayType::get(e.unit.i8(), shape.size), name));
    for (const Part &part : shape.parts)
      storage.parts.push_back(e.alloca_at_entry(part.type, name));
    if (shape.is(ShapeKind::Union))
      storage.tag = e.alloca_at_entry(e.unit.i8(), name + ".tag");
    if (slot.may_be_undefined) {
      storage.defined = e.alloca_at_entry(e.unit.i8(), name + ".defined");
      store_to(e, e.ir.getInt8(0), storage.defined);
    }
    e.body->slots.push_back(storage);
  }
}

Val load_memory_slot(Emitter &e, uint32_t index) {
  const MemorySlot &slot = e.body->code.slots[index];
  MemorySlotStorage &storage = e.body->slots[index];
  const Shape &shape = e.shape(slot.type);
  if (storage.defined)
    e.require(is_memory_slot_defined(e, index), "undefined", [&] {
      llvm::Value *name = load_slot(e, symbol_value(slot.name)), *scope = load_slot(e, symbol_value("local"));
      call_runtime(e, "jl_throw_undef_var", {e.task, name, scope})->setDoesNotReturn();
    });
  Val value = parts_value(shape, {});
  value.constant = shape.instance;
  if (shape.is(ShapeKind::Memory)) {
    value.parts.push_back(e.alloca_at_entry(e.unit.i8(), "", shape.size));
    copy_bytes(e, value.parts[0], storage.parts[0], shape.size);
    return value;
  }
  for (llvm::AllocaInst *part : storage.parts)
    value.parts.push_back(load_from(e, part));
  if (storage.tag)
    value.tag = load_from(e, storage.tag);
  if (shape.is(ShapeKind::Boxed))
    value.box = value.parts[0];
  return value;
}

void store_memory_slot(Emitter &e, uint32_t index, const Val &value) {
  MemorySlotStorage &storage = e.body->slots[index];
  const Shape &shape = e.shape(e.body->code.slots[index].type);
  Val held = convert(e, value, shape);
  auto parts = parts_of(e, held);
  if (shape.is(ShapeKind::Memory))
    copy_bytes(e, storage.parts[0], parts[0], shape.size);
  else
    for (size_t i = 0; i < storage.parts.size(); i++)
      store_to(e, parts[i], storage.parts[i]);
  if (storage.tag)
    store_to(e, held.tag, storage.tag);
  if (storage.defined)
    store_to(e, e.ir.getInt8(1), storage.defined);
}

void undefine_memory_slot(Emitter &e, uint32_t index) {
  if (e.body->slots[index].defined)
    store_to(e, e.ir.getInt8(0), e.body->slots[index].defined);
}

llvm::Value *is_memory_slot_defined(Emitter &e, uint32_t index) {
  MemorySlotStorage &storage = e.body->slots[index];
  if (!storage.defined)
    return e.ir.getTrue();
  return e.ir.CreateICmpNE(load_from(e, storage.defined), e.ir.getInt8(0));
}

} // namespace jl::emit
