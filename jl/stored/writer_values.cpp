// SPDX-License-Identifier: MIT
// Objects that stand in code and syntax: plain data, types, and what is found by a name.
#include <algorithm>
#include <stdexcept>

#include "jl/runtime/arrays.h"
#include "jl/runtime/module.h"
#include "jl/runtime/strings.h"
#include "jl/runtime/symbols.h"
#include "jl/runtime/task.h"
#include "jl/runtime/values.h"
#include "jl/stored/writer.h"

namespace jl::stored {

void Writer::list_of_values(std::span<Value *const> values) {
  number(values.size());
  for (Value *item : values)
    value(item);
}

void Writer::value(Value *value) {
  if (!value)
    return tag(Tag::Null);
  if (plain_value(value) || global_of(value) || type_value(value) || code_value(value))
    return;
  object(value);
}

bool Writer::plain_value(Value *value) {
  DataType *type = type_of(value);
  if (is_nothing(value)) {
    tag(Tag::Nothing);
  } else if (type == types::Int64) {
    tag(Tag::Int64);
    integer(unbox_int64(value));
  } else if (type == types::String_) {
    tag(Tag::String);
    to_->text(static_cast<String *>(value)->view());
  } else if (type == types::Symbol_) {
    tag(Tag::Symbol);
    symbol(symbol_of(value));
  } else if (type == types::Module_) {
    tag(Tag::Module);
    module(static_cast<Module *>(value));
  } else if (value == types::Bottom_) {
    tag(Tag::Bottom);
  } else {
    return false;
  }
  return true;
}

/// Is the name that of a closure's type? Such a type is a constant of its module; that of a function is not.
static bool is_closure_type(const TypeName *name) {
  return name->is_function && own_global(name->module, name->name) == name->wrapper;
}

/// A function, or what a type's name stands for.
bool Writer::global_of(Value *value) {
  DataType *type = type_of(value);
  TypeName *name = nullptr;
  Symbol global;
  if (type == types::DataType_ || type == types::UnionAll_) {
    Value *body = unwrap_union_all(value);
    name = type_of(body) == types::DataType_ ? static_cast<DataType *>(body)->name : nullptr;
    if (!name || name->wrapper != value)
      return false;
    global = name->name;
    if (is_closure_type(name) && std::ranges::find(closures_, name) == closures_.end()) {
      closures_.push_back(name);
      closure_type(static_cast<DataType *>(body));
      return true;
    }
  } else if (type->instance == value && type->name->is_function) {
    name = type->name;
    global = name->function_name;
  }
  if (!name || own_global(name->module, global) != value)
    return false;
  tag(Tag::Global);
  this->global(name->module, global);
  return true;
}

/// What define_closure_type was given.
void Writer::closure_type(DataType *type) {
  TypeName *name = type->name;
  tag(Tag::Closure);
  module(name->module);
  symbol(name->name);
  symbol(name->function_name);
  svec(name->field_names);
  number(type->parameters->length);
  for (size_t i = 0; i < type->parameters->length; i++)
    symbol(static_cast<TypeVar *>((*type->parameters)[i])->name);
  for (size_t i = 0; i < type->types->length; i++) { // 0: a Box; else which parameter, from 1
    std::span<Value *const> parameters(type->parameters->data, type->parameters->length);
    Value *field = (*type->types)[i];
    number(field == types::Box_ ? 0 : size_t(std::ranges::find(parameters, field) - parameters.begin()) + 1);
  }
}

bool Writer::type_value(Value *value) {
  DataType *type = type_of(value);
  if (type == types::TypeVar_) {
    auto known = std::ranges::find(typevars_, value);
    bool is_new = known == typevars_.end();
    tag(is_new ? Tag::TypeVar : Tag::TypeVarAgain);
    if (!is_new)
      return number(size_t(known - typevars_.begin())), true;
    auto *variable = static_cast<TypeVar *>(value);
    symbol(variable->name);
    this->value(variable->lower);
    this->value(variable->upper);
    typevars_.push_back(variable);
  } else if (type == types::UnionAll_) {
    tag(Tag::UnionAll);
    this->value(static_cast<UnionAll *>(value)->var);
    this->value(static_cast<UnionAll *>(value)->body);
  } else if (type == types::Union_) {
    GcVector<Value *> members;
    union_members(value, members);
    tag(Tag::Union);
    list_of_values(members);
  } else if (type == types::Vararg_) {
    tag(Tag::Vararg);
    this->value(static_cast<Vararg *>(value)->t);
    this->value(static_cast<Vararg *>(value)->n);
  } else if (type == types::DataType_) {
    auto *applied = static_cast<DataType *>(value);
    std::span<Value *const> parameters(applied->parameters->data, applied->parameters->length);
    if (applied->name->is_function && applied->instance && parameters.empty()) {
      tag(Tag::TypeOf);
      this->value(applied->instance);
    } else if (is_tuple_type(value)) {
      tag(Tag::Tuple);
      list_of_values(parameters);
    } else if (!parameters.empty()) {
      tag(Tag::Apply);
      this->value(applied->name->wrapper);
      list_of_values(parameters);
    } else {
      throw std::runtime_error("type " + type_to_string(value) + " is not found by its name");
    }
  } else {
    return false;
  }
  return true;
}

bool Writer::code_value(Value *value) {
  DataType *type = type_of(value);
  if (type == types::SimpleVector_) {
    auto *svec = static_cast<SimpleVector *>(value);
    tag(Tag::Svec);
    list_of_values({svec->data, svec->length});
  } else if (type == types::GlobalRef_) {
    auto *ref = static_cast<GlobalRef *>(value);
    tag(Tag::GlobalRef);
    global(ref->module, symbol_of(ref->name));
  } else if (type == types::QuoteNode_) {
    tag(Tag::QuoteNode);
    this->value(static_cast<QuoteNode *>(value)->value);
  } else if (type == types::Expr_) {
    auto *expr = static_cast<Expr *>(value);
    tag(Tag::Expr);
    symbol(symbol_of(expr->head));
    list_of_values({expr->args->data<Value *>(), array_length(expr->args)});
  } else if (type == types::LineNumberNode_) {
    tag(Tag::LineNumber);
    integer(static_cast<LineNumberNode *>(value)->line);
    this->value(static_cast<LineNumberNode *>(value)->file);
  } else {
    return false;
  }
  return true;
}

/// An immutable object, by its bits or field by field.
void Writer::object(Value *value) {
  DataType *type = type_of(value);
  if (type->instance == value && type->name->is_function)
    throw std::runtime_error("function " + type_to_string(type) + " is not found by its name");
  if (type->name->is_mutable || !type->layout)
    throw std::runtime_error("an object of type " + type_to_string(type) + " stands in code");
  if (type->instance == value) {
    tag(Tag::Instance);
    this->value(type);
  } else if (type->is_bits) {
    tag(Tag::Bits);
    this->value(type);
    to_->text({reinterpret_cast<const char *>(value), type->layout->size});
  } else {
    tag(Tag::Struct);
    this->value(type);
    number(type->layout->nfields);
    for (size_t i = 0; i < type->layout->nfields; i++)
      this->value(get_field(current_task(), value, i));
  }
}

} // namespace jl::stored
