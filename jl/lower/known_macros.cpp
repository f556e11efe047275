// SPDX-License-Identifier: MIT
#include "jl/lower/macros.h"

#include "jl/runtime/values.h"

namespace jl {

namespace {

struct Known {
  Expander &e;
  Node *call;
  const Layer *layer;
  bool is_expanded = false; // the result needs no further walk (and must not get another layer)
  Node *expand_argument(Node *node) { return is_expanded = true, expand(e, node, layer); }
  AstArena &arena() const { return *e.context.arena; }
  Range range() const { return call->range; }
  size_t count() const { return call->arg_count() - 2; }
  Node *arg(size_t i) const { return call->arg(i + 2); }
  Node *last() const { return call->arg(call->arg_count() - 1); }
  Node *error(std::string_view message) const {
    return arena().expr(Head::Error, {arena().string(message, range())}, range());
  }
  Node *meta(std::string_view what) const {
    return arena().expr(Head::Meta, {arena().identifier(what, range())}, range());
  }
};

const Node *signature_of(const Node *node) {
  while (node->is_expr(Head::Where) || node->is_expr(Head::Declare))
    node = node->arg(0);
  return node;
}

/// `f` with a (meta ...) put first in its body.
Node *with_meta(const Known &k, Node *function, std::string_view what) {
  Node *body = function->arg(function->arg_count() - 1);
  std::vector<Node *> statements;
  if (body->is_expr(Head::Block)) {
    std::span<Node *> old = body->args();
    size_t lines = !old.empty() && old[0]->kind == NodeKind::LineNumber ? 1 : 0;
    statements.assign(old.begin(), old.begin() + lines);
    statements.push_back(k.meta(what));
    statements.insert(statements.end(), old.begin() + lines, old.end());
  } else {
    statements = {k.meta(what), body};
  }
  Node *new_body = k.arena().expr(Head::Block, statements, body->range);
  new_body->flags = body->flags;
  std::vector<Node *> args(function->args().begin(), function->args().end());
  args.back() = new_body;
  Node *copy = k.arena().expr(function->head, args, function->range);
  copy->flags = function->flags;
  return copy;
}

/// Annotations that belong to a definition, or stand alone in a body.
Node *annotate(Known &k, std::string_view what) {
  if (k.count() == 0)
    return k.meta(what);
  // The definition may be wrapped in another annotation: `@inline @propagate_inbounds f(x) = ...`.
  Node *inner = k.expand_argument(k.last());
  if (is_function_definition(inner))
    return with_meta(k, inner, what);
  if (what == "inline" || what == "noinline")
    return k.arena().expr(what == "inline" ? Head::Inline : Head::NoInline, {inner}, k.range());
  return inner;
}

/// `if @generated ... else ... end` may take either branch; this one is the plain one.
Node *generated(Known &k) {
  Node *inner = k.expand_argument(k.last());
  return is_function_definition(inner) ? with_meta(k, inner, "generated")
                                       : k.error("invalid use of @generated: expected a function definition");
}

Node *inbounds(const Known &k) {
  return k.count() == 1 ? k.arena().expr(Head::Inbounds, {k.arg(0)}, k.range())
                        : k.error("@inbounds expects one expression");
}

Node *simd(const Known &k) {
  Node *loop = k.count() ? k.last() : nullptr;
  if (!loop || !loop->is_expr(Head::For, 2))
    return k.error("@simd expects a `for` loop");
  Node *body = k.arena().expr(Head::Block, {loop->arg(1), k.arena().expr(Head::LoopInfo, {}, k.range())},
                              loop->arg(1)->range);
  return k.arena().expr(Head::For, {loop->arg(0), body}, loop->range);
}

Node *boundscheck(const Known &k) {
  if (k.count() != 1)
    return k.error("@boundscheck expects one expression");
  Node *check = k.arena().expr(Head::Boundscheck, {}, k.range());
  return k.arena().expr(Head::If, {check, k.arg(0)}, k.range());
}

Node *nospecialize(const Known &k, std::string_view what) {
  std::vector<Node *> args{k.arena().identifier(what, k.range())};
  for (size_t i = 0; i < k.count(); i++)
    args.push_back(k.arg(i));
  return k.arena().expr(Head::Meta, args, k.range());
}

std::string_view quoted_name(const Node *node) {
  if (node->kind == NodeKind::Quote && node->quoted()->is_identifier())
    return node->quoted()->symbol().text();
  return {};
}

Node *assume_effects(Known &k) {
  if (k.count() == 0)
    return k.error("@assume_effects expects effects and a definition");
  bool has_target = quoted_name(k.last()).empty();
  size_t n = has_target ? k.count() - 1 : k.count();
  Node *result = has_target ? k.expand_argument(k.last()) : nullptr;
  if (result && !is_function_definition(result))
    return result; // on a call or block: a promise that nobody uses
  std::vector<Node *> metas;
  for (size_t i = 0; i < n; i++) {
    std::string what = "effect:" + std::string(quoted_name(k.arg(i)));
    if (result)
      result = with_meta(k, result, what);
    else
      metas.push_back(k.meta(what));
  }
  return result ? result : k.arena().expr(Head::Block, metas, k.range());
}

Node *constprop(Known &k) {
  if (k.count() == 0)
    return k.error("@constprop expects :aggressive or :none and a definition");
  std::string what = "constprop:" + std::string(quoted_name(k.arg(0)));
  if (k.count() == 1)
    return k.meta(what);
  Node *inner = k.expand_argument(k.last());
  return is_function_definition(inner) ? with_meta(k, inner, what) : inner;
}

Node *label(const Known &k, Head head, std::string_view name) {
  if (k.count() == 1 && k.arg(0)->is_identifier())
    return k.arena().expr(head, {k.arg(0)}, k.range());
  return k.error(std::string(name) + " expects the name of a label");
}

template <class T> Node *wide_integer(const Known &k, Value *(*box)(Task *, T)) {
  if (k.count() != 1 || k.arg(0)->kind != NodeKind::String)
    return k.error("an integer literal was expected");
  std::string text;
  for (char c : k.arg(0)->string())
    if (c != '_')
      text += c;
  bool negative = text.starts_with('-');
  std::string_view digits = std::string_view(text).substr(negative);
  unsigned base = 10;
  if (digits.starts_with("0x"))
    base = 16;
  else if (digits.starts_with("0o"))
    base = 8;
  else if (digits.starts_with("0b"))
    base = 2;
  if (base != 10)
    digits.remove_prefix(2);
  T value = 0;
  for (char c : digits) {
    unsigned digit = c >= 'a' ? c - 'a' + 10 : c >= 'A' ? c - 'A' + 10 : c - '0';
    if (digit >= base || __builtin_mul_overflow(value, T(base), &value) ||
        (negative ? __builtin_sub_overflow(value, T(digit), &value)
                  : __builtin_add_overflow(value, T(digit), &value)))
      return k.error("integer literal does not fit its type: " + text);
  }
  Value *boxed = box(k.e.context.task, value);
  gc_keep(boxed);
  return k.arena().value(boxed, k.range());
}

/// `@ccall f(x::Int, rest...)::R`, `@ccall lib.f(...)::R`, `@ccall $pointer(...)::R` as a ccall.
Node *ccall_macro(const Known &k) {
  const Node *node = k.count() ? k.last() : nullptr;
  if (!node || !node->is_expr(Head::Declare, 2) || !node->arg(0)->is_expr(Head::Call))
    return k.error("@ccall expects a call with argument types and a result type: f(x::T, ...)::R");
  AstArena &arena = k.arena();
  Node *call = node->arg(0), *callee = call->arg(0);
  if (callee->is_identifier())
    callee = arena.quote(callee, callee->range);
  else if (callee->is_expr(Head::Dollar, 1))
    callee = callee->arg(0);
  else if (callee->is_expr(Head::Dot, 2))
    callee = arena.expr(Head::Tuple, {callee->arg(1), callee->arg(0)}, callee->range);
  std::vector<Node *> types, values;
  size_t fixed = 0;
  bool has_varargs = false;
  auto add = [&](Node *arg) {
    bool typed = arg->is_expr(Head::Declare, 2);
    values.push_back(typed ? arg->arg(0) : arg);
    types.push_back(typed ? arg->arg(1) : nullptr);
    return typed;
  };
  bool ok = true;
  for (size_t i = 1; i < call->arg_count(); i++)
    if (!call->arg(i)->is_expr(Head::Parameters))
      ok &= add(call->arg(i)), fixed++;
  for (size_t i = 1; i < call->arg_count(); i++)
    if (call->arg(i)->is_expr(Head::Parameters))
      for (Node *arg : call->arg(i)->args())
        ok &= add(arg), has_varargs = true;
  if (!ok)
    return k.error("@ccall needs a type for every argument");
  std::vector<Node *> args{arena.identifier("ccall", k.range()), callee, node->arg(1),
                           arena.expr(Head::Tuple, types, k.range())};
  if (has_varargs) // how many are fixed goes as an annotation of the convention
    args.insert(args.begin() + 2, arena.expr(Symbol::intern("cconv"),
                                             std::vector<Node *>{arena.quote(arena.identifier("ccall")),
                                                                 arena.int64(int64_t(fixed))},
                                             k.range()));
  args.insert(args.end(), values.begin(), values.end());
  return arena.expr(Head::Call, args, k.range());
}

} // namespace

bool is_function_definition(const Node *node) {
  if (node->is_expr(Head::Function, 2) || node->is_expr(Head::Arrow, 2) || node->is_expr(Head::Macro, 2))
    return true;
  return node->is_expr(Head::Assign, 2) && signature_of(node->arg(0))->is_expr(Head::Call);
}

static Node *known_macro(Known &k, std::string_view n) {
  if (n == "@inline" || n == "@noinline" || n == "@propagate_inbounds" || n == "@nospecializeinfer")
    return annotate(k, n.substr(1));
  if (n == "@pure")
    return annotate(k, "effect:foldable");
  if (n == "@inbounds")
    return inbounds(k);
  if (n == "@simd")
    return simd(k);
  if (n == "@boundscheck")
    return boundscheck(k);
  if (n == "@nospecialize" || n == "@specialize")
    return nospecialize(k, n.substr(1));
  if (n == "@assume_effects")
    return assume_effects(k);
  if (n == "@constprop")
    return constprop(k);
  if (n == "@generated")
    return k.count() ? generated(k) : k.arena().boolean(false, k.range());
  if (n == "@goto")
    return label(k, Head::SymbolicGoto, n);
  if (n == "@label")
    return label(k, Head::SymbolicLabel, n);
  if (n == "@doc")
    return k.is_expanded = true, expand_doc(k.e, k.call, k.layer);
  if (n == "@isdefined" && k.count() == 1)
    return k.arena().expr(Head::IsDefined, {k.arg(0)}, k.range());
  if (n == "@__MODULE__")
    return gc_keep(k.e.context.module), k.arena().value(k.e.context.module, k.range());
  if (n == "@int128_str")
    return wide_integer<Int128>(k, box_int128);
  if (n == "@uint128_str")
    return wide_integer<UInt128>(k, box_uint128);
  if (n == "@ccall")
    return ccall_macro(k);
  return nullptr;
}

Node *expand_known_macro(Expander &e, Symbol name, Node *call, const Layer *layer) {
  Known k{e, call, layer};
  Node *result = known_macro(k, name.text());
  return result && !k.is_expanded ? expand(e, result, layer) : result;
}

} // namespace jl
