// SPDX-License-Identifier: MIT
#include "base/fatal.h"
#include "linker/flat_code.h"
#include "linker/impl.h"
#include "linker/traced.h"

#include <algorithm>

namespace ligature {

LinkedUnit::~LinkedUnit() {
  if (linker)
    linker->drop(*this);
}

std::vector<LinkedUnit::Defined *> LinkedUnit::owned_functions() {
  std::vector<Defined *> owned;
  for (Defined &defined : definitions)
    if (defined.owns_function())
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

Linker::Impl::Impl(LinkerOptions given, LinkClient &client) : options(std::move(given)), client(client) {}

Result<void> Linker::Impl::start() {
  if (options.debugger == DebuggerSupport::WhenTraced)
    options.debugger = is_traced() ? DebuggerSupport::Always : DebuggerSupport::Never;
  bool private_code = options.debugger == DebuggerSupport::Always || options.perf == PerfSupport::Map;
  auto created = Slabs::create({options.reserve_bytes, options.anchor, private_code});
  if (!created)
    return std::unexpected(created.error());
  slabs = std::move(*created);
  cells =
      std::make_unique<CellPool>(*slabs, [this](void *begin, void *end) { client.cells_mapped(begin, end); });
  stub_maker_ = std::make_unique<StubMaker>(*slabs, *this);
  if (auto prepared = stub_maker_->prepare(); !prepared)
    return std::unexpected(prepared.error());
  return make_listeners();
}

Linker::Impl::~Impl() {
  pool_ = nullptr; // finishes what is queued
  records_.clear();
  // Handles that outlive the linker are left empty. Entries are not touched: they may be gone already. What
  // a unit kept alive may hold other units, so nothing is given back under the lock.
  for (;;) {
    LinkedUnit *unit;
    {
      Guard lock(units_mutex_);
      if (!units_)
        return;
      unit = units_;
      leave_list_locked(*unit);
    }
    std::vector<std::shared_ptr<void>> kept = std::move(unit->keep_alive);
    give_back(*unit);
    unit->code = nullptr; // what it is made from may be this linker's
    unit->linker = nullptr;
  }
}

UnitHandle Linker::Impl::new_unit(LinkInfo info, std::unique_ptr<UnitCode> code) {
  std::vector<LinkedUnit::Defined> definitions;
  definitions.reserve(info.definitions.size());
  std::string_view title;
  for (const Definition &definition : info.definitions) {
    LinkedUnit::Defined &defined = definitions.emplace_back();
    defined.entry = definition.entry;
    defined.abi = definition.abi;
    defined.kind = definition.kind;
    defined.has_wrapper = definition.invoke_symbol != NameId::None;
    if (definitions.size() == 1)
      title = info.name(definition.signature == NameId::None ? definition.display : definition.signature);
  }
  UnitHandle unit = new_unit(std::move(definitions), title, std::move(code));
  unit->info = std::move(info);
  return unit;
}

UnitHandle Linker::Impl::new_unit(std::vector<LinkedUnit::Defined> definitions, std::string_view title,
                                  std::unique_ptr<UnitCode> code) {
  auto unit = std::make_shared<LinkedUnit>(*this);
  unit->definitions = std::move(definitions);
  unit->title = title;
  unit->code = std::move(code);
  Guard lock(units_mutex_);
  unit->next = units_;
  if (units_)
    units_->previous = unit.get();
  units_ = unit.get();
  return unit;
}

void Linker::Impl::add(const UnitHandle &unit) {
  ++stats.units_added;
  Guard lock(mutex_);
  claim_locked(unit);
}

Result<void> Linker::Impl::link(const UnitHandle &unit) {
  if (Result<void> linked = materialize(unit); !linked)
    return linked;
  for (const LinkedUnit::Defined &defined : unit->definitions) {
    if (defined.owned || !defined.entry)
      continue;
    Result<bool> published = require(*defined.entry);
    if (!published)
      return std::unexpected(published.error());
    if (!*published)
      return std::unexpected("'" + unit->title + "' is defined by a unit that failed or was unlinked");
  }
  return {};
}

void Linker::Impl::enqueue(UnitHandle unit, std::function<void(Result<void>)> done) {
  pool().run([this, unit = std::move(unit), done = std::move(done)] {
    Result<void> linked = materialize(unit);
    if (done)
      done(std::move(linked)); // else: every waiter is told
  });
}

ThreadPool &Linker::Impl::pool() {
  std::call_once(pool_once_, [this] {
    pool_ =
        std::make_unique<ThreadPool>(options.threads, ThreadPool::Hooks{[this] { client.thread_started(); },
                                                                        [this] { client.thread_stopped(); }});
  });
  return *pool_;
}

void Linker::Impl::give_back(LinkedUnit &unit) {
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

void Linker::Impl::leave_list_locked(LinkedUnit &unit) {
  if (!unit.previous && units_ != &unit)
    return; // it left before
  (unit.previous ? unit.previous->next : units_) = unit.next;
  if (unit.next)
    unit.next->previous = unit.previous;
  unit.previous = unit.next = nullptr;
}

void Linker::Impl::drop(LinkedUnit &unit) {
  {
    Guard lock(units_mutex_);
    leave_list_locked(unit);
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

Linker::Linker(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Linker::~Linker() = default;

void prepare_process() {
  Slabs::register_process();
}

std::expected<std::shared_ptr<Linker>, std::string> Linker::create(LinkerOptions options,
                                                                   LinkClient &client) {
  auto impl = std::make_unique<Impl>(std::move(options), client);
  if (Result<void> started = impl->start(); !started)
    return std::unexpected(started.error());
  return std::shared_ptr<Linker>(new Linker(std::move(impl)));
}

std::expected<UnitHandle, std::string> Linker::add_flat(std::span<const void *const> pointers,
                                                        std::span<const std::byte> flat,
                                                        std::shared_ptr<const void> holder) {
  auto unit = flat_unit(*impl_, pointers, flat, std::move(holder));
  if (unit)
    impl_->add(*unit);
  else
    ++impl_->stats.flat_damaged;
  return unit;
}

std::expected<UnitHandle, std::string> Linker::link_flat(std::span<const void *const> pointers,
                                                         std::span<const std::byte> flat,
                                                         std::shared_ptr<const void> holder) {
  auto unit = add_flat(pointers, flat, std::move(holder));
  if (unit)
    if (Result<void> linked = impl_->link(*unit); !linked)
      return std::unexpected(linked.error());
  return unit;
}

std::expected<void, std::string> Linker::materialize(const UnitHandle &unit) {
  return impl_->materialize(unit);
}
void Linker::enqueue(UnitHandle unit, std::function<void(std::expected<void, std::string>)> done) {
  impl_->enqueue(std::move(unit), std::move(done));
}
std::expected<bool, std::string> Linker::require(Entry &entry) {
  return impl_->require(entry);
}
std::expected<void *, std::string> Linker::callable(Entry &entry, Abi abi) {
  return impl_->callable(entry, abi);
}
bool Linker::publish(Entry &entry, const Publication &code) {
  return impl_->publish(entry, code);
}
bool Linker::replace(Entry &entry, void *from, void *to) {
  return impl_->replace(entry, from, to);
}
void Linker::unlink(UnitHandle unit) {
  impl_->unlink(std::move(unit));
}
void Linker::unregister(const UnitHandle &unit) {
  impl_->unregister(unit);
}
void Linker::forget(Entry &entry) {
  impl_->forget(entry);
}

std::expected<void *, std::string> Linker::stub(Entry &entry, Abi abi) {
  auto stub = impl_->stub(entry, abi);
  if (!stub)
    return std::unexpected(stub.error());
  return (*stub)->address();
}

void *Linker::address(const UnitHandle &unit, size_t index) const {
  Guard lock(impl_->mutex_);
  return index < unit->definitions.size() ? unit->definitions[index].spec : nullptr;
}

void *Linker::allocate_cell(const void *value) {
  return impl_->cells->allocate(value);
}
void Linker::release_cell(void *cell) {
  impl_->cells->release(cell);
}
void Linker::before_fork() {
  impl_->slabs->before_fork();
}
void Linker::after_fork(ForkSide side) {
  if (side == ForkSide::Parent)
    impl_->slabs->after_fork_in_parent();
  else
    impl_->slabs->after_fork_in_child();
}
void Linker::add_listener(std::shared_ptr<CodeListener> listener) {
  impl_->add_listener(std::move(listener), Impl::Position::Last);
}
CodeMap &Linker::code_map() {
  return impl_->code_map;
}
const Stats &Linker::stats() const {
  return impl_->stats;
}
const LinkerOptions &Linker::options() const {
  return impl_->options;
}
std::pair<uintptr_t, uintptr_t> Linker::code_range() const {
  return impl_->slabs->code_range();
}

Linker::MemoryUse Linker::memory_use() const {
  Slabs::Use use = impl_->slabs->use();
  return {use.mapped, use.used, use.allocations, use.mappings};
}

} // namespace ligature
