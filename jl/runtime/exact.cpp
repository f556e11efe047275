// SPDX-License-Identifier: MIT
#include "jl/runtime/exact.h"

#include <algorithm>

#include "jl/runtime/methods_internal.h"

namespace jl {

DataType *exact_type(TypeName *name, std::span<Value *const> parameters) {
  return parameters.empty() ? as_datatype(name->wrapper) : instantiate(name, parameters);
}

Method *exact_method(Value *signature, uint64_t world) {
  Value *body = unwrap_union_all(signature);
  if (!is_tuple(body) || as_datatype(body)->parameters->length == 0 ||
      is_vararg(as_datatype(body)->parameters->data[0]) ||
      !callee_name(as_datatype(body)->parameters->data[0]))
    return nullptr;
  GcVector<Method *> methods;
  candidates(signature, methods);
  for (Method *m : methods)
    if (is_visible_in(m, world) && same_structure(m->sig, signature))
      return m;
  return nullptr;
}

bool find_method_list(Value *signature, MethodList &out) {
  if (!is_tuple(unwrap_union_all(signature)) || !is_callee_known(signature))
    return false;
  LookupPlace place = place_of_lookup(signature);
  out = {place.callee, place.key};
  return true;
}

void methods_in_list(Value *signature, uint64_t world, GcVector<Method *> &out, uint64_t &min,
                     uint64_t &max) {
  GcVector<Method *> all;
  candidates(signature, all);
  for (Method *m : all) {
    uint64_t added = m->primary_world.load(), deleted = m->deleted_world.load();
    if (world < added) {
      max = std::min(max, added - 1);
    } else if (deleted <= world) {
      min = std::max(min, deleted);
    } else {
      min = std::max(min, added);
      max = std::min(max, deleted - 1);
      out.push_back(m);
    }
  }
}

} // namespace jl
