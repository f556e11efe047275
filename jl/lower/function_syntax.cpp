// SPDX-License-Identifier: MIT
#include "jl/lower/function_syntax.h"

#include <mutex>

#include "jl/runtime/runtime_lock.h"

namespace jl {

namespace {

bool is_underscores(Symbol name) {
  return name.text().find_first_not_of('_') == std::string_view::npos;
}

/// `x`, `x::T`, `::T`, `(a, b)`, `(a, b)::T`
bool parse_target(Desugar &d, Node *node, ArgumentSyntax &out) {
  out.range = node->range;
  if (node->is_expr(Head::Declare)) {
    if (node->arg_count() == 0 || node->arg_count() > 2)
      return d.error(node->range, "invalid argument declaration"), false;
    out.type = node->arg(node->arg_count() - 1);
    if (node->arg_count() == 1) {
      out.name = d.fresh_name("#unused#");
      return true;
    }
    node = node->arg(0);
  }
  if (node->is_identifier()) {
    out.name = is_underscores(node->symbol()) ? d.fresh_name("#unused#") : name_of(node);
    return true;
  }
  if (node->is_expr(Head::Tuple)) {
    out.pattern = node;
    out.name = d.fresh_name("#destructured#");
    return true;
  }
  std::string text(d.context.sources->text(node->range));
  return d.error(node->range, "\"" + text + "\" is not a valid function argument name"), false;
}

bool parse_argument(Desugar &d, Node *node, ArgumentSyntax &out) {
  if (node->is_expr(Head::Meta) && node->arg_count() == 2) {
    std::string_view what = node->arg(0)->is_identifier() ? node->arg(0)->symbol().text() : "";
    out.nospecialize = what == "nospecialize";
    node = node->arg(1);
  }
  if (node->is_expr(Head::Kw, 2) || node->is_expr(Head::Assign, 2)) {
    out.default_value = node->arg(1);
    node = node->arg(0);
    if (node->is_expr(Head::Meta) && node->arg_count() == 2)
      return parse_argument(d, node, out);
  }
  if (node->is_expr(Head::Splat, 1)) {
    out.is_vararg = true;
    node = node->arg(0);
  }
  if (!parse_target(d, node, out))
    return false;
  // `x::Vararg{T,N}` says the same as `...`, with its own count.
  const Node *type = out.type;
  const Node *head = type && type->is_expr(Head::Curly) ? type->arg(0) : type;
  if (head && head->is_identifier() && head->symbol().text() == "Vararg")
    out.is_vararg = true;
  return true;
}

bool parse_keyword(Desugar &d, Node *node, ArgumentSyntax &out) {
  if (!parse_argument(d, node, out))
    return false;
  if (out.pattern)
    return d.error(node->range, "invalid keyword argument: a keyword needs a name"), false;
  if (out.is_vararg && out.default_value)
    return d.error(node->range, "invalid keyword argument: \"...\" takes no default"), false;
  return true;
}

bool parse_parameters(Desugar &d, Node *where, FunctionSyntax &out, size_t at) {
  for (Node *node : where->args().subspan(1)) {
    if (node->is_expr(Head::BracesCat) || node->is_expr(Head::Braces)) {
      for (Node *inner : node->args()) {
        ParameterSyntax parameter;
        if (!parse_parameter(d, inner, parameter))
          return false;
        out.parameters.insert(out.parameters.begin() + at++, parameter);
      }
      continue;
    }
    ParameterSyntax parameter;
    if (!parse_parameter(d, node, parameter))
      return false;
    out.parameters.insert(out.parameters.begin() + at++, parameter);
  }
  return true;
}

bool check_order(Desugar &d, FunctionSyntax &out) {
  bool optional = false;
  for (size_t i = 0; i < out.positional.size(); i++) {
    const ArgumentSyntax &argument = out.positional[i];
    if (argument.is_vararg && i + 1 < out.positional.size())
      return d.error(argument.range, "invalid \"...\" on non-final argument"), false;
    if (argument.default_value)
      optional = true;
    else if (optional && !argument.is_vararg)
      return d.error(argument.range, "optional positional arguments must occur at end"), false;
    if (!argument.default_value && !argument.is_vararg)
      out.required = i + 1;
  }
  for (size_t i = 0; i + 1 < out.keywords.size(); i++)
    if (out.keywords[i].is_vararg)
      return d.error(out.keywords[i].range, "invalid \"...\" on non-final keyword argument"), false;
  return true;
}

bool check_unique(Desugar &d, const FunctionSyntax &out) {
  std::vector<Name> seen;
  auto is_new = [&](Name name) {
    bool found = std::find(seen.begin(), seen.end(), name) != seen.end();
    seen.push_back(name);
    return !found;
  };
  auto check = [&](const ArgumentSyntax &argument) {
    if (is_new(argument.name))
      return true;
    return d.error(argument.range,
                   "function argument name not unique: \"" + std::string(argument.name.symbol.text()) + "\""),
           false;
  };
  for (const ArgumentSyntax &argument : out.positional)
    if (!check(argument))
      return false;
  for (const ArgumentSyntax &argument : out.keywords)
    if (!check(argument))
      return false;
  std::vector<Name> parameters;
  for (const ParameterSyntax &parameter : out.parameters) {
    Name name = name_of(parameter.name);
    std::string text(name.symbol.text());
    if (std::find(parameters.begin(), parameters.end(), name) != parameters.end())
      return d.error(parameter.name->range, "function static parameter names not unique: \"" + text + "\""),
             false;
    parameters.push_back(name);
    if (!is_new(name))
      return d.error(parameter.name->range,
                     "function argument and static parameter names must be distinct: \"" + text + "\""),
             false;
  }
  return true;
}

bool parse_arguments(Desugar &d, std::span<Node *const> args, FunctionSyntax &out) {
  for (Node *arg : args) {
    if (arg->kind == NodeKind::LineNumber)
      continue;
    if (arg->is_expr(Head::Parameters)) {
      out.has_keywords |= arg->arg_count() != 0;
      for (Node *node : arg->args())
        if (!parse_keyword(d, node, out.keywords.emplace_back()))
          return false;
      continue;
    }
    if (!parse_argument(d, arg, out.positional.emplace_back()))
      return false;
  }
  return true;
}

/// `(x; y=1) -> ...` reaches us as a block, because `(x; y=1)` alone would be one.
bool parse_arrow_block(Desugar &d, Node *block, FunctionSyntax &out) {
  bool first = true;
  for (Node *node : block->args()) {
    if (node->kind == NodeKind::LineNumber)
      continue;
    if (first ? !parse_argument(d, node, out.positional.emplace_back())
              : !parse_keyword(d, node, out.keywords.emplace_back()))
      return false;
    out.has_keywords |= !first;
    first = false;
  }
  return true;
}

/// The name that `Foo`, `M.Foo` or `Foo{T} where T` is about; `otherwise` where there is none.
Symbol name_within(const Node *type, std::string_view otherwise) {
  while ((type->is_expr(Head::Curly) || type->is_expr(Head::Where)) && type->arg_count())
    type = type->arg(0);
  if (type->is_expr(Head::Dot, 2) && type->arg(1)->kind == NodeKind::Quote)
    type = type->arg(1)->quoted();
  return type->is_identifier() ? type->symbol() : Symbol::intern(otherwise);
}

/// `(self::T)(...)`: for the objects of a type.
void parse_callable(Node *callee, FunctionSyntax &out) {
  out.kind = FunctionSyntax::Kind::Callable;
  out.callee_type = callee->arg(callee->arg_count() - 1);
  if (callee->arg_count() == 2 && callee->arg(0)->is_identifier())
    out.self = name_of(callee->arg(0));
  out.name = name_within(out.callee_type, "callable");
}

/// `Foo{T}(...)`
void parse_constructor(Node *callee, FunctionSyntax &out) {
  out.kind = FunctionSyntax::Kind::Callable;
  out.callee_type = callee;
  out.callee_is_constructor = true;
  out.name = name_within(callee, "constructor");
}

/// A function from elsewhere: `M.f`, or what a macro put in. False when it is neither.
bool parse_function_value(Node *callee, FunctionSyntax &out) {
  out.kind = FunctionSyntax::Kind::Value;
  if (callee->is_expr(Head::Dot, 2)) {
    Node *field = callee->arg(1)->kind == NodeKind::Quote ? callee->arg(1)->quoted() : nullptr;
    if (!field || !field->is_identifier())
      return false;
    out.name = field->symbol();
    return true;
  }
  if (callee->kind == NodeKind::GlobalRef) {
    out.name = callee->ref_name();
    return true;
  }
  if (callee->kind != NodeKind::Value)
    return false;
  auto *value = static_cast<Value *>(callee->value());
  out.name = type_of(value) == types::GlobalRef_ ? static_cast<GlobalRef *>(value)->name->name
                                                 : Symbol::intern("function");
  return true;
}

bool parse_callee(Desugar &d, Node *callee, FunctionSyntax &out) {
  out.callee = callee;
  out.self = d.fresh_name("#self#");
  if (callee->is_identifier()) {
    out.kind = FunctionSyntax::Kind::Named;
    out.name = callee->symbol();
    return true;
  }
  if (callee->is_expr(Head::Declare))
    return parse_callable(callee, out), true;
  if (callee->is_expr(Head::Curly) && callee->arg_count())
    return parse_constructor(callee, out), true;
  if (parse_function_value(callee, out))
    return true;
  std::string text(d.context.sources->text(callee->range));
  return d.error(callee->range, "invalid function name \"" + text + "\""), false;
}

bool parse_signature(Desugar &d, Node *signature, bool is_arrow, FunctionSyntax &out) {
  while (signature->is_expr(Head::Where) && signature->arg_count()) {
    if (!parse_parameters(d, signature, out, out.parameters.size()))
      return false;
    signature = signature->arg(0);
  }
  if (signature->is_expr(Head::Declare, 2) && signature->arg(0)->is_expr() && !is_arrow) {
    out.return_type = signature->arg(1);
    signature = signature->arg(0);
    while (signature->is_expr(Head::Where) && signature->arg_count()) {
      if (!parse_parameters(d, signature, out, out.parameters.size()))
        return false;
      signature = signature->arg(0);
    }
  }
  out.self = d.fresh_name("#self#");
  out.name = Symbol::intern("#anonymous#"); // until its type has a name
  if (signature->is_expr(Head::Call) && signature->arg_count() && !is_arrow)
    return parse_callee(d, signature->arg(0), out) && parse_arguments(d, signature->args().subspan(1), out);
  if (is_arrow && signature->is_expr(Head::Declare, 2) && signature->arg(0)->is_expr(Head::Tuple)) {
    out.return_type = signature->arg(1);
    signature = signature->arg(0);
  }
  if (signature->is_expr(Head::Tuple))
    return parse_arguments(d, signature->args(), out);
  if (signature->is_expr(Head::Block) && is_arrow)
    return parse_arrow_block(d, signature, out);
  if (is_arrow)
    return parse_argument(d, signature, out.positional.emplace_back());
  if (signature->is_expr(Head::Splat)) // function (xs...) ... end
    return parse_argument(d, signature, out.positional.emplace_back());
  return d.error(signature->range, "invalid function signature"), false;
}

/// Lines and `@nospecialize x y` at the body's start.
void read_body_start(FunctionSyntax &out) {
  if (!out.body->is_expr(Head::Block))
    return;
  bool first = true;
  for (Node *node : out.body->args()) {
    if (node->kind == NodeKind::LineNumber) {
      if (first)
        out.line = int32_t(node->line()), out.file = node->line_file() ? node->line_file() : out.file;
      first = false;
      continue;
    }
    if (!node->is_expr(Head::Meta))
      break;
    if (node->arg_count() == 0 || !node->arg(0)->is_identifier())
      continue;
    out.is_generated |= node->arg(0)->symbol().text() == "generated";
    if (node->arg(0)->symbol().text() != "nospecialize")
      continue;
    for (ArgumentSyntax &argument : out.positional) {
      bool named = node->arg_count() == 1;
      for (Node *name : node->args().subspan(1))
        named |= name->is_identifier() && name_of(name) == argument.name;
      argument.nospecialize |= named;
    }
  }
}

} // namespace

bool parse_function(Desugar &d, Node *node, FunctionSyntax &out) {
  out.range = node->range;
  out.line = d.line;
  out.file = d.file;
  out.body = node->arg(1);
  if (!parse_signature(d, node->arg(0), node->is_expr(Head::Arrow), out))
    return false;
  read_body_start(out);
  return check_order(d, out) && check_unique(d, out);
}

const DefinitionSyntax::Parts &DefinitionSyntax::read_now() const {
  static std::mutex mutex;
  RuntimeLock lock(mutex);
  if (!is_read_.load(std::memory_order_relaxed)) {
    parts_ = read_(reader_, place_);
    is_read_.store(true, std::memory_order_release);
  }
  return parts_;
}

} // namespace jl
