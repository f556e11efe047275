// SPDX-License-Identifier: MIT
// Typed IR: everything that code generation or an inlining caller reads of it.
#include "jl/content/describe.h"
#include "jl/infer/typed.h"
#include "jl/runtime/module.h"

namespace jl::content {

/// What a global's name means is state of the session: the binding is said as well.
static Binding *binding_of(GlobalRef *ref) {
  return owner_of(get_binding_for_read(ref->module, ref->name->name));
}

void Describer::control_flow(const TypedIR &ir) {
  to_.number(ir.phis.size());
  for (const PhiNode &phi : ir.phis) {
    operands(phi.values);
    for (uint32_t block : phi.blocks)
      to_.number(block);
  }
  to_.number(ir.blocks.size());
  for (const Block &block : ir.blocks) {
    to_.number(block.end - block.first);
    to_.number(block.preds.size());
    for (uint32_t pred : block.preds)
      to_.number(pred);
    to_.number(block.succs.size());
    for (uint32_t succ : block.succs)
      to_.number(succ);
  }
}

void Describer::inlined_lines(const TypedIR &ir) {
  to_.number(ir.lines.size());
  for (const TypedLine &line : ir.lines) {
    to_.number(line.scope);
    to_.integer(line.line);
  }
  to_.number(ir.scopes.size());
  for (const InlineScope &scope : ir.scopes) {
    if (scope.instance->def)
      method(scope.instance->def);
    else
      instance(scope.instance);
    to_.number(scope.parent_line);
  }
}

void Describer::typed_tables(const TypedIR &ir) {
  to_.number(ir.constants.size());
  for (Value *constant : ir.constants)
    value(constant);
  to_.number(ir.globals.size());
  for (GlobalRef *ref : ir.globals) {
    value(ref);
    binding(binding_of(ref));
  }
  control_flow(ir);
  inlined_lines(ir);
  to_.number(ir.slots.size());
  for (const MemorySlot &slot : ir.slots) {
    to_.name(slot.name);
    value(slot.type);
    to_.byte(slot.may_be_undefined);
  }
  foreign_calls(ir.foreign_calls);
}

void Describer::typed_statements(const TypedIR &ir) {
  auto known = [&](const Ty &ty) {
    value(ty.type);
    optional(ty.constant);
  };
  to_.number(ir.statements.size());
  for (const TypedStmt &s : ir.statements) {
    to_.byte(uint8_t(s.op));
    to_.byte(s.flags);
    to_.byte(s.effects);
    to_.number(s.target);
    to_.number(s.dest);
    to_.number(s.line);
    operands(ir.args(s));
    known(s.type);
  }
  to_.number(ir.arguments.size());
  for (const Ty &argument : ir.arguments)
    known(argument);
  to_.number(ir.argument_names.size());
  for (Symbol name : ir.argument_names)
    to_.name(name);
  known(ir.result);
}

void Describer::typed(const TypedIR &ir) {
  set_code(ir);
  instance(ir.instance); // with its definitions, if it makes any
  typed_tables(ir);
  typed_statements(ir);
  for (bool fact : {ir.is_vararg, ir.inlineable, ir.noinline, ir.propagate_inbounds})
    to_.byte(fact);
  to_.number(ir.inline_cost);
}

} // namespace jl::content
