// SPDX-License-Identifier: MIT
// Syntax as values and back.
#include "jl/lower/lower.h"
#include "jl/runtime/arrays.h"
#include "jl/runtime/module.h"
#include "jl/runtime/strings.h"
#include "jl/runtime/symbols.h"
#include "jl/runtime/values.h"

namespace jl {

static Value *integer_value(Task *task, const Node *node) {
  switch (node->integer_type) {
  case IntegerType::Int64:
    return box_int64(task, int64_t(node->bits()));
  case IntegerType::UInt8:
    return box_uint8(task, uint8_t(node->bits()));
  case IntegerType::UInt16:
    return box_uint16(task, uint16_t(node->bits()));
  case IntegerType::UInt32:
    return box_uint32(task, uint32_t(node->bits()));
  case IntegerType::UInt64:
    return box_uint64(task, node->bits());
  }
  return nothing_value();
}

static Value *expr_value(Task *task, const Node *node, SourceMap &sources) {
  Array *args = new_vector_any(task, int64_t(node->arg_count()));
  for (size_t i = 0; i < node->arg_count(); i++)
    args->data<Value *>()[i] = node_to_value(task, node->arg(i), sources);
  return new_expr(task, symbol_value(node->head_name()), args);
}

static Value *line_value(Task *task, const Node *node) {
  Value *file = node->line_file() ? symbol_value(node->line_file()) : nothing_value();
  return new_line_number_node(task, node->line(), file);
}

Value *node_to_value(Task *task, const Node *node, SourceMap &sources) {
  switch (node->kind) {
  case NodeKind::Expr:
    return expr_value(task, node, sources);
  case NodeKind::Identifier:
    return symbol_value(node->symbol());
  case NodeKind::Integer:
    return integer_value(task, node);
  case NodeKind::Float64:
    return box_float64(task, node->float64());
  case NodeKind::Float32:
    return box_float32(task, node->float32());
  case NodeKind::Char:
    return box_char_bits(task, uint32_t(node->bits()));
  case NodeKind::String:
    return new_string(task, node->string());
  case NodeKind::Bool:
    return bool_value(node->boolean());
  case NodeKind::Nothing:
    return nothing_value();
  case NodeKind::LineNumber:
    return line_value(task, node);
  case NodeKind::Quote:
    return new_quote_node(task, node_to_value(task, node->quoted(), sources));
  case NodeKind::GlobalRef:
    return new_global_ref(
        task, node->ref_module().text() == "Base" && modules::Base ? modules::Base : modules::Core,
        node->ref_name());
  case NodeKind::Value:
    return static_cast<Value *>(node->value());
  }
  return nothing_value();
}

/// Bounds the recursion over trees that macros build, which may even hold themselves.
constexpr unsigned kMaxValueDepth = 3000;

static Node *to_node(AstArena &arena, Value *value, Range range, unsigned depth);

static Node *too_deep(AstArena &arena, Range range) {
  return arena.expr(Head::Error, {arena.string("expression nests too deeply", range)}, range);
}

static Node *expr_node(AstArena &arena, const Expr *expr, Range range, unsigned depth) {
  if (depth > kMaxValueDepth)
    return too_deep(arena, range);
  std::span<Value *> args = any_elements(expr->args);
  auto *nodes = static_cast<Node **>(arena.allocate(args.size() * sizeof(Node *)));
  for (size_t i = 0; i < args.size(); i++)
    nodes[i] = args[i] ? to_node(arena, args[i], range, depth + 1) : arena.nothing(range);
  return arena.expr(expr->head->name, std::span<Node *const>(nodes, args.size()), range);
}

static Node *line_node(AstArena &arena, const LineNumberNode *line, Range range) {
  Symbol file = is_symbol(line->file) ? symbol_of(line->file) : Symbol();
  return arena.line_number(uint32_t(line->line), file, range);
}

static Node *to_node(AstArena &arena, Value *value, Range range, unsigned depth) {
  DataType *type = type_of(value);
  if (type == types::Symbol_)
    return arena.identifier(symbol_of(value), range);
  if (type == types::Expr_)
    return expr_node(arena, static_cast<Expr *>(value), range, depth);
  if (type == types::QuoteNode_ && depth > kMaxValueDepth)
    return too_deep(arena, range);
  if (type == types::QuoteNode_)
    return arena.quote(to_node(arena, static_cast<QuoteNode *>(value)->value, range, depth + 1), range);
  if (type == types::LineNumberNode_)
    return line_node(arena, static_cast<LineNumberNode *>(value), range);
  if (type == types::Int64)
    return arena.int64(unbox_int64(value), range);
  if (type == types::UInt8)
    return arena.integer(IntegerType::UInt8, unbox_uint8(value), range);
  if (type == types::UInt64)
    return arena.integer(IntegerType::UInt64, unbox_uint64(value), range);
  if (type == types::UInt16)
    return arena.integer(IntegerType::UInt16, unbox<uint16_t>(value), range);
  if (type == types::UInt32)
    return arena.integer(IntegerType::UInt32, unbox_uint32(value), range);
  if (type == types::Float32)
    return arena.float32(unbox_float32(value), range);
  if (type == types::Char)
    return arena.character(unbox_uint32(value), range);
  if (type == types::Float64)
    return arena.float64(unbox_float64(value), range);
  if (type == types::Bool)
    return arena.boolean(unbox_bool(value), range);
  if (type == types::String_)
    return arena.string(string_view_of(value), range);
  if (type == types::Nothing)
    return arena.nothing(range);
  gc_keep(value); // nodes are not scanned by the collector
  return arena.value(value, range);
}

Node *value_to_node(AstArena &arena, Value *value, Range range) {
  return to_node(arena, value, range, 0);
}

} // namespace jl
