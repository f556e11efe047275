// SPDX-License-Identifier: MIT
// import, using, export, public, and the search through modules in use.
#include <algorithm>
#include <ranges>

#include "jl/runtime/module_internal.h"

namespace jl {

// --- Searching modules in use ---

namespace {

/// Searches under way on this thread: modules that use each other must not search for ever.
struct Search {
  Module *module;
  Symbol name;
  const Search *outer;
};
thread_local const Search *searches = nullptr;

bool is_searched(Module *module, Symbol name) {
  for (const Search *s = searches; s; s = s->outer)
    if (s->module == module && s->name == name)
      return true;
  return false;
}

bool is_defined(const Binding *binding) {
  return binding && (binding->is_declared || binding->value.load(std::memory_order_acquire));
}

/// Two constants of one value are no conflict.
bool agree(const Binding *a, const Binding *b) {
  return a == b || (a->is_const && b->is_const && a->value.load() == b->value.load());
}

/// What `from` exports under `name`, where that is something.
Binding *exported_binding(Module *from, Symbol name) {
  Binding *own = own_binding(from, name);
  if (!own || !own->is_exported)
    return nullptr;
  Binding *owner = find_binding(from, name);
  return is_defined(owner) ? owner : nullptr;
}

void warn_of_conflict(Module *module, Symbol name, Module *first, Module *second) {
  Binding *own = make_own_binding(module, name);
  if (own->conflict_reported.exchange(true))
    return;
  warn("both " + module_path(first) + " and " + module_path(second) + " export \"" +
       std::string(name.text()) + "\"; uses of it in module " + module_path(module) + " must be qualified");
}

Binding *search(Module *module, Symbol name) {
  Binding *found = nullptr;
  Module *found_in = nullptr;
  const GcVector<Module *> &usings = *module->usings.load(std::memory_order_acquire);
  for (Module *from : std::views::reverse(usings)) { // the newest first
    Binding *candidate = exported_binding(from, name);
    if (!candidate)
      continue;
    if (found && !agree(found, candidate)) {
      warn_of_conflict(module, name, found_in, from);
      return nullptr;
    }
    found = candidate;
    found_in = from;
  }
  return found;
}

} // namespace

Binding *find_through_usings(Module *module, Symbol name) {
  if (is_searched(module, name))
    return nullptr;
  Search here = {module, name, searches};
  searches = &here;
  Binding *found = search(module, name);
  searches = here.outer;
  return found;
}

// --- Bringing names in ---

static std::string name_path(Module *module, Symbol name) {
  return module_path(module) + "." + std::string(name.text());
}

/// Why `own` cannot become an import of `owner`, as Julia words it; empty when it can.
static std::string import_conflict(const Binding *own, const Binding *owner, const std::string &what) {
  const Binding *known = own->imported;
  if (known && known != owner && !agree(known, owner))
    return "ignoring conflicting import of " + what;
  if (!known && is_defined(own))
    return "import of " + what + " conflicts with an existing identifier; ignored.";
  return "";
}

void import_name(Task *task, Module *into, Module *from, Symbol name, Symbol alias, bool explicit_import) {
  std::string what = name_path(from, name) + " into " + module_path(into);
  Binding *owner = find_binding(from, name);
  if (!owner)
    return warn("could not import " + what);
  Binding *own = make_own_binding(into, alias);
  if (own == owner)
    return;
  if (std::string conflict = import_conflict(own, owner, what); !conflict.empty())
    return warn(conflict);
  own->imported = owner;
  if (explicit_import)
    own->is_explicit = true;
  invalidate_if_used(own);
}

/// A name that `from` exports has another meaning in `into` already, or code relied on its having none.
static void notice_new_name(Module *into, Module *from, Binding *exported) {
  Binding *own = own_binding(into, exported->name);
  if (!own)
    return;
  if (!own->imported && !is_defined(own))
    return invalidate_if_used(own);
  Binding *meant = owner_of(own);
  Binding *offered = find_binding(from, exported->name);
  if (offered && offered->module != into && !agree(meant, offered))
    warn("using " + name_path(from, exported->name) + " in module " + module_path(into) +
         " conflicts with an existing identifier.");
}

void use_module(Task *task, Module *into, Module *from) {
  const GcVector<Module *> &usings = *into->usings.load(std::memory_order_acquire);
  if (into == from || std::ranges::find(usings, from) != usings.end())
    return;
  GcVector<Binding *> bindings;
  module_bindings(from, bindings);
  for (Binding *binding : bindings)
    if (binding->is_exported && binding->name != from->name)
      notice_new_name(into, from, binding);
  add_using(into, from);
}

// --- Giving names out ---

void export_name(Module *module, Symbol name) {
  Binding *own = make_own_binding(module, name);
  own->is_exported = own->is_public = true;
}

void public_name(Module *module, Symbol name) {
  make_own_binding(module, name)->is_public = true;
}

bool is_name_exported(Module *module, Symbol name) {
  Binding *own = own_binding(module, name);
  return own && own->is_exported;
}

bool is_name_public(Module *module, Symbol name) {
  Binding *own = own_binding(module, name);
  return own && own->is_public;
}

void module_names(Module *module, bool all, bool imported, GcVector<Symbol> &out) {
  GcVector<Binding *> bindings;
  module_bindings(module, bindings);
  for (Binding *binding : bindings) {
    bool is_own = !binding->imported && is_defined(binding) && (all || module == modules::Main);
    bool is_listed = binding->is_public || is_own || (imported && binding->imported && binding->is_explicit);
    std::string_view name = binding->name.text();
    if (is_listed && (all ? !name.starts_with("#ordinal#") : !name.starts_with("#")))
      out.push_back(binding->name);
  }
}

} // namespace jl
