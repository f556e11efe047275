// SPDX-License-Identifier: MIT
#include "jl/content/closures.h"
#include "jl/content/constants.h"
#include "jl/content/content.h"
#include "jl/content/resolver.h"
#include "jl/runtime/exact.h"
#include "jl/runtime/module.h"
#include "jl/runtime/types.h"

namespace jl::content {

namespace {

TypeName *name_of(Value *type) {
  Value *body = type && is_type(type) ? unwrap_union_all(type) : nullptr;
  return body && type_of(body) == types::DataType_ ? static_cast<DataType *>(body)->name : nullptr;
}

/// A type is what its name is bound to; a function's type that of the function.
TypeName *find_type_name(Module *module, Symbol name) {
  Value *v = named_constant(module, name, {});
  if (TypeName *found = name_of(v); found && found->name == name && found->module == module)
    return found;
  if (!name.text().starts_with("#"))
    return nullptr;
  v = named_constant(module, Symbol::intern(name.text().substr(1)), {});
  TypeName *found = v ? type_of(v)->name : nullptr;
  return found && found->name == name && found->module == module ? found : nullptr;
}

} // namespace

Value *Resolver::type(Tag tag) {
  switch (tag) {
  case Tag::DataType:
    return data_type();
  case Tag::Wrapper: {
    TypeName *name = type_name();
    return name ? name->wrapper : nullptr;
  }
  case Tag::Union: {
    GcVector<Value *> members(in_.count());
    for (Value *&member : members)
      member = value();
    return in_.failed ? nullptr : make_union(members);
  }
  case Tag::UnionAll:
    return union_all();
  case Tag::BoundVar: {
    uint64_t depth = in_.number();
    return depth < bound_.size() ? bound_[bound_.size() - 1 - depth] : nullptr;
  }
  default: {
    Value *t = optional(), *n = optional();
    return in_.failed ? nullptr : make_vararg(t, n);
  }
  }
}

Value *Resolver::data_type() {
  TypeName *name = type_name();
  GcVector<Value *> parameters(in_.count());
  for (Value *&parameter : parameters)
    parameter = value();
  if (!name || in_.failed)
    return nullptr;
  if (name == types::Tuple->name)
    return make_tuple_type(parameters);
  auto *primary = static_cast<DataType *>(unwrap_union_all(name->wrapper));
  return primary->parameters->length == parameters.size() ? exact_type(name, parameters) : nullptr;
}

Value *Resolver::union_all() {
  Symbol name = Symbol::intern(in_.text());
  Value *lower = value(), *upper = value();
  if (in_.failed)
    return nullptr;
  TypeVar *var = make_typevar(name, lower, upper);
  bound_.push_back(var);
  Value *body = value();
  bound_.pop_back();
  return body ? make_union_all(var, body) : nullptr;
}

TypeName *Resolver::inner_closure() {
  Value *owner = value();
  size_t number = in_.number();
  if (!owner || type_of(owner) != types::Method_ || in_.failed)
    return nullptr;
  GcVector<Value *> types;
  closures_of(around_.task, static_cast<Method *>(owner), types);
  return number < types.size() ? name_of(types[number]) : nullptr;
}

TypeName *Resolver::type_name() {
  std::span<const uint8_t> start = in_.rest;
  TypeNameKind kind{in_.byte()};
  if (kind == TypeNameKind::Inner)
    return inner_closure();
  if (kind == TypeNameKind::Plain)
    return plain_type_name(start);
  Module *m = kind == TypeNameKind::Closure ? module_value() : nullptr;
  if (!m)
    return nullptr;
  basis_.lasts = false; // another that is equal may come before it
  Hash definition = in_.hash();
  size_t number = in_.number();
  return in_.failed ? nullptr : find_closure(m, definition, number);
}

/// Remembered: every type has one, and most have been met before. `start` is where the name begins.
TypeName *Resolver::plain_type_name(std::span<const uint8_t> start) {
  Reader ahead = in_;
  if (Tag{ahead.byte()} != Tag::Module)
    return nullptr;
  for (size_t n = ahead.count(); n > 0; n--)
    ahead.text();
  std::string_view name = ahead.text();
  Hash definition = ahead.hash();
  if (ahead.failed)
    return nullptr;
  std::span<const uint8_t> description = start.first(start.size() - ahead.rest.size());
  auto *found = static_cast<TypeName *>(find_resolved(description, around_.world, nullptr));
  if (!found) {
    uint64_t age = memo_age();
    Module *m = module_value();
    found = m ? find_type_name(m, Symbol::intern(name)) : nullptr;
    if (!found || definition_hash(found) != definition)
      return nullptr;
    keep_resolved(description, found, Basis(), age);
  }
  in_ = ahead;
  return found;
}

} // namespace jl::content
