// SPDX-License-Identifier: MIT
#include "jl/emit/splat_new.h"

#include "jl/emit/boxing.h"
#include "jl/emit/calls.h"
#include "jl/emit/runtime_calls.h"
#include "jl/emit/values.h"

namespace jl::emit {

namespace {

llvm::Value *count_fields(Emitter &e, const Val &tuple) {
  Val nfields = constant_value(e, builtin_value(Builtin::nfields));
  return scalar_of(e, convert(e, emit_builtin_call(e, Builtin::nfields, nfields, {tuple}), types::Int64));
}

/// Fills `array` with the boxed fields 0 .. count-1 of `tuple`.
void copy_fields(Emitter &e, llvm::Value *tuple, llvm::Value *array, llvm::Value *count) {
  llvm::BasicBlock *before = e.ir.GetInsertBlock();
  llvm::BasicBlock *head = e.new_block("splat"), *body = e.new_block("splat.field"),
                   *done = e.new_block("splat.done");
  e.ir.CreateBr(head);
  e.enter(head);
  auto *i = e.ir.CreatePHI(e.unit.i64(), 2, "i");
  i->addIncoming(e.int64(0), before);
  e.ir.CreateCondBr(e.ir.CreateICmpULT(i, count), body, done);
  e.enter(body);
  llvm::Value *field = call_runtime(e, "jl_get_field", {e.task, tuple, i, e.ir.getInt8(0)});
  e.ir.CreateStore(field, e.ir.CreateInBoundsGEP(e.unit.ptr(), array, i));
  i->addIncoming(e.ir.CreateAdd(i, e.int64(1)), body);
  e.ir.CreateBr(head);
  e.enter(done);
}

} // namespace

Val emit_splat_new_boxed(Emitter &e, const Val &type, const Val &tuple) {
  llvm::Value *boxed = box(e, tuple), *object_type = box(e, type);
  llvm::Value *count = count_fields(e, boxed_value(e, boxed, tuple.type()));
  llvm::Value *saved = e.ir.CreateStackSave();
  llvm::Value *array = e.ir.CreateAlloca(e.unit.ptr(), count, "fields");
  copy_fields(e, boxed, array, count);
  llvm::Value *n = e.ir.CreateTrunc(count, e.unit.i32());
  llvm::Value *object = call_runtime(e, "jl_new_struct", {e.task, object_type, array, n});
  e.ir.CreateStackRestore(saved);
  return boxed_value(e, object, types::Any);
}

} // namespace jl::emit
