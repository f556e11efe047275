// SPDX-License-Identifier: MIT
// Locks of the runtime's own tables. The language's exceptions leave by longjmp, which would leave such a
// lock locked and its table half changed; so what runs under one must not throw. The one exception that
// nothing can rule out there, running out of memory, ends the process instead: throw_out_of_memory asks
// `runtime_lock_is_held`.
#pragma once

#include <mutex>

namespace jl {

namespace detail {
inline thread_local unsigned runtime_locks_held = 0;
}

inline bool runtime_lock_is_held() {
  return detail::runtime_locks_held > 0;
}

template <class Mutex> class RuntimeLock {
public:
  explicit RuntimeLock(Mutex &mutex) : guard_(mutex) { detail::runtime_locks_held++; }
  ~RuntimeLock() { detail::runtime_locks_held--; }
  RuntimeLock(const RuntimeLock &) = delete;
  RuntimeLock &operator=(const RuntimeLock &) = delete;

private:
  std::lock_guard<Mutex> guard_;
};

} // namespace jl
