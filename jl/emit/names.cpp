// SPDX-License-Identifier: MIT
#include "jl/emit/names.h"

#include "jl/runtime/module.h"

#include <algorithm>

namespace jl::emit {

namespace {

/// "#foo#1" -> "foo", "#5#6" -> "#5"; plain names as they are.
std::string undecorated(std::string_view name) {
  if (name.size() < 2 || name[0] != '#')
    return std::string(name);
  size_t end = name.find('#', 1);
  std::string_view inner = name.substr(1, end == std::string_view::npos ? end : end - 1);
  bool number = std::all_of(inner.begin(), inner.end(), [](char c) { return c >= '0' && c <= '9'; });
  return number ? "#" + std::string(inner) : std::string(inner);
}

std::string qualified(Module *module, Symbol name) {
  return without_counters(module_path(module) + "." + std::string(name.text()));
}

bool is_function_value(Value *value) {
  DataType *type = type_of(value);
  return type->instance == value && type->name->is_function;
}

} // namespace

std::string without_counters(std::string_view name) {
  std::string kept;
  bool counts = false; // in the digits behind a '#'
  for (char c : name) {
    bool digit = c >= '0' && c <= '9';
    counts = c == '#' || (counts && digit);
    if (!counts || c == '#')
      kept += c;
  }
  return kept;
}

std::string undecorated_name(std::string_view name) {
  return undecorated(name);
}

std::string display_name(const MethodInstance *instance) {
  return instance->def ? undecorated(instance->def->name.text()) : "top-level scope";
}

std::string symbol_name(const MethodInstance *instance) {
  return instance->def ? without_counters(undecorated(instance->def->name.text())) : "top_level_scope";
}

std::string type_name(Value *type) {
  return without_counters(type_to_unit_string(type));
}

std::string signature_text(const MethodInstance *instance) {
  std::string text = without_counters(display_name(instance)) + "(";
  Value *spec = unwrap_union_all(instance->spec_types);
  SimpleVector *parameters = static_cast<DataType *>(spec)->parameters;
  for (size_t i = 1; i < parameters->length; i++)
    text += (i > 1 ? ", " : "") + type_name((*parameters)[i]);
  return text + ")";
}

std::string argument_name(Symbol name, Value *type) {
  return (name ? without_counters(name.text()) : std::string()) + "::" + type_name(type);
}

SlotName slot_name(Value *value) {
  using ligature::SlotKind;
  if (type_of(value) == types::Symbol_)
    return {"jl_sym#" + without_counters(static_cast<SymbolValue *>(value)->name.text()) + "#_",
            SlotKind::Symbol};
  if (is_type(value)) {
    Value *body = unwrap_union_all(value);
    if (type_of(body) != types::DataType_)
      return {"+Core.Union#_", SlotKind::Type};
    TypeName *name = static_cast<DataType *>(body)->name;
    return {"+" + qualified(name->module, name->name) + "#_", SlotKind::Type};
  }
  if (is_function_value(value)) {
    TypeName *name = type_of(value)->name;
    return {"-" + qualified(name->module, name->function_name ? name->function_name : name->name) + "#_",
            SlotKind::Function};
  }
  return {"jl_global#_", SlotKind::Other};
}

std::string global_slot_name(Module *module, Symbol name) {
  return "*" + qualified(module, name) + "#_";
}

} // namespace jl::emit
