// SPDX-License-Identifier: MIT
#include "jl/runtime/task_stack.h"

#include <gc/gc.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <mutex>
#include <vector>

#include "jl/runtime/throw.h"

namespace jl {

namespace {

constexpr size_t kKept = 64;
/// What a kept stack may go on occupying: its upper end, which every task touches.
constexpr size_t kWarmBytes = size_t(64) << 10;
/// A guard page splits a mapping in two, and the kernel allows 65,530 of them; stacks beyond have the checks
/// of generated code alone.
constexpr size_t kMostGuarded = 20000;
/// The collector knows nothing of what stacks occupy. It is asked again when twice as many are in use as it
/// left.
constexpr size_t kFirstCollection = 1000;

struct StackPool {
  std::mutex mutex;
  std::vector<TaskStack> kept;
  size_t in_use = 0;
  size_t next_collection = kFirstCollection;
};

StackPool &pool() {
  static StackPool *made = new StackPool; // outlives whatever tasks end last
  return *made;
}

enum class Guard { None, Page };

char *map_stack(size_t bytes, Guard guard) {
  void *stack = mmap(nullptr, bytes, PROT_READ | PROT_WRITE,
                     MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_STACK, -1, 0);
  if (stack == MAP_FAILED)
    return nullptr;
  madvise(
      stack, bytes,
      MADV_NOHUGEPAGE); // the first touch would commit two megabytes; a kernel without large pages refuses
  if (guard == Guard::Page && mprotect(stack, size_t(sysconf(_SC_PAGESIZE)), PROT_NONE) != 0) {
    munmap(stack, bytes);
    return nullptr;
  }
  return static_cast<char *>(stack);
}

/// A kept one, or where a new one may be mapped.
TaskStack take_kept(size_t &in_use) {
  std::lock_guard lock(pool().mutex);
  in_use = ++pool().in_use;
  if (pool().kept.empty())
    return {};
  TaskStack stack = pool().kept.back();
  pool().kept.pop_back();
  return stack;
}

bool collection_is_due() {
  std::lock_guard lock(pool().mutex);
  return pool().in_use >= pool().next_collection;
}

void collect_unreachable() {
  GC_gcollect();
  GC_invoke_finalizers();
  std::lock_guard lock(pool().mutex);
  pool().next_collection = std::max(kFirstCollection, pool().in_use * 2);
}

} // namespace

char *map_stack(size_t bytes) {
  return map_stack(bytes, Guard::Page);
}

TaskStack take_task_stack() {
  if (collection_is_due())
    collect_unreachable();
  size_t in_use = 0;
  if (TaskStack kept = take_kept(in_use); kept.lowest)
    return kept;
  Guard guard = in_use <= kMostGuarded ? Guard::Page : Guard::None;
  if (char *lowest = map_stack(kTaskStackBytes, guard))
    return {lowest};
  collect_unreachable();
  if (char *lowest = map_stack(kTaskStackBytes, Guard::None))
    return {lowest};
  {
    std::lock_guard lock(pool().mutex);
    pool().in_use--;
  }
  throw_out_of_memory(kTaskStackBytes);
}

void give_back_task_stack(TaskStack stack) {
  std::lock_guard lock(pool().mutex);
  pool().in_use--;
  // The system may refuse to take it: one mapping would become two.
  if (pool().kept.size() >= kKept && munmap(stack.lowest, kTaskStackBytes) == 0)
    return;
  size_t page = size_t(sysconf(_SC_PAGESIZE));
  madvise(stack.lowest + page, kTaskStackBytes - kWarmBytes - page,
          MADV_DONTNEED); // refused: it stays committed
  pool().kept.push_back(stack);
}

size_t task_stacks_in_use() {
  std::lock_guard lock(pool().mutex);
  return pool().in_use;
}

} // namespace jl
