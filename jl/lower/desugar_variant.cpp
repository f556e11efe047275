// SPDX-License-Identifier: MIT
// The code of one method of a definition: which arguments and static parameters it has, and its body.
#include <utility>

#include "jl/lower/function_syntax.h"

namespace jl {

bool holds_body(const FunctionSyntax &syntax, Variant variant) {
  return variant.is_keyword_body() || (variant.kind == Variant::Kind::Full && !syntax.has_keywords);
}

std::span<const ArgumentSyntax> variant_arguments(const FunctionSyntax &syntax, Variant variant) {
  std::span<const ArgumentSyntax> all = syntax.positional;
  if (variant.kind == Variant::Kind::Optional || variant.kind == Variant::Kind::SorterOptional)
    return all.first(variant.count);
  return all;
}

std::vector<ParameterSyntax> variant_parameters(const FunctionSyntax &syntax, Variant variant) {
  if (holds_body(syntax, variant))
    return syntax.parameters;
  std::vector<const Node *> types;
  for (const ArgumentSyntax &argument : variant_arguments(syntax, variant))
    if (argument.type)
      types.push_back(argument.type);
  if (syntax.callee_type)
    types.push_back(syntax.callee_type);
  // From the inside out: a bound may mention parameters further out.
  std::vector<ParameterSyntax> kept;
  for (size_t i = syntax.parameters.size(); i-- > 0;) {
    const ParameterSyntax &parameter = syntax.parameters[i];
    bool used = false;
    for (const Node *type : types)
      used |= mentions(type, name_of(parameter.name));
    if (!used)
      continue;
    kept.insert(kept.begin(), parameter);
    for (const Node *bound : {parameter.lower, parameter.upper})
      if (bound)
        types.push_back(bound);
  }
  return kept;
}

namespace {

/// Desugars inside another function: its loops and indexings are its own.
struct FunctionContext {
  Desugar &d;
  Lambda *lambda;
  std::vector<LoopLabels> loops;
  std::vector<IndexContext> indices;
  uint32_t scopes;
  FunctionContext(Desugar &d, Lambda *inner) : d(d), lambda(d.lambda), scopes(d.scopes) {
    loops.swap(d.loops);
    indices.swap(d.indices);
    d.lambda = inner;
    d.scopes = 0;
  }
  ~FunctionContext() {
    loops.swap(d.loops);
    indices.swap(d.indices);
    d.lambda = lambda;
    d.scopes = scopes;
  }
};

/// The body as written, with destructured arguments taken apart first.
Form *written_body(Desugar &d, const FunctionSyntax &syntax) {
  std::vector<Form *> items;
  for (const ArgumentSyntax &argument : syntax.positional)
    if (argument.pattern)
      items.push_back(assign_to(d, argument.pattern, d.forms.name(argument.name), argument.range));
  items.push_back(desugar(d, syntax.body));
  return d.block(items, syntax.range);
}

/// f(a) = f(a, default): missing arguments are evaluated in order, then the whole function is called.
Form *optional_body(Desugar &d, const FunctionSyntax &syntax, uint32_t given, Form *callee,
                    std::vector<Form *> leading) {
  std::vector<Default> defaults;
  std::vector<Form *> args = std::move(leading);
  for (size_t i = 0; i < syntax.positional.size(); i++) {
    const ArgumentSyntax &argument = syntax.positional[i];
    if (argument.is_vararg)
      break;
    if (i >= given)
      defaults.push_back({&argument, desugar(d, argument.default_value)});
    args.push_back(d.forms.name(argument.name));
  }
  return bind_defaults(d, defaults, {d.forms.call(callee, args, syntax.range)}, syntax.range);
}

/// Its leading arguments: those before the ones that the definition lists.
struct Leading {
  Name keywords; // sorters: the named tuple
  Name self;
};

Leading add_leading_arguments(Desugar &d, const FunctionSyntax &syntax, Variant variant, Name keyword_body,
                              Lambda *lambda) {
  Leading leading{d.fresh_name("#keywords#"), syntax.self};
  if (variant.is_keyword_body()) {
    lambda->name = keyword_body.symbol;
    lambda->argument_names.push_back(d.fresh_name("#self#"));
    for (const ArgumentSyntax &keyword : syntax.keywords)
      lambda->argument_names.push_back(keyword.name);
    // A local function's body knows itself as this argument and need not capture it.
    if (syntax.kind == FunctionSyntax::Kind::Named && keyword_body.layer)
      leading.self = name_of(syntax.callee);
  } else if (variant.sorts()) {
    lambda->name = Symbol::intern("kwcall");
    lambda->argument_names.push_back(d.fresh_name("#kwcall#"));
    lambda->argument_names.push_back(leading.keywords);
    lambda->self_index = 2;
  }
  lambda->argument_names.push_back(leading.self);
  return leading;
}

Form *variant_body(Desugar &d, const FunctionSyntax &syntax, Variant variant, Name keyword_body,
                   Leading leading) {
  switch (variant.kind) {
  case Variant::Kind::Full:
    return syntax.has_keywords ? keyword_full_body(d, syntax, keyword_body) : written_body(d, syntax);
  case Variant::Kind::KeywordBody:
    return written_body(d, syntax);
  case Variant::Kind::Optional:
    return optional_body(d, syntax, variant.count, d.forms.make(FormKind::Self), {});
  case Variant::Kind::Sorter:
    return keyword_sorter_body(d, syntax, leading.keywords, leading.self, keyword_body);
  case Variant::Kind::SorterOptional:
    return optional_body(d, syntax, variant.count, d.forms.core("kwcall"),
                         {d.forms.name(leading.keywords), d.forms.name(leading.self)});
  }
  return nullptr;
}

} // namespace

Lambda *make_variant(Desugar &d, const FunctionSyntax &syntax, Variant variant, Name keyword_body) {
  auto *lambda = gc_new<Lambda>();
  lambda->name = syntax.name;
  lambda->parent = d.lambda;
  lambda->module = d.context.module;
  lambda->file = syntax.file;
  lambda->line = syntax.line;
  for (const ParameterSyntax &parameter : variant_parameters(syntax, variant))
    lambda->static_params.push_back(name_of(parameter.name));
  FunctionContext context(d, lambda);
  Node *self_type = d.self_type;
  d.self_type = syntax.callee_is_constructor ? syntax.callee_type : nullptr;
  Leading leading = add_leading_arguments(d, syntax, variant, keyword_body, lambda);
  for (const ArgumentSyntax &argument : variant_arguments(syntax, variant)) {
    lambda->argument_names.push_back(argument.name);
    lambda->is_vararg |= argument.is_vararg;
  }
  lambda->body = variant_body(d, syntax, variant, keyword_body, leading);
  if (holds_body(syntax, variant) && syntax.return_type)
    lambda->return_type = desugar(d, syntax.return_type);
  d.self_type = self_type;
  return lambda;
}

} // namespace jl
