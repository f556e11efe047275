// SPDX-License-Identifier: MIT
#include "jl/engine/code_cache.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <mutex>

#include "jl/engine/source_text.h"
#include "jl/engine/state.h"
#include "jl/engine/warm_set.h"
#include "jl/runtime/threads.h"

namespace jl {

namespace {

/// How long a process whose program has ended may go on writing. Who has more patience with a server has it
/// here too.
std::chrono::milliseconds writing_at_end(const ligature::CacheOptions &options) {
  constexpr std::chrono::milliseconds kUsual{500};
  return options.remote.empty() ? kUsual : std::max(kUsual, options.remote_budget);
}

/// Never destroyed: exit handlers use it.
std::shared_ptr<ligature::Cache> &opened() {
  static auto *cache = new std::shared_ptr<ligature::Cache>;
  return *cache;
}

/// The same, if there is a remote tier.
std::shared_ptr<WarmSet> &warm_set() {
  static auto *set = new std::shared_ptr<WarmSet>;
  return *set;
}

std::atomic<const ligature::Cache *> opened_cache{nullptr};

/// When `finish` took all of its time, the cache may still be writing.
void finish_writing() {
  auto begin = std::chrono::steady_clock::now();
  const std::chrono::milliseconds limit = writing_at_end(Engine::Impl::get().options.cache);
  opened()->finish(limit);
  if (std::chrono::steady_clock::now() - begin >= limit)
    leave_thread_behind();
}

} // namespace

const ligature::Cache *code_cache_if_opened() {
  return opened_cache.load(std::memory_order_acquire);
}

std::shared_ptr<ligature::Cache> code_cache() {
  static std::once_flag once;
  std::call_once(once, [] {
    const ligature::CacheOptions &options = Engine::Impl::get().options.cache;
    if (options.mode == ligature::CacheMode::Off)
      return;
    if (options.remote.empty())
      opened() = ligature::Cache::open(options);
    else
      opened() = warm_set() = std::make_shared<WarmSet>(ligature::Cache::open(options));
    opened_cache.store(opened().get(), std::memory_order_release);
    at_process_end(finish_writing);
  });
  return opened();
}

void expect_program(const std::string &name, std::string_view text) {
  if (!Engine::Impl::get().options.cache.remote.empty() && code_cache())
    warm_set()->expect(name, text);
}

void expect_program(const std::string &file) {
  std::string text;
  if (!Engine::Impl::get().options.cache.remote.empty() && file != "-" && read_source(file, text) == 0)
    expect_program(file.substr(file.rfind('/') + 1), text);
}

} // namespace jl
