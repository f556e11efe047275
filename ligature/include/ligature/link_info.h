// SPDX-License-Identifier: MIT
//
// What the names of a unit stand for: the half of a unit that survives its module. Plain data of interned
// names, every list in order of first use, so that it is a function of the source alone.
//
// Clients fill it in through UnitBuilder (unit.h); `link` reads it to rewrite the object's graph.
#pragma once

#include "ligature/entries.h"
#include "ligature/version.h"

#include <cstddef>
#include <cstdint>
#include <expected>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace ligature {

/// Index of an interned name; means something only with the NamePool it came from.
enum class NameId : uint32_t { None = ~0u };

/// Names in order of first use.
class LIGATURE_API NamePool {
public:
  NameId intern(std::string_view name);
  /// NameId::None if it was never interned.
  NameId find(std::string_view name) const;
  /// Empty for NameId::None. Valid as long as the pool.
  std::string_view operator[](NameId id) const;
  size_t size() const { return names_.size(); }
  /// Takes these over, while there are none; `text` holds them. Of two that are equal the first is found.
  void adopt(std::unique_ptr<const char[]> text, std::vector<std::string_view> names);

private:
  std::vector<std::string_view> names_;
  std::vector<std::unique_ptr<const char[]>> texts_; // of the names
  /// Looked up only, never iterated. Of adopted names it knows nothing until somebody interns another.
  std::unordered_map<std::string_view, NameId> ids_;
};

enum class DefinitionKind : uint8_t { Function, Adapter };

/// A function the unit defines for an entry, or an adapter to one.
struct Definition {
  Entry *entry = nullptr;
  Abi abi = Abi::Args;
  DefinitionKind kind = DefinitionKind::Function;
  NameId invoke_symbol = NameId::None; ///< wrapper, SpecSig only
  NameId spec_symbol = NameId::None;
  NameId display = NameId::None;   ///< base of its name in a session: "foo"
  NameId signature = NameId::None; ///< for readers: "foo(Int64)"; none if the function carries none
};

/// A function the unit calls through `symbol`, with exactly `abi`.
struct CallTarget {
  Entry *entry = nullptr;
  Abi abi = Abi::SpecSig;
  NameId symbol = NameId::None;
};

enum class SlotKind : uint8_t { Type, Function, Symbol, Other };

/// A pointer-sized cell that holds `value` and whose address is `symbol`.
struct Slot {
  const void *value = nullptr;
  SlotKind kind = SlotKind::Other;
  NameId symbol = NameId::None;
};

/// A foreign function, or with an empty library one of the process.
struct ForeignFunction {
  NameId library = NameId::None;
  NameId name = NameId::None;
  NameId symbol = NameId::None;
};

struct LinkInfo {
  NamePool names;
  std::vector<Definition> definitions;
  std::vector<CallTarget> call_targets;
  std::vector<Slot> slots;
  std::vector<ForeignFunction> foreign;
  /// Functions of the client's runtime: named the same in every session.
  std::vector<NameId> runtime;
  /// Method handles; a DISubprogram whose linkage name is "m3" belongs to positions[3].
  std::vector<const void *> positions;
  /// Holds whatever the pointers above refer to until the unit is unlinked. Not serialised.
  std::vector<std::shared_ptr<void>> keep_alive;

  std::string_view name(NameId id) const { return names[id]; }
};

/// Link info as bytes. Client pointers (entries, slot values, methods) are left out: `pointers` has each
/// once, in order of first use, and the bytes refer to them by their ordinal.
struct SerialisedLinkInfo {
  std::vector<std::byte> bytes;
  std::vector<const void *> pointers;
};
LIGATURE_API SerialisedLinkInfo write_link_info(const LinkInfo &info);

/// The reverse, with this session's `pointers` for the ordinals. Any damage is an error, never a crash.
LIGATURE_API std::expected<LinkInfo, std::string> read_link_info(std::span<const std::byte> bytes,
                                                                 std::span<const void *const> pointers);

/// Deterministic text, without addresses.
LIGATURE_API std::string print_link_info(const LinkInfo &info);

} // namespace ligature
