// SPDX-License-Identifier: MIT
#include "jl/emit/llvm_call.h"

#include "jl/emit/boxing.h"
#include "jl/emit/calls.h"
#include "jl/emit/llvm_text.h"
#include "jl/emit/memory.h"
#include "jl/emit/runtime_calls.h"
#include "jl/emit/type_tests.h"
#include "jl/emit/values.h"
#include "jl/runtime/arrays.h"
#include "jl/runtime/module.h"
#include "jl/runtime/values.h"

namespace jl::emit {

namespace {

/// Whether a Bool outside of aggregates is i8 or i1.
enum class BoolAs : uint8_t { Byte, Bit };

bool is_vec_element(Value *type) {
  return type_of(type) == types::DataType_ &&
         static_cast<DataType *>(type)->name->name.text() == "VecElement" &&
         static_cast<DataType *>(type)->name->module == modules::Base;
}

/// A type as the program's IR sees it; values of it are put together from memory, and taken apart into
/// memory.
class LlvmForm {
public:
  LlvmForm(Emitter &e, Value *type, BoolAs bools) : e_(e), type_(type), shape_(e.shape(type)), bools_(bools) {
    llvm_ = is_aggregate() ? aggregate_type(shape_.concrete) : plain_type();
  }

  llvm::Type *type() const { return llvm_; }

  llvm::Value *pass(const Val &value) {
    if (shape_.is(ShapeKind::Ghost))
      return llvm::PoisonValue::get(llvm_);
    if (is_aggregate()) {
      llvm::Value *bytes = scratch();
      store_value(e_, value, bytes, Access::Unknown);
      return load(shape_.concrete, bytes);
    }
    if (!shape_.is_scalar())
      return box(e_, value);
    llvm::Value *scalar = scalar_of(e_, value);
    return is_bool() && bools_ == BoolAs::Byte ? e_.ir.CreateZExt(scalar, e_.unit.i8()) : scalar;
  }

  Val receive(llvm::Value *value) {
    if (shape_.is(ShapeKind::Ghost))
      return constant_value(e_, shape_.instance);
    if (is_aggregate()) {
      llvm::Value *bytes = scratch();
      store(shape_.concrete, value, bytes);
      return load_value(e_, shape_, bytes, Access::Unknown, Bytes::MayChange);
    }
    if (!shape_.is_scalar()) {
      check_defined(e_, value);
      return boxed_value(e_, value, type_);
    }
    return parts_value(shape_, {is_bool() ? e_.ir.CreateTrunc(value, e_.unit.i1()) : value});
  }

private:
  bool is_bool() const { return type_ == types::Bool; }
  bool is_aggregate() const {
    return (shape_.is(ShapeKind::Parts) && !shape_.is_scalar()) || shape_.is(ShapeKind::Memory);
  }

  llvm::Type *plain_type() {
    if (shape_.is(ShapeKind::Ghost))
      return type_ == types::Nothing ? e_.ir.getVoidTy() : llvm::StructType::get(e_.unit.llvm);
    if (!shape_.is_scalar())
      return e_.unit.ptr();
    return is_bool() && bools_ == BoolAs::Bit ? e_.unit.i1() : memory_type(shape_.parts[0].type);
  }

  static bool has_equal_fields(DataType *type) {
    for (size_t i = 1; i < type->types->length; i++)
      if (type->types->data[i] != type->types->data[0])
        return false;
    return type->types->length > 0;
  }

  static bool is_vector(DataType *type) {
    return is_tuple_type(type) && has_equal_fields(type) && is_vec_element(type->types->data[0]);
  }

  static bool is_object(const FieldLayout &field) { return field.is_pointer; }

  llvm::Type *aggregate_type(DataType *type) {
    if (type->is_primitive)
      return memory_type(e_.shape(type).parts[0].type);
    const Layout *layout = type->layout;
    auto field_type = [&](uint32_t i) -> llvm::Type * {
      if (is_object(layout->fields[i]))
        return e_.unit.ptr();
      return aggregate_type(static_cast<DataType *>(type->types->data[i]));
    };
    if (is_vector(type)) {
      auto *element = static_cast<DataType *>(type->types->data[0]);
      return llvm::FixedVectorType::get(aggregate_type(static_cast<DataType *>(element->types->data[0])),
                                        layout->nfields);
    }
    if (is_tuple_type(type) && has_equal_fields(type))
      return llvm::ArrayType::get(field_type(0), layout->nfields);
    llvm::SmallVector<llvm::Type *, 4> fields;
    for (uint32_t i = 0; i < layout->nfields; i++)
      fields.push_back(field_type(i));
    return llvm::StructType::get(e_.unit.llvm, fields);
  }

  llvm::Value *scratch() {
    return e_.alloca_at_entry(e_.unit.i8(), "", (shape_.size + 15) / 16 * 16, llvm::Align(16));
  }

  llvm::Value *load(DataType *type, llvm::Value *bytes) {
    llvm::Type *whole = aggregate_type(type);
    if (type->is_primitive || is_vector(type))
      return e_.ir.CreateAlignedLoad(whole, bytes, llvm::Align(type->layout->alignment));
    llvm::Value *value = llvm::PoisonValue::get(whole);
    for (uint32_t i = 0; i < type->layout->nfields; i++) {
      const FieldLayout &field = type->layout->fields[i];
      llvm::Value *place = e_.byte_offset(bytes, field.offset);
      value = e_.ir.CreateInsertValue(value,
                                      is_object(field)
                                          ? e_.ir.CreateAlignedLoad(e_.unit.ptr(), place, llvm::Align(8))
                                          : load(static_cast<DataType *>(type->types->data[i]), place),
                                      i);
    }
    return value;
  }

  void store(DataType *type, llvm::Value *value, llvm::Value *bytes) {
    if (type->is_primitive || is_vector(type)) {
      e_.ir.CreateAlignedStore(value, bytes, llvm::Align(type->layout->alignment));
      return;
    }
    for (uint32_t i = 0; i < type->layout->nfields; i++) {
      const FieldLayout &field = type->layout->fields[i];
      llvm::Value *place = e_.byte_offset(bytes, field.offset), *part = e_.ir.CreateExtractValue(value, i);
      if (is_object(field))
        e_.ir.CreateAlignedStore(part, place, llvm::Align(8));
      else
        store(static_cast<DataType *>(type->types->data[i]), part, place);
    }
  }

  Emitter &e_;
  Value *type_;
  const Shape &shape_;
  BoolAs bools_;
  llvm::Type *llvm_ = nullptr;
};

Val failed(Emitter &e, const std::string &message) {
  emit_error(e, message);
  return poison_value(e, e.shape(types::Bottom_));
}

llvm::StringRef bytes_of(Value *v) {
  if (type_of(v) == types::String_)
    return llvm::StringRef(static_cast<String *>(v)->view());
  auto *array = static_cast<Array *>(v);
  return {array->data<char>(), array_length(array)};
}

bool is_bytes(Value *v) {
  if (type_of(v) == types::String_)
    return true;
  return is_array(v) && type_of(v)->parameters->data[0] == types::UInt8 &&
         array_rank(static_cast<Array *>(v)) == 1;
}

/// False when it is neither a text nor a module with the name of its entry.
bool read_source(Emitter &e, Value *code, LlvmSource &source) {
  if (type_of(code) == types::String_) {
    source = {bytes_of(code), ""};
    return true;
  }
  if (!is_tuple_type(type_of(code)) || field_count(type_of(code)) != 2)
    return false;
  Value *module = jl::tuple_field(e.unit.task, code, 0), *entry = jl::tuple_field(e.unit.task, code, 1);
  if (!is_bytes(module) || type_of(entry) != types::String_ || bytes_of(entry).empty())
    return false;
  source = {bytes_of(module), bytes_of(entry)};
  return true;
}

llvm::ArrayRef<Value *> types_of(const LlvmCall &call) {
  SimpleVector *types = static_cast<DataType *>(call.types)->parameters;
  return {types->data, types->length};
}

struct Prepared {
  std::vector<LlvmForm> forms;
  std::vector<LlvmForm> result; // one
  llvm::Function *function = nullptr;
};

llvm::Expected<Prepared> prepare(Emitter &e, const LlvmCall &call, const LlvmSource &source, BoolAs bools) {
  Prepared prepared;
  llvm::SmallVector<llvm::Type *, 4> parameters;
  for (Value *type : types_of(call)) {
    prepared.forms.emplace_back(e, type, bools);
    parameters.push_back(prepared.forms.back().type());
  }
  prepared.result.emplace_back(e, call.result, bools);
  auto *type = llvm::FunctionType::get(prepared.result[0].type(), parameters, false);
  llvm::Expected<llvm::Function *> function = adopt_llvm(e.unit, source, type);
  if (!function)
    return function.takeError();
  prepared.function = *function;
  return prepared;
}

bool has_bool(const LlvmCall &call) {
  for (Value *type : types_of(call))
    if (type == types::Bool)
      return true;
  return call.result == types::Bool;
}

} // namespace

Val emit_llvm_call(Emitter &e, const LlvmCall &call, llvm::ArrayRef<Val> arguments) {
  LlvmSource source;
  if (!read_source(e, call.code, source))
    return failed(e, "IR passed to llvmcall must be a string or tuple of two strings");
  if (!is_type(call.result) || !is_tuple_type(call.types) || has_free_typevars(call.result))
    return failed(e, "llvmcall: the result's type and a Tuple of the arguments' types must be known");
  size_t n = types_of(call).size();
  if (n != arguments.size())
    return failed(e, "llvmcall: " + std::to_string(arguments.size()) + " arguments for " +
                         type_to_string(call.types));
  llvm::Expected<Prepared> prepared = prepare(e, call, source, BoolAs::Byte);
  if (!prepared && has_bool(call)) {
    llvm::Error first = prepared.takeError();
    prepared = prepare(e, call, source, BoolAs::Bit);
    if (prepared) {
      llvm::consumeError(std::move(first));
    } else {
      llvm::consumeError(prepared.takeError());
      return failed(e, llvm::toString(std::move(first)));
    }
  }
  if (!prepared)
    return failed(e, llvm::toString(prepared.takeError()));
  llvm::SmallVector<llvm::Value *, 4> passed;
  for (size_t i = 0; i < n; i++) {
    Value *type = types_of(call)[i];
    passed.push_back(
        prepared->forms[i].pass(convert(e, emit_typeassert(e, arguments[i], type, "llvmcall"), type)));
  }
  auto *result = e.ir.CreateCall(prepared->function, passed);
  result->setCallingConv(prepared->function->getCallingConv());
  e.note_call(result);
  if (call.result == types::Bottom_) {
    end_with_call(e, result);
    return poison_value(e, e.shape(types::Bottom_));
  }
  return prepared->result[0].receive(result);
}

} // namespace jl::emit
