// SPDX-License-Identifier: MIT
// Modules: names to bindings, with import, using, export and public.
//
// A Binding is what code holds on to: it is made once per name and module and never moves, so a load from it
// is all that reading a global costs. Code that relied on a binding's state is invalidated when that changes.
#pragma once

#include <string>

#include "jl/runtime/gc.h"
#include "jl/runtime/value.h"

namespace jl {

struct Module : Value {
  Symbol name;
  Module *parent; // itself for Main, Core, Base
  void *bindings; // Symbol -> Binding*, owned by module.cpp
  std::atomic<const GcVector<Module *> *>
      usings;                    // in order of `using`; replaced by longer ones: threads look there
  uint64_t hash;                 // from the path of names
  std::atomic<uint32_t> counter; // for gensym-like names within this module, in order of definition
};

namespace modules {
extern Module *Core, *Base, *Main;
}

Module *new_module(Symbol name, Module *parent, bool import_core, bool import_base);
/// The binding a name means in `module`: its own, imported, or found through `using` (resolving fixes it).
/// Null when there is none. When several modules in use export different things under the name, a warning is
/// printed once and there is none.
Binding *find_binding(Module *module, Symbol name);
/// The binding that an import points to; of any other, the binding itself.
inline Binding *owner_of(Binding *binding) {
  Binding *owner = binding->imported.load(std::memory_order_acquire);
  return owner ? owner : binding;
}
/// The binding to assign or define: made when missing. Throws ErrorException when the name is imported.
Binding *get_binding_for_write(Task *task, Module *module, Symbol name);
/// The binding that `function name end` or a method definition means: the module's own (made when missing),
/// or what `import` brought. Throws ErrorException for a name that has been used from elsewhere. Constructors
/// may be added to types without an import.
Binding *get_binding_for_method(Task *task, Module *module, Symbol name);
/// What is known of the name in this very module, imported or not; null when nothing is.
Binding *own_binding(Module *module, Symbol name);
/// For reads in code: a binding object that will receive the value when it gets defined.
Binding *get_binding_for_read(Module *module, Symbol name);
/// The value of a binding from get_binding_for_read, looking once more through `using` where it has none.
/// Throws UndefVarError.
Value *read_binding(Task *task, Binding *binding);
/// The value or null.
Value *global_value(Module *module, Symbol name);
/// The value of a global that the module itself owns, or null.
Value *own_global(Module *module, Symbol name);
void set_global(Task *task, Binding *binding, Value *value); // checks const and declared type
void set_const(Task *task, Binding *binding,
               Value *value); // throws on invalid redefinition, warns where Julia warns
/// As set_const, but takes the place of a module that is there already, with a warning: code is read again.
void set_module(Task *task, Binding *binding, Module *module);
/// `import from: name as alias`, `using from: ...`; and `using from`. What is not there, or means something
/// else in `into` already, gets a warning.
void import_name(Task *task, Module *into, Module *from, Symbol name, Symbol alias, bool explicit_import);
void use_module(Task *task, Module *into, Module *from);
void export_name(Module *module, Symbol name);
void public_name(Module *module, Symbol name);
bool is_name_exported(Module *module, Symbol name);
bool is_name_public(Module *module, Symbol name);
/// Every binding of the module, sorted by name.
void module_bindings(Module *module, GcVector<Binding *> &out);
/// All names, sorted. `all` includes those that are not exported, `imported` those of others.
void module_names(Module *module, bool all, bool imported, GcVector<Symbol> &out);
std::string module_path(Module *module); // "Main.A.B"

} // namespace jl
