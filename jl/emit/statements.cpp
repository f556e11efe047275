// SPDX-License-Identifier: MIT
#include "jl/emit/statements.h"

#include "jl/emit/aggregates.h"
#include "jl/emit/boxing.h"
#include "jl/emit/builtins.h"
#include "jl/emit/calls.h"
#include "jl/emit/control.h"
#include "jl/emit/debug_info.h"
#include "jl/emit/exceptions.h"
#include "jl/emit/foreign.h"
#include "jl/emit/globals.h"
#include "jl/emit/memory.h"
#include "jl/emit/runtime_calls.h"
#include "jl/emit/type_tests.h"
#include "jl/emit/values.h"
#include "jl/runtime/symbols.h"

#include <llvm/IR/Intrinsics.h>

namespace jl::emit {

namespace {

Value *static_parameter(Emitter &e, uint32_t index) {
  SimpleVector *sparams = e.body->code.sparams;
  if (!sparams || index >= sparams->length || type_of((*sparams)[index]) == types::TypeVar_)
    return nullptr;
  return (*sparams)[index];
}

Val read_static_parameter(Emitter &e, uint32_t index) {
  if (Value *known = static_parameter(e, index))
    return constant_value(e, known);
  SimpleVector *names = e.body->code.instance->def->sparam_names;
  Symbol name = names && index < names->length ? static_cast<TypeVar *>((*names)[index])->name : Symbol();
  call_noreturn(e, "jl_throw_undef_var",
                {e.task, load_slot(e, symbol_value(name)), load_slot(e, symbol_value("static_parameter"))});
  return poison_value(e, e.shape(types::Bottom_));
}

/// A value that was not written before its use means that the typed IR is broken: stop there rather than
/// compute with it.
Val ssa_value(Emitter &e, uint32_t index) {
  if (e.body->ssa[index].shape)
    return e.body->ssa[index];
  e.ir.CreateIntrinsic(llvm::Intrinsic::trap, {}, {});
  return poison_value(e, e.shape(e.body->code.statements[index].type.type));
}

} // namespace

Val operand_value(Emitter &e, Operand operand) {
  switch (operand.kind()) {
  case Operand::Kind::Ssa:
    return ssa_value(e, operand.index());
  case Operand::Kind::Argument:
    return e.body->arguments[operand.index()];
  case Operand::Kind::Constant:
    return constant_value(e, e.body->code.constants[operand.index()]);
  case Operand::Kind::Global:
    return load_global(e, e.body->code.globals[operand.index()]);
  case Operand::Kind::StaticParam:
    return read_static_parameter(e, operand.index());
  case Operand::Kind::Slot:
    return load_memory_slot(e, operand.index());
  case Operand::Kind::None:
    break;
  }
  return constant_value(e, types::Nothing->instance);
}

namespace {

/// Writes the statements of one function.
class BodyEmitter {
public:
  BodyEmitter(Emitter &e, const Signature *signature) : e_(e), code_(e.body->code), signature_(signature) {}

  void run() {
    e_.body->ssa.resize(code_.statements.size());
    e_.body->handlers.resize(code_.statements.size());
    prepare_tries(e_);
    make_slots(e_);
    begin_blocks(e_);
    e_.ir.CreateBr(e_.body->blocks[0]);
    for (uint32_t block : emission_order(code_))
      emit_block(block);
  }

private:
  void emit_block(uint32_t block) {
    llvm::BasicBlock *llvm_block = e_.body->blocks[block];
    if (llvm_block->hasNPredecessors(0)) { // every way here ended before
      llvm_block->eraseFromParent();
      return;
    }
    e_.body->block = block;
    e_.unreachable = false;
    e_.cold = ends_in_throw(block);
    e_.enter(llvm_block);
    begin_block_phis(e_, block);
    for (uint32_t i = code_.blocks[block].first; i < code_.blocks[block].end && !e_.unreachable; i++)
      emit_statement(i);
    if (!e_.unreachable && !ended_)
      emit_goto(e_, code_.blocks[block].succs[0]);
    ended_ = false;
  }

  bool ends_in_throw(uint32_t block) {
    const Block &b = code_.blocks[block];
    return b.end > b.first && b.succs.empty() && code_.statements[b.end - 1].type.type == types::Bottom_;
  }

  void emit_statement(uint32_t index) {
    const TypedStmt &s = code_.statements[index];
    if (s.op == Op::Phi)
      return store_dest(s, e_.body->ssa[index]);
    e_.ir.SetCurrentDebugLocation(e_.debug->location(s.line));
    if (emit_jump(s, index))
      return;
    if (can_be_skipped(s)) {
      e_.body->ssa[index] = constant_value(e_, s.type.constant);
      return store_dest(s, e_.body->ssa[index]);
    }
    Val value = emit_value(s, index);
    if (e_.unreachable)
      return;
    if (s.type.type == types::Bottom_) { // should inference be wrong: stop, do not run into the next function
      e_.ir.CreateIntrinsic(llvm::Intrinsic::trap, {}, {});
      e_.ir.CreateUnreachable();
      e_.unreachable = true;
      return;
    }
    Val &result = e_.body->ssa[index];
    result = s.type.constant ? constant_value(e_, s.type.constant) : convert(e_, value, s.type.type);
    store_dest(s, result);
  }

  void store_dest(const TypedStmt &s, const Val &value) {
    if (s.dest != kNoSlot)
      store_memory_slot(e_, s.dest, value);
  }

  /// Only statements that are there for their value; the others act on the function itself (leave, loopinfo,
  /// ...).
  static bool gives_a_value(Op op) {
    switch (op) {
    case Op::Call:
    case Op::Invoke:
    case Op::New:
    case Op::SplatNew:
    case Op::Copy:
    case Op::Pi:
    case Op::IsDefined:
    case Op::Boundscheck:
    case Op::ForeignCall:
      return true;
    default:
      return false;
    }
  }

  bool can_be_skipped(const TypedStmt &s) {
    constexpr uint8_t removable = kStmtEffectFree | kStmtNothrow;
    return gives_a_value(s.op) && s.type.constant && (s.effects & removable) == removable;
  }

  Val operand(const TypedStmt &s, size_t i) { return operand_value(e_, code_.args(s)[i]); }

  llvm::SmallVector<Val, 8> operands(const TypedStmt &s, size_t from = 0) {
    llvm::SmallVector<Val, 8> values;
    for (size_t i = from; i < s.count; i++)
      values.push_back(operand(s, i));
    return values;
  }

  /// Statements that end a block.
  bool emit_jump(const TypedStmt &s, uint32_t index) {
    switch (s.op) {
    case Op::Goto:
      emit_goto(e_, s.target);
      break;
    case Op::GotoIfNot:
      emit_conditional(s);
      break;
    case Op::Return:
      emit_return(operand(s, 0));
      break;
    case Op::Enter:
      emit_enter(e_, index);
      break;
    default:
      return false;
    }
    ended_ = true;
    return true;
  }

  void emit_conditional(const TypedStmt &s) {
    llvm::Value *condition = emit_condition(e_, operand(s, 0));
    const auto &succs = code_.blocks[e_.body->block].succs;
    if (e_.unreachable)
      return;
    if (succs.empty()) // never a Bool: the condition threw
      e_.ir.CreateUnreachable();
    else if (succs.size() == 1) // both ways lead there
      emit_goto(e_, succs[0]);
    else
      emit_branch(e_, condition, succs[0], s.target);
  }

  void emit_return(const Val &value) {
    if (e_.unreachable)
      return;
    if (signature_)
      return_value(e_, *signature_, value);
    else
      e_.ir.CreateRet(box(e_, value));
  }

  Val emit_value(const TypedStmt &s, uint32_t index) {
    switch (s.op) {
    case Op::Call: {
      Val callee = operand(s, 0);
      return emit_call(e_, callee, operands(s, 1), s.type);
    }
    case Op::Invoke:
      return emit_invoke(e_, static_cast<CodeInstance *>(code_.constants[code_.args(s)[0].index()]),
                         operands(s, 1));
    case Op::New:
      return emit_new_statement(s);
    case Op::SplatNew:
      return emit_splat_new(s);
    case Op::Copy:
    case Op::Pi:
      return operand(s, 0);
    case Op::Leave:
      for (Operand enter : code_.args(s))
        emit_leave(e_, enter.index());
      return nothing();
    case Op::PopException:
      emit_pop_exception(e_, code_.args(s)[0].index());
      return nothing();
    case Op::TheException:
      return emit_the_exception(e_);
    case Op::IsDefined:
      return bool_value(e_, emit_is_defined(code_.args(s)[0]));
    case Op::ThrowUndefIfNot:
      emit_throw_undef_if_not(s);
      return nothing();
    case Op::NewVar:
      for (Operand slot : code_.args(s))
        undefine_memory_slot(e_, slot.index());
      return nothing();
    case Op::GlobalSet:
      return emit_global_set(s);
    case Op::Define:
      return emit_definition(e_, *code_.definitions[s.target], operands(s));
    case Op::ForeignCall:
      return emit_foreign_call(e_, s);
    case Op::Boundscheck:
      return bool_value(e_, e_.ir.getInt1(!(s.flags & kStmtInbounds)));
    case Op::LoopInfo:
      e_.body->simd_blocks.push_back(e_.ir.GetInsertBlock());
      return nothing();
    case Op::CopyAst:
      return boxed_value(e_, call_runtime(e_, "jl_copy_ast", {e_.task, box(e_, operand(s, 0))}), types::Any);
    default:
      return nothing();
    }
  }

  Val nothing() { return constant_value(e_, types::Nothing->instance); }

  /// Only a concrete type with all its fields' types right is built here; the runtime checks the rest.
  bool can_build(const Val &type, llvm::ArrayRef<Val> fields) {
    if (!type.constant || !is_type(type.constant) || !is_concrete_type(type.constant))
      return false;
    auto *data = static_cast<DataType *>(type.constant);
    if (!data->layout || data->is_primitive || fields.size() > data->layout->nfields)
      return false;
    if (int64_t(fields.size()) < int64_t(data->layout->nfields) - data->name->n_uninitialized)
      return false;
    for (size_t i = 0; i < fields.size(); i++) {
      Value *field = field_type(data, i);
      if (!(fields[i].constant ? is_a(fields[i].constant, field) : is_subtype(fields[i].type(), field)))
        return false;
    }
    return true;
  }

  Val emit_new_statement(const TypedStmt &s) {
    Val type = operand(s, 0);
    auto fields = operands(s, 1);
    if (can_build(type, fields))
      return emit_new(e_, static_cast<DataType *>(type.constant), fields);
    llvm::Value *object_type = box(e_, type), *array = boxed_array(e_, fields);
    return boxed_value(
        e_, call_runtime(e_, "jl_new_struct", {e_.task, object_type, array, e_.ir.getInt32(fields.size())}),
        types::Any);
  }

  Val emit_splat_new(const TypedStmt &s) {
    Val type = operand(s, 0), tuple = operand(s, 1);
    DataType *tuple_type = tuple.constant ? type_of(tuple.constant) : tuple.shape->concrete;
    llvm::SmallVector<Val, 8> fields;
    bool known = tuple_type && is_tuple_type(tuple_type) && tuple_type->layout;
    for (uint32_t i = 0; known && i < tuple_type->layout->nfields; i++)
      fields.push_back(emit_get_field(e_, tuple, i));
    if (known && can_build(type, fields))
      return emit_new(e_, static_cast<DataType *>(type.constant), fields);
    auto *object = call_runtime(e_, "jl_new_struct_from_tuple", {e_.task, box(e_, type), box(e_, tuple)});
    return boxed_value(e_, object, types::Any);
  }

  llvm::Value *emit_is_defined(Operand operand) {
    switch (operand.kind()) {
    case Operand::Kind::Slot:
      return is_memory_slot_defined(e_, operand.index());
    case Operand::Kind::Global:
      return is_global_defined(e_, code_.globals[operand.index()]);
    case Operand::Kind::StaticParam:
      return e_.ir.getInt1(static_parameter(e_, operand.index()) != nullptr);
    default:
      return e_.ir.getTrue();
    }
  }

  void emit_throw_undef_if_not(const TypedStmt &s) {
    Value *name = code_.constants[code_.args(s)[0].index()];
    e_.require(condition_of(e_, operand(s, 1)), "undefined", [&] {
      llvm::Value *symbol = load_slot(e_, name), *scope = load_slot(e_, symbol_value("local"));
      call_runtime(e_, "jl_throw_undef_var", {e_.task, symbol, scope})->setDoesNotReturn();
    });
  }

  Val emit_global_set(const TypedStmt &s) {
    Val value = operand(s, 1);
    store_global(e_, code_.globals[code_.args(s)[0].index()], value);
    return value;
  }

  Emitter &e_;
  const TypedIR &code_;
  const Signature *signature_;
  bool ended_ = false; // the current block has its jump
};

} // namespace

void emit_body(Emitter &e, const Signature *signature) {
  BodyEmitter(e, signature).run();
}

} // namespace jl::emit
