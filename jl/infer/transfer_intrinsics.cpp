// SPDX-License-Identifier: MIT
#include "jl/infer/guard.h"
#include "jl/infer/transfer.h"

namespace jl::inference {

namespace {

enum class Shape { SameAsFirst, Bool, Checked, Convert, Other };

Shape shape_of(Intrinsic i) {
  std::string_view name = intrinsic_name(i);
  if (name == "cglobal" || name == "pointerref" || name == "pointerset")
    return Shape::Other;
  if (name == "have_fma" || name == "fpiseq" || name.starts_with("eq_") || name.starts_with("ne_") ||
      name.starts_with("slt_") || name.starts_with("sle_") || name.starts_with("ult_") ||
      name.starts_with("ule_") || name.starts_with("lt_") || name.starts_with("le_"))
    return Shape::Bool;
  if (name.starts_with("checked_") && name.find("div") == name.npos && name.find("rem") == name.npos)
    return Shape::Checked;
  switch (i) {
  case Intrinsic::bitcast:
  case Intrinsic::sext_int:
  case Intrinsic::zext_int:
  case Intrinsic::trunc_int:
  case Intrinsic::fptoui:
  case Intrinsic::fptosi:
  case Intrinsic::uitofp:
  case Intrinsic::sitofp:
  case Intrinsic::fptrunc:
  case Intrinsic::fpext:
    return Shape::Convert;
  default:
    return Shape::SameAsFirst;
  }
}

bool is_division(Intrinsic i) {
  std::string_view name = intrinsic_name(i);
  return name.find("div_int") != name.npos || name.find("rem_int") != name.npos;
}

/// Of a size that intrinsics take.
bool is_primitive(const Lat &a) {
  return type_of(a.type) == types::DataType_ && static_cast<DataType *>(a.type)->is_primitive &&
         static_cast<DataType *>(a.type)->layout && static_cast<DataType *>(a.type)->layout->size <= 16;
}

/// A divisor that can neither be zero nor make the quotient overflow.
bool is_safe_divisor(const Lat &a) {
  if (!a.constant || !is_primitive(a))
    return false;
  uint32_t size = static_cast<DataType *>(a.type)->layout->size;
  const char *bytes = reinterpret_cast<const char *>(a.constant);
  bool zero = true, ones = true;
  for (uint32_t i = 0; i < size; i++) {
    zero &= bytes[i] == 0;
    ones &= bytes[i] == char(-1);
  }
  return !zero && !ones;
}

bool arguments_fit(Intrinsic i, Shape shape, Lats args) {
  size_t first = shape == Shape::Convert ? 1 : 0;
  for (size_t k = first; k < args.size(); k++)
    if (!is_primitive(args[k]))
      return false;
  if (shape == Shape::Convert) {
    Value *to = exact_type_value(args[0]);
    return to && is_primitive({to});
  }
  if (i == Intrinsic::shl_int || i == Intrinsic::lshr_int || i == Intrinsic::ashr_int ||
      i == Intrinsic::add_ptr || i == Intrinsic::sub_ptr)
    return true;
  for (size_t k = 1; k < args.size(); k++)
    if (args[k].type != args[0].type)
      return false;
  return true;
}

Lat result_of(Shape shape, Lats args) {
  switch (shape) {
  case Shape::Bool:
    return lat_type(types::Bool);
  case Shape::Checked: {
    Value *parameters[] = {args[0].type, types::Bool};
    return is_primitive(args[0]) ? lat_type(make_tuple_type(parameters)) : lat_type(types::Tuple);
  }
  case Shape::Convert:
    return lat_type(instance_type(args[0]));
  default:
    return is_primitive(args[0]) ? Lat{args[0].type} : any();
  }
}

Value *pointee(const Lat &pointer) {
  if (type_of(pointer.type) != types::DataType_)
    return types::Any;
  auto *type = static_cast<DataType *>(pointer.type);
  auto *wrapper = static_cast<DataType *>(unwrap_union_all(types::Ptr));
  if (type->name != wrapper->name || !is_type(type->parameters->data[0]))
    return types::Any;
  return type->parameters->data[0];
}

Transfer transfer_pointer(Intrinsic i, Lats args) {
  if (i == Intrinsic::pointerref)
    return {lat_type(pointee(args[0])), kEffectFree | kTerminates};
  if (i == Intrinsic::pointerset)
    return {Lat{args[0].type}, kTerminates};
  Value *t = exact_type_value(args[1]); // cglobal(name, T)
  if (!t)
    return {lat_type(types::Ptr), kTerminates};
  Value *type = apply_type(current_task(), types::Ptr, {&t, 1});
  return {lat_type(type), kTerminates};
}

bool all_constant(Lats args) {
  for (const Lat &a : args)
    if (!a.constant)
      return false;
  return true;
}

Value *fold(Task *task, Intrinsic i, Lats args) {
  Value *values[8];
  for (size_t k = 0; k < args.size(); k++)
    values[k] = args[k].constant;
  return run_guarded(task, [&] { return run_intrinsic(task, i, values, uint32_t(args.size())); });
}

} // namespace

Transfer transfer_intrinsic(Task *task, Intrinsic i, Lats args) {
  for (const Lat &a : args)
    if (is_bottom(a))
      return {bottom(), kAllEffects};
  if (int(args.size()) != intrinsic_arity(i) || args.size() > 8)
    return {i == Intrinsic::cglobal && !args.empty() ? lat_type(types::Ptr) : any(), 0};
  Shape shape = shape_of(i);
  if (shape == Shape::Other)
    return transfer_pointer(i, args);
  uint32_t effects = kConsistent | kEffectFree | kTerminates;
  if (i == Intrinsic::have_fma)
    return {lat_type(types::Bool), effects | kNothrow};
  bool fits = arguments_fit(i, shape, args);
  if (fits && (!is_division(i) || is_safe_divisor(args[1])))
    effects |= kNothrow;
  if (fits && all_constant(args)) {
    if (Value *value = fold(task, i, args))
      return {holds_address(value) ? result_of(shape, args) : lat_const(value), effects | kNothrow};
    if (is_division(i))
      return {bottom(), effects};
  }
  return {result_of(shape, args), effects};
}

} // namespace jl::inference
