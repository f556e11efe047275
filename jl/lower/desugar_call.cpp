// SPDX-License-Identifier: MIT
#include "jl/lower/desugar.h"
#include "jl/runtime/strings.h"
#include "jl/runtime/symbols.h"
#include "jl/runtime/values.h"

namespace jl {

Form *property(Desugar &d, Form *object, Form *name, Range range) {
  return d.forms.call(d.forms.base("getproperty"), {object, name}, range);
}

bool has_splat(std::span<Node *const> args) {
  for (Node *arg : args)
    if (arg->is_expr(Head::Splat))
      return true;
  return false;
}

namespace {

/// An argument, evaluated; `spread` when it was written with `...`.
struct Argument {
  Form *form;
  bool spread;
};

std::vector<Argument> desugar_arguments(Desugar &d, std::span<Node *const> args) {
  std::vector<Argument> out;
  for (Node *arg : args) {
    bool spread = arg->is_expr(Head::Splat, 1);
    out.push_back({desugar(d, spread ? arg->arg(0) : arg), spread});
  }
  return out;
}

Form *call_spread(Desugar &d, Form *callee, std::span<const Argument> args, Range range) {
  bool any = false;
  std::vector<Form *> plain;
  for (const Argument &arg : args) {
    any |= arg.spread;
    plain.push_back(arg.form);
  }
  if (!any)
    return d.forms.call(callee, plain, range);
  std::vector<Form *> groups{d.forms.base("iterate"), callee}, group;
  auto flush = [&] {
    if (!group.empty())
      groups.push_back(d.forms.call(d.forms.core("tuple"), group, range));
    group.clear();
  };
  for (const Argument &arg : args) {
    if (!arg.spread) {
      group.push_back(arg.form);
      continue;
    }
    flush();
    groups.push_back(arg.form);
  }
  flush();
  return d.forms.call(d.forms.core("_apply_iterate"), groups, range);
}

// --- Named tuples and keyword arguments -------------------------------------------------------------------

/// `(a=1, b=2)` from its values: a tuple given field names, without asking any method.
Form *make_named_tuple_form(Desugar &d, std::span<const Symbol> names, std::span<Form *const> values,
                            Range range) {
  std::vector<Value *> symbols;
  for (Symbol name : names)
    symbols.push_back(symbol_value(name));
  std::vector<Form *> items;
  Form *tuple = d.atom(d.forms.call(d.forms.core("tuple"), values, range), items);
  Form *type = d.forms.call(d.forms.core("typeof"), {d.forms.again(tuple)}, range);
  Form *names_tuple = d.forms.constant(make_tuple(d.task(), symbols.data(), uint32_t(symbols.size())));
  Form *named =
      d.forms.call(d.forms.core("apply_type"), {d.forms.core("NamedTuple"), names_tuple, type}, range);
  items.push_back(d.forms.make(FormKind::SplatNew, range, {named, tuple}));
  return d.block(items, range);
}

/// One named field: name and value. False when `node` has no literal name.
bool named_field(Desugar &d, Node *node, Symbol &name, Form *&value) {
  if ((node->is_expr(Head::Kw, 2) || node->is_expr(Head::Assign, 2)) && node->arg(0)->is_identifier()) {
    name = node->arg(0)->symbol();
    value = desugar(d, node->arg(1));
    return true;
  }
  if (node->is_identifier()) {
    name = node->symbol();
    value = desugar(d, node);
    return true;
  }
  if (node->is_expr(Head::Dot, 2) && node->arg(1)->kind == NodeKind::Quote &&
      node->arg(1)->quoted()->is_identifier()) {
    name = node->arg(1)->quoted()->symbol();
    value = desugar(d, node);
    return true;
  }
  return false;
}

/// A field whose name is computed, `key => value`, or a splat: merged into what is there so far.
Form *merged_field(Desugar &d, Node *node, Form *so_far, bool in_call) {
  if (node->is_expr(Head::Splat, 1))
    return d.forms.call(d.forms.base("merge"), {so_far, desugar(d, node->arg(0))}, node->range);
  if (node->is_expr(Head::Call, 3) && node->arg(0)->is_identifier(Symbol::intern("=>"))) {
    Form *key = d.forms.call(d.forms.core("tuple"), {desugar(d, node->arg(1))}, node->range);
    Form *value = d.forms.call(d.forms.core("tuple"), {desugar(d, node->arg(2))}, node->range);
    std::vector<Form *> items;
    Form *tuple = d.atom(value, items);
    Form *type = d.forms.call(d.forms.core("typeof"), {d.forms.again(tuple)}, node->range);
    Form *named =
        d.forms.call(d.forms.core("apply_type"), {d.forms.core("NamedTuple"), key, type}, node->range);
    items.push_back(d.forms.make(FormKind::SplatNew, node->range, {named, tuple}));
    return d.forms.call(d.forms.base("merge"), {so_far, d.block(items)}, node->range);
  }
  bool has_name = node->is_expr(Head::Kw, 2) || node->is_expr(Head::Assign, 2);
  std::string text(d.context.sources->text((has_name ? node->arg(0) : node)->range));
  std::string what = !in_call   ? "named tuple element"
                     : has_name ? "keyword argument name"
                                : "keyword argument syntax";
  return d.error(node->range, "invalid " + what + " \"" + text + "\"");
}

Form *named_fields(Desugar &d, std::span<Node *const> fields, Range range, std::string_view repeated) {
  Form *result = nullptr;
  std::vector<Symbol> names, all;
  std::vector<Form *> values;
  auto flush = [&] {
    if (names.empty() && result)
      return;
    Form *run = make_named_tuple_form(d, names, values, range);
    result = result ? d.forms.call(d.forms.base("merge"), {result, run}, range) : run;
    names.clear(), values.clear();
  };
  for (Node *field : fields) {
    Symbol name;
    Form *value = nullptr;
    if (field->kind == NodeKind::LineNumber)
      continue;
    if (!named_field(d, field, name, value)) {
      flush();
      result = merged_field(d, field, result, repeated.starts_with("keyword"));
      continue;
    }
    if (std::find(all.begin(), all.end(), name) != all.end())
      return d.error(field->range, std::string(repeated.substr(0, repeated.find('%'))) +
                                       std::string(name.text()) +
                                       std::string(repeated.substr(repeated.find('%') + 1)));
    all.push_back(name), names.push_back(name), values.push_back(value);
  }
  flush();
  return result;
}

struct CallParts {
  std::vector<Node *> positional, keywords;
  bool all_splats = true; // of the keywords
};

CallParts split_arguments(std::span<Node *const> args) {
  CallParts parts;
  auto keyword = [&](Node *node) {
    parts.keywords.push_back(node);
    parts.all_splats &= node->is_expr(Head::Splat);
  };
  // Those before the `;` come first, though the tree has the parameters in front.
  for (Node *arg : args) {
    if (arg->is_expr(Head::Kw))
      keyword(arg);
    else if (!arg->is_expr(Head::Parameters))
      parts.positional.push_back(arg);
  }
  for (Node *arg : args)
    if (arg->is_expr(Head::Parameters))
      for (Node *parameter : arg->args())
        keyword(parameter);
  return parts;
}

Form *call_with_keywords(Desugar &d, Form *callee, const CallParts &parts, Range range) {
  std::vector<Form *> before;
  Form *keywords = named_fields(d, parts.keywords, range, "keyword argument \"%\" repeated in call");
  std::vector<Argument> args = desugar_arguments(d, parts.positional);
  if (!parts.all_splats) {
    args.insert(args.begin(), {{keywords, false}, {callee, false}});
    return call_spread(d, d.forms.core("kwcall"), args, range);
  }
  // Splats may turn out empty, and then it is a plain call.
  keywords = d.atom(keywords, before);
  callee = d.atom(callee, before);
  for (Argument &arg : args)
    arg.form = d.atom(arg.form, before);
  Form *empty = d.forms.call(d.forms.base("isempty"), {d.forms.again(keywords)}, range);
  Form *plain = call_spread(d, d.forms.again(callee), args, range);
  std::vector<Argument> again{{keywords, false}, {callee, false}};
  for (const Argument &arg : args)
    again.push_back({d.forms.again(arg.form), arg.spread});
  Form *with = call_spread(d, d.forms.core("kwcall"), again, range);
  before.push_back(d.forms.make(FormKind::If, range, {empty, plain, with}));
  return d.block(before, range);
}

// --- Special callees ---

bool is_named(const Node *node, std::string_view name) {
  return node->is_identifier() && node->symbol().text() == name;
}

/// The function of this name, in whichever module.
static bool is_reference_to(const Node *node, std::string_view name) {
  if (node->kind != NodeKind::Value)
    return is_named(node, name);
  auto *value = static_cast<Value *>(node->value());
  return type_of(value) == types::GlobalRef_ && static_cast<GlobalRef *>(value)->name->name.text() == name;
}

/// `x^2` with a literal exponent goes through literal_pow, where types may do better than a loop.
bool is_literal_power(const Node *node) {
  return node->is_expr(Head::Call, 3) && is_reference_to(node->arg(0), "^") &&
         node->arg(2)->kind == NodeKind::Integer && node->arg(2)->integer_type == IntegerType::Int64;
}

Form *desugar_literal_power(Desugar &d, Node *node) {
  Form *type =
      d.forms.call(d.forms.core("apply_type"), {d.forms.base("Val"), desugar(d, node->arg(2))}, node->range);
  Form *val = d.forms.make(FormKind::New, node->range, {type});
  Form *op = desugar(d, node->arg(0));
  return d.forms.call(d.forms.base("literal_pow"), {op, desugar(d, node->arg(1)), val}, node->range);
}

} // namespace

Form *desugar_named_tuple(Desugar &d, std::span<Node *const> fields, Range range) {
  return named_fields(d, fields, range, "field name \"%\" repeated in named tuple");
}

Form *call_with_splats(Desugar &d, Form *callee, std::span<Node *const> args, Range range) {
  return call_spread(d, callee, desugar_arguments(d, args), range);
}

Form *desugar_call_parts(Desugar &d, Form *callee, std::span<Node *const> args, Range range) {
  CallParts parts = split_arguments(args);
  if (!parts.keywords.empty())
    return call_with_keywords(d, callee, parts, range);
  for (Node *arg : args)
    if (arg->is_expr(Head::Parameters)) // f(x;) is f(x)
      return call_with_splats(d, callee, parts.positional, range);
  return call_with_splats(d, callee, args, range);
}

Form *desugar_call(Desugar &d, Node *node) {
  if (node->arg_count() == 0)
    return d.error(node->range, "call without a function");
  Node *callee = node->arg(0);
  if (is_dot_call(node))
    return desugar_broadcast(d, node);
  if (is_named(callee, "ccall"))
    return desugar_ccall(d, node);
  bool is_new = is_named(callee, "new") || (callee->is_expr(Head::Curly) && is_named(callee->arg(0), "new"));
  if (is_new && d.constructor)
    return desugar_new(d, node);
  if (is_literal_power(node))
    return desugar_literal_power(d, node);
  return desugar_call_parts(d, desugar(d, callee), node->args().subspan(1), node->range);
}

/// `f(args...) do x ... end`: the function comes first.
Form *desugar_do(Desugar &d, Node *node) {
  Node *call = node->arg_count() == 2 ? node->arg(0) : nullptr;
  if (!call ||
      !(call->is_expr(Head::Call) || (call->is_expr(Head::Dot, 2) && call->arg(1)->is_expr(Head::Tuple))))
    return d.error(node->range, "\"do\" follows a function call");
  bool dotted = call->is_expr(Head::Dot);
  std::span<Node *> args = dotted ? call->arg(1)->args() : call->args();
  size_t at = dotted ? 0 : 1;
  if (at < args.size() && args[at]->is_expr(Head::Parameters))
    at++;
  std::vector<Node *> all(args.begin(), args.end());
  all.insert(all.begin() + at, node->arg(1));
  AstArena &arena = *d.context.arena;
  if (!dotted)
    return desugar_call(d, arena.expr(Head::Call, all, node->range));
  Node *tuple = arena.expr(Head::Tuple, all, node->range);
  return desugar(d, arena.expr(Head::Dot, {call->arg(0), tuple}, node->range));
}

/// a < b < c is a < b && b < c, b evaluated once.
Form *desugar_comparison(Desugar &d, Node *node) {
  if (is_dot_call(node))
    return desugar_broadcast(d, node);
  std::span<Node *> args = node->args();
  if (args.size() < 3 || args.size() % 2 == 0)
    return d.error(node->range, "malformed comparison");
  std::vector<Form *> links; // each: sets the right side's temporary, compares
  Form *left = desugar(d, args[0]);
  for (size_t i = 1; i + 1 < args.size(); i += 2) {
    std::vector<Form *> items;
    Form *op = desugar(d, args[i]);
    Form *right = desugar(d, args[i + 1]);
    bool last = i + 2 >= args.size();
    // The left side is evaluated before the right one, so it needs a name too when the right one does.
    if (!last && !is_atom(right)) {
      left = d.atom(left, items);
      right = d.atom(right, items);
    }
    items.push_back(d.forms.call(op, {left, right}, node->range));
    links.push_back(d.block(items, node->range));
    left = d.forms.again(right);
  }
  Form *result = links.back();
  for (size_t i = links.size() - 1; i-- > 0;)
    result = d.forms.make(FormKind::If, node->range, {links[i], result, d.forms.constant(false_value())});
  return result;
}

Form *desugar_string(Desugar &d, Node *node) {
  return call_with_splats(d, d.forms.base("string"), node->args(), node->range);
}

// --- ccall ---

namespace {

struct ForeignParts {
  Node *function = nullptr, *result = nullptr;
  std::vector<Node *> types, args;
  size_t fixed = 0;
  Symbol convention = Symbol::intern("ccall");
};

bool is_convention(const Node *node) {
  for (std::string_view name : {"ccall", "cdecl", "stdcall", "fastcall", "thiscall", "llvmcall"})
    if (is_named(node, name))
      return true;
  return false;
}

/// Types for all arguments: the last may be `T...`. False when the counts do not fit.
bool spread_types(ForeignParts &parts, std::span<Node *> types) {
  parts.fixed = types.size();
  for (Node *type : types) {
    if (!type->is_expr(Head::Splat, 1)) {
      parts.types.push_back(type);
      continue;
    }
    parts.fixed = parts.types.size();
    while (parts.types.size() < parts.args.size())
      parts.types.push_back(type->arg(0));
  }
  return parts.types.size() == parts.args.size();
}

bool parse_foreign(Desugar &d, Node *node, ForeignParts &parts) {
  std::vector<Node *> args(node->args().begin() + 1, node->args().end());
  int64_t fixed = -1;
  if (args.size() >= 2 && is_convention(args[1]) && args.size() >= 4) {
    parts.convention = args[1]->symbol();
    args.erase(args.begin() + 1);
  } else if (args.size() >= 2 && args[1]->is_expr() && args[1]->head_name().text() == "cconv") {
    if (args[1]->arg_count() != 2 || args[1]->arg(1)->kind != NodeKind::Integer)
      return d.error(node->range, "malformed \"cconv\" expression"), false;
    fixed = int64_t(args[1]->arg(1)->bits());
    args.erase(args.begin() + 1);
  }
  if (args.size() < 3)
    return d.error(node->range, "too few arguments to ccall"), false;
  if (!args[2]->is_expr(Head::Tuple))
    return d.error(args[2]->range, "ccall argument types must be a tuple; try \"(T,)\""), false;
  parts.function = args[0];
  parts.result = args[1];
  parts.args.assign(args.begin() + 3, args.end());
  if (!spread_types(parts, args[2]->args()))
    return d.error(node->range, parts.args.size() > parts.types.size()
                                    ? "more arguments than types for ccall"
                                    : "more types than arguments for ccall"),
           false;
  if (fixed > int64_t(parts.args.size()))
    return d.error(node->range, "malformed \"cconv\" expression"), false;
  if (fixed >= 0)
    parts.fixed = size_t(fixed);
  return true;
}

} // namespace

/// `ccall("llvm.NAME", llvmcall, ...)`: an llvmcall of a module that calls the intrinsic (base/foreign.jl).
static Form *intrinsic_call(Desugar &d, const ForeignParts &parts, Range range) {
  std::vector<Form *> before, tuple{d.forms.core("Tuple")}, values, literals;
  Form *name = d.atom(desugar(d, parts.function), before);
  Form *result = d.atom(desugar(d, parts.result), before);
  for (size_t i = 0; i < parts.args.size(); i++) {
    Form *type = d.atom(desugar(d, parts.types[i]), before);
    bool is_literal = parts.args[i]->kind == NodeKind::Integer || parts.args[i]->kind == NodeKind::Bool;
    literals.push_back(is_literal ? desugar(d, parts.args[i]) : d.forms.nothing());
    Form *value =
        d.forms.call(d.forms.base("cconvert"), {d.forms.again(type), desugar(d, parts.args[i])}, range);
    Form *root = d.atom(value, before);
    tuple.push_back(type);
    values.push_back(
        d.atom(d.forms.call(d.forms.base("unsafe_convert"), {d.forms.again(type), root}, range), before));
  }
  Form *types = d.atom(d.forms.call(d.forms.core("apply_type"), tuple, range), before);
  Form *written = d.atom(d.forms.call(d.forms.core("tuple"), literals, range), before);
  Form *text = d.forms.call(d.forms.base("_intrinsic_module"), {name, result, types, written}, range);
  Form *entry = d.forms.constant(new_string(d.task(), "entry"), range);
  Form *code = d.atom(d.forms.call(d.forms.core("tuple"), {d.atom(text, before), entry}, range), before);
  std::vector<Form *> args{code, d.forms.again(result), d.forms.again(types)};
  args.insert(args.end(), values.begin(), values.end());
  before.push_back(d.forms.call(d.forms.core("llvmcall"), args, range));
  return d.block(before, range);
}

Form *desugar_ccall(Desugar &d, Node *node) {
  ForeignParts parts;
  if (!parse_foreign(d, node, parts))
    return d.forms.nothing();
  if (parts.convention.text() == "llvmcall")
    return intrinsic_call(d, parts, node->range);
  std::vector<Form *> before, types, values, roots;
  Form *function = d.atom(desugar(d, parts.function), before);
  Form *result = d.atom(desugar(d, parts.result), before);
  for (size_t i = 0; i < parts.args.size(); i++) {
    Form *type = d.atom(desugar(d, parts.types[i]), before);
    Form *value = desugar(d, parts.args[i]);
    types.push_back(type);
    if (is_named(parts.types[i], "Any")) {
      values.push_back(d.atom(value, before));
      continue;
    }
    Form *root =
        d.atom(d.forms.call(d.forms.base("cconvert"), {d.forms.again(type), value}, node->range), before);
    roots.push_back(root);
    values.push_back(d.atom(
        d.forms.call(d.forms.base("unsafe_convert"), {d.forms.again(type), d.forms.again(root)}, node->range),
        before));
  }
  std::vector<Form *> items{function, result};
  items.insert(items.end(), types.begin(), types.end());
  items.insert(items.end(), values.begin(), values.end());
  items.insert(items.end(), roots.begin(), roots.end());
  Form *call = d.forms.make(FormKind::Foreign, node->range, items);
  call->foreign =
      gc_new<ForeignForm>(ForeignForm{uint32_t(types.size()), uint32_t(parts.fixed), parts.convention});
  before.push_back(call);
  return d.block(before, node->range);
}

} // namespace jl
