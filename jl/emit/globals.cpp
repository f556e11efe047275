// SPDX-License-Identifier: MIT
#include "jl/emit/globals.h"

#include "jl/emit/boxing.h"
#include "jl/emit/calls.h"
#include "jl/emit/memory.h"
#include "jl/emit/names.h"
#include "jl/emit/runtime_calls.h"
#include "jl/emit/values.h"
#include "jl/runtime/module.h"

namespace jl::emit {

namespace {

Binding *binding_of(GlobalRef *ref) {
  return owner_of(get_binding_for_read(ref->module, ref->name->name));
}

llvm::Value *load_binding(Emitter &e, GlobalRef *ref) {
  return load_slot(e, binding_of(ref), global_slot_name(ref->module, ref->name->name));
}

} // namespace

Val load_global(Emitter &e, GlobalRef *ref) {
  llvm::Value *binding = load_binding(e, ref);
  auto *load =
      e.ir.CreateAlignedLoad(e.unit.ptr(), e.byte_offset(binding, offsetof(Binding, value)), llvm::Align(8));
  load->setAtomic(llvm::AtomicOrdering::Unordered);
  e.set_access(load, Access::Binding);
  llvm::BasicBlock *missing = e.cold_branch(e.ir.CreateIsNull(load), "global.missing", "global");
  llvm::BasicBlock *done = e.ir.GetInsertBlock(), *from = load->getParent();
  auto *value = e.ir.CreatePHI(e.unit.ptr(), 2, std::string(ref->name->name.text()));
  value->addIncoming(load, from);
  e.enter(missing);
  value->addIncoming(call_runtime(e, "jl_global_get", {e.task, binding}), missing);
  e.ir.CreateBr(done);
  e.enter(done);
  return boxed_value(e, value, types::Any);
}

void store_global(Emitter &e, GlobalRef *ref, const Val &value) {
  llvm::Value *boxed = box(e, value);
  call_runtime(e, "jl_global_set", {e.task, load_binding(e, ref), boxed});
}

llvm::Value *is_global_defined(Emitter &e, GlobalRef *ref) {
  Val callee = constant_value(e, builtin_value(Builtin::isdefinedglobal));
  Val answer = emit_builtin_call(e, Builtin::isdefinedglobal, callee,
                                 {constant_value(e, ref->module), constant_value(e, ref->name)});
  return condition_of(e, answer);
}

Val emit_definition(Emitter &e, const Definition &definition, llvm::ArrayRef<Val> operands) {
  llvm::Value *array = boxed_array(e, operands), *address = load_slot(e, &definition, "jl_definition#_");
  auto *value = call_runtime(e, "jl_define", {e.task, address, array, e.ir.getInt32(operands.size())});
  e.note_call(value);
  return boxed_value(e, value, types::Any);
}

} // namespace jl::emit
