// SPDX-License-Identifier: MIT
// Interned names.
//
// Every identifier, operator and keyword argument name of a Julia program is one `Symbol`: a handle
// as big as a pointer to an immortal record, so that equality is a pointer comparison. The record
// carries what later stages want without another table: the text, a hash of the text (the same in
// every process) and a slot for the runtime's own Symbol object. Nothing here orders by address:
// `operator<` compares text, so sorted output is the same in every run.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <string_view>

namespace jl {

/// What a Symbol points to. Immortal; never moved. Everything but `runtime` is constant.
struct SymbolRecord {
  uint64_t hash;         ///< deterministic hash of `text`, see hash_text()
  std::string_view text; ///< zero-terminated just past its end
  /// Free for the runtime: its heap object of this symbol, or null. Lives in memory that no garbage
  /// collector scans, so whoever stores an object here keeps it alive by other means.
  mutable std::atomic<void *> runtime;
};

/// Deterministic 64-bit hash of the bytes of `text`; same in every process and on every machine.
uint64_t hash_text(std::string_view text);

/// An interned name. Trivially copyable; null when default-constructed.
class Symbol {
public:
  constexpr Symbol() = default;
  explicit constexpr Symbol(const SymbolRecord *record) : record_(record) {}

  /// The symbol of `text` (any bytes). Thread-safe; `text` need not outlive the call.
  static Symbol intern(std::string_view text);

  std::string_view text() const { return record_->text; }
  const char *c_str() const { return record_->text.data(); }
  uint64_t hash() const { return record_->hash; }
  const SymbolRecord *record() const { return record_; }
  explicit operator bool() const { return record_ != nullptr; }

  friend bool operator==(Symbol, Symbol) = default;
  /// By text, bytewise: never by address.
  friend bool operator<(Symbol a, Symbol b) { return a.text() < b.text(); }

private:
  const SymbolRecord *record_ = nullptr;
};

} // namespace jl

template <> struct std::hash<jl::Symbol> {
  size_t operator()(jl::Symbol symbol) const { return symbol ? symbol.hash() : 0; }
};
