// SPDX-License-Identifier: MIT
#include "jl/emit/c_values.h"

#include "jl/emit/boxing.h"
#include "jl/emit/memory.h"
#include "jl/emit/type_tests.h"
#include "jl/emit/values.h"
#include "jl/runtime/values.h"

namespace jl::emit {

namespace {

llvm::Type *scalar_type(UnitContext &unit, Value *type) {
  return memory_type(unit.shapes.of(type).parts[0].type);
}

llvm::Attribute::AttrKind extension_of(Value *type, const CPassing &passing) {
  if (passing.place != CPlace::Scalar || passing.size >= 4 || type == types::Float16)
    return llvm::Attribute::None;
  return passing.is_signed ? llvm::Attribute::SExt : llvm::Attribute::ZExt;
}

llvm::Type *word_type(UnitContext &unit, const CWord &word) {
  if (word.only)
    return scalar_type(unit, word.only);
  if (word.is_packed)
    return llvm::FixedVectorType::get(llvm::Type::getFloatTy(unit.llvm), 2);
  if (word.is_float)
    return word.bytes > 4 ? llvm::Type::getDoubleTy(unit.llvm) : llvm::Type::getFloatTy(unit.llvm);
  return llvm::Type::getIntNTy(unit.llvm, word.bytes * 8u);
}

llvm::Type *bytes_type(UnitContext &unit, uint64_t size) {
  return llvm::ArrayType::get(unit.i8(), size);
}

/// Memory that may be read and written in whole words.
llvm::AllocaInst *scratch(Emitter &e, const CPassing &passing) {
  return e.alloca_at_entry(e.unit.i8(), "", (passing.size + 15) / 16 * 16, llvm::Align(16));
}

llvm::Value *bytes_of(Emitter &e, const CPassing &passing, const Val &value) {
  if (value.is(ShapeKind::Memory) && !value.constant)
    return value.parts[0];
  llvm::Value *address = scratch(e, passing);
  store_value(e, value, address, Access::Unknown);
  return address;
}

llvm::Value *load_word(Emitter &e, const CPassing &passing, unsigned i, llvm::Value *bytes) {
  auto *load = e.ir.CreateAlignedLoad(word_type(e.unit, passing.words[i]), e.byte_offset(bytes, i * 8),
                                      llvm::Align(8));
  e.set_access(load, Access::Unknown);
  return load;
}

void store_word(Emitter &e, unsigned i, llvm::Value *word, llvm::Value *bytes) {
  e.set_access(e.ir.CreateAlignedStore(word, e.byte_offset(bytes, i * 8), llvm::Align(8)), Access::Unknown);
}

llvm::Value *to_memory_form(Emitter &e, llvm::Value *scalar) {
  return scalar->getType()->isIntegerTy(1) ? e.ir.CreateZExt(scalar, e.unit.i8()) : scalar;
}

Val from_memory_form(Emitter &e, Value *type, llvm::Value *scalar) {
  const Shape &shape = e.shape(type);
  if (shape.parts[0].type->isIntegerTy(1))
    scalar = e.ir.CreateTrunc(scalar, e.unit.i1());
  return parts_value(shape, {scalar});
}

llvm::Type *result_type(UnitContext &unit, const CSignature &signature) {
  switch (signature.result.place) {
  case CPlace::Scalar:
    return scalar_type(unit, signature.result_type);
  case CPlace::Object:
    return unit.ptr();
  case CPlace::Words: {
    llvm::SmallVector<llvm::Type *, 2> words;
    for (unsigned i = 0; i < signature.result.n_words; i++)
      words.push_back(word_type(unit, signature.result.words[i]));
    return words.size() == 1 ? words[0] : llvm::StructType::get(unit.llvm, words);
  }
  default:
    return llvm::Type::getVoidTy(unit.llvm);
  }
}

/// The LLVM parameters and attributes of a signature, one Julia parameter after the other.
struct SignatureMaker {
  UnitContext &unit;
  CSignature &signature;
  CRegisters registers;
  llvm::SmallVector<llvm::Type *, 8> types = {};

  void add_attribute(llvm::Attribute attribute) {
    unsigned last = unsigned(types.size() - 1);
    signature.attributes = signature.attributes.addParamAttribute(unit.llvm, last, attribute);
  }

  void add_result() {
    CPassing &result = signature.result;
    auto extension = extension_of(signature.result_type, result);
    if (extension != llvm::Attribute::None)
      signature.attributes = signature.attributes.addRetAttribute(unit.llvm, extension);
    if (result.place != CPlace::Memory)
      return;
    signature.buffer_type = bytes_type(unit, result.size);
    types.push_back(unit.ptr());
    add_attribute(llvm::Attribute::getWithStructRetType(unit.llvm, signature.buffer_type));
    registers.integer--;
  }

  void add_struct(CParameter &parameter) {
    const CPassing &passing = parameter.passing;
    parameter.on_stack = passing.place == CPlace::Memory || !registers.take(passing);
    for (unsigned i = 0; i < passing.n_words && !parameter.on_stack; i++)
      types.push_back(word_type(unit, passing.words[i]));
    if (!parameter.on_stack)
      return;
    types.push_back(unit.ptr());
    add_attribute(llvm::Attribute::getWithByValType(unit.llvm, bytes_type(unit, passing.size)));
    add_attribute(llvm::Attribute::getWithAlignment(unit.llvm, llvm::Align(passing.alignment)));
  }

  void add(Value *type, bool is_fixed) {
    CParameter parameter{type, c_passing(type)};
    parameter.first = unsigned(types.size());
    if (parameter.passing.place == CPlace::Scalar) {
      parameter.is_promoted = !is_fixed && type == types::Float32;
      types.push_back(parameter.is_promoted ? llvm::Type::getDoubleTy(unit.llvm) : scalar_type(unit, type));
      if (auto extension = extension_of(type, parameter.passing); extension != llvm::Attribute::None)
        add_attribute(llvm::Attribute::get(unit.llvm, extension));
      registers.take_scalar(type, parameter.passing);
    } else if (parameter.passing.place == CPlace::Object) {
      types.push_back(unit.ptr());
      registers.take_scalar(type, parameter.passing);
    } else if (parameter.passing.place != CPlace::Nothing) {
      add_struct(parameter);
    }
    signature.parameters.push_back(parameter);
  }
};

} // namespace

CSignature make_c_signature(UnitContext &unit, Value *result, llvm::ArrayRef<Value *> parameters,
                            size_t fixed) {
  CSignature signature;
  signature.result_type = result;
  signature.result = c_passing(result);
  signature.never_returns = result == types::Bottom_;
  SignatureMaker maker{unit, signature, {}};
  maker.add_result();
  size_t fixed_llvm = maker.types.size();
  for (size_t i = 0; i < parameters.size(); i++) {
    maker.add(parameters[i], i < fixed);
    if (i < fixed)
      fixed_llvm = maker.types.size();
  }
  signature.type =
      llvm::FunctionType::get(result_type(unit, signature),
                              llvm::ArrayRef(maker.types).take_front(fixed_llvm), fixed < parameters.size());
  return signature;
}

void pass_to_c(Emitter &e, const CParameter &parameter, const Val &value,
               llvm::SmallVectorImpl<llvm::Value *> &passed) {
  const CPassing &passing = parameter.passing;
  if (passing.place == CPlace::Nothing)
    return;
  if (passing.place == CPlace::Object) {
    bool is_address = value.shape->is_scalar() && value.shape->parts[0].type->isPointerTy();
    passed.push_back(is_address ? scalar_of(e, value) : box(e, value));
  } else if (passing.place == CPlace::Scalar) {
    llvm::Value *scalar = to_memory_form(e, scalar_of(e, value));
    passed.push_back(parameter.is_promoted ? e.ir.CreateFPExt(scalar, e.ir.getDoubleTy()) : scalar);
  } else if (parameter.on_stack) {
    llvm::Value *copy = scratch(e, passing);
    store_value(e, value, copy, Access::Unknown);
    passed.push_back(copy);
  } else {
    llvm::Value *bytes = bytes_of(e, passing, value);
    for (unsigned i = 0; i < passing.n_words; i++)
      passed.push_back(load_word(e, passing, i, bytes));
  }
}

Val receive_from_c(Emitter &e, const CParameter &parameter) {
  const CPassing &passing = parameter.passing;
  const Shape &shape = e.shape(parameter.type);
  if (passing.place == CPlace::Nothing)
    return shape.instance ? constant_value(e, shape.instance) : poison_value(e, shape);
  llvm::Value *first = e.function->getArg(parameter.first);
  if (passing.place == CPlace::Object)
    return boxed_value(e, first, parameter.type);
  if (passing.place == CPlace::Scalar)
    return from_memory_form(e, parameter.type, first);
  if (parameter.on_stack)
    return load_value(e, shape, first, Access::Unknown, Bytes::MayChange);
  llvm::Value *bytes = scratch(e, passing);
  for (unsigned i = 0; i < passing.n_words; i++)
    store_word(e, i, e.function->getArg(parameter.first + i), bytes);
  return load_value(e, shape, bytes, Access::Unknown, Bytes::MayChange);
}

llvm::Value *make_result_buffer(Emitter &e, const CSignature &signature) {
  return signature.buffer_type ? scratch(e, signature.result) : nullptr;
}

Val result_from_c(Emitter &e, const CSignature &signature, llvm::CallInst *call, llvm::Value *buffer,
                  Value *object_type) {
  const Shape &shape = e.shape(signature.result_type);
  switch (signature.result.place) {
  case CPlace::Scalar:
    return from_memory_form(e, signature.result_type, call);
  case CPlace::Object:
    return boxed_value(e, call, object_type);
  case CPlace::Memory:
    return load_value(e, shape, buffer, Access::Unknown, Bytes::MayChange);
  case CPlace::Words:
    break;
  default:
    return constant_value(e, shape.instance ? shape.instance : types::Nothing->instance);
  }
  llvm::Value *bytes = scratch(e, signature.result);
  for (unsigned i = 0; i < signature.result.n_words; i++)
    store_word(e, i, signature.result.n_words == 1 ? call : e.ir.CreateExtractValue(call, i), bytes);
  return load_value(e, shape, bytes, Access::Unknown, Bytes::MayChange);
}

void return_to_c(Emitter &e, const CSignature &signature, const Val &value) {
  const CPassing &passing = signature.result;
  if (passing.place == CPlace::Scalar) {
    e.ir.CreateRet(to_memory_form(e, scalar_of(e, value)));
  } else if (passing.place == CPlace::Object) {
    e.ir.CreateRet(box(e, value));
  } else if (passing.place == CPlace::Memory) {
    store_value(e, value, e.function->getArg(0), Access::Unknown);
    e.ir.CreateRetVoid();
  } else if (passing.place == CPlace::Words) {
    llvm::Value *bytes = bytes_of(e, passing, value), *result = load_word(e, passing, 0, bytes);
    if (passing.n_words == 2)
      result = e.ir.CreateInsertValue(
          e.ir.CreateInsertValue(llvm::PoisonValue::get(signature.type->getReturnType()), result, 0),
          load_word(e, passing, 1, bytes), 1);
    e.ir.CreateRet(result);
  } else {
    e.ir.CreateRetVoid();
  }
}

} // namespace jl::emit
