// SPDX-License-Identifier: MIT
// Syntax of definitions, macros expanded.
#include <algorithm>
#include <utility>

#include "jl/stored/writer.h"

namespace jl::stored {

uint32_t Writer::syntax(const DefinitionSyntax &definition) {
  auto [known, is_new] = places_.try_emplace(&definition, uint32_t(all_syntax_.size()));
  if (!is_new)
    return known->second;
  Bytes *to = std::exchange(to_, &all_syntax_);
  std::vector<TypeVar *> typevars = std::exchange(typevars_, {});
  SyntaxState state;
  node(definition.node(), state);
  constructor(definition.constructor(), state);
  typevars_ = std::move(typevars);
  to_ = to;
  return known->second;
}

void Writer::constructor(const NewContext *constructor, SyntaxState &state) {
  flag(constructor != nullptr);
  if (!constructor)
    return;
  node(constructor->type_name, state);
  number(constructor->n_fields);
  for (std::span<Node *> list : {constructor->parameters, constructor->field_types}) {
    number(list.size());
    for (const Node *item : list) {
      flag(item != nullptr);
      if (item)
        node(item, state);
    }
  }
}

/// Close to the one before, most of the time.
void Writer::range(Range range, SyntaxState &state) {
  flag(bool(range));
  if (!range)
    return;
  integer(int64_t(range.begin) - int64_t(state.last));
  integer(int64_t(range.end) - int64_t(range.begin));
  state.last = range.begin;
}

/// 0: none; the number of a known one from 1; the next number: a new one, which follows.
void Writer::layer(const Layer *layer, SyntaxState &state) {
  if (!layer)
    return number(0);
  auto known = std::ranges::find(state.layers, layer);
  number(size_t(known - state.layers.begin()) + 1);
  if (known != state.layers.end())
    return;
  state.layers.push_back(layer);
  module(layer->module);
  symbol(layer->macro);
  flag(layer->is_temporary);
  this->layer(layer->parent, state);
  flag(layer->line != nullptr);
  if (layer->line)
    node(layer->line, state);
}

void Writer::expression(const Node *node, SyntaxState &state) {
  number(node->head);
  if (node->head == Head::Other)
    symbol(node->head_name());
  number(node->arg_count());
  for (const Node *arg : node->args())
    this->node(arg, state);
}

void Writer::node(const Node *node, SyntaxState &state) {
  to_->byte(uint8_t(node->kind) | uint8_t(node->flags << 4));
  range(node->range, state);
  switch (node->kind) {
  case NodeKind::Expr:
    return expression(node, state);
  case NodeKind::Identifier:
    symbol(node->symbol());
    return layer(layer_of(node), state);
  case NodeKind::Integer:
    number(node->integer_type);
    return number(node->bits());
  case NodeKind::Float64:
  case NodeKind::Float32:
  case NodeKind::Char:
  case NodeKind::Bool:
    return number(node->bits());
  case NodeKind::String:
    return to_->text(node->string());
  case NodeKind::Nothing:
    return;
  case NodeKind::LineNumber:
    number(node->line());
    return symbol(node->line_file());
  case NodeKind::Quote:
    return this->node(node->quoted(), state);
  case NodeKind::GlobalRef:
    symbol(node->ref_module());
    return symbol(node->ref_name());
  case NodeKind::Value:
    return value(static_cast<Value *>(node->value()));
  }
}

} // namespace jl::stored
