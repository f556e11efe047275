// SPDX-License-Identifier: MIT
#include "jl/emit/foreign.h"

#include "jl/emit/c_values.h"
#include "jl/emit/calls.h"
#include "jl/emit/memory.h"
#include "jl/emit/runtime_calls.h"
#include "jl/emit/statements.h"
#include "jl/emit/type_tests.h"
#include "jl/emit/values.h"
#include "jl/runtime/abi.h"
#include "jl/runtime/c_abi.h"
#include "jl/runtime/foreign_call.h"
#include "jl/runtime/values.h"

#include <llvm/IR/InlineAsm.h>

namespace jl::emit {

namespace {

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
    if (!find_types() || c_result_problem(result_type_) || !find_target())
      return emit_at_run_time();
    if (is_of_runtime() && target_.name == "jl_keep_alive")
      return keep_argument();
    signature_ = make_c_signature(e_.unit, result_type_, types_, call_.fixed_arguments);
    llvm::Value *buffer = make_result_buffer(e_, signature_);
    if (buffer)
      passed_.push_back(buffer);
    for (size_t i = 0; i < types_.size(); i++)
      pass(signature_.parameters[i], operand_value(e_, e_.body->code.args(statement_)[i]));
    std::vector<llvm::Value *> kept = values_to_keep();
    llvm::CallInst *call = emit_call();
    for (llvm::Value *value : kept)
      keep(value);
    return result(call, buffer);
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

  /// False when it is not known here, or C has no form for it.
  bool find_type(Operand operand, Value *&type) {
    type = constant_type(operand);
    if (!type || has_free_typevars(type) || c_passing(type).place == CPlace::Unsupported)
      return false;
    // A value of a bits type has to be held unboxed to be passed.
    CPlace place = c_passing(type).place;
    return place == CPlace::Object || place == CPlace::Nothing || !e_.shape(type).is(ShapeKind::Boxed);
  }

  bool find_types() {
    if (!find_type(call_.result_type, result_type_))
      return false;
    for (Operand operand : call_.argument_types) {
      types_.push_back(nullptr);
      if (!find_type(operand, types_.back()))
        return false;
    }
    return true;
  }

  /// False when it is neither a constant name nor a pointer.
  bool find_target() {
    Val function = operand_value(e_, call_.function);
    if (function.shape->concrete && is_pointer_type(function.shape->concrete)) {
      target_.pointer = scalar_of(e_, convert(e_, function, function.shape->concrete));
      require_or_error(e_, e_.ir.CreateIsNotNull(target_.pointer), "ccall: the function pointer is null");
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

  void pass(const CParameter &parameter, const Val &value) {
    if (parameter.passing.place == CPlace::Object || parameter.passing.place == CPlace::Nothing)
      return pass_to_c(e_, parameter, value, passed_);
    Val converted = emit_typeassert(e_, value, parameter.type, "ccall");
    pass_to_c(e_, parameter, convert(e_, converted, parameter.type), passed_);
  }

  bool is_of_runtime() const {
    return !target_.pointer && target_.library.empty() && jl::runtime_function(target_.name) != nullptr;
  }

  llvm::Value *callee(llvm::FunctionType *type) {
    if (target_.pointer)
      return target_.pointer;
    return is_of_runtime() ? e_.unit.builder.runtime(target_.name, type)
                           : e_.unit.builder.foreign(target_.library, target_.name, type);
  }

  llvm::CallInst *emit_call() {
    auto *call = e_.ir.CreateCall(signature_.type, callee(signature_.type), passed_);
    call->setAttributes(signature_.attributes);
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

  /// The one call that is none.
  Val keep_argument() {
    Val value = operand_value(e_, e_.body->code.args(statement_)[0]);
    if (!value.constant)
      for (llvm::Value *part : parts_of(e_, value))
        if (part->getType()->isPointerTy())
          keep(part);
    return constant_value(e_, types::Nothing->instance);
  }

  Val result(llvm::CallInst *call, llvm::Value *buffer) {
    if (signature_.never_returns) {
      if (!is_of_runtime()) {
        emit_error(e_, kReturnedFromUnion);
        return never();
      }
      end_with_call(e_, call);
      return never();
    }
    if (signature_.result.place == CPlace::Object && !is_of_runtime())
      check_defined(e_, call);
    return result_from_c(e_, signature_, call, buffer, statement_.type.type);
  }

  Emitter &e_;
  const TypedStmt &statement_;
  const ForeignCall &call_;
  Value *result_type_ = nullptr;
  std::vector<Value *> types_;
  CSignature signature_;
  ForeignTarget target_;
  llvm::SmallVector<llvm::Value *, 8> passed_;
};

} // namespace

Val emit_foreign_call(Emitter &e, const TypedStmt &statement) {
  return ForeignCallEmitter(e, statement).emit();
}

} // namespace jl::emit
