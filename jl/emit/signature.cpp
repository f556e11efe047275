// SPDX-License-Identifier: MIT
#include "jl/emit/signature.h"

#include "jl/emit/boxing.h"
#include "jl/emit/memory.h"
#include "jl/emit/runtime_calls.h"
#include "jl/emit/values.h"

namespace jl::emit {

namespace {

/// As many scalars of one value go into registers.
constexpr unsigned kRegisterParts = 2;

SimpleVector *parameter_types(Value *spec_types) {
  return static_cast<DataType *>(unwrap_union_all(spec_types))->parameters;
}

bool is_signed(Value *type) {
  return type == types::Int8 || type == types::Int16 || type == types::Int32 || type == types::Int64;
}

Passing passing_of(const Shape &shape) {
  switch (shape.kind) {
  case ShapeKind::Ghost:
  case ShapeKind::Never:
    return Passing::Omitted;
  case ShapeKind::Parts:
    return shape.parts.size() <= kRegisterParts ? Passing::Scalars : Passing::Reference;
  case ShapeKind::Memory:
    return Passing::Reference;
  default:
    return Passing::Object; // unions as well: methods are rarely specialised for them
  }
}

ResultPassing result_passing_of(const Shape &shape, Value *constant) {
  switch (shape.kind) {
  case ShapeKind::Never:
    return ResultPassing::Never;
  case ShapeKind::Ghost:
    return ResultPassing::None;
  case ShapeKind::Parts:
    if (constant)
      return ResultPassing::None;
    return shape.parts.size() <= kRegisterParts ? ResultPassing::Scalars : ResultPassing::Buffer;
  case ShapeKind::Memory:
    return constant ? ResultPassing::None : ResultPassing::Buffer;
  case ShapeKind::Union:
    return shape.parts.size() <= kRegisterParts ? ResultPassing::Union : ResultPassing::UnionBuffer;
  case ShapeKind::Boxed:
    break;
  }
  return constant ? ResultPassing::None : ResultPassing::Object;
}

/// Bool travels as a byte.
llvm::Type *passed_type(llvm::Type *part) {
  return memory_type(part);
}

llvm::Type *parts_struct(UnitContext &unit, const Shape &shape) {
  llvm::SmallVector<llvm::Type *, 4> types;
  for (const Part &part : shape.parts)
    types.push_back(passed_type(part.type));
  return llvm::StructType::get(unit.llvm, types);
}

uint64_t buffer_bytes(const Shape &shape) {
  if (!shape.is(ShapeKind::Union))
    return shape.size;
  uint64_t bytes = 0;
  for (const Shape *member : shape.members)
    bytes = std::max<uint64_t>(bytes, member->size);
  return bytes;
}

llvm::Type *result_type(UnitContext &unit, const Signature &signature) {
  const Shape &shape = *signature.result;
  switch (signature.result_passing) {
  case ResultPassing::Object:
    return unit.ptr();
  case ResultPassing::Scalars:
    return shape.parts.size() == 1 ? passed_type(shape.parts[0].type) : parts_struct(unit, shape);
  case ResultPassing::UnionBuffer:
    return unit.i8();
  case ResultPassing::Union: {
    llvm::SmallVector<llvm::Type *, 4> types;
    for (const Part &part : shape.parts)
      types.push_back(passed_type(part.type));
    types.push_back(unit.i8());
    return types.size() == 1 ? types[0] : llvm::StructType::get(unit.llvm, types);
  }
  default:
    return llvm::Type::getVoidTy(unit.llvm);
  }
}

bool uses_buffer(ResultPassing passing) {
  return passing == ResultPassing::Buffer || passing == ResultPassing::UnionBuffer;
}

/// Collects the LLVM parameters of a signature.
class Builder {
public:
  Builder(UnitContext &unit, Signature &signature) : unit_(unit), signature_(signature) {}

  void add_buffer() {
    if (!uses_buffer(signature_.result_passing))
      return;
    signature_.buffer_type = llvm::ArrayType::get(unit_.i8(), buffer_bytes(*signature_.result));
    llvm::AttrBuilder attributes(unit_.llvm);
    if (signature_.result_passing == ResultPassing::Buffer) // sret is for functions that return nothing else
      attributes.addStructRetAttr(signature_.buffer_type);
    attributes.addAttribute(llvm::Attribute::NoAlias).addAttribute(llvm::Attribute::NoCapture);
    attributes.addDereferenceableAttr(buffer_bytes(*signature_.result)).addAlignmentAttr(8);
    add(unit_.ptr(), attributes);
  }

  void add_task() {
    signature_.task_index = types_.size();
    llvm::AttrBuilder attributes(unit_.llvm);
    attributes.addAttribute(llvm::Attribute::SwiftSelf).addAttribute(llvm::Attribute::NonNull);
    attributes.addDereferenceableAttr(offsetof(Task, handlers) + sizeof(void *));
    add(unit_.ptr(), attributes);
  }

  void add_argument(Value *type) {
    const Shape &shape = unit_.shapes.of(type);
    Passing passing = passing_of(shape);
    const Shape &passed = passing == Passing::Object ? unit_.shapes.boxed(type) : shape;
    signature_.parameters.push_back({&passed, passing, unsigned(types_.size())});
    if (passing == Passing::Object)
      add(unit_.ptr(), object_attributes(passed));
    if (passing == Passing::Reference)
      add(unit_.ptr(), reference_attributes(passed));
    if (passing == Passing::Scalars)
      for (const Part &part : shape.parts)
        add(passed_type(part.type), scalar_attributes(part));
  }

  void finish() {
    llvm::AttrBuilder function(unit_.llvm);
    if (signature_.result_passing == ResultPassing::Never)
      function.addAttribute(llvm::Attribute::NoReturn).addAttribute(llvm::Attribute::Cold);
    signature_.type = llvm::FunctionType::get(result_type(unit_, signature_), types_, false);
    signature_.attributes = llvm::AttributeList::get(
        unit_.llvm, llvm::AttributeSet::get(unit_.llvm, function), result_attributes(), sets_);
  }

private:
  void add(llvm::Type *type, const llvm::AttrBuilder &attributes) {
    types_.push_back(type);
    sets_.push_back(llvm::AttributeSet::get(unit_.llvm, attributes));
  }

  llvm::AttrBuilder object_attributes(const Shape &shape) {
    llvm::AttrBuilder attributes(unit_.llvm);
    attributes.addAttribute(llvm::Attribute::NonNull).addAttribute(llvm::Attribute::NoUndef);
    if (shape.size != 0)
      attributes.addDereferenceableAttr(shape.size).addAlignmentAttr(8);
    return attributes;
  }

  llvm::AttrBuilder reference_attributes(const Shape &shape) {
    llvm::AttrBuilder attributes(unit_.llvm);
    attributes.addAttribute(llvm::Attribute::NoCapture).addAttribute(llvm::Attribute::ReadOnly);
    attributes.addAttribute(llvm::Attribute::NoAlias).addAttribute(llvm::Attribute::NonNull);
    attributes.addDereferenceableAttr(shape.size).addAlignmentAttr(8);
    return attributes;
  }

  llvm::AttrBuilder scalar_attributes(const Part &part) {
    llvm::AttrBuilder attributes(unit_.llvm);
    if (part.type->isIntegerTy() && part.type->getIntegerBitWidth() <= 64)
      attributes.addAttribute(is_signed(part.julia_type) ? llvm::Attribute::SExt : llvm::Attribute::ZExt);
    return attributes;
  }

  llvm::AttributeSet result_attributes() {
    if (signature_.result_passing == ResultPassing::Object)
      return llvm::AttributeSet::get(unit_.llvm,
                                     object_attributes(unit_.shapes.boxed(signature_.result->type)));
    llvm::AttrBuilder attributes(unit_.llvm);
    bool one = signature_.result_passing == ResultPassing::Scalars && signature_.result->parts.size() == 1;
    if (one && signature_.result->parts[0].type->isIntegerTy(1))
      attributes.addAttribute(llvm::Attribute::ZExt);
    return llvm::AttributeSet::get(unit_.llvm, attributes);
  }

  UnitContext &unit_;
  Signature &signature_;
  llvm::SmallVector<llvm::Type *, 8> types_;
  llvm::SmallVector<llvm::AttributeSet, 8> sets_;
};

llvm::Value *to_passed(Emitter &e, llvm::Value *part) {
  return part->getType()->isIntegerTy(1) ? e.ir.CreateZExt(part, e.unit.i8()) : part;
}

llvm::Value *from_passed(Emitter &e, llvm::Value *passed, llvm::Type *part) {
  return part->isIntegerTy(1) ? e.ir.CreateTrunc(passed, part) : passed;
}

} // namespace

bool has_specialised_signature(Value *spec_types, Value *result, Value *result_constant) {
  if (type_of(spec_types) != types::DataType_ || has_free_typevars(spec_types))
    return false;
  SimpleVector *parameters = parameter_types(spec_types);
  for (size_t i = 0; i < parameters->length; i++)
    if (type_of((*parameters)[i]) == types::Vararg_)
      return false;
  if (result_constant || result != types::Any || parameters->length <= 1)
    return true;
  for (size_t i = 1; i < parameters->length; i++)
    if (is_concrete_type((*parameters)[i]) || only_type_of((*parameters)[i]))
      return true;
  return false;
}

Signature make_signature(UnitContext &unit, const CodeInstance *code) {
  return make_signature(unit, code->def->spec_types, code->rettype, code->rettype_const);
}

Signature make_signature(UnitContext &unit, Value *spec_types, Value *result, Value *result_constant) {
  Signature signature;
  signature.result = &unit.shapes.of(result);
  signature.result_constant = result_constant ? result_constant : signature.result->instance;
  signature.result_passing = result_passing_of(*signature.result, result_constant);
  Builder builder(unit, signature);
  builder.add_buffer();
  builder.add_task();
  SimpleVector *parameters = parameter_types(spec_types);
  for (size_t i = 0; i < parameters->length; i++)
    builder.add_argument((*parameters)[i]);
  builder.finish();
  return signature;
}

llvm::FunctionType *args_function_type(UnitContext &unit) {
  return llvm::FunctionType::get(unit.ptr(), {unit.ptr(), unit.ptr(), unit.i32(), unit.ptr()}, false);
}

llvm::AttributeList args_function_attributes(UnitContext &unit) {
  llvm::AttributeList list;
  list = list.addRetAttribute(unit.llvm, llvm::Attribute::NonNull);
  for (auto kind : {llvm::Attribute::NoAlias, llvm::Attribute::NoCapture, llvm::Attribute::NoUndef,
                    llvm::Attribute::ReadOnly})
    list = list.addParamAttribute(unit.llvm, kArgsValues, kind);
  return list.addParamAttribute(unit.llvm, kArgsTask, llvm::Attribute::SwiftSelf);
}

void name_args_parameters(llvm::Function &function) {
  function.getArg(kArgsFunction)->setName("function::Core.Function");
  function.getArg(kArgsValues)->setName("args::Any[]");
  function.getArg(kArgsCount)->setName("nargs::UInt32");
  function.getArg(kArgsTask)->setName("task");
}

std::vector<Val> receive_arguments(Emitter &e, const Signature &signature) {
  std::vector<Val> values;
  for (const Parameter &parameter : signature.parameters) {
    llvm::Argument *first =
        parameter.passing == Passing::Omitted ? nullptr : e.function->getArg(parameter.first);
    switch (parameter.passing) {
    case Passing::Omitted:
      values.push_back(poison_value(e, *parameter.shape));
      break;
    case Passing::Object:
      values.push_back(boxed_value(e, first, parameter.shape->type));
      break;
    case Passing::Reference:
      values.push_back(load_value(e, *parameter.shape, first, Access::Unknown, Bytes::Stay));
      break;
    case Passing::Scalars:
      values.push_back(parts_value(*parameter.shape, {}));
      for (size_t i = 0; i < parameter.shape->parts.size(); i++)
        values.back().parts.push_back(
            from_passed(e, e.function->getArg(parameter.first + i), parameter.shape->parts[i].type));
    }
  }
  return values;
}

namespace {

/// The address of the value's bytes, for a callee that only reads them.
llvm::Value *address_of(Emitter &e, const Val &value) {
  if (value.box && value.is(ShapeKind::Parts))
    return value.box;
  if (value.is(ShapeKind::Memory) || value.constant)
    return value.constant ? load_slot(e, value.constant) : value.parts[0];
  llvm::Value *copy = e.alloca_at_entry(e.unit.i8(), "", value.shape->size);
  store_value(e, value, copy, Access::Unknown);
  return copy;
}

void pass_argument(Emitter &e, const Parameter &parameter, const Val &argument,
                   llvm::SmallVectorImpl<llvm::Value *> &out) {
  if (parameter.passing == Passing::Omitted)
    return;
  Val value = convert(e, argument, *parameter.shape);
  if (parameter.passing == Passing::Reference) {
    out.push_back(address_of(e, value));
    return;
  }
  for (llvm::Value *part : parts_of(e, value))
    out.push_back(to_passed(e, part));
}

Val unpack_scalars(Emitter &e, const Shape &shape, llvm::Value *result, bool whole) {
  Val value = parts_value(shape, {});
  for (unsigned i = 0; i < shape.parts.size(); i++) {
    llvm::Value *part = whole ? result : e.ir.CreateExtractValue(result, i);
    value.parts.push_back(from_passed(e, part, shape.parts[i].type));
  }
  return value;
}

Val receive_result(Emitter &e, const Signature &signature, llvm::CallInst *call, llvm::Value *buffer) {
  const Shape &shape = *signature.result;
  switch (signature.result_passing) {
  case ResultPassing::None:
    return signature.result_constant ? constant_value(e, signature.result_constant) : ghost_value(e, shape);
  case ResultPassing::Never:
    end_with_call(e, call);
    return poison_value(e, shape);
  case ResultPassing::Object:
    return boxed_value(e, call, shape.type);
  case ResultPassing::Scalars:
    return unpack_scalars(e, shape, call, shape.parts.size() == 1);
  case ResultPassing::Buffer:
    return load_value(e, shape, buffer, Access::Unknown, Bytes::Stay);
  case ResultPassing::UnionBuffer: {
    Val value = parts_value(shape, {});
    for (const Part &part : shape.parts)
      value.parts.push_back(load_part(e, part, buffer, Access::Unknown));
    value.tag = call;
    return value;
  }
  case ResultPassing::Union: {
    bool whole = shape.parts.empty();
    Val value = unpack_scalars(e, shape, call, whole);
    value.tag = whole ? call : e.ir.CreateExtractValue(call, shape.parts.size());
    return value;
  }
  }
  return poison_value(e, shape);
}

llvm::Value *pack_scalars(Emitter &e, llvm::Type *type, llvm::ArrayRef<llvm::Value *> scalars) {
  if (scalars.size() == 1)
    return scalars[0];
  llvm::Value *result = llvm::PoisonValue::get(type);
  for (unsigned i = 0; i < scalars.size(); i++)
    result = e.ir.CreateInsertValue(result, scalars[i], i);
  return result;
}

} // namespace

Val call_specialised(Emitter &e, const Signature &signature, llvm::FunctionCallee callee,
                     llvm::ArrayRef<Val> arguments) {
  llvm::SmallVector<llvm::Value *, 8> passed;
  llvm::Value *buffer = nullptr;
  if (uses_buffer(signature.result_passing)) {
    buffer = e.alloca_at_entry(signature.buffer_type, "result");
    passed.push_back(buffer);
  }
  passed.push_back(e.task);
  for (size_t i = 0; i < signature.parameters.size(); i++)
    pass_argument(e, signature.parameters[i], arguments[i], passed);
  auto *call = e.ir.CreateCall(callee, passed);
  call->setAttributes(signature.attributes);
  e.note_call(call);
  return receive_result(e, signature, call, buffer);
}

void return_value(Emitter &e, const Signature &signature, const Val &value) {
  llvm::Type *type = signature.type->getReturnType();
  if (signature.result_passing == ResultPassing::Never) {
    e.ir.CreateUnreachable();
    return;
  }
  if (signature.result_passing == ResultPassing::None) {
    e.ir.CreateRetVoid();
    return;
  }
  Val result = convert(e, value, *signature.result);
  if (signature.result_passing == ResultPassing::Buffer) {
    store_value(e, result, e.function->getArg(0), Access::Unknown);
    e.ir.CreateRetVoid();
    return;
  }
  llvm::SmallVector<llvm::Value *, 4> scalars;
  auto parts = parts_of(e, result);
  if (signature.result_passing == ResultPassing::UnionBuffer) {
    for (size_t i = 0; i < parts.size(); i++)
      if (!llvm::isa<llvm::PoisonValue>(parts[i])) // of a member without a payload
        store_part(e, result.shape->parts[i], parts[i], e.function->getArg(0), Access::Unknown);
    parts.clear();
  }
  for (llvm::Value *part : parts)
    scalars.push_back(to_passed(e, part));
  if (result.tag)
    scalars.push_back(result.tag);
  e.ir.CreateRet(pack_scalars(e, type, scalars));
}

} // namespace jl::emit
