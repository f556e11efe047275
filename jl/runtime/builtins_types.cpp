// SPDX-License-Identifier: MIT
// Builtins about values and their types, and what struct definitions become.
#include "jl/runtime/builtins.h"

#include "jl/runtime/arrays.h"
#include "jl/runtime/method.h"
#include "jl/runtime/module.h"
#include "jl/runtime/strings.h"
#include "jl/runtime/symbols.h"
#include "jl/runtime/types_internal.h"

namespace jl {

void check_arity(Task *task, std::string_view function, uint32_t n, uint32_t lowest, uint32_t highest) {
  if (n >= lowest && n <= highest)
    return;
  bool few = n < lowest;
  throw_argument_error(task, std::string(function) + (few ? ": too few" : ": too many") +
                                 " arguments (expected " + std::to_string(few ? lowest : highest) + ")");
}

void check_type(Task *task, std::string_view function, Value *type, Value *v) {
  if (!is_a(v, type))
    throw_type_error(task, function, type, v);
}

// --- Questions about values ---

Value *builtin_egal(Task *task, Value *, Value **args, uint32_t n) {
  check_arity(task, "===", n, 2, 2);
  return bool_value(args[0] == args[1] || egal(args[0], args[1]));
}

Value *builtin_typeof_(Task *task, Value *, Value **args, uint32_t n) {
  check_arity(task, "typeof", n, 1, 1);
  return type_of(args[0]);
}

Value *builtin_captured_type(Task *task, Value *, Value **args, uint32_t n) {
  check_arity(task, "_typeof_captured_variable", n, 1, 1);
  Value *v = args[0];
  return is_type(v) && !has_free_typevars(v) ? type_of_type(v) : static_cast<Value *>(type_of(v));
}

static int64_t size_of_type(Task *task, DataType *type) {
  if (!type->layout || !type->is_concrete)
    throw_argument_error(task, "type " + type_to_string(type) + " does not have a definite size");
  return type->layout->size;
}

Value *builtin_sizeof_(Task *task, Value *, Value **args, uint32_t n) {
  check_arity(task, "sizeof", n, 1, 1);
  Value *v = args[0];
  if (type_of(v) == types::DataType_)
    return box_int64(task, size_of_type(task, static_cast<DataType *>(v)));
  if (is_type(v))
    throw_argument_error(task, "argument is an abstract type; size is indeterminate");
  if (is_string(v))
    return box_int64(task, int64_t(string_view_of(v).size()));
  if (is_symbol(v))
    return box_int64(task, int64_t(symbol_of(v).text().size()));
  if (type_of(v) == types::SimpleVector_)
    return box_int64(task, int64_t((static_cast<SimpleVector *>(v)->length + 1) * sizeof(Value *)));
  if (is_memory(v))
    return box_int64(task, int64_t(static_cast<Memory *>(v)->length * element_layout(type_of(v)).size));
  if (is_array(v)) {
    auto *array = static_cast<Array *>(v);
    return box_int64(task, int64_t(array_length(array) * element_layout(type_of(array->ref.mem)).size));
  }
  return box_int64(task, size_of_type(task, type_of(v)));
}

Value *builtin_issubtype(Task *task, Value *, Value **args, uint32_t n) {
  check_arity(task, "<:", n, 2, 2);
  for (uint32_t i = 0; i < 2; i++)
    if (type_of(args[i]) != types::TypeVar_)
      check_type(task, "<:", types::Type, args[i]);
  return bool_value(is_subtype(args[0], args[1]));
}

Value *builtin_isa(Task *task, Value *, Value **args, uint32_t n) {
  check_arity(task, "isa", n, 2, 2);
  check_type(task, "isa", types::Type, args[1]);
  return bool_value(type_of(args[0]) == args[1] || is_a(args[0], args[1]));
}

Value *builtin_typeassert(Task *task, Value *, Value **args, uint32_t n) {
  check_arity(task, "typeassert", n, 2, 2);
  check_type(task, "typeassert", types::Type, args[1]);
  if (type_of(args[0]) != args[1] && !is_a(args[0], args[1]))
    throw_type_error(task, "typeassert", args[1], args[0]);
  return args[0];
}

// --- Values ---

Value *builtin_throw_(Task *task, Value *, Value **args, uint32_t n) {
  check_arity(task, "throw", n, 1, 1);
  throw_value(task, args[0]);
}

Value *builtin_tuple(Task *task, Value *, Value **args, uint32_t n) {
  return make_tuple(task, args, n);
}

Value *builtin_svec(Task *task, Value *, Value **args, uint32_t n) {
  return new_svec(task, std::span(args, n));
}

Value *builtin_ifelse(Task *task, Value *, Value **args, uint32_t n) {
  check_arity(task, "ifelse", n, 3, 3);
  check_type(task, "ifelse", types::Bool, args[0]);
  return unbox_bool(args[0]) ? args[1] : args[2];
}

Value *builtin_compilerbarrier(Task *task, Value *, Value **args, uint32_t n) {
  check_arity(task, "compilerbarrier", n, 2, 2);
  check_type(task, "compilerbarrier", types::Symbol_, args[0]);
  return args[1];
}

Value *builtin_donotdelete(Task *, Value *, Value **, uint32_t) {
  return nothing_value();
}

Value *builtin_current_scope_world(Task *task, Value *, Value **, uint32_t n) {
  check_arity(task, "_task_world", n, 0, 0);
  return box_uint64(task, task->world);
}

// --- Types as values ---

Value *builtin_apply_type(Task *task, Value *, Value **args, uint32_t n) {
  check_arity(task, "apply_type", n, 1);
  return apply_type(task, args[0], std::span(args + 1, n - 1));
}

Value *builtin_fieldtype(Task *task, Value *, Value **args, uint32_t n) {
  check_arity(task, "fieldtype", n, 2, 3);
  check_type(task, "fieldtype", types::Type, args[0]);
  Value *type = unwrap_union_all(args[0]);
  if (is_union(type)) {
    auto *both = static_cast<UnionType *>(type);
    Value *sides[2];
    Value *first[] = {rewrap_union_all(both->a, args[0]), args[1]};
    Value *second[] = {rewrap_union_all(both->b, args[0]), args[1]};
    sides[0] = builtin_fieldtype(task, nullptr, first, 2);
    sides[1] = builtin_fieldtype(task, nullptr, second, 2);
    return make_union(sides);
  }
  if (type_of(type) != types::DataType_)
    throw_type_error(task, "fieldtype", types::DataType_, type);
  size_t i;
  if (is_tuple_type(type) && type_of(args[1]) == types::Int64)
    i = size_t(unbox_int64(args[1]) - 1); // a Vararg has no last field
  else
    i = field_position(task, "fieldtype", args[0], static_cast<DataType *>(type), args[1]);
  Value *result = field_type(args[0], i);
  if (result == types::Bottom_ && is_tuple_type(type) &&
      int64_t(i) >= std::max<int64_t>(field_count(args[0]), 0))
    throw_bounds_error(task, args[0], args[1]);
  return result;
}

Value *builtin_union_all(Task *task, Value *, Value **args, uint32_t n) {
  check_arity(task, "UnionAll", n, 2, 2);
  check_type(task, "UnionAll", types::TypeVar_, args[0]);
  if (!is_type(args[1]) && type_of(args[1]) != types::TypeVar_ && type_of(args[1]) != types::Vararg_)
    throw_type_error(task, "UnionAll", types::Type, args[1]);
  return make_union_all(static_cast<TypeVar *>(args[0]), args[1]);
}

Value *builtin_typevar(Task *task, Value *, Value **args, uint32_t n) {
  check_arity(task, "TypeVar", n, 3, 3);
  check_type(task, "TypeVar", types::Symbol_, args[0]);
  return make_typevar(symbol_of(args[0]), args[1], args[2]);
}

static Module *module_argument(Task *task, std::string_view function, Value *v) {
  check_type(task, function, types::Module_, v);
  return static_cast<Module *>(v);
}

static SimpleVector *svec_argument(Task *task, std::string_view function, Value *v) {
  check_type(task, function, types::SimpleVector_, v);
  return static_cast<SimpleVector *>(v);
}

static SimpleVector *svec_argument(Task *task, std::string_view function, Value *v, DataType *element_type) {
  SimpleVector *elements = svec_argument(task, function, v);
  for (size_t i = 0; i < elements->length; i++)
    check_type(task, function, element_type, elements->data[i]);
  return elements;
}

/// Bit i for each 1-based field number i+1 in the svec.
static uint64_t const_field_mask(const SimpleVector *fields) {
  uint64_t mask = 0;
  for (size_t i = 0; i < fields->length; i++)
    if (int64_t field = unbox_int64(fields->data[i]); field >= 1 && field <= 64)
      mask |= uint64_t(1) << (field - 1);
  return mask;
}

Value *builtin_structtype(Task *task, Value *, Value **args, uint32_t n) {
  constexpr std::string_view name = "_structtype";
  check_arity(task, name, n, 7, 7);
  check_type(task, name, types::Symbol_, args[1]);
  SimpleVector *fields = svec_argument(task, name, args[3], types::Symbol_);
  check_type(task, name, types::Bool, args[5]);
  check_type(task, name, types::Int64, args[6]);
  if (unbox_int64(args[6]) < 0 || unbox_int64(args[6]) > int64_t(fields->length))
    throw_bounds_error(task, fields, args[6]);
  int64_t uninitialized = int64_t(fields->length) - unbox_int64(args[6]);
  return new_struct_type(module_argument(task, name, args[0]), symbol_of(args[1]),
                         svec_argument(task, name, args[2], types::TypeVar_), fields, unbox_bool(args[5]),
                         int(uninitialized),
                         const_field_mask(svec_argument(task, name, args[4], types::Int64)));
}

Value *builtin_abstracttype(Task *task, Value *, Value **args, uint32_t n) {
  check_arity(task, "_abstracttype", n, 3, 3);
  check_type(task, "_abstracttype", types::Symbol_, args[1]);
  return new_abstract_type(module_argument(task, "_abstracttype", args[0]), symbol_of(args[1]),
                           svec_argument(task, "_abstracttype", args[2], types::TypeVar_));
}

Value *builtin_primitivetype(Task *task, Value *, Value **args, uint32_t n) {
  check_arity(task, "_primitivetype", n, 4, 4);
  check_type(task, "_primitivetype", types::Symbol_, args[1]);
  check_type(task, "_primitivetype", types::Int64, args[3]);
  int64_t bits = unbox_int64(args[3]);
  if (bits < 1 || bits >= 1 << 23 || bits % 8 != 0)
    throw_error(task, "invalid number of bits in primitive type " + std::string(symbol_of(args[1]).text()));
  return new_primitive_type(module_argument(task, "_primitivetype", args[0]), symbol_of(args[1]),
                            svec_argument(task, "_primitivetype", args[2], types::TypeVar_), size_t(bits));
}

/// The type that is being defined: what is complete is never changed.
static DataType *definition_argument(Task *task, std::string_view function, Value *v) {
  check_type(task, function, types::Type, v);
  DataType *type = unwrapped_datatype(v);
  if (!type)
    throw_type_error(task, function, types::DataType_, v);
  return type;
}

Value *builtin_setsuper(Task *task, Value *, Value **args, uint32_t n) {
  check_arity(task, "_setsuper!", n, 2, 2);
  if (definition_argument(task, "_setsuper!", args[0])->super != types::Any)
    throw_argument_error(task, "_setsuper!: the type has a supertype");
  set_supertype(task, args[0], args[1]);
  return nothing_value();
}

Value *builtin_typebody(Task *task, Value *, Value **args, uint32_t n) {
  check_arity(task, "_typebody!", n, 2, 2);
  if (definition_argument(task, "_typebody!", args[0])->types)
    throw_argument_error(task, "_typebody!: the type has its fields");
  set_field_types(task, args[0], svec_argument(task, "_typebody!", args[1]));
  return args[0];
}

Value *builtin_equiv_typedef(Task *task, Value *, Value **args, uint32_t n) {
  check_arity(task, "_equiv_typedef", n, 2, 2);
  for (uint32_t i = 0; i < n; i++)
    check_type(task, "_equiv_typedef", types::Type, args[i]);
  return bool_value(equivalent_definition(args[0], args[1]));
}

} // namespace jl
