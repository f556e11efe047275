// SPDX-License-Identifier: MIT
#include "jl/runtime/error_text.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "jl/runtime/arrays.h"
#include "jl/runtime/exceptions.h"
#include "jl/runtime/method.h"
#include "jl/runtime/module.h"
#include "jl/runtime/numbers.h"
#include "jl/runtime/strings.h"
#include "jl/runtime/symbols.h"
#include "jl/runtime/values.h"
#include "jl/support/utf8.h"

namespace jl {

// --- Values ---

static std::string quoted(std::string_view text, char quote) {
  std::string out(1, quote);
  for (char c : text) {
    if (c == '\n')
      out += "\\n";
    else if (c == '\t')
      out += "\\t";
    else if (c == quote || c == '\\' || c == '$')
      (out += '\\') += c;
    else
      out += c;
  }
  return out + quote;
}

static std::string integer_text(Value *v, size_t bytes, bool is_signed) {
  if (!is_signed) {
    static constexpr char kHex[] = "0123456789abcdef";
    std::string out = "0x";
    for (size_t i = bytes; i-- > 0;) {
      uint8_t byte = reinterpret_cast<const uint8_t *>(v)[i];
      (out += kHex[byte >> 4]) += kHex[byte & 15];
    }
    return out;
  }
  int64_t wide = bytes == 1   ? unbox<int8_t>(v)
                 : bytes == 2 ? unbox<int16_t>(v)
                 : bytes == 4 ? unbox<int32_t>(v)
                              : unbox<int64_t>(v);
  return std::to_string(wide);
}

static std::string float_text(double v) {
  char buffer[kMaxFloatText];
  return std::string(buffer, write_float64(buffer, v));
}

static std::string char_text(Value *v) {
  std::string text;
  append_utf8(text, char_code_point(v));
  return quoted(text, '\'');
}

static std::string text_within(Value *v, int depth);

/// `Type(field, field)`, as Julia shows a struct that has no show method.
static std::string struct_text(Value *v, int depth) {
  DataType *type = type_of(v);
  bool is_plain = type->layout && type->types && type->layout->nfields == type->types->length;
  if (!is_plain || depth == 0 || is_array(v) || is_memory(v))
    return type_to_string(type) + "(...)";
  std::string out = is_tuple_type(type) ? "(" : type_to_string(type) + "(";
  for (size_t i = 0; i < type->layout->nfields; i++) {
    Value *field = get_field(current_task(), v, i);
    out += (i ? ", " : "") + (field ? text_within(field, depth - 1) : "#undef");
  }
  return out + ")";
}

constexpr int kDepth = 3; // objects may contain themselves

std::string value_text(Value *v) {
  return text_within(v, kDepth);
}

std::string text_within(Value *v, int depth) {
  DataType *type = type_of(v);
  if (v == nothing_value())
    return "nothing";
  if (type == types::Bool)
    return unbox_bool(v) ? "true" : "false";
  if (type == types::String_)
    return quoted(string_view_of(v), '"');
  if (type == types::Symbol_)
    return ":" + std::string(symbol_of(v).text());
  if (type == types::Char)
    return char_text(v);
  if (type == types::Float64)
    return float_text(unbox_float64(v));
  if (type == types::Float32)
    return float_text(double(unbox_float32(v))) + "f0";
  if (type == types::Module_)
    return module_path(static_cast<Module *>(v));
  if (is_type(v) || type == types::TypeVar_)
    return type_to_string(v);
  if (type->is_primitive && type->layout->size <= 8 &&
      (is_subtype(type, types::Signed) || is_subtype(type, types::Unsigned)))
    return integer_text(v, type->layout->size, is_subtype(type, types::Signed));
  if (type->name->is_function)
    return std::string(type->name->function_name ? type->name->function_name.text()
                                                 : type->name->name.text());
  return struct_text(v, depth);
}

// --- Messages ---

namespace {

/// Reads the exception's fields by name; an undefined one is null.
struct Fields {
  Value *exception;
  Value *operator[](std::string_view name) const { return field_named(current_task(), exception, name); }
  std::string text(std::string_view name) const {
    Value *v = (*this)[name];
    return !v ? "#undef" : is_string(v) ? std::string(string_view_of(v)) : value_text(v);
  }
  std::string name(std::string_view field) const {
    Value *v = (*this)[field];
    return v && is_symbol(v) ? std::string(symbol_of(v).text()) : text(field);
  }
};

std::string with_message(const Fields &e) {
  return type_to_string(type_of(e.exception)) + ": " + e.text("msg");
}

std::string summary(Value *collection) {
  std::string type = type_to_string(type_of(collection));
  if (is_array(collection)) {
    auto *array = static_cast<Array *>(collection);
    std::string size;
    for (size_t i = 0; i < array_rank(array); i++)
      size += (i ? "×" : "") + std::to_string(array->dims[i]);
    return array_rank(array) == 1 ? size + "-element " + type : size + " " + type;
  }
  if (is_memory(collection))
    return std::to_string(static_cast<Memory *>(collection)->length) + "-element " + type;
  if (is_string(collection))
    return std::to_string(string_view_of(collection).size()) + "-codeunit String";
  return type;
}

std::string index_text(Value *index) {
  if (!is_tuple_type(type_of(index)))
    return value_text(index);
  std::string out;
  for (uint32_t i = 0; i < tuple_length(index); i++)
    out += (i ? ", " : "") + value_text(tuple_field(current_task(), index, i));
  return out;
}

std::string bounds_error(const Fields &e) {
  Value *a = e["a"], *i = e["i"];
  std::string out = "BoundsError";
  if (a)
    out += ": attempt to access " + summary(a);
  if (a && i)
    out += " at index [" + index_text(i) + "]";
  return out;
}

std::string undef_var_error(const Fields &e) {
  std::string out = "UndefVarError: `" + e.name("var") + "` not defined";
  Value *scope = e["scope"];
  if (!scope)
    return out;
  if (type_of(scope) == types::Module_) {
    auto *module = static_cast<Module *>(scope);
    Symbol name = Symbol::intern(e.name("var"));
    Binding *binding = find_binding(module, name);
    bool declared = binding && !binding->imported && binding->is_declared;
    if (Binding *own = own_binding(module, name); own && own->conflict_reported)
      return out + " in `" + module_path(module) +
             "`\nHint: It looks like two or more modules export different bindings with this name, resulting "
             "in ambiguity. "
             "Try explicitly importing it from a particular module, or qualifying the name with the module "
             "it should "
             "come from.";
    return out + " in `" + module_path(module) + "`\nSuggestion: " +
           (declared ? "add an appropriate import or assignment. This global was declared but not assigned."
                     : "check for spelling errors or missing imports.");
  }
  if (is_symbol_named(scope, "local"))
    return out + " in local scope\nSuggestion: check for an assignment to a local variable that shadows a "
                 "global of "
                 "the same name.";
  if (is_symbol_named(scope, "static_parameter"))
    return out + " in static parameter matching\nSuggestion: run Test.detect_unbound_args to detect method "
                 "arguments "
                 "that do not fully constrain a type parameter.";
  return out;
}

std::string type_error(const Fields &e) {
  Value *expected = e["expected"], *got = e["got"];
  if (expected == types::Bool)
    return "TypeError: non-boolean (" + type_to_string(type_of(got)) + ") used in boolean context";
  std::string function = e.name("func"), context = e.name("context");
  std::string out = "TypeError: in " + function;
  if (!context.empty())
    out += (function == "keyword argument" ? " " : ", in ") + context;
  out += ", expected " + value_text(expected) + ", got ";
  return out + (is_type(got) ? "Type{" + type_to_string(got) + "}"
                             : "a value of type " + type_to_string(type_of(got)));
}

/// The names that `fieldnames` gives: a tuple's fields are called 1, 2, ...
std::vector<std::string> shown_field_names(DataType *type) {
  std::vector<std::string> names;
  if (is_tuple_type(type))
    for (size_t i = 1; i <= type->parameters->length; i++)
      names.push_back(std::to_string(i));
  else
    for (int64_t i = 0; i < field_count(type); i++)
      names.emplace_back(field_name(type, size_t(i)).text());
  return names;
}

std::string field_error(const Fields &e) {
  auto *type = static_cast<DataType *>(e["type"]);
  std::string shown(type->name->name.text()), field = e.name("field");
  std::string out = "FieldError: type " + shown + " has no field `" + field + "`";
  Value *dictionary = modules::Base ? global_value(modules::Base, Symbol::intern("AbstractDict")) : nullptr;
  if (dictionary && is_subtype(type, dictionary))
    out += "\nDid you mean to access dict values using key: `:" + field +
           "` ? Consider using indexing syntax dict[:" + field + "]\n";
  std::vector<std::string> names = shown_field_names(type);
  if (names.empty())
    return out + "; " + shown + " has no fields at all.";
  out += ", available fields: ";
  for (size_t i = 0; i < names.size(); i++)
    out += (i ? ", `" : "`") + names[i] + "`";
  return out;
}

std::string inexact_error(const Fields &e) {
  Value *type = e["T"];
  std::string shown = is_type(type) ? type_to_string(type) : value_text(type);
  std::string call = e.name("func") == shown ? shown + "(" : e.name("func") + "(" + shown + ", ";
  return "InexactError: " + call + e.text("val") + ")";
}

std::string method_error(const Fields &e) {
  Value *args = e["args"];
  GcVector<Value *> flat(tuple_length(args));
  for (uint32_t i = 0; i < flat.size(); i++)
    flat[i] = tuple_field(current_task(), args, i);
  uint64_t world =
      std::min(unbox_uint64(e["world"]), current_world()); // programs that throw one give no world
  std::string candidates = method_candidates(e["f"], flat.data(), uint32_t(flat.size()), world);
  return "MethodError: " + method_error_message(e["f"], flat.data(), uint32_t(flat.size()), world) +
         (candidates.empty() ? "" : "\n\n" + candidates + "\n");
}

std::string load_error(const Fields &e) {
  return "LoadError: " + error_text(e["error"]) + "\nin expression starting at " + e.text("file") + ":" +
         e.text("line");
}

} // namespace

std::string error_text(Value *exception) {
  Fields e{exception};
  DataType *type = type_of(exception);
  const std::pair<DataType *, std::string (*)(const Fields &)> known[] = {
      {types::ErrorException, [](const Fields &e) { return e.text("msg"); }},
      {types::ArgumentError, with_message},
      {types::OverflowError, with_message},
      {types::AssertionError, with_message},
      {types::ConcurrencyViolationError, with_message},
      {types::BoundsError, bounds_error},
      {types::UndefVarError, undef_var_error},
      {types::TypeError, type_error},
      {types::FieldError, field_error},
      {types::InexactError, inexact_error},
      {types::MethodError, method_error},
      {types::LoadError, load_error},
      {types::DivideError,
       [](const Fields &) -> std::string { return "DivideError: integer division error"; }},
      {types::UndefRefError,
       [](const Fields &) -> std::string { return "UndefRefError: access to undefined reference"; }},
      {types::StackOverflowError, [](const Fields &) -> std::string { return "StackOverflowError:"; }},
      {types::InterruptException, [](const Fields &) -> std::string { return "InterruptException:"; }},
      {types::OutOfMemoryError, [](const Fields &) -> std::string { return "OutOfMemoryError()"; }},
      {types::DomainError,
       [](const Fields &e) { return "DomainError with " + e.text("val") + ":\n" + e.text("msg"); }},
      {types::UndefKeywordError,
       [](const Fields &e) {
         return "UndefKeywordError: keyword argument `" + e.name("var") + "` not assigned";
       }},
  };
  for (auto [which, text] : known)
    if (type == which)
      return text(e);
  return value_text(exception);
}

} // namespace jl
