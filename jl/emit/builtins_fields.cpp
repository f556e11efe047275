// SPDX-License-Identifier: MIT
#include "jl/emit/builtins_fields.h"

#include "jl/emit/aggregates.h"
#include "jl/emit/boxing.h"
#include "jl/emit/memory.h"
#include "jl/emit/runtime_calls.h"
#include "jl/emit/type_tests.h"
#include "jl/emit/values.h"
#include "jl/runtime/builtins.h"
#include "jl/runtime/symbols.h"
#include "jl/runtime/values.h"

namespace jl::emit {

namespace {

/// The struct or tuple type of an object, where fields can be found by their layout.
DataType *known_struct(const Val &object) {
  DataType *type = object.constant ? type_of(object.constant) : object.shape->concrete;
  return type && type->layout && !type->is_primitive && type->layout->nfields > 0 ? type : nullptr;
}

/// 0-based index of the field that a constant name or index means, or -1.
int64_t constant_index(DataType *type, const Val &field) {
  if (!field.constant)
    return -1;
  if (type_of(field.constant) == types::Symbol_)
    return field_index(type, static_cast<SymbolValue *>(field.constant)->name);
  if (type_of(field.constant) != types::Int64)
    return -1;
  int64_t index = unbox_int64(field.constant) - 1;
  return index >= 0 && index < int64_t(type->layout->nfields) ? index : -1;
}

/// The type of all elements of a tuple that lie side by side, or null.
Value *common_element(DataType *type) {
  if (!is_tuple_type(type) || type->layout->nfields == 0)
    return nullptr;
  Value *first = field_type(type, 0);
  for (uint32_t i = 1; i < type->layout->nfields; i++)
    if (field_type(type, i) != first)
      return nullptr;
  return first;
}

/// An order (Symbol) asks for an atomic access.
bool has_order(llvm::ArrayRef<Val> args) {
  return args.size() == 3 && args[2].constant && is_symbol(args[2].constant);
}

/// By one load. A struct is read field by field.
bool is_read_at_once(const DataType *type, size_t index) {
  const Value *stored = type->types->data[index];
  bool is_struct = !type->layout->fields[index].is_pointer && type_of(stored) == types::DataType_ &&
                   static_cast<const DataType *>(stored)->layout &&
                   static_cast<const DataType *>(stored)->layout->nfields > 0;
  return is_exchanged_at_once(type, index) && !is_struct;
}

/// Third argument false: no check of the index.
std::optional<bool> checks_index(llvm::ArrayRef<Val> args) {
  if (args.size() == 2 || has_order(args))
    return true;
  if (args.size() != 3 || !args[2].constant || type_of(args[2].constant) != types::Bool)
    return std::nullopt;
  return unbox_bool(args[2].constant);
}

std::optional<Val> get_by_variable_index(Emitter &e, const Val &object, DataType *type, const Val &index,
                                         bool check) {
  Value *element = common_element(type);
  if (!element || index.constant || index.type() != types::Int64)
    return std::nullopt;
  llvm::Value *one_based = scalar_of(e, index), *place = e.ir.CreateSub(one_based, e.int64(1));
  llvm::Value *inside = e.ir.CreateICmpULT(place, e.int64(type->layout->nfields));
  if (check)
    e.require(inside, "out_of_bounds", [&] {
      call_runtime(e, "jl_throw_bounds_field", {e.task, box(e, object), one_based})->setDoesNotReturn();
    });
  return emit_get_element(e, object, place, element);
}

/// A field at the same place and of the same type in all members of an unboxed union is rare: the runtime
/// does it.
bool has_one_type(const Val &object) {
  return object.constant || object.shape->concrete;
}

} // namespace

std::optional<Val> emit_getfield(Emitter &e, llvm::ArrayRef<Val> args) {
  if (args.size() < 2 || !has_one_type(args[0]))
    return std::nullopt;
  DataType *type = known_struct(args[0]);
  std::optional<bool> check = checks_index(args);
  if (!type || !check)
    return std::nullopt;
  int64_t index = constant_index(type, args[1]);
  if (has_order(args) && (index < 0 || !is_read_at_once(type, size_t(index))))
    return std::nullopt;
  if (index >= 0)
    return emit_get_field(e, args[0], uint32_t(index));
  return get_by_variable_index(e, args[0], type, args[1], *check);
}

std::optional<Val> emit_setfield(Emitter &e, llvm::ArrayRef<Val> args) {
  DataType *type = args.size() == 3 && has_one_type(args[0]) ? known_struct(args[0]) : nullptr;
  int64_t index = type ? constant_index(type, args[1]) : -1;
  if (index < 0 || type->name->is_const_field(size_t(index)))
    return std::nullopt;
  Val value = emit_typeassert(e, args[2], field_type(type, uint32_t(index)), "setfield!");
  emit_set_field(e, args[0], uint32_t(index), value);
  return value;
}

std::optional<Val> emit_isdefined(Emitter &e, llvm::ArrayRef<Val> args) {
  DataType *type = args.size() == 2 && has_one_type(args[0]) ? known_struct(args[0]) : nullptr;
  int64_t index = type ? constant_index(type, args[1]) : -1;
  if (index < 0)
    return std::nullopt;
  return bool_value(e, emit_is_field_defined(e, args[0], uint32_t(index)));
}

std::optional<Val> emit_nfields(Emitter &e, llvm::ArrayRef<Val> args) {
  DataType *type = args.size() == 1 && !args[0].constant ? args[0].shape->concrete : nullptr;
  if (!type || !type->layout)
    return std::nullopt;
  return scalar_value(e, types::Int64, e.int64(type->layout->nfields));
}

} // namespace jl::emit
