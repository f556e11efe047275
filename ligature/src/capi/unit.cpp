// SPDX-License-Identifier: MIT
#include "capi/objects.h"

using namespace ligature;
using namespace ligature::capi;

static UnitBuilder &builder_of(LigatureUnitBuilder *builder) {
  return *reinterpret_cast<UnitBuilder *>(builder);
}

static llvm::FunctionType *function_type(LLVMTypeRef type) {
  return llvm::cast<llvm::FunctionType>(llvm::unwrap(type));
}

static llvm::Function *function_of(LLVMValueRef function) {
  return function ? llvm::cast<llvm::Function>(llvm::unwrap(function)) : nullptr;
}

LigatureUnitBuilder *ligature_unit_builder_create(const char *signature_attribute, bool discard_value_names) {
  UnitOptions options;
  options.discard_value_names = discard_value_names;
  if (signature_attribute)
    options.signature_attribute = signature_attribute;
  return reinterpret_cast<LigatureUnitBuilder *>(new UnitBuilder(std::move(options)));
}

void ligature_unit_builder_dispose(LigatureUnitBuilder *builder) {
  if (builder)
    delete &builder_of(builder);
}

LLVMModuleRef ligature_module(LigatureUnitBuilder *builder) {
  return llvm::wrap(&builder_of(builder).module());
}

LLVMContextRef ligature_context(LigatureUnitBuilder *builder) {
  return llvm::wrap(&builder_of(builder).context());
}

char *ligature_local_name(LigatureUnitBuilder *builder, const char *base) {
  return copy_text(builder_of(builder).local_name(base));
}

LLVMValueRef ligature_create_function(LigatureUnitBuilder *builder, const char *base, LLVMTypeRef type) {
  return llvm::wrap(builder_of(builder).create_function(base, function_type(type)));
}

void ligature_prepare(LigatureUnitBuilder *builder, LLVMValueRef function) {
  builder_of(builder).prepare(*function_of(function));
}

void ligature_set_signature(LigatureUnitBuilder *builder, LLVMValueRef function, const char *signature) {
  builder_of(builder).set_signature(*function_of(function), signature);
}

void ligature_define(LigatureUnitBuilder *builder, LigatureEntry *entry, LigatureAbi abi,
                     LLVMValueRef wrapper, LLVMValueRef spec, const char *display) {
  builder_of(builder).define(entry_of(entry), abi_of(abi), function_of(wrapper), function_of(spec), display);
}

void ligature_define_adapter(LigatureUnitBuilder *builder, LigatureEntry *entry, LigatureAbi abi,
                             LLVMValueRef function, const char *display) {
  builder_of(builder).define_adapter(entry_of(entry), abi_of(abi), function_of(function), display);
}

LLVMValueRef ligature_call_target(LigatureUnitBuilder *builder, LigatureEntry *entry, LigatureAbi abi,
                                  const char *base, LLVMTypeRef type, unsigned convention,
                                  LigatureError *error) {
  if (abi == LigatureAbiArgs || abi == LigatureAbiSpecSig)
    return llvm::wrap(builder_of(builder).call_target(entry_of(entry), abi_of(abi), base, function_type(type),
                                                      static_cast<llvm::CallingConv::ID>(convention)));
  if (error)
    *error = copy_text(std::string("call target '") + base + "' asks for ABI " + abi_name(abi_of(abi)) +
                       "; only args and specsig can be called");
  return nullptr;
}

LLVMValueRef ligature_slot(LigatureUnitBuilder *builder, const void *value, const char *base,
                           LigatureSlotKind kind) {
  return llvm::wrap(builder_of(builder).slot(value, base, static_cast<SlotKind>(kind)));
}
static_assert(static_cast<int>(SlotKind::Other) == LigatureSlotOther);

LLVMValueRef ligature_foreign(LigatureUnitBuilder *builder, const char *library, const char *name,
                              LLVMTypeRef type) {
  return llvm::wrap(builder_of(builder).foreign(library, name, function_type(type)));
}

LLVMValueRef ligature_runtime(LigatureUnitBuilder *builder, const char *name, LLVMTypeRef type) {
  return llvm::wrap(builder_of(builder).runtime(name, function_type(type)));
}

char *ligature_position(LigatureUnitBuilder *builder, const void *method) {
  return copy_text(builder_of(builder).position(method));
}

const char *ligature_position_file() {
  return UnitBuilder::position_file().data();
}

void ligature_keep_alive(LigatureUnitBuilder *builder, void *object, void (*release)(void *object)) {
  builder_of(builder).keep_alive(std::shared_ptr<void>(object, [release](void *kept) {
    if (release)
      release(kept);
  }));
}

LigatureUnit *ligature_finish(LigatureUnitBuilder *builder) {
  std::unique_ptr<UnitBuilder> taken(&builder_of(builder));
  return hand_out(taken->finish());
}

void ligature_unit_dispose(LigatureUnit *unit) {
  if (unit)
    take(unit);
}

LigatureError ligature_unit_verify(const LigatureUnit *unit) {
  return guarded([&] { return verify_unit(look(unit)); });
}

char *ligature_unit_print(const LigatureUnit *unit) {
  std::string text;
  llvm::raw_string_ostream out(text);
  print_unit(*look(unit).module, out, look(unit).signature_attribute);
  return copy_text(text + print_link_info(look(unit).link_info));
}

char *ligature_unit_key(const LigatureUnit *unit) {
  return copy_text(hex(key_of(write_bitcode(*look(unit).module))));
}

LigatureError ligature_unit_assembly(LigatureUnit *unit, const LigatureOptions *options, char **text) {
  return guarded([&]() -> llvm::Error {
    Unit taken = take(unit);
    auto written = assembly(*taken.module, compile_options(options), Optimize::Yes);
    if (!written)
      return written.takeError();
    *text = copy_text(*written);
    return llvm::Error::success();
  });
}
