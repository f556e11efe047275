// SPDX-License-Identifier: MIT
#include "jl/emit/emit.h"

#include "jl/emit/callbacks.h"
#include "jl/emit/functions.h"
#include "jl/emit/llvm_text.h"
#include "jl/emit/names.h"

namespace jl {

namespace {

using namespace emit;

ligature::UnitOptions unit_options() {
  ligature::UnitOptions options;
  options.signature_attribute = "julia.fsig";
  return options;
}

/// Everything that a definition needs is declared before bodies are written, so that calls to itself find it.
void emit_specialised(UnitContext &unit, CodeInstance *code, DebugInfo &debug) {
  Signature signature = make_signature(unit, code);
  llvm::Function *function = create_specialised_function(unit, signature, code);
  llvm::Function *wrapper = create_args_function(unit, "jfptr_" + symbol_name(code->def) + "_");
  unit.builder.define(code->entry, ligature::Abi::SpecSig, wrapper, function, display_name(code->def));
  emit_specialised_function(unit, function, signature, code, debug);
  emit_wrapper(unit, wrapper, function, signature, code, debug);
}

void emit_boxed(UnitContext &unit, CodeInstance *code, DebugInfo &debug) {
  llvm::Function *function = create_args_function(unit, "japi1_" + symbol_name(code->def) + "_");
  unit.builder.define(code->entry, ligature::Abi::Args, nullptr, function, display_name(code->def));
  emit_args_function(unit, function, code, debug);
}

} // namespace

ligature::Abi call_abi(const CodeInstance *code) {
  bool specialised = has_specialised_signature(code->def->spec_types, code->rettype, code->rettype_const);
  return specialised ? ligature::Abi::SpecSig : ligature::Abi::Args;
}

ligature::Unit emit_unit(Task *task, CodeInstance *code) {
  ligature::UnitBuilder builder(unit_options());
  UnitContext unit(task, builder);
  DebugInfo debug(unit, code->inferred);
  if (call_abi(code) == ligature::Abi::SpecSig)
    emit_specialised(unit, code, debug);
  else
    emit_boxed(unit, code, debug);
  debug.finish();
  link_adopted(unit);
  return builder.finish();
}

ligature::Unit emit_args_adapter(Task *task, CodeInstance *code) {
  ligature::UnitBuilder builder(unit_options());
  UnitContext unit(task, builder);
  llvm::Function *function = create_args_function(unit, "tojlinvoke#" + symbol_name(code->def) + "#");
  builder.define_adapter(code->entry, ligature::Abi::Args, function, display_name(code->def));
  write_args_adapter(unit, function, code);
  return builder.finish();
}

ligature::Unit emit_opaque_entry(Task *task, CodeInstance *entry, CodeInstance *target) {
  ligature::UnitBuilder builder(unit_options());
  UnitContext unit(task, builder);
  Signature signature = make_signature(unit, entry);
  llvm::Function *function = builder.create_function("jlopaque_" + symbol_name(target ? target->def : entry->def) + "_", signature.type);
  function->setAttributes(signature.attributes);
  builder.prepare(*function);
  builder.define_adapter(entry->entry, ligature::Abi::SpecSig, function, display_name(entry->def));
  write_opaque_entry(unit, function, signature, target);
  return builder.finish();
}

ligature::Unit emit_specsig_adapter(Task *task, CodeInstance *code) {
  ligature::UnitBuilder builder(unit_options());
  UnitContext unit(task, builder);
  Signature signature = make_signature(unit, code);
  llvm::Function *function =
      builder.create_function("tojlinvoke#" + symbol_name(code->def) + "#", signature.type);
  function->setAttributes(signature.attributes);
  builder.prepare(*function);
  builder.define_adapter(code->entry, ligature::Abi::SpecSig, function, display_name(code->def));
  write_specsig_adapter(unit, function, signature, code);
  return builder.finish();
}

ligature::Unit emit_callback(Task *task, ligature::Entry &entry, const CallbackRequest &request) {
  ligature::UnitBuilder builder(unit_options());
  UnitContext unit(task, builder);
  write_callback(unit, entry, request);
  return builder.finish();
}

ligature::Unit emit_llvm_function(Task *task, ligature::Entry &entry, Value *code, Value *result, Value *types) {
  ligature::UnitBuilder builder(unit_options());
  UnitContext unit(task, builder);
  llvm::Function *function = create_args_function(unit, "japi1_llvmcall_");
  builder.define(entry, ligature::Abi::Args, nullptr, function, "llvmcall");
  write_llvm_function(unit, function, {code, result, types});
  link_adopted(unit);
  return builder.finish();
}

} // namespace jl
