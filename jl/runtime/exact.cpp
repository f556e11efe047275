// SPDX-License-Identifier: MIT
#include "jl/runtime/exact.h"

#include "jl/runtime/methods_internal.h"

namespace jl {

DataType *exact_type(TypeName *name, std::span<Value *const> parameters) {
  return parameters.empty() ? as_datatype(name->wrapper) : instantiate(name, parameters);
}

Method *exact_method(Value *signature, uint64_t world) {
  Value *body = unwrap_union_all(signature);
  if (!is_tuple(body) || as_datatype(body)->parameters->length == 0 || is_vararg(as_datatype(body)->parameters->data[0]) ||
      !callee_name(as_datatype(body)->parameters->data[0]))
    return nullptr;
  GcVector<Method *> methods;
  candidates(signature, methods);
  for (Method *m : methods)
    if (is_visible_in(m, world) && same_structure(m->sig, signature))
      return m;
  return nullptr;
}

} // namespace jl
