// SPDX-License-Identifier: MIT
#include "linker/flat_code.h"

#include "linker/binder.h"

namespace ligature {
namespace {

class FlatCode final : public UnitCode {
public:
  FlatCode(FlatBufferPool &pool, std::unique_ptr<FlatBuffers> buffers, std::shared_ptr<const void> holder)
      : pool_(pool), buffers_(std::move(buffers)), flat_(buffers_->unit), holder_(std::move(holder)) {}
  ~FlatCode() override { pool_.give(std::move(buffers_)); }

  Result<CodeRanges> place(LinkedUnit &unit) override;

private:
  Result<void> bind_externals(LinkedUnit &unit);
  Result<Binding> bind(Binder &binder, const FlatExternal &external, FlatTarget &target) const;
  void note_definitions(LinkedUnit &unit, char *code);
  CodeRanges ranges_of(const LinkedUnit &unit, uintptr_t code) const;
  void describe(CodeRange &range, const LinkedUnit &unit, const FlatFunction &function) const;
  const void *pointer(uint32_t ordinal) const { return buffers_->pointers[ordinal]; }

  FlatBufferPool &pool_;
  std::unique_ptr<FlatBuffers> buffers_;
  const FlatUnit &flat_; // views into what holder_ holds
  std::shared_ptr<const void> holder_;
};

Result<Binding> FlatCode::bind(Binder &binder, const FlatExternal &external, FlatTarget &target) const {
  switch (external.kind) {
  case FlatExternal::Kind::Call: {
    auto *entry = static_cast<Entry *>(const_cast<void *>(pointer(external.pointer)));
    if (std::optional<size_t> own = binder.own_definition(entry, external.abi)) {
      target.here = flat_.definitions[*own].spec;
      return Binding();
    }
    return binder.bind_elsewhere(*entry, external.abi, "");
  }
  case FlatExternal::Kind::Slot:
    return binder.bind_slot(pointer(external.pointer), "");
  case FlatExternal::Kind::Foreign:
    return binder.bind_foreign(external.library, external.name);
  case FlatExternal::Kind::Named:
    return binder.bind_runtime(external.name);
  }
  return std::unexpected("unreachable kind of external");
}

Result<void> FlatCode::bind_externals(LinkedUnit &unit) {
  Binder binder(*unit.linker, unit);
  binder.leave_out_names();
  std::array<size_t, size_t(FlatExternal::Kind::Named) + 1> counts{};
  for (const FlatExternal &external : flat_.externals)
    ++counts[size_t(external.kind)];
  unit.stubs.reserve(counts[size_t(FlatExternal::Kind::Call)]);
  unit.slots.reserve(counts[size_t(FlatExternal::Kind::Slot)]);
  buffers_->targets.clear();
  buffers_->targets.reserve(flat_.externals.size());
  for (const FlatExternal &external : flat_.externals) {
    FlatTarget &target = buffers_->targets.emplace_back();
    Result<Binding> binding = bind(binder, external, target);
    if (!binding)
      return std::unexpected(binding.error());
    target.address = binding->address;
    unit.linker->stats.local_bindings += target.here != FlatTarget::kNone;
  }
  return {};
}

void FlatCode::note_definitions(LinkedUnit &unit, char *code) {
  std::array<void *, 2> of_one;
  std::vector<void *> of_several;
  std::span<void *> addresses = of_one;
  if (flat_.definitions.size() > 1) {
    of_several.resize(2 * flat_.definitions.size());
    addresses = of_several;
  }
  auto next = addresses.begin();
  for (size_t i = 0; i < flat_.definitions.size(); ++i) {
    const FlatDefinition &definition = flat_.definitions[i];
    *next++ = code + definition.spec;
    if (definition.invoke != FlatDefinition::kNone)
      *next++ = code + definition.invoke;
    if (unit.definitions[i].owned)
      unit.definitions[i].name = unit.linker->unique_name(definition.display);
  }
  unit.linker->note_addresses(unit, addresses);
}

void FlatCode::describe(CodeRange &range, const LinkedUnit &unit, const FlatFunction &function) const {
  if (function.role == FlatFunction::Role::Local) {
    range.role = CodeRole::Local;
    range.name = function.name;
    return;
  }
  const LinkedUnit::Defined &defined = unit.definitions[function.definition];
  bool is_wrapper = function.role == FlatFunction::Role::Invoke;
  range.role = is_wrapper ? CodeRole::Wrapper : defined.role();
  if (!defined.owned)
    return;
  range.entry = defined.entry;
  range.name = defined.name;
  if (is_wrapper)
    range.name += ".boxed";
}

CodeRanges FlatCode::ranges_of(const LinkedUnit &unit, uintptr_t code) const {
  std::vector<const void *> methods(flat_.positions.size());
  for (size_t i = 0; i < methods.size(); ++i)
    methods[i] = pointer(flat_.positions[i]);
  auto positions = std::make_shared<const std::vector<const void *>>(std::move(methods));
  CodeRanges ranges;
  ranges.reserve(flat_.functions.size());
  for (const FlatFunction &function : flat_.functions) {
    CodeRange &range = *ranges.emplace_back(std::make_unique<CodeRange>());
    range.begin = code + function.begin;
    range.end = range.begin + function.size;
    range.positions = positions;
    range.lines = PackedLines(function.lines);
    describe(range, unit, function);
    if (range.name.empty())
      range.name = unit.title + " (copy)";
  }
  return ranges;
}

Result<CodeRanges> FlatCode::place(LinkedUnit &unit) {
  if (Result<void> bound = bind_externals(unit); !bound)
    return std::unexpected(bound.error());
  auto placed = place_flat(flat_, buffers_->targets, *unit.linker->slabs);
  if (!placed)
    return std::unexpected(placed.error());
  ++unit.linker->stats.flat_binds;
  unit.memory = std::move(placed->memory);
  char *code = placed->begins[static_cast<size_t>(Segment::Code)];
  note_definitions(unit, code);
  return ranges_of(unit, reinterpret_cast<uintptr_t>(code));
}

std::vector<LinkedUnit::Defined> definitions_of(const FlatBuffers &buffers) {
  std::vector<LinkedUnit::Defined> definitions(buffers.unit.definitions.size());
  for (size_t i = 0; i < definitions.size(); ++i) {
    const FlatDefinition &from = buffers.unit.definitions[i];
    LinkedUnit::Defined &defined = definitions[i];
    defined.entry = static_cast<Entry *>(const_cast<void *>(buffers.pointers[from.entry]));
    defined.abi = from.abi;
    defined.kind = from.kind;
    defined.has_wrapper = from.invoke != FlatDefinition::kNone;
  }
  return definitions;
}

} // namespace

std::expected<UnitHandle, std::string> flat_unit(Linker::Impl &linker, std::span<const void *const> pointers,
                                                 std::span<const std::byte> bytes,
                                                 std::shared_ptr<const void> holder) {
  std::unique_ptr<FlatBuffers> buffers = linker.flat_buffers.take();
  if (auto read = read_flat(buffers->unit, bytes, pointers.size()); !read)
    return std::unexpected(read.error());
  buffers->pointers.assign(pointers.begin(), pointers.end());
  std::vector<LinkedUnit::Defined> definitions = definitions_of(*buffers);
  std::string_view title;
  if (!definitions.empty()) {
    const FlatDefinition &first = buffers->unit.definitions.front();
    title = first.signature.empty() ? first.display : first.signature;
  }
  auto code = std::make_unique<FlatCode>(linker.flat_buffers, std::move(buffers), std::move(holder));
  return linker.new_unit(std::move(definitions), title, std::move(code));
}

} // namespace ligature
