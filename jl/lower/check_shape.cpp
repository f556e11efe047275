// SPDX-License-Identifier: MIT
#include "jl/lower/macros.h"

namespace jl {

namespace {

constexpr size_t kMany = ~size_t{0};

struct Shape {
  size_t fewest, most;
};

/// How many arguments the parser gives each head. Heads not listed take any number.
Shape shape_of(Head head) {
  switch (head) {
  case Head::Adjoint:
  case Head::Const:
  case Head::Abstract:
  case Head::Splat:
  case Head::Flatten:
  case Head::Outer:
  case Head::Quote:
  case Head::SymbolicLabel:
  case Head::SymbolicGoto:
    return {1, 1};
  case Head::Dot:
  case Head::Declare:
  case Head::Subtype:
  case Head::Supertype:
  case Head::Function:
  case Head::Macro:
    return {1, 2};
  case Head::Assign:
  case Head::DotAssign:
  case Head::Kw:
  case Head::Arrow:
  case Head::For:
  case Head::While:
  case Head::Let:
  case Head::Do:
  case Head::Primitive:
  case Head::SplatNew:
    return {2, 2};
  case Head::If:
  case Head::ElseIf:
    return {2, 3};
  case Head::Struct:
    return {3, 3};
  case Head::Try:
    return {3, 5};
  case Head::Call:
  case Head::Ref:
  case Head::Curly:
  case Head::Where:
  case Head::NCat:
  case Head::NRow:
  case Head::TypedHCat:
  case Head::TypedVCat:
  case Head::New:
    return {1, kMany};
  case Head::Generator:
  case Head::Filter:
  case Head::TypedNCat:
  case Head::MacroCall:
  case Head::AndAnd:
  case Head::OrOr:
  case Head::DotAndAnd:
  case Head::DotOrOr:
    return {2, kMany};
  case Head::Comparison:
    return {3, kMany};
  default:
    return {0, kMany};
  }
}

} // namespace

bool has_shape(const Node *node) {
  Shape shape = shape_of(node->head);
  return node->arg_count() >= shape.fewest && node->arg_count() <= shape.most;
}

} // namespace jl
