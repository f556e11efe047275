// SPDX-License-Identifier: MIT
// Bodies that wait to be lowered: their syntax, macros expanded. Nothing is lowered to learn whether a method
// is the one that was known before.
#include <algorithm>

#include "jl/content/describe.h"
#include "jl/lower/function_syntax.h"
#include "jl/runtime/module.h"

namespace jl::content {

/// Expansions are numbered in order of mention: two names are one variable when they are of one expansion.
void Describer::layer(const Layer *layer) {
  if (!layer)
    return to_.number(0);
  auto known = std::find(layers_.begin(), layers_.end(), layer);
  if (known != layers_.end())
    return to_.number(size_t(known - layers_.begin()) + 1);
  layers_.push_back(layer);
  to_.number(layers_.size());
  module(layer->module);
  to_.name(layer->macro);
  to_.byte(layer->is_temporary | (layer->line != nullptr) << 1);
  if (layer->line)
    node(layer->line);
  this->layer(layer->parent);
}

void Describer::node(const Node *node) {
  if (failure_)
    return;
  if (!node)
    return to_.byte(0xff);
  to_.byte(uint8_t(node->kind));
  switch (node->kind) {
  case NodeKind::Expr:
    if (level_ > 1600)
      return fail("syntax that nests too deeply");
    level_++;
    to_.byte(node->flags);
    to_.name(node->head_name());
    to_.number(node->arg_count());
    for (const Node *arg : node->args())
      this->node(arg);
    level_--;
    return;
  case NodeKind::Identifier:
    to_.name(node->symbol());
    return layer(layer_of(node));
  case NodeKind::Integer:
    to_.byte(uint8_t(node->integer_type));
    return to_.number(node->bits());
  case NodeKind::Float64:
  case NodeKind::Float32:
  case NodeKind::Char:
  case NodeKind::Bool:
    return to_.number(node->bits());
  case NodeKind::String:
    return to_.text(node->string());
  case NodeKind::Nothing:
    return;
  case NodeKind::LineNumber:
    return to_.integer(node->line_file() == file_ ? int64_t(node->line()) - line_ : -1);
  case NodeKind::Quote:
    return this->node(node->quoted());
  case NodeKind::GlobalRef:
    to_.name(node->ref_module());
    return to_.name(node->ref_name());
  case NodeKind::Value: {
    unsigned level = level_;
    level_ = 0; // those of syntax are of another size
    value(static_cast<Value *>(node->value()));
    level_ = level;
    return;
  }
  }
}

void Describer::syntax(const PendingBody &pending) {
  file_ = pending.file;
  line_ = pending.line;
  module(pending.module);
  to_.byte(uint8_t(pending.variant.kind));
  to_.number(pending.variant.count);
  to_.name(pending.keyword_body);
  to_.name(pending.closure_prefix);
  to_.name(pending.generator);
  node(pending.definition->node());
  const NewContext *given = pending.definition->constructor();
  to_.byte(given != nullptr);
  if (!given)
    return;
  const NewContext &constructor = *given;
  node(constructor.type_name);
  to_.number(constructor.n_fields);
  for (std::span<Node *> list : {constructor.parameters, constructor.field_types}) {
    to_.number(list.size());
    for (const Node *item : list)
      node(item);
  }
}

} // namespace jl::content
