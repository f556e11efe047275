// SPDX-License-Identifier: MIT
// Boxes of primitive values. Shared boxes are made on first use, so that the runtime can box before Core is
// complete.
#include "jl/runtime/values.h"

#include <atomic>
#include <bit>
#include <cassert>

#include "jl/runtime/gc.h"
#include "jl/runtime/task.h"

namespace jl {

namespace {

/// Shared boxes for the values lowest .. lowest+count-1 of one type. Static, so the collector sees them.
template <class T, int64_t lowest, size_t count> struct SharedBoxes {
  std::atomic<Value *> boxes[count] = {};

  static bool covers(T v) {
    if constexpr (lowest == 0) // unsigned
      return v < count;
    else
      return v >= lowest && v < lowest + int64_t(count);
  }

  Value *get(DataType *type, T v) {
    std::atomic<Value *> &slot = boxes[int64_t(v) - lowest];
    if (Value *known = slot.load(std::memory_order_acquire))
      return known;
    Value *made = alloc_object(nullptr, type, sizeof(T));
    memcpy(static_cast<void *>(made), &v, sizeof(T));
    Value *expected = nullptr;
    return slot.compare_exchange_strong(expected, made, std::memory_order_acq_rel) ? made : expected;
  }
};

template <class T> using SignedBoxes = SharedBoxes<T, -512, 1024>;
template <class T> using UnsignedBoxes = SharedBoxes<T, 0, 1024>;

SharedBoxes<int8_t, -128, 256> int8_boxes;
SharedBoxes<uint8_t, 0, 256> uint8_boxes;
SharedBoxes<uint8_t, 0, 2> bool_boxes;
SignedBoxes<int16_t> int16_boxes;
SignedBoxes<int32_t> int32_boxes;
SignedBoxes<int64_t> int64_boxes;
UnsignedBoxes<uint16_t> uint16_boxes;
UnsignedBoxes<uint32_t> uint32_boxes;
UnsignedBoxes<uint64_t> uint64_boxes;

template <class T> Value *new_box(Task *task, DataType *type, T v) {
  Value *box = alloc_object(task, type, sizeof(T));
  memcpy(static_cast<void *>(box), &v, sizeof(T));
  return box;
}

template <class T, class Boxes> Value *box_small(Task *task, Boxes &boxes, DataType *type, T v) {
  return boxes.covers(v) ? boxes.get(type, v) : new_box(task, type, v);
}

template <class T, class Boxes> Value *shared(Boxes &boxes, DataType *type, const void *bits) {
  T v;
  memcpy(&v, bits, sizeof(T));
  return boxes.covers(v) ? boxes.get(type, v) : nullptr;
}

} // namespace

Value *nothing_value() {
  return types::Nothing->instance;
}
Value *true_value() {
  return bool_boxes.get(types::Bool, 1);
}
Value *false_value() {
  return bool_boxes.get(types::Bool, 0);
}

Value *box_int8(Task *task, int8_t v) {
  return int8_boxes.get(types::Int8, v);
}
Value *box_uint8(Task *task, uint8_t v) {
  return uint8_boxes.get(types::UInt8, v);
}
Value *box_int16(Task *task, int16_t v) {
  return box_small(task, int16_boxes, types::Int16, v);
}
Value *box_int32(Task *task, int32_t v) {
  return box_small(task, int32_boxes, types::Int32, v);
}
Value *box_int64(Task *task, int64_t v) {
  return box_small(task, int64_boxes, types::Int64, v);
}
Value *box_uint16(Task *task, uint16_t v) {
  return box_small(task, uint16_boxes, types::UInt16, v);
}
Value *box_uint32(Task *task, uint32_t v) {
  return box_small(task, uint32_boxes, types::UInt32, v);
}
Value *box_uint64(Task *task, uint64_t v) {
  return box_small(task, uint64_boxes, types::UInt64, v);
}
Value *box_int128(Task *task, Int128 v) {
  return new_box(task, types::Int128, v);
}
Value *box_uint128(Task *task, UInt128 v) {
  return new_box(task, types::UInt128, v);
}
Value *box_float16(Task *task, _Float16 v) {
  return new_box(task, types::Float16, v);
}
Value *box_float32(Task *task, float v) {
  return new_box(task, types::Float32, v);
}
Value *box_float64(Task *task, double v) {
  return new_box(task, types::Float64, v);
}
Value *box_int64(int64_t v) {
  return box_int64(current_task(), v);
}
Value *box_float64(double v) {
  return box_float64(current_task(), v);
}

Value *box_char_bits(Task *task, uint32_t bits) {
  Value *box = shared_box(types::Char, &bits);
  return box ? box : new_box(task, types::Char, bits);
}

/// The UTF-8 bytes of `code_point` from the top down, as a Char keeps them.
static uint32_t char_bits(uint32_t code_point) {
  if (code_point < 0x80)
    return code_point << 24;
  uint32_t low = 0x80 | (code_point & 0x3f), second = 0x80 | (code_point >> 6 & 0x3f);
  if (code_point < 0x800)
    return (0xc0 | code_point >> 6) << 24 | low << 16;
  if (code_point < 0x10000)
    return (0xe0 | code_point >> 12) << 24 | second << 16 | low << 8;
  return (0xf0 | code_point >> 18) << 24 | (0x80 | (code_point >> 12 & 0x3f)) << 16 | second << 8 | low;
}

Value *box_char(Task *task, uint32_t code_point) {
  return box_char_bits(task, char_bits(code_point));
}

uint32_t char_code_point(const Value *v) {
  uint32_t bits = unbox_uint32(v);
  if (bits < 0x80000000)
    return bits >> 24;
  unsigned leading = unsigned(std::countl_one(bits));
  if (leading > 4)
    return bits; // no lead byte of UTF-8
  unsigned trailing_bytes = 4 - leading;
  uint32_t code = bits >> (8 * trailing_bytes), point = 0;
  unsigned bytes = leading;
  for (unsigned i = 0; i < bytes && i < 4; i++)
    point |= (code >> (8 * i) & (i + 1 == bytes ? 0x7fu >> leading : 0x3fu)) << (6 * i);
  return point;
}

Value *box_pointer(Task *task, const void *p) {
  static DataType *type = [] {
    Value *parameter = types::Nothing;
    return static_cast<DataType *>(apply_type(current_task(), types::Ptr, {&parameter, 1}));
  }();
  return new_box(task, type, p);
}

/// The box of an ASCII Char, whose one byte is the topmost; null for other characters.
static Value *shared_ascii(const void *bits) {
  static std::atomic<Value *> boxes[128];
  uint32_t c;
  memcpy(&c, bits, sizeof c);
  if (c >= 0x80000000 || (c & 0x00ffffff))
    return nullptr;
  std::atomic<Value *> &slot = boxes[c >> 24];
  if (Value *known = slot.load(std::memory_order_acquire))
    return known;
  Value *made = new_box(nullptr, types::Char, c), *expected = nullptr;
  return slot.compare_exchange_strong(expected, made, std::memory_order_acq_rel) ? made : expected;
}

Value *shared_box(DataType *t, const void *bits) {
  if (t == types::Int64)
    return shared<int64_t>(int64_boxes, t, bits);
  if (t == types::Bool)
    return bool_value(*static_cast<const uint8_t *>(bits) & 1);
  if (t == types::UInt8)
    return shared<uint8_t>(uint8_boxes, t, bits);
  if (t == types::Int8)
    return shared<int8_t>(int8_boxes, t, bits);
  if (t == types::Int32)
    return shared<int32_t>(int32_boxes, t, bits);
  if (t == types::UInt64)
    return shared<uint64_t>(uint64_boxes, t, bits);
  if (t == types::UInt32)
    return shared<uint32_t>(uint32_boxes, t, bits);
  if (t == types::Int16)
    return shared<int16_t>(int16_boxes, t, bits);
  if (t == types::UInt16)
    return shared<uint16_t>(uint16_boxes, t, bits);
  return t == types::Char ? shared_ascii(bits) : nullptr;
}

Value *box_bits(Task *task, DataType *t, const void *p) {
  if (Value *box = shared_box(t, p))
    return box;
  Value *box = alloc_object(task, t, t->layout->size);
  memcpy(static_cast<void *>(box), p, t->layout->size);
  return box;
}

} // namespace jl
