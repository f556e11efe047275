// SPDX-License-Identifier: MIT
// Names of objects that may change: the constant globals through which they can be reached.
//
// `const table = Dict()` names the dictionary, `const pair = (1, [2])` the array as field 2 of `pair`.
// Inference puts such objects into code as they are; in another session the same name stands for the object
// that is meant. An object has one name in a session, so that what two names share, or do not, is seen in
// their content.
#pragma once

#include "jl/runtime/gc.h"
#include "jl/runtime/value.h"

namespace jl::content {

struct ConstantName {
  Binding *binding;
  GcVector<uint32_t> fields; // 0-based, from the constant's value inwards
};

/// The name of `v`, or null. Constants are looked through when an object is asked for that has none yet.
const ConstantName *find_constant_name(Value *v);
/// What stands under the name now; null when there is nothing of the kind.
Value *named_constant(Module *module, Symbol name, const GcVector<uint32_t> &fields);
/// A module whose parent is itself, if it has been loaded: Core, Base, Main, or one of the standard library,
/// which Base binds.
Module *find_root_module(Symbol name);
/// Does its path of names lead to this very module? Not to one whose place another has taken, nor to one that
/// a program made without giving it a name.
bool is_named_module(Module *module);

} // namespace jl::content
