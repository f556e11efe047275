// SPDX-License-Identifier: MIT
//
// From a unit to callable code. The linker's lock is held only to decide single questions.
#include "base/fatal.h"
#include "linker/binder.h"
#include "linker/impl.h"

#include <chrono>

namespace ligature {

Result<void> Linker::Impl::materialize(const UnitHandle &handle) {
  LinkedUnit &unit = *handle;
  {
    Guard lock(unit.mutex);
    if (!wait_for_worker(unit, lock))
      return std::unexpected("'" + unit.title + "' is required by its own linking");
    if (unit.state == LinkedUnit::State::Done)
      return {};
    if (unit.state == LinkedUnit::State::Failed)
      return std::unexpected(unit.error);
    if (unit.state == LinkedUnit::State::Gone)
      return std::unexpected("'" + unit.title + "' was unlinked");
    unit.state = LinkedUnit::State::Working;
    unit.worker = std::this_thread::get_id();
  }
  Result<void> linked = run(unit);
  if (!linked) {
    linked = std::unexpected("linking '" + unit.title + "': " + linked.error());
    give_up(unit);
    ++stats.units_failed;
  }
  {
    Guard lock(unit.mutex);
    unit.state = linked ? LinkedUnit::State::Done : LinkedUnit::State::Failed;
    if (!linked)
      unit.error = linked.error();
    unit.worker = std::thread::id();
  }
  unit.changed.notify_all();
  return linked;
}

bool Linker::Impl::wait_for_worker(LinkedUnit &unit, Guard &lock) {
  if (unit.state != LinkedUnit::State::Working)
    return true;
  const std::thread::id self = std::this_thread::get_id();
  {
    // Who waits for what is one table, so of two threads that would wait for each other one sees the other.
    Guard waits(waits_mutex_);
    for (const LinkedUnit *at = &unit; at;) {
      std::thread::id worker = at->worker;
      if (worker == self)
        return false;
      auto next = waits_.find(worker);
      at = next == waits_.end() ? nullptr : next->second;
    }
    waits_[self] = &unit;
  }
  while (unit.state == LinkedUnit::State::Working)
    unit.changed.wait(lock);
  Guard waits(waits_mutex_);
  waits_.erase(self);
  return true;
}

void Linker::Impl::settle(LinkedUnit &unit, Guard &lock) {
  if (!wait_for_worker(unit, lock))
    fatal("linker: '%s' was to be taken apart by a thread that its linking waits for", unit.title.c_str());
}

Result<void> Linker::Impl::run(LinkedUnit &unit) {
  std::unique_ptr<UnitCode> code = std::move(unit.code);
  if (!unit.owns_something()) { // others have all of it; nothing can ever call this copy
    unit.info = LinkInfo();
    return {};
  }
  if (Result<void> prepared = code->prepare(unit); !prepared)
    return prepared;
  auto start = std::chrono::steady_clock::now();
  Binder binder(*this, unit);
  Result<LinkedCode> placed = code->place(unit, binder, name_definitions(unit));
  if (!placed)
    return std::unexpected(placed.error());
  if (Result<void> installed = install(unit, std::move(*placed), *code); !installed)
    return installed;
  auto took = std::chrono::steady_clock::now() - start;
  stats.link_us += static_cast<uint64_t>(std::chrono::duration_cast<std::chrono::microseconds>(took).count());
  tell(SessionEvent::Stage::Link, unit, start);
  ++stats.units_linked;
  code->published(unit.info);
  unit.info = LinkInfo(); // all of it is bound now
  return {};
}

std::vector<DefinedName> Linker::Impl::name_definitions(LinkedUnit &unit) {
  const LinkInfo &info = unit.info;
  std::vector<DefinedName> names;
  names.reserve(2 * info.definitions.size());
  for (size_t i = 0; i < info.definitions.size(); ++i) {
    LinkedUnit::Defined &defined = unit.definitions[i];
    Ownership ownership = defined.owned ? Ownership::Owned : Ownership::Copy;
    if (defined.owned)
      defined.name = names_.unique(info.name(info.definitions[i].display));
    names.push_back({info.name(info.definitions[i].spec_symbol), defined.name, ownership});
    if (info.definitions[i].invoke_symbol != NameId::None)
      names.push_back({info.name(info.definitions[i].invoke_symbol), defined.name + ".boxed", ownership});
  }
  return names;
}

Result<void> Linker::Impl::note_addresses(LinkedUnit &unit, const LinkedCode &code) {
  auto address = code.addresses.begin(); // in the order of name_definitions
  Guard lock(mutex_);                    // whoever looks an entry up may compare with these
  for (size_t i = 0; i < unit.definitions.size(); ++i) {
    LinkedUnit::Defined &defined = unit.definitions[i];
    defined.spec = *address++;
    if (unit.info.definitions[i].invoke_symbol != NameId::None)
      defined.invoke = *address++;
    if (defined.owned && !defined.spec)
      return std::unexpected("'" + defined.name + "' got no address");
  }
  return {};
}

Result<void> Linker::Impl::install(LinkedUnit &unit, LinkedCode code, UnitCode &source) {
  if (Result<void> noted = note_addresses(unit, code); !noted)
    return noted;
  map_code(unit, code, source);
  unit.memory = std::move(code.memory);
  unit.keep_alive = std::move(unit.info.keep_alive);
  auto start = std::chrono::steady_clock::now();
  publish_all(unit);
  tell(SessionEvent::Stage::Publish, unit, start);
  dump(DumpStage::Entries, unit, [&] {
    std::string text;
    for (const LinkedUnit::Defined &defined : unit.definitions)
      text += (defined.owned ? "entry " + defined.name + " " + abi_name(defined.abi) : std::string("copy")) +
              (defined.invoke ? ", with wrapper\n" : "\n");
    return text;
  });
  return {};
}

void Linker::Impl::map_code(LinkedUnit &unit, LinkedCode &code, UnitCode &source) {
  const LinkInfo &info = unit.info;
  auto positions = std::make_shared<const std::vector<const void *>>(info.positions);
  std::vector<std::unique_ptr<CodeRange>> ranges;
  ranges.reserve(code.functions.size());
  unit.code_ranges.reserve(code.functions.size());
  for (PlacedFunction &function : code.functions) {
    auto range = std::make_unique<CodeRange>();
    range->begin = function.begin;
    range->end = function.begin + function.size;
    range->role = CodeRole::Local;
    range->positions = positions;
    std::string_view symbol = function.name;
    for (size_t i = 0; i < unit.definitions.size(); ++i) {
      const LinkedUnit::Defined &defined = unit.definitions[i];
      bool spec = function.begin == reinterpret_cast<uintptr_t>(defined.spec);
      if (!spec && function.begin != reinterpret_cast<uintptr_t>(defined.invoke))
        continue;
      const Definition &definition = info.definitions[i];
      symbol = info.name(spec ? definition.spec_symbol : definition.invoke_symbol);
      range->entry = defined.owned ? defined.entry : nullptr;
      range->role = !spec                                        ? CodeRole::Wrapper
                    : definition.kind == DefinitionKind::Adapter ? CodeRole::Adapter
                                                                 : CodeRole::Function;
    }
    range->lines = source.take_lines(static_cast<size_t>(&function - code.functions.data()), symbol);
    range->name = function.name.empty() ? unit.title + " (copy)" : std::move(function.name);
    unit.code_ranges.push_back(range->begin);
    ranges.push_back(std::move(range));
  }
  note_code(std::move(ranges));
}

void Linker::Impl::publish_all(LinkedUnit &unit) {
  Guard lock(mutex_); // all of a batch, or none, as far as linking others is concerned
  for (LinkedUnit::Defined *defined : unit.owned_functions())
    publish_locked(*defined->entry, {defined->abi, defined->invoke, defined->spec});
}

/// The unit will never be linked: its entries are as if it had not been there.
void Linker::Impl::give_up(LinkedUnit &unit) {
  std::vector<UnitHandle> dropped; // after the lock
  {
    Guard lock(mutex_);
    for (LinkedUnit::Defined *defined : unit.owned_functions()) {
      dropped.push_back(std::move(record_locked(*defined->entry).owner));
      clear_waiting(*defined->entry, options.invokes);
      defined->owned = false;
    }
  }
  give_back(unit);
  unit.info = LinkInfo();
}

void Linker::Impl::show(DumpStage stage, const LinkedUnit &unit, const std::string &text) {
  Guard lock(dump_mutex_);
  options.dump(stage, unit.title, text);
}

void Linker::Impl::tell(SessionEvent::Stage stage, const LinkedUnit &unit,
                        std::chrono::steady_clock::time_point begin) {
  if (options.event)
    options.event({stage, unit.title, begin, std::chrono::steady_clock::now()});
}

} // namespace ligature
