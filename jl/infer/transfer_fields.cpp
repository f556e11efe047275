// SPDX-License-Identifier: MIT
// getfield and its relatives.
#include "jl/infer/guard.h"
#include "jl/infer/transfer.h"
#include "jl/runtime/method.h"
#include "jl/runtime/symbols.h"
#include "jl/runtime/values.h"

namespace jl::inference {

int64_t field_position(DataType *t, Value *name) {
  if (is_symbol(name))
    return is_tuple_type(t) ? -1 : field_index(t, symbol_of(name));
  if (type_of(name) != types::Int64)
    return -1;
  int64_t i = unbox_int64(name), n = field_count(t);
  return i >= 1 && (n < 0 || i <= n) ? i - 1 : -1;
}

bool is_always_defined(DataType *t, size_t i) {
  if (is_tuple_type(t) || is_named_tuple_type(t))
    return true;
  int64_t n = field_count(t);
  if (n >= 0 && int64_t(i) < n - t->name->n_uninitialized)
    return true;
  return t->layout && i < t->layout->nfields && !t->layout->fields[i].is_pointer &&
         !(type_of(field_type(t, i)) == types::DataType_ &&
           static_cast<DataType *>(field_type(t, i))->layout &&
           static_cast<DataType *>(field_type(t, i))->layout->has_pointers);
}

namespace {

bool is_plain(Value *type) {
  return type_of(type) == types::DataType_;
}

/// Every field's type joined: an index that is not known.
Lat any_field(Value *type) {
  if (!is_plain(type) || !static_cast<DataType *>(type)->is_concrete) {
    if (is_tuple_type(type)) {
      Lat all = bottom();
      int64_t n = field_count(type);
      for (int64_t i = 0; i < (n < 0 ? 64 : n); i++)
        all = join(all, Lat{field_type(type, size_t(i))});
      return is_bottom(all) ? any() : all;
    }
    return any();
  }
  Lat all = bottom();
  int64_t n = field_count(type);
  for (int64_t i = 0; i < n; i++)
    all = join(all, lat_type(field_type(type, size_t(i))));
  return all;
}

Transfer unknown_field(Lats args) {
  uint32_t effects = kEffectFree | kTerminates;
  Value *type = args[0].type;
  if (is_plain(type) && !static_cast<DataType *>(type)->name->is_mutable &&
      !static_cast<DataType *>(type)->name->is_abstract)
    effects |= kConsistent;
  bool unchecked = args.size() > 2 && is_const_bool(args[2], false);
  if (unchecked && is_tuple_type(type) && args[1].type == types::Int64)
    effects |= kNothrow;
  Lat lat = any_field(type);
  return {is_bottom(lat) ? any() : lat, effects};
}

/// One member of a union, or the whole type.
Transfer known_field(const Lat &object, DataType *type, Value *name) {
  if (type->name->is_abstract && !is_tuple_type(type) && !is_named_tuple_type(type))
    return {any(), kEffectFree | kTerminates};
  int64_t i = field_position(type, name);
  if (i < 0) {
    if (field_count(type) < 0)
      return {any(), kEffectFree | kTerminates};
    return {bottom(), kEffectFree | kTerminates | kConsistent};
  }
  uint32_t effects = kEffectFree | kTerminates;
  if (type->name->is_const_field(size_t(i)))
    effects |= kConsistent;
  bool exists = field_count(type) >= 0;
  if (exists && is_always_defined(type, size_t(i)))
    effects |= kNothrow;
  Lat lat = type->name->is_const_field(size_t(i)) ? field_of(object, size_t(i))
                                                  : lat_type(field_type(object.type, size_t(i)));
  if (lat.constant && object.constant)
    effects |= kNothrow;
  if (is_bottom(lat))
    effects &= ~uint32_t(kNothrow);
  return {lat, effects};
}

Transfer module_field(Value *, Value *) {
  return {any(), kEffectFree | kTerminates};
}

} // namespace

Transfer transfer_getfield(Task *, Lats args) {
  if (args.size() < 2)
    return {bottom(), kEffectFree | kTerminates};
  const Lat &object = args[0];
  if (object.type == types::Module_)
    return module_field(object.constant, args[1].constant);
  if (!args[1].constant)
    return unknown_field(args);
  Value *body = unwrap_union_all(object.type);
  if (is_union(object.type)) {
    GcVector<Value *> members;
    union_members(object.type, members);
    Transfer all{bottom(), kAllEffects};
    for (Value *member : members) {
      Value *inner = unwrap_union_all(member);
      if (!is_plain(inner))
        return {any(), kEffectFree | kTerminates};
      Transfer one = known_field(lat_type(member), static_cast<DataType *>(inner), args[1].constant);
      all = {join(all.lat, one.lat), all.effects & one.effects};
    }
    return all;
  }
  if (!is_plain(body))
    return {any(), kEffectFree | kTerminates};
  if (object.constant && is_type(object.constant))
    return known_field(Lat{type_of(object.constant)}, type_of(object.constant), args[1].constant);
  return known_field(object, static_cast<DataType *>(body), args[1].constant);
}

Transfer transfer_setfield(Lats args) {
  if (args.size() < 3)
    return {bottom(), kTerminates};
  uint32_t effects = kTerminates;
  if (is_plain(args[0].type) && args[1].constant) {
    auto *type = static_cast<DataType *>(args[0].type);
    int64_t i = type->is_concrete ? field_position(type, args[1].constant) : -1;
    if (type->is_concrete && i < 0)
      return {bottom(), effects};
    bool writable = !type->name->is_const_field(size_t(i));
    if (i >= 0 && writable && surely_isa(args[2], field_type(type, size_t(i))))
      effects |= kNothrow;
  }
  return {args[2], effects};
}

Transfer transfer_isdefined(Lats args) {
  Transfer unknown{lat_type(types::Bool), kEffectFree | kTerminates};
  if (args.size() < 2 || !args[1].constant || !is_plain(args[0].type) || args[0].type == types::Module_)
    return unknown;
  auto *type = static_cast<DataType *>(args[0].type);
  if (!type->is_concrete)
    return unknown;
  unknown.effects |= kNothrow;
  int64_t i = field_position(type, args[1].constant);
  if (i < 0)
    return {lat_bool(false), kAllEffects};
  if (is_always_defined(type, size_t(i)))
    return {lat_bool(true), kAllEffects};
  if (type->name->is_const_field(size_t(i)))
    unknown.effects |= kConsistent;
  return unknown;
}

Transfer transfer_fieldtype(Task *task, Lats args) {
  Transfer unknown{lat_type(types::Type), kConsistent | kEffectFree | kTerminates};
  Value *type = args.size() >= 2 ? exact_type_value(args[0]) : nullptr;
  if (!type || !args[1].constant)
    return unknown;
  Value *values[] = {type, args[1].constant};
  Value *result =
      run_guarded(task, [&] { return apply(task, builtin_value(Builtin::fieldtype), values, 2); });
  if (!result)
    return {bottom(), unknown.effects};
  return {lat_const(result), kAllEffects};
}

Transfer transfer_nfields(Lats args) {
  if (args.size() != 1)
    return {bottom(), kEffectFree | kTerminates};
  Value *type = args[0].constant && is_type(args[0].constant) ? type_of(args[0].constant) : args[0].type;
  int64_t n = is_plain(type) && static_cast<DataType *>(type)->is_concrete ? field_count(type) : -1;
  if (is_tuple_type(type))
    n = field_count(type);
  if (n >= 0)
    return {lat_const(box_int64(n)), kAllEffects};
  return {lat_type(types::Int64), kAllEffects};
}

Transfer transfer_new(Lats args) {
  uint32_t effects = kEffectFree | kTerminates;
  Value *type = exact_type_value(args[0]);
  if (!type || type_of(type) != types::DataType_ || !static_cast<DataType *>(type)->is_concrete)
    return {lat_type(instance_type(args[0])), effects};
  auto *data = static_cast<DataType *>(type);
  int64_t n = field_count(data);
  bool fits = int64_t(args.size()) - 1 <= n;
  GcVector<Lat> fields;
  for (size_t i = 1; i < args.size() && fits; i++) {
    Value *declared = field_type(data, i - 1);
    fits &= surely_isa(args[i], declared);
    fields.push_back(meet(args[i], declared));
    if (is_bottom(fields.back()))
      return {bottom(), kEffectFree | kTerminates | kConsistent};
  }
  if (fits)
    effects |= kNothrow;
  if (!data->name->is_mutable)
    effects |= kConsistent;
  if (data->name->is_mutable || int64_t(fields.size()) != n)
    return {lat_type(type), effects};
  bool constant = fits && n > 0 && data->is_inline;
  GcVector<Value *> values;
  for (const Lat &field : fields) {
    constant &= field.constant != nullptr;
    values.push_back(field.constant);
  }
  if (constant)
    return {lat_const(new_struct(current_task(), data, values.data(), uint32_t(values.size()))), effects};
  return {lat_partial(data, std::move(fields)), effects};
}

Transfer transfer_splat_new(Lats args) {
  GcVector<Lat> all{args[0]};
  Value *tuple = args[1].type;
  int64_t n = is_tuple_type(tuple) ? field_count(tuple) : -1;
  if (n < 0)
    return {lat_type(instance_type(args[0])), kEffectFree | kTerminates};
  for (int64_t i = 0; i < n; i++)
    all.push_back(field_of(args[1], size_t(i)));
  return transfer_new(all);
}

} // namespace jl::inference
