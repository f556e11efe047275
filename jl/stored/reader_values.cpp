// SPDX-License-Identifier: MIT
#include "jl/lower/lower.h"
#include "jl/runtime/arrays.h"
#include "jl/runtime/module.h"
#include "jl/runtime/strings.h"
#include "jl/runtime/symbols.h"
#include "jl/runtime/values.h"
#include "jl/stored/read.h"

namespace jl::stored {

Value *Reader::closure_type() {
  Module *module = this->module();
  Symbol name = symbol(), function_name = symbol();
  ClosureTypeParts parts{name, function_name};
  auto *names = static_cast<SimpleVector *>(value());
  parts.field_names.assign(names->data, names->data + names->length);
  for (size_t n = number(); n > 0; n--)
    parts.parameters.push_back(make_typevar(symbol(), types::Bottom_, types::Any));
  for (size_t i = 0; i < names->length; i++) {
    size_t parameter = number();
    parts.field_types.push_back(parameter ? parts.parameters[parameter - 1] : types::Box_);
  }
  return define_closure_type(task_, module, parts);
}

Value *Reader::typevar() {
  Symbol name = symbol();
  Value *lower = value(), *upper = value();
  typevars_.push_back(make_typevar(name, lower, upper));
  return typevars_.back();
}

Value *Reader::union_all() {
  auto *variable = static_cast<TypeVar *>(value());
  return make_union_all(variable, value());
}

Value *Reader::apply() {
  Value *constructor = value();
  GcVector<Value *> parameters;
  values(parameters);
  return apply_type(task_, constructor, parameters);
}

Value *Reader::bits() {
  auto *type = static_cast<DataType *>(value());
  std::string_view bytes = text();
  return box_at(task_, type, bytes.data());
}

Value *Reader::struct_value() {
  auto *type = static_cast<DataType *>(value());
  GcVector<Value *> fields;
  values(fields);
  return new_struct(task_, type, fields.data(), uint32_t(fields.size()));
}

Value *Reader::expression_value() {
  SymbolValue *head = symbol_value(symbol());
  GcVector<Value *> arguments;
  values(arguments);
  Array *array = new_vector(task_, types::VectorAny, arguments.size());
  for (size_t i = 0; i < arguments.size(); i++)
    array->data<Value *>()[i] = arguments[i];
  return new_expr(task_, head, array);
}

Value *Reader::type_value(Tag tag) {
  switch (tag) {
  case Tag::TypeOf:
    return type_of(value());
  case Tag::Apply:
    return apply();
  case Tag::Tuple: {
    GcVector<Value *> parameters;
    values(parameters);
    return make_tuple_type(parameters);
  }
  case Tag::UnionAll:
    return union_all();
  case Tag::TypeVar:
    return typevar();
  case Tag::TypeVarAgain:
    return typevars_[number()];
  case Tag::Union: {
    GcVector<Value *> members;
    values(members);
    return make_union(members);
  }
  case Tag::Bottom:
    return types::Bottom_;
  case Tag::Vararg: {
    Value *t = value();
    return make_vararg(t, value());
  }
  case Tag::Closure:
    return closure_type();
  default:
    return code_value(tag);
  }
}

Value *Reader::code_value(Tag tag) {
  switch (tag) {
  case Tag::Svec: {
    GcVector<Value *> items;
    values(items);
    return new_svec(task_, items);
  }
  case Tag::GlobalRef:
    return global();
  case Tag::QuoteNode:
    return new_quote_node(task_, value());
  case Tag::Expr:
    return expression_value();
  case Tag::LineNumber: {
    int64_t line = integer();
    return new_line_number_node(task_, line, value());
  }
  default:
    return struct_value();
  }
}

Value *Reader::value() {
  auto tag = Tag(byte());
  switch (tag) {
  case Tag::Null:
    return nullptr;
  case Tag::Nothing:
    return nothing_value();
  case Tag::Int64:
    return box_int64(task_, integer());
  case Tag::Bits:
    return bits();
  case Tag::Instance:
    return static_cast<DataType *>(value())->instance;
  case Tag::String:
    return new_string(task_, text());
  case Tag::Symbol:
    return symbol_value(symbol());
  case Tag::Module:
    return module();
  case Tag::Global:
    return global_value();
  default:
    return type_value(tag);
  }
}

} // namespace jl::stored
