// SPDX-License-Identifier: MIT
//
// Which unit owns which entry, what of an entry can be called, and how all of it is forgotten.
#include "base/fatal.h"
#include "linker/impl.h"

#include <utility>

namespace ligature {

EntryRecord &Linker::Impl::record_locked(Entry &entry) {
  EntryRecord &record = records_[&entry]; // the map never moves its values
  entry.session_record.store(&record, std::memory_order_relaxed);
  return record;
}

/// Claiming, registering and marking as waiting are one critical section: nobody sees an entry that is
/// waiting with no unit to wait for.
void Linker::Impl::claim_locked(const UnitHandle &unit) {
  for (LinkedUnit::Defined &defined : unit->definitions) {
    if (defined.kind == DefinitionKind::Adapter) {
      defined.owned = true;
      continue;
    }
    EntryRecord &record = record_locked(*defined.entry);
    auto published = read_published(*defined.entry, options.invokes);
    bool has_code = published && published->abi != Abi::Interpreted;
    if (record.owner || has_code) {
      ++stats.losing_copies;
      continue;
    }
    record.owner = unit;
    defined.owned = true;
    mark_waiting(*defined.entry, options.invokes);
  }
}

bool Linker::Impl::publish_locked(Entry &entry, const Publication &code) {
  if (!ligature::publish(entry, options.invokes, code))
    return false;
  heal_stubs_locked(entry);
  return true;
}

void Linker::Impl::heal_stubs_locked(Entry &entry) {
  EntryRecord &record = record_locked(entry);
  for (Abi abi : {Abi::Args, Abi::SpecSig}) {
    UnitHandle holder;
    LazyStub *stub = record.stubs[EntryRecord::index(abi)].get();
    if (void *target = stub ? target_locked(entry, abi, holder, nullptr) : nullptr)
      stats.stubs_healed += stub->heal(target);
  }
}

bool Linker::Impl::publish(Entry &entry, const Publication &code) {
  Guard lock(mutex_);
  return publish_locked(entry, code);
}

bool Linker::Impl::replace(Entry &entry, void *from, void *to) {
  Guard lock(mutex_);
  if (!replace_equivalent(entry, from, to))
    return false;
  heal_stubs_locked(entry);
  return true;
}

void *Linker::Impl::target_locked(Entry &entry, Abi abi, UnitHandle &holder, std::string *name) {
  auto published = read_published(entry, options.invokes);
  if (!published)
    return nullptr;
  EntryRecord &record = record_locked(entry);
  bool wrapper = options.wrappers_are_args && abi == Abi::Args && published->abi == Abi::SpecSig;
  if (published->abi == abi || wrapper) {
    if (const LinkedUnit::Defined *defined =
            record.owner ? record.owner->defined_at(published->specptr) : nullptr) {
      holder = record.owner;
      if (name)
        *name = wrapper ? defined->name + ".boxed" : defined->name;
    }
    return wrapper ? published->invoke : published->specptr;
  }
  holder = record.adapters[EntryRecord::index(abi)];
  if (!holder)
    return nullptr;
  if (name)
    *name = holder->definitions.front().name;
  return holder->definitions.front().spec;
}

Result<std::shared_ptr<LazyStub>> Linker::Impl::stub_locked(Entry &entry, Abi abi) {
  std::shared_ptr<LazyStub> &stub = record_locked(entry).stubs[EntryRecord::index(abi)];
  if (stub)
    return stub;
  auto made = stub_maker_->make(entry, abi);
  if (!made)
    return std::unexpected(made.error());
  stub = std::move(*made);
  ++stats.lazy_stubs_made;
  return stub;
}

Result<std::shared_ptr<LazyStub>> Linker::Impl::stub(Entry &entry, Abi abi) {
  Guard lock(mutex_);
  auto stub = stub_locked(entry, abi);
  UnitHandle holder;
  if (stub)
    if (void *target = target_locked(entry, abi, holder, nullptr))
      stats.stubs_healed += (*stub)->heal(target);
  return stub;
}

void *Linker::Impl::resolve(LazyStub &stub) {
  ++stats.lazy_calls;
  Entry *entry = stub.entry();
  if (!entry)
    fatal("linker: a call reached an entry that was forgotten");
  // Nothing here needs unwinding: the client may leave by longjmp.
  void *target = client.compile_for_call(*entry, stub.abi());
  if (!target)
    fatal("linker: the client has no code for a call that it was to make possible");
  stats.stubs_healed += stub.heal_if_lazy(target);
  return target;
}

UnitHandle Linker::Impl::owner_of(Entry &entry) {
  Guard lock(mutex_);
  auto found = records_.find(&entry);
  return found == records_.end() ? nullptr : found->second.owner;
}

Result<bool> Linker::Impl::require(Entry &entry) {
  for (;;) {
    UnitHandle owner = owner_of(entry);
    if (!owner)
      return entry_state(entry, options.invokes) == EntryState::Published;
    Result<void> linked = materialize(owner);
    if (linked)
      return true;
    if (!owner->gone())
      return std::unexpected(linked.error());
    // Unlinked meanwhile: no longer the owner.
  }
}

Result<void *> Linker::Impl::callable(Entry &entry, Abi abi) {
  if (abi != Abi::Args && abi != Abi::SpecSig)
    return std::unexpected(std::string("ABI ") + abi_name(abi) +
                           " cannot be called; only args and specsig can");
  for (;;) {
    {
      Guard lock(mutex_);
      UnitHandle holder;
      if (void *target = target_locked(entry, abi, holder, nullptr))
        return target;
    }
    if (entry_state(entry, options.invokes) != EntryState::Published)
      return nullptr;
    auto adapter = make_adapter(entry, abi);
    if (!adapter)
      return std::unexpected(adapter.error());
    Guard lock(mutex_);
    UnitHandle &known = record_locked(entry).adapters[EntryRecord::index(abi)];
    if (!known)
      known = std::move(*adapter); // else another thread was faster; ours goes
  }
}

void Linker::Impl::set_adapter_maker(std::shared_ptr<AdapterMaker> maker) {
  Guard lock(adapter_mutex_);
  adapter_maker_.swap(maker);
}

std::shared_ptr<Linker::Impl::AdapterMaker> Linker::Impl::adapter_maker() {
  {
    Guard lock(adapter_mutex_);
    if (adapter_maker_ || !options.need_session)
      return adapter_maker_;
  }
  options.need_session();
  Guard lock(adapter_mutex_);
  return adapter_maker_;
}

UnitHandle Linker::Impl::kept_adapter(Entry &entry, Abi abi) {
  UnitHandle unit = client.find_adapter(entry, abi);
  if (!unit || unit->definitions.size() != 1)
    return nullptr;
  const LinkedUnit::Defined &only = unit->definitions.front();
  bool right = only.kind == DefinitionKind::Adapter && only.entry == &entry && only.abi == abi;
  return right && materialize(unit) ? unit : nullptr;
}

Result<UnitHandle> Linker::Impl::make_adapter(Entry &entry, Abi abi) {
  if (UnitHandle kept = kept_adapter(entry, abi))
    return kept;
  std::shared_ptr<AdapterMaker> maker = adapter_maker();
  if (!maker)
    return std::unexpected(std::string("no adapter to ABI ") + abi_name(abi) +
                           " can be made: there is no session that emits one");
  Result<UnitHandle> handle = (*maker)(entry, abi);
  if (!handle)
    return handle;
  if (Result<void> linked = materialize(*handle); !linked)
    return std::unexpected(linked.error());
  ++stats.adapters_made;
  return handle;
}

void Linker::Impl::disown_locked(const LinkedUnit &unit, Entry &entry, std::vector<UnitHandle> &dropped) {
  EntryRecord &record = record_locked(entry);
  if (record.owner.get() == &unit)
    dropped.push_back(std::exchange(record.owner, nullptr));
  for (UnitHandle &adapter : record.adapters)
    dropped.push_back(std::exchange(adapter, nullptr)); // its code ends in this unit's
  for (auto &stub : record.stubs)
    if (stub)
      stub->unheal();
}

/// The entry's memory may become something else from here on.
static void forget_stubs(EntryRecord &record) {
  for (auto &stub : record.stubs)
    if (stub)
      stub->forget_entry();
}

void Linker::Impl::unregister(const UnitHandle &unit) {
  std::vector<UnitHandle> dropped; // destroyed after the locks
  Guard settled(unit->mutex);
  settle(*unit, settled);
  Guard lock(mutex_);
  for (LinkedUnit::Defined *defined : unit->owned_functions()) {
    disown_locked(*unit, *defined->entry, dropped);
    forget_stubs(record_locked(*defined->entry));
    records_.erase(defined->entry);
    defined->entry->session_record = nullptr;
    defined->entry = nullptr;
  }
}

void Linker::Impl::unlink(UnitHandle unit) {
  std::vector<UnitHandle> dropped; // destroyed after the locks
  {
    Guard settled(unit->mutex);
    settle(*unit, settled);
    unit->state = LinkedUnit::State::Gone;
    Guard lock(mutex_);
    for (LinkedUnit::Defined *defined : unit->owned_functions()) {
      disown_locked(*unit, *defined->entry, dropped);
      auto published = read_published(*defined->entry, options.invokes);
      if (published && published->specptr == defined->spec)
        unpublish(*defined->entry);
      else
        clear_waiting(*defined->entry, options.invokes);
      defined->owned = false;
    }
  }
  ++stats.units_unlinked;
}

/// The record, for destroying after the locks.
EntryRecord Linker::Impl::forget_locked(Entry &entry) {
  entry.session_record = nullptr;
  auto found = records_.find(&entry);
  if (found == records_.end())
    return {};
  EntryRecord record = std::move(found->second);
  records_.erase(found);
  forget_stubs(record);
  if (!record.owner)
    return record;
  clear_waiting(entry, options.invokes); // nobody will publish it
  for (LinkedUnit::Defined &defined : record.owner->definitions)
    if (defined.entry == &entry)
      defined.entry = nullptr;
  for (uintptr_t begin : record.owner->code_ranges)
    if (const CodeRange *range = code_map.find(begin); range && range->entry == &entry)
      range->entry.store(nullptr);
  return record;
}

void Linker::Impl::forget(Entry &entry) {
  if (!entry.session_record.load())
    return;            // never seen: a collector's finaliser takes no lock for it
  EntryRecord dropped; // destroyed after the locks
  while (UnitHandle owner = owner_of(entry)) {
    Guard settled(owner->mutex);
    settle(*owner, settled);
    Guard lock(mutex_);
    if (record_locked(entry).owner != owner)
      continue; // unlinked meanwhile, or another's by now
    dropped = forget_locked(entry);
    return;
  }
  Guard lock(mutex_);
  dropped = forget_locked(entry);
}

} // namespace ligature
