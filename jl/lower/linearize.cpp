// SPDX-License-Identifier: MIT
#include "jl/lower/linearize.h"

#include "jl/runtime/module.h"
#include "jl/runtime/symbols.h"
#include "jl/runtime/values.h"

namespace jl {

Builder::Builder(Linearizer &shared, Lambda *lambda)
    : shared_(shared), lambda_(lambda), task_(shared.context.task) {
  code_ = new (alloc_scanned_object(task_, types::CodeInfo_, sizeof(CodeInfo))) CodeInfo();
  code_->module = lambda->module;
  code_->name = lambda->name;
  code_->file = lambda->file;
  code_->first_line = lambda->line;
  code_->is_toplevel = lambda->is_toplevel;
  code_->nargs = uint32_t(lambda->argument_names.size());
  code_->is_vararg = lambda->is_vararg;
  for (size_t i = 0; i < lambda->captured.size(); i++)
    code_->constants.push_back(nothing_value()); // replaced when the method is defined
  for (Variable *argument : lambda->arguments) {
    argument->slot = new_slot(argument->name.symbol);
    own_.push_back(argument);
    code_->slots[argument->slot].is_argument = true;
  }
  set_line(lambda->file, lambda->line);
}

// --- Emission ---

Operand Builder::emit(Op op, std::span<const Operand> operands, uint32_t dest, uint32_t target) {
  if (!reachable_)
    return nothing();
  Stmt statement{.op = op};
  statement.flags = flags_;
  statement.count = uint16_t(operands.size());
  statement.first = uint32_t(code_->operands.size());
  statement.target = target;
  statement.dest = dest;
  statement.line = line_;
  code_->operands.insert(code_->operands.end(), operands.begin(), operands.end());
  code_->statements.push_back(statement);
  return Operand(Operand::Kind::Ssa, uint32_t(code_->statements.size() - 1));
}

Operand Builder::call(Operand f, std::initializer_list<Operand> args, uint32_t dest) {
  std::vector<Operand> operands{f};
  operands.insert(operands.end(), args.begin(), args.end());
  return emit(Op::Call, operands, dest);
}

Operand Builder::constant(Value *value) {
  // The first constants stand for captured values and are not shared.
  auto [it, is_new] = constant_index_.try_emplace(value, uint32_t(code_->constants.size()));
  if (is_new)
    code_->constants.push_back(value);
  return Operand(Operand::Kind::Constant, it->second);
}

Operand Builder::symbol(Symbol name) {
  return constant(symbol_value(name));
}
Operand Builder::nothing() {
  return constant(nothing_value());
}
Operand Builder::core(std::string_view name) {
  return global(modules::Core, Symbol::intern(name));
}
Operand Builder::base(std::string_view name) {
  return global(modules::Base ? modules::Base : modules::Core, Symbol::intern(name));
}

Operand Builder::global(Module *module, Symbol name) {
  for (uint32_t i = 0; i < code_->globals.size(); i++)
    if (code_->globals[i]->module == module && code_->globals[i]->name->name == name)
      return Operand(Operand::Kind::Global, i);
  code_->globals.push_back(new_global_ref(task_, module, name));
  return Operand(Operand::Kind::Global, uint32_t(code_->globals.size() - 1));
}

uint32_t Builder::new_slot(Symbol name) {
  code_->slots.push_back(Slot{name, false, false, false});
  return uint32_t(code_->slots.size() - 1);
}

uint32_t Builder::slot_of(Variable *variable) {
  if (variable->slot == kNoSlot) {
    Name name = variable->name;
    bool is_temporary = name.layer && name.layer->is_temporary;
    variable->slot = new_slot(is_temporary ? Symbol::intern("") : name.symbol);
    own_.push_back(variable);
  }
  return variable->slot;
}

/// The value that `operand` has now, whatever is assigned later.
Operand Builder::stable(Operand operand) {
  // What lowering refers to in Core and Base never changes.
  if (operand.kind() == Operand::Kind::Global && (code_->globals[operand.index()]->module == modules::Core ||
                                                  code_->globals[operand.index()]->module == modules::Base))
    return operand;
  if (operand.kind() == Operand::Kind::Slot || operand.kind() == Operand::Kind::Global)
    return emit(Op::Copy, {operand});
  return operand;
}

void Builder::jump(Label &label, Op op, Operand condition, uint8_t flags) {
  if (!reachable_)
    return;
  uint8_t saved = flags_;
  flags_ |= flags;
  Operand jump = op == Op::GotoIfNot ? emit(op, {condition}) : emit(op, {});
  flags_ = saved;
  if (label.position != ~0u)
    code_->statements[jump.index()].target = label.position;
  else
    label.uses.push_back(jump.index());
  if (op == Op::Goto)
    reachable_ = false;
}

/// The next statement is where the label's jumps go.
void Builder::bind(Label &label) {
  label.position = uint32_t(code_->statements.size());
  for (uint32_t use : label.uses)
    code_->statements[use].target = label.position;
  reachable_ |= !label.uses.empty();
}

void Builder::set_line(Symbol file, int32_t line) {
  if (!file)
    file = lambda_->file ? lambda_->file : Symbol::intern("none");
  GcVector<LineInfo> &lines = code_->lines;
  for (size_t i = lines.size(); i-- > 0 && lines.size() - i < 8;)
    if (lines[i].file == file && lines[i].line == line) {
      line_ = uint32_t(i);
      return;
    }
  lines.push_back({file, line});
  line_ = uint32_t(lines.size() - 1);
}

/// Flags that follow from the statements.
CodeInfo *Builder::complete() {
  uint32_t n = uint32_t(code_->statements.size());
  bool falls_off = n == 0;
  for (const Stmt &statement : code_->statements) {
    bool jumps = statement.op == Op::Goto || statement.op == Op::GotoIfNot || statement.op == Op::Enter;
    falls_off |= jumps && statement.target >= n;
  }
  reachable_ |= falls_off;
  if (reachable_)
    emit(Op::Return, {nothing()});
  std::vector<uint32_t> stores(code_->slots.size());
  for (const Stmt &statement : code_->statements) {
    if (statement.dest != kNoSlot)
      stores[statement.dest]++;
    code_->has_try |= statement.op == Op::Enter;
    code_->has_loops |= (statement.flags & kStmtBackedge) != 0;
  }
  for (size_t i = 0; i < stores.size(); i++)
    code_->slots[i].assigned_once = stores[i] == 1 && !code_->slots[i].is_argument;
  for (Variable *variable : own_)
    if (variable->kind != Variable::Kind::TypeVar && !variable->is_boxed)
      code_->slots[variable->slot].used_undefined = variable->used_undefined;
  static_cast<Annotations &>(*code_) = *lambda_;
  return code_;
}

CodeInfo *Builder::finish_body() {
  std::vector<Variable *> own;
  for (Variable *variable : lambda_->variables)
    if (!variable->is_scoped)
      own.push_back(variable);
  enter_variables(own);
  if (lambda_->has_labels)
    find_labels(lambda_->body);
  if (lambda_->return_type) {
    Operand type = stable(value_of(lambda_->return_type));
    temporaries_[0] = type;
  }
  compile(lambda_->body, kTail);
  return complete();
}

CodeInfo *Builder::finish_prelude() {
  return complete();
}

// --- Forms ---

/// Gives a finished value to whoever wants it.
Operand Builder::deliver(Operand value, Dest dest) {
  if (dest.want == Dest::Want::Tail) {
    emit_return(value);
    return value;
  }
  if (dest.slot != kNoSlot && !(value.kind() == Operand::Kind::Slot && value.index() == dest.slot))
    return emit(Op::Copy, {value}, dest.slot);
  return value;
}

/// Operands in the order of evaluation: what a later one may change is read before it.
std::vector<Operand> Builder::compile_list(std::span<Form *const> items, bool first_is_callee) {
  size_t last_assigning = 0, last_complex = 0;
  for (size_t i = 0; i < items.size(); i++) {
    if (items[i]->flags & kFormAssigns)
      last_assigning = i;
    if (!items[i]->is(FormKind::Constant) && !items[i]->is(FormKind::Name) &&
        !items[i]->is(FormKind::Temporary) && !items[i]->is(FormKind::Global) &&
        !items[i]->is(FormKind::Self))
      last_complex = i;
  }
  std::vector<Operand> operands;
  operands.reserve(items.size());
  for (size_t i = 0; i < items.size(); i++) {
    Operand operand = value_of(items[i]);
    bool changes =
        (operand.kind() == Operand::Kind::Slot && i < last_assigning) ||
        (operand.kind() == Operand::Kind::Global && i < last_complex && !(i == 0 && first_is_callee));
    operands.push_back(changes ? stable(operand) : operand);
  }
  return operands;
}

Operand Builder::compile_operation(Form *form, Op op, Dest dest) {
  std::vector<Operand> operands = compile_list(form->items(), op == Op::Call);
  if (operands.size() > 0xffff) {
    shared_.context.diagnostics->error(form->range, "too many arguments in one call or literal");
    return nothing();
  }
  Operand value = emit(op, operands, dest.want == Dest::Want::Value ? dest.slot : kNoSlot);
  if (dest.want == Dest::Want::Tail)
    emit_return(value);
  return value;
}

Operand Builder::compile_block(Form *form, Dest dest) {
  uint32_t line = line_;
  size_t last = form->count;
  while (last > 0 && form->item(last - 1)->is(FormKind::Line))
    last--;
  Operand value = nothing();
  for (size_t i = 0; i < last; i++) {
    bool is_last = i + 1 == last;
    value = compile(form->item(i), is_last ? dest : kEffect);
  }
  if (last == 0)
    value = deliver(nothing(), dest);
  line_ = line;
  return value;
}

Operand Builder::compile_foreign(Form *form, Dest dest) {
  const ForeignForm &foreign = *form->foreign;
  std::vector<Operand> operands = compile_list(form->items(), false);
  ForeignCall call;
  call.function = operands[0];
  call.result_type = operands[1];
  call.argument_types.assign(operands.begin() + 2, operands.begin() + 2 + foreign.n_types);
  call.fixed_arguments = foreign.n_fixed;
  call.convention = foreign.convention;
  code_->foreign_calls.push_back(call);
  std::span<const Operand> rest = std::span<const Operand>(operands).subspan(2 + foreign.n_types);
  Operand value = emit(Op::ForeignCall, rest, dest.want == Dest::Want::Value ? dest.slot : kNoSlot,
                       uint32_t(code_->foreign_calls.size() - 1));
  if (dest.want == Dest::Want::Tail)
    emit_return(value);
  return value;
}

Operand Builder::compile_flagged(Form *form, Dest dest) {
  uint8_t saved = flags_;
  flags_ |= uint8_t(form->number);
  // The return itself is not part of what is marked.
  Operand value = compile(form->item(0), dest.want == Dest::Want::Tail ? kValue : dest);
  flags_ = saved;
  if (dest.want == Dest::Want::Tail)
    emit_return(value);
  return value;
}

Operand Builder::compile_scope(Form *form, Dest dest) {
  enter_variables(form->scope->variables);
  return compile(form->item(0), dest);
}

/// A statement that only names a variable still checks that it is defined.
Operand Builder::compile_name(Form *form, Dest dest) {
  Operand value = read(form);
  bool may_throw = value.kind() == Operand::Kind::Global || (form->flags & kFormMayBeUndef);
  return dest.want == Dest::Want::Effect && may_throw ? emit(Op::Copy, {value}) : deliver(value, dest);
}

Operand Builder::compile_global(Form *form, Dest dest) {
  Operand value = global(form->module, form->symbol());
  return dest.want == Dest::Want::Effect ? emit(Op::Copy, {value}) : deliver(value, dest);
}

Operand Builder::compile_global_declaration(Form *form, Dest dest) {
  if (lambda_->is_toplevel)
    for (Form *item : form->items())
      emit_definition({Definition::Kind::Global, item->module, item->symbol()}, {});
  return deliver(nothing(), dest);
}

/// A constant, whose value the form has, or the type of a global.
Operand Builder::compile_global_definition(Form *form, Dest dest) {
  bool is_const = form->is(FormKind::ConstDef);
  Operand value = value_of(form->item(1));
  Form *name = form->item(0);
  emit_definition(
      {is_const ? Definition::Kind::Const : Definition::Kind::Global, name->module, name->symbol()},
      {&value, 1});
  return deliver(is_const ? value : nothing(), dest);
}

Operand Builder::compile_toplevel_eval(Form *form, Dest dest) {
  return deliver(call(core("eval"), {constant(shared_.context.module), constant(form->value)}), dest);
}

Operand Builder::compile(Form *form, Dest dest) {
  if (!reachable_ && form->kind != FormKind::Label && !lambda_->has_labels)
    return nothing();
  return compile_form(form, dest);
}

Operand Builder::compile_form(Form *form, Dest dest) {
  switch (form->kind) {
  case FormKind::Constant:
    return deliver(constant(form->value), dest);
  case FormKind::Name:
    return compile_name(form, dest);
  case FormKind::Temporary:
    return deliver(temporaries_[form->number], dest);
  case FormKind::Global:
    return compile_global(form, dest);
  case FormKind::Self:
    return deliver(self(), dest);
  case FormKind::Call:
    return compile_operation(form, Op::Call, dest);
  case FormKind::New:
    return compile_operation(form, Op::New, dest);
  case FormKind::SplatNew:
    return compile_operation(form, Op::SplatNew, dest);
  case FormKind::Foreign:
    return compile_foreign(form, dest);
  case FormKind::Block:
    return compile_block(form, dest);
  case FormKind::Line:
    set_line(form->symbol_ ? form->symbol() : Symbol(), int32_t(form->number));
    return nothing();
  case FormKind::If:
    return compile_if(form, dest);
  case FormKind::While:
    return compile_while(form, dest);
  case FormKind::Until:
    return compile_until(form, dest);
  case FormKind::BreakBlock:
    return compile_break_block(form, dest);
  case FormKind::Break:
    take_exit({Exit::Kind::Break, form->number, {}}, {});
    return nothing();
  case FormKind::Assign:
    return compile_assign(form, dest);
  case FormKind::Convert:
    return deliver(convert(stable(value_of(form->item(0))), stable(value_of(form->item(1)))), dest);
  case FormKind::Scope:
    return compile_scope(form, dest);
  case FormKind::LocalDecl:
  case FormKind::RequireLocal:
  case FormKind::IsLocal:
    return deliver(nothing(), dest);
  case FormKind::GlobalDecl:
    return compile_global_declaration(form, dest);
  case FormKind::GlobalType:
  case FormKind::ConstDef:
    return compile_global_definition(form, dest);
  case FormKind::MethodDef:
    return compile_method(form, dest);
  case FormKind::FunctionDecl:
    return compile_function_declaration(form, dest);
  case FormKind::Return:
    return compile_return(form);
  case FormKind::TryCatch:
    return compile_try(form, dest);
  case FormKind::TryFinally:
    return compile_finally(form, dest);
  case FormKind::TheException:
    return deliver(emit(Op::TheException, {}), dest);
  case FormKind::IsDefined:
    return compile_is_defined(form, dest);
  case FormKind::Label:
    return compile_label(form, dest);
  case FormKind::GotoLabel:
    return compile_goto(form);
  case FormKind::CopyAst:
    return deliver(emit(Op::CopyAst, {constant(form->value)}), dest);
  case FormKind::Flagged:
    return compile_flagged(form, dest);
  case FormKind::Boundscheck:
    return deliver(emit(Op::Boundscheck, {}), dest);
  case FormKind::LoopInfo:
    emit(Op::LoopInfo, {});
    return deliver(nothing(), dest);
  case FormKind::TopLevelEval:
    return compile_toplevel_eval(form, dest);
  }
  return nothing();
}

} // namespace jl
