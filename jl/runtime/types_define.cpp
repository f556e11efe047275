// SPDX-License-Identifier: MIT
// Definitions: struct, abstract type, primitive type, function types.
//
// A definition makes the name and its wrapper first, so that supertype and field types can mention it; the
// body comes later through set_supertype and set_field_types, which complete whatever was instantiated in
// between.
#include <string>

#include "jl/runtime/exceptions.h"
#include "jl/runtime/hashing.h"
#include "jl/runtime/module.h"
#include "jl/runtime/symbols.h"
#include "jl/runtime/types_internal.h"

namespace jl {

namespace {

uint64_t module_hash(Module *module) {
  uint64_t h = 0;
  for (; module; module = module->parent == module ? nullptr : module->parent)
    h = mix_hash(h, module->name.hash());
  return h;
}

/// Would an instance of `field` stored inline hold an instance of `name`?
bool leads_back(Value *field, const TypeName *name, int depth = 0) {
  if (!is_datatype(field))
    return false;
  DataType *t = as_datatype(field);
  if (t->name == name)
    return true;
  if (t->name->is_mutable || t->name->is_abstract || t->is_primitive || depth > 50)
    return false;
  for (Value *p : parameters_of(t))
    if (leads_back(p, name, depth + 1))
      return true;
  return false;
}

DataType *primary_of(Value *type) {
  return unwrapped_datatype(type);
}

DataType *define(Module *module, Symbol name, SimpleVector *parameters, SimpleVector *field_names) {
  return make_primary_type(make_type_name(module, name, field_names), parameters, types::Any);
}

void check_supertype(Task *task, DataType *t, Value *super) {
  const char *reason = nullptr;
  if (!is_datatype(super))
    reason = "invalid subtyping in definition of ";
  else if (DataType *s = as_datatype(super); !s->name->is_abstract || s->name == types::Tuple->name ||
                                             is_type_of_type(s) || s == types::Builtin || s->name == t->name)
    reason = "invalid subtyping in definition of ";
  if (reason)
    throw_error(task, reason + std::string(t->name->name.text()) + ": can only subtype abstract types, got " +
                          type_to_string(super) + ".");
  check_variables_fit(task, as_datatype(super));
}

bool same_names(const SimpleVector *a, const SimpleVector *b) {
  return egal(a, b);
}

/// Renames the variables of `a`'s wrapper to those of `b`'s. False when their number or bounds differ.
bool match_variables(DataType *a, DataType *b, GcVector<Replacement> &renaming) {
  if (a->parameters->length != b->parameters->length)
    return false;
  for (size_t i = 0; i < a->parameters->length; ++i) {
    auto *x = as_typevar((*a->parameters)[i]), *y = as_typevar((*b->parameters)[i]);
    if (x->name != y->name || !same_structure(substitute_all(x->lower, renaming), y->lower) ||
        !same_structure(substitute_all(x->upper, renaming), y->upper))
      return false;
    renaming.push_back({x, y});
  }
  return true;
}

/// `t` with mentions of the one definition read as the other.
Value *as_seen_from(Value *t, DataType *from, DataType *to) {
  if (!is_datatype(t)) {
    if (is_union_type(t)) {
      Value *parts[] = {as_seen_from(as_union(t)->a, from, to), as_seen_from(as_union(t)->b, from, to)};
      return make_union(parts);
    }
    if (is_union_all(t))
      return make_union_all(as_union_all(t)->var, as_seen_from(as_union_all(t)->body, from, to));
    if (is_vararg(t))
      return make_vararg(as_seen_from(vararg_type(t), from, to), as_vararg(t)->n);
    return t;
  }
  DataType *d = as_datatype(t);
  GcVector<Value *> parameters;
  bool changed = d->name == from->name;
  for (Value *p : parameters_of(d)) {
    parameters.push_back(as_seen_from(p, from, to));
    changed |= parameters.back() != p;
  }
  return changed ? instantiate(d->name == from->name ? to->name : d->name, parameters) : t;
}

bool same_in_definition(Value *a, Value *b, DataType *ta, DataType *tb,
                        const GcVector<Replacement> &renaming) {
  // Either may mention either: a body names the type through the global, a supertype the one being made.
  return same_structure(substitute_all(as_seen_from(a, ta, tb), renaming), as_seen_from(b, ta, tb));
}

} // namespace

TypeName *make_type_name(Module *module, Symbol name, SimpleVector *field_names) {
  auto *n = raw_object<TypeName>(types::TypeName_);
  n->name = name;
  n->name_value = types::Symbol_ ? symbol_value(name) : nullptr;
  n->module = module;
  n->field_names = field_names;
  n->hash = mix_hash(module_hash(module), name.hash());
  return n;
}

DataType *make_primary_type(TypeName *name, SimpleVector *parameters, DataType *super) {
  auto *t = raw_object<DataType>(types::DataType_);
  t->name = name;
  t->super = super;
  t->parameters = parameters;
  t->has_free_typevars = parameters->length > 0;
  name->wrapper = t;
  for (size_t i = parameters->length; i-- > 0;) {
    auto *u = raw_object<UnionAll>(types::UnionAll_); // always wraps, even where a variable is never used
    u->var = as_typevar((*parameters)[i]);
    u->body = name->wrapper;
    name->wrapper = u;
  }
  t->hash = hash_instantiation(name, elements(parameters));
  if (!t->has_free_typevars)
    adopt_instantiation(t);
  return t;
}

Value *new_struct_type(Module *module, Symbol name, SimpleVector *parameters, SimpleVector *field_names,
                       bool is_mutable, int n_uninitialized, uint64_t const_fields) {
  DataType *t = define(module, name, parameters, field_names);
  t->name->is_mutable = is_mutable;
  t->name->n_uninitialized = n_uninitialized;
  t->name->const_fields = const_fields;
  return t->name->wrapper;
}

Value *new_abstract_type(Module *module, Symbol name, SimpleVector *parameters) {
  DataType *t = define(module, name, parameters, raw_svec({}));
  t->name->is_abstract = true;
  t->types = raw_svec({});
  return t->name->wrapper;
}

Value *new_primitive_type(Module *module, Symbol name, SimpleVector *parameters, size_t bits) {
  DataType *t = define(module, name, parameters, raw_svec({}));
  t->types = raw_svec({});
  t->is_primitive = true;
  t->name->primitive_bits = uint32_t(bits);
  if (!t->has_free_typevars)
    finish_primitive(t, bits);
  return t->name->wrapper;
}

void set_supertype(Task *task, Value *type, Value *super) {
  DataType *t = primary_of(type);
  check_supertype(task, t, super);
  TypesLock lock(types_lock());
  t->super = as_datatype(super);
  each_instantiation(t->name, [&](DataType *made) {
    if (made == t)
      return;
    GcVector<Replacement> replacements;
    for (size_t i = 0; i < made->parameters->length; ++i)
      replacements.push_back({as_typevar((*t->parameters)[i]), (*made->parameters)[i]});
    made->super = as_datatype(substitute_all(super, replacements));
  });
}

void set_field_types(Task *task, Value *type, SimpleVector *field_types) {
  DataType *t = primary_of(type);
  for (Value *f : elements(field_types))
    if (!is_type_or_var(f))
      throw_type_error_in(task, t->name->name.text(), "type definition", types::Type, f);
  TypesLock lock(types_lock());
  for (Value *f : elements(field_types))
    t->name->is_recursive |= leads_back(f, t->name);
  t->types = field_types;
  if (!t->has_free_typevars)
    finish_layout(t);
  GcVector<DataType *> made_before;
  each_instantiation(t->name, [&](DataType *made) { made_before.push_back(made); });
  for (DataType *made : made_before) {
    ensure_field_types(made);
    finish_layout(made);
  }
  finish_pending_layouts();
}

/// Is it the type as it was defined, no application of it?
static bool is_primary(DataType *t) {
  return primary_of(t->name->wrapper) == t;
}

bool equivalent_definition(Value *a, Value *b) {
  DataType *x = primary_of(a), *y = primary_of(b);
  if (x && y && (!is_primary(x) || !is_primary(y)))
    return false;
  if (!x || !y || x->name->name != y->name->name || x->name->module != y->name->module)
    return false;
  TypeName *m = x->name, *n = y->name;
  if (m->is_abstract != n->is_abstract || m->is_mutable != n->is_mutable ||
      m->is_function != n->is_function || x->is_primitive != y->is_primitive ||
      m->primitive_bits != n->primitive_bits || m->n_uninitialized != n->n_uninitialized ||
      m->const_fields != n->const_fields || !same_names(m->field_names, n->field_names))
    return false;
  GcVector<Replacement> renaming;
  if (!match_variables(x, y, renaming) || !same_in_definition(x->super, y->super, x, y, renaming))
    return false;
  if (!x->types || !y->types) // one body is still to come: builtin _typebody! compares again
    return true;
  if (x->types->length != y->types->length)
    return false;
  for (size_t i = 0; i < x->types->length; ++i)
    if (!same_in_definition((*x->types)[i], (*y->types)[i], x, y, renaming))
      return false;
  return true;
}

DataType *new_function_type(Module *module, Symbol name) {
  std::string type_name = "#" + std::string(name.text());
  DataType *t = define(module, Symbol::intern(type_name), raw_svec({}), raw_svec({}));
  t->super = types::Function;
  t->name->is_function = true;
  t->name->function_name = name;
  t->types = raw_svec({});
  finish_layout(t);
  return t;
}

} // namespace jl
