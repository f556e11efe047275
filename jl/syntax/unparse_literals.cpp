// SPDX-License-Identifier: MIT
// Tuples, arrays, generators, strings, macro calls.
#include "jl/syntax/literal_text.h"
#include "jl/syntax/unparse.h"

namespace jl {

/// A generator, or several inside one another, as the parser makes them.
static bool is_generator(const Node *node) {
  while (node->is_expr(Head::Flatten, 1))
    node = node->arg(0);
  return node->is_expr(Head::Generator) && node->arg_count() > 0;
}

bool Unparser::print_collection(const Node *node, int least) {
  Args args = node->args();
  switch (node->head) {
  case Head::Tuple:
    out_ += "(";
    print_arguments(args);
    out_ += args.size() == 1 && !args[0]->is_expr(Head::Parameters) ? ",)" : ")";
    return true;
  case Head::Vect:
  case Head::Braces:
    out_ += node->head == Head::Vect ? "[" : "{";
    print_arguments(args);
    out_ += node->head == Head::Vect ? "]" : "}";
    return true;
  case Head::Ref:
  case Head::Curly: {
    if (args.empty())
      return false;
    bool index = node->head == Head::Ref;
    print(args[0], kTight);
    index_depth_ += index;
    out_ += index ? "[" : "{";
    print_arguments(args.subspan(1));
    out_ += index ? "]" : "}";
    index_depth_ -= index;
    return true;
  }
  case Head::HCat:
  case Head::VCat:
  case Head::NCat:
    return print_cat(node, 0, "[", "]");
  case Head::TypedHCat:
  case Head::TypedVCat:
  case Head::TypedNCat:
    if (args.empty())
      return false;
    print(args[0], kTight);
    return print_cat(node, 1, "[", "]");
  case Head::BracesCat:
    return print_cat(node, 0, "{", "}");
  case Head::Comprehension:
  case Head::TypedComprehension: {
    if (args.empty())
      return false;
    if (args.size() == 2)
      print(args[0], kTight);
    out_ += "[";
    print_generator(args.back());
    out_ += "]";
    return true;
  }
  case Head::Generator:
  case Head::Flatten:
    if (!is_generator(node))
      return false;
    out_ += "(";
    print_generator(node);
    out_ += ")";
    return true;
  case Head::String:
    return print_string(node), true;
  case Head::MacroCall:
    return print_macro_call(node, least);
  default:
    return false;
  }
}

// --- Arrays

bool Unparser::print_cat(const Node *node, size_t first, std::string_view open, std::string_view close) {
  int rank = 1;
  Args items = Args(node->args()).subspan(first);
  bool hcat = node->head == Head::HCat || node->head == Head::TypedHCat;
  bool ncat = node->head == Head::NCat || node->head == Head::TypedNCat;
  if (ncat) {
    if (items.empty() || items[0]->kind != NodeKind::Integer || items[0]->bits() > 255)
      return false;
    rank = static_cast<int>(items[0]->bits());
    items = items.subspan(1);
  }
  out_ += open;
  std::string separator = hcat ? " " : std::string(rank, ';');
  for (size_t i = 0; i < items.size(); ++i) {
    if (i > 0)
      out_ += hcat ? separator : separator + " ";
    if (items[i]->is_expr(Head::Row) || items[i]->is_expr(Head::NRow))
      print_rows(items[i], rank);
    else
      print(items[i], strength(Level::Assign));
  }
  if (!hcat && items.size() < 2 &&
      !(node->head == Head::BracesCat && items.size() == 1 && items[0]->is_expr(Head::Row)))
    out_ += separator;
  out_ += close;
  return true;
}

void Unparser::print_rows(const Node *node, int rank) {
  bool row = node->head == Head::Row;
  Args items = node->args();
  std::string separator = " ";
  if (!row && !items.empty() && items[0]->kind == NodeKind::Integer) {
    separator = std::string(items[0]->bits() % 256, ';') + " ";
    items = items.subspan(1);
  }
  for (size_t i = 0; i < items.size(); ++i) {
    out_ += i > 0 ? separator : "";
    if (items[i]->is_expr(Head::Row) || items[i]->is_expr(Head::NRow))
      print_rows(items[i], rank);
    else
      print(items[i], strength(Level::Assign));
  }
}

// --- Generators

// A flattened generator's element is the generator of the inner loop.
void Unparser::print_generator(const Node *node) {
  std::vector<const Node *> levels;
  while (node->is_expr(Head::Flatten, 1) && node->arg(0)->is_expr(Head::Generator) &&
         node->arg(0)->arg_count()) {
    levels.push_back(node->arg(0));
    node = node->arg(0)->arg(0);
  }
  if (!node->is_expr(Head::Generator) || node->arg_count() == 0)
    return print(node, kItem);
  levels.push_back(node);
  print(node->arg(0), kItem);
  for (const Node *level : levels) {
    out_ += " for ";
    print_generator_clauses(Args(level->args()).subspan(1));
  }
}

void Unparser::print_generator_clauses(Args clauses) {
  bool filter = clauses.size() == 1 && clauses[0]->is_expr(Head::Filter) && clauses[0]->arg_count();
  if (!filter)
    return print_list(clauses, ", ");
  print_list(Args(clauses[0]->args()).subspan(1), ", ");
  out_ += " if ";
  print(clauses[0]->arg(0), strength(Level::Conditional));
}

// --- Strings

void Unparser::print_string(const Node *node) {
  out_ += '"';
  for (const Node *part : node->args()) {
    if (part->kind == NodeKind::String) {
      std::string quoted = quote_text(part->string());
      out_ += std::string_view(quoted).substr(1, quoted.size() - 2);
      continue;
    }
    out_ += "$(";
    print(part->is_expr(Head::String, 1) && part->arg(0)->kind == NodeKind::String ? part->arg(0) : part,
          kItem);
    out_ += ")";
  }
  out_ += '"';
}

// --- Macro calls

void Unparser::print_macro_name(const Node *name) {
  if (name->is_identifier()) {
    std::string_view text = name->symbol().text();
    bool known = text == "@__dot__";
    bool plain = text.starts_with('@') && lex_single(text.substr(1)).kind != Tok::Error;
    out_ += known                   ? "@."
            : plain                 ? std::string(text)
            : text.starts_with('@') ? "@var" + quote_text(text.substr(1))
                                    : "@" + std::string(text);
  } else if (name->is_expr(Head::Dot, 2) && name->arg(1)->kind == NodeKind::Quote) {
    print(name->arg(0), kTight);
    out_ += ".";
    print_macro_name(name->arg(1)->quoted());
  } else {
    print(name, kTight);
  }
}

// Literals that are macro calls: wide integers, commands, r"text".
bool Unparser::print_literal_macro(const Node *node) {
  const Node *name = node->arg(0);
  if (node->arg_count() < 3 || node->arg(2)->kind != NodeKind::String)
    return false;
  std::string_view text = node->arg(2)->string();
  if (name->kind == NodeKind::GlobalRef && name->ref_name().text().ends_with("_str"))
    return out_ += text, node->arg_count() == 3;
  bool backslashes = text.find_first_of("\\\"`\r") != std::string_view::npos;
  if (backslashes)
    return false;
  if (name->kind == NodeKind::GlobalRef && name->ref_name().text() == "@cmd")
    return out_.append("`").append(text).append("`"), true;
  if (!name->is_identifier() || !name->symbol().text().ends_with("_str") || node->arg_count() != 3)
    return false;
  std::string_view prefix = name->symbol().text().substr(1);
  prefix.remove_suffix(4);
  if (!is_plain_identifier(prefix))
    return false;
  out_.append(prefix).append("\"").append(text).append("\"");
  return true;
}

bool Unparser::print_macro_call(const Node *node, int least) {
  if (node->arg_count() < 2)
    return false;
  if (print_literal_macro(node))
    return true;
  if (lines_ == Lines::Show && node->arg(1)->kind == NodeKind::LineNumber)
    out_ += line_text(node->arg(1)) + " ";
  print_macro_name(node->arg(0));
  Args args = Args(node->args()).subspan(2);
  bool parameters = !args.empty() && args[0]->is_expr(Head::Parameters);
  if (least == kStatement && !parameters) {
    Deeper deeper(*this);
    for (const Node *arg : args) {
      out_ += " ";
      print(arg, strength(Level::Assign));
    }
    return true;
  }
  out_ += "(";
  print_arguments(args);
  out_ += ")";
  return true;
}

} // namespace jl
