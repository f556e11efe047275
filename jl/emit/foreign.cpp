// SPDX-License-Identifier: MIT
#include "jl/emit/foreign.h"

#include "jl/emit/boxing.h"
#include "jl/emit/calls.h"
#include "jl/emit/memory.h"
#include "jl/emit/runtime_calls.h"
#include "jl/emit/statements.h"
#include "jl/emit/type_tests.h"
#include "jl/emit/values.h"
#include "jl/runtime/abi.h"
#include "jl/runtime/values.h"

#include <llvm/IR/InlineAsm.h>

namespace jl::emit {

namespace {

/// How a Julia type goes to and comes from C. `Other` (structs by value, and what C has no form for) is
/// libffi's business, at run time.
struct ForeignType {
  enum class Kind : uint8_t { Void, Scalar, Object, Other } kind = Kind::Other;
  Value *type = nullptr;
  llvm::Type *llvm = nullptr;
  llvm::Attribute::AttrKind extension = llvm::Attribute::None;
};

bool is_signed_integer(Value *type) {
  return type == types::Int8 || type == types::Int16 || type == types::Int32;
}

ForeignType foreign_type(Emitter &e, Value *type) {
  ForeignType result;
  result.type = type;
  const Shape &shape = e.shape(type);
  if (type == types::Nothing || shape.is(ShapeKind::Never)) {
    result.kind = ForeignType::Kind::Void;
    result.llvm = e.ir.getVoidTy();
  } else if (shape.is_scalar() && shape.size <= 16 && llvm::isPowerOf2_32(shape.size)) {
    result.kind = ForeignType::Kind::Scalar;
    result.llvm = memory_type(shape.parts[0].type);
    if (result.llvm->isIntegerTy() && shape.size < 4)
      result.extension = is_signed_integer(type) ? llvm::Attribute::SExt : llvm::Attribute::ZExt;
  } else if (shape.is(ShapeKind::Boxed)) {
    result.kind = ForeignType::Kind::Object;
    result.llvm = e.unit.ptr();
  }
  return result;
}

/// What a ccall calls.
struct ForeignTarget {
  std::string library, name;
  llvm::Value *pointer = nullptr; // when it is not known by name
};

std::string text_of(Value *v) {
  if (type_of(v) == types::Symbol_)
    return std::string(static_cast<SymbolValue *>(v)->name.text());
  return type_of(v) == types::String_ ? std::string(static_cast<String *>(v)->view()) : std::string();
}

/// One call being written.
class ForeignCallEmitter {
public:
  ForeignCallEmitter(Emitter &e, const TypedStmt &statement)
      : e_(e), statement_(statement), call_(e.body->code.foreign_calls[statement.target]) {}

  Val emit() {
    if (call_.argument_types.size() > statement_.count)
      return fail("fewer arguments than types");
    if (!find_types() || !find_target())
      return emit_at_run_time();
    for (size_t i = 0; i < types_.size(); i++)
      passed_.push_back(argument(types_[i], operand_value(e_, e_.body->code.args(statement_)[i])));
    std::vector<llvm::Value *> kept = values_to_keep();
    llvm::CallInst *call = emit_call();
    for (llvm::Value *value : kept)
      keep(value);
    return result(call);
  }

private:
  Val fail(const std::string &problem) {
    emit_error(e_, "ccall: " + problem);
    return never();
  }

  Val never() { return poison_value(e_, e_.shape(types::Bottom_)); }

  /// The runtime makes the call from boxes, as it does for the interpreter.
  Val emit_at_run_time() {
    size_t n = call_.argument_types.size();
    llvm::SmallVector<Val, 8> operands{operand_value(e_, call_.function),
                                       operand_value(e_, call_.result_type)};
    for (Operand type : call_.argument_types)
      operands.push_back(operand_value(e_, type));
    for (Operand argument : e_.body->code.args(statement_).first(n))
      operands.push_back(operand_value(e_, argument));
    std::vector<llvm::Value *> kept = values_to_keep();
    llvm::Value *array = boxed_array(e_, operands);
    auto *call = call_runtime(
        e_, "jl_foreign_call",
        {e_.task, array, e_.ir.getInt32(n), e_.ir.getInt32(std::min<size_t>(n, call_.fixed_arguments))});
    e_.note_call(call);
    for (llvm::Value *value : kept)
      keep(value);
    Value *type = constant_type(call_.result_type);
    if (type != types::Bottom_)
      return boxed_value(e_, call, type && is_concrete_type(type) ? type : types::Any);
    end_with_call(e_, call);
    return never();
  }

  Value *constant_type(Operand operand) {
    Val value = operand_value(e_, operand);
    return value.constant && is_type(value.constant) ? value.constant : nullptr;
  }

  bool find_type(Operand operand, ForeignType &out) {
    Value *type = constant_type(operand);
    if (type)
      out = foreign_type(e_, type);
    return type && out.kind != ForeignType::Kind::Other;
  }

  /// False when one is not known here or of no kind that this file knows.
  bool find_types() {
    if (!find_type(call_.result_type, result_))
      return false;
    for (Operand operand : call_.argument_types) {
      types_.emplace_back();
      if (!find_type(operand, types_.back()))
        return false;
    }
    return true;
  }

  /// False when it is neither a constant name nor a pointer.
  bool find_target() {
    Val function = operand_value(e_, call_.function);
    if (function.is(ShapeKind::Parts) && function.shape->is_scalar()) {
      target_.pointer = scalar_of(e_, function);
      if (!target_.pointer->getType()->isPointerTy())
        target_.pointer = e_.ir.CreateIntToPtr(target_.pointer, e_.unit.ptr());
      return true;
    }
    Value *value = function.constant;
    if (!value)
      return false;
    if (is_tuple_type(type_of(value)) && field_count(type_of(value)) == 2) {
      target_.library = text_of(jl::tuple_field(e_.unit.task, value, 1));
      value = jl::tuple_field(e_.unit.task, value, 0);
    }
    target_.name = text_of(value);
    return !target_.name.empty();
  }

  llvm::Value *argument(const ForeignType &type, const Val &value) {
    if (type.kind == ForeignType::Kind::Object) {
      bool pointer = value.shape->is_scalar() && value.shape->parts[0].type->isPointerTy();
      return pointer ? scalar_of(e_, value) : box(e_, value);
    }
    Val converted = emit_typeassert(e_, value, type.type, "ccall");
    llvm::Value *scalar = scalar_of(e_, convert(e_, converted, type.type));
    return scalar->getType()->isIntegerTy(1) ? e_.ir.CreateZExt(scalar, e_.unit.i8()) : scalar;
  }

  llvm::FunctionType *function_type() {
    llvm::SmallVector<llvm::Type *, 8> parameters;
    for (size_t i = 0; i < std::min<size_t>(types_.size(), call_.fixed_arguments); i++)
      parameters.push_back(types_[i].llvm);
    return llvm::FunctionType::get(result_.llvm, parameters, call_.fixed_arguments < types_.size());
  }

  llvm::AttributeList attributes() {
    llvm::AttributeList list;
    for (unsigned i = 0; i < types_.size(); i++)
      if (types_[i].extension != llvm::Attribute::None)
        list = list.addParamAttribute(e_.unit.llvm, i, types_[i].extension);
    if (result_.extension != llvm::Attribute::None)
      list = list.addRetAttribute(e_.unit.llvm, result_.extension);
    return list;
  }

  llvm::Value *callee(llvm::FunctionType *type) {
    if (target_.pointer)
      return target_.pointer;
    bool runtime = target_.library.empty() && jl::runtime_function(target_.name) != nullptr;
    return runtime ? e_.unit.builder.runtime(target_.name, type)
                   : e_.unit.builder.foreign(target_.library, target_.name, type);
  }

  llvm::CallInst *emit_call() {
    llvm::FunctionType *type = function_type();
    auto *call = e_.ir.CreateCall(type, callee(type), passed_);
    call->setAttributes(attributes());
    e_.note_call(call); // C code has frames too
    return call;
  }

  /// Objects that must outlive the call, as pointers.
  std::vector<llvm::Value *> values_to_keep() {
    std::vector<llvm::Value *> kept;
    for (Operand operand : e_.body->code.args(statement_).subspan(call_.argument_types.size())) {
      Val value = operand_value(e_, operand);
      if (value.constant)
        continue;
      auto parts = parts_of(e_, value);
      for (size_t i = 0; i < parts.size(); i++)
        if (parts[i]->getType()->isPointerTy())
          kept.push_back(parts[i]);
    }
    return kept;
  }

  /// A use that costs nothing, after the call.
  void keep(llvm::Value *pointer) {
    auto *type = llvm::FunctionType::get(e_.ir.getVoidTy(), {e_.unit.ptr()}, false);
    e_.ir.CreateCall(llvm::InlineAsm::get(type, "", "r", true), {pointer});
  }

  Val result(llvm::CallInst *call) {
    if (result_.kind == ForeignType::Kind::Void && result_.type != types::Nothing) {
      call->setDoesNotReturn();
      e_.ir.CreateUnreachable();
      e_.unreachable = true;
      return never();
    }
    if (result_.kind == ForeignType::Kind::Void)
      return constant_value(e_, types::Nothing->instance);
    if (result_.kind == ForeignType::Kind::Object)
      return boxed_value(e_, call, result_.type);
    const Shape &shape = e_.shape(result_.type);
    llvm::Value *scalar = shape.parts[0].type->isIntegerTy(1) ? e_.ir.CreateTrunc(call, e_.unit.i1()) : call;
    return parts_value(shape, {scalar});
  }

  Emitter &e_;
  const TypedStmt &statement_;
  const ForeignCall &call_;
  ForeignType result_;
  std::vector<ForeignType> types_;
  ForeignTarget target_;
  std::vector<llvm::Value *> passed_;
};

} // namespace

Val emit_foreign_call(Emitter &e, const TypedStmt &statement) {
  return ForeignCallEmitter(e, statement).emit();
}

} // namespace jl::emit
