// SPDX-License-Identifier: MIT
// Types and methods found again by exactly what they are made of, for those that read them from somewhere
// else. No parameter is checked: what is asked for existed once.
#pragma once

#include <span>

#include "jl/runtime/gc.h"
#include "jl/runtime/value.h"

namespace jl {

/// `name{parameters...}`, found or made.
DataType *exact_type(TypeName *name, std::span<Value *const> parameters);
/// The method with this very signature that is visible in `world`, or null.
Method *exact_method(Value *signature, uint64_t world);

/// The list of methods that find_methods goes through for `signature`: equal places, equal lists, as long as
/// no method is added. False when it goes through none.
struct MethodList {
  const TypeName *callee = nullptr, *key = nullptr;
  bool operator==(const MethodList &) const = default;
};
bool find_method_list(Value *signature, MethodList &out);
/// Those of the list that are visible in `world`, in order, and the worlds in which the list is this one.
void methods_in_list(Value *signature, uint64_t world, GcVector<Method *> &out, uint64_t &min, uint64_t &max);

/// How often a module has taken the place of another: what names within one meant before may be something
/// else since. No other type, function or module that has a name ever stops being what the name stands for.
/// Any thread.
uint64_t module_replacements();

} // namespace jl
