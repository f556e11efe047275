// SPDX-License-Identifier: MIT
//
// From a unit to callable code. The session's lock is held only to decide single questions.
#include "base/fatal.h"
#include "session/binder.h"
#include "session/impl.h"

#include <chrono>

namespace ligature {

llvm::Error Session::Impl::materialize(const UnitHandle &handle) {
  LinkedUnit &unit = *handle;
  {
    Guard lock(unit.mutex);
    if (!wait_for_worker(unit, lock))
      return session_error("'" + unit.title + "' is required by its own linking");
    if (unit.state == LinkedUnit::State::Done)
      return llvm::Error::success();
    if (unit.state == LinkedUnit::State::Failed)
      return session_error(unit.error);
    if (unit.state == LinkedUnit::State::Gone)
      return session_error("'" + unit.title + "' was unlinked");
    unit.state = LinkedUnit::State::Working;
    unit.worker = std::this_thread::get_id();
  }
  llvm::Error error = run(unit);
  std::string reason;
  if (error) {
    reason = "linking '" + unit.title + "': " + llvm::toString(std::move(error));
    give_up(unit);
    ++stats.units_failed;
  }
  {
    Guard lock(unit.mutex);
    unit.state = reason.empty() ? LinkedUnit::State::Done : LinkedUnit::State::Failed;
    unit.error = reason;
    unit.worker = std::thread::id();
  }
  unit.changed.notify_all();
  return reason.empty() ? llvm::Error::success() : session_error(reason);
}

bool Session::Impl::wait_for_worker(LinkedUnit &unit, Guard &lock) {
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

void Session::Impl::settle(LinkedUnit &unit, Guard &lock) {
  if (!wait_for_worker(unit, lock))
    fatal("session: '%s' was to be taken apart by a thread that its linking waits for", unit.title.c_str());
}

llvm::Error Session::Impl::run(LinkedUnit &unit) {
  if (!unit.owns_something()) { // others have all of it; nothing can ever call this copy
    unit.unit = Unit();
    return llvm::Error::success();
  }
  llvm::Expected<Object> compiled = object_of(unit);
  if (!compiled)
    return compiled.takeError();
  llvm::MemoryBufferRef object = compiled->bytes->getMemBufferRef();
  dump(DumpStage::Object, unit, [&] { return print_object(object); });

  auto start = std::chrono::steady_clock::now();
  llvm::Expected<std::unique_ptr<Graph>> graph = parse_object(object);
  if (!graph)
    return graph.takeError();
  Binder binder(*this, unit);
  llvm::Expected<std::vector<GraphSymbol *>> symbols = rewrite(**graph, plan_of(unit, binder));
  if (!symbols)
    return symbols.takeError();
  // From here on the graph speaks session names only.
  dump(DumpStage::Graph, unit, [&] { return print_graph(**graph, unit.title); });
  shorten_edges(**graph, [&](const void *address) { return slabs->in_reach(address); });
  llvm::Expected<LinkedCode> code = link_graph(std::move(*graph), std::move(*symbols), *slabs);
  if (!code)
    return code.takeError();
  if (llvm::Error error = install(unit, std::move(*code), compiled->lines))
    return error;

  auto took = std::chrono::steady_clock::now() - start;
  stats.link_us += static_cast<uint64_t>(std::chrono::duration_cast<std::chrono::microseconds>(took).count());
  tell(SessionEvent::Stage::Link, unit, start);
  stats.object_bytes += object.getBufferSize();
  ++stats.units_linked;
  return llvm::Error::success();
}

llvm::Expected<Object> Session::Impl::object_of(LinkedUnit &unit) {
  if (unit.object) {
    Object object = std::move(*unit.object);
    unit.object.reset();
    return object;
  }
  llvm::Expected<KeyedObject> keyed =
      objects_->get(std::move(unit.unit.context), std::move(unit.unit.module));
  if (!keyed)
    return keyed.takeError();
  tell_compiled(unit, keyed->object);
  return std::move(keyed->object);
}

RewritePlan Session::Impl::plan_of(LinkedUnit &unit, Binder &binder) {
  const LinkInfo &info = unit.unit.link_info;
  RewritePlan plan;
  for (size_t i = 0; i < info.definitions.size(); ++i) {
    LinkedUnit::Defined &defined = unit.definitions[i];
    Ownership ownership = defined.owned ? Ownership::Owned : Ownership::Copy;
    if (defined.owned)
      defined.name = names_.unique(info.name(info.definitions[i].display));
    plan.definitions.push_back({info.name(info.definitions[i].spec_symbol), defined.name, ownership});
    if (info.definitions[i].invoke_symbol != NameId::None)
      plan.definitions.push_back(
          {info.name(info.definitions[i].invoke_symbol), defined.name + ".boxed", ownership});
  }
  plan.resolve = [&binder](llvm::StringRef symbol) { return binder.bind(symbol); };
  return plan;
}

llvm::Error Session::Impl::note_addresses(LinkedUnit &unit, const LinkedCode &code) {
  auto address = code.addresses.begin(); // in the order of plan_of
  Guard lock(mutex_);                    // whoever looks an entry up may compare with these
  for (size_t i = 0; i < unit.definitions.size(); ++i) {
    LinkedUnit::Defined &defined = unit.definitions[i];
    defined.spec = *address++;
    if (unit.unit.link_info.definitions[i].invoke_symbol != NameId::None)
      defined.invoke = *address++;
    if (defined.owned && !defined.spec)
      return session_error("'" + defined.name + "' got no address");
  }
  return llvm::Error::success();
}

llvm::Error Session::Impl::install(LinkedUnit &unit, LinkedCode code, const ObjectLines &lines) {
  if (llvm::Error error = note_addresses(unit, code))
    return error;
  map_code(unit, code, lines);
  unit.memory = std::move(code.memory);
  unit.keep_alive = std::move(unit.unit.link_info.keep_alive);
  unit.unit.link_info = LinkInfo(); // all of it is bound now
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
  return llvm::Error::success();
}

void Session::Impl::map_code(LinkedUnit &unit, const LinkedCode &code, const ObjectLines &lines) {
  const LinkInfo &info = unit.unit.link_info;
  auto positions = std::make_shared<const std::vector<const void *>>(info.positions);
  std::vector<std::unique_ptr<CodeRange>> ranges;
  for (const PlacedFunction &function : code.functions) {
    auto range = std::make_unique<CodeRange>();
    range->begin = function.begin;
    range->end = function.begin + function.size;
    range->role = CodeRole::Local;
    range->name = function.name.empty() ? unit.title + " (copy)" : function.name;
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
    if (const LineTable *table = lines.find(symbol))
      range->lines = *table;
    unit.code_ranges.push_back(range->begin);
    ranges.push_back(std::move(range));
  }
  note_code(std::move(ranges));
}

void Session::Impl::publish_all(LinkedUnit &unit) {
  Guard lock(mutex_); // all of a batch, or none, as far as linking others is concerned
  for (LinkedUnit::Defined *defined : unit.owned_functions())
    publish_locked(*defined->entry, {defined->abi, defined->invoke, defined->spec});
}

/// The unit will never be linked: its entries are as if it had not been there.
void Session::Impl::give_up(LinkedUnit &unit) {
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
  unit.unit = Unit();
}

void Session::Impl::dump(DumpStage stage, const LinkedUnit &unit, llvm::function_ref<std::string()> text) {
  if (!options.dump || !(options.dump_stages & (1u << static_cast<unsigned>(stage))))
    return;
  std::string shown = text();
  Guard lock(dump_mutex_);
  options.dump(stage, unit.title, shown);
}

void Session::Impl::tell(SessionEvent::Stage stage, const LinkedUnit &unit,
                         std::chrono::steady_clock::time_point begin) {
  if (options.event)
    options.event({stage, unit.title, begin, std::chrono::steady_clock::now()});
}

/// The two stages that end with the object, one after the other.
void Session::Impl::tell_compiled(const LinkedUnit &unit, const Object &object) {
  if (!options.event)
    return;
  auto duration = [](double ms) {
    return std::chrono::duration_cast<std::chrono::steady_clock::duration>(
        std::chrono::duration<double, std::milli>(ms));
  };
  auto end = std::chrono::steady_clock::now();
  auto middle = end - duration(object.codegen_ms);
  options.event({SessionEvent::Stage::Optimise, unit.title, middle - duration(object.optimize_ms), middle});
  options.event({SessionEvent::Stage::Codegen, unit.title, middle, end});
}

} // namespace ligature
