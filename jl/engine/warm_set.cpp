// SPDX-License-Identifier: MIT
#include "jl/engine/warm_set.h"

#include <cstring>

#include "jl/content/content.h"
#include "jl/link/machine.h"

namespace jl {

namespace {

constexpr std::string_view kSpace = "warm";
/// Whoever finds a unit does not need the object that it was made of.
constexpr std::string_view kObjects = "object";
/// More than a program of 100,000 lines uses.
constexpr size_t kMostPlaces = 20'000;
/// As much as all that it saves: it goes last.
constexpr std::chrono::microseconds kCost{1'000'000};

// List: for each place, u8 length of the namespace | namespace | 32 B key.

ligature::CacheKey name_of(std::string_view kind, std::string_view what) {
  std::string all = "warm\n" + content::hex(content::build_id()) + "\n" + machine_description() + "\n";
  all.append(kind).append("\n").append(what);
  return content::sha256({reinterpret_cast<const uint8_t *>(all.data()), all.size()});
}

} // namespace

WarmSet::Places WarmSet::kept_under(const ligature::CacheKey &key) {
  Places places;
  std::optional<ligature::CacheValue> found = cache_->get(kSpace, key);
  if (!found)
    return places;
  std::string_view rest(reinterpret_cast<const char *>(found->bytes().data()), found->bytes().size());
  while (!rest.empty() && places.size() < kMostPlaces) {
    size_t length = uint8_t(rest[0]);
    ligature::CacheKey place;
    if (rest.size() < 1 + length + place.size())
      break;
    std::memcpy(place.data(), rest.data() + 1 + length, place.size());
    places.emplace(std::string(rest.substr(1, length)), place);
    rest.remove_prefix(1 + length + place.size());
  }
  return places;
}

void WarmSet::expect(std::string_view file_name, std::string_view text) {
  std::lock_guard lock(mutex_); // for as long as the server takes: nobody else runs yet
  names_ = {name_of("text", text), name_of("file", file_name)};
  expected_ = kept_under(names_[0]);
  Places similar = expected_.empty() ? kept_under(names_[1]) : Places();
  std::vector<ligature::CachePlace> places;
  for (const auto &[space, key] : expected_.empty() ? similar : expected_)
    places.push_back({space, key});
  if (!places.empty())
    cache_->prefetch(places);
}

void WarmSet::note(std::string_view space, const ligature::CacheKey &key) {
  std::lock_guard lock(mutex_);
  if (used_.size() < kMostPlaces)
    used_.emplace(space, key);
}

std::optional<ligature::CacheValue> WarmSet::get(std::string_view space, const ligature::CacheKey &key) {
  std::optional<ligature::CacheValue> found = cache_->get(space, key);
  if (found)
    note(space, key);
  return found;
}

void WarmSet::put(std::string_view space, const ligature::CacheKey &key, std::span<const std::byte> bytes,
                  std::chrono::microseconds cost) {
  if (space != kObjects)
    note(space, key);
  cache_->put(space, key, bytes, cost);
}

void WarmSet::finish(std::chrono::milliseconds limit) {
  {
    std::lock_guard lock(mutex_);
    std::string list;
    for (const auto &[space, key] : used_)
      list.append(1, char(space.size())).append(space).append(key.begin(), key.end());
    if (used_ != expected_)
      for (const ligature::CacheKey &name : names_)
        cache_->put(kSpace, name, std::as_bytes(std::span(list)), kCost);
  }
  cache_->finish(limit);
}

} // namespace jl
