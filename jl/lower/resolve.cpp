// SPDX-License-Identifier: MIT
// Scope resolution. A scope's own variables are those declared local in it and those assigned in it (nested
// scopes apart) that no scope around has. Assignment at the top level means a global; in a loop or try there
// it makes a new local even if a global of that name exists, which is worth a warning, unless the prompt's
// rules apply.
#include "jl/lower/resolve.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "jl/runtime/module.h"
#include "jl/runtime/symbols.h"
#include "jl/runtime/values.h"

namespace jl {

namespace {

struct Scope {
  enum class Kind : uint8_t { TopLevel, Soft, Hard, Function, Signature };
  Kind kind;
  Scope *parent;
  Lambda *lambda;
  Closure *signature_of = nullptr; // Signature of a closure's method: locals of functions must not be used
  std::unordered_map<Name, Variable *> variables = {};
  std::unordered_set<Name> globals = {};
};

/// Names that a scope's statements declare or assign, nested scopes apart, in order.
struct Collected {
  std::vector<Form *> locals, globals;           // declarations
  std::vector<std::pair<Form *, bool>> assigned; // Name; is it a function definition?
};

struct Found {
  Variable *variable = nullptr;
  bool is_global = false;     // declared so
  Closure *through = nullptr; // innermost closure signature on the way
};

class Resolver {
public:
  explicit Resolver(ResolveContext &rc) : rc_(rc) {}
  void run(Lambda *root);

private:
  void collect(Form *form, Collected &out);
  void enter(Scope &scope, Form *body, GcVector<Variable *> *own);
  void declare_locals(Scope &scope, const Collected &names, GcVector<Variable *> *own);
  void declare_assigned(Scope &scope, Form *name, bool is_definition, GcVector<Variable *> *own);
  Variable *declare(Scope &scope, Name name, Variable::Kind kind, GcVector<Variable *> *own);
  Found find(Scope *scope, Name name) const;
  bool is_soft(const Scope *scope) const;
  bool global_exists(Name name) const;

  bool resolve(Form *form, Scope &scope);
  bool resolve_items(Form *form, Scope &scope, size_t first = 0);
  void resolve_name(Form *form, Scope &scope);
  void resolve_target(Form *form, Scope &scope);
  void make_global(Form *form, Scope &scope);
  void resolve_local_declaration(Form *form, Scope &scope);
  void resolve_global_definition(Form *form, Scope &scope);
  bool resolve_scope(Form *form, Scope &scope);
  void resolve_method(Form *form, Scope &scope);
  void resolve_signature(MethodForm *method, Scope &scope);
  void resolve_lambda(Lambda *lambda, Scope &scope);
  void capture(Variable *variable, Lambda *from);
  void use(Form *form, const Found &found, Scope &scope);
  void fold_module_access(Form *form);
  Closure *closure_of(Variable *variable, Scope &scope);
  std::string where(Range range) const {
    SourceLocation location = rc_.context.sources->locate(range.begin);
    return location.file
               ? " around " + std::string(location.file_name()) + ":" + std::to_string(location.line)
               : "";
  }
  void error(Range range, std::string message) { rc_.context.diagnostics->error(range, std::move(message)); }
  static std::string quoted(Name name) { return "\"" + std::string(name.symbol.text()) + "\""; }

  ResolveContext &rc_;
  std::unordered_set<Name> toplevel_assigned_; // names of macro expansions that are assigned at top level
};

void Resolver::collect(Form *form, Collected &out) {
  switch (form->kind) {
  case FormKind::Scope:
    return;
  case FormKind::LocalDecl:
    out.locals.push_back(form);
    return;
  case FormKind::GlobalDecl:
    out.globals.push_back(form);
    return;
  case FormKind::MethodDef:
    if (form->method->callee_kind == MethodForm::Callee::Name)
      out.assigned.push_back({form->method->callee, true});
    return;
  case FormKind::FunctionDecl:
    out.assigned.push_back({form->item(0), true});
    return;
  case FormKind::ConstDef:
  case FormKind::GlobalType:
    collect(form->item(1), out);
    return;
  case FormKind::Assign:
    if (form->item(0)->is(FormKind::Name) && !form->item(0)->is_resolved)
      out.assigned.push_back({form->item(0), false});
    collect(form->item(1), out);
    return;
  default:
    for (Form *item : form->items())
      collect(item, out);
  }
}

Found Resolver::find(Scope *scope, Name name) const {
  Closure *through = nullptr;
  for (; scope; scope = scope->parent) {
    if (auto it = scope->variables.find(name); it != scope->variables.end())
      return {it->second, false, through};
    if (scope->globals.contains(name))
      return {nullptr, true, through};
    if (scope->kind == Scope::Kind::Signature && scope->signature_of && !through)
      through = scope->signature_of;
  }
  return {};
}

Variable *Resolver::declare(Scope &scope, Name name, Variable::Kind kind, GcVector<Variable *> *own) {
  auto *variable = gc_new<Variable>(Variable{.kind = kind, .name = name, .owner = scope.lambda});
  variable->number = uint32_t(scope.lambda->variables.size());
  scope.lambda->variables.push_back(variable);
  scope.variables.emplace(name, variable);
  variable->is_scoped = own;
  if (own)
    own->push_back(variable);
  return variable;
}

bool Resolver::is_soft(const Scope *scope) const {
  while (scope && scope->kind == Scope::Kind::Soft)
    scope = scope->parent;
  return scope && scope->kind == Scope::Kind::TopLevel;
}

bool Resolver::global_exists(Name name) const {
  if (name.layer)
    return false;
  Binding *binding = find_binding(rc_.context.module, name.symbol);
  return binding && !binding->imported && binding->module == rc_.context.module && binding->value.load();
}

void Resolver::declare_locals(Scope &scope, const Collected &names, GcVector<Variable *> *own) {
  for (Form *declaration : names.globals)
    for (Form *item : declaration->items()) {
      auto it = scope.variables.find(item->name());
      if (it != scope.variables.end())
        error(item->range, "`global " + std::string(item->symbol().text()) +
                               "`: " + std::string(item->symbol().text()) +
                               (it->second->kind == Variable::Kind::StaticParam ? " is a static parameter in"
                                                                                : " is a local variable in") +
                               " its enclosing scope");
      else
        scope.globals.insert(item->name());
    }
  for (Form *declaration : names.locals) {
    Name name = declaration->item(0)->name();
    auto it = scope.variables.find(name);
    if (scope.globals.contains(name))
      error(declaration->range, "variable " + quoted(name) + " declared both local and global");
    else if (it == scope.variables.end())
      declare(scope, name, Variable::Kind::Local, own);
    else if (it->second->kind == Variable::Kind::Argument && declaration->count == 1)
      error(declaration->range, "local variable name " + quoted(name) + " conflicts with an argument");
    else if (it->second->kind == Variable::Kind::StaticParam)
      error(declaration->range, "local variable name " + quoted(name) + " conflicts with a static parameter");
  }
}

void Resolver::declare_assigned(Scope &scope, Form *form, bool is_definition, GcVector<Variable *> *own) {
  Name name = form->name();
  Found found = find(&scope, name);
  if (found.variable && found.variable->kind == Variable::Kind::StaticParam &&
      found.variable->owner != scope.lambda)
    found = {};
  if (found.variable || scope.globals.contains(name))
    return;
  if (found.is_global) {
    scope.globals.insert(name);
    return;
  }
  if (scope.kind == Scope::Kind::TopLevel) {
    if (name.layer && !name.layer->is_temporary)
      toplevel_assigned_.insert(name);
    return;
  }
  if (scope.kind == Scope::Kind::Soft && is_soft(&scope) && !is_definition && global_exists(name)) {
    if (rc_.context.soft_scope) {
      scope.globals.insert(name);
      return;
    }
    std::string text(name.symbol.text());
    rc_.context.diagnostics->warning(
        form->range, "Assignment to `" + text +
                         "` in soft scope is ambiguous because a global variable by the same name exists: `" +
                         text + "` will be treated as a new local. Disambiguate by using `local " + text +
                         "` to suppress this warning or `global " + text +
                         "` to assign to the existing global "
                         "variable.");
  }
  declare(scope, name, Variable::Kind::Local, own);
}

void Resolver::enter(Scope &scope, Form *body, GcVector<Variable *> *own) {
  Collected names;
  collect(body, names);
  declare_locals(scope, names, own);
  for (auto [form, is_definition] : names.assigned)
    declare_assigned(scope, form, is_definition, own);
}

// --- Names ---

/// `variable` is used in `from`: every function between it and the owner passes it on.
void Resolver::capture(Variable *variable, Lambda *from) {
  auto add = [&](GcVector<Variable *> &list) {
    if (std::find(list.begin(), list.end(), variable) == list.end())
      list.push_back(variable);
  };
  for (Lambda *lambda = from; lambda && lambda != variable->owner; lambda = lambda->parent) {
    bool is_param = variable->kind == Variable::Kind::StaticParam;
    if (!lambda->closure)
      add(lambda->captured);
    else
      add(is_param ? lambda->closure->static_params : lambda->closure->captured);
    variable->is_captured = true;
  }
}

void Resolver::use(Form *form, const Found &found, Scope &scope) {
  Variable *variable = found.variable;
  if (found.through) {
    // In the signature of a closure's method: made before the function around runs.
    if (variable->kind == Variable::Kind::StaticParam) {
      Closure *closure = found.through;
      if (std::find(closure->static_params.begin(), closure->static_params.end(), variable) ==
          closure->static_params.end())
        closure->static_params.push_back(variable);
      capture(variable, closure->outer);
    } else {
      if (!variable->was_reported)
        error(form->range,
              "local variable " + quoted(variable->name) + " cannot be used in closure declaration");
      variable->was_reported = true;
    }
  } else if (variable->owner != scope.lambda && variable->kind != Variable::Kind::TypeVar) {
    capture(variable, scope.lambda);
  }
  form->variable = variable;
  form->is_resolved = true;
}

void Resolver::make_global(Form *form, Scope &scope) {
  Name name = form->name();
  Module *module = name.layer ? name.layer->module : rc_.context.module;
  if (name.layer && toplevel_assigned_.contains(name) && !scope.globals.contains(name)) {
    // A variable of the expansion, which the program must not see.
    module = rc_.context.module;
    std::string hidden = "#" + std::string(name.symbol.text()) + "#" + std::string(name.layer->macro.text());
    form->symbol_ = Symbol::intern(hidden).record();
  }
  form->kind = FormKind::Global;
  form->module = module;
}

void Resolver::resolve_name(Form *form, Scope &scope) {
  if (form->is_resolved)
    return;
  Found found = find(&scope, form->name());
  if (found.variable)
    use(form, found, scope);
  else
    make_global(form, scope);
}

/// The left side of an assignment.
void Resolver::resolve_target(Form *form, Scope &scope) {
  if (!form->is(FormKind::Name))
    return;
  resolve_name(form, scope);
  if (!form->is_variable())
    return;
  Variable *variable = form->variable;
  if (variable->kind == Variable::Kind::StaticParam)
    return error(form->range,
                 "local variable name " + quoted(variable->name) + " conflicts with a static parameter");
  variable->assignments++;
  if (variable->owner != scope.lambda)
    variable->is_assigned_inside = true;
}

void Resolver::resolve_local_declaration(Form *form, Scope &scope) {
  resolve_name(form->item(0), scope);
  if (form->count < 2)
    return;
  resolve(form->item(1), scope);
  if (!form->item(0)->is_variable())
    return;
  Variable *variable = form->item(0)->variable;
  if (variable->type && !variable->was_reported) {
    variable->was_reported = true;
    return error(form->range, "multiple type declarations for " + quoted(variable->name));
  }
  variable->type = form->item(1);
}

/// Base.sin, where Base is a module for ever, is a global of that module: no getproperty at run time.
void Resolver::fold_module_access(Form *form) {
  if (form->count != 3 || !form->item(0)->is(FormKind::Global) || !form->item(1)->is(FormKind::Global) ||
      !form->item(2)->is(FormKind::Constant) || !is_symbol(form->item(2)->value))
    return;
  if (form->item(0)->symbol().text() != "getproperty" ||
      form->item(0)->module != (modules::Base ? modules::Base : modules::Core))
    return;
  Binding *binding = find_binding(form->item(1)->module, form->item(1)->symbol());
  Value *value = binding && binding->is_const ? binding->value.load() : nullptr;
  if (!value || type_of(value) != types::Module_)
    return;
  Symbol name = symbol_of(form->item(2)->value);
  form->kind = FormKind::Global;
  form->count = 0;
  form->symbol_ = name.record();
  form->module = static_cast<Module *>(value);
}

// --- Forms ---

bool Resolver::resolve_items(Form *form, Scope &scope, size_t first) {
  bool assigns = false;
  for (size_t i = first; i < form->count; i++)
    assigns |= resolve(form->item(i), scope);
  return assigns;
}

void Resolver::resolve_global_definition(Form *form, Scope &scope) {
  Form *name = form->item(0);
  Found found = find(&scope, name->name());
  resolve(form->item(1), scope);
  if (found.variable && form->is(FormKind::ConstDef))
    error(form->range, "unsupported `const` declaration on local variable");
  else if (found.variable)
    error(form->range, "type declaration for global " + quoted(name->name()) + " names a local");
  else if (!scope.lambda->is_toplevel)
    error(form->range, "\"const\" and typed global declarations belong to the top level");
  make_global(name, scope);
}

/// Returns whether an assignment lies inside.
bool Resolver::resolve_scope(Form *form, Scope &scope) {
  bool among_soft = scope.kind == Scope::Kind::Soft || scope.kind == Scope::Kind::TopLevel;
  bool soft = (form->flags & kFormSoft) && among_soft;
  Scope inner{soft ? Scope::Kind::Soft : Scope::Kind::Hard, &scope, scope.lambda};
  enter(inner, form->item(0), &form->scope->variables);
  return resolve(form->item(0), inner);
}

/// Returns whether an assignment lies inside.
bool Resolver::resolve(Form *form, Scope &scope) {
  bool assigns = false;
  switch (form->kind) {
  case FormKind::Name:
    resolve_name(form, scope);
    return false;
  case FormKind::Assign:
    resolve(form->item(1), scope);
    resolve_target(form->item(0), scope);
    assigns = true;
    break;
  case FormKind::LocalDecl:
    resolve_local_declaration(form, scope);
    break;
  case FormKind::RequireLocal:
    if (!find(&scope, form->item(0)->name()).variable)
      error(form->range, "no outer local variable declaration exists for \"for outer\"");
    form->kind = FormKind::Constant;
    form->count = 0;
    form->value = nothing_value();
    break;
  case FormKind::IsLocal:
    form->value = bool_value(find(&scope, form->item(0)->name()).variable != nullptr);
    form->kind = FormKind::Constant;
    form->count = 0;
    break;
  case FormKind::GlobalDecl:
    for (Form *item : form->items())
      make_global(item, scope);
    break;
  case FormKind::GlobalType:
  case FormKind::ConstDef:
    resolve_global_definition(form, scope);
    break;
  case FormKind::Scope:
    assigns = resolve_scope(form, scope);
    break;
  case FormKind::MethodDef:
    resolve_method(form, scope);
    assigns = form->method->callee_kind != MethodForm::Callee::Anonymous;
    break;
  case FormKind::FunctionDecl: {
    Form *name = form->item(0);
    resolve_name(name, scope);
    if (name->is_variable())
      closure_of(name->variable, scope);
    break;
  }
  case FormKind::Call:
    assigns = resolve_items(form, scope);
    fold_module_access(form);
    break;
  default:
    assigns = resolve_items(form, scope);
  }
  if (assigns)
    form->flags |= kFormAssigns;
  return assigns;
}

// --- Functions ---

Closure *Resolver::closure_of(Variable *variable, Scope &scope) {
  if (!variable->closure) {
    variable->closure = gc_new<Closure>();
    variable->closure->function_name = variable->name.symbol;
    variable->closure->variable = variable;
    variable->closure->outer = scope.lambda;
  }
  variable->definitions++;
  return variable->closure;
}

void Resolver::resolve_method(Form *form, Scope &scope) {
  MethodForm *method = form->method;
  if (method->callee_kind == MethodForm::Callee::Anonymous) {
    method->closure = gc_new<Closure>();
    method->closure->outer = scope.lambda;
  } else if (method->callee_kind == MethodForm::Callee::Name) {
    resolve_name(method->callee, scope);
    if (method->callee->is_variable()) {
      Variable *variable = method->callee->variable;
      if (variable->kind != Variable::Kind::Local)
        return error(method->range,
                     "cannot add method to function argument " + std::string(variable->name.symbol.text()));
      if (variable->owner != scope.lambda)
        return error(method->range, "cannot add method to " + quoted(variable->name) +
                                        ", a local function of an enclosing function");
      method->closure = closure_of(variable, scope);
    }
  }
  if (!method->closure && !scope.lambda->is_toplevel)
    return error(method->range, "Global method definition" + where(method->range) +
                                    " needs to be placed at the top level, or use \"eval\".");
  if (method->closure)
    method->closure->methods.push_back(method);
  resolve_signature(method, scope);
  if (method->lambda) {
    method->lambda->closure = method->closure;
    resolve_lambda(method->lambda, scope);
  }
}

void Resolver::resolve_signature(MethodForm *method, Scope &scope) {
  Scope inner{Scope::Kind::Signature, &scope, method->closure ? rc_.prelude : scope.lambda, method->closure};
  if (method->callee_kind == MethodForm::Callee::Value)
    resolve(method->callee, scope);
  for (StaticParamForm &parameter : method->static_params) {
    for (Form *bound : {parameter.lower, parameter.upper})
      if (bound)
        resolve(bound, inner);
    parameter.variable = declare(inner, parameter.name, Variable::Kind::TypeVar, nullptr);
  }
  if (method->callee_kind == MethodForm::Callee::Type)
    resolve(method->callee, inner);
  for (Form *type : method->types)
    resolve(type, inner);
}

void Resolver::resolve_lambda(Lambda *lambda, Scope &outer) {
  Scope scope{Scope::Kind::Function, &outer, lambda};
  rc_.lambdas.push_back(lambda);
  for (Name name : lambda->argument_names)
    lambda->arguments.push_back(declare(scope, name, Variable::Kind::Argument, nullptr));
  for (Name name : lambda->static_params) {
    Variable *variable = declare(scope, name, Variable::Kind::StaticParam, nullptr);
    variable->index = uint32_t(lambda->static_variables.size());
    lambda->static_variables.push_back(variable);
  }
  enter(scope, lambda->body, nullptr);
  resolve(lambda->body, scope);
  if (lambda->return_type)
    resolve(lambda->return_type, scope);
}

void Resolver::run(Lambda *root) {
  if (!root->is_toplevel) {
    Scope outside{Scope::Kind::TopLevel, nullptr, nullptr};
    resolve_lambda(root, outside);
    return;
  }
  Scope scope{Scope::Kind::TopLevel, nullptr, root};
  rc_.lambdas.push_back(root);
  enter(scope, root->body, nullptr);
  resolve(root->body, scope);
}

} // namespace

void resolve_scopes(ResolveContext &context, Lambda *root) {
  Resolver(context).run(root);
}

} // namespace jl
