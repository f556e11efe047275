// SPDX-License-Identifier: MIT
#include "jl/content/content.h"
#include "jl/content/resolver.h"
#include "jl/runtime/exact.h"
#include "jl/runtime/method.h"
#include "jl/runtime/types.h"
#include "jl/runtime/values.h"

namespace jl::content {

/// A method or an instance of one. `start` is where the description begins.
Value *Resolver::remembered(Tag tag, std::span<const uint8_t> start) {
  std::span<const uint8_t> inner = in_.bytes();
  if (in_.failed)
    return nullptr;
  std::span<const uint8_t> description = start.first(start.size() - in_.rest.size());
  if (Value *known = find_resolved(description, around_.world, &basis_))
    return known;
  uint64_t age = memo_age();
  Basis basis;
  std::swap(basis, basis_);
  Value *v = tag == Tag::Method ? static_cast<Value *>(method(description, inner)) : instance(inner);
  std::swap(basis, basis_);
  if (v)
    keep_resolved(description, v, basis, age);
  basis_.lasts &= basis.lasts;
  basis_.methods.insert(basis_.methods.end(), basis.methods.begin(), basis.methods.end());
  return v;
}

Method *Resolver::method(std::span<const uint8_t> description, std::span<const uint8_t> inner) {
  Hash hash = sha256(description);
  Method *found = known_method(hash, around_.world);
  if (!found) {
    Resolver signature(around_, inner, basis_);
    Value *sig = signature.value();
    Method *exact = sig && is_type(sig) ? exact_method(sig, around_.world) : nullptr;
    found = exact && hash_of(exact) == hash ? exact : nullptr;
  }
  if (found)
    basis_.methods.push_back(found);
  return found;
}

MethodInstance *Resolver::instance(std::span<const uint8_t> bytes) {
  Resolver inner(around_, bytes, basis_);
  Value *method = inner.value(), *types = inner.value();
  if (!method || type_of(method) != types::Method_ || !types || !is_type(types))
    return nullptr;
  auto *m = static_cast<Method *>(method);
  GcVector<Value *> sparams(inner.in_.count());
  bool all_known = true;
  for (Value *&sparam : sparams) {
    sparam = inner.optional();
    all_known &= sparam != nullptr;
  }
  if (!all_known && !inner.in_.failed) {
    sparams.clear();
    intersect_with_sparams(types, m->sig, sparams);
  }
  if (inner.in_.failed || sparams.size() != m->sparam_names->length)
    return nullptr;
  MethodInstance *found = specialize(m, types, new_svec(around_.task, sparams));
  if (m->is_generated) {
    basis_.lasts = false;
    Hash body = inner.in_.hash();
    instance_source(around_.task, found);
    if (generated_body_hash(found) != body)
      return nullptr;
  }
  return inner.is_done() ? found : nullptr;
}

MethodInstance *Resolver::thunk(std::span<const uint8_t> start) {
  value();
  in_.hash();
  if (in_.failed || !around_.thunk)
    return nullptr;
  bool is_this = hash_of(around_.thunk) == sha256(start.first(start.size() - in_.rest.size()));
  return is_this ? around_.thunk : nullptr;
}

SimpleVector *Resolver::code_parts() {
  Value *instance = value(), *rettype = value(), *constant = optional();
  uint64_t effects = in_.number();
  if (in_.failed || !instance || type_of(instance) != types::MethodInstance_)
    return nullptr;
  return new_svec(around_.task, {instance, rettype, constant, box_uint64(around_.task, effects)});
}

CodeInstance *find_code(const Surroundings &around, const SimpleVector &parts) {
  Value *rettype = parts.data[1], *constant = parts.data[2];
  if (!around.code_for)
    return nullptr;
  CodeInstance *code = around.code_for(static_cast<MethodInstance *>(parts.data[0]));
  if (!code || code->effects != unbox_uint64(parts.data[3]) || !egal(code->rettype, rettype) ||
      !code->rettype_const != !constant)
    return nullptr;
  return !constant || egal(code->rettype_const, constant) ? code : nullptr;
}

} // namespace jl::content
