// SPDX-License-Identifier: MIT
//
// Decides what each undefined symbol of one unit stands for in this session, while the unit is linked.
// What that takes hold of (cells, stubs, other units' code) is noted in the unit.
#pragma once

#include "session/impl.h"

#include <unordered_map>

namespace ligature {

class Binder {
public:
  Binder(Session::Impl &session, LinkedUnit &unit);
  llvm::Expected<Binding> bind(llvm::StringRef symbol);

private:
  llvm::Expected<Binding> bind_call(const CallTarget &target);
  /// Code that runs `entry` with `abi`, if there is some already.
  std::optional<Binding> bind_to_code_locked(Entry &entry, const CallTarget &target)
      REQUIRES(session_.mutex_);
  llvm::Expected<Binding> bind_slot(const Slot &slot);
  llvm::Expected<Binding> bind_foreign(const ForeignFunction &function);
  llvm::Expected<Binding> bind_runtime(llvm::StringRef name);
  const Definition *own_definition(const CallTarget &target) const;

  Session::Impl &session_;
  LinkedUnit &unit_;
  const LinkInfo &info_;
  enum class Kind : uint8_t { Call, Slot, Foreign };
  std::unordered_map<std::string_view, std::pair<Kind, size_t>> kinds_; // looked up, never iterated
};

} // namespace ligature
