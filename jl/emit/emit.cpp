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

/// A code instance whose functions the unit has, without bodies yet.
struct Declared {
  CodeInstance *code;
  bool is_specialised;
  Signature signature; // only of those
  llvm::Function *function, *wrapper;
};

Declared declare(UnitContext &unit, CodeInstance *code) {
  Declared declared = {code, call_abi(code) == ligature::Abi::SpecSig, {}, nullptr, nullptr};
  if (declared.is_specialised) {
    declared.signature = make_signature(unit, code);
    declared.function = create_specialised_function(unit, declared.signature, code);
    declared.wrapper = create_args_function(unit, "jfptr_" + symbol_name(code->def) + "_");
  } else {
    declared.function = create_args_function(unit, "japi1_" + symbol_name(code->def) + "_");
  }
  unit.builder.define(code->entry, call_abi(code), declared.wrapper, declared.function,
                      display_name(code->def));
  return declared;
}

void write_bodies(UnitContext &unit, const Declared &declared) {
  DebugInfo debug(unit, declared.code->inferred);
  if (declared.is_specialised) {
    emit_specialised_function(unit, declared.function, declared.signature, declared.code, debug);
    emit_wrapper(unit, declared.wrapper, declared.function, declared.signature, declared.code, debug);
  } else {
    emit_args_function(unit, declared.function, declared.code, debug);
  }
  debug.finish();
}

} // namespace

ligature::Abi call_abi(const CodeInstance *code) {
  bool specialised = has_specialised_signature(code->def->spec_types, code->rettype, code->rettype_const);
  return specialised ? ligature::Abi::SpecSig : ligature::Abi::Args;
}

ligature::Unit emit_unit(Task *task, std::span<CodeInstance *const> codes) {
  ligature::UnitBuilder builder(unit_options());
  UnitContext unit(task, builder);
  GcVector<Declared> members; // all of them before the first body, so that calls within the unit find them
  for (CodeInstance *code : codes)
    members.push_back(declare(unit, code));
  for (const Declared &member : members)
    write_bodies(unit, member);
  link_adopted(unit);
  return builder.finish();
}

ligature::Unit emit_unit(Task *task, CodeInstance *code) {
  return emit_unit(task, std::span<CodeInstance *const>(&code, 1));
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
  llvm::Function *function = builder.create_function(
      "jlopaque_" + symbol_name(target ? target->def : entry->def) + "_", signature.type);
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

ligature::Unit emit_llvm_function(Task *task, ligature::Entry &entry, Value *code, Value *result,
                                  Value *types) {
  ligature::UnitBuilder builder(unit_options());
  UnitContext unit(task, builder);
  llvm::Function *function = create_args_function(unit, "japi1_llvmcall_");
  builder.define(entry, ligature::Abi::Args, nullptr, function, "llvmcall");
  write_llvm_function(unit, function, {code, result, types});
  link_adopted(unit);
  return builder.finish();
}

} // namespace jl
