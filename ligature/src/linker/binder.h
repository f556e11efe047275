// SPDX-License-Identifier: MIT
//
// Decides what each undefined symbol of one unit stands for here, while the unit is linked.
// What that takes hold of (cells, stubs, other units' code) is noted in the unit.
#pragma once

#include "linker/impl.h"

#include <unordered_map>

namespace ligature {

class Binder {
public:
  Binder(Linker::Impl &linker, LinkedUnit &unit) : linker_(linker), unit_(unit), info_(unit.info) {}

  /// Nobody will look at the bindings' names: from now on they are empty.
  void leave_out_names() { makes_names_ = false; }

  /// By the name that link info explains, or one of the runtime.
  Result<Binding> bind(std::string_view symbol);
  // By what it is. `symbol` is what the unit calls it.
  /// The definition of (entry, abi) that the unit has itself: also when another unit owns it, for this copy
  /// is the same function.
  std::optional<size_t> own_definition(const Entry *entry, Abi abi) const;
  Result<Binding> bind_elsewhere(Entry &entry, Abi abi, std::string_view symbol);
  Result<Binding> bind_slot(const void *value, std::string_view symbol);
  Result<Binding> bind_foreign(std::string_view library, std::string_view name);
  Result<Binding> bind_runtime(std::string_view name);

private:
  /// Code that runs `entry` with `abi`, if there is some already.
  std::optional<Binding> bind_to_code_locked(Entry &entry, Abi abi, std::string_view symbol)
      REQUIRES(linker_.mutex_);
  void sort_names();
  template <class... Parts> std::string name_of(const Parts &...parts) const {
    std::string name;
    if (makes_names_)
      (name.append(parts), ...);
    return name;
  }
  Result<Binding> bind_call(const CallTarget &target);

  Linker::Impl &linker_;
  LinkedUnit &unit_;
  const LinkInfo &info_;
  bool makes_names_ = true;
  enum class Kind : uint8_t { Call, Slot, Foreign };
  std::unordered_map<std::string_view, std::pair<Kind, size_t>>
      kinds_; // since the first `bind`; looked up, never iterated
};

} // namespace ligature
