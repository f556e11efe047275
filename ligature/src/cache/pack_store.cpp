// SPDX-License-Identifier: MIT
#include "cache/pack_store.h"

#include "cache/pack_writer.h"

#include <fcntl.h>

namespace ligature::cache {

namespace {
constexpr uint64_t kMostCopied = 8 << 20; // of an index

WriteResult result_of(const PackWriter &writer) {
  WriteResult result;
  result.busy = writer.busy();
  result.errors = writer.errors();
  result.evictions = writer.evictions();
  result.problem = writer.problem();
  return result;
}
} // namespace

IndexView::IndexView(Index index)
    : index_(std::move(index)),
      blocks_(index_.bytes() <= kMostCopied ? index_.buckets() / kBucketsInBlock : 0) {}

IndexView::~IndexView() {
  for (auto &block : blocks_)
    delete block.load();
}

const Bucket *IndexView::find_copy(uint64_t bucket) const {
  if (bucket / kBucketsInBlock >= blocks_.size())
    return nullptr;
  std::atomic<const Block *> &known = blocks_[bucket / kBucketsInBlock];
  const Block *block = known.load(std::memory_order_acquire);
  if (!block) {
    auto read = std::make_unique<Block>();
    if (!index_.read_some(bucket - bucket % kBucketsInBlock, *read))
      return nullptr;
    if (known.compare_exchange_strong(block, read.get(), std::memory_order_acq_rel))
      block = read.release(); // else another thread was faster
  }
  return &(*block)[bucket % kBucketsInBlock];
}

PackStore::SharedView PackStore::view() {
  {
    Guard guard(mutex_);
    if (view_)
      return view_;
  }
  return reopen(nullptr);
}

/// The index as it is now, unless somebody else opened it since `stale`.
PackStore::SharedView PackStore::reopen(const IndexView *stale) {
  Guard guard(mutex_);
  if (view_ && view_.get() != stale)
    return view_;
  view_ = nullptr;
  std::optional<Index> index = Index::open(folder_, O_RDONLY, is_broken_);
  if (!index)
    return nullptr;
  return view_ = std::make_shared<const IndexView>(std::move(*index));
}

ReadResult PackStore::read(const Place &place) {
  uint64_t tag = hash_of(place).low;
  SharedView at = view();
  if (const Bucket *bucket = at ? at->find_copy(at->index().bucket_of(tag)) : nullptr) {
    size_t found = find_slot(*bucket, tag);
    ReadResult result = found < kSlotsInBucket ? read_slot((*bucket)[found], place) : ReadResult();
    if (result.found)
      return result;
  }
  ReadResult result;
  // Twice: an entry may be moved, or a larger index take the place of this one, while we look.
  for (int attempt = 0; at && attempt < 2; ++attempt) {
    bool stale = false;
    result = look(*at, place, tag, stale);
    if (!stale)
      return result;
    at = reopen(at.get());
  }
  Guard guard(mutex_);
  if (is_broken_ && !std::exchange(said_broken_, true))
    result.trouble = Trouble::Damaged;
  return result;
}

/// As the files are now. `stale`: they were changed meanwhile.
ReadResult PackStore::look(const IndexView &view, const Place &place, uint64_t tag, bool &stale) {
  Bucket bucket;
  uint64_t at = view.index().bucket_of(tag);
  stale = !view.index().read(at, bucket); // cut to nothing when another takes its place
  size_t found = stale ? kSlotsInBucket : find_slot(bucket, tag);
  if (found == kSlotsInBucket)
    return {};
  Slot slot = bucket[found];
  ReadResult result = read_slot(slot, place);
  if (result.found)
    return result;
  stale = !view.index().still_has(slot); // it was moved away under our eyes
  if (!stale)
    result.trouble = Trouble::Damaged;
  return result;
}

ReadResult PackStore::read_slot(const Slot &slot, const Place &place) {
  using Source = SegmentReader::Source;
  for (Source source : {Source::WindowOrFile, Source::File, Source::FileOpenedNow}) {
    auto bytes = segments_.read(slot.segment, slot.offset(), slot.length, source);
    Found found;
    std::optional<std::span<const std::byte>> value;
    if (bytes)
      value = checked_value(bytes->bytes, found.header);
    if (value && found.header.place == place) {
      found.value = CacheValue(*value, std::move(bytes->holder));
      found.stale_use = is_stale(slot.used, now_minutes());
      return {std::move(found), Trouble::None};
    }
  }
  return {std::nullopt, Trouble::Damaged};
}

WriteResult PackStore::write(std::span<const NewEntry> entries, Deadline deadline) {
  PackWriter writer(folder_, limit_, deadline);
  uint64_t kept = 0;
  if (writer.usable()) {
    for (const NewEntry &entry : entries)
      kept += writer.add(entry);
    if (!writer.flush())
      kept = 0; // some of them may be there; none is missed
  }
  WriteResult result = result_of(writer);
  result.written = kept;
  result.dropped = result.busy ? 0 : entries.size() - kept;
  return result;
}

void PackStore::touch(std::span<const Place> places, Deadline deadline) {
  PackWriter writer(folder_, limit_, deadline);
  if (!writer.usable())
    return;
  uint32_t now = now_minutes();
  for (const Place &place : places)
    writer.change(place, [now](Slot &slot) { slot.used = now; });
}

void PackStore::remove(std::span<const Place> places, Deadline deadline) {
  PackWriter writer(folder_, limit_, deadline);
  if (!writer.usable())
    return;
  for (const Place &place : places)
    writer.change(place, [&](Slot &slot) {
      Header header;
      if (!writer.read_entry(slot, header) || header.place != place) // somebody may have put it right
        slot = Slot();
    });
}

EntryInfo PackStore::describe(const Slot &slot, Check check) {
  using Source = SegmentReader::Source;
  EntryInfo info;
  for (Source source : {Source::File, Source::FileOpenedNow}) {
    info = describe_as_read(slot, check, source);
    if (!info.damaged)
      break;
  }
  return info;
}

EntryInfo PackStore::describe_as_read(const Slot &slot, Check check, SegmentReader::Source source) {
  EntryInfo info;
  info.cost_us = slot.cost_us;
  info.used = slot.used;
  info.damaged = true;
  uint32_t wanted = check == Check::Value ? slot.length : uint32_t(kHeaderBytes);
  auto read = segments_.read(slot.segment, slot.offset(), wanted, source);
  std::optional<Header> header = read ? decode_header(read->bytes) : std::nullopt;
  if (!header)
    return info;
  info.place = header->place;
  info.length = header->length;
  info.damaged = header->length + kHeaderBytes != slot.length || hash_of(header->place).low != slot.tag ||
                 (check == Check::Value && !checked_value(read->bytes, *header));
  return info;
}

void PackStore::visit(Check check, const std::function<void(const EntryInfo &)> &visit) {
  SharedView at = view();
  if (at && at->index().is_gone())
    at = reopen(at.get());
  if (!at)
    return;
  at->index().for_each([&](uint64_t, size_t, const Slot &slot) {
    EntryInfo info = describe(slot, check);
    if (!info.damaged || at->index().still_has(slot)) // else others removed it just now
      visit(info);
  });
}

Usage PackStore::usage() {
  Usage usage;
  visit(Check::Header, [&](const EntryInfo &) { ++usage.entries; });
  list_folder(folder_, [&](const char *name) {
    if (File file = open_file(folder_, name, O_RDONLY))
      usage.disk_bytes += file.size();
  });
  return usage;
}

bool PackStore::remove_if(Check check, const std::function<bool(const EntryInfo &)> &which, Deadline deadline,
                          uint64_t &removed) {
  PackWriter writer(folder_, limit_, deadline);
  if (!writer.usable())
    return false;
  removed = writer.remove_if([&](const Slot &slot) { return which(describe(slot, check)); });
  return true;
}

WriteResult PackStore::shrink(uint64_t bytes, Deadline deadline) {
  PackWriter writer(folder_, limit_, deadline);
  if (writer.usable())
    writer.shrink(bytes);
  return result_of(writer);
}

bool PackStore::clear(Deadline deadline) {
  PackWriter writer(folder_, limit_, deadline);
  if (writer.usable())
    writer.clear();
  return writer.usable();
}

} // namespace ligature::cache
