// SPDX-License-Identifier: MIT
#include "jl/engine/code_cache.h"

#include <mutex>

#include "jl/engine/state.h"
#include "jl/runtime/scheduler.h"

namespace jl {

namespace {

/// How long a process whose program has ended may go on writing.
constexpr std::chrono::milliseconds kWritingAtEnd{300};

/// Never destroyed: exit handlers use it.
std::shared_ptr<ligature::Cache> &opened() {
  static auto *cache = new std::shared_ptr<ligature::Cache>;
  return *cache;
}

} // namespace

std::shared_ptr<ligature::Cache> code_cache() {
  static std::once_flag once;
  std::call_once(once, [] {
    const ligature::CacheOptions &options = Engine::Impl::get().options.cache;
    if (options.mode == ligature::CacheMode::Off)
      return;
    opened() = ligature::Cache::open(options);
    at_process_end([] { opened()->finish(kWritingAtEnd); });
  });
  return opened();
}

} // namespace jl
