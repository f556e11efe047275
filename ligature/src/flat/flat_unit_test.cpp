// SPDX-License-Identifier: MIT
#include "flat/place_flat.h"

#include <gtest/gtest.h>

#include <cstring>
#include <random>

using namespace ligature;

namespace {

std::vector<std::byte> bytes_of(std::initializer_list<int> values) {
  std::vector<std::byte> bytes;
  for (int value : values)
    bytes.push_back(static_cast<std::byte>(value));
  return bytes;
}

/// int64_t f() { return (*slot)() + constant; }, with everything that a unit may have somewhere.
struct Sample {
  std::vector<std::byte> code = bytes_of({0xe8, 0,    0,    0, 0,       //  0 call external 0
                                          0x48, 0x03, 0x05, 0, 0, 0, 0, //  5 add constants(%rip), %rax
                                          0x48, 0x8b, 0x0d, 0, 0, 0, 0, // 12 mov external 1@table(%rip), %rcx
                                          0x48, 0x3b, 0x0d, 0, 0, 0, 0, // 19 cmp external 1@table(%rip), %rcx
                                          0xc3});                       // 26 ret
  std::vector<std::byte> constants = bytes_of({30, 0, 0, 0, 0, 0, 0, 0});
  std::vector<std::byte> data = bytes_of({0, 0, 0, 0, 0, 0, 0, 0, 1, 2});
  PackedLines lines{LineTable{{{0, 1, 0}, {5, 2, 0}}, {{0, LineScope::kNone, 0}}}};
  FlatUnit unit;
  Sample() {
    using Kind = FlatEdge::Kind;
    unit.segments[0] = {code, 0, 4};
    unit.segments[1] = {constants, 0, 3};
    unit.segments[2] = {data, 22, 3};
    unit.externals = {{FlatExternal::Kind::Call, Abi::SpecSig, 7, {}, {}},
                      {FlatExternal::Kind::Foreign, Abi::Args, 0, "libm", "sin"}};
    unit.definitions = {{1, Abi::SpecSig, DefinitionKind::Function, "f", "f()", 0, 5},
                        {2, Abi::Args, DefinitionKind::Adapter, "h", "", 0, FlatDefinition::kNone}};
    unit.positions = {3, 0, 3};
    unit.functions = {{FlatFunction::Role::Spec, 0, 5, 0, {}, lines.bytes()},
                      {FlatFunction::Role::Local, 5, 22, 0, "g", {}}};
    unit.edges = {{Kind::Branch32, Segment::Code, true, 1, 0, -4},
                  {Kind::Relative32, Segment::Code, false, 8, 1, -4},
                  {Kind::Load32, Segment::Code, true, 15, 1, -4},
                  {Kind::Slot32, Segment::Code, true, 22, 1, -4},
                  {Kind::Absolute64, Segment::Data, false, 0, 0, 5}};
  }
};

std::unique_ptr<Slabs> slabs_near(const void *anchor) {
  auto slabs = Slabs::create({64 << 20, anchor});
  EXPECT_TRUE(slabs) << slabs.error();
  return std::move(*slabs);
}

int64_t twelve() {
  return 12;
}

template <class Number> Number load(const void *at) {
  Number value;
  std::memcpy(&value, at, sizeof value);
  return value;
}

/// Where a 32-bit displacement at `offset` leads.
const char *destination(const char *code, size_t offset) {
  return code + offset + 4 + load<int32_t>(code + offset);
}

constexpr size_t kPointers = 8;

std::expected<void, std::string> read(std::span<const std::byte> bytes, size_t pointers = kPointers) {
  FlatUnit unit;
  return read_flat(unit, bytes, pointers);
}

TEST(FlatUnit, IsReadAsItWasWrittenAlsoIntoOneThatWasUsedBefore) {
  Sample sample;
  std::vector<std::byte> bytes = write_flat(sample.unit);
  FlatUnit unit;
  for (int time = 0; time < 2; ++time) {
    auto read = read_flat(unit, bytes, kPointers);
    ASSERT_TRUE(read) << read.error();
    EXPECT_EQ(write_flat(unit), bytes);
  }
  EXPECT_EQ(unit.externals, sample.unit.externals);
  EXPECT_EQ(unit.definitions[0].signature, "f()");
  EXPECT_EQ(unit.definitions[1].kind, DefinitionKind::Adapter);
  EXPECT_EQ(unit.positions, sample.unit.positions);
  EXPECT_EQ(PackedLines(unit.functions[0].lines).unpack(), sample.lines.unpack());
  EXPECT_EQ(sample.lines.unpack().rows.size(), 2u);
  EXPECT_EQ(unit.functions[1].name, "g");
  EXPECT_EQ(unit.segment(Segment::Data).size(), 32u);
  EXPECT_EQ(unit.edges.back().offset, 0u);
}

TEST(FlatUnit, OtherFormatAndEveryTruncationAreErrors) {
  std::vector<std::byte> bytes = write_flat(Sample().unit);
  for (size_t size = 0; size < bytes.size(); ++size)
    EXPECT_FALSE(read(std::span(bytes).first(size)));
  auto longer = bytes;
  longer.push_back({});
  EXPECT_EQ(read(longer).error(), "flat unit: damaged");
  bytes[4] = std::byte{kFlatFormat + 1};
  EXPECT_EQ(read(bytes).error(), "flat unit: not in format 3");
}

TEST(FlatUnit, WhatLiesOutsideIsAnError) {
  auto damaged = [](auto change) {
    Sample sample;
    change(sample.unit);
    return !read(write_flat(sample.unit));
  };
  EXPECT_FALSE(damaged([](FlatUnit &) {}));
  EXPECT_TRUE(damaged([](FlatUnit &unit) { unit.edges.back().offset = 3; })); // 8 bytes of 10
  EXPECT_TRUE(damaged([](FlatUnit &unit) { unit.edges[0].offset = 24; }));    // 4 of 27
  EXPECT_TRUE(damaged([](FlatUnit &unit) { unit.edges[0].target = 2; }));     // of 2 externals
  EXPECT_TRUE(damaged([](FlatUnit &unit) { unit.edges[1].target = 3; }));     // of 3 segments
  EXPECT_TRUE(damaged([](FlatUnit &unit) { unit.edges[2].offset = 2; }));     // no instruction before it
  EXPECT_TRUE(damaged([](FlatUnit &unit) { unit.edges[0].is_external = false; }));
  EXPECT_TRUE(damaged([](FlatUnit &unit) { unit.edges[3].is_external = false; }));
  EXPECT_TRUE(damaged([](FlatUnit &unit) { unit.definitions[1].spec = 27; }));
  EXPECT_TRUE(damaged([](FlatUnit &unit) { unit.definitions[0].invoke = 27; }));
  EXPECT_TRUE(damaged([](FlatUnit &unit) { unit.functions[1].size = 23; }));
  EXPECT_TRUE(damaged([](FlatUnit &unit) { unit.functions[1].size = 0; }));
  EXPECT_TRUE(damaged([](FlatUnit &unit) { unit.functions[0].definition = 2; }));
  EXPECT_TRUE(damaged([](FlatUnit &unit) { // which has no wrapper
    unit.functions[0].role = FlatFunction::Role::Invoke;
    unit.functions[0].definition = 1;
  }));
  EXPECT_TRUE(damaged([](FlatUnit &unit) { unit.externals[0].pointer = kPointers; }));
  EXPECT_TRUE(damaged([](FlatUnit &unit) { unit.definitions[0].entry = kPointers; }));
  EXPECT_TRUE(damaged([](FlatUnit &unit) { unit.positions[1] = kPointers; }));
  EXPECT_TRUE(damaged([](FlatUnit &unit) { unit.segments[0].alignment_log2 = 13; }));
  EXPECT_TRUE(damaged([](FlatUnit &unit) { unit.segments[2].zero_bytes = uint64_t{1} << 40; }));
}

TEST(PlaceFlat, NearTargetsAreReachedDirectly) {
  auto slabs = slabs_near(reinterpret_cast<const void *>(&twelve));
  Sample sample;
  sample.unit.edges.erase(sample.unit.edges.begin() + 3); // what always takes a slot
  static int64_t near = 0;
  FlatTarget targets[] = {{reinterpret_cast<const void *>(&twelve)}, {&near}};
  auto placed = place_flat(sample.unit, targets, *slabs);
  ASSERT_TRUE(placed) << placed.error();
  char *code = placed->begins[0];
  EXPECT_EQ(destination(code, 1), reinterpret_cast<const char *>(&twelve));
  EXPECT_EQ(destination(code, 8), placed->begins[1]);
  EXPECT_EQ(code[13], static_cast<char>(0x8d)); // mov became lea
  EXPECT_EQ(destination(code, 15), reinterpret_cast<const char *>(&near));
  EXPECT_EQ(load<const char *>(placed->begins[2]), code + 5);
  EXPECT_EQ(slabs->use().used, 27u + 8 + 32);
  placed->memory.reset();
  EXPECT_EQ(slabs->use().used, 0u);
}

TEST(PlaceFlat, FarTargetsAreReachedThroughASlotAndAStub) {
  auto slabs = slabs_near(nullptr);
  Sample sample;
  auto *far = reinterpret_cast<const char *>(uintptr_t{0x1234});
  ASSERT_FALSE(slabs->in_reach(far));
  FlatTarget targets[] = {{far}, {far + 1}};
  auto placed = place_flat(sample.unit, targets, *slabs);
  ASSERT_TRUE(placed) << placed.error();
  char *code = placed->begins[0];
  const char *stub = destination(code, 1), *slot = destination(code, 15);
  EXPECT_EQ(stub, code + 27);
  EXPECT_EQ(load<uint16_t>(stub), 0x25ff);
  EXPECT_EQ(load<const char *>(destination(stub, 2)), far);
  EXPECT_EQ(code[13], static_cast<char>(0x8b));
  EXPECT_EQ(load<const char *>(slot), far + 1);
  EXPECT_EQ(destination(code, 22), slot); // one for both
  EXPECT_EQ(slabs->use().used, (27u + 6) + (8 + 2 * 8) + 32);
}

TEST(PlaceFlat, FunctionsOfItsOwnAreBoundWithinTheUnit) {
  auto slabs = slabs_near(nullptr);
  Sample sample;
  FlatTarget targets[] = {{nullptr, 5}, {nullptr, 0}};
  auto placed = place_flat(sample.unit, targets, *slabs);
  ASSERT_TRUE(placed) << placed.error();
  char *code = placed->begins[0];
  EXPECT_EQ(destination(code, 1), code + 5);
  EXPECT_EQ(destination(code, 15), code);
  EXPECT_EQ(load<const char *>(destination(code, 22)), code);
}

TEST(PlaceFlat, MemoryThatWasUsedBeforeIsCleared) {
  auto slabs = slabs_near(nullptr);
  Sample sample;
  auto used = slabs->allocate(Segment::Data, 32);
  std::memset(used->writable, 0xff, 32);
  slabs->deallocate(*used);
  FlatTarget targets[] = {{nullptr, 0}, {nullptr, 0}};
  auto placed = place_flat(sample.unit, targets, *slabs);
  ASSERT_TRUE(placed) << placed.error();
  EXPECT_EQ(placed->begins[2], used->address);
  for (size_t i = 10; i < 32; ++i)
    EXPECT_EQ(placed->begins[2][i], 0);
}

TEST(PlaceFlat, WhatCannotBeReachedAndWhatHasNoRoomAreErrorsAndHoldNothing) {
  auto slabs = slabs_near(nullptr);
  Sample sample;
  sample.unit.edges = {{FlatEdge::Kind::Relative32, Segment::Code, true, 1, 0, -4}};
  FlatTarget targets[] = {{reinterpret_cast<const void *>(uintptr_t{1})}, {}};
  EXPECT_EQ(place_flat(sample.unit, targets, *slabs).error(),
            "flat unit: something is too far away for a 32-bit displacement");
  sample.unit.segments[2].zero_bytes = 1 << 30;
  EXPECT_NE(place_flat(sample.unit, targets, *slabs).error().find("no room for"), std::string::npos);
  EXPECT_EQ(slabs->use().used, 0u);
}

TEST(FlatUnit, TenThousandRandomFlipsAreErrorsOrBindButNeverCrash) {
  auto slabs = slabs_near(nullptr);
  const std::vector<std::byte> whole = write_flat(Sample().unit);
  std::mt19937 random(11);
  size_t fine = 0;
  FlatUnit unit;
  for (int i = 0; i < 10'000; ++i) {
    auto bytes = whole;
    for (size_t flips = 1 + random() % 3; flips > 0; --flips)
      bytes[random() % bytes.size()] ^= static_cast<std::byte>(1u << random() % 8);
    if (!read_flat(unit, bytes, kPointers))
      continue;
    ++fine;
    std::vector<FlatTarget> targets(unit.externals.size(), {nullptr, i % 2 ? 0 : FlatDefinition::kNone});
    (void)place_flat(unit, targets, *slabs);
  }
  EXPECT_GT(fine, 1000u);
  EXPECT_LT(fine, 9500u);
  EXPECT_EQ(slabs->use().used, 0u);
}

} // namespace
