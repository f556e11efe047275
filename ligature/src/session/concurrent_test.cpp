// SPDX-License-Identifier: MIT
// Threads that meet in a session: every place where one waits for another, and all of it at once.
// `ctest -L stress` repeats these under ThreadSanitizer (docs/invariants.md).
#include "session/toy_client.h"
#include "session/watchdog.h"

#include <gtest/gtest.h>

#include <deque>
#include <fstream>
#include <random>

using namespace ligature;
using namespace ligature::toy;

namespace {

/// f(x) = name(x), a runtime function: linking it asks the client for its address.
Emitter::Body calls_runtime(std::string name) {
  return [name](Emitter &emitter, llvm::IRBuilder<> &ir, llvm::Value *x) -> llvm::Value * {
    return ir.CreateCall(emitter.builder.runtime(name, emitter.spec_type), {x});
  };
}

enum class Outcome { Success, Failure };

/// A unit of `f` whose linking, on a thread of its own, is held at a gate for as long as the test likes.
class HeldUnit {
public:
  explicit HeldUnit(Outcome outcome) {
    if (outcome == Outcome::Success)
      toy.client.runtime["held"] = reinterpret_cast<void *>(+[](int64_t x) -> int64_t { return x + 1; });
    toy.client.on_find_runtime = [this](std::string_view name) {
      if (name == "held")
        gate_.pass();
    };
    unit = llvm::cantFail(toy.session->add(spec_unit(f, "f", calls_runtime("held"))));
    linker_ = std::thread([this] { reason_ = llvm::toString(toy.session->materialize(unit)); });
    gate_.wait_until_reached();
  }
  ~HeldUnit() {
    if (linker_.joinable())
      release();
  }
  /// What linking the unit came to.
  std::string release() {
    gate_.open();
    linker_.join();
    return reason_;
  }

  Watchdog watchdog;
  Toy toy;
  Entry f;
  UnitHandle unit;

private:
  Gate gate_;
  std::thread linker_;
  std::string reason_;
};

constexpr const char *kFailed =
    "linking 'f': runtime function 'held' does not exist, and no link info explains the name";

/// Runs `wait` on three threads while the unit is held, then lets it go; how often it gave `expected`, or
/// `late`, which is what whoever comes only after a failure finds.
template <class Function>
int count_waiters(HeldUnit &held, Function wait, const std::string &expected, const std::string &late) {
  std::atomic<int> right{0};
  std::vector<std::thread> waiters;
  for (int i = 0; i < 3; ++i)
    waiters.emplace_back([&] {
      std::string outcome = wait();
      right += outcome == expected || outcome == late;
    });
  let_others_run();
  held.release();
  for (std::thread &waiter : waiters)
    waiter.join();
  return right;
}

TEST(Waiting, ForMaterializeEndsWithTheOutcomeForEveryWaiter) {
  for (Outcome outcome : {Outcome::Success, Outcome::Failure}) {
    HeldUnit held(outcome);
    auto wait = [&] { return llvm::toString(held.toy.session->materialize(held.unit)); };
    const std::string expected = outcome == Outcome::Success ? "" : kFailed;
    EXPECT_EQ(count_waiters(held, wait, expected, expected), 3);
  }
}

TEST(Waiting, ForRequireEndsWithTheOutcomeForEveryWaiter) {
  for (Outcome outcome : {Outcome::Success, Outcome::Failure}) {
    HeldUnit held(outcome);
    auto wait = [&]() -> std::string {
      auto published = held.toy.session->require(held.f);
      return published ? (*published ? "published" : "nobody") : llvm::toString(published.takeError());
    };
    const bool good = outcome == Outcome::Success;
    EXPECT_EQ(count_waiters(held, wait, good ? "published" : kFailed, good ? "published" : "nobody"), 3);
  }
}

TEST(Waiting, ForTheOwnerOfADefinitionEndsWithTheOwnersOutcome) {
  for (Outcome outcome : {Outcome::Success, Outcome::Failure}) {
    HeldUnit held(outcome);
    auto wait = [&]() -> std::string {
      auto linked = held.toy.session->link(spec_unit(held.f, "f", plus(1)));
      std::string reason = linked ? "" : llvm::toString(linked.takeError());
      bool just_failed = reason == "'f' is defined by a unit that failed or was unlinked";
      return just_failed ? kFailed : reason; // claimed before the failure, asked after it
    };
    EXPECT_EQ(count_waiters(held, wait, outcome == Outcome::Success ? "" : kFailed, /*late=*/""), 3);
  }
}

TEST(Waiting, OfUnlinkEndsWhenTheUnitIsLinkedOrFailed) {
  for (Outcome outcome : {Outcome::Success, Outcome::Failure}) {
    HeldUnit held(outcome);
    std::thread waiter([&] { held.toy.session->unlink(held.unit); });
    let_others_run();
    held.release();
    waiter.join();
    EXPECT_EQ(entry_state(held.f, invokes()), EntryState::NotCompiled);
    EXPECT_NE(llvm::toString(held.toy.session->materialize(held.unit)), "");
  }
}

TEST(Waiting, OfForgetEndsWhenTheUnitIsLinkedOrFailed) {
  for (Outcome outcome : {Outcome::Success, Outcome::Failure}) {
    HeldUnit held(outcome);
    std::thread waiter([&] { held.toy.session->forget(held.f); });
    let_others_run();
    held.release();
    waiter.join();
    EXPECT_EQ(held.f.session_record.load(), nullptr);
  }
}

TEST(Waiting, OfUnregisterEndsWhenTheUnitIsLinkedOrFailed) {
  for (Outcome outcome : {Outcome::Success, Outcome::Failure}) {
    HeldUnit held(outcome);
    std::thread waiter([&] { held.toy.session->unregister(held.unit); });
    let_others_run();
    held.release();
    waiter.join();
    EXPECT_EQ(held.f.session_record.load() == nullptr, outcome == Outcome::Success);
  }
}

TEST(Waiting, OfThePoolsShutdownEndsWhenWhatIsQueuedHasRun) {
  Watchdog watchdog;
  std::deque<Entry> entries(12);
  std::atomic<int> linked{0}, failed{0};
  {
    Toy toy([](SessionOptions &options) { options.threads = 2, options.compile.opt_level = 0; });
    for (size_t i = 0; i < entries.size(); ++i) {
      auto body = i % 3 == 0 ? calls_runtime("nowhere") : plus(1);
      auto unit = llvm::cantFail(toy.session->add(spec_unit(entries[i], "f", body)));
      toy.session->enqueue(std::move(unit), [&](llvm::Error error) {
        ++(error ? failed : linked);
        llvm::consumeError(std::move(error));
      });
    }
  }
  EXPECT_EQ(linked, 8);
  EXPECT_EQ(failed, 4);
}

TEST(Waiting, OfTwoThreadsForEachOtherIsAnErrorForOne) {
  Watchdog watchdog;
  Toy toy;
  Entry f, g;
  UnitHandle units[2] = {llvm::cantFail(toy.session->add(spec_unit(f, "f", calls_runtime("needs_g")))),
                         llvm::cantFail(toy.session->add(spec_unit(g, "g", calls_runtime("needs_f"))))};
  std::promise<void> reached[2];
  std::shared_future<void> both[2] = {reached[0].get_future().share(), reached[1].get_future().share()};
  std::atomic<int> refused{0};
  toy.client.runtime["needs_f"] = toy.client.runtime["needs_g"] = reinterpret_cast<void *>(toy::raise);
  toy.client.on_find_runtime = [&](std::string_view name) { // as no client should do it
    size_t self = name == "needs_f";
    reached[self].set_value();
    both[1 - self].wait();
    auto published = toy.session->require(self ? f : g);
    if (!published)
      refused +=
          llvm::toString(published.takeError()).find("is required by its own linking") != std::string::npos;
  };
  std::thread other([&] { EXPECT_FALSE(toy.session->materialize(units[0])); });
  EXPECT_FALSE(toy.session->materialize(units[1]));
  other.join();
  EXPECT_EQ(refused, 1);
  EXPECT_EQ(entry_state(f, invokes()), EntryState::Published);
  EXPECT_EQ(entry_state(g, invokes()), EntryState::Published);
}

TEST(Waiting, EntryThatIsWaitingAlwaysHasAUnitThatWillDefineIt) {
  Watchdog watchdog;
  Toy toy([](SessionOptions &options) { options.compile.opt_level = 0; });
  std::deque<Entry> entries(25);
  std::atomic<bool> done{false};
  std::atomic<int> orphans{0};
  std::thread observer([&] {
    while (!done)
      for (Entry &entry : entries)
        if (entry_state(entry, invokes()) == EntryState::Waiting)
          orphans += !llvm::cantFail(toy.session->require(entry));
  });
  for (Entry &entry : entries)
    llvm::cantFail(toy.session->add(spec_unit(entry, "f", plus(1))));
  for (Entry &entry : entries)
    EXPECT_TRUE(llvm::cantFail(toy.session->require(entry)));
  done = true;
  observer.join();
  EXPECT_EQ(orphans, 0);
}

TEST(Concurrent, OldCodeRunsOnWhileItsFunctionIsRedefined) {
  Watchdog watchdog;
  Toy toy([](SessionOptions &options) { options.compile.opt_level = 0; });
  Entry old_loop, old_step;
  toy.client.emitters[&old_step] = [&] { return spec_unit(old_step, "step", plus(1)); };
  UnitHandle old_unit = toy.link(spec_unit(old_loop, "loop", calls(old_step, "step")));
  std::deque<Entry> loops(10), steps(10);
  for (size_t i = 0; i < steps.size(); ++i)
    toy.client.emitters[&steps[i]] = [&, i] {
      return spec_unit(steps[i], "step", plus(100 + static_cast<int64_t>(i)));
    };
  std::atomic<bool> stop{false};
  std::atomic<int64_t> wrong{0}, calls_made{0};
  std::thread runner([&] { // as a function that calls itself by name in a loop
    auto *code = reinterpret_cast<int64_t (*)(int64_t)>(old_loop.specptr.load());
    for (; !stop || calls_made == 0; ++calls_made)
      wrong += code(1) != 3;
  });
  for (size_t i = 0; i < loops.size(); ++i) {
    UnitHandle unit = toy.link(spec_unit(loops[i], "loop", calls(steps[i], "step")));
    EXPECT_EQ(toy.call(loops[i], 1), 102 + static_cast<int64_t>(i));
    toy.session->unlink(std::move(unit)); // the next definition takes its place
  }
  stop = true;
  runner.join();
  EXPECT_EQ(wrong, 0);
  toy.session->unlink(std::move(old_unit));
}

TEST(Concurrent, NoPageIsEverWritableAndExecutableWhileOthersLink) {
  Watchdog watchdog;
  Toy toy([](SessionOptions &options) { options.compile.opt_level = 0; });
  std::atomic<bool> done{false};
  size_t seen = 0, bad = 0;
  std::thread observer([&] {
    do {
      std::ifstream maps("/proc/self/maps");
      for (std::string line; std::getline(maps, line);) {
        std::string permissions = line.substr(line.find(' ') + 1, 4);
        bad += permissions.find('w') != std::string::npos && permissions.find('x') != std::string::npos;
        seen += line.find("ligature-code") != std::string::npos && permissions[2] == 'x';
      }
    } while (!done);
  });
  std::vector<std::thread> linkers;
  for (int t = 0; t < 2; ++t)
    linkers.emplace_back([&] {
      for (int i = 0; i < 15; ++i) {
        Entry entry;
        UnitHandle unit = toy.link(spec_unit(entry, "f", plus(i)));
        EXPECT_EQ(toy.call(entry, 1), 1 + i);
        toy.session->unlink(std::move(unit)); // so that memory is used again, too
        toy.session->forget(entry);
      }
    });
  for (std::thread &linker : linkers)
    linker.join();
  done = true;
  observer.join();
  EXPECT_GT(seen, 0u);
  EXPECT_EQ(bad, 0u);
}

/// A thread's share of Concurrent.EverythingAtOnce.
class Worker {
public:
  Worker(Toy &toy, std::deque<Entry> &shared, unsigned seed) : toy_(toy), shared_(shared), random_(seed) {}
  void run(int steps) {
    for (int i = 0; i < steps; ++i)
      step();
  }

private:
  Unit shared_unit(size_t which) {
    return spec_unit(shared_[which], "shared", plus(static_cast<int64_t>(which)));
  }
  void step() {
    size_t which = random_() % shared_.size();
    switch (random_() % 7) {
    case 0:
      llvm::cantFail(toy_.session->link(shared_unit(which)));
      return;
    case 1:
      return toy_.session->enqueue(llvm::cantFail(toy_.session->add(shared_unit(which))));
    case 2:
      llvm::cantFail(toy_.session->require(shared_[which]));
      return;
    case 3:
      return call_shared(which);
    case 4:
      return fail();
    case 5:
      return run_once();
    case 6:
      return cancel();
    }
  }
  void call_shared(size_t which) {
    Entry caller;
    UnitHandle unit = toy_.link(spec_unit(caller, "caller", calls(shared_[which], "shared")));
    EXPECT_EQ(toy_.call(caller, 1), 2 + static_cast<int64_t>(which));
    int64_t argument = 1;
    auto *boxed =
        reinterpret_cast<Generic>(llvm::cantFail(toy_.session->callable(shared_[which], Abi::Args)));
    EXPECT_EQ(boxed(&shared_[which], &argument, 1), 1 + static_cast<int64_t>(which));
    toy_.session->unlink(std::move(unit));
    toy_.session->forget(caller);
  }
  void fail() {
    Entry entry;
    auto linked = toy_.session->link(spec_unit(entry, "f", calls_runtime("nowhere")));
    EXPECT_FALSE(linked);
    llvm::consumeError(linked.takeError());
    EXPECT_EQ(entry_state(entry, invokes()), EntryState::NotCompiled);
    toy_.session->forget(entry);
  }
  void run_once() {
    auto thunk = std::make_unique<Entry>();
    UnitHandle unit = toy_.link(spec_unit(*thunk, "thunk", plus(3)));
    auto *code = reinterpret_cast<int64_t (*)(int64_t)>(toy_.session->address(unit));
    toy_.session->unregister(unit);
    thunk = nullptr;
    EXPECT_EQ(code(1), 4);
    toy_.session->unlink(std::move(unit));
  }
  void cancel() {
    Entry entry;
    auto unit = llvm::cantFail(toy_.session->add(spec_unit(entry, "f", plus(1))));
    toy_.session->enqueue(unit);
    if (random_() % 2)
      std::this_thread::yield();
    toy_.session->unlink(std::move(unit));
    EXPECT_EQ(entry_state(entry, invokes()), EntryState::NotCompiled);
    toy_.session->forget(entry);
  }

  Toy &toy_;
  std::deque<Entry> &shared_;
  std::mt19937 random_;
};

TEST(Concurrent, EverythingAtOnce) {
  Watchdog watchdog;
  static std::atomic<unsigned> seed{1};
  std::deque<Entry> shared(6);
  Toy toy([](SessionOptions &options) { options.threads = 2, options.compile.opt_level = 0; });
  for (size_t i = 0; i < shared.size(); ++i)
    toy.client.emitters[&shared[i]] = [&, i] {
      return spec_unit(shared[i], "shared", plus(static_cast<int64_t>(i)));
    };
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t)
    threads.emplace_back([&] { Worker(toy, shared, seed++).run(12); });
  for (std::thread &thread : threads)
    thread.join();
  for (size_t i = 0; i < shared.size(); ++i) {
    toy.link(toy.client.emitters[&shared[i]]());
    EXPECT_EQ(toy.call(shared[i], 1), 1 + static_cast<int64_t>(i));
  }
}

} // namespace
