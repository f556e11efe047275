// SPDX-License-Identifier: MIT
#include "jl/runtime/gc.h"

#include <algorithm>
#include <mutex>
#include <thread>
#include <unistd.h>

#include "jl/runtime/runtime_lock.h"
#include "jl/runtime/task.h"
#include "jl/runtime/throw.h"

namespace jl {

namespace {

constexpr size_t kTag = sizeof(void *);
static_assert(kLargestPooledPayload == 16 * kSizeClasses - kTag);

/// No collection before this much is in use: loading Base should not be interrupted by any.
constexpr size_t kFirstHeap = size_t(64) << 20;

size_t physical_memory() {
  return size_t(sysconf(_SC_PHYS_PAGES)) * size_t(sysconf(_SC_PAGESIZE));
}

void configure() {
  GC_set_all_interior_pointers(0);
  GC_set_warn_proc(GC_ignore_warn_proc); // large blocks are normal here
  GC_set_oom_fn([](size_t) -> void * { return nullptr; });
  GC_set_markers_count(std::clamp(std::thread::hardware_concurrency(), 1u, 4u));
  GC_INIT();
  GC_set_max_heap_size(physical_memory());
  GC_register_displacement(kTag);
  GC_allow_register_threads();
  GC_expand_hp(kFirstHeap);
}

Value *with_tag(void *block, DataType *type) {
  if (!block)
    throw_out_of_memory();
  *static_cast<DataType **>(block) = type;
  return reinterpret_cast<Value *>(static_cast<char *>(block) + kTag);
}

bool is_opaque(const DataType *type) { return type && type->layout && !type->layout->has_pointers; }

/// The request itself is checked first: the kernel promises far more than it has.
void *alloc_block(size_t bytes, bool opaque) {
  static const size_t limit = physical_memory();
  if (bytes > limit)
    return nullptr;
  return opaque ? GC_malloc_atomic(bytes) : GC_malloc(bytes);
}

void *refill(Task *task, unsigned size_class) {
  void *list = GC_malloc_many(16 * (size_class + 1));
  if (!list)
    throw_out_of_memory();
  return list;
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

void gc_unregister_thread() { GC_unregister_my_thread(); }

void *gc_alloc_scanned(size_t bytes) {
  void *block = alloc_block(bytes, false);
  if (!block)
    throw_out_of_memory();
  return block;
}

static Value *alloc_pooled(Task *task, DataType *type, size_t bytes) {
  unsigned size_class = unsigned(bytes + kTag - 1) >> 4;
  void *block = task->free_list[size_class];
  if (!block)
    block = refill(task, size_class);
  task->free_list[size_class] = *static_cast<void **>(block);
  return with_tag(block, type);
}

static size_t block_size(size_t payload) {
  if (payload > SIZE_MAX / 2)
    throw_out_of_memory();
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

Value *alloc_object(Task *task, DataType *type) { return alloc_object(task, type, type->layout->size); }

void gc_keep(const void *v) {
  static std::mutex mutex;
  static GcVector<const void *> *kept = nullptr; // a root: the collector scans static data
  RuntimeLock lock(mutex);
  if (!kept)
    kept = gc_new<GcVector<const void *>>();
  kept->push_back(v);
}

void gc_add_roots(void *begin, void *end) { GC_add_roots(begin, end); }

} // namespace jl
