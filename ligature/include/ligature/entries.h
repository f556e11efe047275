// SPDX-License-Identifier: MIT
//
// An entry is one function as the session knows it: what a client embeds in its own object for it
// (Julia's code instance has one as a member) and what callers read to enter its code.
//
// This header holds the publication protocol (docs/publication.md): how an address and the ABI it has
// are made visible together, and how a reader gets them without ever combining two publications.
// It needs no LLVM; who compiles and links what is published here is session.h's business.
#pragma once

#include <atomic>
#include <cstdint>
#include <optional>

namespace ligature {

/// How the address in `specptr` is called. Only `Args` and `SpecSig` are legal for call targets.
enum class Abi : uint8_t {
  Args,        ///< specptr(callee, args, count)
  Const,       ///< no code: the result is a constant that the client keeps
  SParam,      ///< specptr(callee, args, count, static parameters)
  Interpreted, ///< no code: the client interprets
  SpecSig,     ///< specptr has its own signature; `invoke` is a wrapper of that one function
};

/// "args", "const", "sparam", "interpreted", "specsig".
const char *abi_name(Abi abi);

enum class EntryState : uint8_t { NotCompiled, Waiting, Published };

/// What a client embeds. All zero is a valid entry that is not compiled. May not move or be copied once
/// a session has seen it; `Session::forget` must be called before its memory is used for anything else.
struct Entry {
  /// Enters the function with the client's generic calling convention, or null.
  std::atomic<void *> invoke{nullptr};
  /// Code with the ABI that `invoke` stands for; read it through `read_published`.
  std::atomic<void *> specptr{nullptr};
  /// `kSpecialised`, `kInvokeMatches`.
  std::atomic<uint8_t> flags{0};
  /// Belongs to the session.
  std::atomic<void *> session_record{nullptr};

  static constexpr uint8_t kSpecialised = 1;   ///< specptr has the ABI SpecSig
  static constexpr uint8_t kInvokeMatches = 2; ///< invoke and specptr are of one publication

  Entry() = default;
  Entry(const Entry &) = delete;
  Entry &operator=(const Entry &) = delete;
};

/// The client's special `invoke` addresses: one shim per ABI that has no wrapper of its own, and the one
/// that an entry has while its code is on the way. The client fills this in once and passes it around.
struct InvokeAddresses {
  void *args = nullptr;        ///< calls specptr as Args
  void *constant = nullptr;    ///< returns the client's constant
  void *sparam = nullptr;      ///< calls specptr as SParam
  void *interpreted = nullptr; ///< runs the client's interpreter
  void *waiting = nullptr;     ///< compiles if nobody else does, else waits; then calls again

  /// Which ABI an invoke pointer stands for; nothing for null and for `waiting`.
  std::optional<Abi> abi_of_invoke(const void *invoke) const;
  /// The reverse; null for SpecSig, whose wrappers are one per function.
  void *invoke_of_abi(Abi abi) const;
};

/// One consistent view of a published entry.
struct Publication {
  Abi abi = Abi::Args;
  void *invoke = nullptr;  ///< ignored when publishing anything but SpecSig
  void *specptr = nullptr; ///< null for Const and Interpreted
};

/// Makes `code` what callers of `entry` enter. False if another publication came first (then that one
/// stands, and the caller's code is simply not used). An Interpreted or Const entry may later be
/// published once more, with code. Any thread.
bool publish(Entry &entry, const InvokeAddresses &addresses, const Publication &code);

/// The current publication, or nothing while there is none. Wait-free but for the few instructions in
/// which another thread is between its two stores. Any thread.
std::optional<Publication> read_published(const Entry &entry, const InvokeAddresses &addresses);

EntryState entry_state(const Entry &entry, const InvokeAddresses &addresses);

/// NotCompiled -> Waiting; false if the entry was in another state.
bool mark_waiting(Entry &entry, const InvokeAddresses &addresses);

/// Waiting -> NotCompiled, as when the unit that was to define it failed; false in another state.
bool clear_waiting(Entry &entry, const InvokeAddresses &addresses);

/// Swaps the code of a published entry for an equivalent function with the same ABI.
/// False if `from` is no longer what is published.
bool replace_equivalent(Entry &entry, void *from, void *to);

/// Back to NotCompiled. No thread may be reading the entry or running its code.
void unpublish(Entry &entry);

} // namespace ligature
