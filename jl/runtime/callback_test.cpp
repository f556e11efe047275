// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

#include <gc/gc.h>

#include <set>
#include <thread>
#include <vector>

#include "jl/runtime/arrays.h"
#include "jl/runtime/c_function.h"
#include "jl/runtime/callback.h"
#include "jl/runtime/finalizers.h"
#include "jl/runtime/foreign_thread.h"
#include "jl/runtime/test_support.h"

C_EXPORT void *jl_cfunction_closure(jl::Value *f, jl::Value *result, jl::Value *types, void **keep);

namespace jl {

/// Makes a pointer of `f`, an object that holds what keeps the pointer. `gone` counts those that were
/// collected.
static __attribute__((noinline)) void make_callback_in_a_ring(Task *task, int *gone) {
  Array *f = new_vector_any(task, 0);
  void *keep = nullptr;
  jl_cfunction_closure(f, types::Int64, new_svec(task, {types::Int64}), &keep);
  push(task, f, static_cast<Value *>(keep));
  on_unreachable(f, [](void *gone) { ++*static_cast<int *>(gone); }, gone);
}

RUNTIME_TEST(Callback, AClosureThatHoldsItsOwnPointerIsCollected) {
  static int gone = 0;
  for (int i = 0; i < 50; i++)
    make_callback_in_a_ring(task, &gone);
  GC_gcollect();
  GC_invoke_finalizers();
  EXPECT_GT(gone, 40); // conservative: a few may be taken for reachable
}

RUNTIME_TEST(Callback, AFunctionHasOnePointerWhoeverAsks) {
  Value *f = task;
  SimpleVector *arguments = new_svec(task, {types::Int64, types::Float64});
  void *pointers[4];
  std::vector<std::thread> threads;
  for (void *&pointer : pointers)
    threads.emplace_back([&] { pointer = callback_pointer(jl_current_task(), f, types::Int64, arguments); });
  for (std::thread &thread : threads)
    thread.join();
  EXPECT_EQ(std::set<void *>(std::begin(pointers), std::end(pointers)).size(), 1u);
}

} // namespace jl
