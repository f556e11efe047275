// SPDX-License-Identifier: MIT
//
// The local store as one gets it: values one after the other in a few files ("segments"), and an index that
// says where each lies (pack_index.h). Any number of processes read and write one folder: reading takes no
// lock at all, since nothing is changed in place and every entry proves itself; writing takes the folder's
// (pack_writer.h).
//
//   FOLDER/v1/lock            held while something is written (flock)
//   FOLDER/v1/index           where each entry lies
//   FOLDER/v1/data-0000002a   entries (entry.h), each at a multiple of 16; of each lane the highest number
//   grows
//
// Whatever is damaged here, in whatever way, is a miss; docs/decisions/0007-the-local-store.md says why this
// is so, and why it is not LMDB.
#pragma once

#include "base/mutex.h"
#include "cache/pack_index.h"
#include "cache/segment_reader.h"
#include "cache/store.h"

#include <atomic>

namespace ligature::cache {

/// The index, and of what was asked the buckets as they were when first asked: most programs ask for hundreds
/// of entries, and each look into the file is a system call. What is not found there must be looked for in
/// the file. A value that was replaced since may still be found: it is whole, and was put for this place.
class IndexView {
public:
  explicit IndexView(Index index);
  ~IndexView();
  IndexView(const IndexView &) = delete;
  const Index &index() const { return index_; }
  /// Null where there is no copy, because it cannot be read, or of an index that large. Any thread.
  const Bucket *find_copy(uint64_t bucket) const;

private:
  static constexpr uint64_t kBucketsInBlock = 32; // 16 KB, of which most will be asked for
  using Block = std::array<Bucket, kBucketsInBlock>;

  Index index_;
  mutable std::vector<std::atomic<const Block *>> blocks_; // null: not read yet
};

class PackStore final : public Store {
public:
  /// `folder` is FOLDER/v1, checked already.
  PackStore(File folder, uint64_t limit) : folder_(std::move(folder)), limit_(limit), segments_(folder_) {}

  std::string kind() const override { return "pack"; }
  ReadResult read(const Place &place) override;
  WriteResult write(std::span<const NewEntry> entries, Deadline deadline) override;
  void touch(std::span<const Place> places, Deadline deadline) override;
  void remove(std::span<const Place> places, Deadline deadline) override;
  void visit(Check check, const std::function<void(const EntryInfo &)> &visit) override;
  Usage usage() override;
  bool remove_if(Check check, const std::function<bool(const EntryInfo &)> &which, Deadline deadline,
                 uint64_t &removed) override;
  WriteResult shrink(uint64_t bytes, Deadline deadline) override;
  bool clear(Deadline deadline) override;

private:
  using SharedView = std::shared_ptr<const IndexView>;
  SharedView view();
  SharedView reopen(const IndexView *stale);
  ReadResult read_slot(const Slot &slot, const Place &place);
  ReadResult look(const IndexView &view, const Place &place, uint64_t tag, bool &stale);
  EntryInfo describe(const Slot &slot, Check check);
  EntryInfo describe_as_read(const Slot &slot, Check check, SegmentReader::Source source);

  const File folder_;
  const uint64_t limit_;
  Mutex mutex_;
  SharedView view_ GUARDED_BY(mutex_);
  bool is_broken_ GUARDED_BY(mutex_) = false;
  bool said_broken_ GUARDED_BY(mutex_) = false;
  SegmentReader segments_;
};

} // namespace ligature::cache
