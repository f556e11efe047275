// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

#include <chrono>
#include <future>
#include <thread>

#include "jl/infer/effects.h"
#include "jl/infer/test_code.h"

using namespace jl;
using namespace jl::test;

RUNTIME_TEST(Infer, FoldsConstants) {
  TestCode c(1);
  Operand sum = c.call({c.intrinsic(Intrinsic::add_int), c.integer(40), c.integer(2)});
  c.ret(sum);
  Value *f = test_function(task, "folds");
  add_test_method(task, f, {}, c);
  CodeInstance *code = test_infer(task, f, {});
  ASSERT_NE(code->rettype_const, nullptr);
  EXPECT_EQ(unbox_int64(code->rettype_const), 42);
  EXPECT_EQ(listing(code), "CodeInfo(\n1 ─ return 42\n) => Core.Const(42)\n");
}

RUNTIME_TEST(Infer, TypesIntrinsics) {
  TestCode c(2);
  c.ret(c.call({c.intrinsic(Intrinsic::mul_int), slot(1), c.integer(2)}));
  Value *f = test_function(task, "doubles");
  add_test_method(task, f, {types::Any}, c);
  EXPECT_EQ(listing(test_infer(task, f, {types::Int64})),
            "CodeInfo(\n1 ─ %1 = Base.mul_int(b, 2)::Int64\n└──      return %1\n) => Int64\n");
}

RUNTIME_TEST(Infer, InlinesSmallCallees) {
  Value *f = test_function(task, "doubles");
  Value *g = test_function(task, "quadruples");
  TestCode c(2);
  Operand once = c.call({c.constant(f), slot(1)});
  c.ret(c.call({c.constant(f), once}));
  add_test_method(task, g, {types::Any}, c);
  EXPECT_EQ(listing(test_infer(task, g, {types::Int64})),
            "CodeInfo(\n1 ─ %1 = Base.mul_int(b, 2)::Int64\n│   %2 = Base.mul_int(%1, 2)::Int64\n└──      "
            "return %2\n) => Int64\n");
}

// function fact(n); if n < 2; return 1; end; return n * fact(n - 1); end
static void define_fact(Task *task, Value *f) {
  TestCode c(2);
  uint32_t jump = c.jump_if_not(c.call({c.intrinsic(Intrinsic::slt_int), slot(1), c.integer(2)}));
  c.ret(c.integer(1));
  c.land(jump);
  Operand less = c.call({c.intrinsic(Intrinsic::sub_int), slot(1), c.integer(1)});
  Operand rest = c.call({c.constant(f), less});
  c.ret(c.call({c.intrinsic(Intrinsic::mul_int), slot(1), rest}));
  add_test_method(task, f, {types::Any}, c);
}

RUNTIME_TEST(Infer, SolvesRecursion) {
  Value *f = test_function(task, "fact");
  define_fact(task, f);
  CodeInstance *code = test_infer(task, f, {types::Int64});
  EXPECT_EQ(code->rettype, types::Int64);
  EXPECT_FALSE(code->effects & kTerminates);
  EXPECT_NE(listing(code).find("invoke Main.fact(%"), std::string::npos) << listing(code);
}

// s = 0; i = 1; while i <= n; s += i; i += 1; end; s
RUNTIME_TEST(Infer, LoopsBecomePhis) {
  TestCode c(2, 2);
  c.add(Op::Copy, {c.integer(0)}, 2);
  c.add(Op::Copy, {c.integer(1)}, 3);
  uint32_t head = c.next();
  uint32_t out = c.jump_if_not(c.call({c.intrinsic(Intrinsic::sle_int), slot(3), slot(1)}));
  c.call({c.intrinsic(Intrinsic::add_int), slot(2), slot(3)}, 2);
  c.call({c.intrinsic(Intrinsic::add_int), slot(3), c.integer(1)}, 3);
  c.jump_to(head);
  c.land(out);
  c.ret(slot(2));
  Value *f = test_function(task, "sums");
  add_test_method(task, f, {types::Any}, c);
  std::string text = listing(test_infer(task, f, {types::Int64}));
  EXPECT_NE(text.find("φ (#1 => 0, #3 => %"), std::string::npos) << text;
  EXPECT_EQ(text.find("throw_undef"), std::string::npos) << text;
}

// is_even(n) = n == 0 ? true : is_odd(n - 1) and the reverse: the same from both entries.
static void define_parity(Task *task, const char *name, Value *other, bool at_zero) {
  Value *f = test_function(task, name);
  TestCode c(2);
  uint32_t jump = c.jump_if_not(c.call({c.intrinsic(Intrinsic::eq_int), slot(1), c.integer(0)}));
  c.ret(c.constant(bool_value(at_zero)));
  c.land(jump);
  Operand less = c.call({c.intrinsic(Intrinsic::sub_int), slot(1), c.integer(1)});
  c.ret(c.call({c.constant(other), less}));
  add_test_method(task, f, {types::Any}, c);
}

RUNTIME_TEST(Infer, MutualRecursionDoesNotDependOnTheEntry) {
  std::string even[2], odd[2];
  for (int order = 0; order < 2; order++) {
    std::string e = "even" + std::to_string(order), o = "oddd" + std::to_string(order);
    Value *f = test_function(task, e.c_str()), *g = test_function(task, o.c_str());
    define_parity(task, e.c_str(), g, true);
    define_parity(task, o.c_str(), f, false);
    if (order == 1)
      test_infer(task, g, {types::Int64});
    CodeInstance *code = test_infer(task, f, {types::Int64});
    EXPECT_EQ(code->rettype, types::Bool);
    even[order] = listing(code);
    odd[order] = listing(test_infer(task, g, {types::Int64}));
  }
  for (std::string *text : {even, odd}) {
    for (size_t i = 0; i + 4 < text[1].size(); i++)
      if (text[1].compare(i, 5, "even1") == 0 || text[1].compare(i, 5, "oddd1") == 0)
        text[1][i + 4] = '0';
    EXPECT_EQ(text[0], text[1]);
  }
}

RUNTIME_TEST(Infer, RefinesBranches) {
  // x === nothing ? 0 : x + 1
  TestCode c(2);
  uint32_t jump = c.jump_if_not(c.call({c.builtin(Builtin::egal), slot(1), c.constant(nothing_value())}));
  c.ret(c.integer(0));
  c.land(jump);
  c.ret(c.call({c.intrinsic(Intrinsic::add_int), slot(1), c.integer(1)}));
  Value *f = test_function(task, "or_zero");
  add_test_method(task, f, {types::Any}, c);
  Value *members[] = {types::Int64, types::Nothing};
  CodeInstance *code = test_infer(task, f, {make_union(members)});
  EXPECT_EQ(code->rettype, types::Int64) << listing(code);
  EXPECT_NE(listing(code).find("π (b, Int64)"), std::string::npos) << listing(code);
}

RUNTIME_TEST(Infer, SplitsUnions) {
  Value *f = test_function(task, "kind_of");
  TestCode a(2), b(2), c(2);
  a.ret(a.integer(1));
  b.ret(b.constant(box_float64(nullptr, 2.0)));
  add_test_method(task, f, {types::Int64}, a);
  add_test_method(task, f, {types::Nothing}, b);
  Value *g = test_function(task, "calls_kind");
  c.ret(c.call({c.constant(f), slot(1)}));
  add_test_method(task, g, {types::Any}, c);
  Value *members[] = {types::Int64, types::Nothing};
  CodeInstance *code = test_infer(task, g, {make_union(members)});
  Value *results[] = {types::Int64, types::Float64};
  EXPECT_TRUE(types_equal(code->rettype, make_union(results)));
  EXPECT_NE(listing(code).find("Core.isa(b, Nothing)"), std::string::npos) << listing(code);
  EXPECT_EQ(listing(code).find("Main.kind_of"), std::string::npos) << listing(code);
}

RUNTIME_TEST(Infer, ReplacesTuples) {
  // t = (x, 2); t[1] + t[2]
  TestCode c(2, 1);
  c.call({c.builtin(Builtin::tuple), slot(1), c.integer(2)}, 2);
  Operand first = c.call({c.builtin(Builtin::getfield), slot(2), c.integer(1)});
  Operand second = c.call({c.builtin(Builtin::getfield), slot(2), c.integer(2)});
  c.ret(c.call({c.intrinsic(Intrinsic::add_int), first, second}));
  Value *f = test_function(task, "through_tuple");
  add_test_method(task, f, {types::Any}, c);
  EXPECT_EQ(listing(test_infer(task, f, {types::Int64})),
            "CodeInfo(\n1 ─ %1 = Base.add_int(b, 2)::Int64\n└──      return %1\n) => Int64\n");
}

RUNTIME_TEST(Infer, DeepChainsNeedNoStack) {
  constexpr int kLength = 10000;
  Value *next = test_function(task, "doubles");
  for (int i = 0; i < kLength; i++) {
    Value *f = test_function(task, ("chain" + std::to_string(i)).c_str());
    TestCode c(2);
    c.code()->declared_noinline = true;
    c.ret(c.call({c.constant(next), slot(1)}));
    add_test_method(task, f, {types::Any}, c);
    next = f;
  }
  EXPECT_EQ(test_infer(task, next, {types::Int64})->rettype, types::Int64);
}

RUNTIME_TEST(Infer, RedefinitionInvalidates) {
  Value *f = test_function(task, "callee"), *g = test_function(task, "caller");
  TestCode a(2), b(2), c(2);
  a.ret(a.integer(1));
  add_test_method(task, f, {types::Any}, a);
  c.ret(c.call({c.constant(f), slot(1)}));
  add_test_method(task, g, {types::Any}, c);
  EXPECT_EQ(unbox_int64(test_infer(task, g, {types::Int64})->rettype_const), 1);
  b.ret(b.integer(2));
  add_test_method(task, f, {types::Any}, b);
  EXPECT_EQ(unbox_int64(test_infer(task, g, {types::Int64})->rettype_const), 2);
}

// What runs at compile time may wait for a thread that has to infer something itself.
namespace {
Value *asked_elsewhere = nullptr;
bool answered = false;

/// Stands for compiled code: returns when another thread has inferred `asked_elsewhere`, or gives up.
__attribute__((swiftcall)) Value *waits_for_thread(Value *, Value **, uint32_t, CodeInstance *,
                                                   __attribute__((swift_context)) Task *) {
  std::promise<void> done;
  std::future<void> inferred = done.get_future();
  test::thread_with_task([done = std::move(done)](Task *mine) mutable {
    test_infer(mine, asked_elsewhere, {types::Int64});
    done.set_value();
  }).detach();
  answered = inferred.wait_for(std::chrono::seconds(20)) == std::future_status::ready;
  return box_int64(nullptr, 7);
}

CodeInstance *code_that_waits(Task *, MethodInstance *instance, uint64_t) {
  CodeInstance *code = new_code_instance(instance, types::Int64, nullptr, 0, kWorldMax);
  code->entry.invoke.store(reinterpret_cast<void *>(waits_for_thread));
  return code;
}
} // namespace

RUNTIME_TEST(Infer, LocksNobodyOutWhileItEvaluates) {
  asked_elsewhere = test_function(task, "elsewhere");
  TestCode other(2), waits(2), calls(1);
  other.ret(other.call({other.intrinsic(Intrinsic::add_int), slot(1), other.integer(1)}));
  add_test_method(task, asked_elsewhere, {types::Any}, other);
  Value *f = test_function(task, "waits"), *g = test_function(task, "calls_waits");
  waits.code()->assume_foldable = waits.code()->declared_noinline = true;
  waits.ret(waits.call({waits.intrinsic(Intrinsic::add_int), slot(1), waits.integer(2)}));
  add_test_method(task, f, {types::Any}, waits);
  calls.ret(calls.call({calls.constant(f), calls.integer(5)}));
  add_test_method(task, g, {}, calls);
  CompilerHooks before = compiler_hooks(), hooks = before;
  hooks.code_for = code_that_waits;
  set_compiler_hooks(hooks);
  CodeInstance *code = test_infer(task, g, {});
  set_compiler_hooks(before);
  EXPECT_TRUE(answered);
  ASSERT_NE(code->rettype_const, nullptr);
  EXPECT_EQ(unbox_int64(code->rettype_const), 7);
}
