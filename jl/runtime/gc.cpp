// SPDX-License-Identifier: MIT
#include "jl/runtime/gc.h"

#include <algorithm>
#include <atomic>
#include <csignal>
#include <cstring>
#include <gc/gc_mark.h>
#include <mutex>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <thread>
#include <unistd.h>
#include <utility>

#include "jl/runtime/allocated.h"
#include "jl/runtime/finalizers.h"
#include "jl/runtime/memory_limit.h"
#include "jl/runtime/runtime_lock.h"
#include "jl/runtime/task.h"
#include "jl/runtime/throw.h"

namespace jl {

namespace {

constexpr size_t kTag = sizeof(void *);
static_assert(kLargestPooledPayload == 16 * kSizeClasses - kTag);

/// No collection before this much is in use: loading Base should not be interrupted by any.
constexpr size_t kFirstHeap = size_t(64) << 20;

/// What there is for objects: the machine's memory, or three eighths of what a limit on the process leaves.
/// The rest is for everything else, so that running out of objects can still be told.
size_t heap_limit() {
  static const size_t limit = std::min(physical_memory(), address_space_left() / 8 * 3);
  return limit;
}

/// Lets the kernel back the first heap with large pages: starting touches thousands of small ones, a fault
/// each. The heap is the one large mapping there is so early.
void use_large_pages() {
  constexpr uintptr_t kLargePage = uintptr_t(2) << 20;
  std::FILE *maps = std::fopen("/proc/self/maps", "r");
  if (!maps)
    return;
  char line[512];
  uintptr_t begin, end, inode;
  while (std::fgets(line, sizeof line, maps))
    if (std::sscanf(line, "%lx-%lx rw-p %*x %*x:%*x %lu", &begin, &end, &inode) == 3 && !inode &&
        end - begin >= kFirstHeap) {
      begin = (begin + kLargePage - 1) & ~(kLargePage - 1);
      end &= ~(kLargePage - 1);
      madvise(reinterpret_cast<void *>(begin), end - begin, MADV_HUGEPAGE);
    }
  std::fclose(maps);
}

#if __has_feature(thread_sanitizer)
/// ThreadSanitizer hands a signal over when its thread next calls something that it knows, which compiled
/// code may never do. The collector's go to the thread at once: the system is told of the handlers behind
/// ThreadSanitizer's back.
void stop_threads_at_once() {
  struct SystemAction {
    void *handler;
    unsigned long flags;
    void *restorer;
    uint64_t mask;
  };
  for (int number : {GC_get_suspend_signal(), GC_get_thr_restart_signal()}) {
    struct sigaction of_collector;
    SystemAction action;
    sigaction(number, nullptr, &of_collector);
    syscall(SYS_rt_sigaction, number, nullptr, &action, sizeof action.mask);
    action.handler = reinterpret_cast<void *>(of_collector.sa_handler); // or sa_sigaction: a union
    syscall(SYS_rt_sigaction, number, &action, nullptr, sizeof action.mask);
  }
}
#else
void stop_threads_at_once() {}
#endif

void configure() {
  GC_set_all_interior_pointers(0);
  GC_set_warn_proc(GC_ignore_warn_proc); // large blocks are normal here
  GC_set_oom_fn([](size_t) -> void * { return nullptr; });
  GC_set_markers_count(std::clamp(std::thread::hardware_concurrency(), 1u, 4u));
  GC_INIT();
  stop_threads_at_once();
  GC_set_max_heap_size(heap_limit());
  GC_register_displacement(kTag);
  GC_allow_register_threads();
  GC_expand_hp(kFirstHeap);
  use_large_pages();
}

Value *with_tag(void *block, DataType *type) {
  *static_cast<DataType **>(block) = type;
  return reinterpret_cast<Value *>(static_cast<char *>(block) + kTag);
}

bool is_opaque(const DataType *type) {
  return type && type->layout && !type->layout->has_pointers;
}

/// What `allocate` gives. When its heap cannot grow the collector answers null without a look at what could
/// be freed.
template <class Allocate> void *allocate_or_throw(size_t bytes, Allocate allocate) {
  if (void *block = allocate())
    return block;
  GC_gcollect();
  if (void *block = allocate())
    return block;
  throw_out_of_memory(bytes);
}

/// What the collector has given out. Blocks in a task's free lists are among it, though nothing was made of
/// them yet.
std::atomic<int64_t> blocks_given{0}, bytes_given{0};

void count_given(int64_t blocks, size_t bytes_each) {
  blocks_given.fetch_add(blocks, std::memory_order_relaxed);
  bytes_given.fetch_add(blocks * int64_t(bytes_each), std::memory_order_relaxed);
}

int64_t list_length(void *block) {
  int64_t n = 0;
  for (; block; block = *static_cast<void **>(block))
    n++;
  return n;
}

/// The request itself is checked first: the kernel promises far more than it has.
void *alloc_block(size_t bytes, bool opaque) {
  if (bytes > heap_limit())
    throw_out_of_memory(bytes);
  count_given(1, bytes);
  return allocate_or_throw(bytes, [&] { return opaque ? GC_malloc_atomic(bytes) : GC_malloc(bytes); });
}

void *refill(unsigned size_class) {
  size_t bytes = 16 * (size_class + 1);
  void *list = allocate_or_throw(bytes, [&] { return GC_malloc_many(bytes); });
  count_given(list_length(list), bytes);
  return list;
}

/// What this thread's lists got back: it was given out all the same. Per size class since its list was last
/// empty, so that no list holds more than a little of what others could use.
thread_local Allocated taken_back{0, 0};
thread_local uint32_t in_list_again[kSizeClasses];
constexpr uint32_t kMostInListAgain = 2000;

bool is_pooled(size_t bytes) {
  return bytes && bytes <= 16 * kSizeClasses;
}
unsigned size_class_of(size_t bytes) {
  return unsigned(bytes - 1) >> 4;
}

/// A cleared, scanned block, but for its first word.
void *take_pooled(Task *task, size_t bytes) {
  unsigned size_class = size_class_of(bytes);
  void *block = task->free_list[size_class];
  if (!block) {
    block = refill(size_class);
    in_list_again[size_class] = 0;
  }
  task->free_list[size_class] = *static_cast<void **>(block);
  return block;
}

} // namespace

void gc_init() {
  static std::once_flag once;
  std::call_once(once, configure);
}

void gc_register_thread() {
  GC_stack_base base;
  GC_get_stack_base(&base);
  GC_register_my_thread(&base);
}

void gc_unregister_thread() {
  GC_unregister_my_thread();
}

int gc_suspend_signal() {
  return GC_get_suspend_signal();
}
int gc_restart_signal() {
  return GC_get_thr_restart_signal();
}

void *gc_allocate_of_kind(size_t bytes, int kind) {
  return allocate_or_throw(bytes, [&] { return GC_generic_malloc(bytes, kind); });
}

/// Small blocks come from the running task's lists: loading Base takes some 300,000, and the collector's own
/// way to one is ten times as long.
void *gc_alloc_scanned(size_t bytes) {
  Task *task = current_task();
  if (!task || !is_pooled(bytes))
    return alloc_block(bytes, false);
  void *block = take_pooled(task, bytes);
  *static_cast<void **>(block) = nullptr;
  return block;
}

void *gc_allocate_array(size_t n, size_t size, bool opaque) {
  if (n > SIZE_MAX / 2 / size)
    throw_out_of_memory(SIZE_MAX);
  return opaque ? alloc_block(n * size, opaque) : gc_alloc_scanned(n * size);
}

Allocated allocated(const Task *task) {
  Allocated sum{blocks_given.load(std::memory_order_relaxed) + taken_back.blocks,
                bytes_given.load(std::memory_order_relaxed) + taken_back.bytes};
  for (unsigned i = 0; i < kSizeClasses; i++) {
    int64_t unused = list_length(task->free_list[i]);
    sum.blocks -= unused;
    sum.bytes -= unused * 16 * (i + 1);
  }
  return sum;
}

/// Small blocks go back to the task's list: given to the collector they would make its lists short, and each
/// refill long.
void gc_free_array(void *block, size_t bytes, bool opaque) {
  Task *task = current_task();
  if (opaque || !task || !is_pooled(bytes))
    return GC_free(block);
  unsigned size_class = size_class_of(bytes);
  if (in_list_again[size_class]++ >= kMostInListAgain)
    return GC_free(block);
  std::memset(block, 0, 16 * (size_class + 1));
  *static_cast<void **>(block) = std::exchange(task->free_list[size_class], block);
  taken_back.blocks++;
  taken_back.bytes += 16 * (size_class + 1);
}

static Value *alloc_pooled(Task *task, DataType *type, size_t bytes) {
  return with_tag(take_pooled(task, bytes + kTag), type);
}

static size_t block_size(size_t payload) {
  if (payload > SIZE_MAX / 2)
    throw_out_of_memory(SIZE_MAX);
  return payload + kTag;
}

Value *alloc_object(Task *task, DataType *type, size_t bytes) {
  if (task && bytes <= kLargestPooledPayload)
    return alloc_pooled(task, type, bytes);
  return with_tag(alloc_block(block_size(bytes), is_opaque(type)), type);
}

Value *alloc_scanned_object(Task *task, DataType *type, size_t bytes) {
  if (task && bytes <= kLargestPooledPayload)
    return alloc_pooled(task, type, bytes);
  return with_tag(alloc_block(block_size(bytes), false), type);
}

Value *alloc_opaque_object(DataType *type, size_t bytes) {
  return with_tag(alloc_block(block_size(bytes), true), type);
}

Value *alloc_object(Task *task, DataType *type) {
  return alloc_object(task, type, type->layout->size);
}

void gc_keep(const void *v) {
  static std::mutex mutex;
  static GcVector<const void *> *kept = nullptr; // a root: the collector scans static data
  RuntimeLock lock(mutex);
  if (!kept)
    kept = gc_new<GcVector<const void *>>();
  kept->push_back(v);
}

void on_unreachable(Value *object, UnreachableAction action, void *data) {
  on_block_unreachable(reinterpret_cast<char *>(object) - kTag, action, data);
}

void on_block_unreachable(void *block, UnreachableAction action, void *data) {
  struct Call {
    UnreachableAction action;
    void *data;
  };
  GC_finalization_proc run = [](void *, void *call) {
    static_cast<Call *>(call)->action(static_cast<Call *>(call)->data);
  };
  if (!action)
    return GC_register_finalizer_no_order(block, nullptr, nullptr, nullptr, nullptr);
  auto *call = static_cast<Call *>(gc_alloc_scanned(sizeof(Call)));
  *call = {action, data};
  GC_register_finalizer_no_order(block, run, call, nullptr, nullptr);
}

void gc_add_roots(void *begin, void *end) {
  GC_add_roots(begin, end);
}

} // namespace jl
