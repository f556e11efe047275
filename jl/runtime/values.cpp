// SPDX-License-Identifier: MIT
#include "jl/runtime/values.h"

#include <algorithm>

#include "jl/runtime/arrays.h"
#include "jl/runtime/exceptions.h"
#include "jl/runtime/gc.h"
#include "jl/runtime/module.h"
#include "jl/runtime/symbols.h"

namespace jl {

// --- Svecs ------------------------------------------------------------------------------------------------

SimpleVector *alloc_svec(Task *task, size_t n) {
  size_t bytes = sizeof(SimpleVector) + n * sizeof(Value *);
  auto *svec = static_cast<SimpleVector *>(alloc_scanned_object(task, types::SimpleVector_, bytes));
  svec->length = n;
  return svec;
}

SimpleVector *new_svec(Task *task, std::span<Value *const> values) {
  if (values.empty())
    return empty_svec();
  SimpleVector *svec = alloc_svec(task, values.size());
  std::copy(values.begin(), values.end(), svec->data);
  return svec;
}

SimpleVector *new_svec(Task *task, std::initializer_list<Value *> values) {
  return new_svec(task, std::span<Value *const>(values.begin(), values.size()));
}

SimpleVector *empty_svec() {
  static SimpleVector *empty = alloc_svec(nullptr, 0);
  return empty;
}

// --- Fields -----------------------------------------------------------------------------------------------

static char *field_address(const Value *object, const FieldLayout &field) {
  return reinterpret_cast<char *>(const_cast<Value *>(object)) + field.offset;
}

void store_value(void *p, Value *v, size_t size, bool is_pointer) {
  if (is_pointer)
    memcpy(p, &v, sizeof(Value *));
  else
    memmove(p, static_cast<const void *>(v), size);
}

Value *get_field(Task *task, const Value *object, size_t i) {
  const DataType *type = type_of(object);
  const FieldLayout &field = type->layout->fields[i];
  char *p = field_address(object, field);
  if (field.is_pointer)
    return *reinterpret_cast<Value **>(p);
  if (!is_field_defined(object, i))
    return nullptr;
  return box_at(task, static_cast<DataType *>(type->types->data[i]), p);
}

void put_field(Value *object, size_t i, Value *v) {
  const FieldLayout &field = type_of(object)->layout->fields[i];
  store_value(field_address(object, field), v, field.size, field.is_pointer);
}

bool is_field_defined(const Value *object, size_t i) {
  const DataType *type = type_of(object);
  const FieldLayout &field = type->layout->fields[i];
  void **words = reinterpret_cast<void **>(field_address(object, field));
  if (field.is_pointer)
    return words[0] != nullptr;
  const Layout *inner = static_cast<DataType *>(type->types->data[i])->layout;
  return !inner->has_pointers || inner->first_pointer == ~0u || words[inner->first_pointer] != nullptr;
}

Value *field_named(Task *task, const Value *object, std::string_view name) {
  int64_t i = field_index(type_of(object), Symbol::intern(name));
  return i < 0 ? nullptr : get_field(task, object, size_t(i));
}

// --- Structs and tuples ---

/// Is `v` what a field of type `t` may hold? The two common answers first.
static bool fits(Value *v, Value *t) {
  return type_of(v) == t || t == types::Any || is_a(v, t);
}

static void check_new(Task *task, DataType *type, uint32_t n) {
  if (type_of(type) != types::DataType_ || !type->layout || !type->types)
    throw_type_error(task, "new", types::DataType_, type);
  size_t nfields = type->types->length;
  if (n > nfields || nfields - n > size_t(type->name->n_uninitialized))
    throw_error(task, "invalid struct allocation");
}

static Value *build_struct(Task *task, DataType *type, Value *const *args, uint32_t n) {
  if (type->instance)
    return type->instance;
  Value *object = alloc_object(task, type, type->layout->size);
  if (type->layout->size > kLargestPooledPayload && !type->layout->has_pointers)
    memset(static_cast<void *>(object), 0, type->layout->size);
  for (uint32_t i = 0; i < n; i++)
    put_field(object, i, args[i]);
  return object;
}

Value *new_struct(Task *task, DataType *type, Value *const *args, uint32_t n) {
  check_new(task, type, n);
  for (uint32_t i = 0; i < n; i++)
    if (!fits(args[i], type->types->data[i]))
      throw_type_error(task, "new", type->types->data[i], args[i]);
  return build_struct(task, type, args, n);
}

Value *new_struct_from_tuple(Task *task, DataType *type, const Value *tuple) {
  uint32_t n = tuple_length(tuple);
  GcVector<Value *> fields(n);
  for (uint32_t i = 0; i < n; i++)
    fields[i] = tuple_field(task, tuple, i);
  return new_struct(task, type, fields.data(), n);
}

Value *make_tuple(Task *task, Value *const *args, uint32_t n) {
  if (n == 0)
    return types::EmptyTuple->instance;
  constexpr uint32_t kFew = 16;
  Value *few[kFew];
  GcVector<Value *> many(n > kFew ? n : 0);
  Value **element_types = n > kFew ? many.data() : few;
  for (uint32_t i = 0; i < n; i++)
    element_types[i] = type_of(args[i]);
  return build_struct(task, make_tuple_type({element_types, n}), args, n);
}

Value *make_tuple(Task *task, std::initializer_list<Value *> args) {
  return make_tuple(task, args.begin(), uint32_t(args.size()));
}

uint32_t tuple_length(const Value *tuple) {
  return uint32_t(type_of(tuple)->parameters->length);
}

Value *tuple_field(Task *task, const Value *tuple, uint32_t i) {
  return get_field(task, tuple, i);
}

Value *make_named_tuple(Task *task, std::span<const Symbol> names, std::span<Value *const> values) {
  GcVector<Value *> symbols, element_types;
  for (Symbol name : names)
    symbols.push_back(symbol_value(name));
  for (Value *v : values)
    element_types.push_back(type_of(v));
  Value *parameters[] = {make_tuple(task, symbols.data(), uint32_t(symbols.size())),
                         make_tuple_type(element_types)};
  auto *type = static_cast<DataType *>(apply_type(task, types::NamedTuple, parameters));
  return build_struct(task, type, values.data(), uint32_t(values.size()));
}

// --- Code as data ---

Expr *new_expr(Task *task, SymbolValue *head, Array *args) {
  auto *expr = static_cast<Expr *>(alloc_scanned_object(task, types::Expr_, sizeof(Expr)));
  expr->head = head;
  expr->args = args;
  return expr;
}

Expr *new_expr(Task *task, std::string_view head, std::initializer_list<Value *> args) {
  return new_expr(task, symbol_value(head), new_vector_any(task, args));
}

QuoteNode *new_quote_node(Task *task, Value *value) {
  auto *node = static_cast<QuoteNode *>(alloc_scanned_object(task, types::QuoteNode_, sizeof(QuoteNode)));
  node->value = value;
  return node;
}

LineNumberNode *new_line_number_node(Task *task, int64_t line, Value *file) {
  auto *node = static_cast<LineNumberNode *>(
      alloc_scanned_object(task, types::LineNumberNode_, sizeof(LineNumberNode)));
  node->line = line;
  node->file = file;
  return node;
}

GlobalRef *new_global_ref(Task *task, Module *module, Symbol name) {
  auto *ref = static_cast<GlobalRef *>(alloc_scanned_object(task, types::GlobalRef_, sizeof(GlobalRef)));
  ref->module = module;
  ref->name = symbol_value(name);
  return ref;
}

Box *new_box(Task *task, Value *contents) {
  auto *box = static_cast<Box *>(alloc_scanned_object(task, types::Box_, sizeof(Box)));
  box->contents = contents;
  return box;
}

Value *copy_ast(Task *task, Value *v) {
  if (type_of(v) != types::Expr_)
    return v;
  jl_stack_check(task); // a tree may contain itself
  auto *expr = static_cast<Expr *>(v);
  Array *args = new_vector_any(task, int64_t(array_length(expr->args)));
  for (size_t i = 0; i < array_length(args); i++) {
    Value *arg = any_elements(expr->args)[i];
    any_elements(args)[i] = arg ? copy_ast(task, arg) : nullptr;
  }
  return new_expr(task, expr->head, args);
}

} // namespace jl
