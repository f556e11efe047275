// SPDX-License-Identifier: MIT
#include "jl/content/constants.h"

#include <algorithm>
#include <mutex>
#include <unordered_map>

#include "jl/runtime/method.h"
#include "jl/runtime/module.h"
#include "jl/runtime/runtime_lock.h"
#include "jl/runtime/types.h"

namespace jl::content {

namespace {

constexpr size_t kMaxDepth = 3;
constexpr uint32_t kMaxFields = 32;

struct Names {
  template <class K, class V>
  using Map = std::unordered_map<K, V, std::hash<K>, std::equal_to<>, GcAllocator<std::pair<const K, V>>>;
  std::recursive_mutex mutex;
  Map<Value *, ConstantName *> known; // looked up only
  GcVector<Module *> modules;         // being walked, found once each
  uint64_t world = 0;                 // of the last walk
};

Names &names() {
  static auto *all = gc_new<Names>(); // an unordered_map of collected memory, kept by this reference
  return *all;
}

bool is_mutable_object(Value *v) {
  DataType *type = type_of(v);
  return (type->name->is_mutable || !type->layout) && !is_type(v) && type != types::Module_ &&
         type != types::Symbol_ && type != types::String_ && type != types::SimpleVector_ &&
         type->instance != v;
}

/// Field `i` if it holds an object and always will hold the same; else null.
Value *fixed_field(Value *v, uint32_t i) {
  DataType *type = type_of(v);
  if (is_type(v) || !type->layout || i >= type->layout->nfields || !type->name->is_const_field(i) ||
      !type->layout->fields[i].is_pointer)
    return nullptr;
  return *reinterpret_cast<Value *const *>(reinterpret_cast<const char *>(v) +
                                           type->layout->fields[i].offset);
}

void note_value(Names &names, Value *v, Binding *binding, GcVector<uint32_t> &path) {
  bool is_mutable = is_mutable_object(v);
  if (is_mutable && !names.known.try_emplace(v, gc_new<ConstantName>(binding, path)).second)
    return;
  if (is_type(v) || type_of(v) == types::Module_ || path.size() == kMaxDepth || !type_of(v)->layout)
    return;
  uint32_t n = std::min(kMaxFields, type_of(v)->layout->nfields);
  for (uint32_t i = 0; i < n; i++)
    if (Value *field = fixed_field(v, i)) {
      path.push_back(i);
      note_value(names, field, binding, path);
      path.pop_back();
    }
}

/// Appends modules that are bound in this one to the list of those to be walked.
void walk_module(Names &names, Module *module) {
  GcVector<Binding *> bindings;
  module_bindings(module, bindings); // sorted: the first name of an object is the same in every session
  GcVector<uint32_t> path;
  for (Binding *binding : bindings) {
    Value *value = binding->value.load(std::memory_order_acquire);
    if (!value || binding->imported || !binding->is_const)
      continue;
    if (type_of(value) == types::Module_) {
      auto *inner = static_cast<Module *>(value);
      if (std::find(names.modules.begin(), names.modules.end(), inner) == names.modules.end())
        names.modules.push_back(inner);
    } else {
      note_value(names, value, binding, path);
    }
  }
}

/// The library's modules hardly change once they are there, and not without a new world.
void walk_all(Names &names) {
  bool whole = names.world != current_world();
  names.world = current_world();
  names.modules = whole ? GcVector<Module *>{modules::Core, modules::Base, modules::Main}
                        : GcVector<Module *>{modules::Main};
  for (size_t i = 0; i < names.modules.size(); i++)
    if (whole || names.modules[i] == modules::Main || names.modules[i]->parent != names.modules[i])
      walk_module(names, names.modules[i]);
}

bool holds(const ConstantName &name, const Value *v) {
  return named_constant(name.binding->module, name.binding->name, name.fields) == v;
}

} // namespace

const ConstantName *find_constant_name(Value *v) {
  Names &all = names();
  RuntimeLock lock(all.mutex);
  auto found = all.known.find(v);
  if (found != all.known.end() && !holds(*found->second, v)) {
    all.known.erase(found); // the constant has been redefined
    found = all.known.end();
  }
  if (found == all.known.end()) {
    walk_all(all);
    found = all.known.find(v);
  }
  return found == all.known.end() ? nullptr : found->second;
}

Value *named_constant(Module *module, Symbol name, const GcVector<uint32_t> &fields) {
  Binding *binding = own_binding(module, name);
  Value *v = binding && binding->is_const && !binding->imported
                 ? binding->value.load(std::memory_order_acquire)
                 : nullptr;
  for (uint32_t i : fields)
    v = v ? fixed_field(v, i) : nullptr;
  return v;
}

Module *find_root_module(Symbol name) {
  for (Module *known : {modules::Core, modules::Base, modules::Main})
    if (known->name == name)
      return known;
  Value *v = named_constant(modules::Base, name, {});
  bool is_root = v && type_of(v) == types::Module_ && static_cast<Module *>(v)->parent == v;
  return is_root ? static_cast<Module *>(v) : nullptr;
}

bool is_named_module(Module *module) {
  for (; module->parent && module->parent != module; module = module->parent)
    if (named_constant(module->parent, module->name, {}) != module)
      return false;
  return find_root_module(module->name) == module;
}

} // namespace jl::content
