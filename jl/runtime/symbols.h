// SPDX-License-Identifier: MIT
// Symbols as objects: the Core.Symbol of an interned name.
//
// Interning itself is jl/support's and knows no objects, since the parser uses it before there are any; here
// each name gets its one object on demand.
#pragma once

#include <string_view>

#include "jl/runtime/value.h"

namespace jl {

/// The one Symbol object of `name`. Kept for ever; any thread.
SymbolValue *symbol_value(Symbol name);
SymbolValue *symbol_value(std::string_view text);

/// Gives symbols that were made before the type Symbol their type tag. boot_types calls it once Symbol
/// exists.
void tag_early_symbols();

bool is_symbol(const Value *v);
/// The name a Symbol object stands for.
inline Symbol symbol_of(const Value *v) {
  return static_cast<const SymbolValue *>(v)->name;
}
/// Is `v` the Symbol `text`?
bool is_symbol_named(const Value *v, std::string_view text);

/// A name that no source text can spell, `##base#N`. N counts within `module`, so it depends on the program
/// alone.
SymbolValue *generate_symbol(Module *module, std::string_view base);

} // namespace jl
