// SPDX-License-Identifier: MIT
// Control flow, definitions, declarations: forms with keywords.
#include "jl/syntax/literal_text.h"
#include "jl/syntax/unparse.h"

#include <utility>

namespace jl {

void Unparser::new_line() {
  out_.append("\n").append(4 * indent_, ' ');
}

void Unparser::end() {
  new_line();
  out_ += "end";
}

// The statements of a block, each on a line of its own.
void Unparser::print_block_lines(const Node *block) {
  ++indent_;
  int outer = std::exchange(index_depth_, 0);
  if (!block->is_expr(Head::Block)) {
    new_line();
    print(block, kStatement);
  } else {
    for (const Node *statement : block->args()) {
      if (lines_ == Lines::Hide && statement->kind == NodeKind::LineNumber)
        continue;
      new_line();
      print(statement, kStatement);
    }
  }
  index_depth_ = outer;
  --indent_;
}

void Unparser::print_body(const Node *body) {
  print_block_lines(body);
  end();
}

// Only a line number and one statement: the body of a short definition.
static const Node *find_only_statement(const Node *block, Lines lines) {
  if (!block->is_expr(Head::Block) || lines == Lines::Show || !block->has_flag(kFlagShortForm))
    return nullptr;
  return block->args().back();
}

void Unparser::print_assignment(const Node *node, int least) {
  Deeper deeper(*this);
  bool parens = least > strength(Level::Assign);
  out_ += parens ? "(" : "";
  print(node->arg(0), strength(Level::Pair));
  out_.append(" ").append(node->is_expr(Head::Kw) ? "=" : node->head_name().text()).append(" ");
  const Node *only = find_only_statement(node->arg(1), lines_);
  print(only ? only : node->arg(1), strength(Level::Assign));
  out_ += parens ? ")" : "";
}

void Unparser::print_lambda(const Node *node, int least) {
  Deeper deeper(*this);
  bool parens = least > strength(Level::Assign);
  out_ += parens ? "(" : "";
  print(node->arg(0), strength(Level::Lambda));
  out_ += "->";
  const Node *only = find_only_statement(node->arg(1), lines_);
  print(only ? only : node->arg(1), strength(Level::Assign));
  out_ += parens ? ")" : "";
}

void Unparser::print_if(const Node *node, std::string_view word) {
  out_.append(word).append(" ");
  const Node *condition = node->arg(0);
  if (word == "elseif" && condition->is_expr(Head::Block) && lines_ == Lines::Hide &&
      condition->arg_count() == 2)
    condition = condition->arg(1);
  print(condition, strength(Level::Conditional));
  print_block_lines(node->arg(1));
  if (node->arg_count() < 3)
    return;
  new_line();
  const Node *otherwise = node->arg(2);
  if (otherwise->is_expr(Head::ElseIf) && otherwise->arg_count() >= 2)
    return print_if(otherwise, "elseif");
  out_ += "else";
  print_block_lines(otherwise);
}

bool Unparser::print_try(const Node *node) {
  if (node->arg_count() < 3)
    return false;
  auto given = [&](size_t i) { return i < node->arg_count() && !(node->arg(i)->kind == NodeKind::Bool); };
  out_ += "try";
  print_block_lines(node->arg(0));
  if (given(2)) {
    new_line();
    out_ += "catch";
    if (given(1)) {
      out_ += " ";
      print(node->arg(1), kItem);
    }
    print_block_lines(node->arg(2));
  }
  if (given(4)) {
    new_line();
    out_ += "else";
    print_block_lines(node->arg(4));
  }
  if (given(3)) {
    new_line();
    out_ += "finally";
    print_block_lines(node->arg(3));
  }
  end();
  return true;
}

bool Unparser::print_block_form(const Node *node, int least) {
  size_t count = node->arg_count();
  bool parens = least > strength(Level::Shift);
  std::string_view open = parens ? "(" : "";
  switch (node->head) {
  case Head::Block:
    out_.append(open).append("begin");
    print_body(node);
    break;
  case Head::Quote:
    if (count != 1)
      return false;
    if (node->arg(0)->is_expr(Head::Block) && !node->arg(0)->has_flag(kFlagParens)) {
      out_.append(open).append("quote");
      print_body(node->arg(0));
      break;
    }
    out_ += ":(";
    print(node->arg(0), kStatement);
    out_ += ")";
    return true;
  case Head::If:
    if (count < 2 || count > 3)
      return false;
    out_ += open;
    print_if(node, "if");
    end();
    break;
  case Head::While:
  case Head::For:
  case Head::Let: {
    if (count != 2)
      return false;
    out_.append(open).append(node->head_name().text());
    const Node *header = node->arg(0);
    out_ += header->is_expr(Head::Block) && header->arg_count() == 0 ? "" : " ";
    if (header->is_expr(Head::Block) && node->head != Head::While)
      print_list(header->args(), ", ");
    else
      print(header, kItem);
    print_body(node->arg(1));
    break;
  }
  case Head::Try:
    out_ += open;
    if (!print_try(node))
      return false;
    break;
  case Head::Do:
    if (count != 2 || !node->arg(1)->is_expr(Head::Arrow, 2) || !node->arg(1)->arg(0)->is_expr(Head::Tuple))
      return false;
    print(node->arg(0), kTight);
    out_ += node->arg(1)->arg(0)->arg_count() ? " do " : " do";
    print_list(node->arg(1)->arg(0)->args(), ", ");
    print_body(node->arg(1)->arg(1));
    return true;
  default:
    return false;
  }
  out_ += parens ? ")" : "";
  return true;
}

// What is defined: always as name(arguments), operators too.
void Unparser::print_signature(const Node *node) {
  if (node->is_expr(Head::Where) && node->arg_count() == 2 && node->arg(1)->is_identifier()) {
    print_signature(node->arg(0));
    out_ += " where ";
    print(node->arg(1), kItem);
  } else if (node->is_expr(Head::Where) && node->arg_count() >= 2) {
    print_signature(node->arg(0));
    out_ += " where {";
    print_arguments(Args(node->args()).subspan(1));
    out_ += "}";
  } else if (node->is_expr(Head::Declare, 2)) {
    print_signature(node->arg(0));
    out_ += "::";
    print(node->arg(1), kTight);
  } else if (node->is_expr(Head::Call) && node->arg_count()) {
    print_prefix_form(node->arg(0), Args(node->args()).subspan(1));
  } else {
    print(node, node->is_expr(Head::Splat) ? kTight : kItem);
  }
}

// Statements of one line stay on one line; those of a file get a line each.
bool Unparser::print_toplevel(const Node *node) {
  Args args = node->args();
  bool file = !args.empty() && args[0]->kind == NodeKind::LineNumber;
  bool first = true;
  for (const Node *arg : args) {
    if (arg->kind == NodeKind::LineNumber && lines_ == Lines::Hide)
      continue;
    if (!first)
      file ? new_line() : void(out_ += "; ");
    first = false;
    print(arg, kStatement);
  }
  if (!file && args.size() < 2)
    out_ += ";";
  return true;
}

bool Unparser::print_definition(const Node *node, int least) {
  size_t count = node->arg_count();
  std::string_view word = node->head_name().text();
  Token op = lex_single(word);
  if (node->is_expr(Head::Kw, 2) || (count == 2 && op.kind == Tok::Op && op.level() == Level::Assign))
    return print_assignment(node, least), true;
  switch (node->head) {
  case Head::Arrow:
    return count == 2 ? (print_lambda(node, least), true) : false;
  case Head::Function:
  case Head::Macro:
    if (count < 1 || count > 2)
      return false;
    out_.append(word).append(" ");
    print_signature(node->arg(0));
    if (count == 2)
      return print_body(node->arg(1)), true;
    out_ += " end";
    return true;
  case Head::Struct:
    if (count != 3 || node->arg(0)->kind != NodeKind::Bool)
      return false;
    out_ += node->arg(0)->boolean() ? "mutable struct " : "struct ";
    print(node->arg(1), kItem);
    return print_body(node->arg(2)), true;
  case Head::Abstract:
  case Head::Primitive:
    out_.append(word).append(" type ");
    print_list(node->args(), " ");
    out_ += " end";
    return true;
  case Head::Module:
    if (count != 3 || node->arg(0)->kind != NodeKind::Bool)
      return false;
    out_ += node->arg(0)->boolean() ? "module " : "baremodule ";
    print(node->arg(1), kItem);
    return print_body(node->arg(2)), true;
  case Head::Return:
    out_ += count && node->arg(0)->kind == NodeKind::Nothing ? "return" : "return ";
    if (count && node->arg(0)->kind != NodeKind::Nothing)
      print(node->arg(0), kItem);
    return true;
  case Head::Break:
  case Head::Continue:
    out_ += word;
    return count == 0;
  case Head::Const:
  case Head::Global:
  case Head::Local:
  case Head::Outer:
  case Head::Export:
  case Head::Public:
    out_.append(word).append(" ");
    print_list(node->args(), ", ");
    return count > 0;
  case Head::TopLevel:
    return print_toplevel(node);
  default:
    return print_import(node);
  }
}

void Unparser::print_import_path(const Node *node) {
  if (node->is_expr(Head::As, 2)) {
    print_import_path(node->arg(0));
    out_ += " as ";
    print(node->arg(1), kItem);
    return;
  }
  bool dots = true;
  for (size_t i = 0; i < node->arg_count(); ++i) {
    const Node *part = node->arg(i);
    bool dot = part->is_identifier() && part->symbol().text() == ".";
    if (i > 0 && !dots)
      out_ += ".";
    if (dot)
      out_ += ".";
    else
      print(part, kItem);
    dots = dot;
  }
}

bool Unparser::print_import(const Node *node) {
  if (node->head != Head::Import && node->head != Head::Using)
    return false;
  auto is_path = [](const Node *path) { return path->is_expr(Head::Dot) || path->is_expr(Head::As, 2); };
  std::span<Node *> items = node->args();
  bool named = items.size() == 1 && items[0]->is_expr(Head::Colon);
  if (named)
    items = items[0]->args();
  for (size_t i = 0; i < items.size(); ++i) {
    if (!is_path(items[i]))
      return false;
    out_ += i == 0 ? std::string(node->head_name().text()) + " " : named && i == 1 ? ": " : ", ";
    print_import_path(items[i]);
  }
  return !items.empty();
}

} // namespace jl
