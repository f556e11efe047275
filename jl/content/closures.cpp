// SPDX-License-Identifier: MIT
#include "jl/content/closures.h"

#include <algorithm>
#include <unordered_map>

#include "jl/lower/lower.h"
#include "jl/runtime/module.h"

namespace jl::content {

bool is_closure(const TypeName *name) {
  if (!name->is_function || !name->function_name)
    return false;
  std::string_view text = name->name.text();
  return !(text.starts_with("#") && text.substr(1) == name->function_name.text());
}

bool is_library_module(const Module *module) {
  while (module->parent && module->parent != module)
    module = module->parent;
  return module != modules::Main;
}

static bool (*find_library_file)(std::string_view) = nullptr;

void set_library_files(bool (*is_one)(std::string_view name)) {
  find_library_file = is_one;
}

/// The library's files are known by names that no program's file has, those being absolute; but a program may
/// say what text that it gives to include_string is to be called.
static bool is_library_file(Symbol file) {
  if (!file.text().starts_with("./"))
    return false;
  if (!find_library_file)
    return true;
  static thread_local std::unordered_map<const void *, bool>
      known; // asked for each method that a call may mean
  auto [at, is_new] = known.try_emplace(file.record());
  if (is_new)
    at->second = find_library_file(file.text().substr(2));
  return at->second;
}

bool is_library_method(const Method *method) {
  return is_library_module(method->module) &&
         (method->builtin || (method->file && is_library_file(method->file)));
}

GcVector<Method *> methods_of_closure(TypeName *name) {
  GcVector<Method *> methods;
  methods_of(unwrap_union_all(name->wrapper), current_world(), methods);
  return methods;
}

bool is_library_closure(TypeName *name) {
  if (!is_closure(name) || !is_library_module(name->module))
    return false;
  GcVector<Method *> methods = methods_of_closure(name);
  return std::all_of(methods.begin(), methods.end(), is_library_method);
}

std::string masked_name(Symbol name) {
  std::string masked;
  bool in_number = false;
  for (char c : name.text()) {
    in_number = c >= '0' && c <= '9' && (in_number || masked.ends_with('#'));
    if (!in_number)
      masked += c;
    else if (!masked.ends_with("#0"))
      masked += '0';
  }
  return masked;
}

ClosurePlace place_of(const TypeName *name) {
  Method *owner = owner_of_closure(name);
  if (!owner)
    return {nullptr, 0};
  GcVector<Value *> types = closure_types_of(owner);
  for (size_t i = 0; i < types.size(); i++)
    if (static_cast<DataType *>(unwrap_union_all(types[i]))->name == name)
      return {owner, i};
  return {nullptr, 0};
}

void closures_of(Task *task, Method *owner, GcVector<Value *> &out) {
  method_source(task, owner);
  out = closure_types_of(owner);
}

} // namespace jl::content
