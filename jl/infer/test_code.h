// SPDX-License-Identifier: MIT
// Lowered code by hand, for this folder's unit tests (include gtest first): methods are made statement after
// statement and added to Main.
#pragma once

#include <initializer_list>

#include "jl/infer/infer.h"
#include "jl/lower/lowered.h"
#include "jl/runtime/abi.h"
#include "jl/runtime/test_support.h"

namespace jl::test {

inline Operand slot(uint32_t i) {
  return {Operand::Kind::Slot, i};
}
inline Operand value(uint32_t i) {
  return {Operand::Kind::Ssa, i};
}

class TestCode {
public:
  /// `arguments` with the function itself, which is slot 0.
  explicit TestCode(uint32_t arguments, uint32_t variables = 0) {
    code_ = static_cast<CodeInfo *>(alloc_object(nullptr, types::CodeInfo_, sizeof(CodeInfo)));
    new (code_) CodeInfo();
    gc_keep(code_);
    code_->nargs = arguments;
    for (uint32_t i = 0; i < arguments + variables; i++)
      code_->slots.push_back(
          {Symbol::intern(std::string(1, char('a' + i % 26))), i >= arguments, false, i < arguments});
    code_->module = modules::Main;
    code_->lines.push_back({Symbol::intern("test.jl"), 1});
  }

  Operand constant(Value *v) {
    gc_keep(v);
    code_->constants.push_back(v);
    return {Operand::Kind::Constant, uint32_t(code_->constants.size() - 1)};
  }
  Operand integer(int64_t v) { return constant(box_int64(nullptr, v)); }
  Operand intrinsic(Intrinsic i) { return constant(intrinsic_value(i)); }
  Operand builtin(Builtin b) { return constant(builtin_value(b)); }

  uint32_t next() const { return uint32_t(code_->statements.size()); }

  Operand add(Op op, std::initializer_list<Operand> operands, uint32_t dest = kNoSlot, uint32_t target = 0) {
    Stmt s{};
    s.op = op;
    s.count = uint16_t(operands.size());
    s.first = uint32_t(code_->operands.size());
    s.dest = dest;
    s.target = target;
    code_->operands.insert(code_->operands.end(), operands.begin(), operands.end());
    code_->statements.push_back(s);
    return value(next() - 1);
  }
  Operand call(std::initializer_list<Operand> operands, uint32_t dest = kNoSlot) {
    return add(Op::Call, operands, dest);
  }
  void ret(Operand o) { add(Op::Return, {o}); }
  /// A jump whose target is set later by `land`.
  uint32_t jump_if_not(Operand condition) { return add(Op::GotoIfNot, {condition}).index(); }
  uint32_t jump() { return add(Op::Goto, {}).index(); }
  void land(uint32_t jump) { code_->statements[jump].target = next(); }
  void jump_to(uint32_t target) { add(Op::Goto, {}, kNoSlot, target); }

  CodeInfo *code() { return code_; }

private:
  CodeInfo *code_;
};

inline Value *test_function(Task *task, const char *name) {
  Symbol symbol = Symbol::intern(name);
  if (Value *known = global_value(modules::Main, symbol))
    return known;
  Value *f = new_generic_function(modules::Main, symbol);
  gc_keep(f);
  set_const(task, get_binding_for_write(task, modules::Main, symbol), f);
  task->world = current_world();
  return f;
}

/// Adds the method f(::types...) with this body.
inline Method *add_test_method(Task *task, Value *f, std::initializer_list<Value *> argument_types,
                               TestCode &code) {
  GcVector<Value *> all{type_of(f)};
  all.insert(all.end(), argument_types.begin(), argument_types.end());
  Method *method = new_method(modules::Main, type_of(f)->name->function_name);
  method->sig = make_tuple_type(all);
  method->sparam_names = empty_svec();
  method->nargs = int32_t(all.size());
  method->file = Symbol::intern("test.jl");
  method->line = 1;
  method->source.store(code.code());
  code.code()->name = method->name;
  add_method(task, method);
  task->world = current_world();
  return method;
}

inline MethodInstance *test_instance(Task *task, Value *f, std::initializer_list<Value *> argument_types) {
  GcVector<Value *> all{type_of(f)};
  all.insert(all.end(), argument_types.begin(), argument_types.end());
  GcVector<MethodMatch> matches;
  uint64_t min = 0, max = 0;
  bool ambiguous = false;
  find_methods(make_tuple_type(all), task->world, 4, matches, min, max, ambiguous);
  return specialize(matches[0].method, matches[0].spec_types, matches[0].sparams);
}

inline CodeInstance *test_infer(Task *task, Value *f, std::initializer_list<Value *> argument_types) {
  return infer(task, test_instance(task, f, argument_types), task->world);
}

inline std::string listing(const CodeInstance *code) {
  return print_typed(*code->inferred);
}

} // namespace jl::test
