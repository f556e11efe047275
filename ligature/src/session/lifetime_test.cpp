// SPDX-License-Identifier: MIT
// Units and entries that go, and many of them: unlinking, forgetting, chains, memory that is used up.
#include "session/toy_client.h"

#include <gtest/gtest.h>

#include <cstring>
#include <deque>
#include <fstream>
#include <future>

using namespace ligature;
using namespace ligature::toy;

namespace {

size_t count_mappings(const std::string &what) {
  std::ifstream maps("/proc/self/maps");
  size_t count = 0;
  for (std::string line; std::getline(maps, line);)
    count += line.find(what) != std::string::npos;
  return count;
}

Emitter::Body loads_slot(const int64_t &value) {
  return [&value](Emitter &emitter, llvm::IRBuilder<> &ir, llvm::Value *x) -> llvm::Value * {
    auto *slot = emitter.builder.slot(&value, "jl_global#_", SlotKind::Other);
    return ir.CreateAdd(x, ir.CreateLoad(emitter.i64, ir.CreateLoad(emitter.ptr, slot)));
  };
}

TEST(Unlink, GivesCodeSlotsAndNamesBack) {
  Toy toy;
  Entry f, g;
  static const int64_t value = 100;
  toy.link(spec_unit(g, "warm", plus(1))); // whatever is made once is there now
  toy.session->release_cell(toy.session->allocate_cell(nullptr));
  auto before = toy.session->memory_use();
  size_t names = toy.session->code_map().size();
  for (int round = 0; round < 5; ++round) {
    UnitHandle unit = toy.link(spec_unit(f, "f", loads_slot(value)));
    EXPECT_EQ(toy.call(f, 1), 101);
    EXPECT_EQ(toy.client.slots.size(), 1u);
    EXPECT_GT(toy.session->memory_use().used, before.used);
    toy.session->unlink(std::move(unit));
    EXPECT_EQ(toy.session->memory_use().used, before.used);
    EXPECT_EQ(toy.client.slots.size(), 0u);
    EXPECT_EQ(toy.session->code_map().size(), names);
    EXPECT_EQ(entry_state(f, invokes()), EntryState::NotCompiled);
  }
  EXPECT_EQ(toy.session->memory_use().allocations, before.allocations);
}

TEST(Unlink, CodeStaysAsLongAsAnotherUnitIsBoundToIt) {
  Toy toy;
  Entry f, g;
  UnitHandle callee = toy.link(spec_unit(g, "g", plus(10)));
  UnitHandle caller = toy.link(spec_unit(f, "f", calls(g, "g")));
  std::weak_ptr<LinkedUnit> watch = callee;
  toy.session->unlink(std::move(callee));
  EXPECT_FALSE(watch.expired());
  EXPECT_EQ(toy.call(f, 1), 12); // still what it was linked to
  toy.session->unlink(std::move(caller));
  EXPECT_TRUE(watch.expired());
}

TEST(Unlink, WhatWasNotLinkedYetNeverIs) {
  Toy toy;
  Entry f;
  auto unit = llvm::cantFail(toy.session->add(spec_unit(f, "f", plus(10))));
  toy.session->unlink(unit);
  EXPECT_EQ(entry_state(f, invokes()), EntryState::NotCompiled);
  EXPECT_EQ(llvm::toString(toy.session->materialize(unit)), "'f' was unlinked");
  EXPECT_FALSE(llvm::cantFail(toy.session->require(f)));
  toy.link(spec_unit(f, "f", plus(20)));
  EXPECT_EQ(toy.call(f, 1), 21);
}

TEST(Unlink, MeetsThePoolAtAnyMoment) {
  Toy toy([](SessionOptions &options) { options.threads = 3; });
  for (int round = 0; round < 60; ++round) {
    Entry f;
    auto unit = llvm::cantFail(toy.session->add(spec_unit(f, "f", plus(round))));
    std::promise<std::string> outcome;
    toy.session->enqueue(unit,
                         [&](llvm::Error error) { outcome.set_value(llvm::toString(std::move(error))); });
    std::this_thread::sleep_for(std::chrono::microseconds(37 * round));
    if (round % 2)
      toy.session->forget(f);
    toy.session->unlink(unit);
    std::string reason = outcome.get_future().get();
    EXPECT_TRUE(reason.empty() || reason == "'f' was unlinked") << reason;
    EXPECT_NE(entry_state(f, invokes()), EntryState::Waiting);
    toy.session->forget(f);
  }
}

TEST(Unlink, StubBecomesLazyAgain) {
  Toy toy;
  Entry f, g;
  toy.client.emitters[&g] = [&] { return spec_unit(g, "g", plus(20)); };
  toy.link(spec_unit(f, "f", calls(g, "g")));
  UnitHandle first = toy.link(spec_unit(g, "g", plus(10)));
  EXPECT_EQ(toy.call(f, 1), 12);
  toy.session->unlink(std::move(first));
  EXPECT_EQ(toy.call(f, 1), 22);
}

TEST(OneShot, IsUnregisteredBeforeItIsCalledAndGivenBackAfter) {
  Toy toy;
  auto before = toy.session->memory_use().used;
  for (int i = 0; i < 3; ++i) {
    auto thunk = std::make_unique<Entry>();
    UnitHandle unit = toy.link(spec_unit(*thunk, "thunk", plus(i)));
    auto *code = reinterpret_cast<int64_t (*)(int64_t)>(toy.session->address(unit));
    toy.session->unregister(unit);
    thunk = nullptr; // nothing refers to it any more
    EXPECT_EQ(code(1), 1 + i);
    toy.session->unlink(std::move(unit));
    EXPECT_EQ(toy.session->memory_use().used, before);
  }
}

TEST(OneShotDeath, CallsThroughOldStubsDoNotReadTheEntry) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  Toy toy;
  Entry f;
  alignas(Entry) char memory[sizeof(Entry)];
  auto *once = new (memory) Entry;
  toy.client.emitters[once] = [&] { return spec_unit(*once, "once", plus(20)); };
  toy.link(spec_unit(f, "f", calls(*once, "once")));
  UnitHandle unit = toy.link(spec_unit(*once, "once", plus(10)));
  EXPECT_EQ(toy.call(f, 1), 12);
  toy.session->unregister(unit);
  toy.session->forget(*once);
  once->~Entry();
  std::memset(memory, 0, sizeof memory); // the memory of something else
  EXPECT_DEATH(toy.call(f, 1), "a call reached an entry that was forgotten");
  toy.session->unlink(std::move(unit));
}

TEST(OneShot, TenThousandThunksWithAForeignCallLeaveNothingBehind) {
  Toy toy;
  toy.client.runtime["seven"] = reinterpret_cast<void *>(+[](int64_t x) -> int64_t { return 7 * x; });
  Entry pattern;
  Unit unit =
      spec_unit(pattern, "thunk", [](Emitter &e, llvm::IRBuilder<> &ir, llvm::Value *x) -> llvm::Value * {
        return ir.CreateCall(e.builder.foreign("toy", "seven", e.spec_type), {x});
      });
  auto info = write_link_info(unit.link_info);
  Object compiled = llvm::cantFail(compile(*unit.module, {}));
  std::deque<UnitHandle> suspended; // entered, and not returned yet
  size_t most = 0, before = toy.session->memory_use().used;
  for (int i = 0; i < 10000; ++i) {
    auto thunk = std::make_unique<Entry>();
    std::vector<const void *> pointers = {thunk.get()};
    Object object;
    object.bytes = llvm::MemoryBuffer::getMemBuffer(compiled.bytes->getBuffer(), "unit", false);
    suspended.push_back(llvm::cantFail(
        toy.session->add(std::move(*read_link_info(info.bytes, pointers)), std::move(object))));
    llvm::cantFail(toy.session->materialize(suspended.back()));
    toy.session->unregister(suspended.back());
    ASSERT_EQ(reinterpret_cast<int64_t (*)(int64_t)>(toy.session->address(suspended.back()))(6), 42);
    most = std::max(most, toy.session->memory_use().used);
    if (i % 100 == 99) // they return, every hundred of them
      for (; !suspended.empty(); suspended.pop_front())
        toy.session->unlink(std::move(suspended.front()));
  }
  EXPECT_EQ(toy.session->memory_use().used, before);
  EXPECT_LT(most - before, 100u * 512);
  EXPECT_EQ(toy.session->code_map().size(), 0u);
}

TEST(Forget, ReusedAddressFindsNoOldCode) {
  Toy toy;
  Entry f;
  alignas(Entry) char memory[sizeof(Entry)];
  auto *g = new (memory) Entry;
  UnitHandle entered = toy.link(spec_unit(*g, "g", plus(10))); // by somebody who has not returned yet
  const CodeRange *range = toy.session->code_map().find(reinterpret_cast<uintptr_t>(g->specptr.load()));
  ASSERT_NE(range, nullptr);
  EXPECT_EQ(range->entry.load(), g);
  toy.session->forget(*g);
  EXPECT_EQ(range->entry.load(), nullptr); // a backtrace that meets the old code
  entered = nullptr;
  g->~Entry();
  g = new (memory) Entry;
  EXPECT_FALSE(llvm::cantFail(toy.session->require(*g)));
  toy.client.emitters[g] = [&] { return spec_unit(*g, "g", plus(30)); };
  toy.link(spec_unit(f, "f", calls(*g, "g")));
  EXPECT_EQ(toy.call(f, 1), 32);
}

TEST(Handles, MayOutliveTheSession) {
  UnitHandle unit;
  Entry f;
  {
    Toy toy;
    unit = toy.link(spec_unit(f, "f", plus(1)));
  }
  EXPECT_EQ(unit.use_count(), 1); // the session's own handles are gone, and the unit knows
  unit = nullptr;
}

TEST(Many, TwoThousandUnitsKeepTheMappingCountFlat) {
  Toy toy([](SessionOptions &options) { options.compile.opt_level = 0, options.verify = false; });
  std::vector<Entry> entries(2000);
  toy.link(spec_unit(entries[0], "f", plus(1)));
  size_t mappings = count_mappings("ligature-code");
  for (size_t i = 1; i < entries.size(); ++i)
    toy.link(spec_unit(entries[i], "f", calls(entries[i - 1], "f")));
  EXPECT_EQ(count_mappings("ligature-code"), mappings);
  EXPECT_EQ(count_mappings("rwx"), 0u);
  EXPECT_EQ(toy.call(entries.back(), 0), 2000);
  EXPECT_EQ(toy.session->code_map().size(), 4000u);
  EXPECT_LT(toy.session->memory_use().used / entries.size(), 300u);
}

/// Units whose object was compiled once: each calls the one before.
class Chain {
public:
  explicit Chain(Toy &toy) : toy_(toy) {
    Entry f, g;
    Unit unit = spec_unit(f, "f", calls(g, "g"));
    info_ = std::move(unit.link_info);
    object_ = llvm::cantFail(compile(*unit.module, {}));
  }
  UnitHandle link(Entry &entry, Entry &callee) {
    std::vector<UnitHandle> units;
    EXPECT_EQ(try_link(entry, callee, units), "");
    return units.at(0);
  }
  /// Claims the entry; nothing is linked.
  UnitHandle add(Entry &entry, Entry &callee) {
    Object object;
    object.bytes = llvm::MemoryBuffer::getMemBuffer(object_.bytes->getBuffer(), "unit", false);
    std::vector<const void *> pointers = {&entry, &callee};
    auto info = read_link_info(write_link_info(info_).bytes, pointers);
    return llvm::cantFail(toy_.session->add(std::move(*info), std::move(object)));
  }
  /// Appends the unit to `units`, or says why not.
  std::string try_link(Entry &entry, Entry &callee, std::vector<UnitHandle> &units) {
    UnitHandle unit = add(entry, callee);
    if (llvm::Error error = toy_.session->materialize(unit))
      return llvm::toString(std::move(error));
    units.push_back(std::move(unit));
    return "";
  }

private:
  Toy &toy_;
  LinkInfo info_;
  Object object_;
};

TEST(Many, ChainOfTenThousandIsLinkedAndGivenBackWithoutRecursion) {
  Toy toy;
  Chain chain(toy);
  std::vector<Entry> entries(10000);
  std::vector<UnitHandle> units = {toy.link(spec_unit(entries[0], "first", plus(1)))};
  for (size_t i = 1; i < entries.size(); ++i)
    units.push_back(chain.link(entries[i], entries[i - 1]));
  EXPECT_EQ(toy.call(entries.back(), 0), 10000);
  EXPECT_EQ(toy.session->stats().direct_bindings, 9999u);
  for (size_t i = 0; i < units.size(); ++i) // the callee first: each is kept by its caller
    toy.session->unlink(std::move(units[i]));
  EXPECT_EQ(toy.session->code_map().size(), 0u);
  EXPECT_LT(toy.session->memory_use().used, 64u); // what all stubs share
}

TEST(Many, ChainOfTenThousandThroughOneLookupIsLinkedByTheFirstCall) {
  Toy toy;
  Chain chain(toy);
  std::vector<Entry> entries(10001);
  std::vector<UnitHandle> units;
  for (size_t i = 0; i < 10000; ++i)
    units.push_back(chain.add(entries[i], entries[i + 1]));
  units.push_back(llvm::cantFail(toy.session->add(spec_unit(entries.back(), "last", plus(1)))));
  EXPECT_TRUE(llvm::cantFail(toy.session->require(entries[0])));
  EXPECT_EQ(toy.session->stats().units_linked, 1u);
  EXPECT_EQ(toy.call(entries[0], 0), 10001);
  EXPECT_EQ(toy.session->stats().units_linked, 10001u);
}

#if __has_feature(thread_sanitizer) || __has_feature(address_sanitizer)
constexpr const char *kCounted = "ligature-code"; // the sanitizer's own come and go
#else
constexpr const char *kCounted = "";
#endif

TEST(Many, FiftyThousandUnitsInOneProcess) {
  Toy toy;
  Chain chain(toy);
  std::vector<Entry> entries(50000);
  toy.link(spec_unit(entries[0], "first", plus(1)));
  size_t mappings = count_mappings(kCounted);
  for (size_t i = 1; i < entries.size(); ++i)
    chain.link(entries[i], entries[0]);
  EXPECT_LT(count_mappings(kCounted), mappings + 20); // a few of the allocator's own
  EXPECT_EQ(toy.call(entries.back(), 0), 2);
}

TEST(Faults, ImpossibleReservationIsAnError) {
  ToyClient client;
  SessionOptions options;
  options.reserve_bytes = size_t{1} << 60;
  auto session = Session::create(std::move(options), client);
  EXPECT_NE(llvm::toString(session.takeError()).find("code memory: "), std::string::npos);
}

TEST(Faults, FullCodeMemoryFailsTheUnitAndIsUsableOnceSomethingWent) {
  Toy toy([](SessionOptions &options) { options.reserve_bytes = 512 << 10; });
  Chain chain(toy);
  std::deque<Entry> entries(1);
  std::vector<UnitHandle> units = {toy.link(spec_unit(entries[0], "first", plus(1)))};
  std::string reason;
  while (reason.empty() && entries.size() < 100000) {
    Entry &callee = entries.back();
    reason = chain.try_link(entries.emplace_back(), callee, units);
  }
  EXPECT_NE(reason.find("code memory: no room for"), std::string::npos) << reason;
  EXPECT_EQ(entry_state(entries.back(), invokes()), EntryState::NotCompiled);
  EXPECT_EQ(toy.call(entries[entries.size() - 2], 0), static_cast<int64_t>(entries.size() - 1));
  for (UnitHandle &unit : units)
    toy.session->unlink(std::move(unit));
  Entry f;
  toy.link(spec_unit(f, "f", plus(5)));
  EXPECT_EQ(toy.call(f, 1), 6);
}

TEST(Many, ChainOfUncompiledFunctionsIsCompiledCallByCall) {
  Toy toy([](SessionOptions &options) { options.compile.opt_level = 0; });
  std::vector<Entry> entries(500);
  for (size_t i = 0; i < entries.size(); ++i)
    toy.client.emitters[&entries[i]] = [&, i] {
      return i + 1 == entries.size() ? spec_unit(entries[i], "last", plus(1))
                                     : spec_unit(entries[i], "f", calls(entries[i + 1], "f"));
    };
  toy.link(toy.client.emitters[&entries[0]]());
  EXPECT_EQ(toy.call(entries[0], 0), 500);
  EXPECT_EQ(toy.client.compiles, 499);
}

} // namespace
