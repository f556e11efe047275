// SPDX-License-Identifier: MIT
// Memory: the Boehm collector behind a narrow door.
//
// Objects are collected conservatively: stacks, registers and the heap are scanned for pointers to an
// object's payload (displacement 8, for the tag) and from stacks also for interior pointers. A heap object
// that keeps an interior pointer keeps the base as well (Array does). Longjmp out of C++ code is fine as long
// as containers on the way use GcVector & co: what they leave behind is collected.
#pragma once

#include <cstddef>
#include <gc/gc_allocator.h>
#include <map>
#include <type_traits>
#include <vector>

#include "jl/runtime/value.h"

namespace jl {

/// For GcAllocator: room for `n` elements of `size` bytes, cleared unless `opaque` (not scanned).
void *gc_allocate_array(size_t n, size_t size, bool opaque);
/// What the above gave, for the same number of bytes.
void gc_free_array(void *block, size_t bytes, bool opaque);

/// Collected memory for containers. A container that finds none throws OutOfMemoryError, like everything
/// here.
template <class T> struct GcAllocator {
  using value_type = T;
  GcAllocator() = default;
  template <class U> GcAllocator(const GcAllocator<U> &) {}
  T *allocate(size_t n) { return static_cast<T *>(gc_allocate_array(n, sizeof(T), kOpaque)); }
  void deallocate(T *p, size_t n) { gc_free_array(p, n * sizeof(T), kOpaque); }
  static constexpr bool kOpaque = std::is_arithmetic_v<T> || std::is_enum_v<T>;
  friend bool operator==(GcAllocator, GcAllocator) { return true; }
};

template <class T> using GcVector = std::vector<T, GcAllocator<T>>;
/// The same for members of objects that live outside of collected memory: what it holds is kept alive.
template <class T> using RootedVector = std::vector<T, traceable_allocator<T>>;

/// Payloads up to this size come from the task's free lists.
inline constexpr size_t kLargestPooledPayload = 16 * 16 - sizeof(void *);

/// Plain collected memory that may hold pointers, cleared. No tag.
void *gc_alloc_scanned(size_t bytes);
/// Memory of a kind that the collector was told of, cleared.
void *gc_allocate_of_kind(size_t bytes, int kind);
/// Makes a C++ object in collected memory; its destructor never runs, so it may hold Gc containers only.
template <class T, class... Args> T *gc_new(Args &&...args) {
  return new (gc_alloc_scanned(sizeof(T))) T(static_cast<Args &&>(args)...);
}

/// A new object of `type` with `bytes` of payload (cleared when the type has pointers). `task` may be null
/// while the runtime starts. Throws OutOfMemoryError, as all functions here.
Value *alloc_object(Task *task, DataType *type, size_t bytes);
/// The same for a type of fixed size.
Value *alloc_object(Task *task, DataType *type);
/// A new object that is cleared and scanned, whatever the layout of `type` says: for objects that vary in
/// size.
Value *alloc_scanned_object(Task *task, DataType *type, size_t bytes);
/// A new object whose payload the collector never scans and that is not cleared: strings, memory of bits.
Value *alloc_opaque_object(DataType *type, size_t bytes);
/// Keeps `v` alive for ever (literals of methods, builtin types).
void gc_keep(const void *v);

/// The collector scans [begin, end) from now on.
void gc_add_roots(void *begin, void *end);
void gc_init();
void gc_register_thread();
void gc_unregister_thread();
/// The signals by which the collector stops the other threads: never blocked.
int gc_suspend_signal();
int gc_restart_signal();

} // namespace jl
