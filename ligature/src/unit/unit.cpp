// SPDX-License-Identifier: MIT
#include "ligature/unit.h"

#include "base/fatal.h"

#include <map>
#include <set>

namespace ligature {

Unit &Unit::operator=(Unit &&other) noexcept {
  module = nullptr; // before its context
  context = std::move(other.context);
  module = std::move(other.module);
  link_info = std::move(other.link_info);
  signature_attribute = std::move(other.signature_attribute);
  return *this;
}

/// What only emission needs: how to find again what was asked for before. Maps are looked up, and never
/// walked into the module.
struct UnitBuilder::State {
  UnitOptions options;
  std::map<std::string, unsigned, std::less<>> next_number; // per base
  std::set<std::string, std::less<>> taken;                 // local names handed out, not yet in the module
  std::map<std::pair<Entry *, Abi>, llvm::Function *> callees;
  std::map<const void *, llvm::GlobalVariable *> slots;
  std::map<std::pair<std::string, std::string>, llvm::Function *> foreign;
  std::map<const void *, size_t> positions;
};

UnitBuilder::UnitBuilder(UnitOptions options) : state_(std::make_unique<State>()) {
  unit_.context = std::make_unique<llvm::LLVMContext>();
  unit_.context->setDiscardValueNames(options.discard_value_names);
  unit_.module = std::make_unique<llvm::Module>("unit", *unit_.context);
  unit_.module->setTargetTriple(host_triple());
  unit_.module->setDataLayout(host_data_layout());
  unit_.module->setPICLevel(llvm::PICLevel::BigPIC);
  unit_.module->setFramePointer(llvm::FramePointerKind::All);
  unit_.module->addModuleFlag(llvm::Module::Warning, "Debug Info Version", llvm::DEBUG_METADATA_VERSION);
  unit_.module->addModuleFlag(llvm::Module::Warning, "Dwarf Version", 4);
  state_->options = std::move(options);
}

UnitBuilder::~UnitBuilder() = default;

NameId UnitBuilder::intern(llvm::StringRef name) {
  return unit_.link_info.names.intern(name);
}

std::string UnitBuilder::local_name(llvm::StringRef base) {
  unsigned &next = state_->next_number[base.str()];
  for (;;) {
    std::string name = (base + llvm::Twine(next++)).str();
    // Another base may have led here before: "f_1" + "0" and "f_" + "10".
    if (!module().getNamedValue(name) && state_->taken.insert(name).second)
      return name;
  }
}

llvm::Function *UnitBuilder::create_function(llvm::StringRef base, llvm::FunctionType *type) {
  auto *function =
      llvm::Function::Create(type, llvm::GlobalValue::ExternalLinkage, local_name(base), module());
  prepare(*function);
  return function;
}

void UnitBuilder::prepare(llvm::Function &function) {
  function.addFnAttr("frame-pointer", "all");
  function.setUWTableKind(llvm::UWTableKind::None);
  function.setDoesNotThrow(); // no unwinder walks generated code
}

void UnitBuilder::set_signature(llvm::Function &function, llvm::StringRef signature) {
  function.addFnAttr(state_->options.signature_attribute, signature);
}

void UnitBuilder::define(Entry &entry, Abi abi, llvm::Function *wrapper, llvm::Function *spec,
                         llvm::StringRef display) {
  Definition definition;
  definition.entry = &entry;
  definition.abi = abi;
  definition.spec_symbol = intern(spec->getName());
  definition.invoke_symbol = wrapper ? intern(wrapper->getName()) : NameId::None;
  definition.display = intern(display);
  unit_.link_info.definitions.push_back(definition);
  state_->callees.insert_or_assign({&entry, abi}, spec);
}

void UnitBuilder::define_adapter(Entry &entry, Abi abi, llvm::Function *function, llvm::StringRef display) {
  Definition definition;
  definition.entry = &entry;
  definition.abi = abi;
  definition.kind = DefinitionKind::Adapter;
  definition.spec_symbol = intern(function->getName());
  definition.display = intern(display);
  unit_.link_info.definitions.push_back(definition);
}

llvm::Function *UnitBuilder::declare(llvm::StringRef name, llvm::FunctionType *type,
                                     llvm::AttributeList attributes) {
  auto *function = llvm::Function::Create(type, llvm::GlobalValue::ExternalLinkage, name, module());
  function->setAttributes(attributes);
  function->setDoesNotThrow();
  return function;
}

llvm::Function *UnitBuilder::call_target(Entry &entry, Abi abi, llvm::StringRef base,
                                         llvm::FunctionType *type, llvm::CallingConv::ID convention,
                                         llvm::AttributeList attributes, llvm::StringRef signature) {
  if (abi != Abi::Args && abi != Abi::SpecSig)
    fatal("unit: call target '%s' asks for ABI %s; only args and specsig can be called", base.str().c_str(),
          abi_name(abi));
  llvm::Function *&callee = state_->callees[{&entry, abi}];
  if (callee)
    return callee;
  callee = declare(local_name(base), type, attributes);
  callee->setCallingConv(convention);
  if (!signature.empty())
    set_signature(*callee, signature);
  unit_.link_info.call_targets.push_back({&entry, abi, intern(callee->getName())});
  return callee;
}

llvm::GlobalVariable *UnitBuilder::slot(const void *value, llvm::StringRef base, SlotKind kind) {
  llvm::GlobalVariable *&slot = state_->slots[value];
  if (slot)
    return slot;
  // Not constant: the cell is filled before code runs, but an image fills it after it was mapped.
  slot = new llvm::GlobalVariable(module(), llvm::PointerType::getUnqual(context()), false,
                                  llvm::GlobalValue::ExternalLinkage, nullptr, local_name(base));
  unit_.link_info.slots.push_back({value, kind, intern(slot->getName())});
  return slot;
}

llvm::Function *UnitBuilder::foreign(llvm::StringRef library, llvm::StringRef name, llvm::FunctionType *type,
                                     llvm::AttributeList attributes) {
  llvm::Function *&function = state_->foreign[{library.str(), name.str()}];
  if (function)
    return function;
  function = declare(local_name(("foreign_" + name + "_").str()), type, attributes);
  unit_.link_info.foreign.push_back({intern(library), intern(name), intern(function->getName())});
  return function;
}

llvm::Function *UnitBuilder::runtime(llvm::StringRef name, llvm::FunctionType *type,
                                     llvm::AttributeList attributes) {
  if (llvm::Function *known = module().getFunction(name))
    return known;
  unit_.link_info.runtime.push_back(intern(name));
  return declare(name, type, attributes);
}

std::string UnitBuilder::position(const void *method) {
  auto [at, fresh] = state_->positions.try_emplace(method, unit_.link_info.positions.size());
  if (fresh)
    unit_.link_info.positions.push_back(method);
  return "m" + std::to_string(at->second);
}

void UnitBuilder::keep_alive(std::shared_ptr<void> object) {
  unit_.link_info.keep_alive.push_back(std::move(object));
}

Unit UnitBuilder::finish() {
  for (Definition &definition : unit_.link_info.definitions) {
    const llvm::Function *spec = module().getFunction(unit_.link_info.name(definition.spec_symbol));
    if (spec && spec->hasFnAttribute(state_->options.signature_attribute))
      definition.signature =
          intern(spec->getFnAttribute(state_->options.signature_attribute).getValueAsString());
  }
  unit_.signature_attribute = std::move(state_->options.signature_attribute);
  state_ = nullptr;
  return std::move(unit_);
}

} // namespace ligature
