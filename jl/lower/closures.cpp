// SPDX-License-Identifier: MIT
// Method definitions, and closure conversion.
//
// A closure's type is made here, at once: `struct #foo##0{T1,...} <: Function` with one field for each
// captured variable, of its own type T1 (so that code using the closure knows it), or Core.Box. Types are
// named after the top-level function around and counted within it, never globally. Static parameters of
// functions around come first among the type's parameters.
#include "jl/lower/linearize.h"

#include <algorithm>

#include "jl/lower/ordinal.h"
#include "jl/runtime/module.h"
#include "jl/runtime/symbols.h"
#include "jl/runtime/types.h"
#include "jl/runtime/values.h"

namespace jl {

std::vector<Variable *> closure_fields(const Closure *closure) {
  std::vector<Variable *> fields;
  for (Variable *variable : closure->captured)
    if (variable != closure->variable || variable->assignments > 0)
      fields.push_back(variable);
  return fields;
}

std::vector<Symbol> closure_field_names(const Closure *closure) {
  std::vector<Symbol> names;
  for (Variable *variable : closure_fields(closure)) {
    Symbol name = variable->name.symbol;
    for (int n = 1; name.text().empty() || std::find(names.begin(), names.end(), name) != names.end(); n++)
      name = Symbol::intern(std::string(variable->name.symbol.text()) + "#" + std::to_string(n));
    names.push_back(name);
  }
  return names;
}

// --- Types of closures ---

/// The function or thunk after which closures inside are named.
Lambda *Builder::naming_root() {
  Lambda *lambda = lambda_;
  while (lambda->parent && !lambda->closure_prefix)
    lambda = lambda->parent;
  return lambda;
}

namespace {
struct ClosureName {
  Symbol type, function;
};
} // namespace

/// Inside functions `#foo##0` for both, or `#g#foo##0` for the type of a local function g. At top level,
/// counted within the module, the type `#1#2` of a function `#1`, or `#g#3` for a local function g.
static ClosureName closure_name(Task *task, Lambda *root, const Closure *closure) {
  bool named = closure->variable && !closure->variable->name.layer;
  std::string prefix = named ? "#" + std::string(closure->function_name.text()) : "";
  if (root->closure_prefix) {
    std::string number = std::string(root->closure_prefix.text()) + std::to_string(root->n_closures++);
    Symbol type = Symbol::intern(prefix + number);
    return {type, named ? closure->function_name : type};
  }
  uint64_t n = count_up(task, root->module, closure_counter(), named ? 1 : 2) + 1;
  std::string number = "#" + std::to_string(n);
  if (named)
    return {Symbol::intern(prefix + number), closure->function_name};
  return {Symbol::intern(number + "#" + std::to_string(n + 1)), Symbol::intern(number)};
}

static DataType *type_body(Value *wrapper) {
  return reinterpret_cast<DataType *>(unwrap_union_all(wrapper));
}

Value *make_closure_type(Linearizer &shared, Builder &builder, Closure *closure) {
  Task *task = shared.context.task;
  auto [name, function_name] = closure_name(task, builder.naming_root(), closure);
  ClosureTypeParts parts{name, function_name};
  for (Variable *variable : closure->static_params)
    parts.parameters.push_back(make_typevar(variable->name.symbol, types::Bottom_, types::Any));
  for (Symbol field : closure_field_names(closure))
    parts.field_names.push_back(symbol_value(field));
  for (Variable *variable : closure_fields(closure)) {
    if (variable->is_boxed) {
      parts.field_types.push_back(types::Box_);
      continue;
    }
    std::string text = "T" + std::to_string(parts.field_types.size() + 1);
    parts.field_types.push_back(make_typevar(Symbol::intern(text), types::Bottom_, types::Any));
    parts.parameters.push_back(parts.field_types.back());
  }
  return define_closure_type(task, shared.context.module, parts);
}

Value *define_closure_type(Task *task, Module *module, const ClosureTypeParts &parts) {
  Value *type = new_struct_type(module, parts.name, new_svec(task, parts.parameters),
                                new_svec(task, parts.field_names), false, 0, 0);
  TypeName *type_name = type_body(type)->name;
  type_name->is_function = true;
  type_name->function_name = parts.function_name;
  set_supertype(task, type, types::Function);
  set_field_types(task, type, new_svec(task, parts.field_types));
  // The same definition lowered again (a method defined in a loop): the type stays.
  Binding *binding = get_binding_for_write(task, module, parts.name);
  Value *old = binding->value.load();
  if (old && is_type(old) && equivalent_definition(old, type))
    return old;
  set_const(task, binding, type);
  return type;
}

/// The object: new(type{static parameters, types of captured values}, captured...).
Operand Builder::make_closure(Closure *closure) {
  std::vector<Operand> fields{{}};
  std::vector<Operand> parameters{core("apply_type"), constant(closure->type)};
  for (Variable *variable : closure->static_params)
    parameters.push_back(raw(variable));
  for (Variable *variable : closure_fields(closure)) {
    Operand value = raw(variable);
    if (!variable->is_boxed)
      parameters.push_back(call(core("_typeof_captured_variable"), {value}));
    fields.push_back(value);
  }
  fields[0] = parameters.size() > 2 ? emit(Op::Call, parameters) : constant(closure->type);
  return emit(Op::New, fields);
}

// --- Signatures ---

Operand Builder::typevar(Symbol name, Operand lower, Operand upper) {
  return call(core("_typevar"), {symbol(name), lower, upper});
}

Operand Builder::emit_typevar(StaticParamForm &parameter) {
  Operand lower = parameter.lower ? value_of(parameter.lower) : constant(types::Bottom_);
  Operand upper = parameter.upper ? value_of(parameter.upper) : core("Any");
  Operand made = typevar(parameter.name.symbol, lower, upper);
  typevars_[parameter.variable] = made;
  return made;
}

Operand Builder::emit_definition(const Definition &definition, std::span<const Operand> operands) {
  if (!reachable_)
    return nothing();
  code_->definitions.push_back(definition);
  return emit(Op::Define, operands, kNoSlot, uint32_t(code_->definitions.size() - 1));
}

std::vector<Operand> Builder::compile_types(MethodForm *method) {
  std::vector<Operand> types{core("svec")};
  for (Form *type : method->types)
    types.push_back(stable(value_of(type)));
  return types;
}

/// The Define statement; its static parameters' typevars have been made.
void Builder::emit_method(MethodForm *method, Operand callee, Definition::Callee kind,
                          std::span<const Operand> captured) {
  std::vector<Operand> types = compile_types(method);
  std::vector<Operand> params{core("svec")};
  if (method->closure)
    for (Variable *variable : method->closure->static_params)
      params.push_back(typevars_[variable]);
  for (StaticParamForm &parameter : method->static_params)
    params.push_back(typevars_[parameter.variable]);
  std::vector<Operand> operands{callee, emit(Op::Call, types), emit(Op::Call, params)};
  operands.insert(operands.end(), captured.begin(), captured.end());
  Definition definition{
      Definition::Kind::Method, shared_.context.module, method->method->name, method->method, kind,
      method->keyword_call};
  emit_definition(definition, operands);
}

// --- Global methods ---

void Builder::define_global_method(MethodForm *method, Operand callee, Definition::Callee kind) {
  std::vector<Operand> captured;
  if (method->pending) {
    method->method->pending = method->pending;
  } else {
    method->method->source = Builder(shared_, method->lambda).finish_body();
    for (Variable *variable : method->lambda->captured)
      captured.push_back(stable(raw(variable)));
  }
  emit_method(method, callee, kind, captured);
}

Operand Builder::compile_method(Form *form, Dest dest) {
  MethodForm *method = form->method;
  if (Closure *closure = method->closure) {
    define_closure(closure);
    bool first = closure->methods.front() == method;
    if (!closure->variable)
      return deliver(make_closure(closure), dest);
    if (first)
      store(closure->variable, make_closure(closure));
    if (dest.want == Dest::Want::Effect)
      return nothing();
    Operand value = raw(closure->variable);
    if (closure->variable->is_boxed)
      value = box_contents(value, closure->variable, false);
    return deliver(value, dest);
  }
  Operand callee = nothing();
  auto kind = Definition::Callee::Value;
  if (method->callee_kind == MethodForm::Callee::Name)
    callee =
        emit_definition({Definition::Kind::Function, method->callee->module, method->callee->symbol()}, {});
  else if (method->callee_kind == MethodForm::Callee::Value)
    callee = stable(value_of(method->callee));
  for (StaticParamForm &parameter : method->static_params)
    emit_typevar(parameter);
  if (method->callee_kind == MethodForm::Callee::Type) {
    kind = Definition::Callee::Type;
    callee = stable(value_of(method->callee));
  }
  define_global_method(method, callee, kind);
  return deliver(method->callee_kind == MethodForm::Callee::Type ? nothing() : callee, dest);
}

Operand Builder::compile_function_declaration(Form *form, Dest dest) {
  Form *name = form->item(0);
  if (!name->is_variable())
    return deliver(emit_definition({Definition::Kind::Function, name->module, name->symbol()}, {}), dest);
  Closure *closure = name->variable->closure;
  define_closure(closure);
  store(name->variable, make_closure(closure));
  return deliver(raw(name->variable), dest);
}

// --- Closures' methods ---

/// Does the form's value depend on nothing that running the thunk around may change?
static bool is_timeless(const Form *form) {
  switch (form->kind) {
  case FormKind::Constant:
  case FormKind::Name: // of a type variable: locals of functions are refused
  case FormKind::LocalDecl:
  case FormKind::Line:
    return true;
  case FormKind::Global: {
    if (form->module == modules::Core)
      return true;
    Binding *binding = find_binding(form->module, form->symbol());
    return binding && binding->is_const && binding->value.load();
  }
  case FormKind::Call:
    if (!form->item(0)->is(FormKind::Global) || form->item(0)->module != modules::Core)
      return false;
    break;
  case FormKind::Assign:
  case FormKind::Block:
  case FormKind::Scope:
    break;
  default:
    return false;
  }
  return std::all_of(form->items().begin(), form->items().end(),
                     [](const Form *item) { return is_timeless(item); });
}

static bool is_timeless(const MethodForm *method) {
  for (const StaticParamForm &parameter : method->static_params)
    for (const Form *bound : {parameter.lower, parameter.upper})
      if (bound && !is_timeless(bound))
        return false;
  return std::all_of(method->types.begin(), method->types.end(),
                     [](const Form *type) { return is_timeless(type); });
}

static bool is_timeless(const Closure *closure) {
  return std::all_of(closure->methods.begin(), closure->methods.end(),
                     [](const MethodForm *method) { return is_timeless(method); });
}

/// Makes the type and has the prelude define all methods, once.
void Builder::define_closure(Closure *closure) {
  if (closure->is_defined)
    return;
  closure->is_defined = true;
  closure->type = make_closure_type(shared_, *this, closure);
  shared_.closure_types.push_back(closure->type);
  Builder *prelude = shared_.hoisted && is_timeless(closure) ? shared_.hoisted : shared_.prelude;
  for (MethodForm *method : closure->methods)
    prelude->define_closure_method(method, closure);
}

void Builder::define_closure_method(MethodForm *method, Closure *closure) {
  if (!method->keyword_call) {
    Symbol name = type_body(closure->type)->name->function_name;
    bool is_body = method->method->nkw > 0;
    if (!is_body)
      method->method->name = method->lambda->name = name;
  }
  // Inner closures come first; their definitions go to this builder too.
  method->method->source = Builder(shared_, method->lambda).finish_body();
  std::vector<Operand> self{core("apply_type"), constant(closure->type)};
  for (Variable *variable : closure->static_params) {
    typevars_[variable] = typevar(variable->name.symbol, constant(types::Bottom_), core("Any"));
    self.push_back(typevars_[variable]);
  }
  for (StaticParamForm &parameter : method->static_params)
    emit_typevar(parameter);
  Operand type = self.size() > 2 ? emit(Op::Call, self) : constant(closure->type);
  emit_method(method, type, Definition::Callee::Type, {});
}

/// Before a top-level loop: its closures are defined once, not in every iteration.
void Builder::define_closures_in(Form *form) {
  if (form->is(FormKind::MethodDef)) {
    if (form->method->closure)
      define_closure(form->method->closure);
    return;
  }
  for (Form *item : form->items())
    define_closures_in(item);
}

} // namespace jl
