// SPDX-License-Identifier: MIT
#include "jl/emit/intrinsics.h"

#include "jl/emit/boxing.h"
#include "jl/emit/calls.h"
#include "jl/emit/memory.h"
#include "jl/emit/values.h"
#include "jl/runtime/symbols.h"

namespace jl::emit {

namespace {

/// T of a Ptr{T} that is known here, else null.
Value *pointee(const Val &pointer) {
  DataType *type = pointer.shape->concrete;
  if (!type || !is_pointer_type(type))
    return nullptr;
  Value *t = type->parameters->data[0];
  return is_type(t) && !has_free_typevars(t) ? t : nullptr;
}

/// Address of the 1-based element `index`.
llvm::Value *element_address(Emitter &e, const Val &pointer, const Val &index, Value *type) {
  llvm::Value *offset = e.ir.CreateSub(integer_bits(e, convert(e, index, types::Int64)), e.int64(1));
  llvm::Value *bytes = e.ir.CreateMul(offset, e.int64(element_size(type)));
  return e.ir.CreateGEP(e.unit.i8(), scalar_of(e, pointer), bytes);
}

/// What the program points at need not be aligned.
void unalign(llvm::BasicBlock *block, size_t before) {
  size_t at = 0;
  for (llvm::Instruction &instruction : *block) {
    if (at++ < before)
      continue;
    if (auto *load = llvm::dyn_cast<llvm::LoadInst>(&instruction))
      load->setAlignment(llvm::Align(1));
    if (auto *store = llvm::dyn_cast<llvm::StoreInst>(&instruction))
      store->setAlignment(llvm::Align(1));
  }
}

std::optional<Val> emit_pointerref(Emitter &e, Arguments args) {
  Value *type = pointee(args[0]);
  if (!type || args[1].type() != types::Int64)
    return std::nullopt;
  llvm::Value *address = element_address(e, args[0], args[1], type);
  if (!is_stored_inline(type)) {
    llvm::Value *object = load_pointer(e, address, Access::Data);
    return convert(e, boxed_value(e, object, type), type);
  }
  llvm::BasicBlock *block = e.ir.GetInsertBlock();
  size_t before = block->size();
  Val value = load_value(e, e.shape(type), address, Access::Data, Bytes::MayChange);
  unalign(block, before);
  return value;
}

std::optional<Val> emit_pointerset(Emitter &e, Arguments args) {
  Value *type = pointee(args[0]);
  if (!type || args[2].type() != types::Int64 || !is_subtype(args[1].type(), type))
    return std::nullopt;
  Val value = convert(e, args[1], type);
  llvm::Value *address = element_address(e, args[0], args[2], type);
  if (!is_stored_inline(type)) {
    auto *store = e.ir.CreateAlignedStore(box(e, value), address, llvm::Align(8));
    e.set_access(store, Access::Data);
    return args[0];
  }
  llvm::BasicBlock *block = e.ir.GetInsertBlock();
  size_t before = block->size();
  store_value(e, value, address, Access::Data);
  unalign(block, before);
  return args[0];
}

std::optional<Val> emit_pointer_add(Emitter &e, Arguments args, bool negative) {
  if (!args[0].shape->is_scalar() || !args[1].shape->is_scalar())
    return std::nullopt;
  llvm::Value *bytes = e.ir.CreateZExtOrTrunc(integer_bits(e, args[1]), e.unit.i64());
  if (negative)
    bytes = e.ir.CreateNeg(bytes);
  llvm::Value *part = scalar_of(e, args[0]);
  if (!part->getType()->isPointerTy())
    return std::nullopt;
  return scalar_value(e, args[0].type(), e.ir.CreateGEP(e.unit.i8(), part, bytes));
}

/// A word of the unit's own that starts as null.
llvm::GlobalVariable *new_word(Emitter &e, llvm::StringRef base) {
  return new llvm::GlobalVariable(e.unit.builder.module(), e.unit.ptr(), false,
                                  llvm::GlobalValue::InternalLinkage,
                                  llvm::ConstantPointerNull::get(llvm::PointerType::getUnqual(e.unit.llvm)),
                                  e.unit.builder.local_name(base));
}

/// The runtime is asked once, or raises: a variable that is missing must not keep the unit from being linked.
/// Threads that ask at the same time get the same answer.
std::optional<Val> emit_cglobal(Emitter &e, Arguments args) {
  if (!args[0].constant || !args[1].constant || !is_type(args[1].constant) ||
      has_free_typevars(args[1].constant))
    return std::nullopt;
  Value *element = args[1].constant;
  Value *type = apply_type(e.unit.task, types::Ptr, {&element, 1});
  llvm::GlobalVariable *word = new_word(e, "cglobal_");
  auto *known = e.ir.CreateAlignedLoad(e.unit.ptr(), word, llvm::Align(8));
  known->setAtomic(llvm::AtomicOrdering::Monotonic);
  llvm::BasicBlock *ask = e.cold_branch(e.ir.CreateIsNull(known), "cglobal.ask", "cglobal.known");
  llvm::BasicBlock *after = e.ir.GetInsertBlock(), *done = e.new_block("cglobal");
  e.ir.CreateBr(done);
  e.enter(ask);
  Val boxed = emit_dynamic_call(e, constant_value(e, intrinsic_value(Intrinsic::cglobal)), args);
  llvm::Value *found = load_pointer(e, boxed.parts[0], Access::Unknown);
  e.ir.CreateAlignedStore(found, word, llvm::Align(8))->setAtomic(llvm::AtomicOrdering::Monotonic);
  llvm::BasicBlock *asked = e.ir.GetInsertBlock();
  e.ir.CreateBr(done);
  e.enter(done);
  auto *address = e.ir.CreatePHI(e.unit.ptr(), 2);
  address->addIncoming(known, after);
  address->addIncoming(found, asked);
  return scalar_value(e, type, address);
}

} // namespace

std::optional<Val> emit_pointer_intrinsic(Emitter &e, Intrinsic intrinsic, Arguments args) {
  switch (intrinsic) {
  case Intrinsic::pointerref:
    return emit_pointerref(e, args);
  case Intrinsic::pointerset:
    return emit_pointerset(e, args);
  case Intrinsic::add_ptr:
    return emit_pointer_add(e, args, false);
  case Intrinsic::sub_ptr:
    return emit_pointer_add(e, args, true);
  case Intrinsic::cglobal:
    return emit_cglobal(e, args);
  default:
    return std::nullopt;
  }
}

} // namespace jl::emit
