// SPDX-License-Identifier: MIT
// Bindings: finding, reading and assigning. What brings names in from elsewhere is in module_import.cpp.
#include "jl/runtime/module.h"

#include <algorithm>
#include <mutex>

#include "jl/runtime/exact.h"
#include "jl/runtime/exceptions.h"
#include "jl/runtime/io.h"
#include "jl/runtime/method.h"
#include "jl/runtime/module_internal.h"
#include "jl/runtime/runtime_lock.h"

namespace jl {

namespace modules {
Module *Core = nullptr, *Base = nullptr, *Main = nullptr;
}

// --- The table of a module ---

namespace {

/// Open addressing, at most half full. The binding holds its own name.
struct BindingTable {
  GcVector<Binding *> slots = GcVector<Binding *>(16);
  size_t used = 0;

  Binding *&slot(Symbol name) {
    size_t mask = slots.size() - 1;
    size_t i = name.hash() & mask;
    while (slots[i] && slots[i]->name != name)
      i = (i + 1) & mask;
    return slots[i];
  }

  void insert(Binding *binding) {
    if (++used * 2 > slots.size())
      grow();
    slot(binding->name) = binding;
  }

  void grow() {
    GcVector<Binding *> old(slots.size() * 2);
    old.swap(slots);
    for (Binding *binding : old)
      if (binding)
        slot(binding->name) = binding;
  }
};

/// Guards all tables. Held for single look-ups only, never while anything is thrown.
std::mutex &tables_lock() {
  static std::mutex mutex;
  return mutex;
}

BindingTable &table_of(Module *module) {
  return *static_cast<BindingTable *>(module->bindings);
}

Binding *new_binding(Module *module, Symbol name) {
  void **block = static_cast<void **>(gc_alloc_scanned(sizeof(void *) + sizeof(Binding)));
  block[0] = types::Binding_;
  auto *binding = new (block + 1) Binding();
  binding->type = types::Any;
  binding->module = module;
  binding->name = name;
  return binding;
}

} // namespace

Binding *own_binding(Module *module, Symbol name) {
  RuntimeLock lock(tables_lock());
  return table_of(module).slot(name);
}

Binding *make_own_binding(Module *module, Symbol name) {
  if (Binding *known = own_binding(module, name))
    return known;
  Binding *made = new_binding(module, name); // may throw, so before the lock
  RuntimeLock lock(tables_lock());
  BindingTable &table = table_of(module);
  if (Binding *known = table.slot(name))
    return known;
  table.insert(made);
  return made;
}

void module_bindings(Module *module, GcVector<Binding *> &out) {
  {
    RuntimeLock lock(tables_lock());
    for (Binding *binding : table_of(module).slots)
      if (binding)
        out.push_back(binding);
  }
  std::ranges::sort(out, [](Binding *a, Binding *b) { return a->name < b->name; });
}

// --- Modules ---

Module *new_module(Symbol name, Module *parent, bool import_core, bool import_base) {
  void **block = static_cast<void **>(gc_alloc_scanned(sizeof(void *) + sizeof(Module)));
  block[0] = types::Module_;
  auto *module = new (block + 1) Module();
  module->name = name;
  module->parent = parent ? parent : module;
  module->bindings = gc_new<BindingTable>();
  module->hash = (parent ? parent->hash * 0x9e3779b97f4a7c15 : 0) ^ name.hash();
  auto *usings = gc_new<GcVector<Module *>>();
  if (import_core && modules::Core)
    usings->push_back(modules::Core);
  if (import_base && modules::Base)
    usings->push_back(modules::Base);
  module->usings = usings;
  Binding *self = make_own_binding(module, name);
  self->value = module;
  self->is_const = self->is_exported = self->is_public = self->is_declared = true;
  return module;
}

void add_using(Module *into, Module *from) {
  RuntimeLock lock(tables_lock());
  const GcVector<Module *> &before = *into->usings.load(std::memory_order_acquire);
  if (std::ranges::find(before, from) != before.end())
    return;
  auto *usings = gc_new<GcVector<Module *>>(before);
  usings->push_back(from);
  into->usings.store(usings, std::memory_order_release);
}

std::string module_path(Module *module) {
  std::string name(module->name.text());
  return module->parent == module ? name : module_path(module->parent) + "." + name;
}

std::string binding_path(const Binding *binding) {
  return module_path(binding->module) + "." + std::string(binding->name.text());
}

void warn(const std::string &message) {
  write_fd(2, "WARNING: " + message + "\n");
}

// --- Finding ---

/// Has the name a meaning in its module without looking through `using`?
static bool is_resolved(const Binding *binding) {
  return binding &&
         (binding->imported || binding->is_declared || binding->value.load(std::memory_order_acquire));
}

/// Makes `own` mean what a module in use exports, unless it has got a meaning meanwhile.
static void import_unless_resolved(Binding *own, Binding *found) {
  RuntimeLock lock(tables_lock());
  if (!is_resolved(own))
    own->imported.store(found, std::memory_order_release);
}

/// Makes `own` mean something of its module; false when it has been imported.
static bool declare(Binding *own) {
  if (own->is_declared)
    return !own->imported;
  RuntimeLock lock(tables_lock());
  if (own->imported)
    return false;
  own->is_declared = true;
  return true;
}

Binding *find_binding(Module *module, Symbol name) {
  Binding *own = own_binding(module, name);
  if (is_resolved(own))
    return owner_of(own);
  Binding *found = find_through_usings(module, name);
  if (!found)
    return nullptr;
  own = make_own_binding(module, name);
  import_unless_resolved(own, found);
  invalidate_if_used(own);
  return owner_of(own);
}

Binding *get_binding_for_read(Module *module, Symbol name) {
  if (Binding *found = find_binding(module, name))
    return found;
  return make_own_binding(module, name);
}

Value *global_value(Module *module, Symbol name) {
  Binding *binding = find_binding(module, name);
  return binding ? binding->value.load(std::memory_order_acquire) : nullptr;
}

Value *own_global(Module *module, Symbol name) {
  Binding *binding = find_binding(module, name);
  return binding && binding->module == module ? binding->value.load(std::memory_order_acquire) : nullptr;
}

Value *read_binding(Task *task, Binding *binding) {
  if (Value *value = owner_of(binding)->value.load(std::memory_order_acquire))
    return value;
  if (Binding *found = find_binding(binding->module, binding->name))
    if (Value *value = found->value.load(std::memory_order_acquire))
      return value;
  throw_undef_var(task, binding->name, binding->module);
}

// --- Writing ---

void invalidate_if_used(Binding *binding) {
  if (binding->edges)
    invalidate_binding(binding);
}

Binding *get_binding_for_write(Task *task, Module *module, Symbol name) {
  Binding *own = make_own_binding(module, name);
  if (!declare(own))
    throw_error(task, "cannot assign a value to imported variable " + binding_path(owner_of(own)) +
                          " from module " + module_path(module));
  return own;
}

static bool is_bound_to_type(const Binding *binding) {
  Value *value = binding->value.load(std::memory_order_acquire);
  return value && is_type(value);
}

Binding *get_binding_for_method(Task *task, Module *module, Symbol name) {
  Binding *own = make_own_binding(module, name);
  if (!is_resolved(own)) {
    Binding *found = find_through_usings(module, name);
    if (found && is_bound_to_type(found))
      return find_binding(module, name);
  }
  if (own->imported && !own->is_explicit && !is_bound_to_type(owner_of(own)))
    throw_error(task, "error in method definition: function " + binding_path(owner_of(own)) +
                          " must be explicitly imported to be extended");
  declare(own);
  return owner_of(own);
}

/// Types, functions and modules are what other code is built on: they are never replaced; other values only
/// by one of the same type.
static bool is_replaceable(Value *old, Value *value) {
  auto is_fixed = [](Value *v) {
    return is_type(v) || type_of(v) == types::Module_ || type_of(v)->name->is_function ||
           is_a(v, types::Function);
  };
  return type_of(old) == type_of(value) && !is_fixed(old) && !is_fixed(value);
}

static void replace_const(Task *task, Binding *binding, Value *old, Value *value) {
  if (egal(old, value))
    return;
  if (!is_replaceable(old, value))
    throw_error(task, "invalid redefinition of constant " + binding_path(binding));
  warn("redefinition of constant " + binding_path(binding) +
       ". This may fail, cause incorrect answers, or produce other errors.");
  binding->value.store(value, std::memory_order_release);
  invalidate_if_used(binding);
  binding->const_world = current_world();
}

/// `value` as the declared type of `binding` wants it.
static Value *convert_for(Task *task, Binding *binding, Value *value) {
  Value *type = binding->type;
  if (!type || type == types::Any || is_a(value, type))
    return value;
  Value *convert = modules::Base ? global_value(modules::Base, Symbol::intern("convert")) : nullptr;
  Value *arguments[] = {type, value};
  if (convert)
    value = apply_latest(task, convert, arguments, 2);
  if (!is_a(value, type))
    throw_error(task, "cannot assign an incompatible value to the global " + binding_path(binding) + ".");
  return value;
}

void set_global(Task *task, Binding *binding, Value *value) {
  binding = owner_of(binding);
  Value *old = binding->value.load(std::memory_order_acquire);
  if (binding->is_const && old)
    return replace_const(task, binding, old, value);
  value = convert_for(task, binding, value);
  declare(binding);
  binding->value.store(value, std::memory_order_release);
  if (!old)
    invalidate_if_used(binding);
}

void set_const(Task *task, Binding *binding, Value *value) {
  binding = owner_of(binding);
  Value *old = binding->value.load(std::memory_order_acquire);
  if (old && binding->is_const)
    return replace_const(task, binding, old, value);
  if (old)
    throw_error(task, "cannot declare " + binding_path(binding) + " constant; it already has a value");
  binding->is_const = true;
  declare(binding);
  binding->value.store(value, std::memory_order_release);
  invalidate_if_used(binding);
  binding->const_world = current_world();
}

static std::atomic<uint64_t> modules_replaced{0};

uint64_t module_replacements() {
  return modules_replaced.load(std::memory_order_acquire);
}

void set_module(Task *task, Binding *binding, Module *module) {
  binding = owner_of(binding);
  Value *old = binding->value.load(std::memory_order_acquire);
  if (!old || !binding->is_const || type_of(old) != types::Module_)
    return set_const(task, binding, module);
  warn("replacing module " + std::string(module->name.text()) + ".");
  binding->value.store(module, std::memory_order_release);
  modules_replaced.fetch_add(1, std::memory_order_acq_rel);
  invalidate_if_used(binding);
  binding->const_world = current_world();
}

} // namespace jl
