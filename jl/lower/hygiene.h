// SPDX-License-Identifier: MIT
// Which expansion an identifier comes from.
//
// Macros are hygienic by layers: every identifier of a macro's result belongs to the layer of that expansion,
// except under `esc`, which goes back to the layer of the macro call. Two identifiers mean the same variable
// when name and layer are equal; one that turns out to be no local variable is a global of the layer's
// module. Nothing is renamed.
#pragma once

#include "jl/runtime/value.h"
#include "jl/syntax/ast.h"

namespace jl {

/// One macro expansion. Lives in an AstArena. Source text itself has no layer (null).
struct Layer {
  Module *module;      // where names that are not local are looked up; kept alive by whoever makes the layer
  const Layer *parent; // of the macro call
  Symbol macro;        // for names of globals that an expansion makes at top level
  bool is_temporary;   // made by desugaring for one variable: no name is shown
  Node *line =
      nullptr; // of the outermost macro call: where its statements are said to be; null: where they are
};

/// An identifier as scopes see it.
struct Name {
  Symbol symbol;
  const Layer *layer = nullptr;
  friend bool operator==(const Name &, const Name &) = default;
};

// The layer is kept in a field of Node that identifiers do not use otherwise.
inline const Layer *layer_of(const Node *identifier) {
  return reinterpret_cast<const Layer *>(identifier->extra_);
}
inline void set_layer(Node *identifier, const Layer *layer) {
  identifier->extra_ = reinterpret_cast<const SymbolRecord *>(layer);
}
inline Name name_of(const Node *identifier) {
  return {identifier->symbol(), layer_of(identifier)};
}

} // namespace jl

template <> struct std::hash<jl::Name> {
  // Only ever the key of lookups: iteration over such tables must not reach any output.
  size_t operator()(const jl::Name &name) const {
    return std::hash<jl::Symbol>()(name.symbol) ^ (reinterpret_cast<uintptr_t>(name.layer) >> 4);
  }
};
