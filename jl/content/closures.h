// SPDX-License-Identifier: MIT
// Types of closures: their names carry counters, so they are told apart by where they stand and what they do.
//
// A closure in a method that was lowered when it was first needed is the n-th that this lowering made. One of
// top-level code has nothing around it that lasts: it is its own code, and the n-th with that code in its
// module.
#pragma once

#include "jl/content/hash.h"
#include "jl/runtime/method.h"

namespace jl::content {

bool is_closure(const TypeName *name);
/// Of the standard library: its numbers are the same in every session of this build.
bool is_library_closure(TypeName *name);
/// Everything that does not lie in Main.
bool is_library_module(const Module *module);
bool is_library_method(const Method *method);
/// Which names, behind "./", the library's files have. To be said before anything is asked; else all have
/// such names.
void set_library_files(bool (*is_one)(std::string_view name));
/// `#g#12` -> `#g#0`: which number it is does not matter.
std::string masked_name(Symbol name);
GcVector<Method *> methods_of_closure(TypeName *name);
/// Why a closure's type has no content until its methods are defined: the type is there before its code runs.
inline constexpr const char *kNoMethodsYet = "a closure whose methods are not defined yet";

struct ClosurePlace {
  Method *owner; // null: top-level code
  size_t number;
};
ClosurePlace place_of(const TypeName *name);
/// The closure types that lowering the method makes, lowering it now if need be. May throw what lowering
/// throws.
void closures_of(Task *task, Method *owner, GcVector<Value *> &out);
/// How many closure types of the module with smaller names have the same definition.
size_t number_among_equals(TypeName *name, const Hash &definition);
TypeName *find_closure(Module *module, const Hash &definition, size_t number);

} // namespace jl::content
