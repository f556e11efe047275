// SPDX-License-Identifier: MIT
// What module.cpp and module_import.cpp share: the table of bindings and its upkeep is in the first, import
// and using in the second. Nobody else includes this.
#pragma once

#include <string>

#include "jl/runtime/module.h"

namespace jl {

/// The module's own binding of that name, made when missing.
Binding *make_own_binding(Module *module, Symbol name);
/// The owner's binding of a name that a module in use exports; null when there is none, or when they disagree
/// (with a warning).
Binding *find_through_usings(Module *module, Symbol name);
/// Puts `from` behind the modules that `into` uses, if it is not one of them.
void add_using(Module *into, Module *from);
/// "Main.A.x".
std::string binding_path(const Binding *binding);
/// "WARNING: ..." on standard error.
void warn(const std::string &message);
/// Invalidates code that relied on the binding's state, if there is any.
void invalidate_if_used(Binding *binding);

} // namespace jl
