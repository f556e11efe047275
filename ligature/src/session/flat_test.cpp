// SPDX-License-Identifier: MIT
// Units that are kept and bound again without LLVM, on their own and beside compiled ones.
#include <gtest/gtest.h>

#include "session/kept_units.h"
#include "session/watchdog.h"

#include <deque>
#include <random>
#include <thread>

using namespace ligature;
using namespace ligature::toy;

namespace {

TEST(Flat, KeptUnitIsAllThatABindNeeds) {
  Entry f, again;
  Kept kept = keep(spec_unit(f, "f", plus(5)));
  EXPECT_TRUE(kept.key);
  EXPECT_GT(kept.compile_time.count(), 0);
  EXPECT_FALSE(kept.object.empty());
  EXPECT_EQ(kept.why_not, "");
  Flat flat;
  UnitHandle unit = flat.link(kept, {{&f, &again}});
  EXPECT_EQ(flat.call(again, 37), 42);
  int64_t argument = 37;
  EXPECT_EQ(reinterpret_cast<Generic>(again.invoke.load())(&again, &argument, 1), 42);
  EXPECT_EQ(flat.linker->address(unit), again.specptr.load());
  EXPECT_EQ(flat.linker->stats().flat_binds, 1u);
  EXPECT_EQ(flat.linker->stats().units_linked, 1u);
  EXPECT_EQ(flat.linker->stats().units_compiled, 0u);
  EXPECT_EQ(flat.session, nullptr);
}

/// A cache in memory.
class MapCache final : public Cache {
public:
  std::optional<CacheValue> get(std::string_view space, const CacheKey &key) override {
    auto found = entries.find({std::string(space), key});
    return found == entries.end() ? std::nullopt : std::optional(CacheValue(found->second, nullptr));
  }
  void put(std::string_view space, const CacheKey &key, std::span<const std::byte> bytes,
           std::chrono::microseconds) override {
    entries[{std::string(space), key}] = {bytes.begin(), bytes.end()};
  }
  void finish(std::chrono::milliseconds) override {}
  CacheMode mode() const override { return CacheMode::On; }
  const CacheCounters &counters() const override { return counters_; }

  std::map<std::pair<std::string, CacheKey>, std::vector<std::byte>> entries;

private:
  CacheCounters counters_;
};

TEST(Flat, KeyAndLinkInfoAreAllThatLinkingAKeptObjectNeeds) {
  auto cache = std::make_shared<MapCache>();
  std::vector<Kept> kept;
  auto adjust = [&](SessionOptions &options) {
    options.cache = cache;
    options.keep = keep_in(kept);
  };
  Entry f;
  Toy(adjust).link(spec_unit(f, "f", plus(5)));
  ASSERT_EQ(kept.size(), 1u);
  ASSERT_EQ(cache->entries.size(), 1u);
  reset(f);
  Toy toy(adjust);
  ASSERT_TRUE(llvm::cantFail(toy.session->link(kept[0].link_info(), *kept[0].key)));
  EXPECT_EQ(toy.call(f, 37), 42);
  EXPECT_EQ(toy.session->stats().cache_hits, 1u);
  EXPECT_EQ(toy.session->stats().bitcode_bytes, 0u);
  EXPECT_EQ(kept.size(), 1u) << "it is kept already";

  cache->entries.begin()->second.resize(10);
  Entry g;
  auto try_again = [&] {
    return llvm::cantFail(toy.session->link(kept[0].link_info({{&f, &g}}), *kept[0].key));
  };
  EXPECT_FALSE(try_again());
  EXPECT_EQ(toy.session->stats().cache_errors, 1u);
  cache->entries.clear();
  EXPECT_FALSE(try_again());
  EXPECT_EQ(g.invoke.load(), nullptr) << "still to be compiled";
}

TEST(Flat, SameObjectGivesTheSameBytes) {
  Entry f, g, other_f, other_g;
  auto kept_of = [](Entry &entry, Entry &callee) { return keep(spec_unit(entry, "f", calls(callee, "g"))); };
  Kept one = kept_of(f, g), two = kept_of(other_f, other_g);
  EXPECT_EQ(one.key, two.key);
  EXPECT_EQ(one.flat, two.flat);
  EXPECT_EQ(one.info.bytes, two.info.bytes);
}

TEST(Flat, UncompiledCalleeIsCompiledByASessionOverTheSameLinkerAndTheStubHeals) {
  Entry f, g;
  Kept kept = keep(spec_unit(f, "f", calls(g, "g")));
  reset(f);
  Flat flat;
  flat.client.emitters[&g] = [&] { return spec_unit(g, "g", plus(10)); };
  flat.client.on_lazy_call = [&](Entry &) { flat.make_session(); };
  flat.link(kept);
  EXPECT_EQ(flat.session, nullptr);
  EXPECT_EQ(flat.call(f, 1), 12);
  EXPECT_EQ(flat.call(f, 2), 13);
  EXPECT_EQ(flat.client.compiles, 1);
  EXPECT_EQ(flat.linker->stats().lazy_calls, 1u);
  EXPECT_EQ(flat.linker->stats().stubs_healed, 1u);
}

TEST(Flat, CompiledAndFlatCodeCallEachOtherDirectly) {
  Entry f, g, h;
  Kept kept = keep(spec_unit(g, "g", calls(f, "f")));
  reset(g);
  Flat flat;
  flat.make_session();
  llvm::cantFail(flat.session->link(spec_unit(f, "f", plus(1))));
  flat.link(kept);
  llvm::cantFail(flat.session->link(spec_unit(h, "h", calls(g, "g"))));
  EXPECT_EQ(flat.call(h, 0), 3);
  EXPECT_EQ(flat.linker->stats().direct_bindings, 2u);
  EXPECT_EQ(flat.linker->stats().lazy_stubs_made, 0u);
}

TEST(Flat, OneOfBothClaimsAnEntry) {
  Entry f;
  Kept kept = keep(spec_unit(f, "f", plus(5)));
  reset(f);
  Flat flat;
  flat.make_session();
  auto unit = flat.linker->add_flat(kept.pointers(), kept.flat);
  ASSERT_TRUE(unit);
  EXPECT_EQ(entry_state(f, invokes()), EntryState::Waiting);
  auto loser =
      llvm::cantFail(flat.session->link(spec_unit(f, "f", plus(6)))); // waits for the owner: links it
  EXPECT_EQ(flat.call(f, 1), 6);
  EXPECT_EQ(flat.linker->stats().losing_copies, 1u);
  EXPECT_EQ(flat.linker->stats().units_compiled, 0u);
}

TEST(Flat, AdapterIsAskedOfASessionThatIsMadeThen) {
  Entry f;
  Kept kept = keep(spec_unit(f, "f", plus(5)));
  reset(f);
  Flat flat;
  flat.link(kept);
  int64_t argument = 3;
  auto boxed = flat.linker->callable(f, Abi::Args);
  ASSERT_TRUE(boxed) << boxed.error();
  EXPECT_NE(flat.session, nullptr);
  EXPECT_EQ(reinterpret_cast<Generic>(*boxed)(&f, &argument, 1), 8);
  EXPECT_EQ(flat.linker->stats().adapters_made, 1u);
}

TEST(Flat, WithoutASessionAdaptersAreThoseThatWereKept) {
  Entry f;
  std::vector<Kept> kept;
  {
    Toy toy([&](SessionOptions &options) { options.keep = keep_in(kept); });
    toy.link(spec_unit(f, "f", plus(5)));
    llvm::cantFail(toy.session->callable(f, Abi::Args));
  }
  ASSERT_EQ(kept.size(), 2u);
  reset(f);
  Flat flat([](LinkerOptions &options) { options.need_session = nullptr; });
  flat.link(kept[0]);
  EXPECT_EQ(flat.linker->callable(f, Abi::Args).error(),
            "no adapter to ABI args can be made: there is no session that emits one");
  const Kept *offered = &kept[0]; // no adapter: counts as none
  flat.client.on_find_adapter = [&](Entry &) {
    return *flat.linker->add_flat(offered->pointers(), offered->flat);
  };
  EXPECT_FALSE(flat.linker->callable(f, Abi::Args));
  offered = &kept[1];
  auto boxed = flat.linker->callable(f, Abi::Args);
  ASSERT_TRUE(boxed) << boxed.error();
  int64_t argument = 3;
  EXPECT_EQ(reinterpret_cast<Generic>(*boxed)(&f, &argument, 1), 8);
  flat.client.on_find_adapter = nullptr;
  EXPECT_EQ(flat.linker->callable(f, Abi::Args), boxed); // made once
  EXPECT_EQ(flat.linker->stats().adapters_made, 0u);
}

TEST(Flat, UnitOutlivesTheSessionThatItWasAddedTo) {
  Entry f;
  Flat flat;
  flat.make_session();
  UnitHandle unit = llvm::cantFail(flat.session->add(spec_unit(f, "f", plus(5))));
  flat.session = nullptr;
  EXPECT_TRUE(flat.linker->materialize(unit));
  EXPECT_EQ(flat.call(f, 1), 6);
}

Emitter::Body calls_foreign(std::string name) {
  return [name](Emitter &e, llvm::IRBuilder<> &ir, llvm::Value *x) -> llvm::Value * {
    return ir.CreateCall(e.builder.foreign("toy", name, e.spec_type), {x});
  };
}

TEST(Flat, ForeignFunctionsAreBoundAnewAndMissingOnesRaiseWhenReached) {
  Entry f, g;
  Kept found = keep(spec_unit(f, "f", calls_foreign("twice")));
  Kept missing = keep(spec_unit(g, "g", calls_foreign("thrice")));
  reset(f), reset(g);
  Flat flat;
  flat.client.runtime["twice"] = reinterpret_cast<void *>(+[](int64_t x) { return 2 * x; });
  flat.link(found), flat.link(missing);
  EXPECT_EQ(flat.call(f, 21), 42);
  EXPECT_EQ(flat.linker->stats().foreign_missing, 1u);
  if (setjmp(escape) == 0)
    flat.call(g, 1);
  EXPECT_EQ(escaped_with, "could not load thrice from toy");
}

TEST(Flat, UnlinkGivesCodeSlotsAndNamesBack) {
  Entry f;
  static const int64_t value = 4;
  Kept kept = keep(spec_unit(f, "f", [](Emitter &e, llvm::IRBuilder<> &ir, llvm::Value *x) -> llvm::Value * {
    auto *cell = e.builder.slot(&value, "jl_global#_", SlotKind::Other);
    return ir.CreateAdd(ir.CreateLoad(e.i64, ir.CreateLoad(e.ptr, cell)), x);
  }));
  reset(f);
  Flat flat;
  flat.linker->release_cell(flat.linker->allocate_cell(nullptr)); // its chunk stays
  auto before = flat.linker->memory_use().used;
  for (int i = 0; i < 3; ++i) {
    UnitHandle unit = flat.link(kept);
    EXPECT_EQ(flat.call(f, 3), 7);
    EXPECT_EQ(flat.client.slots.size(), 1u);
    flat.linker->unlink(std::move(unit));
    EXPECT_EQ(entry_state(f, invokes()), EntryState::NotCompiled);
    EXPECT_EQ(flat.client.slots.size(), 0u);
    EXPECT_EQ(flat.linker->memory_use().used, before);
    EXPECT_EQ(flat.linker->code_map().size(), 0u);
  }
}

TEST(Flat, UnresolvableNameIsOneErrorAndLeavesTheEntryOpen) {
  Entry f;
  auto body = [](Emitter &e, llvm::IRBuilder<> &ir, llvm::Value *x) -> llvm::Value * {
    return ir.CreateCall(e.builder.runtime("somewhere", e.spec_type), {x});
  };
  Kept kept = keep(spec_unit(f, "f", body), {{"somewhere", reinterpret_cast<void *>(&args_shim)}});
  reset(f);
  Flat flat;
  EXPECT_EQ(flat.linker->link_flat(kept.pointers(), kept.flat).error(),
            "linking 'f': runtime function 'somewhere' does not exist, and no link info explains the name");
  EXPECT_EQ(entry_state(f, invokes()), EntryState::NotCompiled);
  EXPECT_EQ(flat.linker->stats().units_failed, 1u);
}

TEST(Flat, DamagedBytesAndBytesOfAnotherUnitAreErrorsThatClaimNothing) {
  Entry f, g, h;
  Kept kept = keep(spec_unit(f, "f", plus(5))), other = keep(spec_unit(g, "g", calls(h, "h")));
  reset(f);
  Flat flat;
  EXPECT_EQ(flat.linker->link_flat(kept.pointers(), {}).error(), "flat unit: not in format 3");
  EXPECT_EQ(flat.linker->link_flat(kept.pointers(), other.flat).error(), "flat unit: damaged");
  EXPECT_EQ(entry_state(f, invokes()), EntryState::NotCompiled);
  EXPECT_EQ(flat.linker->stats().flat_damaged, 2u);
  EXPECT_EQ(flat.linker->stats().units_added, 0u);
  flat.link(kept);
  EXPECT_EQ(flat.call(f, 37), 42);
}

TEST(Flat, UnitWithUnwindTablesIsLinkedButNotFlat) {
  Entry f;
  std::vector<Kept> kept;
  Toy toy([&](SessionOptions &options) {
    options.keep = keep_in(kept);
    options.verify = false;
  });
  Unit unit = spec_unit(f, "f", plus(5));
  for (llvm::Function &function : *unit.module)
    function.setUWTableKind(llvm::UWTableKind::Async);
  toy.link(std::move(unit));
  EXPECT_EQ(toy.call(f, 1), 6);
  ASSERT_EQ(kept.size(), 1u);
  EXPECT_TRUE(kept[0].flat.empty());
  EXPECT_EQ(kept[0].why_not, "section .eh_frame needs a loader");
  EXPECT_EQ(toy.session->stats().flat_refused, 1u);
}

TEST(Flat, TenThousandRandomFlipsOfAWholeUnitAreErrorsOrLinkButNeverCrash) {
  Entry f, g;
  Kept kept = keep(spec_unit(f, "f", calls(g, "g")));
  reset(f);
  Flat flat;
  std::mt19937 random(3);
  size_t linked = 0;
  for (int i = 0; i < 10'000; ++i) {
    auto bytes = kept.flat;
    for (size_t flips = 1 + random() % 3; flips > 0; --flips)
      bytes[random() % bytes.size()] ^= static_cast<std::byte>(1u << random() % 8);
    auto unit = flat.linker->add_flat(kept.pointers(), bytes);
    if (!unit)
      continue;
    linked += flat.linker->materialize(*unit).has_value();
    flat.linker->unlink(std::move(*unit));
    flat.linker->forget(f);
    flat.linker->forget(g);
  }
  EXPECT_GT(linked, 1000u);
  EXPECT_GT(flat.linker->stats().flat_damaged, 100u);
  flat.link(kept);
  EXPECT_EQ(entry_state(f, invokes()), EntryState::Published);
}

TEST(Concurrent, ThreadsThatBindTheSameFlatUnitsShareOneDefinitionEach) {
  Watchdog watchdog;
  constexpr size_t kUnits = 20;
  std::vector<Kept> kept;
  std::deque<Entry> entries(kUnits + 1);
  {
    Toy toy([&](SessionOptions &options) { options.keep = keep_in(kept); });
    for (size_t i = 0; i < kUnits; ++i)
      toy.link(spec_unit(entries[i], "f", calls(entries[i + 1], "next")));
  }
  for (Entry &entry : entries)
    reset(entry);
  Flat flat;
  flat.make_session();
  std::atomic<int> failures{0};
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t)
    threads.emplace_back([&, t] {
      for (size_t i = 0; i < kUnits; ++i) {
        const Kept &one = kept[t % 2 ? i : kUnits - 1 - i];
        failures += !flat.linker->link_flat(one.pointers(), one.flat);
      }
      if (t == 0)
        llvm::cantFail(flat.session->link(spec_unit(entries[kUnits], "last", plus(1))));
    });
  for (std::thread &thread : threads)
    thread.join();
  EXPECT_EQ(failures, 0);
  EXPECT_EQ(flat.call(entries[0], 0), static_cast<int64_t>(kUnits) + 1);
  EXPECT_EQ(flat.linker->stats().losing_copies, 3 * kUnits);
}

} // namespace
