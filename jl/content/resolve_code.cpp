// SPDX-License-Identifier: MIT
#include "jl/content/content.h"
#include "jl/content/resolver.h"
#include "jl/runtime/exact.h"
#include "jl/runtime/method.h"
#include "jl/runtime/types.h"
#include "jl/runtime/values.h"

namespace jl::content {

/// `start` is where the description begins: its hash may be that of a method we know.
Method *Resolver::method(std::span<const uint8_t> start) {
  std::span<const uint8_t> inner = in_.bytes();
  if (in_.failed)
    return nullptr;
  Hash hash = sha256(start.first(start.size() - in_.rest.size()));
  if (Method *known = known_method(hash, around_.world))
    return known;
  Resolver signature(around_, inner);
  Value *sig = signature.value();
  Method *found = sig && is_type(sig) ? exact_method(sig, around_.world) : nullptr;
  return found && hash_of(found) == hash ? found : nullptr;
}

MethodInstance *Resolver::instance() {
  Resolver inner(around_, in_.bytes());
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

CodeInstance *Resolver::code() {
  Value *instance = value(), *rettype = value(), *constant = optional();
  uint64_t effects = in_.number();
  if (in_.failed || !instance || type_of(instance) != types::MethodInstance_ || !around_.code_for)
    return nullptr;
  CodeInstance *code = around_.code_for(static_cast<MethodInstance *>(instance));
  if (!code || code->effects != effects || !egal(code->rettype, rettype) || !code->rettype_const != !constant)
    return nullptr;
  return !constant || egal(code->rettype_const, constant) ? code : nullptr;
}

} // namespace jl::content
