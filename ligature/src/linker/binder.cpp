// SPDX-License-Identifier: MIT
#include "linker/binder.h"

#include "linker/libcalls.h"

namespace ligature {

void Binder::sort_names() {
  for (size_t i = 0; i < info_.call_targets.size(); ++i)
    kinds_[info_.name(info_.call_targets[i].symbol)] = {Kind::Call, i};
  for (size_t i = 0; i < info_.slots.size(); ++i)
    kinds_[info_.name(info_.slots[i].symbol)] = {Kind::Slot, i};
  for (size_t i = 0; i < info_.foreign.size(); ++i)
    kinds_[info_.name(info_.foreign[i].symbol)] = {Kind::Foreign, i};
}

Result<Binding> Binder::bind(std::string_view symbol) {
  if (kinds_.empty())
    sort_names();
  auto found = kinds_.find(symbol);
  if (found == kinds_.end())
    return bind_runtime(symbol);
  auto [kind, index] = found->second;
  switch (kind) {
  case Kind::Call:
    return bind_call(info_.call_targets[index]);
  case Kind::Slot:
    return bind_slot(info_.slots[index]);
  case Kind::Foreign:
    return bind_foreign(info_.foreign[index]);
  }
  return std::unexpected("unreachable kind of symbol");
}

/// Also when another unit owns the definition: this unit's copy is the same function.
const Definition *Binder::own_definition(const CallTarget &target) const {
  for (const Definition &definition : info_.definitions)
    if (definition.kind == DefinitionKind::Function && definition.entry == target.entry &&
        definition.abi == target.abi)
      return &definition;
  return nullptr;
}

std::optional<Binding> Binder::bind_to_code_locked(Entry &entry, const CallTarget &target) {
  UnitHandle holder;
  std::string name = name_of(info_.name(target.symbol));
  void *code = linker_.target_locked(entry, target.abi, holder, makes_names_ ? &name : nullptr);
  if (!code)
    return std::nullopt;
  if (holder && holder.get() != &unit_)
    unit_.dependencies.push_back(std::move(holder));
  return Binding{{}, code, std::move(name)};
}

Result<Binding> Binder::bind_call(const CallTarget &target) {
  if (const Definition *own = own_definition(target)) {
    ++linker_.stats.local_bindings;
    return Binding{info_.name(own->spec_symbol), nullptr, ""};
  }
  if (entry_state(*target.entry, linker_.options.invokes) != EntryState::Published)
    if (Entry *equal = linker_.client.equal_entry(*target.entry)) {
      Guard lock(linker_.mutex_);
      if (std::optional<Binding> bound = bind_to_code_locked(*equal, target)) {
        ++linker_.stats.equal_bindings;
        return std::move(*bound);
      }
    }
  Guard lock(linker_.mutex_);
  if (std::optional<Binding> bound = bind_to_code_locked(*target.entry, target)) {
    ++linker_.stats.direct_bindings;
    return std::move(*bound);
  }
  auto stub = linker_.stub_locked(*target.entry, target.abi);
  if (!stub)
    return std::unexpected(stub.error());
  unit_.stubs.push_back(*stub);
  return Binding{{}, (*stub)->address(), name_of("stub of ", info_.name(target.symbol))};
}

Result<Binding> Binder::bind_slot(const Slot &slot) {
  void *cell = linker_.client.slot_cell(slot.value);
  if (!cell)
    return std::unexpected("no cell for slot '" + std::string(info_.name(slot.symbol)) + "'");
  unit_.slots.emplace_back(slot.value, cell);
  return Binding{{}, cell, name_of(info_.name(slot.symbol))};
}

Result<Binding> Binder::bind_foreign(const ForeignFunction &function) {
  std::string_view library = info_.name(function.library), name = info_.name(function.name);
  auto address = linker_.client.find_foreign(library, name);
  if (address && *address)
    return Binding{{}, *address, name_of(library, library.empty() ? "" : ":", name)};
  std::string shown = library.empty() ? std::string(name) : std::string(library) + ":" + std::string(name);
  std::string reason = address ? "could not find function " + shown : address.error();
  auto stub = linker_.stub_maker_->make_error_stub(reason, linker_.client.foreign_error());
  if (!stub)
    return std::unexpected(stub.error());
  ++linker_.stats.foreign_missing;
  void *code = stub->address;
  unit_.error_stubs.push_back(std::move(*stub));
  return Binding{{}, code, "missing " + shown};
}

Result<Binding> Binder::bind_runtime(std::string_view name) {
  void *address = linker_.client.find_runtime(name);
  if (!address)
    address = find_libcall(name);
  if (!address)
    return std::unexpected("runtime function '" + std::string(name) +
                           "' does not exist, and no link info explains the name");
  return Binding{{}, address, name_of(name)};
}

} // namespace ligature
