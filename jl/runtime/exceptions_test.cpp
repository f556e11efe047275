// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

#include <chrono>
#include <pthread.h>
#include <thread>
#include <unistd.h>

#include "jl/runtime/abi.h"
#include "jl/runtime/backtrace.h"
#include "jl/runtime/exception_stack.h"
#include "jl/runtime/signals.h"
#include "jl/runtime/strings.h"
#include "jl/runtime/subtype.h"
#include "jl/runtime/test_support.h"

using namespace jl;

/// As when memory runs out while a subtype question allocates.
RUNTIME_TEST(Exceptions, ThrowEndsHalfAskedSubtypeQuestions) {
  test::thrown(task, [&] {
    subtype_budget().nesting = 1;
    subtype_budget().steps = 0;
    throw_error(task, "thrown within a question");
  });
  EXPECT_EQ(subtype_budget().nesting, 0);
}

RUNTIME_TEST(Exceptions, ThrowGoesToTheNewestHandler) {
  Handler outer;
  volatile bool caught_inner = false;
  if (TRY_ENTER(task, outer)) {
    Handler inner;
    if (TRY_ENTER(task, inner)) {
      throw_error(task, "first");
    } else {
      caught_inner = true;
      EXPECT_EQ(error_text(current_exception(task)), "first");
      EXPECT_EQ(exception_stack(task).size(), 1u);
      throw_error(task, "second"); // while the first is being handled
    }
  } else {
    EXPECT_TRUE(caught_inner);
    ASSERT_EQ(exception_stack(task).size(), 2u);
    EXPECT_EQ(error_text(current_exception(task)), "second");
    pop_exception(task, outer.exception_depth);
  }
  EXPECT_TRUE(exception_stack(task).empty());
  EXPECT_EQ(task->handlers, nullptr);
}

RUNTIME_TEST(Exceptions, RethrowKeepsTheExceptionAndItsBacktrace) {
  Handler outer;
  Value *volatile first_backtrace = nullptr;
  if (TRY_ENTER(task, outer)) {
    Handler inner;
    if (TRY_ENTER(task, inner)) {
      throw_error(task, "again");
    } else {
      first_backtrace = current_backtrace(task);
      rethrow_current(task);
    }
  } else {
    EXPECT_EQ(error_text(current_exception(task)), "again");
    EXPECT_EQ(current_backtrace(task), first_backtrace);
    pop_exception(task, outer.exception_depth);
  }
}

RUNTIME_TEST(Exceptions, RethrowOutsideOfACatchIsAnError) {
  EXPECT_EQ(test::thrown(task, [&] { rethrow_current(task); }),
            "rethrow() not allowed outside a catch block");
}

RUNTIME_TEST(Exceptions, ACatchPutsTheWorldBack) {
  uint64_t before = task->world;
  EXPECT_EQ(test::thrown(task,
                         [&] {
                           task->world = 1;
                           throw_divide_error(task);
                         }),
            "DivideError: integer division error");
  EXPECT_EQ(task->world, before);
}

RUNTIME_TEST(Exceptions, CoreErrorsReadAsInJulia) {
  Value *args[] = {new_string(task, "abc"), types::Int64};
  EXPECT_EQ(test::thrown(task, [&] { throw_type_error(task, "typeassert", args[1], args[0]); }),
            "TypeError: in typeassert, expected Int64, got a value of type String");
  EXPECT_EQ(test::thrown(task, [&] { throw_type_error(task, "if", types::Bool, args[0]); }),
            "TypeError: non-boolean (String) used in boolean context");
  EXPECT_EQ(
      test::thrown(task, [&] { throw_bounds_error(task, make_tuple(task, {args[1]}), box_int64(task, 5)); }),
      "BoundsError: attempt to access Tuple{DataType} at index [5]");
  EXPECT_EQ(
      test::thrown(task, [&] { throw_undef_var(task, Symbol::intern("y"), symbol_value("local")); }),
      "UndefVarError: `y` not defined in local scope\n"
      "Suggestion: check for an assignment to a local variable that shadows a global of the same name.");
  EXPECT_EQ(
      test::thrown(
          task, [&] { throw_inexact(task, Symbol::intern("Int64"), types::Int64, box_float64(task, 1.5)); }),
      "InexactError: Int64(1.5)");
  EXPECT_EQ(
      test::thrown(task,
                   [&] { throw_inexact(task, Symbol::intern("trunc"), types::UInt8, box_int64(task, 300)); }),
      "InexactError: trunc(UInt8, 300)");
}

RUNTIME_TEST(Exceptions, OthersAreShownWithTheirFields) {
  Value *pair = make_tuple(task, {box_int64(task, 1), new_string(task, "a\"b")});
  EXPECT_EQ(test::thrown(task, [&] { throw_value(task, pair); }), "(1, \"a\\\"b\")");
  Value *fields[] = {pair};
  Value *box = new_struct(task, types::QuoteNode_, fields, 1);
  EXPECT_EQ(test::thrown(task, [&] { throw_value(task, box); }), "QuoteNode((1, \"a\\\"b\"))");
}

// --- Interrupts and stacks ---

RUNTIME_TEST(Interrupts, AreThrownAtTheNextStackCheck) {
  EXPECT_EQ(test::thrown(task, [&] { jl_stack_check(task); }), "");
  request_interrupt(task);
  EXPECT_GT(task->stack_limit, __builtin_frame_address(0));
  EXPECT_EQ(test::thrown(task, [&] { jl_stack_check(task); }), "InterruptException:");
  EXPECT_EQ(task->stack_limit, task->true_stack_limit);
  EXPECT_EQ(test::thrown(task, [&] { jl_stack_check(task); }), "");
}

RUNTIME_TEST(Interrupts, TheSignalSetsTheFlag) {
  raise(SIGINT);
  EXPECT_TRUE(task->interrupt_pending);
  EXPECT_EQ(test::thrown(task, [&] { jl_stack_check(task); }), "InterruptException:");
}

// Stands in for generated code: its address range is registered as such.
static std::atomic<bool> keep_spinning;
__attribute__((noinline)) static void spin() {
  while (keep_spinning.load(std::memory_order_relaxed))
    ;
}

RUNTIME_TEST(Interrupts, StopATightLoopInGeneratedCode) {
  auto *begin = reinterpret_cast<char *>(spin);
  register_code_range(begin, begin + 64);
  keep_spinning = true;
  alarm(20); // fails the test instead of hanging it
  std::atomic<bool> done = false;
  pthread_t self = pthread_self();
  std::thread sender([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    for (; !done; std::this_thread::sleep_for(std::chrono::milliseconds(5)))
      pthread_kill(self, SIGINT);
  });
  std::string text = test::thrown(task, spin);
  done = true;
  sender.join();
  alarm(0);
  test::thrown(task, [&] { jl_stack_check(task); }); // one more may have arrived
  EXPECT_EQ(text, "InterruptException:");
}

#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Winfinite-recursion"
static int recurse(Task *task, int depth) {
  volatile char frame[256];
  frame[0] = char(depth);
  if (__builtin_frame_address(0) < task->stack_limit)
    jl_stack_check(task);
  return recurse(task, depth + 1) + frame[0];
}
#pragma clang diagnostic pop

RUNTIME_TEST(Stacks, EndlessRecursionIsAnExceptionAgainAndAgain) {
  for (int i = 0; i < 3; i++)
    EXPECT_EQ(test::thrown(task, [&] { recurse(task, 0); }), "StackOverflowError:");
}

TEST(Faults, AreReportedInOneLine) {
  EXPECT_EXIT(
      {
        install_signal_handlers();
        *reinterpret_cast<volatile int *>(16) = 1;
      },
      testing::KilledBySignal(SIGABRT),
      "lig: fatal: segmentation fault at address 0x10 in native code .*please report");
}

// --- Backtraces ---

static void resolve_fake(uintptr_t, std::vector<StackFrame> &out) {
  out.push_back({"inner(x::Int64)", "lib.jl", 3, true, nullptr});
  out.push_back({"compiled(x::Int64)", "lib.jl", 9, false, modules::Main});
}

__attribute__((noinline)) static Backtrace *native_caller(Task *task) {
  Backtrace *backtrace = capture_backtrace(task, __builtin_frame_address(0));
  asm volatile("" : : "r"(backtrace) : "memory"); // no tail call
  return backtrace;
}

__attribute__((noinline)) static Backtrace *compiled_code(Task *task) {
  Backtrace *backtrace = native_caller(task);
  asm volatile("" : : "r"(backtrace) : "memory");
  return backtrace;
}

/// Only compiled thunks have none; nobody looks at it here.
static const char kAnything = 0;
static const auto *kSomeCode = reinterpret_cast<const CodeInfo *>(&kAnything);

/// As interpret() does: a record whose frame address is that of the C function.
__attribute__((noinline)) static Backtrace *interpreted(Task *task, MethodInstance *instance) {
  InterpreterFrame record = {task->interpreter_frame, __builtin_frame_address(0), instance, kSomeCode, 0};
  task->interpreter_frame = &record;
  Backtrace *backtrace = compiled_code(task);
  task->interpreter_frame = record.previous;
  return backtrace;
}

RUNTIME_TEST(Backtraces, MergeCompiledAndInterpretedFrames) {
  auto *begin = reinterpret_cast<char *>(compiled_code);
  register_code_range(begin, begin + 64);
  set_native_frame_resolver(resolve_fake);
  MethodInstance *thunk = new_thunk_instance(modules::Main, nullptr);
  InterpreterFrame outermost = {nullptr, __builtin_frame_address(0), thunk, kSomeCode, 0};
  task->interpreter_frame = &outermost;
  Backtrace *backtrace = interpreted(task, thunk);
  task->interpreter_frame = nullptr;
  set_native_frame_resolver(nullptr);
  ASSERT_EQ(backtrace->count, 3u);
  EXPECT_NE(backtrace->entries[0].pc, 0u); // compiled_code, innermost
  EXPECT_EQ(backtrace->entries[1].instance, thunk);
  EXPECT_EQ(backtrace->entries[2].instance, thunk);
  set_native_frame_resolver(resolve_fake);
  std::vector<StackFrame> frames = backtrace_frames(backtrace);
  set_native_frame_resolver(nullptr);
  ASSERT_EQ(frames.size(), 4u);
  EXPECT_EQ(frames[0].function, "inner(x::Int64)");
  EXPECT_EQ(frames[1].function, "compiled(x::Int64)");
  EXPECT_EQ(frames[3].function, "top-level scope");
}

RUNTIME_TEST(Backtraces, AreShownAsInJulia) {
  std::vector<StackFrame> frames = {{"div(x::Int64, y::Int64)", "./int.jl", 295, true, modules::Base},
                                    {"f(x::Int64)", "/tmp/t.jl", 3, false, modules::Main},
                                    {"top-level scope", "/tmp/t.jl", 5, false, nullptr}};
  EXPECT_EQ(stacktrace_text(frames), "Stacktrace:\n"
                                     " [1] div(x::Int64, y::Int64)\n"
                                     "   @ Base ./int.jl:295 [inlined]\n"
                                     " [2] f(x::Int64)\n"
                                     "   @ Main /tmp/t.jl:3\n"
                                     " [3] top-level scope\n"
                                     "   @ /tmp/t.jl:5");
}

RUNTIME_TEST(Backtraces, RepeatedFramesAreCounted) {
  StackFrame f = {"f(x::Int64)", "t.jl", 1, false, modules::Main},
             g = {"g(x::Int64)", "t.jl", 2, false, modules::Main};
  std::vector<StackFrame> same(30, f);
  EXPECT_EQ(stacktrace_text(same), "Stacktrace:\n [1] f(x::Int64) (repeats 30 times)\n   @ Main t.jl:1");
  std::vector<StackFrame> mutual;
  for (int i = 0; i < 100; i++) {
    mutual.push_back(f);
    mutual.push_back(g);
  }
  EXPECT_EQ(stacktrace_text(mutual), "Stacktrace:\n"
                                     "   [1] f(x::Int64)\n     @ Main t.jl:1\n"
                                     "   [2] g(x::Int64)\n     @ Main t.jl:2\n"
                                     "--- the above 2 lines are repeated 99 more times ---");
}

RUNTIME_TEST(Uncaught, NestedLoadErrorsNameEveryFile) {
  Value *inner[] = {new_string(task, "/tmp/inner.jl"), box_int64(task, 2), types::DivideError->instance};
  Value *outer[] = {new_string(task, "/tmp/outer.jl"), box_int64(task, 7),
                    new_struct(task, types::LoadError, inner, 3)};
  testing::internal::CaptureStderr();
  print_uncaught(task, new_struct(task, types::LoadError, outer, 3), nothing_value(), 2);
  EXPECT_EQ(testing::internal::GetCapturedStderr(),
            "ERROR: LoadError: LoadError: DivideError: integer division error\n"
            "in expression starting at /tmp/inner.jl:2\n"
            "in expression starting at /tmp/outer.jl:7\n");
}
