// SPDX-License-Identifier: MIT
// Branches, loops, exceptions. A `finally` block is compiled once: every way into it stores a tag that says
// how to go on afterwards (0 normally, -1 rethrow, k the k-th return, break or goto that had to pass it).
#include "jl/lower/linearize.h"
#include "jl/runtime/values.h"

namespace jl {

/// Branches store into a common slot when somebody wants the value. A tail stays one: each branch returns.
Dest Builder::joined(Dest dest) {
  if (dest.want == Dest::Want::Value && dest.slot == kNoSlot)
    dest.slot = new_slot(Symbol::intern(""));
  return dest;
}

Operand Builder::join(Dest parts, Dest dest) {
  return dest.want == Dest::Want::Value ? Operand(Operand::Kind::Slot, parts.slot) : nothing();
}

Operand Builder::compile_if(Form *form, Dest dest) {
  Dest parts = joined(dest);
  Label otherwise, end;
  compile_condition(form->item(0), otherwise);
  compile(form->item(1), parts);
  jump(end);
  bind(otherwise);
  compile(form->item(2), parts);
  bind(end);
  return join(parts, dest);
}

static bool is_bool(const Form *form, Value *value) {
  return form->is(FormKind::Constant) && form->value == value;
}

/// Falls through when the condition holds. && and || become jumps.
void Builder::compile_condition(Form *form, Label &on_false) {
  if (form->is(FormKind::If) && is_bool(form->item(2), false_value())) {
    compile_condition(form->item(0), on_false);
    return compile_condition(form->item(1), on_false);
  }
  if (form->is(FormKind::If) && is_bool(form->item(1), true_value())) {
    Label next, holds;
    compile_condition(form->item(0), next);
    jump(holds);
    bind(next);
    compile_condition(form->item(2), on_false);
    return bind(holds);
  }
  if (form->is(FormKind::Block) && form->count && !form->item(form->count - 1)->is(FormKind::Line)) {
    for (size_t i = 0; i + 1 < form->count; i++)
      effect_of(form->item(i));
    return compile_condition(form->item(form->count - 1), on_false);
  }
  if (is_bool(form, true_value()))
    return;
  if (is_bool(form, false_value()))
    return jump(on_false);
  jump(on_false, Op::GotoIfNot, value_of(form));
}

Operand Builder::compile_while(Form *form, Dest dest) {
  Label top, exit;
  if (lambda_->is_toplevel)
    define_closures_in(form);
  bind(top);
  loops_++;
  compile_condition(form->item(0), exit);
  effect_of(form->item(1));
  loops_--;
  jump(top, Op::Goto, {}, kStmtBackedge);
  bind(exit);
  return deliver(nothing(), dest);
}

Operand Builder::compile_until(Form *form, Dest dest) {
  Label top;
  if (lambda_->is_toplevel)
    define_closures_in(form);
  bind(top);
  loops_++;
  effect_of(form->item(0));
  Operand done = value_of(form->item(1));
  loops_--;
  jump(top, Op::GotoIfNot, done, kStmtBackedge);
  return deliver(nothing(), dest);
}

Operand Builder::compile_break_block(Form *form, Dest dest) {
  Label exit;
  breaks_.push_back({form->number, &exit, handlers_.size()});
  effect_of(form->item(0));
  breaks_.pop_back();
  bind(exit);
  return deliver(nothing(), dest);
}

// --- Ways out ---

bool Builder::leave_handlers(size_t depth, const Exit &exit, Operand value) {
  for (size_t i = handlers_.size(); i-- > depth;) {
    Handler &handler = handlers_[i];
    if (handler.kind == Handler::Kind::Try || handler.kind == Handler::Kind::FinallyTry)
      emit(Op::Leave, {handler.enter});
    else
      emit(Op::PopException, {handler.enter});
    if (handler.kind != Handler::Kind::FinallyTry)
      continue;
    Finally &finally = *handler.finally;
    if (exit.kind == Exit::Kind::Return) {
      if (finally.return_slot == kNoSlot)
        finally.return_slot = new_slot(Symbol::intern(""));
      emit(Op::Copy, {value}, finally.return_slot);
    }
    size_t k = 0;
    while (k < finally.exits.size() &&
           !(finally.exits[k].kind == exit.kind && finally.exits[k].number == exit.number &&
             finally.exits[k].label == exit.label))
      k++;
    if (k == finally.exits.size())
      finally.exits.push_back(exit);
    emit(Op::Copy, {constant(box_int64(task_, int64_t(k) + 1))}, finally.tag_slot);
    jump(finally.entry);
    return true;
  }
  return false;
}

void Builder::take_exit(const Exit &exit, Operand value) {
  if (!reachable_)
    return;
  if (exit.kind == Exit::Kind::Return) {
    if (leave_handlers(0, exit, value))
      return;
    emit(Op::Return, {value});
    reachable_ = false;
    return;
  }
  if (exit.kind == Exit::Kind::Break) {
    for (size_t i = breaks_.size(); i-- > 0;)
      if (breaks_[i].number == exit.number) {
        if (!leave_handlers(breaks_[i].handlers, exit, {}))
          jump(*breaks_[i].label);
        return;
      }
    return;
  }
  SymbolicLabel &label = labels_[exit.label];
  size_t depth = handlers_around(label, label.range);
  if (!leave_handlers(depth, exit, {}))
    jump(label.label);
}

void Builder::emit_return(Operand value) {
  if (!reachable_)
    return;
  if (lambda_->return_type)
    value = convert(stable(value), temporaries_[0]);
  // A variable may change in a `finally` on the way out.
  if (!handlers_.empty())
    value = stable(value);
  take_exit({Exit::Kind::Return, 0, {}}, value);
}

Operand Builder::compile_return(Form *form) {
  // Not as a tail: inside a try the value is computed under its protection, then the handlers are left.
  if (handlers_.empty())
    compile(form->item(0), kTail);
  else
    emit_return(value_of(form->item(0)));
  return nothing();
}

// --- try ---

Operand Builder::compile_try(Form *form, Dest dest) {
  // The value leaves the region through a slot, and is returned only outside of it.
  Dest parts = dest.want == Dest::Want::Tail ? joined(kValue) : joined(dest);
  bool has_else = form->count > 2;
  Label caught, end;
  Operand enter = emit(Op::Enter, {});
  if (reachable_)
    caught.uses.push_back(enter.index());
  label_path_.push_back({form, Handler::Kind::Try});
  handlers_.push_back({Handler::Kind::Try, enter, form});
  compile(form->item(0), has_else ? kEffect : parts);
  handlers_.pop_back();
  emit(Op::Leave, {enter});
  if (has_else)
    compile(form->item(2), parts);
  jump(end);
  bind(caught);
  handlers_.push_back({Handler::Kind::Catch, enter, form});
  compile(form->item(1), parts);
  handlers_.pop_back();
  label_path_.pop_back();
  emit(Op::PopException, {enter});
  bind(end);
  Operand value = parts.slot != kNoSlot ? Operand(Operand::Kind::Slot, parts.slot) : nothing();
  if (dest.want == Dest::Want::Tail)
    emit_return(value);
  return value;
}

/// Behind the body of `finally`: goes where its tag says. 0 is the way out at the end, which is there if the
/// `try` `finishes`; -1 throws again; k takes exit k - 1.
void Builder::leave_finally(const Finally &finally, bool finishes) {
  auto tag = [&](int64_t k) { return constant(box_int64(task_, k)); };
  Operand tag_value(Operand::Kind::Slot, finally.tag_slot);
  auto when = [&](int64_t k, auto &&action) {
    Label next;
    jump(next, Op::GotoIfNot, call(core("==="), {tag_value, tag(k)}));
    action();
    bind(next);
  };
  when(-1, [&] { call(base("rethrow"), {}); });
  for (size_t k = 0; k < finally.exits.size(); k++) {
    Operand value =
        finally.return_slot != kNoSlot ? Operand(Operand::Kind::Slot, finally.return_slot) : nothing();
    Exit exit = finally.exits[k];
    if (k + 1 == finally.exits.size() && !finishes)
      take_exit(exit, value);
    else
      when(int64_t(k) + 1, [&] { take_exit(exit, value); });
  }
}

Operand Builder::compile_finally(Form *form, Dest dest) {
  // The variable that takes the value keeps its own until `finally` has run.
  Dest parts = dest.want == Dest::Want::Effect ? dest : joined(kValue);
  Finally finally;
  finally.tag_slot = new_slot(Symbol::intern(""));
  auto tag = [&](int64_t k) { return constant(box_int64(task_, k)); };
  Label caught;
  Operand enter = emit(Op::Enter, {});
  if (reachable_)
    caught.uses.push_back(enter.index());
  handlers_.push_back({Handler::Kind::FinallyTry, enter, form, &finally});
  compile(form->item(0), parts);
  handlers_.pop_back();
  bool finishes = reachable_;
  emit(Op::Leave, {enter});
  emit(Op::Copy, {tag(0)}, finally.tag_slot);
  jump(finally.entry);
  bind(caught);
  emit(Op::Copy, {tag(-1)}, finally.tag_slot);
  bind(finally.entry);
  handlers_.push_back({Handler::Kind::FinallyBody, enter, form});
  effect_of(form->item(1));
  handlers_.pop_back();
  leave_finally(finally, finishes);
  Operand value = parts.slot != kNoSlot ? Operand(Operand::Kind::Slot, parts.slot) : nothing();
  if (dest.want == Dest::Want::Tail && finishes)
    emit_return(value);
  else if (dest.want == Dest::Want::Tail && reachable_)
    emit_return(nothing()); // only after rethrow, which does not return
  if (dest.slot != kNoSlot && reachable_)
    emit(Op::Copy, {value}, dest.slot);
  return value;
}

// --- Labels ---

/// Notes where each label is, so that a goto before it knows what it has to leave.
void Builder::find_labels(Form *form) {
  if (form->is(FormKind::MethodDef))
    return;
  if (form->is(FormKind::Label)) {
    SymbolicLabel &label = labels_[form->name()];
    if (label.is_defined)
      shared_.context.diagnostics->error(form->range, "label \"" + std::string(form->symbol().text()) +
                                                          "\" defined multiple times");
    label.is_defined = true;
    label.path = label_path_;
    label.range = form->range;
    return;
  }
  bool is_finally = form->is(FormKind::TryFinally), is_try = form->is(FormKind::TryCatch);
  for (size_t i = 0; i < form->count; i++) {
    bool inside = is_finally || (is_try && i < 2);
    if (inside)
      label_path_.push_back({form, is_finally
                                       ? (i == 0 ? Handler::Kind::FinallyTry : Handler::Kind::FinallyBody)
                                       : (i == 0 ? Handler::Kind::Try : Handler::Kind::Catch)});
    find_labels(form->item(i));
    if (inside)
      label_path_.pop_back();
  }
}

/// How many of the handlers here are also around the label.
size_t Builder::handlers_around(const SymbolicLabel &label, Range range) {
  for (size_t i = 0; i < label.path.size(); i++) {
    bool same = i < handlers_.size() && handlers_[i].form == label.path[i].first &&
                handlers_[i].kind == label.path[i].second;
    if (same)
      continue;
    shared_.context.diagnostics->error(range, "cannot goto a label inside a try, catch or finally block");
    return i;
  }
  return label.path.size();
}

Operand Builder::compile_label(Form *form, Dest dest) {
  SymbolicLabel &label = labels_[form->name()];
  // A goto further down may come here although nothing above does.
  reachable_ = true;
  label.label.position = uint32_t(code_->statements.size());
  for (uint32_t use : label.label.uses)
    code_->statements[use].target = label.label.position;
  emit(Op::Nop, {});
  return deliver(nothing(), dest);
}

Operand Builder::compile_goto(Form *form) {
  auto it = labels_.find(form->name());
  if (it == labels_.end() || !it->second.is_defined) {
    shared_.context.diagnostics->error(form->range, "label \"" + std::string(form->symbol().text()) +
                                                        "\" referenced but not defined");
    return nothing();
  }
  size_t before = code_->statements.size();
  take_exit({Exit::Kind::Goto, 0, form->name()}, {});
  // Backwards: a loop as far as interrupts are concerned.
  if (it->second.label.position <= before && code_->statements.size() > before) {
    code_->statements.back().flags |= kStmtBackedge;
    code_->has_loops = true;
  }
  return nothing();
}

} // namespace jl
