// SPDX-License-Identifier: MIT
#include "jl/infer/lattice.h"

#include <algorithm>

#include "jl/runtime/values.h"

namespace jl::inference {

Lat bottom() {
  return {types::Bottom_, nullptr, nullptr};
}
Lat any() {
  return {types::Any, nullptr, nullptr};
}

Lat lat_const(Value *constant) {
  return {is_type(constant) ? type_of_type(constant) : type_of(constant), constant, nullptr};
}

/// T for a type Type{T} with closed T; null otherwise.
static Value *type_parameter(Value *type) {
  if (!is_instance_of_wrapper(type, types::Type))
    return nullptr;
  Value *t = static_cast<DataType *>(type)->parameters->data[0];
  if (!is_type(t) || has_free_typevars(t))
    return nullptr;
  return t;
}

Lat lat_type(Value *type) {
  if (type_of(type) == types::DataType_) {
    auto *data = static_cast<DataType *>(type);
    if (data->instance)
      return {type, data->instance, nullptr};
    if (Value *t = type_parameter(type))
      return {type, t, nullptr};
  }
  return {type, nullptr, nullptr};
}

Lat lat_bool(bool value) {
  return lat_const(bool_value(value));
}

static bool adds_to_type(const Lat &field, Value *declared) {
  if (field.constant || field.partial)
    return !lat_type(declared).constant;
  return field.type != declared && !types_equal(field.type, declared);
}

Lat lat_partial(DataType *type, GcVector<Lat> fields) {
  bool useful = false;
  for (size_t i = 0; i < fields.size(); i++) {
    if (is_bottom(fields[i]))
      return bottom();
    useful |= adds_to_type(fields[i], field_type(type, i));
  }
  if (!useful || fields.size() > kMaxPartialFields)
    return lat_type(type);
  auto *partial = gc_new<Partial>();
  partial->fields = std::move(fields);
  return {type, nullptr, partial};
}

Lat lat_tuple(std::span<const Lat> elements) {
  GcVector<Value *> parameters, values;
  bool constant = true;
  for (const Lat &element : elements) {
    if (is_bottom(element))
      return bottom();
    Value *type = element.type;
    if (element.constant && is_type(element.constant))
      type = type_of(element.constant); // a tuple holding a type has the type's kind as its element type
    else if (!element.constant && type != types::Bottom_ && !is_concrete_type(type) &&
             is_subtype(type, types::Type))
      type = types::Type; // some kind
    parameters.push_back(type);
    constant &= element.constant != nullptr;
    values.push_back(element.constant);
  }
  DataType *type = make_tuple_type(parameters);
  if (constant && elements.size() <= kMaxPartialFields && type->is_concrete)
    return lat_const(make_tuple(current_task(), values.data(), uint32_t(values.size())));
  if (!type->is_concrete) {
    auto *partial = gc_new<Partial>();
    partial->fields.assign(elements.begin(), elements.end());
    return elements.size() > kMaxPartialFields ? Lat{type, nullptr, nullptr} : Lat{type, nullptr, partial};
  }
  return lat_partial(type, GcVector<Lat>(elements.begin(), elements.end()));
}

// --- Asking -----------------------------------------------------------------------------------------------

bool is_bottom(const Lat &a) {
  return !a.type || a.type == types::Bottom_;
}

bool same(const Lat &a, const Lat &b) {
  if (a.type == b.type && a.constant == b.constant && a.partial == b.partial)
    return true;
  if (!a.type || !b.type || !a.constant != !b.constant || !a.partial != !b.partial)
    return false;
  if (a.constant && !egal(a.constant, b.constant))
    return false;
  if (a.partial) {
    if (a.partial->fields.size() != b.partial->fields.size())
      return false;
    for (size_t i = 0; i < a.partial->fields.size(); i++)
      if (!same(a.partial->fields[i], b.partial->fields[i]))
        return false;
  }
  return a.type == b.type || types_equal(a.type, b.type);
}

bool below(const Lat &a, const Lat &b) {
  if (is_bottom(a))
    return true;
  if (is_bottom(b))
    return false;
  if (b.constant)
    return a.constant && egal(a.constant, b.constant);
  if (b.partial) {
    if (!is_subtype(a.type, b.type) && !(a.constant && is_a(a.constant, b.type)))
      return false;
    for (size_t i = 0; i < b.partial->fields.size(); i++)
      if (!below(field_of(a, i), b.partial->fields[i]))
        return false;
    return a.constant || a.partial || b.partial->fields.empty() || is_concrete_type(a.type);
  }
  return b.type == types::Any || a.type == b.type || is_subtype(a.type, b.type);
}

bool is_const_bool(const Lat &a, bool value) {
  return a.constant && a.constant == bool_value(value);
}

bool surely_isa(const Lat &a, Value *type) {
  if (is_bottom(a))
    return true;
  if (a.constant)
    return is_a(a.constant, type);
  return is_subtype(a.type, type);
}

bool never_isa(const Lat &a, Value *type) {
  if (is_bottom(a))
    return true;
  if (a.constant)
    return !is_a(a.constant, type);
  return intersect_types(a.type, type) == types::Bottom_;
}

static bool has_storable_fields(Value *v) {
  DataType *type = type_of(v);
  if (!type->layout || type->layout->nfields > kMaxPartialFields)
    return false;
  for (uint32_t i = 0; i < type->layout->nfields; i++) {
    if (!is_field_defined(v, i))
      return false;
    Value *field = get_field(current_task(), v, i);
    if (!field || !is_storable_constant(field))
      return false;
  }
  return true;
}

bool is_storable_constant(Value *v) {
  DataType *type = type_of(v);
  if (type == types::String_)
    return static_cast<String *>(v)->length <= 256;
  if (type->is_bits)
    return type->layout && type->layout->size <= 256;
  if (is_type(v) || type == types::Symbol_ || type == types::Module_ || type->instance == v ||
      is_subtype(type, types::Function))
    return true;
  return !type->name->is_mutable && type->is_inline && has_storable_fields(v);
}

namespace {

constexpr unsigned kMaxAddressLevels = 16; // deeper things are taken for such as hold one

bool is_address(DataType *type, const char *payload) {
  return is_instance_of_wrapper(type, types::Ptr) && *reinterpret_cast<void *const *>(payload);
}

bool holds_address(Value *v, unsigned level);

bool fields_hold_address(DataType *type, const char *payload, unsigned level) {
  for (uint32_t i = 0; i < type->layout->nfields; i++) {
    const FieldLayout &field = type->layout->fields[i];
    const char *at = payload + field.offset;
    auto *inner = static_cast<DataType *>(type->types->data[i]);
    Value *pointee = field.is_pointer ? *reinterpret_cast<Value *const *>(at) : nullptr;
    if (field.is_pointer ? pointee && holds_address(pointee, level + 1)
                         : is_address(inner, at) || fields_hold_address(inner, at, level))
      return true;
  }
  return false;
}

bool holds_address(Value *v, unsigned level) {
  if (level > kMaxAddressLevels)
    return true;
  DataType *type = type_of(v);
  if (type == types::SimpleVector_) {
    auto *svec = static_cast<SimpleVector *>(v);
    return std::any_of(svec->data, svec->data + svec->length,
                       [&](Value *element) { return element && holds_address(element, level + 1); });
  }
  if (is_type(v) || type->name->is_mutable || !type->layout)
    return false;
  const char *payload = reinterpret_cast<const char *>(v);
  return is_address(type, payload) || fields_hold_address(type, payload, level);
}

} // namespace

bool holds_address(Value *v) {
  return holds_address(v, 0);
}

bool is_position(Value *v) {
  return type_of(v) == types::LineNumberNode_;
}

/// Field of a constant, when reading it now gives what reading it later gives.
static Value *constant_field(Value *object, size_t i) {
  DataType *type = type_of(object);
  if (type == types::DataType_ || !type->layout || i >= type->layout->nfields || is_position(object))
    return nullptr;
  if (!type->name->is_const_field(i))
    return nullptr;
  Value *field = is_field_defined(object, i) ? get_field(current_task(), object, i) : nullptr;
  return field && !holds_address(field) ? field : nullptr;
}

Lat field_of(const Lat &a, size_t i) {
  if (is_bottom(a))
    return bottom();
  if (a.constant && !is_type(a.constant))
    if (Value *field = constant_field(a.constant, i))
      return lat_const(field);
  if (a.partial && i < a.partial->fields.size())
    return a.partial->fields[i];
  Value *type = field_type(a.type, i);
  return lat_type(type);
}

Value *exact_type_value(const Lat &a) {
  return a.constant && is_type(a.constant) ? a.constant : nullptr;
}

Value *instance_type(const Lat &a) {
  if (Value *exact = exact_type_value(a))
    return exact;
  Value *body = unwrap_union_all(a.type);
  if (!is_instance_of_wrapper(body, types::Type))
    return types::Any;
  Value *parameter = static_cast<DataType *>(body)->parameters->data[0];
  if (type_of(parameter) == types::TypeVar_)
    parameter = reinterpret_cast<TypeVar *>(parameter)->upper;
  if (!is_type(parameter))
    return types::Any;
  Value *result = has_free_typevars(parameter) ? rewrap_union_all(parameter, a.type) : parameter;
  return has_free_typevars(result) ? types::Any : result;
}

// --- Joining ----------------------------------------------------------------------------------------------

static DataType *head_of(Value *type) {
  Value *body = unwrap_union_all(type);
  return type_of(body) == types::DataType_ ? static_cast<DataType *>(body) : nullptr;
}

/// Joins members of one type name into one, from left to right.
static void merge_same_names(GcVector<Value *> &members) {
  for (size_t i = 0; i < members.size(); i++) {
    DataType *head = head_of(members[i]);
    for (size_t j = i + 1; head && j < members.size();) {
      DataType *other = head_of(members[j]);
      if (!other || other->name != head->name) {
        j++;
        continue;
      }
      members[i] = type_join(members[i], members[j]);
      members.erase(members.begin() + long(j));
    }
  }
}

static Value *limit_union(Value *type) {
  GcVector<Value *> members;
  union_members(type, members);
  if (members.size() <= size_t(kMaxUnionMembers))
    return type;
  merge_same_names(members);
  if (members.size() > size_t(kMaxUnionMembers)) {
    Value *all = members[0];
    for (Value *member : members)
      all = type_join(all, member);
    return all;
  }
  return make_union(members);
}

static Value *shorten(Value *type, int depth);

/// A Tuple type keeps its length; what nests too deeply are its elements.
static Value *shorten_tuple(DataType *tuple, int depth) {
  GcVector<Value *> parameters;
  for (size_t i = 0; i < tuple->parameters->length; i++) {
    Value *p = tuple->parameters->data[i];
    if (type_of(p) == types::Vararg_) {
      auto *vararg = static_cast<Vararg *>(p);
      parameters.push_back(make_vararg(vararg->t ? shorten(vararg->t, depth - 1) : types::Any, vararg->n));
    } else {
      parameters.push_back(is_type(p) ? shorten(p, depth - 1) : p);
    }
  }
  return make_tuple_type(parameters);
}

static Value *shorten(Value *type, int depth) {
  if (type_depth(type) <= depth)
    return type;
  if (is_union(type)) {
    GcVector<Value *> members;
    union_members(type, members);
    for (Value *&member : members)
      member = shorten(member, depth);
    return make_union(members);
  }
  DataType *head = head_of(type);
  if (!head || has_free_typevars(type))
    return types::Any;
  if (is_tuple_type(type) && type_of(type) == types::DataType_)
    return depth <= 0 ? static_cast<Value *>(types::Tuple) : shorten_tuple(head, depth);
  return head->name->wrapper;
}

Value *widen_type(Value *type, int depth) {
  if (type_of(type) == types::DataType_ && static_cast<DataType *>(type)->parameters->length == 0)
    return type;
  type = limit_union(type);
  type = shorten(type, depth);
  for (int d = depth; d > 1 && type_size(type) > kMaxTypeSize; d--)
    type = shorten(type, d - 1);
  return type;
}

Value *join_types(Value *a, Value *b) {
  if (a == b || b == types::Bottom_)
    return a;
  if (a == types::Bottom_)
    return b;
  if (is_subtype(a, b))
    return b;
  if (is_subtype(b, a))
    return a;
  Value *members[] = {a, b};
  return widen_type(make_union(members));
}

static bool may_have_partial(const Lat &a) {
  if (a.partial)
    return true;
  return a.constant && !is_type(a.constant) && type_of(a.constant)->layout &&
         !type_of(a.constant)->name->is_mutable && type_of(a.constant)->layout->nfields > 0;
}

static bool join_partial(const Lat &a, const Lat &b, Lat &out) {
  if (!may_have_partial(a) || !may_have_partial(b) || a.type != b.type || !is_concrete_type(a.type))
    return false;
  int64_t n = field_count(a.type);
  if (n < 0 || n > kMaxPartialFields)
    return false;
  GcVector<Lat> fields;
  for (int64_t i = 0; i < n; i++)
    fields.push_back(join(field_of(a, size_t(i)), field_of(b, size_t(i))));
  out = lat_partial(static_cast<DataType *>(a.type), std::move(fields));
  return true;
}

Lat join(const Lat &a, const Lat &b) {
  if (below(a, b))
    return b.known() ? b : a;
  if (below(b, a))
    return a;
  Lat partial;
  if (join_partial(a, b, partial))
    return partial;
  return lat_type(join_types(a.type, b.type));
}

Lat meet(const Lat &a, Value *type) {
  if (is_bottom(a) || surely_isa(a, type))
    return a;
  if (never_isa(a, type))
    return bottom();
  if (is_union(a.type)) {
    GcVector<Value *> members;
    union_members(a.type, members);
    for (Value *&member : members)
      member = is_subtype(member, type) ? member : intersect_types(member, type);
    Value *result = make_union(members);
    return result == types::Bottom_ ? bottom() : lat_type(widen_type(result));
  }
  Value *result = is_subtype(type, a.type) ? type : intersect_types(a.type, type);
  return lat_type(widen_type(result));
}

Lat subtract(const Lat &a, Value *type) {
  if (is_bottom(a) || a.constant)
    return surely_isa(a, type) ? bottom() : a;
  GcVector<Value *> members, kept;
  union_members(a.type, members);
  for (Value *member : members)
    if (!is_subtype(member, type))
      kept.push_back(member);
  if (kept.size() == members.size())
    return a;
  return kept.empty() ? bottom() : lat_type(make_union(kept));
}

Lat widen_constant(const Lat &a) {
  if (is_bottom(a))
    return a;
  return lat_type(a.type);
}

} // namespace jl::inference
