// SPDX-License-Identifier: MIT
// Keyword arguments. f(a; k=1, rest...) becomes
//   #f#0(k, rest, f, a)     the body
//   f(a)                    calls it with the defaults
//   Core.kwcall(kw, f, a)   takes the keywords out of the NamedTuple kw, checks them, calls the body
// Defaults are evaluated left to right and see the arguments before them; any other name, their own included,
// is what it is outside.
#include "jl/lower/function_syntax.h"
#include "jl/runtime/symbols.h"
#include "jl/runtime/values.h"

namespace jl {

bool mentions(const Node *node, Name name) {
  if (node->is_identifier())
    return name_of(node) == name;
  if (node->kind != NodeKind::Expr || node->is_expr(Head::Quote))
    return false;
  for (const Node *arg : node->args())
    if (mentions(arg, name))
      return true;
  return false;
}

static Form *missing_keyword(Desugar &d, const ArgumentSyntax &keyword) {
  Form *error = d.forms.make(FormKind::New, keyword.range,
                             {d.forms.core("UndefKeywordError"), d.forms.symbol(keyword.name.symbol)});
  return d.forms.call(d.forms.core("throw"), {error}, keyword.range);
}

static Form *default_of(Desugar &d, const ArgumentSyntax &keyword) {
  return keyword.default_value ? desugar(d, keyword.default_value) : missing_keyword(d, keyword);
}

/// The call of the body function: keywords, self, positional arguments (the last may be spread).
static Form *call_body(Desugar &d, const FunctionSyntax &syntax, std::vector<Form *> keywords, Form *self,
                       Name keyword_body) {
  keywords.push_back(self);
  Form *spread = nullptr;
  for (const ArgumentSyntax &argument : syntax.positional) {
    if (argument.is_vararg)
      spread = d.forms.name(argument.name);
    else
      keywords.push_back(d.forms.name(argument.name));
  }
  Form *body = d.forms.name(keyword_body);
  if (!spread)
    return d.forms.call(body, keywords, syntax.range);
  Form *fixed = d.forms.call(d.forms.core("tuple"), keywords, syntax.range);
  return d.forms.call(d.forms.core("_apply_iterate"), {d.forms.base("iterate"), body, fixed, spread},
                      syntax.range);
}

/// Does a default mention its own argument, or a later one? It then means something outside.
static bool mentions_what_follows(std::span<const Default> defaults) {
  for (size_t i = 0; i < defaults.size(); i++)
    for (size_t j = i; j < defaults.size(); j++)
      if (const Node *value = defaults[i].argument->default_value)
        if (mentions(value, defaults[j].argument->name))
          return true;
  return false;
}

Form *bind_defaults(Desugar &d, std::span<const Default> defaults, std::vector<Form *> inside, Range range) {
  bool nest = mentions_what_follows(defaults);
  for (size_t i = defaults.size(); i-- > 0;) {
    auto [argument, value] = defaults[i];
    Form *temporary = nest ? d.forms.temporary() : nullptr;
    Form *name = d.forms.name(argument->name, argument->range);
    Form *declaration = d.forms.make(FormKind::LocalDecl, argument->range, {name});
    Form *set = d.forms.assign(d.forms.name(argument->name), nest ? d.forms.again(temporary) : value);
    inside.insert(inside.begin(), {declaration, set});
    if (nest)
      inside = {d.forms.assign(temporary, value), d.scope(d.block(inside, range), 0)};
  }
  return d.block(inside, range);
}

static Form *empty_keywords(Desugar &d) {
  return d.forms.constant(make_named_tuple(d.task(), {}, {}));
}

Form *keyword_full_body(Desugar &d, const FunctionSyntax &syntax, Name keyword_body) {
  std::vector<Default> defaults;
  std::vector<Form *> values;
  for (const ArgumentSyntax &keyword : syntax.keywords) {
    if (keyword.is_vararg) {
      values.push_back(d.forms.call(d.forms.base("pairs"), {empty_keywords(d)}, keyword.range));
      continue;
    }
    defaults.push_back({&keyword, default_of(d, keyword)});
    values.push_back(d.forms.name(keyword.name));
  }
  Form *call = call_body(d, syntax, values, d.forms.make(FormKind::Self), keyword_body);
  return bind_defaults(d, defaults, {call}, syntax.range);
}

/// May the sorter check this keyword's type? Not when the type names a static parameter that only keywords
/// determine.
static bool is_checkable(const FunctionSyntax &syntax, const Node *type) {
  std::vector<ParameterSyntax> known = variant_parameters(syntax, {Variant::Kind::Sorter});
  for (const ParameterSyntax &parameter : syntax.parameters) {
    bool found = false;
    for (const ParameterSyntax &p : known)
      found |= p.name == parameter.name;
    if (!found && mentions(type, name_of(parameter.name)))
      return false;
  }
  return true;
}

/// getfield(kw, :k), which must be of the declared type.
static Form *given_keyword(Desugar &d, const FunctionSyntax &syntax, const ArgumentSyntax &keyword,
                           Name keywords) {
  Symbol name = keyword.name.symbol;
  Form *value =
      d.forms.call(d.forms.core("getfield"), {d.forms.name(keywords), d.forms.symbol(name)}, keyword.range);
  if (!keyword.type || !is_checkable(syntax, keyword.type))
    return value;
  std::vector<Form *> items;
  Form *given = d.atom(value, items);
  Form *type = d.atom(desugar(d, keyword.type), items);
  Form *fits = d.forms.call(d.forms.core("isa"), {d.forms.again(given), d.forms.again(type)}, keyword.range);
  Form *error = d.forms.make(FormKind::New, keyword.range,
                             {d.forms.core("TypeError"), d.forms.symbol(Symbol::intern("keyword argument")),
                              d.forms.symbol(name), d.forms.again(type), d.forms.again(given)});
  Form *fail = d.forms.call(d.forms.core("throw"), {error}, keyword.range);
  items.push_back(d.forms.make(FormKind::If, keyword.range, {fits, d.forms.nothing(), fail}));
  items.push_back(d.forms.again(given));
  return d.block(items);
}

static Form *names_tuple(Desugar &d, const FunctionSyntax &syntax) {
  std::vector<Value *> names;
  for (const ArgumentSyntax &keyword : syntax.keywords)
    if (!keyword.is_vararg)
      names.push_back(symbol_value(keyword.name.symbol));
  return d.forms.constant(make_tuple(d.task(), names.data(), uint32_t(names.size())));
}

/// What `rest...` receives: the keywords without name of their own.
static Form *other_keywords(Desugar &d, const FunctionSyntax &syntax, Name keywords) {
  Form *rest = d.forms.name(keywords);
  if (syntax.keywords.size() > 1) {
    Form *type = d.forms.call(d.forms.core("apply_type"),
                              {d.forms.core("NamedTuple"), names_tuple(d, syntax)}, syntax.range);
    rest = d.forms.call(d.forms.base("structdiff"), {rest, type}, syntax.range);
  }
  return d.forms.call(d.forms.base("pairs"), {rest}, syntax.range);
}

/// Throws the MethodError for keywords that the function does not have.
static Form *check_unexpected(Desugar &d, const FunctionSyntax &syntax, Name keywords, Name self) {
  Form *keys = d.forms.call(d.forms.base("keys"), {d.forms.name(keywords)}, syntax.range);
  Form *unexpected = d.forms.call(d.forms.base("diff_names"), {keys, names_tuple(d, syntax)}, syntax.range);
  Form *none = d.forms.call(d.forms.base("isempty"), {unexpected}, syntax.range);
  std::vector<Form *> args{d.forms.name(keywords), d.forms.name(self)};
  Form *spread = nullptr;
  for (const ArgumentSyntax &argument : syntax.positional) {
    if (argument.is_vararg)
      spread = d.forms.name(argument.name);
    else
      args.push_back(d.forms.name(argument.name));
  }
  Form *fail = nullptr;
  if (spread)
    fail = d.forms.call(d.forms.core("_apply_iterate"),
                        {d.forms.base("iterate"), d.forms.base("kwerr"),
                         d.forms.call(d.forms.core("tuple"), args, syntax.range), spread},
                        syntax.range);
  else
    fail = d.forms.call(d.forms.base("kwerr"), args, syntax.range);
  return d.forms.make(FormKind::If, syntax.range, {none, d.forms.nothing(), fail});
}

Form *keyword_sorter_body(Desugar &d, const FunctionSyntax &syntax, Name keywords, Name self,
                          Name keyword_body) {
  std::vector<Default> defaults;
  std::vector<Form *> values, items;
  bool has_rest = false;
  for (const ArgumentSyntax &keyword : syntax.keywords) {
    if (keyword.is_vararg) {
      has_rest = true;
      continue;
    }
    Form *is_given =
        d.forms.call(d.forms.core("isdefined"), {d.forms.name(keywords), d.forms.symbol(keyword.name.symbol)},
                     keyword.range);
    Form *value =
        d.forms.make(FormKind::If, keyword.range,
                     {is_given, given_keyword(d, syntax, keyword, keywords), default_of(d, keyword)});
    defaults.push_back({&keyword, value});
    values.push_back(d.forms.name(keyword.name));
  }
  if (has_rest)
    values.push_back(other_keywords(d, syntax, keywords));
  else
    items.push_back(check_unexpected(d, syntax, keywords, self));
  items.push_back(call_body(d, syntax, values, d.forms.name(self), keyword_body));
  return bind_defaults(d, defaults, items, syntax.range);
}

} // namespace jl
