// SPDX-License-Identifier: MIT
// Definite assignment and captures, in one walk over a function in the order it runs.
//
// A captured variable can be copied into the closure when it has its value by then and is not assigned
// afterwards; else it lives in a Box. `assigned` holds the variables that surely have a value, `captured`
// those that some closure may already hold. Entering a scope makes its variables anew, so a loop body's
// variables start fresh in every iteration.
#include "jl/lower/resolve.h"

#include <vector>

namespace jl {

namespace {

struct Flow {
  std::vector<bool> assigned, captured;
  bool unreachable = false;
};

class Analysis {
public:
  explicit Analysis(Lambda *lambda) : lambda_(lambda) {
    size_t n = lambda->variables.size();
    flow_ = {std::vector<bool>(n), std::vector<bool>(n)};
    for (Variable *variable : lambda->variables)
      if (variable->kind != Variable::Kind::Local)
        flow_.assigned[variable->number] = true;
  }
  void run();

private:
  bool owns(const Form *form) const { return form->is_variable() && form->variable->owner == lambda_; }
  void visit(Form *form);
  void visit_items(Form *form) {
    for (Form *item : form->items())
      visit(item);
  }
  void read(Form *name);
  void assign(Variable *variable);
  void capture(std::span<Variable *const> variables, const Variable *self);
  void define(MethodForm *method);
  void enter_loop(Form *loop);
  void mark_captures(Form *form);
  void merge(const Flow &other);
  void leave() { flow_.unreachable = true; }
  void visit_try(Form *form);
  void visit_finally(Form *form);
  void visit_break_block(Form *form);
  void visit_assign(Form *form);
  void visit_method(MethodForm *method);
  void visit_if(Form *form);
  void visit_while(Form *form);
  void visit_label();

  Lambda *lambda_;
  Flow flow_;
  std::vector<std::pair<uint32_t, std::vector<Flow>>> breaks_;
};

void Analysis::merge(const Flow &other) {
  if (other.unreachable)
    return;
  if (flow_.unreachable) {
    flow_ = other;
    return;
  }
  for (size_t i = 0; i < flow_.assigned.size(); i++) {
    flow_.assigned[i] = flow_.assigned[i] && other.assigned[i];
    flow_.captured[i] = flow_.captured[i] || other.captured[i];
  }
}

void Analysis::read(Form *name) {
  Variable *variable = name->variable;
  if (flow_.unreachable || flow_.assigned[variable->number])
    return;
  name->flags |= kFormMayBeUndef;
  variable->used_undefined = true;
}

void Analysis::assign(Variable *variable) {
  if (flow_.captured[variable->number])
    variable->is_boxed = true;
  flow_.assigned[variable->number] = true;
}

void Analysis::capture(std::span<Variable *const> variables, const Variable *self) {
  for (Variable *variable : variables) {
    if (variable->owner != lambda_ || variable->kind == Variable::Kind::StaticParam ||
        (variable == self && variable->assignments == 0))
      continue;
    if (!flow_.assigned[variable->number] && !flow_.unreachable)
      variable->undefined_at_capture = variable->is_boxed = true;
    flow_.captured[variable->number] = true;
  }
}

void Analysis::define(MethodForm *method) {
  if (method->closure) {
    // The object is made by the first definition; later ones only add methods.
    bool first = method->closure->methods.empty() || method->closure->methods.front() == method;
    if (!first)
      return;
    capture(method->closure->captured, method->closure->variable);
    if (method->closure->variable && method->closure->variable->owner == lambda_)
      assign(method->closure->variable);
  } else if (method->lambda) {
    capture(method->lambda->captured, nullptr);
  }
}

/// Closures made in an earlier iteration may hold what a later one assigns.
void Analysis::mark_captures(Form *form) {
  if (form->is(FormKind::MethodDef)) {
    const auto &captured = form->method->closure  ? form->method->closure->captured
                           : form->method->lambda ? form->method->lambda->captured
                                                  : GcVector<Variable *>();
    for (Variable *variable : captured)
      if (variable->owner == lambda_ && variable->kind != Variable::Kind::StaticParam)
        flow_.captured[variable->number] = true;
    return;
  }
  for (Form *item : form->items())
    mark_captures(item);
}

void Analysis::enter_loop(Form *loop) {
  mark_captures(loop);
}

void Analysis::visit_try(Form *form) {
  Flow before = flow_;
  visit(form->item(0));
  if (form->count > 2)
    visit(form->item(2));
  Flow after = flow_;
  flow_ = before;
  mark_captures(form->item(0));
  visit(form->item(1));
  merge(after);
}

void Analysis::visit_finally(Form *form) {
  Flow before = flow_;
  visit(form->item(0));
  Flow after = flow_;
  flow_ = before;
  mark_captures(form->item(0));
  visit(form->item(1));
  // Whoever gets past it has finished both.
  if (after.unreachable)
    flow_.unreachable = true;
  for (size_t i = 0; i < after.assigned.size() && !after.unreachable; i++)
    flow_.assigned[i] = flow_.assigned[i] || after.assigned[i];
}

void Analysis::visit_break_block(Form *form) {
  breaks_.push_back({form->number, {}});
  visit(form->item(0));
  std::vector<Flow> exits = std::move(breaks_.back().second);
  breaks_.pop_back();
  for (const Flow &exit : exits)
    merge(exit);
}

void Analysis::visit_assign(Form *form) {
  visit(form->item(1));
  if (!owns(form->item(0)))
    return;
  Variable *variable = form->item(0)->variable;
  if (variable->type)
    visit(variable->type);
  assign(variable);
}

void Analysis::visit_method(MethodForm *method) {
  if (method->callee_kind == MethodForm::Callee::Value || !method->closure) {
    if (method->callee && !method->callee->is(FormKind::Name))
      visit(method->callee);
    for (Form *type : method->types)
      visit(type);
  }
  define(method);
}

void Analysis::visit_if(Form *form) {
  visit(form->item(0));
  Flow before = flow_;
  visit(form->item(1));
  std::swap(before, flow_);
  visit(form->item(2));
  merge(before);
}

void Analysis::visit_while(Form *form) {
  enter_loop(form);
  visit(form->item(0));
  Flow exit = flow_;
  visit(form->item(1));
  flow_ = exit;
}

/// A label may be reached from anywhere.
void Analysis::visit_label() {
  flow_.unreachable = false;
  for (Variable *variable : lambda_->variables) {
    flow_.assigned[variable->number] = variable->kind != Variable::Kind::Local;
    flow_.captured[variable->number] = variable->is_captured;
  }
}

void Analysis::visit(Form *form) {
  switch (form->kind) {
  case FormKind::Name:
    if (owns(form))
      read(form);
    return;
  case FormKind::Assign:
    return visit_assign(form);
  case FormKind::LocalDecl:
  case FormKind::RequireLocal:
  case FormKind::IsLocal:
    return;
  case FormKind::IsDefined:
    if (owns(form->item(0)))
      read(form->item(0));
    return;
  case FormKind::MethodDef:
    return visit_method(form->method);
  case FormKind::FunctionDecl:
    if (owns(form->item(0)))
      assign(form->item(0)->variable);
    return;
  case FormKind::If:
    return visit_if(form);
  case FormKind::While:
    return visit_while(form);
  case FormKind::Until:
    enter_loop(form);
    return visit_items(form);
  case FormKind::BreakBlock:
    return visit_break_block(form);
  case FormKind::Break:
    for (auto &[number, exits] : breaks_)
      if (number == form->number)
        exits.push_back(flow_);
    return leave();
  case FormKind::Return:
    visit_items(form);
    return leave();
  case FormKind::GotoLabel:
    return leave();
  case FormKind::Label:
    return visit_label();
  case FormKind::Scope:
    for (Variable *variable : form->scope->variables)
      flow_.assigned[variable->number] = flow_.captured[variable->number] = false;
    return visit_items(form);
  case FormKind::TryCatch:
    return visit_try(form);
  case FormKind::TryFinally:
    return visit_finally(form);
  default:
    visit_items(form);
  }
}

void Analysis::run() {
  for (Variable *variable : lambda_->variables)
    if (variable->is_captured && variable->is_assigned_inside)
      variable->is_boxed = true;
  if (lambda_->body)
    visit(lambda_->body);
  if (lambda_->return_type)
    visit(lambda_->return_type);
}

} // namespace

void analyze_variables(Lambda *lambda) {
  Analysis(lambda).run();
}

} // namespace jl
