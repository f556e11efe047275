// SPDX-License-Identifier: MIT
// Making and reading objects: boxes of the primitive types, tuples, structs, Expr & co.
//
// Boxing goes through the task's free lists. Small integers, all Bools and bytes, and ASCII characters are
// shared objects. Every function that takes a task may be given null while the runtime starts.
#pragma once

#include <cstring>
#include <initializer_list>
#include <span>

#include "jl/runtime/types.h"

namespace jl {

using Int128 = __int128;
using UInt128 = unsigned __int128;

// --- Singletons -------------------------------------------------------------------------------------------
Value *nothing_value();
Value *true_value();
Value *false_value();
inline Value *bool_value(bool b) {
  return b ? true_value() : false_value();
}
inline bool is_nothing(const Value *v) {
  return v == nothing_value();
}

// --- Boxes ------------------------------------------------------------------------------------------------
/// The bits of a boxed value. Payloads are only 8-byte aligned, hence the copy.
template <class T> T unbox(const Value *v) {
  T bits;
  memcpy(&bits, static_cast<const void *>(v), sizeof(T));
  return bits;
}
inline int64_t unbox_int64(const Value *v) {
  return unbox<int64_t>(v);
}
inline uint64_t unbox_uint64(const Value *v) {
  return unbox<uint64_t>(v);
}
inline int32_t unbox_int32(const Value *v) {
  return unbox<int32_t>(v);
}
inline uint32_t unbox_uint32(const Value *v) {
  return unbox<uint32_t>(v);
}
inline uint8_t unbox_uint8(const Value *v) {
  return unbox<uint8_t>(v);
}
inline double unbox_float64(const Value *v) {
  return unbox<double>(v);
}
inline float unbox_float32(const Value *v) {
  return unbox<float>(v);
}
inline bool unbox_bool(const Value *v) {
  return unbox<uint8_t>(v) & 1;
}
template <class T> T *unbox_pointer(const Value *v) {
  return unbox<T *>(v);
}

Value *box_int8(Task *task, int8_t v);
Value *box_int16(Task *task, int16_t v);
Value *box_int32(Task *task, int32_t v);
Value *box_int64(Task *task, int64_t v);
Value *box_int128(Task *task, Int128 v);
Value *box_uint8(Task *task, uint8_t v);
Value *box_uint16(Task *task, uint16_t v);
Value *box_uint32(Task *task, uint32_t v);
Value *box_uint64(Task *task, uint64_t v);
Value *box_uint128(Task *task, UInt128 v);
Value *box_float16(Task *task, _Float16 v);
Value *box_float32(Task *task, float v);
Value *box_float64(Task *task, double v);
/// A Char from its bits as Julia keeps them: the UTF-8 bytes from the top down.
Value *box_char_bits(Task *task, uint32_t bits);
/// A Char from its code point.
Value *box_char(Task *task, uint32_t code_point);
uint32_t char_code_point(const Value *v);
/// Ptr{Cvoid}.
Value *box_pointer(Task *task, const void *p);
Value *box_int64(int64_t v); // for the running task
Value *box_float64(double v);
/// The shared box of these bits of primitive type `t`, or null where such values have none (box_at asks here
/// first).
Value *shared_box(DataType *t, const void *bits);
/// A box of `t` with the bits at `p`: shared_box, or a new object. For primitive types; box_at does all
/// inline types.
Value *box_bits(Task *task, DataType *t, const void *p);

// --- Tuples, svecs, structs ---
/// (args...), with concrete element types.
Value *make_tuple(Task *task, Value *const *args, uint32_t n);
Value *make_tuple(Task *task, std::initializer_list<Value *> args);
/// Elements of a tuple; `tuple_field` boxes what lies inline.
uint32_t tuple_length(const Value *tuple);
Value *tuple_field(Task *task, const Value *tuple, uint32_t i);

SimpleVector *new_svec(Task *task, std::span<Value *const> values);
SimpleVector *new_svec(Task *task, std::initializer_list<Value *> values);
/// All elements null, to be filled by the caller before anyone else sees it.
SimpleVector *alloc_svec(Task *task, size_t n);
SimpleVector *empty_svec();

/// A new `type` (concrete, with layout) with its first n fields set. Values must have the fields' types: a
/// wrong one, too many, or too few throw as Julia's `new` does.
Value *new_struct(Task *task, DataType *type, Value *const *args, uint32_t n);
/// The same with the elements of a tuple.
Value *new_struct_from_tuple(Task *task, DataType *type, const Value *tuple);
/// Field `i`, boxed; null when it is an undefined reference.
Value *get_field(Task *task, const Value *object, size_t i);
/// Stores into field `i`. The value's type must fit.
void put_field(Value *object, size_t i, Value *v);
/// Is field `i` something other than an undefined reference?
bool is_field_defined(const Value *object, size_t i);
/// Field `name`, boxed, or null when there is no such field or it is undefined.
Value *field_named(Task *task, const Value *object, std::string_view name);
/// Stores `v` at `p`, where a value of type `field_type` lies inline or as a pointer.
void store_value(void *p, Value *v, size_t size, bool is_pointer);
/// A NamedTuple; names and values of equal length.
Value *make_named_tuple(Task *task, std::span<const Symbol> names, std::span<Value *const> values);

// --- Code as data ---
Expr *new_expr(Task *task, SymbolValue *head, Array *args);
Expr *new_expr(Task *task, std::string_view head, std::initializer_list<Value *> args);
QuoteNode *new_quote_node(Task *task, Value *value);
/// `file` is a Symbol or nothing.
LineNumberNode *new_line_number_node(Task *task, int64_t line, Value *file);
GlobalRef *new_global_ref(Task *task, Module *module, Symbol name);
Box *new_box(Task *task, Value *contents);
/// A deep copy of Exprs (what quoting gives each time it is evaluated); other values are shared.
Value *copy_ast(Task *task, Value *v);

} // namespace jl
