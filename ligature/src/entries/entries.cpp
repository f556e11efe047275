// SPDX-License-Identifier: MIT
//
// The publication protocol, in the order that makes it work (docs/publication.md has the argument):
//
//   writer: claim specptr (CAS from null) - mark it specialised - release-store invoke - set "matches"
//   reader: acquire invoke - wait for "matches" - acquire specptr
//
// `invoke` says which ABI the code has, and it is stored only by the one writer that won `specptr`, so a
// reader that has seen both `invoke` and "matches" has seen one publication whole.
#include "ligature/entries.h"

namespace ligature {
namespace {

bool needs_code(Abi abi) {
  return abi == Abi::Args || abi == Abi::SParam || abi == Abi::SpecSig;
}

bool is_open(const void *invoke, const InvokeAddresses &addresses) {
  return !invoke || invoke == addresses.waiting;
}

/// Const and Interpreted have nothing but their shim, so one CAS publishes them.
bool publish_without_code(Entry &entry, const InvokeAddresses &addresses, Abi abi) {
  void *invoke = entry.invoke.load(std::memory_order_acquire);
  while (is_open(invoke, addresses)) {
    if (entry.specptr.load(std::memory_order_acquire))
      return false; // code is being published this moment
    if (entry.invoke.compare_exchange_weak(invoke, addresses.invoke_of_abi(abi), std::memory_order_release,
                                           std::memory_order_acquire))
      return true;
  }
  return false;
}

void pause() {
  __builtin_ia32_pause();
}

} // namespace

const char *abi_name(Abi abi) {
  switch (abi) {
  case Abi::Args:
    return "args";
  case Abi::Const:
    return "const";
  case Abi::SParam:
    return "sparam";
  case Abi::Interpreted:
    return "interpreted";
  case Abi::SpecSig:
    return "specsig";
  }
  return "?";
}

std::optional<Abi> InvokeAddresses::abi_of_invoke(const void *invoke) const {
  if (is_open(invoke, *this))
    return std::nullopt;
  if (invoke == args)
    return Abi::Args;
  if (invoke == constant)
    return Abi::Const;
  if (invoke == sparam)
    return Abi::SParam;
  if (invoke == interpreted)
    return Abi::Interpreted;
  return Abi::SpecSig;
}

void *InvokeAddresses::invoke_of_abi(Abi abi) const {
  switch (abi) {
  case Abi::Args:
    return args;
  case Abi::Const:
    return constant;
  case Abi::SParam:
    return sparam;
  case Abi::Interpreted:
    return interpreted;
  case Abi::SpecSig:
    return nullptr;
  }
  return nullptr;
}

bool publish(Entry &entry, const InvokeAddresses &addresses, const Publication &code) {
  if (!needs_code(code.abi))
    return publish_without_code(entry, addresses, code.abi);
  void *invoke = code.abi == Abi::SpecSig ? code.invoke : addresses.invoke_of_abi(code.abi);
  if (!code.specptr || !invoke)
    return false;
  void *none = nullptr;
  if (!entry.specptr.compare_exchange_strong(none, code.specptr, std::memory_order_acq_rel))
    return false;
  if (code.abi == Abi::SpecSig)
    entry.flags.fetch_or(Entry::kSpecialised, std::memory_order_release);
  entry.invoke.store(invoke, std::memory_order_release);
  entry.flags.fetch_or(Entry::kInvokeMatches, std::memory_order_release);
  return true;
}

std::optional<Publication> read_published(const Entry &entry, const InvokeAddresses &addresses) {
  void *invoke = entry.invoke.load(std::memory_order_acquire);
  std::optional<Abi> abi = addresses.abi_of_invoke(invoke);
  if (!abi)
    return std::nullopt;
  if (!needs_code(*abi))
    return Publication{*abi, invoke, nullptr};
  while (!(entry.flags.load(std::memory_order_acquire) & Entry::kInvokeMatches))
    pause(); // the writer is between its last two stores
  return Publication{*abi, invoke, entry.specptr.load(std::memory_order_acquire)};
}

EntryState entry_state(const Entry &entry, const InvokeAddresses &addresses) {
  void *invoke = entry.invoke.load(std::memory_order_acquire);
  if (!invoke)
    return EntryState::NotCompiled;
  return invoke == addresses.waiting ? EntryState::Waiting : EntryState::Published;
}

bool mark_waiting(Entry &entry, const InvokeAddresses &addresses) {
  void *none = nullptr;
  return entry.invoke.compare_exchange_strong(none, addresses.waiting, std::memory_order_acq_rel);
}

bool clear_waiting(Entry &entry, const InvokeAddresses &addresses) {
  void *waiting = addresses.waiting;
  return waiting && entry.invoke.compare_exchange_strong(waiting, nullptr, std::memory_order_acq_rel);
}

bool replace_equivalent(Entry &entry, void *from, void *to) {
  return from && to && entry.specptr.compare_exchange_strong(from, to, std::memory_order_acq_rel);
}

void unpublish(Entry &entry) {
  entry.invoke.store(nullptr, std::memory_order_release);
  entry.flags.store(0, std::memory_order_release);
  entry.specptr.store(nullptr, std::memory_order_release);
}

} // namespace ligature
