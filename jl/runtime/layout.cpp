// SPDX-License-Identifier: MIT
// How concrete types lie in memory.
//
// Fields follow each other as in C. A field is stored inline when its type is a concrete immutable type that
// does not lead back to its own name; everything else is a pointer. Objects are only 8-byte aligned, whatever
// their layout's alignment says: loads of wider types from boxes use alignment 8.
#include <algorithm>
#include <cstring>

#include "jl/runtime/types_internal.h"
#include "jl/runtime/values.h"

namespace jl {

namespace {

GcVector<DataType *> &pending() {
  static auto *types = gc_new<GcVector<DataType *>>();
  return *types;
}

Layout *new_layout(uint32_t nfields) {
  auto *layout = static_cast<Layout *>(gc_alloc_scanned(sizeof(Layout) + nfields * sizeof(FieldLayout)));
  layout->nfields = nfields;
  layout->alignment = 1;
  layout->first_pointer = ~0u;
  return layout;
}

enum class Storage { Inline, Pointer, Unknown };

/// How values of a field or element type `t` are stored. Unknown: its definition is not finished.
Storage storage_of(Value *t) {
  if (!is_datatype(t))
    return Storage::Pointer;
  DataType *d = as_datatype(t);
  if (d->has_free_typevars || d->name->is_abstract || d->name->is_mutable || d->name->is_recursive)
    return Storage::Pointer;
  if (d->layout)
    return Storage::Inline;
  if (!ensure_field_types(d) || !finish_layout(d))
    return Storage::Unknown;
  return d->is_concrete ? Storage::Inline : Storage::Pointer;
}

uint32_t round_up(uint32_t n, uint32_t alignment) {
  return (n + alignment - 1) / alignment * alignment;
}

/// Index of the word that is never null in a complete object of the field's type, or ~0u.
uint32_t never_null_word(const FieldLayout &field, DataType *type, bool always_set) {
  if (field.is_pointer)
    return always_set ? field.offset / 8 : ~0u;
  if (type->layout->first_pointer == ~0u || field.offset % 8)
    return ~0u;
  return field.offset / 8 + type->layout->first_pointer;
}

void place(Layout *layout, uint32_t i, DataType *type, bool is_inline, bool always_set) {
  uint32_t size = is_inline ? type->layout->size : 8, alignment = is_inline ? type->layout->alignment : 8;
  FieldLayout &field = layout->fields[i];
  field = {round_up(layout->size, alignment), size, !is_inline};
  layout->size = field.offset + size;
  layout->alignment = std::max(layout->alignment, alignment);
  layout->has_pointers |= !is_inline || type->layout->has_pointers;
  if (layout->first_pointer == ~0u)
    layout->first_pointer = never_null_word(field, type, always_set);
}

/// The elements of a Memory follow its two words in the same object.
Layout *with_elements(Layout *layout, DataType *memory) {
  Value *element = (*memory->parameters)[1];
  Storage storage = storage_of(element);
  if (storage == Storage::Unknown)
    return nullptr;
  layout->has_pointers = storage == Storage::Pointer || as_datatype(element)->layout->has_pointers;
  layout->first_pointer = ~0u;
  return layout;
}

Layout *struct_layout(DataType *t) {
  SimpleVector *fields = t->types;
  Layout *layout = new_layout(uint32_t(fields->length));
  size_t always_set = fields->length - size_t(t->name->n_uninitialized);
  for (uint32_t i = 0; i < fields->length; ++i) {
    Storage storage = storage_of((*fields)[i]);
    if (storage == Storage::Unknown)
      return nullptr;
    DataType *type = storage == Storage::Inline ? as_datatype((*fields)[i]) : nullptr;
    place(layout, i, type, type != nullptr, i < always_set);
  }
  layout->size = round_up(layout->size, layout->alignment);
  return t->name == types::GenericMemoryTypeName ? with_elements(layout, t) : layout;
}

bool is_concrete_type_now(DataType *t) {
  if (t->has_free_typevars || t->name->is_abstract)
    return false;
  if (t->name == types::Tuple->name)
    return t->is_concrete; // flag_tuple has set it
  if (t->name != types::NamedTupleTypeName)
    return true;
  // The fields are stored like a struct's: their types need not be concrete.
  Value *fields = (*t->parameters)[1];
  return type_of((*t->parameters)[0]) != types::TypeVar_ && is_tuple(fields) &&
         std::ranges::none_of(parameters_of(as_datatype(fields)), [](Value *p) { return is_vararg(p); });
}

void set_flags(DataType *t) {
  bool immutable = !t->name->is_mutable;
  t->is_inline = immutable && !t->name->is_recursive;
  t->is_bits = immutable && !t->layout->has_pointers;
  if (immutable && t->layout->size == 0 && !t->is_primitive && !t->instance)
    t->instance = raw_object(t, 0);
}

bool is_dispatch_parameter(Value *p) {
  if (!is_datatype(p))
    return false;
  DataType *t = as_datatype(p);
  return is_type_of_type(p) ? !t->has_free_typevars : is_concrete_type_now(t) && !is_kind(p);
}

Layout *primitive_layout(size_t bytes) {
  Layout *layout = new_layout(0);
  layout->size = uint32_t(bytes);
  layout->alignment = 1;
  while (layout->alignment < bytes && layout->alignment < 16)
    layout->alignment *= 2;
  return layout;
}

} // namespace

void flag_tuple(DataType *t) {
  auto params = parameters_of(t);
  // Also of a type whose definition is not finished: struct S; v::Vector{Tuple{S,Int}}; end
  t->is_concrete = std::ranges::all_of(
      params, [](Value *p) { return is_datatype(p) && is_concrete_type_now(as_datatype(p)); });
  t->is_dispatch_tuple = std::ranges::all_of(params, is_dispatch_parameter);
}

bool finish_layout(DataType *t) {
  if (t->layout)
    return true;
  t->is_concrete = is_concrete_type_now(t);
  if (!t->is_concrete)
    return true;
  if (!t->types)
    return false;
  if (t->name->primitive_bits) {
    finish_primitive(t, t->name->primitive_bits);
    return true;
  }
  Layout *layout = struct_layout(t);
  if (!layout) {
    pending().push_back(t);
    return false;
  }
  t->layout = layout;
  set_flags(t);
  return true;
}

void finish_pending_layouts() {
  GcVector<DataType *> waiting;
  waiting.swap(pending());
  for (DataType *t : waiting)
    finish_layout(t);
}

void finish_primitive(DataType *t, size_t bits) {
  t->layout = primitive_layout((bits + 7) / 8);
  t->is_concrete = t->is_primitive = true;
  set_flags(t);
}

// --- Elements and boxes ---

bool is_stored_inline(Value *t) {
  if (!is_datatype(t) || !as_datatype(t)->is_inline)
    return false;
  return as_datatype(t)->layout != nullptr;
}

size_t element_size(Value *t) {
  if (!is_stored_inline(t))
    return sizeof(Value *);
  const Layout *layout = as_datatype(t)->layout;
  return round_up(layout->size, layout->alignment);
}

Value *box_at(Task *task, DataType *t, const void *p) {
  if (t->instance)
    return t->instance;
  if (t->is_primitive)
    return box_bits(task, t, p);
  Value *box = alloc_object(task, t, t->layout->size);
  memcpy(static_cast<void *>(box), p, t->layout->size);
  return box;
}

} // namespace jl
