// SPDX-License-Identifier: MIT
// What things are called in a unit's text. Names come from the source alone: no counters, no addresses.
// UnitBuilder appends the number that makes each unique in its unit.
#pragma once

#include "jl/infer/typed.h"
#include "ligature/link_info.h"

#include <string>

namespace jl::emit {

/// The function's name as users know it: "foo"; "#5" for an anonymous function; "foo" for its keyword body
/// `#foo#1`.
std::string display_name(const MethodInstance *instance);
/// The same for any function's name: "#foo#1" -> "foo".
std::string undecorated_name(std::string_view name);
/// Without the digits behind each '#': "#5#6" -> "##". How many anonymous functions came before is no matter
/// of the unit's.
std::string without_counters(std::string_view name);
/// display_name for use in a unit: without counters, and "top_level_scope" for a thunk.
std::string symbol_name(const MethodInstance *instance);
/// A type as a unit may name it.
std::string type_name(Value *type);
/// "baz(Int64)".
std::string signature_text(const MethodInstance *instance);
/// "x::Int64".
std::string argument_name(Symbol name, Value *type);

struct SlotName {
  std::string base; // "+Core.Float64#_", "-Main.foo#_", "jl_sym#x#_", "jl_global#_"
  ligature::SlotKind kind;
};
SlotName slot_name(Value *value);
/// "*Main.x#_"
std::string global_slot_name(Module *module, Symbol name);

} // namespace jl::emit
