// SPDX-License-Identifier: MIT
// Units on their way into a session: linking, calls, ownership, failures, dumps.
#include "session/toy_client.h"

#include <llvm/IR/DIBuilder.h>

#include <gtest/gtest.h>

#include <thread>

using namespace ligature;
using namespace ligature::toy;

namespace {

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

TEST(Call, GoesToEquivalentCodeOnceThatReplacesTheFirst) {
  Toy toy;
  Entry g;
  auto *slow = +[](int64_t x) { return x + 10; };
  auto *fast = +[](int64_t x) { return 10 + x; };
  auto address = [](int64_t (*code)(int64_t)) { return reinterpret_cast<void *>(code); };
  void *stub = llvm::cantFail(toy.session->stub(g, Abi::Args));
  EXPECT_FALSE(toy.session->replace(g, address(slow), address(fast))); // nothing is published
  EXPECT_TRUE(toy.session->publish(g, {Abi::Args, nullptr, address(slow)}));
  EXPECT_EQ(reinterpret_cast<int64_t (*)(int64_t)>(stub)(1), 11);
  EXPECT_TRUE(toy.session->replace(g, address(slow), address(fast)));
  EXPECT_FALSE(toy.session->replace(g, address(slow), address(fast)));
  EXPECT_EQ(read_published(g, invokes())->specptr, address(fast));
  EXPECT_EQ(llvm::cantFail(toy.session->callable(g, Abi::Args)), address(fast));
  EXPECT_EQ(reinterpret_cast<int64_t (*)(int64_t)>(stub)(1), 11);
  EXPECT_EQ(toy.session->stats().stubs_healed, 1u); // healed once; then pointed elsewhere
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

TEST(Stats, AreListedInOrderAsJson) {
  Toy toy;
  Entry f;
  toy.link(spec_unit(f, "f", plus(5)));
  std::string json = toy.session->stats().json();
  EXPECT_EQ(json.find("{\"units_added\":1,\"units_compiled\":1,\"units_linked\":1,\"units_failed\":0,"), 0u)
      << json;
  EXPECT_EQ(json.back(), '}');
}

} // namespace
