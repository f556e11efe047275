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
    return bind_slot(info_.slots[index].value, symbol);
  case Kind::Foreign:
    return bind_foreign(info_.name(info_.foreign[index].library), info_.name(info_.foreign[index].name));
  }
  return std::unexpected("unreachable kind of symbol");
}

std::optional<size_t> Binder::own_definition(const Entry *entry, Abi abi) const {
  for (size_t i = 0; i < unit_.definitions.size(); ++i)
    if (const LinkedUnit::Defined &defined = unit_.definitions[i];
        defined.kind == DefinitionKind::Function && defined.entry == entry && defined.abi == abi)
      return i;
  return std::nullopt;
}

std::optional<Binding> Binder::bind_to_code_locked(Entry &entry, Abi abi, std::string_view symbol) {
  UnitHandle holder;
  std::string name = name_of(symbol);
  void *code = linker_.target_locked(entry, abi, holder, makes_names_ ? &name : nullptr);
  if (!code)
    return std::nullopt;
  if (holder && holder.get() != &unit_)
    unit_.dependencies.push_back(std::move(holder));
  return Binding{{}, code, std::move(name)};
}

Result<Binding> Binder::bind_call(const CallTarget &target) {
  if (std::optional<size_t> own = own_definition(target.entry, target.abi)) {
    ++linker_.stats.local_bindings;
    return Binding{info_.name(info_.definitions[*own].spec_symbol), nullptr, ""};
  }
  return bind_elsewhere(*target.entry, target.abi, info_.name(target.symbol));
}

Result<Binding> Binder::bind_elsewhere(Entry &entry, Abi abi, std::string_view symbol) {
  if (entry_state(entry, linker_.options.invokes) != EntryState::Published)
    if (Entry *equal = linker_.client.equal_entry(entry)) {
      Guard lock(linker_.mutex_);
      if (std::optional<Binding> bound = bind_to_code_locked(*equal, abi, symbol)) {
        ++linker_.stats.equal_bindings;
        return std::move(*bound);
      }
    }
  Guard lock(linker_.mutex_);
  if (std::optional<Binding> bound = bind_to_code_locked(entry, abi, symbol)) {
    ++linker_.stats.direct_bindings;
    return std::move(*bound);
  }
  auto stub = linker_.stub_locked(entry, abi);
  if (!stub)
    return std::unexpected(stub.error());
  unit_.stubs.push_back(*stub);
  return Binding{{}, (*stub)->address(), name_of("stub of ", symbol)};
}

Result<Binding> Binder::bind_slot(const void *value, std::string_view symbol) {
  void *cell = linker_.client.slot_cell(value);
  if (!cell)
    return std::unexpected("no cell for slot '" + std::string(symbol) + "'");
  unit_.slots.emplace_back(value, cell);
  return Binding{{}, cell, name_of(symbol)};
}

Result<Binding> Binder::bind_foreign(std::string_view library, std::string_view name) {
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
