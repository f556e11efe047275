// SPDX-License-Identifier: MIT
#include "jl/content/fixed_parts.h"

#include <algorithm>

#include "jl/content/constants.h"
#include "jl/infer/lattice.h"
#include "jl/runtime/arrays.h"
#include "jl/runtime/module.h"
#include "jl/runtime/task.h"
#include "jl/runtime/values.h"

namespace jl::content {

namespace {

constexpr size_t kMaxObjects = 200;

/// Everything in a constant that inference may have read: fields that never change, however far in.
struct FixedParts {
  Describer &describer;
  Bytes &bytes;
  GcVector<Value *> seen = {}; // objects that may change: they may hold each other

  /// Of what holds an address, inference takes the type alone.
  void add(Value *v) {
    bytes.push_back(inference::holds_address(v));
    if (bytes.back())
      return describer.value(type_of(v));
    describer.value(v);
    add_inside(v);
  }

  void add_inside(Value *v) {
    DataType *type = type_of(v);
    if (type == types::SimpleVector_) {
      auto *svec = static_cast<SimpleVector *>(v);
      for (size_t i = 0; i < svec->length; i++)
        if (svec->data[i])
          add_inside(svec->data[i]);
    }
    if (is_type(v) || type == types::Module_ || !type->layout)
      return;
    if (type->name->is_mutable)
      return add_object(v, type);
    if (type->layout->nfields > 0 && type->layout->has_pointers)
      add_pointers(type, reinterpret_cast<const char *>(v));
  }

  void add_pointers(DataType *type, const char *payload) {
    for (uint32_t i = 0; i < type->layout->nfields; i++) {
      const FieldLayout &field = type->layout->fields[i];
      if (!field.is_pointer) {
        auto *inner = static_cast<DataType *>(type->types->data[i]);
        if (inner->layout->has_pointers)
          add_pointers(inner, payload + field.offset);
      } else if (auto *v = *reinterpret_cast<Value *const *>(payload + field.offset)) {
        add_inside(v);
      }
    }
  }

  void add_object(Value *v, DataType *type) {
    if (std::find(seen.begin(), seen.end(), v) != seen.end())
      return;
    seen.push_back(v);
    if (seen.size() > kMaxObjects)
      return describer.fail("a constant of too many parts");
    describer.value(type);
    if (is_memory(v))
      return Writer{bytes}.number(static_cast<Memory *>(v)->length);
    for (uint32_t i = 0; i < type->layout->nfields; i++)
      if (type->name->is_const_field(i))
        if (Value *field = get_field(current_task(), v, i))
          add_field(field);
  }

  /// One that may change itself is known by its name, if it has one: two that have the same in them may be
  /// another's.
  void add_field(Value *field) {
    if (!type_of(field)->name->is_mutable)
      return add(field);
    bool has_name = find_constant_name(field);
    bytes.push_back(has_name);
    if (has_name)
      describer.value(field);
    add_inside(field);
  }
};

} // namespace

bool has_fixed_parts(Value *v) {
  DataType *type = type_of(v);
  return type->layout && (is_memory(v) || (type->name->is_mutable && type->name->const_fields));
}

std::optional<Hash> fixed_parts_hash(Value *v, const char **why_not) {
  Bytes bytes;
  Describer describer(bytes, Describer::Depth::Hashed);
  describer.leave_out_fixed_parts();
  FixedParts{describer, bytes}.add_inside(v);
  if (!describer.failure())
    return sha256(bytes);
  if (why_not)
    *why_not = describer.failure();
  return std::nullopt;
}

void describe_with_fixed_parts(Describer &describer, Bytes &bytes, Value *v) {
  describer.leave_out_fixed_parts();
  FixedParts{describer, bytes}.add(v);
}

} // namespace jl::content
