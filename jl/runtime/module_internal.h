// SPDX-License-Identifier: MIT
// What module.cpp and module_import.cpp share: the table of bindings and its upkeep is in the first, import
// and using in the second. Nobody else includes this.
#pragma once

#include <atomic>
#include <string>

#include "jl/runtime/module.h"

namespace jl {

/// The module's own binding of that name, made when missing.
Binding *make_own_binding(Module *module, Symbol name);
/// The owner's binding of a name that a module in use exports; null when there is none, or when they disagree
/// (with a warning).
Binding *find_through_usings(Module *module, Symbol name);
/// Binding::is_declared. Any thread: several may define things in one module at a time, while others look
/// there.
inline void declare(Binding *binding) {
  std::atomic_ref(binding->is_declared).store(true, std::memory_order_relaxed);
}
inline bool is_declared(const Binding *binding) {
  return std::atomic_ref(const_cast<bool &>(binding->is_declared)).load(std::memory_order_relaxed);
}
/// "Main.A.x".
std::string binding_path(const Binding *binding);
/// "WARNING: ..." on standard error.
void warn(const std::string &message);
/// Invalidates code that relied on the binding's state, if there is any.
void invalidate_if_used(Binding *binding);

} // namespace jl
