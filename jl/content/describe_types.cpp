// SPDX-License-Identifier: MIT
// Types. A type name's definition mentions other type names, perhaps itself: each says itself by what it is
// called (type_definition, Shallow), and the hash is over all that can be reached, in order of mention.
#include <algorithm>

#include "jl/content/closures.h"
#include "jl/content/content.h"
#include "jl/content/describe.h"
#include "jl/runtime/module.h"

namespace jl::content {

static DataType *primary_of(TypeName *name) {
  return static_cast<DataType *>(unwrap_union_all(name->wrapper));
}

void Describer::data_type(DataType *type) {
  tag(Tag::DataType);
  type_name(type->name);
  to_.number(type->parameters->length);
  for (size_t i = 0; i < type->parameters->length; i++)
    value(type->parameters->data[i]);
}

void Describer::union_type(Value *type) {
  GcVector<Value *> members;
  union_members(type, members);
  tag(Tag::Union);
  to_.number(members.size());
  for (Value *member : members)
    value(member);
}

void Describer::union_all(UnionAll *type) {
  Value *body = unwrap_union_all(type);
  if (type_of(body) == types::DataType_ && egal(static_cast<DataType *>(body)->name->wrapper, type)) {
    tag(Tag::Wrapper);
    return type_name(static_cast<DataType *>(body)->name);
  }
  tag(Tag::UnionAll);
  to_.name(type->var->name); // two types that differ in it are ===, but are not shown alike
  value(type->var->lower);
  value(type->var->upper);
  bind(type->var);
  value(type->body);
  unbind(1);
}

void Describer::type_var(TypeVar *var) {
  auto found = std::find(bound_.rbegin(), bound_.rend(), var);
  if (found == bound_.rend())
    return fail("a type variable that nothing binds");
  tag(Tag::BoundVar);
  to_.number(size_t(found - bound_.rbegin()));
}

void Describer::vararg(Vararg *v) {
  tag(Tag::Vararg);
  optional(v->t);
  optional(v->n);
}

void Describer::type_name(TypeName *name) {
  if (depth_ == Depth::Shallow) {
    module(name->module);
    bool is_counted = is_closure(name) && !is_library_closure(name);
    to_.text(is_counted ? masked_name(name->name) : std::string(name->name.text()));
    mentions.push_back(name);
    return;
  }
  if (is_closure(name) && (place_of(name).owner || !is_library_closure(name)))
    return closure_name(name);
  const char *why_not = nullptr;
  std::optional<Hash> hash = definition_hash(name, &why_not);
  if (!hash)
    return fail(why_not);
  to_.byte(uint8_t(TypeNameKind::Plain));
  module(name->module);
  to_.name(name->name);
  to_.hash(*hash);
}

void Describer::closure_name(TypeName *name) {
  ClosurePlace place = place_of(name);
  if (place.owner) {
    if (place.owner->deleted_world.load() != kWorldMax)
      return fail("a closure of a method that is no more"); // one that is just like it may have come instead
    to_.byte(uint8_t(TypeNameKind::Inner));
    method(place.owner);
    return to_.number(place.number);
  }
  const char *why_not = nullptr;
  std::optional<Hash> hash = definition_hash(name, &why_not);
  if (!hash)
    return fail(why_not);
  to_.byte(uint8_t(TypeNameKind::Closure));
  module(name->module);
  to_.hash(*hash);
  to_.number(number_among_equals(name, *hash));
}

void Describer::type_definition(TypeName *name) {
  if (name->module == modules::Core)
    return to_.hash(build_id()); // made by the runtime
  DataType *type = primary_of(name);
  if (!type->types && name->field_names->length > 0)
    return fail("a type whose fields are not known yet");
  for (bool fact : {name->is_abstract, name->is_mutable, name->is_function, type->is_primitive})
    to_.byte(fact);
  to_.number(uint64_t(name->n_uninitialized));
  to_.number(name->const_fields);
  to_.number(name->primitive_bits);
  to_.number(type->parameters->length);
  for (size_t i = 0; i < type->parameters->length; i++) {
    if (type_of(type->parameters->data[i]) != types::TypeVar_)
      break; // Tuple and its like
    auto *var = static_cast<TypeVar *>(type->parameters->data[i]);
    to_.name(var->name);
    value(var->lower);
    value(var->upper);
    bind(var);
  }
  optional(type->super);
  svec(name->field_names);
  size_t n = type->types && name != types::Tuple->name ? type->types->length : 0;
  to_.number(n);
  for (size_t i = 0; i < n; i++)
    value(type->types->data[i]);
  bound_.clear();
  if (is_library_closure(name))
    return to_.hash(build_id());
  if (!is_closure(name) || place_of(name).owner)
    return;
  GcVector<Method *> methods = methods_of_closure(name);
  if (methods.empty())
    return fail(kNoMethodsYet);
  for (Method *m : methods) {
    value(m->sig);
    method_content(m);
  }
}

} // namespace jl::content
