// SPDX-License-Identifier: MIT
#include "session/toy_client.h"

#include <llvm/IR/DIBuilder.h>

#include <gtest/gtest.h>

#include <deque>
#include <fstream>
#include <future>
#include <thread>

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

TEST(Link, PublishesCodeThatRuns) {
  Toy toy;
  Entry f;
  UnitHandle unit = toy.link(spec_unit(f, "f", plus(5)));
  EXPECT_EQ(toy.call(f, 37), 42);
  EXPECT_EQ(toy.invoke(f, 37), 42);
  EXPECT_EQ(read_published(f, invokes())->abi, Abi::SpecSig);
  EXPECT_EQ(toy.session->address(unit), f.specptr.load());
  EXPECT_EQ(toy.session->stats().units_linked, 1u);
}

TEST(Link, TakesObjectsThatWereCompiledElsewhere) {
  Toy toy;
  Entry f;
  Unit unit = spec_unit(f, "f", plus(5));
  Object object = llvm::cantFail(compile(*unit.module, {}));
  auto handle = llvm::cantFail(toy.session->add(std::move(unit.link_info), std::move(object)));
  EXPECT_FALSE(toy.session->materialize(handle));
  EXPECT_EQ(toy.call(f, 37), 42);
  EXPECT_EQ(toy.session->stats().units_compiled, 0u);
}

TEST(Link, DamagedObjectIsAnErrorAndTheSessionGoesOn) {
  Toy toy;
  Entry f;
  Unit unit = spec_unit(f, "f", plus(5));
  Object object = llvm::cantFail(compile(*unit.module, {}));
  for (size_t keep : {size_t{0}, size_t{10}, size_t{100}, object.bytes->getBufferSize() / 2}) {
    Object damaged;
    damaged.bytes = llvm::MemoryBuffer::getMemBufferCopy(object.bytes->getBuffer().take_front(keep), "unit");
    Unit again = spec_unit(f, "f", plus(5));
    auto handle = llvm::cantFail(toy.session->add(std::move(again.link_info), std::move(damaged)));
    EXPECT_NE(llvm::toString(toy.session->materialize(handle)), "");
    EXPECT_EQ(entry_state(f, invokes()), EntryState::NotCompiled);
  }
  toy.link(spec_unit(f, "f", plus(5)));
  EXPECT_EQ(toy.call(f, 37), 42);
}

TEST(Call, ToPublishedCodeOfTheSameAbiIsDirect) {
  Toy toy;
  Entry f, g;
  toy.link(spec_unit(g, "g", plus(10)));
  toy.link(spec_unit(f, "f", calls(g, "g")));
  EXPECT_EQ(toy.call(f, 1), 12);
  EXPECT_EQ(toy.session->stats().direct_bindings, 1u);
  EXPECT_EQ(toy.session->stats().lazy_stubs_made, 0u);
}

TEST(Call, ToUncompiledCodeCompilesItOnceAndHeals) {
  Toy toy;
  Entry f, g;
  toy.client.emitters[&g] = [&] { return spec_unit(g, "g", plus(10)); };
  toy.link(spec_unit(f, "f", calls(g, "g")));
  EXPECT_EQ(entry_state(g, invokes()), EntryState::NotCompiled);
  EXPECT_EQ(toy.call(f, 1), 12);
  EXPECT_EQ(toy.call(f, 2), 13);
  EXPECT_EQ(toy.client.compiles, 1);
  EXPECT_EQ(toy.session->stats().lazy_calls, 1u);
  EXPECT_EQ(toy.session->stats().stubs_healed, 1u);
}

TEST(Call, StubHealsWhenItsCalleeIsPublishedBeforeTheCall) {
  Toy toy;
  Entry f, g, h;
  toy.link(spec_unit(f, "f", calls(g, "g")));
  toy.link(spec_unit(h, "h", calls(g, "g")));
  EXPECT_EQ(toy.session->stats().lazy_stubs_made, 1u); // one per entry and ABI
  toy.link(spec_unit(g, "g", plus(10)));
  EXPECT_EQ(toy.call(f, 1) + toy.call(h, 1), 24);
  EXPECT_EQ(toy.session->stats().lazy_calls, 0u);
  EXPECT_EQ(toy.session->stats().stubs_healed, 1u);
}

TEST(Call, ToAnotherAbiGoesThroughOneAdapter) {
  Toy toy;
  Entry f, h, g;
  toy.link(args_unit(g, "g", plus(10)));
  toy.link(spec_unit(f, "f", calls(g, "g")));
  EXPECT_EQ(toy.call(f, 1), 12);
  EXPECT_EQ(toy.call(f, 2), 13);
  toy.link(spec_unit(h, "h", calls(g, "g"))); // binds to the adapter that exists
  EXPECT_EQ(toy.call(h, 1), 12);
  EXPECT_EQ(toy.client.adapters, 1);
  EXPECT_EQ(toy.session->stats().adapters_made, 1u);
  EXPECT_EQ(toy.session->stats().lazy_calls, 1u);
}

TEST(Call, ThroughAnInterpretedEntryHealsOnceThatIsCompiled) {
  Toy toy;
  Entry f, g;
  EXPECT_TRUE(toy.session->publish(g, {Abi::Interpreted}));
  toy.link(spec_unit(f, "f", calls(g, "g")));
  EXPECT_EQ(toy.call(f, 2), 2001);
  toy.link(spec_unit(g, "g", plus(10)));
  EXPECT_EQ(toy.call(f, 2), 13);
  EXPECT_EQ(toy.session->stats().lazy_calls, 1u);
}

TEST(Callable, ConvertsBothWaysAndRejectsWhatCannotBeCalled) {
  Toy toy;
  Entry f, g;
  EXPECT_EQ(llvm::cantFail(toy.session->callable(f, Abi::SpecSig)), nullptr);
  toy.link(spec_unit(f, "f", plus(5)));
  auto *boxed = reinterpret_cast<Generic>(llvm::cantFail(toy.session->callable(f, Abi::Args)));
  int64_t argument = 3;
  EXPECT_EQ(boxed(&f, &argument, 1), 8);
  toy.session->publish(g, {Abi::Const});
  auto *constant =
      reinterpret_cast<int64_t (*)(int64_t)>(llvm::cantFail(toy.session->callable(g, Abi::SpecSig)));
  EXPECT_EQ(constant(0), 77);
  auto wrong = toy.session->callable(f, Abi::Const);
  EXPECT_EQ(llvm::toString(wrong.takeError()), "ABI const cannot be called; only args and specsig can");
}

TEST(Callable, WrapperServesAsArgsIfTheClientSaysSo) {
  Toy toy([](SessionOptions &options) { options.wrappers_are_args = true; });
  Entry f;
  toy.link(spec_unit(f, "f", plus(5)));
  EXPECT_EQ(llvm::cantFail(toy.session->callable(f, Abi::Args)), f.invoke.load());
  EXPECT_EQ(toy.client.adapters, 0);
}

TEST(Batch, MembersCallEachOtherWithoutStubs) {
  Toy toy;
  Entry f, g;
  Emitter emitter; // g first, so that its call to f is still a declaration
  emitter.spec(g, "g", calls(f, "f"));
  emitter.spec(f, "f", [&](Emitter &, llvm::IRBuilder<> &ir, llvm::Value *x) -> llvm::Value * {
    return ir.CreateMul(x, ir.getInt64(3));
  });
  toy.link(emitter.builder.finish());
  EXPECT_EQ(toy.call(g, 5), 16);
  EXPECT_EQ(toy.session->stats().local_bindings, 1u);
  EXPECT_EQ(toy.session->stats().lazy_stubs_made, 0u);
}

TEST(Claim, TwoThreadsWithTheSameEntryShareOneDefinition) {
  Toy toy;
  for (int round = 0; round < 20; ++round) {
    Entry f;
    int64_t results[2];
    auto race = [&](int which) {
      auto unit = toy.session->link(spec_unit(f, "f", plus(7)));
      EXPECT_TRUE(static_cast<bool>(unit));
      results[which] = toy.call(f, 1);
    };
    std::thread first(race, 0), second(race, 1);
    first.join();
    second.join();
    EXPECT_EQ(results[0], 8);
    EXPECT_EQ(results[1], 8);
    toy.session->forget(f);
  }
  EXPECT_EQ(toy.session->stats().units_linked, 20u);
  EXPECT_EQ(toy.session->stats().losing_copies, 20u);
}

TEST(Claim, EntryIsWaitingFromAddToPublication) {
  Toy toy;
  Entry f;
  EXPECT_FALSE(llvm::cantFail(toy.session->require(f)));
  auto handle = llvm::cantFail(toy.session->add(spec_unit(f, "f", plus(1))));
  EXPECT_EQ(entry_state(f, invokes()), EntryState::Waiting);
  EXPECT_TRUE(llvm::cantFail(toy.session->require(f)));
  EXPECT_EQ(entry_state(f, invokes()), EntryState::Published);
  EXPECT_FALSE(toy.session->materialize(handle)); // again is no work
  EXPECT_EQ(toy.session->stats().units_compiled, 1u);
}

TEST(Pool, LinksQueuedUnits) {
  Toy toy([](SessionOptions &options) { options.threads = 2; });
  std::vector<Entry> entries(30);
  std::atomic<int> done{0};
  for (size_t i = 0; i < entries.size(); ++i) {
    auto unit = llvm::cantFail(toy.session->add(spec_unit(entries[i], "f", plus(static_cast<int64_t>(i)))));
    toy.session->enqueue(unit, [&](llvm::Error error) { done += !error; });
  }
  for (size_t i = entries.size(); i-- > 0;) {
    EXPECT_TRUE(llvm::cantFail(toy.session->require(entries[i])));
    EXPECT_EQ(toy.call(entries[i], 1), 1 + static_cast<int64_t>(i));
  }
  EXPECT_EQ(toy.session->stats().units_linked, 30u);
  toy.session = nullptr; // waits for the pool
  EXPECT_EQ(done, 30);
}

TEST(Failure, WakesEveryWaiterWithTheReasonAndLeavesTheEntryOpen) {
  Toy toy;
  Entry f;
  auto broken = [&] {
    return spec_unit(f, "f", [](Emitter &emitter, llvm::IRBuilder<> &ir, llvm::Value *x) -> llvm::Value * {
      return ir.CreateCall(emitter.builder.runtime("nowhere", emitter.spec_type), {x});
    });
  };
  auto unit = llvm::cantFail(toy.session->add(broken()));
  std::vector<std::thread> waiters;
  std::atomic<int> told{0};
  for (int i = 0; i < 4; ++i)
    waiters.emplace_back([&] {
      std::string reason = llvm::toString(toy.session->materialize(unit));
      told += reason.find("linking 'f': runtime function 'nowhere' does not exist") == 0;
    });
  for (auto &waiter : waiters)
    waiter.join();
  EXPECT_EQ(told, 4);
  EXPECT_EQ(entry_state(f, invokes()), EntryState::NotCompiled);
  EXPECT_EQ(toy.session->stats().units_failed, 1u);
  toy.link(spec_unit(f, "f", plus(1))); // the session goes on
  EXPECT_EQ(toy.call(f, 1), 2);
}

TEST(Failure, OfTheOwnerLeavesTheEntryToWhoComesNext) {
  Toy toy;
  Entry f;
  auto owner = llvm::cantFail(toy.session->add(spec_unit(f, "f", plus(1))));
  auto copy = llvm::cantFail(toy.session->add(spec_unit(f, "f", plus(1))));
  toy.session->unlink(owner);
  EXPECT_FALSE(toy.session->materialize(copy)); // linked, for nobody
  EXPECT_EQ(entry_state(f, invokes()), EntryState::NotCompiled);
  EXPECT_FALSE(llvm::cantFail(toy.session->require(f)));
}

TEST(Foreign, IsBoundAtLinkTimeAndMissingOnesRaiseWhenReached) {
  Toy toy;
  toy.client.runtime["seven"] = reinterpret_cast<void *>(+[](int64_t x) -> int64_t { return 7 * x; });
  auto body = [](const char *library, const char *name) {
    return [=](Emitter &emitter, llvm::IRBuilder<> &ir, llvm::Value *x) -> llvm::Value * {
      return ir.CreateCall(emitter.builder.foreign(library, name, emitter.spec_type), {x});
    };
  };
  Entry f, g;
  toy.link(spec_unit(f, "f", body("toy", "seven")));
  toy.link(spec_unit(g, "g", body("libmissing", "gone")));
  EXPECT_EQ(toy.call(f, 6), 42);
  EXPECT_EQ(toy.session->stats().foreign_missing, 1u);
  if (setjmp(escape) == 0) {
    toy.call(g, 1);
    FAIL() << "the call returned";
  }
  EXPECT_EQ(escaped_with, "could not load gone from libmissing");
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

TEST(Forget, ReusedAddressFindsNoOldCode) {
  Toy toy;
  Entry f;
  alignas(Entry) char memory[sizeof(Entry)];
  auto *g = new (memory) Entry;
  toy.link(spec_unit(*g, "g", plus(10)));
  const CodeRange *range = toy.session->code_map().find(reinterpret_cast<uintptr_t>(g->specptr.load()));
  toy.session->forget(*g);
  (void)range;
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
  unit = nullptr;
}

TEST(Dump, ShowsEachStageInSessionNamesWithoutAddresses) {
  auto run = [] {
    std::string text;
    Toy toy([&](SessionOptions &options) {
      options.dump_stages = 15;
      options.dump = [&](DumpStage stage, std::string_view name, const std::string &shown) {
        text += "[" + std::to_string(static_cast<int>(stage)) + " " + std::string(name) + "]\n" + shown;
      };
    });
    Entry f, g, h;
    toy.link(spec_unit(g, "g", plus(10)));
    toy.link(spec_unit(f, "f", [&](Emitter &e, llvm::IRBuilder<> &ir, llvm::Value *x) -> llvm::Value * {
      return e.call(ir, h, "h", e.call(ir, g, "g", x));
    }));
    return text;
  };
  std::string text = run();
  EXPECT_NE(text.find("[0 f]\n; ModuleID = 'unit'"), std::string::npos) << text;
  EXPECT_NE(text.find("undefined j_g_0"), std::string::npos) << text;
  EXPECT_NE(text.find("graph f\nsection .text"), std::string::npos) << text;
  EXPECT_NE(text.find("call -> external g#1\n"), std::string::npos) << text;
  EXPECT_NE(text.find("call -> external stub of j_h_0\n"), std::string::npos) << text;
  EXPECT_NE(text.find("entry f#1 specsig, with wrapper\n"), std::string::npos) << text;
  EXPECT_EQ(text, run());
}

TEST(Positions, AreFoundFromAnAddressWithTheClientsMethodHandle) {
  Toy toy;
  Entry f;
  static int method;
  const CodeRange *found = nullptr;
  uintptr_t return_address = 0;
  static auto note = [&](void *pc) { return_address = reinterpret_cast<uintptr_t>(pc); };
  toy.client.runtime["here"] = reinterpret_cast<void *>(+[](int64_t x) -> int64_t {
    note(__builtin_return_address(0));
    return x;
  });
  Emitter emitter;
  llvm::DIBuilder debug(emitter.builder.module());
  auto *file = debug.createFile(UnitBuilder::position_file(), "");
  debug.createCompileUnit(llvm::dwarf::DW_LANG_C, file, "unit", true, "", 0);
  auto *scope = debug.createFunction(file, "f", emitter.builder.position(&method), file, 1,
                                     debug.createSubroutineType(debug.getOrCreateTypeArray({})), 1,
                                     llvm::DINode::FlagZero, llvm::DISubprogram::SPFlagDefinition);
  auto *code = emitter.spec(f, "f", [&](Emitter &e, llvm::IRBuilder<> &ir, llvm::Value *x) -> llvm::Value * {
    ir.SetCurrentDebugLocation(llvm::DILocation::get(e.builder.context(), 3, 0, scope));
    auto *called = ir.CreateCall(e.builder.runtime("here", e.spec_type), {x});
    return ir.CreateAdd(called, ir.getInt64(1));
  });
  code->setSubprogram(scope);
  for (llvm::Function &function : emitter.builder.module())
    function.addFnAttr(llvm::Attribute::NoInline); // the wrapper carries no positions
  debug.finalize();
  toy.link(emitter.builder.finish());
  EXPECT_EQ(toy.call(f, 1), 2);
  found = toy.session->code_map().find(return_address - 1);
  ASSERT_NE(found, nullptr);
  EXPECT_EQ(found->name, "f#1");
  EXPECT_EQ(found->entry, &f);
  EXPECT_EQ(found->role, CodeRole::Function);
  SourceFrame frames[4];
  ASSERT_EQ(CodeMap::frames(*found, return_address - 1, frames), 1u);
  EXPECT_EQ(frames[0].method, &method);
  EXPECT_EQ(frames[0].line, 3);
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
  /// Appends the unit to `units`, or says why not.
  std::string try_link(Entry &entry, Entry &callee, std::vector<UnitHandle> &units) {
    Object object;
    object.bytes = llvm::MemoryBuffer::getMemBuffer(object_.bytes->getBuffer(), "unit", false);
    auto written = write_link_info(info_);
    std::vector<const void *> pointers = {&entry, &callee};
    auto info = read_link_info(written.bytes, pointers);
    auto unit = llvm::cantFail(toy_.session->add(std::move(*info), std::move(object)));
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

TEST(Many, FiftyThousandUnitsInOneProcess) {
  Toy toy;
  Chain chain(toy);
  std::vector<Entry> entries(50000);
  toy.link(spec_unit(entries[0], "first", plus(1)));
  size_t mappings = count_mappings("");
  for (size_t i = 1; i < entries.size(); ++i)
    chain.link(entries[i], entries[0]);
  EXPECT_LT(count_mappings(""), mappings + 20); // a few of the allocator's own
  EXPECT_EQ(toy.call(entries.back(), 0), 2);
}

TEST(Call, ThreadsMeetInOneLazyStub) {
  for (int round = 0; round < 10; ++round) {
    Toy toy;
    Entry f, g;
    toy.client.emitters[&g] = [&] { return spec_unit(g, "g", plus(10)); };
    toy.link(spec_unit(f, "f", calls(g, "g")));
    std::vector<std::thread> threads;
    std::atomic<int> right{0};
    for (int i = 0; i < 4; ++i)
      threads.emplace_back([&] { right += toy.call(f, 1) == 12; });
    for (auto &thread : threads)
      thread.join();
    EXPECT_EQ(right, 4);
    EXPECT_EQ(toy.session->stats().stubs_healed, 1u);
    EXPECT_EQ(toy.session->stats().units_linked, 2u);
  }
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

TEST(Stats, AreListedInOrderAsJson) {
  Toy toy;
  Entry f;
  toy.link(spec_unit(f, "f", plus(5)));
  std::string json = toy.session->stats().json();
  EXPECT_EQ(json.find("{\"units_added\":1,\"units_compiled\":1,\"units_linked\":1,\"units_failed\":0,"), 0u)
      << json;
  EXPECT_EQ(json.back(), '}');
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
