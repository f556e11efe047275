// SPDX-License-Identifier: MIT
#include "linker/flat_code.h"

#include "flat/place_flat.h"
#include "linker/binder.h"

namespace ligature {
namespace {

class FlatCode final : public UnitCode {
public:
  FlatCode(FlatUnit flat, std::shared_ptr<const void> holder)
      : flat_(std::move(flat)), holder_(std::move(holder)) {}

  Result<LinkedCode> place(LinkedUnit &unit, Binder &binder, std::vector<DefinedName> names) override;
  PackedLines take_lines(size_t index, std::string_view) override {
    return PackedLines(flat_.functions[index].lines);
  }

private:
  Result<FlatTarget> bind(const LinkInfo &info, Binder &binder, const FlatExternal &external) const;
  uint32_t offset_of(const LinkInfo &info, std::string_view symbol) const;

  FlatUnit flat_; // views into what holder_ holds
  std::shared_ptr<const void> holder_;
};

/// Where the unit's own function of that name is in its code.
uint32_t FlatCode::offset_of(const LinkInfo &info, std::string_view symbol) const {
  for (size_t i = 0; i < info.definitions.size(); ++i)
    if (info.name(info.definitions[i].spec_symbol) == symbol)
      return flat_.definitions[i].spec;
  return FlatDefinition::kNone;
}

Result<FlatTarget> FlatCode::bind(const LinkInfo &info, Binder &binder, const FlatExternal &external) const {
  Result<Binding> binding;
  switch (external.kind) {
  case FlatExternal::Kind::Call:
    binding = binder.bind_call(info.call_targets[external.index]);
    break;
  case FlatExternal::Kind::Slot:
    binding = binder.bind_slot(info.slots[external.index]);
    break;
  case FlatExternal::Kind::Foreign:
    binding = binder.bind_foreign(info.foreign[external.index]);
    break;
  case FlatExternal::Kind::Named:
    binding = binder.bind_runtime(external.name);
    break;
  }
  if (!binding)
    return std::unexpected(binding.error());
  FlatTarget target{binding->address, FlatDefinition::kNone};
  if (!binding->here.empty())
    target.here = offset_of(info, binding->here);
  return target;
}

Result<LinkedCode> FlatCode::place(LinkedUnit &unit, Binder &binder, std::vector<DefinedName> names) {
  std::vector<FlatTarget> targets;
  targets.reserve(flat_.externals.size());
  unit.slots.reserve(unit.info.slots.size());
  unit.stubs.reserve(unit.info.call_targets.size());
  binder.leave_out_names();
  for (const FlatExternal &external : flat_.externals) {
    Result<FlatTarget> target = bind(unit.info, binder, external);
    if (!target)
      return std::unexpected(target.error());
    targets.push_back(*target);
  }
  auto placed = place_flat(flat_, targets, *unit.linker->slabs);
  if (!placed)
    return std::unexpected(placed.error());
  ++unit.linker->stats.flat_binds;
  LinkedCode code;
  code.memory = std::move(placed->memory);
  char *begin = placed->begins[static_cast<size_t>(Segment::Code)];
  std::vector<size_t> first_name; // of each definition, in `names`
  first_name.reserve(flat_.definitions.size());
  code.addresses.reserve(names.size());
  for (const FlatDefinition &definition : flat_.definitions) {
    first_name.push_back(code.addresses.size());
    code.addresses.push_back(begin + definition.spec);
    if (definition.invoke != FlatDefinition::kNone)
      code.addresses.push_back(begin + definition.invoke);
  }
  code.functions.reserve(flat_.functions.size());
  for (const FlatFunction &function : flat_.functions) {
    PlacedFunction &one = code.functions.emplace_back();
    one.begin = reinterpret_cast<uintptr_t>(begin) + function.begin;
    one.size = function.size;
    if (function.role == FlatFunction::Role::Local) {
      one.name = function.name;
      continue;
    }
    DefinedName &name =
        names[first_name[function.definition] + (function.role == FlatFunction::Role::Invoke)];
    if (name.ownership == Ownership::Owned)
      one.name = std::move(name.session_name); // of one function only
  }
  return code;
}

/// Whether everything that the unit refers to by its place in the link info is there.
bool belong_together(const FlatUnit &flat, const LinkInfo &info) {
  if (flat.definitions.size() != info.definitions.size())
    return false;
  for (size_t i = 0; i < info.definitions.size(); ++i)
    if ((flat.definitions[i].invoke != FlatDefinition::kNone) !=
        (info.definitions[i].invoke_symbol != NameId::None))
      return false;
  for (const FlatFunction &function : flat.functions)
    if (function.role == FlatFunction::Role::Invoke &&
        flat.definitions[function.definition].invoke == FlatDefinition::kNone)
      return false;
  for (const FlatExternal &external : flat.externals) {
    size_t count = external.kind == FlatExternal::Kind::Call      ? info.call_targets.size()
                   : external.kind == FlatExternal::Kind::Slot    ? info.slots.size()
                   : external.kind == FlatExternal::Kind::Foreign ? info.foreign.size()
                                                                  : 1;
    if (external.index >= count)
      return false;
  }
  return true;
}

} // namespace

std::expected<std::unique_ptr<UnitCode>, std::string>
flat_code(const LinkInfo &info, std::span<const std::byte> bytes, std::shared_ptr<const void> holder) {
  auto flat = read_flat(bytes);
  if (!flat)
    return std::unexpected(flat.error());
  if (!belong_together(*flat, info))
    return std::unexpected("flat unit: does not belong to its link info");
  return std::make_unique<FlatCode>(std::move(*flat), std::move(holder));
}

} // namespace ligature
