// SPDX-License-Identifier: MIT
// What a function body is annotated with: @inline, @constprop, @assume_effects and their like.
//
// desugar_quote.cpp reads them off the body's `meta` expressions, lowered code carries them along, and
// inference goes by them. @nospecialize and @generated are not here: they belong to the method.
#pragma once

namespace jl {

/// What annotations (@inline, @constprop, @assume_effects ...) say of a function body.
struct Annotations {
  bool declared_inline = false;
  bool declared_noinline = false;
  bool propagate_inbounds = false;
  bool constprop_aggressive = false;
  bool constprop_none = false;
  bool assume_foldable = false; // @assume_effects :foldable / :total
  bool assume_nothrow = false;
  bool assume_terminates = false;
};

} // namespace jl
