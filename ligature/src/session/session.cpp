// SPDX-License-Identifier: MIT
#include "base/fatal.h"
#include "debug/gdb.h"
#include "session/impl.h"

#include <algorithm>

namespace ligature {

llvm::Error session_error(const llvm::Twine &text) {
  return llvm::createStringError(llvm::inconvertibleErrorCode(), text);
}

LinkedUnit::~LinkedUnit() {
  if (session)
    session->drop(*this);
}

std::vector<LinkedUnit::Defined *> LinkedUnit::owned_functions() {
  std::vector<Defined *> owned;
  for (Defined &defined : definitions)
    if (defined.owned && defined.entry && defined.kind == DefinitionKind::Function)
      owned.push_back(&defined);
  return owned;
}

bool LinkedUnit::gone() {
  Guard lock(mutex);
  return state == State::Gone;
}

bool LinkedUnit::owns_something() const {
  return std::any_of(definitions.begin(), definitions.end(), [](auto &defined) { return defined.owned; });
}

const LinkedUnit::Defined *LinkedUnit::defined_at(const void *spec) const {
  for (const Defined &defined : definitions)
    if (spec && defined.spec == spec)
      return &defined;
  return nullptr;
}

Session::Impl::Impl(SessionOptions given, Client &client) : options(std::move(given)), client(client) {}

llvm::Error Session::Impl::start() {
  if (options.debugger == DebuggerSupport::WhenTraced)
    options.debugger = is_traced() ? DebuggerSupport::Always : DebuggerSupport::Never;
  bool private_code = options.debugger == DebuggerSupport::Always || options.perf == PerfSupport::Map;
  auto created = Slabs::create({options.reserve_bytes, options.anchor, private_code});
  if (!created)
    return session_error(created.error());
  slabs = std::move(*created);
  cells =
      std::make_unique<CellPool>(*slabs, [this](void *begin, void *end) { client.cells_mapped(begin, end); });
  stub_maker_ = std::make_unique<StubMaker>(*slabs, *this);
  objects_ = std::make_unique<ObjectSource>(options.compile, stats, options.cache);
  if (auto prepared = stub_maker_->prepare(); !prepared)
    return session_error(prepared.error());
  return make_listeners();
}

Session::Impl::~Impl() {
  pool_ = nullptr; // finishes what is queued
  records_.clear();
  // Handles that outlive the session are left empty. Entries are not touched: they may be gone already. What
  // a unit kept alive may hold other units, so nothing is given back under the lock.
  for (;;) {
    LinkedUnit *unit;
    {
      Guard lock(units_mutex_);
      if (units_.empty())
        return;
      unit = *units_.begin();
      units_.erase(units_.begin());
    }
    std::vector<std::shared_ptr<void>> kept = std::move(unit->keep_alive);
    give_back(*unit);
    unit->session = nullptr;
  }
}

llvm::Expected<UnitHandle> Session::Impl::add(Unit unit, std::optional<Object> object) {
  if (options.verify && unit.module)
    if (llvm::Error error = verify_unit(unit))
      return std::move(error);
  auto handle = std::make_shared<LinkedUnit>(*this);
  const LinkInfo &info = unit.link_info;
  for (const Definition &definition : info.definitions)
    handle->definitions.push_back(
        {definition.entry, definition.abi, definition.kind, false, "", nullptr, nullptr});
  if (!info.definitions.empty()) {
    const Definition &first = info.definitions.front();
    handle->title = info.name(first.signature == NameId::None ? first.display : first.signature);
  }
  dump(DumpStage::Unit, *handle, [&] {
    std::string text;
    llvm::raw_string_ostream out(text);
    if (unit.module)
      print_unit(*unit.module, out, unit.signature_attribute);
    return text + print_link_info(info);
  });
  handle->unit = std::move(unit);
  handle->object = std::move(object);
  {
    Guard lock(units_mutex_);
    units_.insert(handle.get());
  }
  ++stats.units_added;
  Guard lock(mutex_);
  claim_locked(handle);
  return handle;
}

llvm::Expected<UnitHandle> Session::Impl::link(Unit unit) {
  auto handle = add(std::move(unit), std::nullopt);
  if (!handle)
    return handle.takeError();
  if (llvm::Error error = materialize(*handle))
    return std::move(error);
  for (const LinkedUnit::Defined &defined : (*handle)->definitions) {
    if (defined.owned || !defined.entry)
      continue;
    llvm::Expected<bool> published = require(*defined.entry);
    if (!published)
      return published.takeError();
    if (!*published)
      return session_error("'" + (*handle)->title + "' is defined by a unit that failed or was unlinked");
  }
  return handle;
}

void Session::Impl::enqueue(UnitHandle unit, std::function<void(llvm::Error)> done) {
  pool().run([this, unit = std::move(unit), done = std::move(done)] {
    llvm::Error error = materialize(unit);
    if (done)
      done(std::move(error));
    else
      llvm::consumeError(std::move(error)); // every waiter is told
  });
}

ThreadPool &Session::Impl::pool() {
  std::call_once(pool_once_, [this] {
    pool_ =
        std::make_unique<ThreadPool>(options.threads, ThreadPool::Hooks{[this] { client.thread_started(); },
                                                                        [this] { client.thread_stopped(); }});
  });
  return *pool_;
}

void Session::Impl::give_back(LinkedUnit &unit) {
  forget_code(unit.code_ranges);
  for (auto [value, cell] : unit.slots)
    client.release_slot(value, cell);
  unit.code_ranges.clear();
  unit.slots.clear();
  unit.stubs.clear();
  unit.error_stubs.clear();
  unit.memory.reset();
  unit.keep_alive.clear();
}

void Session::Impl::drop(LinkedUnit &unit) {
  {
    Guard lock(units_mutex_);
    units_.erase(&unit);
  }
  give_back(unit);
  // A chain of units, each bound to the next, must not be destroyed by recursion.
  std::vector<UnitHandle> chain = std::move(unit.dependencies);
  while (!chain.empty()) {
    UnitHandle last = std::move(chain.back());
    chain.pop_back();
    if (last.use_count() == 1) {
      std::move(last->dependencies.begin(), last->dependencies.end(), std::back_inserter(chain));
      last->dependencies.clear();
    }
  }
}

// --- The public face.

Session::Session(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Session::~Session() = default;

llvm::Expected<std::unique_ptr<Session>> Session::create(SessionOptions options, Client &client) {
  auto impl = std::make_unique<Impl>(std::move(options), client);
  if (llvm::Error error = impl->start())
    return std::move(error);
  return std::unique_ptr<Session>(new Session(std::move(impl)));
}

llvm::Expected<UnitHandle> Session::add(Unit unit) {
  return impl_->add(std::move(unit), std::nullopt);
}
llvm::Expected<UnitHandle> Session::add(LinkInfo info, Object object) {
  Unit unit;
  unit.link_info = std::move(info);
  return impl_->add(std::move(unit), std::move(object));
}
llvm::Error Session::materialize(const UnitHandle &unit) {
  return impl_->materialize(unit);
}
llvm::Expected<UnitHandle> Session::link(Unit unit) {
  return impl_->link(std::move(unit));
}
void Session::enqueue(UnitHandle unit, std::function<void(llvm::Error)> done) {
  impl_->enqueue(std::move(unit), std::move(done));
}
llvm::Expected<bool> Session::require(Entry &entry) {
  return impl_->require(entry);
}
llvm::Expected<void *> Session::callable(Entry &entry, Abi abi) {
  return impl_->callable(entry, abi);
}
bool Session::publish(Entry &entry, const Publication &code) {
  return impl_->publish(entry, code);
}
bool Session::replace(Entry &entry, void *from, void *to) {
  return impl_->replace(entry, from, to);
}
void Session::unlink(UnitHandle unit) {
  impl_->unlink(std::move(unit));
}
void Session::unregister(const UnitHandle &unit) {
  impl_->unregister(unit);
}
void Session::forget(Entry &entry) {
  impl_->forget(entry);
}

llvm::Expected<void *> Session::stub(Entry &entry, Abi abi) {
  auto stub = impl_->stub(entry, abi);
  if (!stub)
    return stub.takeError();
  return (*stub)->address();
}

void *Session::address(const UnitHandle &unit, size_t index) const {
  Guard lock(impl_->mutex_);
  return index < unit->definitions.size() ? unit->definitions[index].spec : nullptr;
}

void *Session::allocate_cell(const void *value) {
  return impl_->cells->allocate(value);
}
void Session::release_cell(void *cell) {
  impl_->cells->release(cell);
}
CodeMap &Session::code_map() {
  return impl_->code_map;
}
const Stats &Session::stats() const {
  return impl_->stats;
}
const SessionOptions &Session::options() const {
  return impl_->options;
}
std::pair<uintptr_t, uintptr_t> Session::code_range() const {
  return impl_->slabs->code_range();
}

Session::MemoryUse Session::memory_use() const {
  Slabs::Use use = impl_->slabs->use();
  return {use.mapped, use.used, use.allocations, use.mappings};
}

} // namespace ligature
