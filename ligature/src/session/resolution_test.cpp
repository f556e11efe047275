// SPDX-License-Identifier: MIT
// What a call is bound to, for every state and ABI of its callee: always that function, whatever happened
// since.
#include "session/toy_client.h"

#include <gtest/gtest.h>

#include <malloc.h>

using namespace ligature;
using namespace ligature::toy;

namespace {

enum class Callee { NotCompiled, Waiting, SpecSig, Args, SParam, Const, Interpreted };
constexpr Callee kCallees[] = {Callee::NotCompiled, Callee::Waiting, Callee::SpecSig,    Callee::Args,
                               Callee::SParam,      Callee::Const,   Callee::Interpreted};

int64_t sparam_code(Entry *, const int64_t *arguments, uint32_t, const void *parameters) {
  return arguments[0] + (parameters ? 5000 : 0);
}

/// Brings `g` into `state`; what g(1) is then.
int64_t bring(Toy &toy, Entry &g, Callee state) {
  toy.client.emitters[&g] = [&g] { return spec_unit(g, "g", plus(10)); };
  switch (state) {
  case Callee::NotCompiled:
    return 11;
  case Callee::Waiting:
    llvm::cantFail(toy.session->add(spec_unit(g, "g", plus(20))));
    return 21;
  case Callee::SpecSig:
    toy.link(spec_unit(g, "g", plus(30)));
    return 31;
  case Callee::Args:
    toy.link(args_unit(g, "g", plus(40)));
    return 41;
  case Callee::SParam:
    toy.session->publish(g, {Abi::SParam, nullptr, reinterpret_cast<void *>(sparam_code)});
    return 5001;
  case Callee::Const:
    toy.session->publish(g, {Abi::Const});
    return 77;
  case Callee::Interpreted:
    toy.session->publish(g, {Abi::Interpreted});
    return 1000;
  }
  return 0;
}

enum class Before { Linking, TheCall };

void check(Callee state, Abi abi, Before before) {
  Toy toy;
  Entry f, g, decoy;
  toy.link(spec_unit(decoy, "g", plus(-1))); // of the same name
  auto body = abi == Abi::Args ? calls_args(g, "g") : calls(g, "g");
  int64_t expected = 0;
  if (before == Before::Linking)
    expected = bring(toy, g, state);
  toy.link(spec_unit(f, "f", body));
  if (before == Before::TheCall)
    expected = bring(toy, g, state);
  for (int i = 0; i < 3; ++i)
    EXPECT_EQ(toy.call(f, 1), expected + 1)
        << "callee " << static_cast<int>(state) << " called as " << abi_name(abi);
  const Stats &stats = toy.session->stats();
  EXPECT_LE(stats.lazy_calls, 1u); // one call at most found out; the others went straight there
  EXPECT_EQ(stats.stubs_healed, stats.lazy_stubs_made);
}

TEST(Resolution, EveryStateOfTheCalleeWithBothAbisRunsExactlyThatEntry) {
  for (Callee state : kCallees)
    for (Abi abi : {Abi::Args, Abi::SpecSig})
      for (Before before : {Before::Linking, Before::TheCall})
        check(state, abi, before);
}

TEST(Resolution, PredictedSpecSigCompiledAsArgsGetsOneAdapter) {
  Toy toy;
  Entry f, g;
  toy.client.emitters[&g] = [&] { return args_unit(g, "g", plus(10)); };
  toy.link(spec_unit(f, "f", calls(g, "g")));
  EXPECT_EQ(toy.call(f, 1), 12);
  EXPECT_EQ(toy.call(f, 2), 13);
  EXPECT_EQ(toy.session->stats().adapters_made, 1u);
  EXPECT_EQ(toy.session->stats().lazy_calls, 1u);
}

TEST(Resolution, EqualEntryIsCalledDirectlyWithoutAdapterOrStub) {
  Toy toy;
  Entry f, g, same;
  toy.client.equals[&g] = &same;
  UnitHandle callee = toy.link(spec_unit(same, "g", plus(10)));
  toy.link(spec_unit(f, "f", calls(g, "g")));
  EXPECT_EQ(toy.call(f, 1), 12);
  EXPECT_EQ(toy.session->stats().equal_bindings, 1u);
  EXPECT_EQ(toy.session->stats().lazy_stubs_made + toy.session->stats().adapters_made, 0u);
  EXPECT_EQ(entry_state(g, invokes()), EntryState::NotCompiled);
  std::weak_ptr<LinkedUnit> watch = callee;
  toy.session->unlink(std::move(callee));
  EXPECT_FALSE(watch.expired()); // kept by its caller
  EXPECT_EQ(toy.call(f, 1), 12);
}

TEST(Resolution, EqualEntryOfAnotherAbiOrWithoutCodeIsNotUsed) {
  Toy toy;
  Entry f, g, h, boxed, empty;
  toy.client.equals = {{&g, &boxed}, {&h, &empty}};
  for (Entry *entry : {&g, &h})
    toy.client.emitters[entry] = [entry] { return spec_unit(*entry, "g", plus(10)); };
  toy.link(args_unit(boxed, "g", plus(20)));
  toy.link(spec_unit(f, "f", [&](Emitter &e, llvm::IRBuilder<> &ir, llvm::Value *x) -> llvm::Value * {
    return ir.CreateAdd(e.call(ir, g, "g", x), e.call(ir, h, "h", x));
  }));
  EXPECT_EQ(toy.call(f, 1), 22);
  EXPECT_EQ(toy.session->stats().equal_bindings, 0u);
  EXPECT_EQ(toy.session->stats().adapters_made, 0u);
}

TEST(Resolution, CallsGoOnRunningTheSpecialisationTheyNameWhenANewerOneIsThere) {
  Toy toy;
  Entry f, old_g, new_g, h;
  toy.link(spec_unit(f, "f", calls(old_g, "g")));
  toy.client.emitters[&old_g] = [&] { return spec_unit(old_g, "g", plus(10)); };
  toy.link(spec_unit(new_g, "g", plus(20)));
  EXPECT_EQ(toy.call(f, 1), 12);
  toy.link(spec_unit(h, "h", calls(new_g, "g")));
  EXPECT_EQ(toy.call(h, 1), 22);
  EXPECT_EQ(toy.call(f, 1), 12);
}

TEST(Resolution, LosingCopyCallsItsOwnFunctions) {
  Toy toy;
  Entry f, g;
  toy.link(spec_unit(g, "g", plus(10)));
  Emitter emitter; // defines g again, and f, which calls that copy
  emitter.spec(g, "g", plus(10));
  emitter.spec(f, "f", calls(g, "g"));
  llvm::IRBuilder<> ir(emitter.builder.context());
  toy.link(emitter.builder.finish());
  EXPECT_EQ(toy.call(f, 1), 12);
  EXPECT_EQ(toy.session->stats().losing_copies, 1u);
  EXPECT_EQ(toy.session->stats().lazy_stubs_made, 0u);
}

/// f calls g as `abi`, which is compiled only by the first call; what a hundred thousand more calls allocate.
void expect_healed_without_allocation(Abi abi, Abi compiled_as) {
  Toy toy;
  Entry f, g;
  toy.client.emitters[&g] = [&] {
    return compiled_as == Abi::Args ? args_unit(g, "g", plus(10)) : spec_unit(g, "g", plus(10));
  };
  toy.link(spec_unit(f, "f", abi == Abi::Args ? calls_args(g, "g") : calls(g, "g")));
  EXPECT_EQ(toy.call(f, 1), 12);
  const Stats &stats = toy.session->stats();
  EXPECT_EQ(stats.lazy_stubs_made, 1u);
  EXPECT_EQ(stats.stubs_healed, 1u);
  EXPECT_EQ(stats.adapters_made, abi == compiled_as ? 0u : 1u);
  auto used = toy.session->memory_use().used;
  auto heap = mallinfo2().uordblks;
  auto *code = reinterpret_cast<int64_t (*)(int64_t)>(f.specptr.load());
  int64_t sum = 0;
  for (int i = 0; i < 100000; ++i)
    sum += code(1);
  EXPECT_EQ(mallinfo2().uordblks, heap);
  EXPECT_EQ(sum, 1200000);
  EXPECT_EQ(toy.session->memory_use().used, used);
  EXPECT_EQ(stats.lazy_calls, 1u);
}

TEST(Healing, CallsAfterTheFirstGoStraightThereAndAllocateNothing) {
  for (Abi abi : {Abi::Args, Abi::SpecSig})
    for (Abi compiled_as : {Abi::Args, Abi::SpecSig})
      expect_healed_without_allocation(abi, compiled_as);
}

TEST(Healing, AdapterGivesWayToCodeOfTheRightAbi) {
  Toy toy;
  Entry f, g;
  toy.session->publish(g, {Abi::Interpreted});
  toy.link(spec_unit(f, "f", calls(g, "g")));
  EXPECT_EQ(toy.call(f, 2), 2001); // through an adapter to the interpreter
  EXPECT_EQ(toy.session->stats().adapters_made, 1u);
  toy.link(spec_unit(g, "g", plus(10)));
  EXPECT_EQ(toy.call(f, 2), 13);
  EXPECT_EQ(llvm::cantFail(toy.session->callable(g, Abi::SpecSig)), g.specptr.load());
}

} // namespace
