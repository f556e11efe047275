// SPDX-License-Identifier: MIT
// Instantiated DataTypes, one object each.
//
// Every TypeName has a table of its instantiations: open addressing, readers take no lock. A new type is
// built under types_lock and becomes visible to other threads only when the outermost build is done, because
// its field types may lead back to it (a list node's `next`); until then the builder finds it among the types
// in progress.
#include <algorithm>
#include <atomic>

#include "jl/runtime/types_internal.h"

namespace jl {

namespace {

struct Table {
  size_t mask;
  size_t count;
  std::atomic<DataType *> slots[];
};

/// Builds nested deeper than this are left for the first one who asks: `P{T}` with a field `P{Tuple{T}}` has
/// no end.
constexpr int kMaxNesting = 24;

struct Builder {
  int depth = 0;
  GcVector<DataType *> in_progress;
};

Builder &builder() {
  static Builder *one = gc_new<Builder>(); // a static root: the types in it stay alive
  return *one;
}

Table *table_of(TypeName *name) {
  return static_cast<Table *>(std::atomic_ref<void *>(name->instantiations).load(std::memory_order_acquire));
}

bool same_parameters(const DataType *t, std::span<Value *const> parameters) {
  if (t->parameters->length != parameters.size())
    return false;
  for (size_t i = 0; i < parameters.size(); ++i)
    if (!same_structure((*t->parameters)[i], parameters[i]))
      return false;
  return true;
}

DataType *find_published(TypeName *name, uint64_t hash, std::span<Value *const> parameters) {
  Table *table = table_of(name);
  if (!table)
    return nullptr;
  for (size_t i = hash & table->mask;; i = (i + 1) & table->mask) {
    DataType *t = table->slots[i].load(std::memory_order_acquire);
    if (!t)
      return nullptr;
    if (t->hash == hash && same_parameters(t, parameters))
      return t;
  }
}

DataType *find_in_progress(TypeName *name, std::span<Value *const> parameters) {
  for (DataType *t : builder().in_progress)
    if (t->name == name && same_parameters(t, parameters))
      return t;
  return nullptr;
}

void put(Table *table, DataType *t) {
  size_t i = t->hash & table->mask;
  while (table->slots[i].load(std::memory_order_relaxed))
    i = (i + 1) & table->mask;
  table->slots[i].store(t, std::memory_order_release);
  ++table->count;
}

Table *new_table(size_t capacity) {
  auto *table = static_cast<Table *>(gc_alloc_scanned(sizeof(Table) + capacity * sizeof(DataType *)));
  table->mask = capacity - 1;
  return table;
}

void publish_locked(DataType *t) {
  Table *table = table_of(t->name);
  if (!table || (table->count + 1) * 4 > (table->mask + 1) * 3) {
    Table *bigger = new_table(table ? (table->mask + 1) * 2 : 4);
    for (size_t i = 0; table && i <= table->mask; ++i)
      if (DataType *old = table->slots[i].load(std::memory_order_relaxed))
        put(bigger, old);
    put(bigger, t);
    std::atomic_ref<void *>(t->name->instantiations).store(bigger, std::memory_order_release);
  } else {
    put(table, t);
  }
}

DataType *make_bare(TypeName *name, std::span<Value *const> parameters, uint64_t hash,
                    bool has_free_typevars) {
  auto *t = raw_object<DataType>(types::DataType_);
  t->name = name;
  t->parameters = raw_svec(parameters);
  t->hash = hash;
  t->has_free_typevars = has_free_typevars;
  return t;
}

void bind_parameters(TypeName *name, const DataType *t, GcVector<Replacement> &out) {
  size_t i = 0;
  for (Value *w = name->wrapper; is_union_all(w) && i < t->parameters->length; w = as_union_all(w)->body)
    out.push_back({as_union_all(w)->var, (*t->parameters)[i++]});
}

DataType *super_of(DataType *t) {
  DataType *primary = t->name->wrapper ? unwrapped_datatype(t->name->wrapper) : nullptr;
  if (!primary || primary == t || !primary->super)
    return t->super ? t->super : types::Any;
  GcVector<Replacement> replacements;
  bind_parameters(t->name, t, replacements);
  return as_datatype(substitute_all(primary->super, replacements));
}

void build(DataType *t) {
  if (t->name == types::Tuple->name) {
    t->super = types::Any;
    flag_tuple(t);
  } else {
    t->super = super_of(t);
  }
  if (t->has_free_typevars || builder().depth > kMaxNesting)
    return; // field types are computed when asked for
  ensure_field_types(t);
  finish_layout(t);
}

/// Tuple parameters with a Vararg of known length spelled out.
void normalise_tuple(std::span<Value *const> parameters, GcVector<Value *> &out) {
  out.assign(parameters.begin(), parameters.end());
  if (out.empty() || !is_vararg(out.back()))
    return;
  Vararg *last = as_vararg(out.back());
  if (last->n && is_int_value(last->n)) {
    Value *t = vararg_type(last);
    out.pop_back();
    out.insert(out.end(), size_t(std::max<int64_t>(0, int_value(last->n))), t);
  } else if (!last->t) {
    out.back() = make_vararg(types::Any, last->n);
  }
}

/// The wrapper's own body, when the parameters are its own variables.
DataType *find_primary(TypeName *name, std::span<Value *const> parameters) {
  DataType *primary = name->wrapper ? unwrapped_datatype(name->wrapper) : nullptr;
  return primary && std::ranges::equal(parameters_of(primary), parameters) ? primary : nullptr;
}

DataType *find_or_build(TypeName *name, std::span<Value *const> parameters) {
  bool has_free = false;
  for (Value *p : parameters)
    has_free |= has_free_typevars(p);
  if (has_free)
    if (DataType *primary = find_primary(name, parameters))
      return primary;
  uint64_t hash = hash_instantiation(name, parameters);
  if (!has_free)
    if (DataType *known = find_published(name, hash, parameters))
      return known;
  TypesLock lock(types_lock());
  if (!has_free)
    if (DataType *known = find_published(name, hash, parameters))
      return known;
  if (DataType *known = find_in_progress(name, parameters))
    return known;
  DataType *t = make_bare(name, parameters, hash, has_free);
  Builder &b = builder();
  b.in_progress.push_back(t);
  ++b.depth;
  build(t);
  if (--b.depth > 0)
    return t;
  for (DataType *made : b.in_progress)
    if (!made->has_free_typevars)
      publish_locked(made);
  b.in_progress.clear();
  return t;
}

} // namespace

DataType *instantiate(TypeName *name, std::span<Value *const> parameters) {
  DataType *t;
  if (name == types::Tuple->name && !parameters.empty() && is_vararg(parameters.back())) {
    GcVector<Value *> normalised;
    normalise_tuple(parameters, normalised);
    t = find_or_build(name, normalised);
  } else {
    t = find_or_build(name, parameters);
  }
  if (t->types || t->has_free_typevars)
    return t;
  TypesLock lock(types_lock());
  if (builder().depth == 0 && ensure_field_types(t))
    finish_layout(t);
  return t;
}

void adopt_instantiation(DataType *t) {
  TypesLock lock(types_lock());
  t->hash = hash_instantiation(t->name, parameters_of(t));
  publish_locked(t);
}

void each_instantiation(TypeName *name, const std::function<void(DataType *)> &visit) {
  TypesLock lock(types_lock());
  Table *table = table_of(name);
  for (size_t i = 0; table && i <= table->mask; ++i)
    if (DataType *t = table->slots[i].load(std::memory_order_relaxed))
      visit(t);
}

SimpleVector *ensure_field_types(DataType *t) {
  if (t->types)
    return t->types;
  if (t->name == types::Tuple->name)
    return t->types = t->parameters;
  if (t->name == types::NamedTupleTypeName) {
    Value *fields = (*t->parameters)[1];
    return is_tuple(fields) ? t->types = as_datatype(fields)->parameters : nullptr;
  }
  DataType *primary = t->name->wrapper ? unwrapped_datatype(t->name->wrapper) : nullptr;
  if (!primary || primary == t || !primary->types)
    return nullptr;
  GcVector<Replacement> replacements;
  bind_parameters(t->name, t, replacements);
  GcVector<Value *> field_types;
  for (Value *f : elements(primary->types))
    field_types.push_back(substitute_all(f, replacements));
  return t->types = raw_svec(field_types);
}

} // namespace jl
