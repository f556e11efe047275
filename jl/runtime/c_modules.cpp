// SPDX-License-Identifier: MIT
#include "jl/runtime/arrays.h"
#include "jl/runtime/c_function.h"
#include "jl/runtime/exceptions.h"
#include "jl/runtime/module.h"
#include "jl/runtime/strings.h"
#include "jl/runtime/symbols.h"
#include "jl/runtime/values.h"

using namespace jl;

static Module *module_argument(Value *v) {
  if (type_of(v) != types::Module_)
    throw_type_error(current_task(), "module", types::Module_, v);
  return static_cast<Module *>(v);
}

static Symbol name_argument(Value *v) {
  if (!is_symbol(v))
    throw_type_error(current_task(), "module", types::Symbol_, v);
  return symbol_of(v);
}

C_EXPORT Value *jl_module_name(Value *module) {
  return symbol_value(module_argument(module)->name);
}
C_EXPORT Value *jl_module_parent(Value *module) {
  return module_argument(module)->parent;
}
C_EXPORT Value *jl_module_path(Value *module) {
  return new_string(current_task(), module_path(module_argument(module)));
}

C_EXPORT Value *jl_module_names(Value *module, int32_t all, int32_t imported) {
  GcVector<Symbol> names;
  module_names(module_argument(module), all != 0, imported != 0, names);
  Task *task = current_task();
  Array *out = new_vector_any(task);
  for (Symbol name : names)
    push(task, out, symbol_value(name));
  return out;
}

C_EXPORT Value *jl_new_module(Value *name, Value *parent, uint8_t import_base, uint8_t import_core) {
  return new_module(name_argument(name), module_argument(parent), import_core != 0, import_base != 0);
}

C_EXPORT uint8_t jl_is_exported(Value *module, Value *name) {
  return is_name_exported(module_argument(module), name_argument(name));
}

C_EXPORT uint8_t jl_is_public(Value *module, Value *name) {
  return is_name_public(module_argument(module), name_argument(name));
}

C_EXPORT uint8_t jl_is_const(Value *module, Value *name) {
  Binding *binding = find_binding(module_argument(module), name_argument(name));
  return binding && binding->is_const;
}

C_EXPORT Value *jl_binding_module(Value *module, Value *name) {
  Binding *binding = find_binding(module_argument(module), name_argument(name));
  return binding ? binding->module : nothing_value();
}
