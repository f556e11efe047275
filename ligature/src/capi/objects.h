// SPDX-License-Identifier: MIT
//
// What the opaque pointers of the C API point to, and how what the C++ API answers becomes what C is given.
#pragma once

#include "ligature-c/ligature.h"
#include "ligature/session.h"

#include <algorithm>
#include <cstring>
#include <exception>
#include <memory>
#include <string>
#include <utility>

/// Sessions hold the cache as well.
struct LigatureCache {
  std::shared_ptr<ligature::Cache> cache;
};

namespace ligature::capi {

/// From malloc, for ligature_free. Null only if there is no memory left for it.
char *copy_text(std::string_view text);

/// The error as text, or null for success.
char *text_of(llvm::Error error);

/// Runs what a function does that may fail; whatever goes wrong becomes its text.
template <typename Body> char *guarded(Body &&body) {
  try {
    return text_of(body());
  } catch (const std::exception &problem) {
    return copy_text(problem.what());
  } catch (...) {
    return copy_text("unknown exception");
  }
}

/// As much of an options structure as the caller's header knows of; the rest has what `init` gives.
template <typename Options> Options complete(const Options *given, void (*init)(Options *, size_t)) {
  Options options;
  init(&options, sizeof options);
  if (given)
    std::memcpy(&options, given, std::min(given->size, sizeof options));
  return options;
}

/// Writes as much of `filled` as the caller has room for, which is `filled.size`.
template <typename Options> void fill(Options *options, const Options &filled) {
  std::memset(options, 0, filled.size);
  std::memcpy(options, &filled, std::min(filled.size, sizeof filled));
}

inline Entry &entry_of(LigatureEntry *entry) {
  return *reinterpret_cast<Entry *>(entry);
}
inline const Entry &entry_of(const LigatureEntry *entry) {
  return *reinterpret_cast<const Entry *>(entry);
}
static_assert(sizeof(LigatureEntry) == sizeof(Entry) && alignof(LigatureEntry) >= alignof(Entry));
static_assert(offsetof(Entry, invoke) == 0);

inline Abi abi_of(LigatureAbi abi) {
  return static_cast<Abi>(abi);
}
static_assert(static_cast<int>(Abi::SpecSig) == LigatureAbiSpecSig &&
              static_cast<int>(Abi::Interpreted) == LigatureAbiInterpreted);

inline LigatureUnit *hand_out(Unit unit) {
  return reinterpret_cast<LigatureUnit *>(new Unit(std::move(unit)));
}
/// The unit behind the pointer, which is gone then.
inline Unit take(LigatureUnit *unit) {
  std::unique_ptr<Unit> taken(reinterpret_cast<Unit *>(unit));
  return std::move(*taken);
}
inline const Unit &look(const LigatureUnit *unit) {
  return *reinterpret_cast<const Unit *>(unit);
}

inline LigatureLinkedUnit *hand_out(UnitHandle handle) {
  return reinterpret_cast<LigatureLinkedUnit *>(new UnitHandle(std::move(handle)));
}
inline UnitHandle &handle_of(LigatureLinkedUnit *linked) {
  return *reinterpret_cast<UnitHandle *>(linked);
}

/// The session behind the C API's.
Session &session_of(LigatureSession *session);

/// What a C client says about code generation, and about a session.
CompileOptions compile_options(const LigatureOptions *options);
SessionOptions session_options(const LigatureOptions *options);

/// A range as C is shown it.
LigatureCode code_of(const CodeRange &range);

} // namespace ligature::capi
