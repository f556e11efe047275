// SPDX-License-Identifier: MIT
// Builtins about fields and globals.
#include "jl/runtime/builtins.h"

#include "jl/runtime/method.h"
#include "jl/runtime/module.h"
#include "jl/runtime/symbols.h"

namespace jl {

// --- Checks ---

size_t field_position(Task *task, std::string_view function, Value *object, DataType *type, Value *name) {
  if (is_symbol(name)) {
    int64_t i = field_index(type, symbol_of(name));
    if (i < 0)
      throw_field_error(task, type, symbol_of(name));
    return size_t(i);
  }
  check_type(task, function, types::Int64, name);
  int64_t i = unbox_int64(name) - 1;
  if (i < 0 || i >= field_count(type))
    throw_bounds_error(task, object, name);
  return size_t(i);
}

Value *read_field(Task *task, Value *object, size_t i) {
  Value *v = get_field(task, object, i);
  if (!v)
    throw_undef_ref(task);
  return v;
}

static std::string shown_field(const DataType *type, size_t i) {
  const SimpleVector *names = type->name->field_names;
  return i < names->length ? std::string(symbol_of(names->data[i]).text()) : std::to_string(i + 1);
}

static void check_writable(Task *task, std::string_view function, DataType *type, size_t i) {
  std::string name(function);
  if (!type->name->is_mutable)
    throw_error(task, name + ": immutable struct of type " + std::string(type->name->name.text()) +
                          " cannot be changed");
  if (type->name->is_const_field(i))
    throw_error(task, name + ": const field ." + shown_field(type, i) + " of type " +
                          std::string(type->name->name.text()) + " cannot be changed");
}

void write_field(Task *task, std::string_view function, Value *object, size_t i, Value *v) {
  DataType *type = type_of(object);
  check_writable(task, function, type, i);
  Value *wanted = type->types->data[i];
  if (type_of(v) != wanted && !is_a(v, wanted))
    throw_type_error(task, function, wanted, v);
  put_field(object, i, v);
}

// --- Fields ---

static Value *module_field(Task *task, Value *module, Value *name) {
  check_type(task, "getfield", types::Symbol_, name);
  return read_binding(task, get_binding_for_read(static_cast<Module *>(module), symbol_of(name)));
}

Value *builtin_getfield(Task *task, Value *, Value **args, uint32_t n) {
  check_arity(task, "getfield", n, 2, 4);
  if (type_of(args[0]) == types::Module_)
    return module_field(task, args[0], args[1]);
  size_t i = field_position(task, "getfield", args[0], type_of(args[0]), args[1]);
  bool has_order = n > 2 && is_symbol(args[2]); // all orders are the strongest
  return has_order ? read_field_atomically(task, args[0], i) : read_field(task, args[0], i);
}

size_t writable_position(Task *task, std::string_view function, Value **args) {
  if (type_of(args[0]) == types::Module_)
    throw_error(task, "cannot assign variables in other modules");
  DataType *type = type_of(args[0]);
  if (!type->name->is_mutable)
    check_writable(task, function, type, 0);
  size_t i = field_position(task, function, args[0], type, args[1]);
  check_writable(task, function, type, i);
  return i;
}

Value *builtin_setfield(Task *task, Value *, Value **args, uint32_t n) {
  check_arity(task, "setfield!", n, 3, 4);
  size_t i = writable_position(task, "setfield!", args);
  if (n == 3)
    write_field(task, "setfield!", args[0], i, args[2]);
  else
    write_field_atomically(task, "setfield!", args[0], i, args[2]);
  return args[2];
}

Value *builtin_nfields(Task *task, Value *, Value **args, uint32_t n) {
  check_arity(task, "nfields", n, 1, 1);
  return box_int64(task, std::max<int64_t>(field_count(type_of(args[0])), 0));
}

// --- Is it defined? ---

Value *builtin_isdefinedglobal(Task *task, Value *, Value **args, uint32_t n) {
  check_arity(task, "isdefinedglobal", n, 2, 4);
  check_type(task, "isdefinedglobal", types::Module_, args[0]);
  check_type(task, "isdefinedglobal", types::Symbol_, args[1]);
  return bool_value(global_value(static_cast<Module *>(args[0]), symbol_of(args[1])) != nullptr);
}

static bool has_defined_field(Task *task, Value *object, Value *name) {
  DataType *type = type_of(object);
  int64_t i;
  if (is_symbol(name)) {
    i = field_index(type, symbol_of(name));
  } else {
    check_type(task, "isdefined", types::Int64, name);
    i = unbox_int64(name) - 1;
  }
  return i >= 0 && i < field_count(type) && is_field_defined(object, size_t(i));
}

Value *builtin_isdefined(Task *task, Value *f, Value **args, uint32_t n) {
  check_arity(task, "isdefined", n, 2, 3);
  if (type_of(args[0]) == types::Module_)
    return builtin_isdefinedglobal(task, f, args, 2);
  return bool_value(has_defined_field(task, args[0], args[1]));
}

// --- Globals ---

Value *builtin_getglobal(Task *task, Value *, Value **args, uint32_t n) {
  check_arity(task, "getglobal", n, 2, 3);
  check_type(task, "getglobal", types::Module_, args[0]);
  check_type(task, "getglobal", types::Symbol_, args[1]);
  return module_field(task, args[0], args[1]);
}

Value *builtin_setglobal(Task *task, Value *, Value **args, uint32_t n) {
  check_arity(task, "setglobal!", n, 3, 4);
  check_type(task, "setglobal!", types::Module_, args[0]);
  check_type(task, "setglobal!", types::Symbol_, args[1]);
  set_global(task, get_binding_for_write(task, static_cast<Module *>(args[0]), symbol_of(args[1])), args[2]);
  return args[2];
}

} // namespace jl
