// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

#include "jl/runtime/arrays.h"
#include "jl/runtime/strings.h"
#include "jl/runtime/test_support.h"

using namespace jl;

RUNTIME_TEST(Boxes, SmallIntegersAreSharedAndLargeOnesAreNot) {
  EXPECT_EQ(box_int64(task, 511), box_int64(task, 511));
  EXPECT_EQ(box_int64(task, -512), box_int64(task, -512));
  EXPECT_NE(box_int64(task, 512), box_int64(task, 512));
  EXPECT_EQ(unbox_int64(box_int64(task, 512)), 512);
  EXPECT_EQ(unbox_int64(box_int64(task, INT64_MIN)), INT64_MIN);
  EXPECT_EQ(box_uint64(task, 1023), box_uint64(task, 1023));
  EXPECT_EQ(unbox_uint64(box_uint64(task, UINT64_MAX)), UINT64_MAX);
  EXPECT_EQ(box_int8(task, -128), box_int8(task, -128));
  EXPECT_EQ(box_uint8(task, 255), box_uint8(task, 255));
  EXPECT_EQ(unbox<int16_t>(box_int16(task, -32768)), -32768);
}

RUNTIME_TEST(Boxes, BoxBitsFindsTheSharedBox) {
  int64_t seven = 7;
  EXPECT_EQ(box_bits(task, types::Int64, &seven), box_int64(task, 7));
  uint8_t odd = 0xff; // a Bool is its lowest bit
  EXPECT_EQ(box_bits(task, types::Bool, &odd), true_value());
}

RUNTIME_TEST(Boxes, WideValuesSurvive) {
  Int128 big = Int128(1) << 100;
  EXPECT_TRUE(unbox<Int128>(box_int128(task, -big)) == -big);
  EXPECT_EQ(unbox_float64(box_float64(task, -0.0)), 0.0);
  EXPECT_EQ(float(unbox<_Float16>(box_float16(task, 1.5))), 1.5f);
}

RUNTIME_TEST(Boxes, CharsKeepTheirUtf8Bytes) {
  EXPECT_EQ(unbox_uint32(box_char(task, 'a')), 0x61000000u);
  EXPECT_EQ(unbox_uint32(box_char(task, 0xe9)), 0xc3a90000u);
  EXPECT_EQ(unbox_uint32(box_char(task, 0x20ac)), 0xe282ac00u);
  EXPECT_EQ(unbox_uint32(box_char(task, 0x1f600)), 0xf09f9880u);
  EXPECT_EQ(box_char(task, 'a'), box_char(task, 'a'));
  for (uint32_t c : {0x41u, 0x7fu, 0x80u, 0x7ffu, 0x800u, 0xffffu, 0x10000u, 0x10ffffu})
    EXPECT_EQ(char_code_point(box_char(task, c)), c);
}

RUNTIME_TEST(Tuples, HoldWhatWasPutIn) {
  Value *text = new_string(task, "x");
  Value *tuple = make_tuple(task, {box_int64(task, 5), text, true_value()});
  ASSERT_EQ(tuple_length(tuple), 3u);
  EXPECT_EQ(tuple_field(task, tuple, 0), box_int64(task, 5));
  EXPECT_EQ(tuple_field(task, tuple, 1), text);
  EXPECT_EQ(tuple_field(task, tuple, 2), true_value());
  EXPECT_EQ(type_to_string(type_of(tuple)), "Tuple{Int64, String, Bool}");
  EXPECT_EQ(make_tuple(task, {}), make_tuple(task, {}));
}

RUNTIME_TEST(Tuples, NamedTuplesHaveTheirNames) {
  Symbol names[] = {Symbol::intern("a"), Symbol::intern("b")};
  Value *values[] = {box_int64(task, 1), new_string(task, "z")};
  Value *tuple = make_named_tuple(task, names, values);
  EXPECT_EQ(field_named(task, tuple, "a"), box_int64(task, 1));
  EXPECT_EQ(field_named(task, tuple, "b"), values[1]);
  EXPECT_EQ(field_named(task, tuple, "c"), nullptr);
}

RUNTIME_TEST(Code, CopyAstCopiesExprsOnly) {
  Value *text = new_string(task, "s");
  Expr *inner = new_expr(task, "call", {symbol_value("f"), text});
  Expr *outer = new_expr(task, "block", {inner});
  auto *copy = static_cast<Expr *>(copy_ast(task, outer));
  EXPECT_NE(copy, outer);
  auto *inner_copy = static_cast<Expr *>(any_elements(copy->args)[0]);
  EXPECT_NE(inner_copy, inner);
  EXPECT_EQ(inner_copy->head, symbol_value("call"));
  EXPECT_EQ(any_elements(inner_copy->args)[1], text);
}

RUNTIME_TEST(Symbols, AreInterned) {
  EXPECT_EQ(symbol_value("abc"), symbol_value(Symbol::intern("abc")));
  EXPECT_TRUE(is_symbol(symbol_value("abc")));
  EXPECT_TRUE(is_symbol_named(symbol_value("abc"), "abc"));
  Value *first = generate_symbol(modules::Main, "x"), *second = generate_symbol(modules::Main, "x");
  EXPECT_NE(first, second);
}

// --- Arrays ---

RUNTIME_TEST(Arrays, InlineAndPointerElements) {
  Array *ints = new_vector(task, array_type_of(task, types::Int64, 1), 3);
  for (size_t i = 0; i < 3; i++)
    array_put(ints, i, box_int64(task, int64_t(i) * 1000));
  EXPECT_EQ(unbox_int64(array_get(task, ints, 2)), 2000);
  EXPECT_EQ(ints->data<int64_t>()[1], 1000);
  Array *any = new_vector_any(task, 2);
  EXPECT_EQ(array_get(task, any, 0), nullptr);
  array_put(any, 1, ints);
  EXPECT_EQ(array_get(task, any, 1), ints);
}

RUNTIME_TEST(Arrays, ElementsAreAlignedAndSurviveCollection) {
  for (int64_t n : {1, 20, 200, 5000, 100000}) {
    Array *a = new_vector(task, array_type_of(task, types::Float64, 1), n);
    EXPECT_EQ(reinterpret_cast<uintptr_t>(a->ref.ptr) % (n >= 300 ? 64 : 16), 0u) << n;
    a->data<double>()[n - 1] = 2.5;
    GC_gcollect();
    EXPECT_EQ(a->data<double>()[n - 1], 2.5);
    EXPECT_EQ(a->ref.mem->length, size_t(n));
  }
}

RUNTIME_TEST(Arrays, PushGrows) {
  Array *list = new_vector_any(task);
  for (int64_t i = 0; i < 1000; i++)
    push(task, list, box_int64(task, i));
  ASSERT_EQ(array_length(list), 1000u);
  for (size_t i = 0; i < 1000; i++)
    ASSERT_EQ(unbox_int64(any_elements(list)[i]), int64_t(i));
}

RUNTIME_TEST(Arrays, MatrixHasRankAndLength) {
  int64_t dims[] = {3, 4};
  Array *m = new_array(task, array_type_of(task, types::UInt8, 2), dims);
  EXPECT_EQ(array_rank(m), 2u);
  EXPECT_EQ(array_length(m), 12u);
  EXPECT_TRUE(is_array(m));
  EXPECT_TRUE(is_memory(m->ref.mem));
  EXPECT_FALSE(is_memory(m));
}

RUNTIME_TEST(Arrays, SizesThatCannotBeThrow) {
  DataType *ints = memory_type_of(task, types::Int64);
  std::string bad =
      "ArgumentError: invalid GenericMemory size: the number of elements is either negative or too large "
      "for system address width";
  EXPECT_EQ(test::thrown(task, [&] { new_memory(task, ints, -1); }), bad);
  EXPECT_EQ(test::thrown(task, [&] { new_memory(task, ints, INT64_MAX); }), bad);
  EXPECT_EQ(test::thrown(task, [&] { new_memory(task, ints, int64_t(1) << 50); }), "OutOfMemoryError()");
  EXPECT_EQ(test::thrown(task, [&] { alloc_string(task, size_t(1) << 52); }), "OutOfMemoryError()");
  int64_t dims[] = {int64_t(1) << 40, int64_t(1) << 40};
  EXPECT_EQ(test::thrown(task, [&] { new_array(task, array_type_of(task, types::Int64, 2), dims); }),
            "ArgumentError: invalid Array dimensions");
}

// --- The collector ---

static Value *make_list(Task *task, int length) {
  Value *list = nothing_value();
  for (int i = 0; i < length; i++)
    list = make_tuple(task, {list, box_int64(task, 100000 + i)});
  return list;
}

RUNTIME_TEST(Collector, KeepsWhatIsReachableThroughManyCollections) {
  Array *lists = new_vector_any(task);
  for (int i = 0; i < 50; i++) {
    push(task, lists, new_box(task, new_string(task, "number " + std::to_string(i))));
    for (int garbage = 0; garbage < 20000; garbage++)
      new_box(task, lists);
    if (i % 10 == 0)
      GC_gcollect();
  }
  for (int i = 0; i < 50; i++) {
    auto *box = static_cast<Box *>(any_elements(lists)[size_t(i)]);
    EXPECT_EQ(string_view_of(box->contents), "number " + std::to_string(i));
  }
}

RUNTIME_TEST(Collector, SmallObjectsComeClearedFromTheFreeLists) {
  for (int round = 0; round < 3; round++) {
    for (int i = 0; i < 10000; i++) {
      Box *box = new_box(task, nullptr);
      ASSERT_EQ(box->contents, nullptr);
      box->contents = box;
    }
    GC_gcollect();
  }
}

RUNTIME_TEST(Collector, DeepStructuresDoNotOverflowTheMarkStack) {
  Value *list = nothing_value();
  for (int i = 0; i < 200000; i++)
    list = new_box(task, list);
  GC_gcollect();
  int depth = 0;
  for (; list != nothing_value(); depth++)
    list = static_cast<Box *>(list)->contents;
  EXPECT_EQ(depth, 200000);
  EXPECT_EQ(tuple_length(make_list(task, 3)), 2u);
}
