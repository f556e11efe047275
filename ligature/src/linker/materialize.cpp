// SPDX-License-Identifier: MIT
//
// From a unit to callable code. The linker's lock is held only to decide single questions.
#include "base/fatal.h"
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
  Result<CodeRanges> placed = code->place(unit);
  if (!placed)
    return std::unexpected(placed.error());
  unit.code_ranges.reserve(placed->size());
  for (const auto &range : *placed)
    unit.code_ranges.push_back(range->begin);
  note_code(std::move(*placed));
  publish_all(unit);
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

/// `addresses` are in the order of name_definitions.
void Linker::Impl::note_addresses(LinkedUnit &unit, std::span<void *const> addresses) {
  auto address = addresses.begin();
  Guard lock(mutex_); // whoever looks an entry up may compare with these
  for (LinkedUnit::Defined &defined : unit.definitions) {
    defined.spec = *address++;
    if (defined.has_wrapper)
      defined.invoke = *address++;
  }
}

Result<CodeRanges> Linker::Impl::install(LinkedUnit &unit, LinkedCode code,
                                         const std::function<PackedLines(std::string_view)> &lines_of) {
  note_addresses(unit, code.addresses);
  for (const LinkedUnit::Defined &defined : unit.definitions)
    if (defined.owned && !defined.spec)
      return std::unexpected("'" + defined.name + "' got no address");
  unit.memory = std::move(code.memory);
  unit.keep_alive = std::move(unit.info.keep_alive);
  return ranges_of(unit, std::move(code.functions), lines_of);
}

CodeRanges Linker::Impl::ranges_of(LinkedUnit &unit, std::vector<PlacedFunction> functions,
                                   const std::function<PackedLines(std::string_view)> &lines_of) {
  const LinkInfo &info = unit.info;
  auto positions = std::make_shared<const std::vector<const void *>>(info.positions);
  CodeRanges ranges;
  ranges.reserve(functions.size());
  for (PlacedFunction &function : functions) {
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
      range->role = spec ? defined.role() : CodeRole::Wrapper;
    }
    range->lines = lines_of(symbol);
    range->name = function.name.empty() ? unit.title + " (copy)" : std::move(function.name);
    ranges.push_back(std::move(range));
  }
  return ranges;
}

void Linker::Impl::publish_all(LinkedUnit &unit) {
  auto start = options.event ? std::chrono::steady_clock::now() : std::chrono::steady_clock::time_point();
  {
    Guard lock(mutex_); // all of a batch, or none, as far as linking others is concerned
    for (LinkedUnit::Defined &defined : unit.definitions)
      if (defined.owns_function())
        publish_locked(*defined.entry, {defined.abi, defined.invoke, defined.spec});
  }
  tell(SessionEvent::Stage::Publish, unit, start);
  dump(DumpStage::Entries, unit, [&] {
    std::string text;
    for (const LinkedUnit::Defined &defined : unit.definitions)
      text += (defined.owned ? "entry " + defined.name + " " + abi_name(defined.abi) : std::string("copy")) +
              (defined.invoke ? ", with wrapper\n" : "\n");
    return text;
  });
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
