// SPDX-License-Identifier: MIT
#include "jl/stored/read.h"

namespace jl::stored {

Range Reader::range() {
  if (!flag())
    return {};
  Pos begin = Pos(int64_t(last_) + integer());
  last_ = begin;
  return {begin, Pos(int64_t(begin) + integer())};
}

const Layer *Reader::layer() {
  size_t i = number();
  if (i == 0)
    return nullptr;
  if (i <= layers_.size())
    return layers_[i - 1];
  auto *made = new (library_.arena().allocate(sizeof(Layer))) Layer{};
  layers_.push_back(made);
  made->module = module();
  made->macro = symbol();
  made->is_temporary = flag();
  made->parent = layer();
  if (flag())
    made->line = node();
  return made;
}

Node *Reader::expression(Range range) {
  auto head = Head(number());
  Symbol other = head == Head::Other ? symbol() : Symbol();
  std::vector<Node *> args(number());
  for (Node *&arg : args)
    arg = node();
  return head == Head::Other ? library_.arena().expr(other, args, range)
                             : library_.arena().expr(head, args, range);
}

Node *Reader::node_of(NodeKind kind, Range range) {
  AstArena &arena = library_.arena();
  switch (kind) {
  case NodeKind::Expr:
    return expression(range);
  case NodeKind::Identifier: {
    Node *made = arena.identifier(symbol(), range);
    set_layer(made, layer());
    return made;
  }
  case NodeKind::Integer: {
    auto type = IntegerType(number());
    return arena.integer(type, number(), range);
  }
  case NodeKind::Float64:
    return arena.float64(std::bit_cast<double>(number()), range);
  case NodeKind::Float32:
    return arena.float32(std::bit_cast<float>(uint32_t(number())), range);
  case NodeKind::Char:
    return arena.character(uint32_t(number()), range);
  case NodeKind::Bool:
    return arena.boolean(number() != 0, range);
  case NodeKind::String:
    return arena.string(text(), range);
  case NodeKind::Nothing:
    return arena.nothing(range);
  case NodeKind::LineNumber: {
    auto line = uint32_t(number());
    return arena.line_number(line, symbol(), range);
  }
  case NodeKind::Quote:
    return arena.quote(node(), range);
  case NodeKind::GlobalRef: {
    Symbol module = symbol();
    return arena.global_ref(module, symbol(), range);
  }
  case NodeKind::Value: {
    Value *object = value();
    gc_keep(object); // nodes are not scanned by the collector
    return arena.value(object, range);
  }
  }
  return nullptr;
}

Node *Reader::node() {
  uint8_t first = byte();
  Range range = this->range();
  Node *made = node_of(NodeKind(first & 0xf), range);
  made->flags = first >> 4;
  return made;
}

std::span<Node *> Reader::nodes() {
  size_t n = number();
  auto *items = static_cast<Node **>(library_.arena().allocate(n * sizeof(Node *)));
  for (size_t i = 0; i < n; i++)
    items[i] = flag() ? node() : nullptr;
  return {items, n};
}

DefinitionSyntax::Parts Reader::definition() {
  DefinitionSyntax::Parts parts{node()};
  if (!flag())
    return parts;
  auto *constructor = new (library_.arena().allocate(sizeof(NewContext))) NewContext{};
  constructor->type_name = node();
  constructor->n_fields = number();
  constructor->parameters = nodes();
  constructor->field_types = nodes();
  parts.constructor = constructor;
  return parts;
}

} // namespace jl::stored
