// SPDX-License-Identifier: MIT
#include "jl/lower/linearize.h"
#include "jl/runtime/module.h"
#include "jl/runtime/values.h"

namespace jl {

Operand Builder::self() {
  return Operand(Operand::Kind::Slot, lambda_->arguments[lambda_->self_index]->slot);
}

static uint32_t index_in(const GcVector<Variable *> &list, const Variable *variable) {
  return uint32_t(std::find(list.begin(), list.end(), variable) - list.begin());
}

/// A closure's methods have the captured static parameters first, then their own.
Operand Builder::static_param(Variable *variable) {
  if (auto it = typevars_.find(variable); it != typevars_.end())
    return it->second;
  uint32_t index = variable->index;
  if (variable->owner != lambda_)
    index = index_in(lambda_->closure->static_params, variable);
  else if (lambda_->closure)
    index += uint32_t(lambda_->closure->static_params.size());
  return Operand(Operand::Kind::StaticParam, index);
}

Operand Builder::field_of_self(Variable *variable) {
  std::vector<Variable *> fields = closure_fields(lambda_->closure);
  std::vector<Symbol> names = closure_field_names(lambda_->closure);
  for (size_t i = 0; i < fields.size(); i++)
    if (fields[i] == variable)
      return call(core("getfield"), {self(), symbol(names[i])});
  return nothing();
}

/// What holds the variable in this function: its slot's value, the closure's field, or its box.
Operand Builder::raw(Variable *variable) {
  if (variable->kind == Variable::Kind::StaticParam || variable->kind == Variable::Kind::TypeVar)
    return static_param(variable);
  if (variable->owner == lambda_)
    return Operand(Operand::Kind::Slot, slot_of(variable));
  if (is_self_reference(variable, lambda_))
    return self();
  if (lambda_->closure)
    return field_of_self(variable);
  return Operand(Operand::Kind::Constant, index_in(lambda_->captured, variable));
}

Operand Builder::box_contents(Operand box, Variable *variable, bool check) {
  Operand contents = symbol(Symbol::intern("contents"));
  if (check) {
    Operand defined = call(core("isdefined"), {box, contents});
    emit(Op::ThrowUndefIfNot, {symbol(variable->name.symbol), defined});
  }
  return call(core("getfield"), {box, contents});
}

Operand Builder::read(Form *name) {
  if (!name->is_resolved)
    return nothing();
  Variable *variable = name->variable;
  Operand value = raw(variable);
  bool is_own = variable->owner == lambda_;
  if (!variable->is_boxed || (!is_own && is_self_reference(variable, lambda_)))
    return value;
  // Inside a closure the variable may not have been set yet unless it always was when captured.
  bool check = is_own ? (name->flags & kFormMayBeUndef) : variable->undefined_at_capture;
  return box_contents(value, variable, check);
}

void Builder::store(Variable *variable, Operand value) {
  if (variable->is_boxed)
    call(core("setfield!"), {raw(variable), symbol(Symbol::intern("contents")), value});
  else
    emit(Op::Copy, {value}, slot_of(variable));
}

/// convert(T, value)::T, but only where value is no T already.
Operand Builder::convert(Operand value, Operand type) {
  bool is_any = type.kind() == Operand::Kind::Global &&
                code_->globals[type.index()]->name->name.text() == "Any" &&
                code_->globals[type.index()]->module == modules::Core;
  if (is_any)
    return value;
  uint32_t slot = new_slot(Symbol::intern(""));
  emit(Op::Copy, {value}, slot);
  Label convert, done;
  jump(convert, Op::GotoIfNot, call(core("isa"), {value, type}));
  jump(done);
  bind(convert);
  Operand converted = call(base("convert"), {type, value});
  call(core("typeassert"), {converted, type}, slot);
  bind(done);
  return Operand(Operand::Kind::Slot, slot);
}

Operand Builder::compile_assign(Form *form, Dest dest) {
  Form *target = form->item(0), *value = form->item(1);
  if (target->is(FormKind::Temporary)) {
    Operand operand = stable(value_of(value));
    temporaries_[target->number] = operand;
    return deliver(operand, dest);
  }
  if (target->is(FormKind::Global)) {
    Operand operand = value_of(value);
    if (dest.want != Dest::Want::Effect)
      operand = stable(operand);
    emit(Op::GlobalSet, {global(target->module, target->symbol()), operand});
    return deliver(operand, dest);
  }
  if (!target->is_variable())
    return deliver(value_of(value), dest);
  Variable *variable = target->variable;
  if (variable->kind == Variable::Kind::StaticParam)
    return nothing(); // reported
  if (variable->owner == lambda_ && !variable->is_boxed && !variable->type) {
    Operand operand = compile(value, {Dest::Want::Value, slot_of(variable)});
    if (operand.kind() == Operand::Kind::Slot)
      operand = Operand(Operand::Kind::Slot, slot_of(variable));
    return dest.want == Dest::Want::Effect ? operand : deliver(operand, dest);
  }
  Operand operand = stable(value_of(value));
  Operand stored = operand;
  if (variable->type)
    stored = convert(operand, stable(value_of(variable->type)));
  store(variable, stored);
  return deliver(operand, dest);
}

Operand Builder::compile_is_defined(Form *form, Dest dest) {
  Form *name = form->item(0);
  if (name->is(FormKind::Global))
    return deliver(emit(Op::IsDefined, {global(name->module, name->symbol())}), dest);
  if (!name->is_variable())
    return deliver(constant(true_value()), dest);
  Variable *variable = name->variable;
  if (variable->is_boxed)
    return deliver(call(core("isdefined"), {raw(variable), symbol(Symbol::intern("contents"))}), dest);
  bool is_param = variable->kind == Variable::Kind::StaticParam;
  if (variable->owner == lambda_ || is_param)
    return deliver(emit(Op::IsDefined, {raw(variable)}), dest);
  return deliver(constant(true_value()), dest); // captured by value: it had one
}

/// At the start of a scope: fresh boxes, and no values from an earlier iteration.
void Builder::enter_variables(std::span<Variable *const> variables) {
  for (Variable *variable : variables) {
    if (variable->kind != Variable::Kind::Local && variable->kind != Variable::Kind::Argument)
      continue;
    uint32_t slot = slot_of(variable);
    Operand operand(Operand::Kind::Slot, slot);
    if (variable->is_boxed) {
      Operand box = emit(Op::New, {constant(types::Box_)});
      if (variable->kind == Variable::Kind::Argument)
        call(core("setfield!"), {box, symbol(Symbol::intern("contents")), operand});
      emit(Op::Copy, {box}, slot);
    } else if (variable->used_undefined && variable->is_scoped && (loops_ > 0 || lambda_->has_labels)) {
      emit(Op::NewVar, {operand});
    }
  }
}

} // namespace jl
