// SPDX-License-Identifier: MIT
// Identity: structural equality and hashes of types, `===` and its hash on all values.
//
// No hash here depends on an address, with one exception: the object id of a mutable object.
#include <cstring>

#include "jl/runtime/hashing.h"
#include "jl/runtime/module.h"
#include "jl/runtime/types_internal.h"

namespace jl {

namespace {

/// Bound variables met on the way down, on both sides.
struct Binders {
  const TypeVar *a, *b;
  const Binders *outer;
};

bool same(const Value *a, const Value *b, const Binders *env);

bool same_optional(const Value *a, const Value *b, const Binders *env) {
  return a && b ? same(a, b, env) : a == b;
}

bool same_var(const Value *a, const Value *b, const Binders *env) {
  for (; env; env = env->outer)
    if (env->a == a || env->b == b)
      return env->a == a && env->b == b;
  return a == b;
}

bool same_datatype(const DataType *a, const DataType *b, const Binders *env) {
  if (a->name != b->name || a->parameters->length != b->parameters->length)
    return false;
  if (!a->has_free_typevars && !b->has_free_typevars && a->hash != b->hash)
    return false;
  for (size_t i = 0; i < a->parameters->length; ++i)
    if (!same((*a->parameters)[i], (*b->parameters)[i], env))
      return false;
  return true;
}

bool same_union_all(const UnionAll *a, const UnionAll *b, const Binders *env) {
  if (!same(a->var->lower, b->var->lower, env) || !same(a->var->upper, b->var->upper, env))
    return false;
  Binders inner{a->var, b->var, env};
  return same(a->body, b->body, &inner);
}

bool same(const Value *a, const Value *b, const Binders *env) {
  if (a == b && !env)
    return true;
  DataType *kind = type_of(a);
  if (kind != type_of(b))
    return false;
  if (kind == types::DataType_)
    return (a == b && !static_cast<const DataType *>(a)->has_free_typevars) ||
           same_datatype(static_cast<const DataType *>(a), static_cast<const DataType *>(b), env);
  if (kind == types::TypeVar_)
    return same_var(a, b, env);
  if (kind == types::Union_) {
    auto *x = static_cast<const UnionType *>(a), *y = static_cast<const UnionType *>(b);
    return same(x->a, y->a, env) && same(x->b, y->b, env);
  }
  if (kind == types::UnionAll_)
    return same_union_all(static_cast<const UnionAll *>(a), static_cast<const UnionAll *>(b), env);
  if (kind == types::Vararg_) {
    auto *x = static_cast<const Vararg *>(a), *y = static_cast<const Vararg *>(b);
    return same_optional(x->t, y->t, env) && same_optional(x->n, y->n, env);
  }
  return egal(a, b);
}

/// Variables bound so far, for numbering them from the inside out.
struct HashBinders {
  const TypeVar *var;
  const HashBinders *outer;
};

uint64_t hash_in(const Value *t, const HashBinders *env);

uint64_t hash_var(const TypeVar *var, const HashBinders *env) {
  for (uint64_t depth = 1; env; env = env->outer, ++depth)
    if (env->var == var)
      return mix_hash(0x7661720000, depth);
  return mix_hash(0x6672656500, var->name.hash());
}

uint64_t hash_parameters(TypeName *name, std::span<Value *const> parameters, const HashBinders *env) {
  uint64_t h = mix_hash(name->hash, parameters.size());
  for (Value *p : parameters)
    h = mix_hash(h, hash_in(p, env));
  return h;
}

uint64_t hash_in(const Value *t, const HashBinders *env) {
  if (!t)
    return 11;
  DataType *kind = type_of(t);
  if (kind == types::DataType_) {
    auto *d = static_cast<const DataType *>(t);
    return d->has_free_typevars ? hash_parameters(d->name, parameters_of(d), env) : d->hash;
  }
  if (kind == types::TypeVar_)
    return hash_var(static_cast<const TypeVar *>(t), env);
  if (kind == types::Union_) {
    auto *u = static_cast<const UnionType *>(t);
    return mix_hash(mix_hash(3, hash_in(u->a, env)), hash_in(u->b, env));
  }
  if (kind == types::UnionAll_) {
    auto *u = static_cast<const UnionAll *>(t);
    uint64_t bounds = mix_hash(hash_in(u->var->lower, env), hash_in(u->var->upper, env));
    HashBinders inner{u->var, env};
    return mix_hash(mix_hash(5, bounds), hash_in(u->body, &inner));
  }
  if (kind == types::Vararg_) {
    auto *v = static_cast<const Vararg *>(t);
    return mix_hash(mix_hash(7, hash_in(v->t, env)), hash_in(v->n, env));
  }
  return object_id(t);
}

bool egal_fields(const DataType *t, const char *a, const char *b) {
  for (uint32_t i = 0; i < t->layout->nfields; ++i) {
    const FieldLayout &field = t->layout->fields[i];
    const char *pa = a + field.offset, *pb = b + field.offset;
    if (field.is_pointer) {
      auto *va = *reinterpret_cast<Value *const *>(pa), *vb = *reinterpret_cast<Value *const *>(pb);
      if (va != vb && (!va || !vb || !egal(va, vb)))
        return false;
      continue;
    }
    auto *inner = as_datatype((*t->types)[i]);
    if (inner->layout->nfields ? !egal_fields(inner, pa, pb) : memcmp(pa, pb, field.size) != 0)
      return false;
  }
  return true;
}

uint64_t id_of_bits(const DataType *t, const char *p) {
  const Layout *layout = t->layout;
  if (!layout->nfields)
    return mix_hash(t->hash, hash_bytes(p, layout->size));
  uint64_t h = t->hash;
  for (uint32_t i = 0; i < layout->nfields; ++i) {
    const FieldLayout &field = layout->fields[i];
    if (field.is_pointer) {
      auto *v = *reinterpret_cast<Value *const *>(p + field.offset);
      h = mix_hash(h, v ? object_id(v) : 0);
    } else {
      h = mix_hash(h, id_of_bits(as_datatype((*t->types)[i]), p + field.offset));
    }
  }
  return h;
}

bool egal_svecs(const SimpleVector *a, const SimpleVector *b) {
  if (a->length != b->length)
    return false;
  for (size_t i = 0; i < a->length; ++i) {
    Value *x = (*a)[i], *y = (*b)[i];
    if (x != y && (!x || !y || !egal(x, y)))
      return false;
  }
  return true;
}

uint64_t id_of_svec(const SimpleVector *v) {
  uint64_t h = mix_hash(13, v->length);
  for (Value *element : elements(v))
    h = mix_hash(h, element ? object_id(element) : 0);
  return h;
}

bool is_type_object(const DataType *kind) {
  return kind == types::DataType_ || kind == types::Union_ || kind == types::UnionAll_ ||
         kind == types::Vararg_;
}

} // namespace

uint64_t hash_instantiation(TypeName *name, std::span<Value *const> parameters) {
  return hash_parameters(name, parameters, nullptr);
}

bool same_structure(const Value *a, const Value *b) {
  return a == b || same(a, b, nullptr);
}

uint64_t type_hash(Value *t) {
  return hash_in(t, nullptr);
}

static bool same_reference(const GlobalRef *a, const GlobalRef *b) {
  return a->module == b->module && a->name->name == b->name->name;
}

bool egal(const Value *a, const Value *b) {
  if (a == b)
    return true;
  DataType *t = type_of(a);
  if (t != type_of(b))
    return false;
  if (is_type_object(t))
    return same_structure(a, b);
  if (t == types::String_)
    return static_cast<const String *>(a)->view() == static_cast<const String *>(b)->view();
  if (t == types::SimpleVector_)
    return egal_svecs(static_cast<const SimpleVector *>(a), static_cast<const SimpleVector *>(b));
  if (t == types::GlobalRef_)
    return same_reference(static_cast<const GlobalRef *>(a), static_cast<const GlobalRef *>(b));
  if (t->name->is_mutable || !t->layout)
    return false;
  auto *pa = reinterpret_cast<const char *>(a), *pb = reinterpret_cast<const char *>(b);
  return t->layout->nfields ? egal_fields(t, pa, pb) : memcmp(pa, pb, t->layout->size) == 0;
}

uint64_t object_id(const Value *v) {
  DataType *t = type_of(v);
  if (is_type_object(t))
    return type_hash(const_cast<Value *>(v));
  if (t == types::String_)
    return mix_hash(17,
                    hash_bytes(static_cast<const String *>(v)->data, static_cast<const String *>(v)->length));
  if (t == types::Symbol_)
    return mix_hash(19, static_cast<const SymbolValue *>(v)->name.hash());
  if (t == types::SimpleVector_)
    return id_of_svec(static_cast<const SimpleVector *>(v));
  if (t == types::TypeName_)
    return mix_hash(23, static_cast<const TypeName *>(v)->hash);
  if (t == types::GlobalRef_) {
    auto *ref = static_cast<const GlobalRef *>(v);
    return mix_hash(object_id(ref->module), ref->name->name.hash());
  }
  if (t->name->is_mutable || !t->layout)
    return mix_hash(29, reinterpret_cast<uint64_t>(v)); // never into a unit: see the opening comment
  return id_of_bits(t, reinterpret_cast<const char *>(v));
}

} // namespace jl
