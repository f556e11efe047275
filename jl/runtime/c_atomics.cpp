// SPDX-License-Identifier: MIT
// Atomic cells of 1, 2, 4 or 8 bytes, for Threads.Atomic and Threads.SpinLock. Always sequentially
// consistent.
#include <atomic>
#include <cstdint>

#include "jl/runtime/c_function.h"

/// Calls `visit` with the cell as an atomic number of its width.
template <class Visit> static uint64_t with_cell(void *cell, int64_t bytes, Visit visit) {
  switch (bytes) {
  case 1:
    return visit(std::atomic_ref(*static_cast<uint8_t *>(cell)));
  case 2:
    return visit(std::atomic_ref(*static_cast<uint16_t *>(cell)));
  case 4:
    return visit(std::atomic_ref(*static_cast<uint32_t *>(cell)));
  default:
    return visit(std::atomic_ref(*static_cast<uint64_t *>(cell)));
  }
}

C_EXPORT uint64_t jl_atomic_load(void *cell, int64_t bytes) {
  return with_cell(cell, bytes, [](auto atomic) { return atomic.load(); });
}
C_EXPORT uint64_t jl_atomic_swap(void *cell, int64_t bytes, uint64_t value) {
  return with_cell(cell, bytes,
                   [=]<class T>(std::atomic_ref<T> atomic) { return atomic.exchange(T(value)); });
}
C_EXPORT uint64_t jl_atomic_add(void *cell, int64_t bytes, uint64_t value) {
  return with_cell(cell, bytes,
                   [=]<class T>(std::atomic_ref<T> atomic) { return atomic.fetch_add(T(value)); });
}
C_EXPORT uint64_t jl_atomic_replace(void *cell, int64_t bytes, uint64_t expected, uint64_t desired) {
  return with_cell(cell, bytes, [=]<class T>(std::atomic_ref<T> atomic) {
    T before = T(expected);
    atomic.compare_exchange_strong(before, T(desired));
    return before;
  });
}
C_EXPORT void jl_atomic_fence() {
  std::atomic_thread_fence(std::memory_order_seq_cst);
}
