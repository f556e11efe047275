// SPDX-License-Identifier: MIT
//
// Ten million calls through an edge that was bound to its callee at once, beside as many through an edge that
// went to a stub and healed: the same caller and callee, compiled in the other order. And both for a callee
// that was compiled with another ABI than the caller foresaw: there the healed edge is an adapter.
#include "bench/link/measure.h"
#include "session/toy_client.h"

#include <malloc.h>

#include <algorithm>
#include <cstdio>

using namespace ligature;
using namespace ligature::toy;

namespace bench {
namespace {

constexpr int64_t kCalls = 10'000'000;

/// f(n): calls `callee` n times, each with what the last one returned.
Emitter::Body loops_over(Entry &callee) {
  return [&callee](Emitter &emitter, llvm::IRBuilder<> &ir, llvm::Value *n) -> llvm::Value * {
    auto *top = ir.GetInsertBlock();
    auto *loop = llvm::BasicBlock::Create(emitter.builder.context(), "loop", top->getParent());
    auto *done = llvm::BasicBlock::Create(emitter.builder.context(), "done", top->getParent());
    ir.CreateBr(loop);
    ir.SetInsertPoint(loop);
    auto *left = ir.CreatePHI(emitter.i64, 2), *sum = ir.CreatePHI(emitter.i64, 2);
    auto *next_sum = emitter.call(ir, callee, "g", sum);
    auto *next_left = ir.CreateSub(left, ir.getInt64(1));
    left->addIncoming(n, top), left->addIncoming(next_left, loop);
    sum->addIncoming(ir.getInt64(0), top), sum->addIncoming(next_sum, loop);
    ir.CreateCondBr(ir.CreateICmpEQ(next_left, ir.getInt64(0)), done, loop);
    ir.SetInsertPoint(done);
    return next_sum;
  };
}

/// A caller and a callee of its own.
struct Edge {
  Toy &toy;
  Abi compiled_as;
  Entry caller, callee;

  Unit callee_unit() {
    return compiled_as == Abi::Args ? args_unit(callee, "g", plus(3)) : spec_unit(callee, "g", plus(3));
  }
  void link_callee_first() {
    toy.link(callee_unit());
    if (compiled_as != Abi::SpecSig) // made beforehand: the caller is bound to it
      llvm::cantFail(toy.session->callable(callee, Abi::SpecSig));
    toy.link(spec_unit(caller, "f", loops_over(callee)));
  }
  void link_callee_by_the_call() {
    toy.client.emitters[&callee] = [this] { return callee_unit(); };
    toy.link(spec_unit(caller, "f", loops_over(callee)));
    toy.call(caller, 1);
  }
  double ns_per_call() {
    auto start = Clock::now();
    bool right = toy.call(caller, kCalls) == 3 * kCalls;
    double ns = us_since(start) * 1000 / static_cast<double>(kCalls);
    return right ? ns : 1e9;
  }
};

void compare(const char *what, Abi compiled_as) {
  Toy toy;
  Edge direct{toy, compiled_as, {}, {}}, healed{toy, compiled_as, {}, {}};
  direct.link_callee_first();
  healed.link_callee_by_the_call();
  auto lazy_calls = toy.session->stats().lazy_calls.load();
  auto heap = mallinfo2().uordblks, used = toy.session->memory_use().used;
  double direct_ns = 1e9, healed_ns = 1e9;
  for (int turn = 0; turn < 7; ++turn) {
    direct_ns = std::min(direct_ns, direct.ns_per_call());
    healed_ns = std::min(healed_ns, healed.ns_per_call());
  }
  auto allocated = mallinfo2().uordblks - heap + toy.session->memory_use().used - used;
  std::printf("calls, %s   healed %.2f ns   bound at once %.2f ns   ratio %.2f   allocated %zu B\n", what,
              healed_ns, direct_ns, healed_ns / direct_ns, allocated);
  std::string name = std::string("calls, ") + what;
  target(name + ": within 2 ns of a direct call", healed_ns <= direct_ns + 2);
  target(name + ": no allocation, and no call through the resolver",
         allocated == 0 && toy.session->stats().lazy_calls == lazy_calls);
}

} // namespace

void compare_calls() {
  compare("same ABI", Abi::SpecSig);
  compare("other ABI, through an adapter", Abi::Args);
}

} // namespace bench
