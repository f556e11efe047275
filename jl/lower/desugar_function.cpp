// SPDX-License-Identifier: MIT
#include <utility>

#include "jl/lower/function_syntax.h"
#include "jl/lower/lowered.h"
#include "jl/lower/ordinal.h"
#include "jl/runtime/module.h"
#include "jl/runtime/symbols.h"
#include "jl/runtime/values.h"

namespace jl {

// --- Signatures ---

static Form *argument_type(Desugar &d, const ArgumentSyntax &argument) {
  Form *type = argument.type ? desugar(d, argument.type) : d.forms.core("Any");
  const Node *head =
      argument.type && argument.type->is_expr(Head::Curly) ? argument.type->arg(0) : argument.type;
  bool is_vararg_type = head && head->is_identifier() && head->symbol().text() == "Vararg";
  if (!argument.is_vararg || is_vararg_type)
    return type;
  if (!argument.type)
    return d.forms.core("Vararg");
  return d.forms.call(d.forms.core("apply_type"), {d.forms.core("Vararg"), type}, argument.range);
}

/// Callable: the type of what is called.
static Form *called_type(Desugar &d, const FunctionSyntax &syntax) {
  Form *type = desugar(d, syntax.callee_type);
  if (!syntax.callee_is_constructor)
    return type;
  return d.forms.call(d.forms.core("apply_type"), {d.forms.core("Type"), type}, syntax.range);
}

/// Which arguments the body calls: decides what dispatch specialises on. From syntax alone, so that it does
/// not matter when the body is lowered.
static void find_called(const Node *node, const std::vector<Name> &names, uint64_t &called) {
  if (node->kind != NodeKind::Expr || node->is_expr(Head::Quote))
    return;
  bool dotted = node->is_expr(Head::Dot, 2) && node->arg(1)->is_expr(Head::Tuple);
  if ((node->is_expr(Head::Call) || dotted) && node->arg_count() && node->arg(0)->is_identifier())
    for (size_t i = 0; i < names.size() && i < 64; i++)
      if (names[i] == name_of(node->arg(0)))
        called |= uint64_t{1} << i;
  for (const Node *arg : node->args())
    find_called(arg, names, called);
}

namespace {

/// A method's arguments. names[i] and bit i stand for argument i; 0 is the callee (of keyword methods:
/// Core.kwcall).
struct Arguments {
  std::vector<Name> names;
  GcVector<Form *> types; // of those after the callee
  uint64_t nospecialize = 0, called = 0;
  bool is_vararg = false;

  void add(const ArgumentSyntax &argument, Form *type) {
    if (argument.nospecialize && names.size() < 64)
      nospecialize |= uint64_t{1} << names.size();
    names.push_back(argument.name);
    types.push_back(type);
  }
};

/// Defines the methods of one function definition, one variant after the other.
struct Definer {
  Desugar &d;
  Node *node;
  const FunctionSyntax &syntax;
  Name keyword_body;
  std::string closure_prefix; // empty where an enclosing function gives one
  std::vector<Form *> items = {};
  const DefinitionSyntax *shared = nullptr; // of the variants that wait

  void define(Variant variant);

private:
  void set_callee(MethodForm &form, Variant variant);
  void add_static_params(MethodForm &form, Variant variant);
  Arguments arguments_of(Variant variant);
  Method *make_template(Variant variant, const Arguments &arguments) const;
  Symbol next_closure_prefix() const;
  Symbol define_generator(Variant variant, Symbol prefix);
};

void Definer::set_callee(MethodForm &form, Variant variant) {
  form.keyword_call = variant.sorts();
  if (variant.is_keyword_body() || syntax.kind == FunctionSyntax::Kind::Named) {
    form.callee_kind = MethodForm::Callee::Name;
    form.callee =
        d.forms.name(variant.is_keyword_body() ? keyword_body : name_of(syntax.callee), syntax.range);
  } else if (syntax.kind == FunctionSyntax::Kind::Value) {
    form.callee_kind = MethodForm::Callee::Value;
    form.callee = desugar(d, syntax.callee);
  } else if (syntax.kind == FunctionSyntax::Kind::Callable) {
    form.callee_kind = MethodForm::Callee::Type;
    form.callee = called_type(d, syntax);
  } else {
    form.callee_kind = MethodForm::Callee::Anonymous;
  }
}

void Definer::add_static_params(MethodForm &form, Variant variant) {
  for (const ParameterSyntax &parameter : variant_parameters(syntax, variant)) {
    StaticParamForm p{name_of(parameter.name)};
    p.lower = parameter.lower ? desugar(d, parameter.lower) : nullptr;
    p.upper = parameter.upper ? desugar(d, parameter.upper) : nullptr;
    form.static_params.push_back(p);
  }
}

Arguments Definer::arguments_of(Variant variant) {
  Arguments all;
  all.names.push_back(syntax.self);
  if (variant.is_keyword_body()) {
    for (const ArgumentSyntax &keyword : syntax.keywords)
      all.add(keyword, keyword.is_vararg ? d.forms.core("Any") : argument_type(d, keyword));
    // The function itself: always specialised on. Its type may name static parameters that nothing else does.
    all.called |= uint64_t{1} << std::min<size_t>(all.names.size(), 63);
    all.names.push_back(syntax.self);
    all.types.push_back(syntax.callee_type ? called_type(d, syntax) : d.forms.core("Any"));
  } else if (variant.sorts()) {
    all.names.insert(all.names.end(), 2, syntax.self);
  }
  for (const ArgumentSyntax &argument : variant_arguments(syntax, variant)) {
    all.add(argument, argument_type(d, argument));
    all.is_vararg |= argument.is_vararg;
  }
  if (holds_body(syntax, variant))
    find_called(syntax.body, all.names, all.called);
  else
    all.called = ~uint64_t{0}; // only passes on: whoever receives them may call them
  return all;
}

/// The names of the keywords, as reflection shows them.
SimpleVector *keyword_names(Task *task, const FunctionSyntax &syntax) {
  GcVector<Value *> names;
  for (const ArgumentSyntax &keyword : syntax.keywords) {
    std::string text(keyword.name.symbol.text());
    names.push_back(symbol_value(keyword.is_vararg ? Symbol::intern(text + "...") : keyword.name.symbol));
  }
  return new_svec(task, names);
}

/// A method with what syntax alone says.
Method *Definer::make_template(Variant variant, const Arguments &arguments) const {
  Method *method = new_method(d.context.module, variant.is_keyword_body() ? keyword_body.symbol
                                                : variant.sorts()         ? Symbol::intern("kwcall")
                                                                          : syntax.name);
  method->nargs = int32_t(arguments.names.size());
  method->is_vararg = arguments.is_vararg;
  method->nkw = variant.is_keyword_body() ? int32_t(syntax.keywords.size()) : 0;
  method->nospecialize = arguments.nospecialize;
  method->called_args = arguments.called;
  method->file = syntax.file;
  method->line = syntax.line;
  if (syntax.has_keywords && (variant.kind == Variant::Kind::Full || variant.kind == Variant::Kind::Optional))
    method->keyword_names = keyword_names(d.task(), syntax);
  return method;
}

/// Of a @generated method: a function of the static parameters and the types of all arguments, the method's
/// own included, whose value is the body. Returns its name.
Symbol Definer::define_generator(Variant variant, Symbol prefix) {
  FunctionSyntax generator = syntax;
  generator.kind = FunctionSyntax::Kind::Named;
  generator.name = Symbol::intern(std::string(prefix.text()) + "generator");
  generator.callee = d.context.arena->identifier(generator.name, syntax.range);
  generator.callee_type = generator.return_type = nullptr;
  generator.self = d.fresh_name("#self#");
  generator.has_keywords = generator.is_generated = false;
  generator.keywords.clear(), generator.parameters.clear(), generator.positional.clear();
  auto add = [&](Name name) {
    ArgumentSyntax plain;
    plain.name = name;
    plain.range = syntax.range;
    generator.positional.push_back(plain);
  };
  for (const ParameterSyntax &parameter : variant_parameters(syntax, variant))
    add(name_of(parameter.name));
  if (syntax.has_keywords) // the body function
    add(d.fresh_name("#self#"));
  for (const ArgumentSyntax &keyword : syntax.keywords)
    add(keyword.name);
  add(syntax.self);
  for (const ArgumentSyntax &argument : syntax.positional) {
    add(argument.name);
    generator.positional.back().is_vararg = argument.is_vararg;
  }
  generator.required = generator.positional.size() - generator.positional.back().is_vararg;
  MethodBodies bodies = std::exchange(d.bodies, MethodBodies::Now);
  Definer definer{d, node, generator, {}, std::string(generator.name.text()) + "#"};
  definer.define({Variant::Kind::Full});
  d.bodies = bodies;
  items.insert(items.begin(), definer.items.begin(), definer.items.end());
  return generator.name;
}

/// Makes the names of the closures in each variant's body differ.
Symbol Definer::next_closure_prefix() const {
  if (closure_prefix.empty())
    return {};
  return Symbol::intern(items.empty() ? closure_prefix : closure_prefix + std::to_string(items.size()) + "#");
}

void Definer::define(Variant variant) {
  auto *form = gc_new<MethodForm>();
  form->range = syntax.range;
  set_callee(*form, variant);
  add_static_params(*form, variant);
  Arguments arguments = arguments_of(variant);
  form->types = arguments.types;
  form->method = make_template(variant, arguments);
  Symbol prefix = next_closure_prefix();
  Symbol generator;
  if (syntax.is_generated && holds_body(syntax, variant)) {
    generator = define_generator(variant, prefix);
    form->method->is_generated = true;
    form->method->called_args = ~uint64_t{0};
  }
  // Only what cannot capture a variable may wait, so only definitions at the very top.
  bool lazy = d.bodies == MethodBodies::OnFirstUse && d.at_toplevel() &&
              syntax.kind != FunctionSyntax::Kind::Anonymous;
  if (lazy || generator) {
    if (!shared)
      shared = gc_new<DefinitionSyntax>(DefinitionSyntax::Parts{node, d.constructor});
    form->pending =
        gc_new<PendingBody>(PendingBody{shared, variant, keyword_body.symbol, prefix, generator,
                                        d.context.sources, d.context.module, syntax.file, syntax.line});
  } else {
    form->lambda = make_variant(d, syntax, variant, keyword_body);
    form->lambda->closure_prefix = prefix;
  }
  Form *definition = d.forms.make(FormKind::MethodDef, syntax.range);
  definition->method = form;
  items.push_back(definition);
}

} // namespace

/// How many methods of this name the module's text has defined before: part of stable names.
static uint64_t next_ordinal(Desugar &d, Symbol name) {
  return count_up(d.task(), d.context.module, Symbol::intern("#ordinal#" + std::string(name.text())));
}

/// `keyword_body` is only used with keyword arguments; without symbol it becomes a global `#f#N`.
static Form *define_all(Desugar &d, Node *node, const FunctionSyntax &syntax, Name keyword_body) {
  std::string prefix;
  if (d.at_toplevel() && syntax.kind != FunctionSyntax::Kind::Anonymous) {
    prefix = "#" + std::string(syntax.name.text()) + "#";
    uint64_t ordinal = next_ordinal(d, syntax.name);
    if (!keyword_body.symbol && syntax.has_keywords)
      keyword_body.symbol = Symbol::intern(prefix + std::to_string(ordinal));
    prefix += (ordinal ? std::to_string(ordinal) : "") + "#";
  }
  Definer definer{d, node, syntax, keyword_body, prefix};
  bool vararg = !syntax.positional.empty() && syntax.positional.back().is_vararg;
  size_t last = syntax.positional.size() - vararg;
  if (syntax.has_keywords) {
    definer.define({Variant::Kind::KeywordBody});
    definer.define({Variant::Kind::Full});
    definer.define({Variant::Kind::Sorter});
  } else {
    definer.define({Variant::Kind::Full});
  }
  for (size_t n = last; n-- > syntax.required;)
    definer.define({Variant::Kind::Optional, uint32_t(n)});
  if (syntax.has_keywords)
    for (size_t n = last; n-- > syntax.required;)
      definer.define({Variant::Kind::SorterOptional, uint32_t(n)});
  // The value is the function, which the first method's definition gives; not that of the body function.
  if (syntax.has_keywords && definer.items.size() > 1)
    std::rotate(definer.items.begin() + 1, definer.items.begin() + 2, definer.items.end());
  return d.block(definer.items, syntax.range);
}

static Form *declare_function(Desugar &d, Node *node) {
  Node *name = node->arg(0);
  if (!name->is_identifier())
    return d.error(node->range, "expected a name in \"function\" declaration");
  return d.forms.make(FormKind::FunctionDecl, node->range, {d.forms.name(name_of(name), name->range)});
}

/// Gives an anonymous function with several methods a variable, so that they share a type.
static Form *named_anonymous(Desugar &d, Node *node, FunctionSyntax &syntax) {
  Name name = d.fresh_name("#anonymous#");
  syntax.kind = FunctionSyntax::Kind::Named;
  syntax.name = Symbol::intern("#anonymous#");
  syntax.callee = d.context.arena->identifier(name.symbol, syntax.range);
  set_layer(syntax.callee, name.layer);
  d.scopes++;
  Name body = d.fresh_name("#anonymous#body");
  std::vector<Form *> items{d.forms.make(FormKind::LocalDecl, syntax.range, {d.forms.name(name)}),
                            d.forms.make(FormKind::LocalDecl, syntax.range, {d.forms.name(body)}),
                            define_all(d, node, syntax, body), d.forms.name(name)};
  d.scopes--;
  return d.scope(d.block(items, syntax.range), 0);
}

Form *desugar_function(Desugar &d, Node *node) {
  if (node->arg_count() == 1)
    return declare_function(d, node);
  if (node->arg_count() != 2)
    return d.error(node->range, "invalid function definition");
  FunctionSyntax syntax;
  if (!parse_function(d, node, syntax))
    return d.forms.nothing();
  if (syntax.is_generated && (!d.at_toplevel() || syntax.kind == FunctionSyntax::Kind::Anonymous))
    return d.error(node->range, "\"@generated\" function not at top level");
  bool several = syntax.has_keywords || syntax.required != syntax.positional.size();
  if (syntax.kind == FunctionSyntax::Kind::Anonymous) {
    bool only_vararg = !syntax.has_keywords && syntax.required + 1 == syntax.positional.size() &&
                       syntax.positional.back().is_vararg;
    if (several && !only_vararg)
      return named_anonymous(d, node, syntax);
    return define_all(d, node, syntax, {});
  }
  if (!syntax.has_keywords || d.at_toplevel())
    return define_all(d, node, syntax, {});
  Name body = d.fresh_name("#" + std::string(syntax.name.text()) + "#body");
  std::vector<Form *> items{d.forms.make(FormKind::LocalDecl, syntax.range, {d.forms.name(body)}),
                            define_all(d, node, syntax, body)};
  return d.block(items, syntax.range);
}

/// macro m(x) ... end is a function @m(__source__, __module__, x).
Form *desugar_macro_definition(Desugar &d, Node *node) {
  if (!d.at_toplevel())
    return d.error(node->range, "macro definition not allowed inside a local scope");
  AstArena &arena = *d.context.arena;
  Node *signature = node->arg(0);
  if (signature->is_identifier() && node->arg_count() == 1) {
    Node *name = arena.identifier("@" + std::string(signature->symbol().text()), signature->range);
    return declare_function(d, arena.expr(Head::Function, {name}, node->range));
  }
  while (signature->is_expr(Head::Where) && signature->arg_count())
    signature = signature->arg(0);
  if (!signature->is_expr(Head::Call) || !signature->arg(0)->is_identifier() || node->arg_count() != 2)
    return d.error(node->range, "invalid macro definition");
  std::vector<Node *> args(signature->args().begin(), signature->args().end());
  for (Node *arg : args)
    if (arg->is_expr(Head::Parameters))
      return d.error(arg->range, "macros cannot accept keyword arguments");
  args[0] = arena.identifier("@" + std::string(args[0]->symbol().text()), args[0]->range);
  auto declared = [&](std::string_view name, std::string_view type) {
    return arena.expr(Head::Declare, {arena.identifier(name),
                                      arena.global_ref(Symbol::intern("Core"), Symbol::intern(type))});
  };
  args.insert(args.begin() + 1, {declared("__source__", "LineNumberNode"), declared("__module__", "Module")});
  Node *sig = arena.expr(Head::Call, args, signature->range);
  return desugar_function(d, arena.expr(Head::Function, {sig, node->arg(1)}, node->range));
}

} // namespace jl
