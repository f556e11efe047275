// SPDX-License-Identifier: MIT
#include "cache/pack_writer.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <ctime>
#include <thread>

namespace ligature::cache {

namespace {

constexpr uint64_t kFirstBuckets = 64; // 32 KiB, about 700 entries before it grows
constexpr uint64_t kMostBuffered = 4 << 20;

uint64_t aligned(uint64_t bytes) {
  return (bytes + kEntryAlignment - 1) & ~(kEntryAlignment - 1);
}

/// Any number would do. With this one, what lig looks up most (`infer`, `unit`) lies apart from all else that
/// it keeps.
uint32_t lane_of(std::string_view space) {
  auto sum = uint32_t(space.size());
  for (char c : space)
    sum += uint8_t(c);
  return sum % kLanes;
}

bool parse_segment(const char *name, uint32_t &number) {
  char rest = 0;
  return std::strlen(name) == 13 && std::sscanf(name, "data-%8x%c", &number, &rest) == 1;
}

} // namespace

std::string segment_name(uint32_t number) {
  char name[16];
  std::snprintf(name, sizeof name, "data-%08x", number);
  return name;
}

PackWriter::PackWriter(const File &folder, uint64_t limit, Deadline deadline)
    : folder_(folder), limit_(limit) {
  if (!take_lock(deadline))
    return;
  find_segments();
  open_index();
}

PackWriter::~PackWriter() {
  flush();
  if (lock_)
    flock(lock_.fd(), LOCK_UN); // by name: a child forked in the meantime has the descriptor as well
}

bool PackWriter::take_lock(Deadline deadline) {
  File file = open_file(folder_, "lock", O_RDWR | O_CREAT);
  if (!file) {
    fail("the lock cannot be opened");
    return false;
  }
  for (auto pause = std::chrono::microseconds(100);;
       pause = std::min(pause * 2, std::chrono::microseconds(5000))) {
    if (flock(file.fd(), LOCK_EX | LOCK_NB) == 0)
      break;
    if (errno != EWOULDBLOCK && errno != EINTR) {
      fail("the lock cannot be taken");
      return false;
    }
    if (std::chrono::steady_clock::now() + pause > deadline) {
      busy_ = true;
      return false;
    }
    std::this_thread::sleep_for(pause);
  }
  lock_ = std::move(file);
  return true;
}

void PackWriter::fail(const char *what) {
  ++errors_;
  problem_ = std::string(what) + ": " + std::strerror(errno);
}

void PackWriter::find_segments() {
  list_folder(folder_, [this](const char *name) {
    uint32_t number;
    struct stat status;
    if (parse_segment(name, number) && fstatat(folder_.fd(), name, &status, AT_SYMLINK_NOFOLLOW) == 0 &&
        S_ISREG(status.st_mode))
      segments_[number] = aligned(uint64_t(status.st_size)); // a killed writer may have ended anywhere
  });
}

void PackWriter::open_index() {
  bool broken = false;
  index_ = Index::open(folder_, O_RDWR, broken);
  if (index_)
    return;
  if (broken) {
    ++errors_;
    problem_ = "the index was damaged, starting afresh";
  }
  if (!start_over())
    fail("no index can be written");
}

bool PackWriter::start_over() {
  // The index goes before what it names: who does not find an entry can see that it is no index any more.
  unlinkat(folder_.fd(), "index", 0);
  unlinkat(folder_.fd(), "index", AT_REMOVEDIR); // should it be a folder
  if (index_)
    index_->retire();
  for (auto &[number, bytes] : segments_)
    unlinkat(folder_.fd(), segment_name(number).c_str(), 0);
  segments_.clear();
  open_.clear();
  std::vector<Bucket> empty(kFirstBuckets);
  index_ = Index::create(folder_, empty);
  return index_.has_value();
}

void PackWriter::clear() {
  buffer_.clear();
  waiting_.clear();
  start_over();
}

File *PackWriter::segment(uint32_t number) {
  auto found = open_.find(number);
  if (found == open_.end()) {
    File file = open_file(folder_, segment_name(number).c_str(), O_RDWR);
    if (!file)
      return nullptr;
    found = open_.emplace(number, std::move(file)).first;
  }
  return &found->second;
}

/// Small steps: a segment is what is cleaned at once.
uint64_t PackWriter::segment_bytes() const {
  return std::clamp<uint64_t>(limit_ / 32, uint64_t{64} << 10, uint64_t{16} << 20);
}

uint64_t PackWriter::used_bytes() const {
  uint64_t sum = index_ ? index_->bytes() : 0;
  for (auto &[number, bytes] : segments_)
    sum += bytes;
  return sum + buffer_.size();
}

std::optional<std::vector<std::byte>> PackWriter::read_entry(const Slot &slot, Header &header) {
  File *file = segment(slot.segment);
  if (!file || slot.offset() + slot.length > file->size())
    return std::nullopt;
  std::vector<std::byte> bytes(slot.length);
  if (!file->read(bytes, slot.offset()) || !checked_value(bytes, header))
    return std::nullopt;
  return bytes;
}

/// Is the very same value there already? Then there is nothing to do: eight processes may have made it at
/// once.
bool PackWriter::has_same(const Slot &slot, const NewEntry &entry) {
  std::array<std::byte, kHeaderBytes> bytes;
  File *file = slot.length == entry.bytes.size() ? segment(slot.segment) : nullptr;
  if (!file || !file->read(bytes, slot.offset()))
    return false;
  std::optional<Header> there = decode_header(bytes), given = decode_header(entry.bytes);
  return there && given && there->place == given->place && there->value_hash == given->value_hash;
}

bool PackWriter::add(const NewEntry &entry) {
  if (aligned(entry.bytes.size()) > limit_ / 4)
    return false;
  std::optional<Header> header = decode_header(entry.bytes);
  Bucket bucket;
  Slot slot;
  slot.tag = hash_of(entry.place).low;
  if (!header || !index_->read(index_->bucket_of(slot.tag), bucket))
    return false;
  size_t found = find_slot(bucket, slot.tag);
  if (found < kSlotsInBucket && has_same(bucket[found], entry))
    return true;
  slot.length = uint32_t(entry.bytes.size());
  slot.cost_us = header->cost_us;
  slot.used = header->written;
  return append(entry.bytes, slot, lane_of(entry.place.space_name()));
}

std::map<uint32_t, uint64_t>::iterator PackWriter::newest(uint32_t lane) {
  for (auto at = segments_.end(); at != segments_.begin();)
    if ((--at)->first % kLanes == lane)
      return at;
  return segments_.end();
}

bool PackWriter::append(std::span<const std::byte> entry, Slot slot, uint32_t lane) {
  uint64_t size = aligned(entry.size());
  if (lane != lane_ && !flush())
    return false;
  auto there = newest(lane);
  bool is_full = there == segments_.end() || there->second + buffer_.size() + size > segment_bytes();
  if (is_full || buffer_.size() + size > kMostBuffered)
    if (!flush())
      return false;
  if (is_full && !start_segment(size, lane))
    return false;
  lane_ = lane; // not before: making room moves entries of other lanes
  auto &[number, bytes] = *newest(lane);
  slot.segment = number;
  slot.position = uint32_t((bytes + buffer_.size()) / kEntryAlignment);
  slot.seal();
  buffer_.insert(buffer_.end(), entry.begin(), entry.end());
  buffer_.resize(aligned(buffer_.size()));
  waiting_.push_back(slot);
  return true;
}

bool PackWriter::start_segment(uint64_t wanted, uint32_t lane) {
  bool is_last = !segments_.empty() && segments_.rbegin()->first >= UINT32_MAX - kLanes; // not one of ours
  if (is_last && !start_over())
    return false;
  // From the clock when there is none, so that a number is not soon used again after `clear`.
  uint32_t number = segments_.empty() ? uint32_t(std::time(nullptr)) : segments_.rbegin()->first + 1;
  number += (lane - number) % kLanes;
  File file = open_file(folder_, segment_name(number).c_str(), O_RDWR | O_CREAT | O_EXCL);
  if (!file) {
    fail("no file can be created");
    return false;
  }
  open_.insert_or_assign(number, std::move(file));
  segments_[number] = 0;
  if (!cleaning_)
    make_room(std::max(wanted, segment_bytes()));
  return true;
}

bool PackWriter::flush() {
  if (buffer_.empty())
    return true;
  auto &[number, bytes] = *newest(lane_);
  File *file = segment(number);
  bool written = file && file->write(buffer_, bytes);
  if (!written) {
    fail("writing failed");
    if (file)
      (void)!ftruncate(file->fd(), off_t(bytes));
  } else {
    bytes += buffer_.size();
    for (const Slot &slot : waiting_)
      place_slot(slot);
  }
  buffer_.clear();
  waiting_.clear();
  return written;
}

void PackWriter::place_slot(const Slot &slot) {
  uint64_t at = index_->bucket_of(slot.tag);
  Bucket bucket;
  if (!index_->read(at, bucket))
    return;
  size_t place = find_slot(bucket, slot.tag);
  if (place == kSlotsInBucket)
    place = size_t(std::ranges::find_if_not(bucket, &Slot::is_valid) - bucket.begin());
  if (place == kSlotsInBucket) {
    if (grow())
      return place_slot(slot);
    uint32_t now = now_minutes();
    auto value = [now](const Slot &s) { return worth(s.length, s.cost_us, s.used, now); };
    place = size_t(std::ranges::min_element(bucket, {}, value) - bucket.begin());
    ++evictions_;
  }
  if (!index_->write(at, place, slot))
    fail("writing the index failed");
}

/// Twice the buckets; false when the index is as large as it may be.
bool PackWriter::grow() {
  if (index_->bytes() * 2 > std::max<uint64_t>(limit_ / 16, sizeof(Bucket) * kFirstBuckets))
    return false;
  return resize_index(index_->buckets() * 2);
}

/// A power of two, and so many that no bucket will hold more than it can. False when the index cannot be
/// written.
bool PackWriter::resize_index(uint64_t count) {
  std::vector<Bucket> buckets(count);
  index_->for_each([&](uint64_t, size_t, const Slot &slot) {
    Bucket &bucket = buckets[slot.tag & (count - 1)];
    if (auto free = std::ranges::find_if_not(bucket, &Slot::is_valid); free != bucket.end())
      *free = slot;
  });
  std::optional<Index> other = Index::create(folder_, buckets);
  if (!other)
    return false;
  index_->retire();
  index_ = std::move(other);
  return true;
}

void PackWriter::change(const Place &place, const std::function<void(Slot &)> &change) {
  uint64_t tag = hash_of(place).low, at = index_->bucket_of(tag);
  Bucket bucket;
  if (!index_->read(at, bucket))
    return;
  size_t found = find_slot(bucket, tag);
  if (found == kSlotsInBucket)
    return;
  change(bucket[found]);
  if (bucket[found].length)
    bucket[found].seal();
  index_->write(at, found, bucket[found]);
}

// --- Making room

std::vector<PackWriter::LiveSlot> PackWriter::slots_in(uint32_t segment) {
  std::vector<LiveSlot> live;
  index_->for_each([&](uint64_t bucket, size_t number, const Slot &slot) {
    if (slot.segment == segment)
      live.push_back({bucket, number, slot});
  });
  return live;
}

/// What half of all bytes are worth more than.
double PackWriter::median_worth() {
  uint32_t now = now_minutes();
  std::vector<std::pair<double, uint64_t>> worths;
  uint64_t bytes = 0, sum = 0;
  index_->for_each([&](uint64_t, size_t, const Slot &slot) {
    worths.emplace_back(worth(slot.length, slot.cost_us, slot.used, now), slot.length);
    bytes += slot.length;
  });
  std::ranges::sort(worths);
  for (auto &[value, length] : worths)
    if ((sum += length) * 2 >= bytes)
      return value;
  return 0;
}

/// Moves what is kept of a segment to others of its lane, and removes it.
void PackWriter::clean(uint32_t victim, Keep keep) {
  uint32_t lane = victim % kLanes;
  bool can_keep = newest(lane)->first != victim || start_segment(0, lane);
  std::vector<LiveSlot> live = slots_in(victim);
  uint32_t now = now_minutes();
  auto value = [now](const LiveSlot &s) { return worth(s.slot.length, s.slot.cost_us, s.slot.used, now); };
  std::ranges::sort(live, std::greater(), value);
  uint64_t kept = 0;
  size_t index = 0;
  for (; can_keep && index < live.size() && value(live[index]) > keep.above; ++index) {
    Slot slot = live[index].slot;
    uint64_t size = aligned(slot.length);
    if (kept + size > keep.most_bytes)
      break;
    slot.used = std::min(slot.used, now); // a clock that was ahead is forgotten here
    Header header;
    std::optional<std::vector<std::byte>> entry = read_entry(slot, header);
    if (!entry)
      ++errors_;
    else if (append(*entry, slot, lane))
      kept += size;
    else
      break; // the disk is full: the rest goes
  }
  flush();
  // Growing may have moved them. What names the victim now is what is not kept.
  for (const LiveSlot &lost : slots_in(victim)) {
    index_->write(lost.bucket, lost.number, Slot());
    ++evictions_;
  }
  unlinkat(folder_.fd(), segment_name(victim).c_str(), 0);
  open_.erase(victim);
  segments_.erase(victim);
}

/// Of each segment the bytes of entries that are there still.
std::map<uint32_t, uint64_t> PackWriter::live_bytes() const {
  std::map<uint32_t, uint64_t> live;
  index_->for_each([&](uint64_t, size_t, const Slot &slot) { live[slot.segment] += aligned(slot.length); });
  return live;
}

/// Of the segments before `end` that are dead to a quarter at least, the one that gives most room back when
/// nothing in it is lost, and how much that is; 0 if there is none.
std::pair<uint32_t, uint64_t> PackWriter::most_dead(uint32_t end) {
  std::map<uint32_t, uint64_t> live = live_bytes();
  std::pair<uint32_t, uint64_t> most{0, 0};
  for (auto [number, bytes] : segments_)
    if (uint64_t dead = bytes - std::min(bytes, live[number]);
        number < end && dead >= bytes / 4 && dead > most.second)
      most = {number, dead};
  return most;
}

void PackWriter::make_room(uint64_t wanted) {
  uint32_t fresh = segments_.rbegin()->first;
  auto needs_room = [&] {
    uint64_t growth = 0; // of the segments that others were begun for
    for (uint32_t lane = 0; lane < kLanes; ++lane)
      if (auto grows = newest(lane); grows != segments_.end()) {
        uint64_t size = grows->first == fresh ? wanted : segment_bytes();
        growth += size > grows->second ? size - grows->second : 0;
      }
    return used_bytes() + growth > limit_;
  };
  if (!needs_room())
    return;
  cleaning_ = true;
  double keep_above = median_worth();
  while (!segments_.empty() && segments_.begin()->first < fresh && needs_room()) {
    auto [oldest, bytes] = *segments_.begin();
    if (auto [number, dead] = most_dead(fresh); dead > 0)
      clean(number, {});
    else
      clean(oldest, {.above = keep_above, .most_bytes = bytes / 4 * 3}); // each step gives room back
  }
  cleaning_ = false;
}

std::vector<PackWriter::LiveSlot> PackWriter::slots_by_worth() {
  std::vector<LiveSlot> live;
  index_->for_each(
      [&](uint64_t bucket, size_t number, const Slot &slot) { live.push_back({bucket, number, slot}); });
  uint32_t now = now_minutes();
  auto value = [now](const LiveSlot &s) { return worth(s.slot.length, s.slot.cost_us, s.slot.used, now); };
  std::ranges::sort(live, std::greater(), value);
  return live;
}

/// What must go so that the rest of `live`, the worthiest first, fits into `bytes` with an index of so many
/// buckets. What is too large is passed over: it should not cost all that is worth less. False when a bucket
/// overflows.
bool PackWriter::choose(const std::vector<LiveSlot> &live, uint64_t bytes, uint64_t buckets,
                        std::vector<LiveSlot> &dropped) {
  dropped.clear();
  uint64_t sum = buckets * sizeof(Bucket);
  std::vector<uint8_t> filled(buckets);
  for (const LiveSlot &one : live) {
    uint64_t size = aligned(one.slot.length);
    if (sum + size > bytes || !segments_.contains(one.slot.segment)) {
      dropped.push_back(one);
      continue;
    }
    sum += size;
    if (++filled[one.slot.tag & (buckets - 1)] > kSlotsInBucket)
      return false;
  }
  return true;
}

void PackWriter::shrink(uint64_t bytes) {
  flush();
  if (used_bytes() <= bytes)
    return;
  std::vector<LiveSlot> live = slots_by_worth(), dropped;
  // The smallest index that the rest fits into: the one for what was there may be larger than all that is
  // left.
  uint64_t buckets = std::min(kFirstBuckets, index_->buckets());
  while (!choose(live, bytes, buckets, dropped) && buckets < index_->buckets())
    buckets *= 2;
  if (dropped.size() == live.size())
    return clear();
  for (const LiveSlot &one : dropped)
    index_->write(one.bucket, one.number, Slot());
  evictions_ += dropped.size();
  if (buckets < index_->buckets() && !resize_index(buckets))
    fail("no index can be written");
  compact(bytes);
  if (used_bytes() > bytes) // the disk is so full that nothing can be moved
    clear();
}

/// Moves what lives in segments that are dead in part, the deadest first, until no more than `bytes` are
/// used.
void PackWriter::compact(uint64_t bytes) {
  std::map<uint32_t, uint64_t> live = live_bytes();
  std::vector<std::pair<double, uint32_t>> shares;
  for (auto &[number, size] : segments_)
    if (live[number] < size)
      shares.emplace_back(double(live[number]) / double(size), number);
  std::ranges::sort(shares);
  cleaning_ = true;
  for (auto &[share, number] : shares)
    if (used_bytes() > bytes)
      clean(number, {});
  cleaning_ = false;
}

uint64_t PackWriter::remove_if(const std::function<bool(const Slot &)> &which) {
  flush();
  uint64_t removed = 0;
  index_->for_each([&](uint64_t bucket, size_t number, const Slot &slot) {
    if (!which(slot))
      return;
    index_->write(bucket, number, Slot());
    ++removed;
  });
  std::map<uint32_t, uint64_t> live = live_bytes();
  if (live.empty()) {
    clear();
    return removed;
  }
  cleaning_ = true;
  std::map<uint32_t, uint64_t> before = segments_;
  for (auto &[number, bytes] : before)
    if (segments_.contains(number) && live[number] < bytes / 2)
      clean(number, {});
  cleaning_ = false;
  return removed;
}

} // namespace ligature::cache
