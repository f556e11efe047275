// SPDX-License-Identifier: MIT
#include "jl/lower/desugar.h"
#include "jl/runtime/module.h"
#include "jl/runtime/strings.h"
#include "jl/runtime/symbols.h"
#include "jl/runtime/values.h"

namespace jl {

// --- Type parameters and `where` ---

bool parse_parameter(Desugar &d, Node *node, ParameterSyntax &out) {
  if (node->is_identifier())
    return out.name = node, true;
  if (node->is_expr(Head::Subtype, 2) && node->arg(0)->is_identifier())
    return out.name = node->arg(0), out.upper = node->arg(1), true;
  if (node->is_expr(Head::Supertype, 2) && node->arg(0)->is_identifier())
    return out.name = node->arg(0), out.lower = node->arg(1), true;
  if (node->is_expr(Head::Comparison, 5) && node->arg(2)->is_identifier()) {
    std::string_view first = node->arg(1)->is_identifier() ? node->arg(1)->symbol().text() : "";
    std::string_view second = node->arg(3)->is_identifier() ? node->arg(3)->symbol().text() : "";
    if (first == second && (first == "<:" || first == ">:")) {
      out.name = node->arg(2);
      out.lower = first == "<:" ? node->arg(0) : node->arg(4);
      out.upper = first == "<:" ? node->arg(4) : node->arg(0);
      return true;
    }
  }
  return d.error(node->range, "invalid variable expression in \"where\""), false;
}

Form *typevar_call(Desugar &d, const ParameterSyntax &parameter) {
  Form *lower = parameter.lower ? desugar(d, parameter.lower) : d.forms.constant(types::Bottom_);
  Form *upper = parameter.upper ? desugar(d, parameter.upper) : d.forms.core("Any");
  return d.forms.call(d.forms.core("_typevar"), {d.forms.symbol(parameter.name->symbol()), lower, upper},
                      parameter.name->range);
}

static Form *set_typevar(Desugar &d, const ParameterSyntax &parameter) {
  Name name = name_of(parameter.name);
  return d.forms.make(FormKind::Block, parameter.name->range,
                      {d.forms.make(FormKind::LocalDecl, parameter.name->range, {d.forms.name(name)}),
                       d.forms.assign(d.forms.name(name), typevar_call(d, parameter))});
}

static Form *where_from(Desugar &d, std::span<Node *const> parameters, Node *body, Range range) {
  if (parameters.empty())
    return desugar(d, body);
  ParameterSyntax parameter;
  if (!parse_parameter(d, parameters[0], parameter))
    return d.forms.nothing();
  d.scopes++;
  Form *set = set_typevar(d, parameter);
  Form *inner = where_from(d, parameters.subspan(1), body, range);
  d.scopes--;
  Form *all = d.forms.call(d.forms.core("_union_all"), {d.forms.name(name_of(parameter.name)), inner}, range);
  return d.scope(d.forms.make(FormKind::Block, range, {set, all}), 0);
}

Form *desugar_where(Desugar &d, Node *node) {
  if (node->arg_count() == 0)
    return d.error(node->range, "malformed \"where\"");
  std::vector<Node *> parameters;
  for (Node *arg : node->args().subspan(1)) {
    if (arg->is_expr(Head::Braces) || arg->is_expr(Head::BracesCat))
      parameters.insert(parameters.end(), arg->args().begin(), arg->args().end());
    else
      parameters.push_back(arg);
  }
  return where_from(d, parameters, node->arg(0), node->range);
}

/// Vector{<:Real} is Vector{T} where T<:Real.
Form *desugar_curly(Desugar &d, Node *node) {
  if (node->arg_count() == 0)
    return d.error(node->range, "malformed type application");
  AstArena &arena = *d.context.arena;
  std::vector<Node *> args(node->args().begin(), node->args().end()), parameters;
  for (Node *&arg : args) {
    if (arg->is_expr(Head::Kw) || arg->is_expr(Head::Assign) || arg->is_expr(Head::Parameters))
      return d.error(arg->range, "misplaced assignment or semicolon in type parameters");
    if (!arg->is_expr(Head::Subtype, 1) && !arg->is_expr(Head::Supertype, 1))
      continue;
    Name fresh = d.fresh_name("#s" + std::to_string(parameters.size() + 1));
    Node *name = arena.identifier(fresh.symbol, arg->range);
    set_layer(name, fresh.layer);
    parameters.push_back(arena.expr(arg->head, {name, arg->arg(0)}, arg->range));
    arg = name;
  }
  if (!parameters.empty())
    return where_from(d, parameters, arena.expr(Head::Curly, args, node->range), node->range);
  return call_with_splats(d, d.forms.core("apply_type"), args, node->range);
}

// --- struct, abstract type, primitive type ---

namespace {

struct TypeHead {
  Node *name = nullptr;
  Node *super = nullptr;
  std::vector<Node *> parameter_nodes;
  std::vector<ParameterSyntax> parameters;
};

bool parse_head(Desugar &d, Node *node, TypeHead &out) {
  if (node->is_expr(Head::Subtype, 2)) {
    out.super = node->arg(1);
    node = node->arg(0);
  }
  if (node->is_expr(Head::Curly) && node->arg_count()) {
    for (Node *arg : node->args().subspan(1)) {
      out.parameter_nodes.push_back(arg);
      if (!parse_parameter(d, arg, out.parameters.emplace_back()))
        return false;
    }
    node = node->arg(0);
  }
  out.name = node;
  if (node->is_identifier())
    return true;
  return d.error(node->range, "invalid type signature"), false;
}

struct StructParts {
  std::vector<Node *> names, types, constructors; // types: null for Any
  std::vector<int64_t> const_fields;
};

bool parse_field(Desugar &d, Node *node, StructParts &out) {
  if (node->is_expr(Head::Const, 1)) {
    out.const_fields.push_back(int64_t(out.names.size()) + 1);
    node = node->arg(0);
  }
  Node *type = nullptr;
  if (node->is_expr(Head::Declare, 2)) {
    type = node->arg(1);
    node = node->arg(0);
  }
  if (!node->is_identifier())
    return d.error(node->range, "invalid field in struct definition"), false;
  for (Node *other : out.names)
    if (other->symbol() == node->symbol())
      return d.error(node->range, "duplicate field name: \"" + std::string(node->symbol().text()) + "\""),
             false;
  out.names.push_back(node);
  out.types.push_back(type);
  return true;
}

bool is_function(const Node *node) {
  if (node->is_expr(Head::Function))
    return true;
  if (!node->is_expr(Head::Assign, 2))
    return false;
  const Node *lhs = node->arg(0);
  while (lhs->is_expr(Head::Where) || (lhs->is_expr(Head::Declare, 2) && lhs->arg(0)->is_expr()))
    lhs = lhs->arg(0);
  return lhs->is_expr(Head::Call);
}

bool parse_body(Desugar &d, Node *body, StructParts &out) {
  if (!body->is_expr(Head::Block))
    return parse_field(d, body, out);
  for (Node *node : body->args()) {
    if (node->kind == NodeKind::LineNumber || node->kind == NodeKind::String ||
        node->kind == NodeKind::Nothing)
      continue;
    if (node->is_expr(Head::Block)) {
      if (!parse_body(d, node, out))
        return false;
    } else if (is_function(node)) {
      out.constructors.push_back(node);
    } else if (node->is_expr(Head::Assign) || node->is_expr(Head::Kw)) {
      return d.error(node->range, "\"" + std::string(d.context.sources->text(node->range)) +
                                      "\" inside type definition is reserved"),
             false;
    } else if (!parse_field(d, node, out)) {
      return false;
    }
  }
  return true;
}

/// How few arguments some `new` gives: the fields after that may stay undefined.
size_t fewest_arguments(const Node *node, size_t fewest) {
  if (!node->is_expr() || node->is_expr(Head::Quote))
    return fewest;
  if (node->is_expr(Head::Call) && node->arg_count()) {
    const Node *callee = node->arg(0);
    if (callee->is_expr(Head::Curly) && callee->arg_count())
      callee = callee->arg(0);
    if (callee->is_identifier() && callee->symbol().text() == "new") {
      bool splat = has_splat(node->args());
      size_t n = node->arg_count() - 1;
      fewest = splat ? fewest : std::min(fewest, n);
    }
  }
  for (const Node *arg : node->args())
    fewest = fewest_arguments(arg, fewest);
  return fewest;
}

bool mentions_name(const Node *node, const Node *name) {
  if (node->is_identifier())
    return name_of(node) == name_of(name);
  if (node->is_expr())
    for (const Node *arg : node->args())
      if (mentions_name(arg, name))
        return true;
  return false;
}

/// `node` with the identifier `name` read as `instead`.
Node *renamed(AstArena &arena, Node *node, const Node *name, Node *instead) {
  if (node->is_identifier())
    return name_of(node) == name_of(name) ? instead : node;
  if (!node->is_expr() || !mentions_name(node, name))
    return node;
  std::vector<Node *> args;
  for (Node *arg : node->args())
    args.push_back(renamed(arena, arg, name, instead));
  return arena.expr(node->head, args, node->range);
}

struct TypeDefinition {
  Desugar &d;
  TypeHead head;
  Node *node;
  std::vector<Form *> items = {};

  Form *name() const { return d.forms.name(name_of(head.name), head.name->range); }
  Form *parameters() const {
    std::vector<Form *> forms;
    for (const ParameterSyntax &parameter : head.parameters)
      forms.push_back(d.forms.name(name_of(parameter.name)));
    return svec(forms);
  }
  Form *svec(std::span<Form *const> forms) const {
    return d.forms.call(d.forms.core("svec"), forms, node->range);
  }
  Form *core(std::string_view f, std::initializer_list<Form *> args) const {
    return d.forms.call(d.forms.core(f), args, node->range);
  }
  /// `const Name = type` unless the name already means an equal definition.
  Form *publish(Form *type) const {
    Form *defined = d.forms.make(FormKind::IsDefined, node->range, {name()});
    Form *same = core("_equiv_typedef", {name(), d.forms.again(type)});
    Form *known = d.forms.make(FormKind::If, node->range, {defined, same, d.forms.constant(false_value())});
    Form *set = d.forms.make(FormKind::ConstDef, node->range, {name(), d.forms.again(type)});
    return d.forms.make(FormKind::If, node->range, {known, d.forms.nothing(), set});
  }
  void begin() {
    for (const ParameterSyntax &parameter : head.parameters)
      items.push_back(set_typevar(d, parameter));
  }
  /// Names the type that is being defined, which its supertype may mention: the global comes later.
  Node *own_name(Form *type) {
    Node *own = d.context.arena->identifier("#self#", head.name->range);
    items.push_back(d.forms.make(FormKind::LocalDecl, head.name->range, {d.forms.name(name_of(own))}));
    items.push_back(d.forms.assign(d.forms.name(name_of(own)), d.forms.again(type)));
    return own;
  }
  void set_super(Form *type) {
    Node *node = head.super;
    if (node && mentions_name(node, head.name))
      node = renamed(*d.context.arena, node, head.name, own_name(type));
    Form *super = node ? desugar(d, node) : d.forms.core("Any");
    items.push_back(core("_setsuper!", {d.forms.again(type), super}));
  }
  Form *finish() {
    items.push_back(d.forms.nothing());
    return d.scope(d.block(items, node->range), 0);
  }
};

Form *define_struct(TypeDefinition &t, const StructParts &parts, bool is_mutable, size_t initialised) {
  Desugar &d = t.d;
  t.begin();
  std::vector<Form *> names, consts, types;
  for (Node *name : parts.names)
    names.push_back(d.forms.symbol(name->symbol()));
  for (int64_t index : parts.const_fields)
    consts.push_back(d.integer(index));
  Form *made =
      t.core("_structtype", {d.forms.constant(d.context.module), d.forms.symbol(t.head.name->symbol()),
                             t.parameters(), t.svec(names), t.svec(consts),
                             d.forms.constant(bool_value(is_mutable)), d.integer(int64_t(initialised))});
  Form *type = d.atom(made, t.items);
  t.set_super(type);
  // Before the fields: their types may mention this one.
  t.items.push_back(t.publish(type));
  for (Node *field : parts.types)
    types.push_back(field ? desugar(d, field) : d.forms.core("Any"));
  t.items.push_back(t.core("_typebody!", {d.forms.again(type), t.svec(types)}));
  t.items.push_back(t.publish(type));
  return t.finish();
}

// --- Constructors ---

/// Foo(x::A, y::B), without conversions, for a type whose parameters the arguments determine.
Node *exact_constructor(Desugar &d, const TypeHead &head, const StructParts &parts, Node *type, Range range) {
  AstArena &arena = *d.context.arena;
  std::vector<Node *> args{head.name}, fields{type};
  for (size_t i = 0; i < parts.names.size(); i++) {
    Node *typed =
        parts.types[i] ? arena.expr(Head::Declare, {parts.names[i], parts.types[i]}, range) : parts.names[i];
    args.push_back(typed);
    fields.push_back(parts.names[i]);
  }
  Node *signature = arena.expr(Head::Call, args, range);
  if (!head.parameter_nodes.empty()) {
    std::vector<Node *> where{signature};
    where.insert(where.end(), head.parameter_nodes.begin(), head.parameter_nodes.end());
    signature = arena.expr(Head::Where, where, range);
  }
  return arena.expr(Head::Assign, {signature, arena.expr(Head::New, fields, range)}, range);
}

/// Foo(x, y) or Foo{T}(x, y): converts each argument to its field's type.
Node *converting_constructor(Desugar &d, const TypeHead &head, const StructParts &parts, Range range) {
  AstArena &arena = *d.context.arena;
  std::vector<Node *> curly{head.name}, args{head.name}, fields{arena.identifier("new", range)};
  for (const ParameterSyntax &parameter : head.parameters)
    curly.push_back(parameter.name);
  if (curly.size() > 1)
    args[0] = arena.expr(Head::Curly, curly, range);
  args.insert(args.end(), parts.names.begin(), parts.names.end());
  fields.insert(fields.end(), parts.names.begin(), parts.names.end());
  Node *signature = arena.expr(Head::Call, args, range);
  if (curly.size() > 1) {
    std::vector<Node *> where{signature};
    where.insert(where.end(), head.parameter_nodes.begin(), head.parameter_nodes.end());
    signature = arena.expr(Head::Where, where, range);
  }
  return arena.expr(Head::Assign, {signature, arena.expr(Head::Call, fields, range)}, range);
}

/// Do the fields' types say each parameter: in a field's type, or in the bounds of a later parameter that is
/// said?
bool determines_parameters(const TypeHead &head, const StructParts &parts) {
  for (size_t i = 0; i < head.parameters.size(); i++) {
    const Node *name = head.parameters[i].name;
    bool found = false;
    for (const Node *type : parts.types)
      found |= type && mentions_name(type, name);
    for (size_t k = i + 1; k < head.parameters.size(); k++)
      for (const Node *bound : {head.parameters[k].lower, head.parameters[k].upper})
        found |= bound && mentions_name(bound, name);
    if (!found)
      return false;
  }
  return true;
}

bool is_any(const Node *type) {
  return !type || (type->is_identifier() && type->symbol().text() == "Any");
}

void default_constructors(Desugar &d, const TypeHead &head, StructParts &parts, Range range) {
  AstArena &arena = *d.context.arena;
  // By reference, not by name: a field may be called like the type.
  Node *type = head.name;
  if (!layer_of(head.name)) {
    Value *ref = new_global_ref(d.task(), d.context.module, head.name->symbol());
    gc_keep(ref);
    type = arena.value(ref, range);
  }
  bool all_any = true;
  for (const Node *field : parts.types)
    all_any &= is_any(field);
  if (head.parameters.empty()) {
    parts.constructors.push_back(exact_constructor(d, head, parts, type, range));
    if (!all_any)
      parts.constructors.push_back(converting_constructor(d, head, parts, range));
    return;
  }
  parts.constructors.push_back(converting_constructor(d, head, parts, range));
  if (!determines_parameters(head, parts))
    return;
  std::vector<Node *> curly{type};
  for (const ParameterSyntax &parameter : head.parameters)
    curly.push_back(parameter.name);
  parts.constructors.push_back(
      exact_constructor(d, head, parts, arena.expr(Head::Curly, curly, range), range));
}

std::span<Node *> keep(AstArena &arena, std::span<Node *const> nodes) {
  auto *copy = static_cast<Node **>(arena.allocate(nodes.size() * sizeof(Node *)));
  std::copy(nodes.begin(), nodes.end(), copy);
  return {copy, nodes.size()};
}

const NewContext *new_context(Desugar &d, const TypeHead &head, const StructParts &parts) {
  AstArena &arena = *d.context.arena;
  std::vector<Node *> parameters;
  for (const ParameterSyntax &parameter : head.parameters)
    parameters.push_back(parameter.name);
  return new (arena.allocate(sizeof(NewContext)))
      NewContext{head.name, keep(arena, parameters), keep(arena, parts.types), parts.names.size()};
}

} // namespace

/// Types are global wherever they are defined: in a `let` or a `for` as well, but not in a function. The
/// declaration comes before anything reads the name, or it would be taken for what a module in use exports.
static void declare_global(Desugar &d, const TypeHead &head, std::vector<Form *> &items) {
  items.push_back(d.forms.make(FormKind::GlobalDecl, head.name->range, {d.forms.name(name_of(head.name))}));
}

Form *desugar_struct(Desugar &d, Node *node) {
  if (!d.lambda->is_toplevel)
    return d.error(node->range, "\"struct\" expression not at top level");
  if (node->arg_count() != 3)
    return d.error(node->range, "malformed \"struct\"");
  bool is_mutable = node->arg(0)->kind == NodeKind::Bool && node->arg(0)->boolean();
  TypeDefinition t{d, {}, node};
  StructParts parts;
  if (!parse_head(d, node->arg(1), t.head) || !parse_body(d, node->arg(2), parts))
    return d.forms.nothing();
  if (!parts.const_fields.empty() && !is_mutable)
    return d.error(node->range,
                   "invalid field in struct definition: `const` belongs to fields of mutable structs");
  size_t initialised = parts.names.size();
  for (Node *constructor : parts.constructors)
    initialised = fewest_arguments(constructor, initialised);
  const NewContext *context = new_context(d, t.head, parts);
  if (parts.constructors.empty())
    default_constructors(d, t.head, parts, node->range);
  std::vector<Form *> items;
  declare_global(d, t.head, items);
  d.scopes++;
  items.push_back(define_struct(t, parts, is_mutable, initialised));
  d.scopes--;
  const NewContext *outer = d.constructor;
  d.constructor = context;
  for (Node *constructor : parts.constructors)
    items.push_back(desugar_function(d, constructor));
  d.constructor = outer;
  items.push_back(d.forms.nothing());
  return d.block(items, node->range);
}

/// A type without fields, made by the builtin `maker` from module, name, parameters and, if there is one, the
/// value of `more`.
static Form *define_fieldless(TypeDefinition &t, std::string_view maker, Node *more) {
  Desugar &d = t.d;
  std::vector<Form *> items;
  declare_global(d, t.head, items);
  d.scopes++;
  t.begin();
  std::vector<Form *> args{d.forms.constant(d.context.module), d.forms.symbol(t.head.name->symbol()),
                           t.parameters()};
  if (more)
    args.push_back(desugar(d, more));
  Form *type = d.atom(d.forms.call(d.forms.core(maker), args, t.node->range), t.items);
  t.set_super(type);
  t.items.push_back(t.publish(type));
  d.scopes--;
  items.push_back(t.finish());
  return d.block(items, t.node->range);
}

Form *desugar_abstract(Desugar &d, Node *node) {
  if (!d.lambda->is_toplevel)
    return d.error(node->range, "\"abstract type\" expression not at top level");
  TypeDefinition t{d, {}, node};
  return parse_head(d, node->arg(0), t.head) ? define_fieldless(t, "_abstracttype", nullptr)
                                             : d.forms.nothing();
}

Form *desugar_primitive(Desugar &d, Node *node) {
  if (!d.lambda->is_toplevel)
    return d.error(node->range, "\"primitive type\" expression not at top level");
  TypeDefinition t{d, {}, node};
  return parse_head(d, node->arg(0), t.head) ? define_fieldless(t, "_primitivetype", node->arg(1))
                                             : d.forms.nothing();
}

// --- new ---

static Form *new_type(Desugar &d, Node *call) {
  const NewContext &context = *d.constructor;
  Node *callee = call->arg(0);
  if (callee->is_expr(Head::Curly)) {
    std::vector<Node *> args(callee->args().begin(), callee->args().end());
    args[0] = context.type_name;
    return desugar(d, d.context.arena->expr(Head::Curly, args, callee->range));
  }
  if (context.parameters.empty())
    return desugar(d, context.type_name);
  if (d.self_type)
    return desugar(d, d.self_type);
  return d.error(call->range, "too few type parameters specified in \"new{...}\"");
}

/// new(xs...) takes as many values as there are fields.
static void check_argument_count(Desugar &d, Form *tuple, size_t n_fields, Range range,
                                 std::vector<Form *> &items) {
  auto has = [&](size_t i) {
    return d.forms.call(d.forms.core("isdefined"), {d.forms.again(tuple), d.integer(int64_t(i))}, range);
  };
  auto fail = [&](const char *what) {
    std::string text =
        std::string("new: too ") + what + " arguments (expected " + std::to_string(n_fields) + ")";
    Form *error = d.forms.make(FormKind::New, range,
                               {d.forms.core("ArgumentError"), d.forms.constant(new_string(d.task(), text))});
    return d.forms.call(d.forms.core("throw"), {error}, range);
  };
  if (n_fields > 0)
    items.push_back(d.forms.make(FormKind::If, range, {has(n_fields), d.forms.nothing(), fail("few")}));
  items.push_back(d.forms.make(FormKind::If, range, {has(n_fields + 1), fail("many"), d.forms.nothing()}));
}

/// new(a, b): each argument converted to its field's type.
Form *desugar_new(Desugar &d, Node *call) {
  const NewContext &context = *d.constructor;
  std::span<Node *> args = call->args().subspan(1);
  for (Node *arg : args)
    if (arg->is_expr(Head::Kw) || arg->is_expr(Head::Parameters))
      return d.error(arg->range, "\"new\" does not accept keyword arguments");
  std::vector<Form *> items;
  Form *type = d.atom(new_type(d, call), items);
  auto converted = [&](Form *value, size_t i) {
    if (i >= context.n_fields || is_any(context.field_types[i]))
      return value;
    Form *field = d.forms.call(d.forms.core("fieldtype"), {d.forms.again(type), d.integer(int64_t(i) + 1)},
                               call->range);
    return d.forms.make(FormKind::Convert, call->range, {value, field});
  };
  std::vector<Form *> fields{type};
  if (has_splat(args)) {
    Form *tuple = d.atom(call_with_splats(d, d.forms.core("tuple"), args, call->range), items);
    check_argument_count(d, tuple, context.n_fields, call->range, items);
    for (size_t i = 0; i < context.n_fields; i++) {
      Form *value = d.forms.call(d.forms.core("getfield"), {d.forms.again(tuple), d.integer(int64_t(i) + 1)},
                                 call->range);
      fields.push_back(converted(value, i));
    }
  } else {
    if (args.size() > context.n_fields)
      return d.error(call->range,
                     "too many arguments in \"new\" (expected " + std::to_string(context.n_fields) + ")");
    for (size_t i = 0; i < args.size(); i++)
      fields.push_back(converted(desugar(d, args[i]), i));
  }
  items.push_back(d.forms.make(FormKind::New, call->range, fields));
  return d.block(items, call->range);
}

} // namespace jl
