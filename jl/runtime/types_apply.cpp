// SPDX-License-Identifier: MIT
// Applying type constructors to parameters, with Julia's checks and errors.
#include <algorithm>
#include <string>

#include "jl/runtime/exceptions.h"
#include "jl/runtime/strings.h"
#include "jl/runtime/symbols.h"
#include "jl/runtime/throw.h"
#include "jl/runtime/types_internal.h"
#include "jl/runtime/values.h"

namespace jl {

void throw_type_error_in(Task *task, std::string_view function, std::string_view context, Value *expected,
                         Value *got) {
  auto **error = reinterpret_cast<Value **>(raw_object(types::TypeError, 4 * sizeof(Value *)));
  error[0] = symbol_value(function);
  error[1] = new_string(task, context);
  error[2] = expected;
  error[3] = got;
  throw_value(task, reinterpret_cast<Value *>(error));
}

bool is_valid_parameter(Value *v) {
  DataType *t = type_of(v);
  if (is_type_or_var(v) || t == types::Symbol_ || t == types::Module_)
    return true;
  if (t->is_bits)
    return true;
  if (t->name != types::Tuple->name && t->name != types::NamedTupleTypeName)
    return false;
  for (uint32_t i = 0; i < t->layout->nfields; ++i)
    if (!is_valid_parameter(get_field(current_task(), v, i)))
      return false;
  return true;
}

namespace {

std::string constructor_name(Value *constructor) {
  DataType *t = unwrapped_datatype(constructor);
  return t ? std::string(t->name->name.text()) : "Type";
}

bool fits_bounds(Value *p, Value *lower, Value *upper) {
  if (upper == types::Any && lower == types::Bottom_)
    return true;
  if (is_typevar(p) || has_free_typevars(p) || has_free_typevars(upper) || has_free_typevars(lower))
    return true; // decided when the variables get values
  return is_type(p) && is_subtype(p, upper) && is_subtype(lower, p);
}

void check_bounds(Task *task, Value *constructor, TypeVar *var, Value *p,
                  std::span<const Replacement> before) {
  if (!is_valid_parameter(p))
    throw_type_error_in(task, constructor_name(constructor), "parameter", types::Type, p);
  Value *lower = substitute_all(var->lower, before), *upper = substitute_all(var->upper, before);
  if (!fits_bounds(p, lower, upper))
    throw_type_error_in(task, constructor_name(constructor), var->name.text(),
                        make_typevar(var->name, lower, upper), p);
}

/// A parameter's variable within the bounds of the one that it stands for, as far as both are closed?
bool fits_bounds_as_variable(TypeVar *given, Value *lower, Value *upper) {
  auto closed = [](Value *bound) { return !has_free_typevars(bound); };
  return (!closed(upper) || !closed(given->upper) || is_subtype(given->upper, upper)) &&
         (!closed(lower) || !closed(given->lower) || is_subtype(lower, given->lower));
}

/// Tuple types list their parameters one by one.
constexpr int64_t kMaxTupleLength = int64_t(1) << 22;

void check_length(Task *task, Value *count) {
  if (is_int_value(count) && int_value(count) > kMaxTupleLength)
    throw_argument_error(task, "Vararg length is too large: " + std::to_string(int_value(count)));
}

/// Is `var` the length of a Vararg somewhere in `t`?
bool counts_elements(TypeVar *var, Value *t) {
  if (is_union_all(t))
    return counts_elements(var, as_union_all(t)->body);
  if (is_union_type(t))
    return counts_elements(var, as_union(t)->a) || counts_elements(var, as_union(t)->b);
  if (type_of(t) == types::Vararg_)
    return static_cast<Vararg *>(t)->n == var;
  if (!is_datatype(t))
    return false;
  std::span<Value *const> parameters = elements(as_datatype(t)->parameters);
  return std::ranges::any_of(parameters, [&](Value *p) { return counts_elements(var, p); });
}

/// The names are Symbols, each used once; the field types are as many.
void check_named_tuple(Task *task, DataType *t) {
  Value *names = (*t->parameters)[0], *fields = (*t->parameters)[1];
  if (is_typevar(names))
    return;
  if (!is_tuple_type(type_of(names)))
    throw_type_error_in(task, "NamedTuple", "names", types::Tuple, names);
  int64_t count = field_count(type_of(names));
  for (int64_t i = 0; i < count; ++i) {
    Value *name = get_field(task, names, size_t(i));
    if (type_of(name) != types::Symbol_)
      throw_type_error_in(task, "NamedTuple", "name", types::Symbol_, name);
    for (int64_t k = 0; k < i; ++k)
      if (symbol_of(get_field(task, names, size_t(k))) == symbol_of(name))
        throw_error(task, "duplicate field name in NamedTuple: \"" + std::string(symbol_of(name).text()) +
                              "\" is not unique");
  }
  if (has_free_typevars(fields) || fields == types::Bottom_)
    return;
  if (!is_datatype(fields))
    throw_error(task, "NamedTuple field type must be a tuple datatype");
  std::span<Value *const> given = elements(as_datatype(fields)->parameters);
  if (int64_t(given.size()) != count || (count && is_vararg(given.back())))
    throw_error(task, "NamedTuple names and field types must have matching lengths");
}

/// Checks the NamedTuple types in `t` that get what they lacked from `replacements`.
void check_named_tuples(Task *task, Value *t, std::span<const Replacement> replacements) {
  if (is_union_all(t))
    return check_named_tuples(task, as_union_all(t)->body, replacements);
  if (is_union_type(t)) {
    check_named_tuples(task, as_union(t)->a, replacements);
    return check_named_tuples(task, as_union(t)->b, replacements);
  }
  if (!is_datatype(t) || !has_free_typevars(t))
    return;
  if (as_datatype(t)->name == types::NamedTupleTypeName)
    check_named_tuple(task, as_datatype(substitute_all(t, replacements)));
  for (Value *p : elements(as_datatype(t)->parameters))
    check_named_tuples(task, p, replacements);
}

Value *apply_union_all(Task *task, Value *constructor, std::span<Value *const> parameters) {
  GcVector<Replacement> replacements;
  Value *body = constructor;
  for (Value *p : parameters) {
    if (!is_union_all(body))
      throw_error(task, "too many parameters for type " + constructor_name(constructor));
    TypeVar *var = as_union_all(body)->var;
    check_bounds(task, constructor, var, p, replacements);
    if (counts_elements(var, body))
      check_length(task, p);
    replacements.push_back({var, p});
    body = as_union_all(body)->body;
  }
  check_named_tuples(task, body, replacements);
  return substitute_all(body, replacements);
}

Value *apply_vararg(Task *task, Vararg *constructor, std::span<Value *const> parameters) {
  Value *slots[2] = {constructor->t, constructor->n};
  size_t next = constructor->t ? 1 : 0;
  if (constructor->n || next + parameters.size() > 2)
    throw_error(task, "too many parameters for type Vararg");
  for (Value *p : parameters)
    slots[next++] = p;
  if (slots[0] && !is_type_or_var(slots[0]))
    throw_type_error_in(task, "Vararg", "type", types::Type, slots[0]);
  if (slots[1] && !is_typevar(slots[1]) && !is_int_value(slots[1]))
    throw_type_error_in(task, "Vararg", "count", types::Int64, slots[1]);
  if (slots[1] && is_int_value(slots[1]) && int_value(slots[1]) < 0)
    throw_error(task, "Vararg length is negative: " + std::to_string(int_value(slots[1])));
  if (slots[1])
    check_length(task, slots[1]);
  return make_vararg(slots[0], slots[1]);
}

Value *apply_union(Task *task, std::span<Value *const> parameters) {
  for (Value *p : parameters)
    if (!is_type_or_var(p))
      throw_type_error_in(task, "Union", "parameter", types::Type, p);
  return make_union(parameters);
}

void check_tuple_parameters(Task *task, std::span<Value *const> parameters) {
  for (size_t i = 0; i < parameters.size(); ++i)
    if (!is_type_or_var(parameters[i]) && !(is_vararg(parameters[i]) && i + 1 == parameters.size()))
      throw_type_error_in(task, "Tuple", "parameter", types::Type, parameters[i]);
}

bool is_whole_tuple(Value *t) {
  return t == types::Tuple;
}

} // namespace

void check_variables_fit(Task *task, DataType *applied) {
  Value *rest = applied->name->wrapper;
  GcVector<Replacement> before;
  for (Value *p : elements(applied->parameters)) {
    if (!is_union_all(rest))
      return;
    TypeVar *var = as_union_all(rest)->var;
    Value *lower = substitute_all(var->lower, before), *upper = substitute_all(var->upper, before);
    if (is_typevar(p) && !fits_bounds_as_variable(as_typevar(p), lower, upper))
      throw_type_error_in(task, applied->name->name.text(), var->name.text(),
                          make_typevar(var->name, lower, upper), p);
    before.push_back({var, p});
    rest = as_union_all(rest)->body;
  }
}

DataType *make_tuple_type(std::span<Value *const> parameters) {
  check_tuple_parameters(current_task(), parameters);
  return instantiate(types::Tuple->name, parameters);
}

Value *type_of_type(Value *t) {
  return instantiate(types::TypeTypeName, {&t, 1});
}

namespace {

/// Types that nest deeper are the work of a recursion without end, and whatever walks them would run out of
/// stack.
constexpr int kMaxNesting = 20000;

Value *apply_any(Task *task, Value *constructor, std::span<Value *const> parameters) {
  if (constructor == types::Union_)
    return apply_union(task, parameters);
  if (is_whole_tuple(constructor)) {
    check_tuple_parameters(task, parameters);
    return instantiate(types::Tuple->name, parameters);
  }
  if (is_vararg(constructor))
    return apply_vararg(task, as_vararg(constructor), parameters);
  if (is_union_all(constructor))
    return parameters.empty() ? constructor : apply_union_all(task, constructor, parameters);
  if (parameters.empty() && is_type(constructor))
    return constructor;
  throw_type_error_in(task, "Type{...} expression", "", types::UnionAll_, constructor);
}

} // namespace

Value *apply_type(Task *task, Value *constructor, std::span<Value *const> parameters) {
  Value *type = apply_any(task, constructor, parameters);
  if (type_depth(type) > kMaxNesting)
    throw_stack_overflow();
  return type;
}

DataType *argument_types(Value *f, Value *const *args, size_t n) {
  constexpr size_t kOnStack = 16;
  Value *on_stack[kOnStack];
  GcVector<Value *> on_heap;
  Value **slots = on_stack;
  if (n + 1 > kOnStack) {
    on_heap.resize(n + 1);
    slots = on_heap.data();
  }
  for (size_t i = 0; i <= n; ++i) {
    Value *v = i ? args[i - 1] : f;
    slots[i] = is_type(v) && !has_free_typevars(v) ? type_of_type(v) : type_of(v);
  }
  return instantiate(types::Tuple->name, {slots, n + 1});
}

} // namespace jl
