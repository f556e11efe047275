// SPDX-License-Identifier: MIT
// Typed IR by hand, for this folder's tests: statement after statement, then `finish` cuts it into blocks and
// makes a code instance.
#pragma once

#include "jl/infer/typed.h"
#include "jl/runtime/abi.h"
#include "jl/runtime/module.h"
#include "jl/runtime/symbols.h"
#include "jl/runtime/values.h"

#include <initializer_list>

namespace jl::emit {

class TestIr {
public:
  /// A function of this name in Main with one method for these argument types.
  TestIr(const char *name, std::initializer_list<Value *> argument_types,
         std::initializer_list<const char *> argument_names = {}) {
    Symbol symbol = Symbol::intern(name);
    Value *function = global_value(modules::Main, symbol);
    if (!function)
      function = new_generic_function(modules::Main, symbol);
    GcVector<Value *> types{type_of(function)};
    types.insert(types.end(), argument_types.begin(), argument_types.end());
    instance_ =
        static_cast<MethodInstance *>(alloc_object(nullptr, types::MethodInstance_, sizeof(MethodInstance)));
    new (instance_) MethodInstance();
    instance_->def = new_method(modules::Main, symbol);
    instance_->spec_types = make_tuple_type(types);
    instance_->sparams = empty_svec();
    ir_ = gc_new<TypedIR>();
    ir_->instance = instance_;
    ir_->sparams = empty_svec();
    ir_->scopes.push_back({instance_, ~0u});
    ir_->lines.push_back({0, 0, Symbol()});
    for (Value *type : types)
      ir_->arguments.push_back(
          {type, is_singleton_type(type) ? static_cast<DataType *>(type)->instance : nullptr});
    ir_->argument_names.push_back(Symbol());
    for (const char *argument : argument_names)
      ir_->argument_names.push_back(Symbol::intern(argument));
    gc_keep(ir_);
    gc_keep(instance_);
  }

  TypedIR &ir() { return *ir_; }
  MethodInstance *instance() { return instance_; }

  static Operand arg(uint32_t i) { return {Operand::Kind::Argument, i}; }
  Operand constant(Value *v) {
    gc_keep(v);
    ir_->constants.push_back(v);
    return {Operand::Kind::Constant, uint32_t(ir_->constants.size() - 1)};
  }
  Operand integer(int64_t v) { return constant(box_int64(nullptr, v)); }
  Operand number(double v) { return constant(box_float64(nullptr, v)); }

  TypedStmt &statement(Op op, std::initializer_list<Operand> operands, Value *type) {
    TypedStmt s{};
    s.op = op;
    s.first = uint32_t(ir_->operands.size());
    s.count = uint16_t(operands.size());
    s.type = {type, nullptr};
    ir_->operands.insert(ir_->operands.end(), operands.begin(), operands.end());
    ir_->statements.push_back(s);
    return ir_->statements.back();
  }
  Operand add(Op op, std::initializer_list<Operand> operands, Value *type) {
    statement(op, operands, type);
    return {Operand::Kind::Ssa, uint32_t(ir_->statements.size() - 1)};
  }
  Operand call(Intrinsic intrinsic, Value *type, std::initializer_list<Operand> arguments) {
    return call(intrinsic_value(intrinsic), type, arguments);
  }
  Operand call(Builtin builtin, Value *type, std::initializer_list<Operand> arguments) {
    return call(builtin_value(builtin), type, arguments);
  }
  Operand call(Value *callee, Value *type, std::initializer_list<Operand> arguments) {
    Operand function = constant(callee);
    Operand result = add(Op::Call, {function}, type);
    for (Operand argument : arguments)
      ir_->operands.push_back(argument);
    ir_->statements.back().count = uint16_t(arguments.size() + 1);
    return result;
  }
  Operand invoke(CodeInstance *code, Operand function, std::initializer_list<Operand> arguments) {
    Operand target = constant(code);
    Operand result = add(Op::Invoke, {target, function}, code->rettype);
    for (Operand argument : arguments)
      ir_->operands.push_back(argument);
    ir_->statements.back().count = uint16_t(arguments.size() + 2);
    return result;
  }
  void ret(Operand value) { add(Op::Return, {value}, types::Any); }
  void jump(uint32_t block) { statement(Op::Goto, {}, types::Any).target = block; }
  void branch(Operand condition, uint32_t if_false) {
    statement(Op::GotoIfNot, {condition}, types::Any).target = if_false;
  }
  Operand phi(Value *type, std::initializer_list<uint32_t> blocks, std::initializer_list<Operand> values) {
    PhiNode node;
    node.blocks.assign(blocks.begin(), blocks.end());
    node.values.assign(values.begin(), values.end());
    ir_->phis.push_back(node);
    Operand result = add(Op::Phi, {}, type);
    ir_->statements.back().target = uint32_t(ir_->phis.size() - 1);
    return result;
  }
  /// Begins the next block.
  void block() { starts_.push_back(uint32_t(ir_->statements.size())); }

  CodeInstance *finish(Value *result, Value *result_constant = nullptr) {
    for (size_t i = 0; i < starts_.size(); i++)
      add_block(i);
    ir_->result = {result, result_constant};
    CodeInstance *code = new_code_instance(instance_, result, result_constant, 1, kWorldMax);
    code->inferred = ir_;
    code->is_inferred = true;
    gc_keep(code);
    return code;
  }

private:
  void add_block(size_t i) {
    Block block;
    block.first = starts_[i];
    block.end = uint32_t(i + 1 < starts_.size() ? starts_[i + 1] : ir_->statements.size());
    const TypedStmt &last = ir_->statements[block.end - 1];
    if (last.op != Op::Return && last.op != Op::Goto && last.type.type != types::Bottom_)
      block.succs.push_back(uint32_t(i + 1));
    if (last.op == Op::Goto || last.op == Op::GotoIfNot || last.op == Op::Enter)
      block.succs.push_back(last.target);
    ir_->blocks.push_back(block);
  }

  TypedIR *ir_;
  MethodInstance *instance_;
  GcVector<uint32_t> starts_{0};
};

} // namespace jl::emit
