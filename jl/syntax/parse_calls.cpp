// SPDX-License-Identifier: MIT
// What may follow a value without operator between: f(x), a[i], a.b, T{S}, a', name"text", and macro calls.
#include "jl/support/utf8.h"
#include "jl/syntax/chars.h"
#include "jl/syntax/parser.h"

namespace jl {

namespace {

// `f` or `A.f`, as a name that string macros and `@` may build on.
bool is_nameable(const Node *node) {
  if (node->has_flag(kFlagParens))
    return false;
  if (node->is_expr(Head::Dot, 2) && node->arg(1)->kind == NodeKind::Quote)
    node = node->arg(1)->quoted();
  return node->is_identifier() && is_identifier_start(decode_character(node->symbol().text(), 0).code);
}

bool is_doc_name(const Node *name) {
  if (name->is_expr(Head::Dot, 2) && name->arg(1)->kind == NodeKind::Quote)
    name = name->arg(1)->quoted();
  return name->is_identifier() && name->symbol().text() == "@doc";
}

} // namespace

// `mutable struct`, `abstract type`, `primitive type`: pairs of words on one line.
bool Parser::begins_definition() const {
  Token next = peek_next();
  if (next.has(kNewlineBefore))
    return false;
  return text(token_) == "mutable" ? next.kind == Tok::KwStruct : text(next) == "type";
}

Node *Parser::parse_call() {
  bool keyword = is_initial_keyword(token_.kind) && !(token_.kind == Tok::KwBegin && context_.end_symbol);
  if (keyword)
    return parse_keyword();
  if (token_.kind == Tok::Identifier) {
    bool candidate = at_word("mutable") || at_word("abstract") || at_word("primitive");
    if (candidate && begins_definition())
      return parse_keyword();
  }
  Node *left = parse_unary_prefix();
  return parse_call_chain(left);
}

// Is the token one that binds to the value before it? A blank in between separates, or is a mistake.
bool Parser::continues_chain(const Node *left) {
  if (at(Tok::Newline))
    return false;
  Tok kind = token_.kind;
  switch (kind) {
  case Tok::LParen:
    if (is_number_node(left))
      return false;
    [[fallthrough]];
  case Tok::LBracket:
  case Tok::LBrace:
  case Tok::Dot:
    if (adjacent())
      return true;
    if (context_.space_sensitive && kind != Tok::Dot)
      return false;
    fail_here("a blank is not allowed before " + describe(token_) + " here");
  case Tok::Prime:
    return adjacent();
  case Tok::Quote:
  case Tok::Backtick:
    return adjacent() && is_nameable(left);
  default:
    return false;
  }
}

Node *Parser::parse_call_chain(Node *left) {
  while (!spaced_macro_ && continues_chain(left)) {
    uint32_t begin = begin_of(left);
    switch (token_.kind) {
    case Tok::LParen:
      left = parse_paren_call(left);
      break;
    case Tok::LBracket:
      left = parse_index(left);
      break;
    case Tok::LBrace:
      left = parse_curly(left);
      break;
    case Tok::Dot:
      left = parse_dot_access(left);
      break;
    case Tok::Prime:
      left = parse_adjoint(left);
      break;
    default:
      left = parse_string_macro(left, begin);
    }
  }
  spaced_macro_ = false;
  return left;
}

Node *Parser::parse_paren_call(Node *callee) {
  uint32_t begin = begin_of(callee), opener = token_.begin;
  NodeList list(*this);
  bump();
  Group group = parse_group(list, opener, Tok::RParen);
  Node *call = finish_arguments(Head::Call, callee, group, list, begin, Kw::Convert, Kw::Convert);
  return at(Tok::KwDo) ? parse_do(call) : call;
}

// f(x) do a, b ... end
Node *Parser::parse_do(Node *call) {
  Token opener = token_;
  bump();
  ScopedContext scope(*this, Context());
  NodeList parameters(*this);
  while (!at_line_or_closing()) {
    parameters.push(parse_binary(Level::PipeLeft));
    if (!accept(Tok::Comma))
      break;
  }
  Node *tuple = make(Head::Tuple, opener.end, parameters.span());
  Node *body = parse_block(previous_end_);
  expect_end(opener);
  Node *function = make(Head::Arrow, opener.begin, {tuple, body});
  return make(Head::Do, begin_of(call), {call, function});
}

Node *Parser::parse_index(Node *left) {
  uint32_t begin = begin_of(left);
  Context context = context_;
  context.end_symbol = true;
  ScopedContext scope(*this, context);
  bump();
  return parse_vect_or_cat(left, begin, Tok::RBracket);
}

Node *Parser::parse_curly(Node *left) {
  uint32_t begin = begin_of(left), opener = token_.begin;
  NodeList list(*this);
  bump();
  Group group = parse_group(list, opener, Tok::RBrace);
  return finish_arguments(Head::Curly, left, group, list, begin, Kw::Keep, Kw::Keep);
}

// a' is Expr(:', a); with a suffix, a'ᵀ, it is a call of that operator.
Node *Parser::parse_adjoint(Node *left) {
  uint32_t begin = token_.begin, end = token_.end;
  for (;;) {
    Character c = decode_character(file_.text, end);
    if (!c.length || !c.valid || !is_operator_suffix(c.code))
      break;
    end += c.length;
  }
  resume_at(end);
  if (end == begin + 1)
    return make(Head::Adjoint, begin_of(left), {left});
  Node *op = arena_.identifier(intern(text(begin, end)), range(begin, end));
  return make(Head::Call, begin_of(left), {op, left});
}

// --- Fields

Node *Parser::parse_dot_access(Node *left) {
  uint32_t begin = begin_of(left);
  bump();
  if (at(Tok::LParen)) {
    if (!adjacent())
      fail_here("a blank is not allowed between `.` and `(`");
    return parse_broadcast_call(left, begin);
  }
  if (at(Tok::At)) {
    bump();
    Node *name = parse_macro_name();
    Node *path = make(Head::Dot, begin, {left, arena_.quote(name, name->range)});
    return parse_macro_call(path, begin);
  }
  Node *field = parse_field_name();
  return make(Head::Dot, begin, {left, field});
}

// f.(x) is Expr(:., f, Expr(:tuple, x)).
Node *Parser::parse_broadcast_call(Node *callee, uint32_t begin) {
  uint32_t opener = token_.begin;
  Node *arguments;
  {
    NodeList list(*this);
    bump();
    Group group = parse_group(list, opener, Tok::RParen);
    arguments = finish_arguments(Head::Tuple, nullptr, group, list, opener, Kw::Convert, Kw::Convert);
  }
  return make(Head::Dot, begin, {callee, arguments});
}

Node *Parser::parse_field_name() {
  uint32_t begin = token_.begin;
  if (at_op(Op::Colon))
    return parse_colon();
  if (at_op(Op::Dollar))
    return arena_.quote(parse_unary_prefix(), range_from(begin));
  if (at(Tok::Quote))
    return parse_string();
  bool word = token_.kind == Tok::Identifier || is_keyword(token_.kind) || token_.kind == Tok::Where ||
              token_.kind == Tok::True || token_.kind == Tok::False || token_.is(Op::In) ||
              token_.is(Op::Isa);
  if (!word || at(Tok::Newline))
    fail_here("expected a field name after `.`, found " + describe(token_));
  Node *name = parse_word();
  return arena_.quote(name, name->range);
}

// --- String macros: name"text"suffix

Node *Parser::make_macro_name(Node *name, std::string_view suffix) {
  if (name->is_expr(Head::Dot, 2)) {
    Node *field = make_macro_name(name->arg(1)->quoted(), suffix);
    return make(Head::Dot, begin_of(name), {name->arg(0), arena_.quote(field, field->range)});
  }
  std::string text = "@" + std::string(name->symbol().text()) + std::string(suffix);
  return arena_.identifier(Symbol::intern(text), name->range);
}

Node *Parser::parse_string_macro(Node *name, uint32_t begin) {
  char delimiter = file_.text[token_.begin];
  Node *macro = make_macro_name(name, delimiter == '"' ? "_str" : "_cmd");
  uint32_t literal = token_.begin;
  std::string content = scan_raw(delimiter);
  NodeList list(*this);
  list.push(macro);
  list.push(line_node(begin));
  list.push(arena_.string(content, range_from(literal)));
  parse_macro_suffix(list);
  return make(Head::MacroCall, begin, list.span());
}

void Parser::parse_macro_suffix(NodeList &args) {
  if (!adjacent())
    return;
  if (is_number(token_.kind)) {
    args.push(parse_number());
    return;
  }
  bool word = token_.kind == Tok::Identifier || is_keyword(token_.kind) || token_.kind == Tok::True ||
              token_.kind == Tok::False || token_.kind == Tok::Where || token_.is(Op::In) ||
              token_.is(Op::Isa);
  if (!word)
    return;
  args.push(arena_.string(text(token_), range(token_.begin, token_.end)));
  bump();
}

// --- Macro calls

Node *Parser::parse_macro_atom() {
  uint32_t begin = token_.begin;
  bump();
  return parse_macro_call(parse_macro_path(), begin);
}

// What follows `@`: name, A.B.name (the `@` then belongs to the last).
Node *Parser::parse_macro_path() {
  Node *name = parse_macro_name();
  if (token_.kind != Tok::Dot || !adjacent() || name->symbol().text() == "@__dot__")
    return name;
  uint32_t begin = begin_of(name);
  Node *path = arena_.identifier(name->symbol().text().substr(1), name->range);
  while (token_.kind == Tok::Dot && adjacent()) {
    bump();
    if (token_.kind == Tok::At)
      fail_here("`@` belongs before the first or the last name of a macro's path");
    Node *field = parse_word();
    path = make(Head::Dot, begin, {path, arena_.quote(field, field->range)});
  }
  return make_macro_name(path, "");
}

Node *Parser::parse_macro_name() {
  uint32_t begin = token_.begin;
  if (!adjacent())
    fail_here("a blank is not allowed after `@`");
  std::string name = "@";
  if (token_.kind == Tok::Dot || token_.has(kDotted)) {
    resume_at(begin + 1);
    name += "__dot__";
  } else if (token_.kind == Tok::Op) {
    name += op_symbol(token_).text();
    bump();
  } else {
    name += parse_word()->symbol().text();
  }
  return arena_.identifier(Symbol::intern(name), range_from(begin));
}

Node *Parser::parse_macro_call(Node *name, uint32_t begin) {
  bool glued = adjacent() && !at(Tok::Newline);
  NodeList list(*this);
  Node *line = line_node(begin);
  if (glued && token_.kind == Tok::LParen) {
    uint32_t opener = token_.begin;
    bump();
    Group group = parse_group(list, opener, Tok::RParen);
    Node *parameters = fold_parameters(group, list, Kw::Convert);
    NodeList all(*this);
    all.push(name);
    all.push(line);
    if (parameters)
      all.push(parameters);
    for (size_t i = 0; i < list.size(); ++i)
      all.push(list[i]);
    Node *call = make(Head::MacroCall, begin, all.span());
    return at(Tok::KwDo) ? parse_do(call) : call;
  }
  list.push(name);
  list.push(line);
  if (glued && (token_.kind == Tok::LBracket || token_.kind == Tok::LBrace)) {
    uint32_t opener = token_.begin;
    Tok closer = token_.kind == Tok::LBracket ? Tok::RBracket : Tok::RBrace;
    bump();
    list.push(parse_vect_or_cat(nullptr, opener, closer));
  } else {
    parse_spaced_arguments(list, name);
    spaced_macro_ = true;
  }
  return make(Head::MacroCall, begin, list.span());
}

void Parser::parse_spaced_arguments(NodeList &args, const Node *name) {
  Context context = context_;
  context.space_sensitive = true;
  context.newline_is_blank = false;
  ScopedContext scope(*this, context);
  size_t before = args.size();
  auto at_end = [&] {
    bool generator = context_.in_generator && at(Tok::KwFor);
    bool ternary = !context_.range_colon && at_op(Op::Colon) && blank_follows();
    return at_line_or_closing() || generator || ternary;
  };
  while (!at_end())
    args.push(parse_eq()); // with commas: @show a, b takes one tuple
  if (doc_takes_next_line(name, args.size() - before)) {
    skip_newlines();
    args.push(parse_eq());
  }
}

// @doc "text" in one line documents what stands in the next.
bool Parser::doc_takes_next_line(const Node *name, size_t count) {
  return count == 1 && is_doc_name(name) && at(Tok::Newline) && !token_.has(kBlankLineBefore) &&
         !is_closing(token_);
}

} // namespace jl
