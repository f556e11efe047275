// SPDX-License-Identifier: MIT
#include "ligature/cache.h"

#include "cache/local.h"
#include "cache/remote.h"
#include "cache/write_queue.h"

#include <pthread.h>

#include <mutex>
#include <unordered_map>

namespace ligature {

using namespace cache;

namespace {

// Counts forks in this line of processes. A child has no writer thread, and locks of its parent's other
// threads stay locked in it for ever: a cache opened before the fork finds nothing there and keeps nothing.
std::atomic<unsigned> forks{0};

unsigned forks_so_far() {
  static std::once_flag once;
  std::call_once(
      once, [] { pthread_atfork(nullptr, nullptr, [] { forks.fetch_add(1, std::memory_order_relaxed); }); });
  return forks.load(std::memory_order_relaxed);
}

struct HashPlace {
  size_t operator()(const Place &place) const { return size_t(hash_of(place).low); }
};

/// The cache that everybody gets: local layers first, then the remote tier.
class LayeredCache final : public Cache {
public:
  explicit LayeredCache(CacheOptions options);
  ~LayeredCache() override;
  std::optional<CacheValue> get(std::string_view space, const CacheKey &key) override;
  std::optional<CacheValue> get_local(std::string_view space, const CacheKey &key) override;
  void prefetch(std::span<const CachePlace> places) override;
  void put(std::string_view space, const CacheKey &key, std::span<const std::byte> bytes,
           std::chrono::microseconds cost) override;
  void finish(std::chrono::milliseconds limit) override;
  CacheMode mode() const override { return mode_; }
  const CacheCounters &counters() const override { return reporter_->counters; }

private:
  bool is_child() const { return forks.load(std::memory_order_relaxed) != forks_; }
  bool writes() const { return mode_ == CacheMode::On || mode_ == CacheMode::Verify; }
  std::optional<CacheValue> find_local(const Place &place);
  std::optional<CacheValue> take_prefetched(const Place &place);
  std::optional<CacheValue> find_remote(const Place &place);
  std::optional<CacheValue> accept(const Place &place, RemoteValue value);

  const CacheMode mode_;
  const unsigned forks_;
  std::shared_ptr<Reporter> reporter_;
  std::vector<Layer> layers_;
  std::shared_ptr<Remote> remote_;
  std::unique_ptr<WriteQueue> queue_; ///< null when nothing is written
  Mutex mutex_;
  std::unordered_map<Place, CacheValue, HashPlace> prefetched_ GUARDED_BY(mutex_);
  std::atomic<bool> has_prefetched_{false};
};

bool stays_here(std::string_view space) {
  return space.starts_with('.');
}

LayeredCache::LayeredCache(CacheOptions options)
    : mode_(options.mode), forks_(forks_so_far()), reporter_(std::make_shared<Reporter>()) {
  reporter_->say = options.say;
  if (mode_ == CacheMode::Off)
    return;
  layers_ = open_layers(options, *reporter_);
  remote_ = Remote::open(options, reporter_);
  std::shared_ptr<Store> written = !layers_.empty() && layers_[0].writable ? layers_[0].store : nullptr;
  std::shared_ptr<Remote> shared = remote_ && remote_->can_write() ? remote_ : nullptr;
  if (writes() && (written || shared))
    queue_ = std::make_unique<WriteQueue>(Targets{written, shared, reporter_});
}

LayeredCache::~LayeredCache() {
  if (is_child()) { // what is behind these may be locked for ever
    (void)queue_.release();
    new auto(std::move(layers_));
    new auto(std::move(remote_));
    new auto(std::move(reporter_));
    return;
  }
  LayeredCache::finish(std::chrono::milliseconds(500));
  reporter_->silence();
}

std::optional<CacheValue> LayeredCache::get(std::string_view space, const CacheKey &key) {
  CacheCounters &counters = reporter_->counters;
  std::optional<Place> place = Place::of(space, key);
  if (mode_ == CacheMode::Off || !place || is_child()) {
    counters.misses.fetch_add(1, std::memory_order_relaxed);
    return std::nullopt;
  }
  std::optional<CacheValue> value = take_prefetched(*place);
  if (!value)
    value = find_local(*place);
  if (!value && remote_ && !stays_here(space))
    value = find_remote(*place);
  (value ? counters.hits : counters.misses).fetch_add(1, std::memory_order_relaxed);
  return value;
}

std::optional<CacheValue> LayeredCache::get_local(std::string_view space, const CacheKey &key) {
  std::optional<Place> place = Place::of(space, key);
  return mode_ == CacheMode::Off || !place || is_child() ? std::nullopt : find_local(*place);
}

std::optional<CacheValue> LayeredCache::find_local(const Place &place) {
  for (Layer &layer : layers_) {
    ReadResult result = layer.store->read(place);
    bool can_write = layer.writable && queue_;
    if (result.found) {
      if (result.found->stale_use && can_write)
        queue_->touch(place);
      return std::move(result.found->value);
    }
    if (result.trouble == Trouble::Damaged) {
      reporter_->fail("something in " + layer.folder + " was damaged and is not used");
      if (can_write)
        queue_->remove(place);
    }
  }
  return std::nullopt;
}

/// Hands a value from the remote tier on, and keeps it here.
std::optional<CacheValue> LayeredCache::accept(const Place &place, RemoteValue value) {
  ++reporter_->counters.remote_hits;
  if (queue_)
    queue_->put({place, encode_entry(place, value.bytes, value.cost_us, now_minutes())},
                WriteQueue::Reach::LocalOnly);
  Buffer buffer = make_buffer(value.bytes.size());
  std::ranges::copy(value.bytes, buffer.bytes.begin());
  return CacheValue(buffer.bytes, std::move(buffer.holder));
}

/// Each once: it is in the local store by then, or soon.
std::optional<CacheValue> LayeredCache::take_prefetched(const Place &place) {
  if (!has_prefetched_)
    return std::nullopt;
  Guard guard(mutex_);
  auto found = prefetched_.extract(place);
  return found ? std::optional(std::move(found.mapped())) : std::nullopt;
}

std::optional<CacheValue> LayeredCache::find_remote(const Place &place) {
  std::optional<RemoteValue> value = remote_->get(place);
  return value ? accept(place, std::move(*value)) : std::nullopt;
}

void LayeredCache::prefetch(std::span<const CachePlace> places) {
  if (!remote_ || is_child())
    return;
  std::vector<Place> wanted;
  for (const CachePlace &one : places) {
    std::optional<Place> place = Place::of(one.space, one.key);
    if (place && !find_local(*place))
      wanted.push_back(*place);
  }
  remote_->get_many(wanted, [this](const Place &place, RemoteValue value) {
    std::optional<CacheValue> kept = accept(place, std::move(value));
    Guard guard(mutex_);
    prefetched_.insert_or_assign(place, std::move(*kept));
    has_prefetched_ = true;
  });
}

void LayeredCache::put(std::string_view space, const CacheKey &key, std::span<const std::byte> bytes,
                       std::chrono::microseconds cost) {
  if (!queue_ || is_child())
    return;
  std::optional<Place> place = Place::of(space, key);
  if (!place || bytes.size() > WriteQueue::kMostBytes) {
    ++reporter_->counters.dropped_writes;
    return;
  }
  uint32_t cost_us = saturated(uint64_t(std::max<int64_t>(0, cost.count())));
  queue_->put({*place, encode_entry(*place, bytes, cost_us, now_minutes())},
              stays_here(space) ? WriteQueue::Reach::LocalOnly : WriteQueue::Reach::Everywhere);
}

void LayeredCache::finish(std::chrono::milliseconds limit) {
  if (queue_ && !is_child())
    queue_->finish(std::chrono::steady_clock::now() + limit);
}

} // namespace

std::unique_ptr<Cache> Cache::open(CacheOptions options) {
  return std::make_unique<LayeredCache>(std::move(options));
}

} // namespace ligature
