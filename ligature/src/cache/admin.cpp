// SPDX-License-Identifier: MIT
#include "ligature/cache_admin.h"

#include "cache/bundle.h"
#include "cache/connection.h"
#include "cache/local.h"

namespace ligature {

using namespace cache;

namespace {

constexpr auto kPatience = std::chrono::seconds(10); // for other processes' lock
Deadline deadline() {
  return std::chrono::steady_clock::now() + kPatience;
}

} // namespace

std::vector<std::string> cache_folders(const CacheOptions &options) {
  return folders_of(options);
}

std::string shown_remote(const CacheOptions &options) {
  auto address = Address::parse(options.remote);
  return address ? address->shown : "";
}

struct CacheAdmin::State {
  CacheOptions options;
  std::string folder;
  std::optional<Layer> layer; ///< nothing when there is no cache yet

  std::unexpected<std::string> busy() const {
    return std::unexpected("another process is writing to " + folder + " all the time");
  }
};

CacheAdmin::CacheAdmin(std::unique_ptr<State> state) : state_(std::move(state)) {}
CacheAdmin::~CacheAdmin() = default;

std::expected<std::unique_ptr<CacheAdmin>, std::string> CacheAdmin::open(const CacheOptions &options,
                                                                         Access access) {
  auto state = std::make_unique<State>();
  state->options = options;
  state->options.mode = access == Access::Write ? CacheMode::On : CacheMode::ReadOnly;
  std::vector<std::string> folders = folders_of(options);
  if (!folders.empty())
    state->options.folder = state->folder = folders[0];
  std::string told;
  Reporter reporter;
  reporter.say = [&told](std::string_view text) { told = text; };
  std::vector<Layer> layers = open_layers(state->options, reporter);
  if (!layers.empty())
    state->layer = std::move(layers[0]);
  if (reporter.counters.errors || (access == Access::Write && (!state->layer || !state->layer->writable)))
    return std::unexpected(told);
  return std::unique_ptr<CacheAdmin>(new CacheAdmin(std::move(state)));
}

CacheReport CacheAdmin::report() {
  CacheReport report;
  report.folder = state_->folder;
  report.size_bytes = state_->options.size_bytes;
  if (!state_->layer)
    return report;
  Store &store = *state_->layer->store;
  report.store = store.kind();
  report.disk_bytes = store.usage().disk_bytes;
  store.visit(Store::Check::Header, [&](const EntryInfo &info) {
    if (info.damaged) {
      ++report.damaged;
      return;
    }
    CacheReport::Space &space = report.spaces[std::string(info.place.space_name())];
    ++space.entries;
    space.bytes += info.length;
    ++report.entries;
    report.bytes += info.length;
  });
  return report;
}

void CacheAdmin::list(const std::function<void(const CacheEntry &)> &visit) {
  if (!state_->layer)
    return;
  state_->layer->store->visit(Store::Check::Header, [&](const EntryInfo &info) {
    if (!info.damaged)
      visit({std::string(info.place.space_name()), info.place.key, info.length,
             std::chrono::microseconds(info.cost_us),
             std::chrono::system_clock::time_point(std::chrono::minutes(info.used))});
  });
}

CacheAdmin::Count CacheAdmin::prune_unused(std::chrono::minutes age) {
  uint32_t now = now_minutes(), limit = saturated(uint64_t(std::max<int64_t>(0, age.count())));
  auto is_old = [&](const EntryInfo &info) {
    return info.damaged || (info.used <= now && now - info.used >= limit);
  };
  uint64_t removed = 0;
  if (state_->layer && !state_->layer->store->remove_if(Store::Check::Header, is_old, deadline(), removed))
    return state_->busy();
  return removed;
}

CacheAdmin::Count CacheAdmin::prune_to(uint64_t bytes) {
  if (!state_->layer)
    return 0;
  uint64_t before = state_->layer->store->usage().entries;
  if (state_->layer->store->shrink(bytes, deadline()).busy)
    return state_->busy();
  uint64_t after = state_->layer->store->usage().entries;
  return before > after ? before - after : 0;
}

std::expected<CacheAdmin::Verified, std::string> CacheAdmin::verify() {
  Verified verified;
  auto check = [&](const EntryInfo &info) {
    ++verified.checked;
    verified.damaged += info.damaged;
    return info.damaged;
  };
  uint64_t removed = 0;
  if (!state_->layer)
    return verified;
  if (!state_->layer->writable)
    state_->layer->store->visit(Store::Check::Value, check);
  else if (!state_->layer->store->remove_if(Store::Check::Value, check, deadline(), removed))
    return state_->busy();
  return verified;
}

CacheAdmin::Count CacheAdmin::clear() {
  if (!state_->layer)
    return 0;
  uint64_t entries = state_->layer->store->usage().entries;
  if (!state_->layer->store->clear(deadline()))
    return state_->busy();
  return entries;
}

CacheAdmin::Count CacheAdmin::export_to(const std::string &path) {
  if (!state_->layer)
    return std::unexpected("there is no cache in " + state_->folder);
  return export_bundle(*state_->layer->store, SealKey(state_->options.remote_secret), path);
}

CacheAdmin::Count CacheAdmin::import_from(const std::string &path) {
  return import_bundle(*state_->layer->store, SealKey(state_->options.remote_secret), path, deadline());
}

} // namespace ligature
