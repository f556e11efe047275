// SPDX-License-Identifier: MIT
//
// Whoever changes a pack: holds the lock of its folder while it lives, so there is one in all processes.
//
// An entry is first appended to a segment and then named by a slot of the index, so a reader never finds
// a slot before its entry is there. Whatever is interrupted in between (a killed process) leaves bytes that
// no slot names. Nothing is ever overwritten in a segment. Room is made by cleaning: the oldest segment's
// entries that are worth keeping are appended to another, then its file is removed; whoever still reads there
// has it open.
//
// Namespaces are spread over a few lanes, and of each lane the newest segment grows: what is looked up in a
// row is mostly of one namespace, so it lies together. A segment's number says its lane.
#pragma once

#include "cache/pack_index.h"
#include "cache/store.h"

#include <map>
#include <vector>

namespace ligature::cache {

/// Name of a segment's file.
std::string segment_name(uint32_t number);

class PackWriter {
public:
  /// Waits for the lock. `busy()` or `problem()` say when that did not work; then nothing else may be called.
  PackWriter(const File &folder, uint64_t limit, Deadline deadline);
  ~PackWriter();
  bool usable() const { return index_.has_value(); }
  bool busy() const { return busy_; }
  const std::string &problem() const { return problem_; }
  uint64_t errors() const { return errors_; }
  uint64_t evictions() const { return evictions_; }

  /// Keeps an entry; false when it is not kept. Found again after `flush`.
  bool add(const NewEntry &entry);
  /// False when something added since the last flush was lost.
  bool flush();
  /// Changes the slot of a place, if there is one; `change` may clear it (`= Slot()`).
  void change(const Place &place, const std::function<void(Slot &)> &change);

  uint64_t used_bytes() const;
  /// Drops what is worth least until no more than `bytes` are used, and not more than that takes.
  void shrink(uint64_t bytes);
  /// Clears the slots that `which` says, and cleans segments that are more dead than alive. Returns how many.
  uint64_t remove_if(const std::function<bool(const Slot &)> &which);
  void clear();

  /// The entry that `slot` names, if it is whole.
  std::optional<std::vector<std::byte>> read_entry(const Slot &slot, Header &header);

private:
  struct LiveSlot {
    uint64_t bucket;
    size_t number;
    Slot slot;
  };
  bool take_lock(Deadline deadline);
  void find_segments();
  void open_index();
  bool start_over();
  bool has_same(const Slot &slot, const NewEntry &entry);
  bool append(std::span<const std::byte> entry, Slot slot, uint32_t lane);
  bool start_segment(uint64_t wanted, uint32_t lane);
  /// The lane's segment that grows; the end when it has none.
  std::map<uint32_t, uint64_t>::iterator newest(uint32_t lane);
  void make_room(uint64_t wanted);
  std::map<uint32_t, uint64_t> live_bytes() const;
  std::pair<uint32_t, uint64_t> most_dead(uint32_t end);
  void place_slot(const Slot &slot);
  bool grow();
  bool resize_index(uint64_t buckets);
  /// What of a segment is kept when it is cleaned: all of it, unless this says otherwise.
  struct Keep {
    double above = -1; ///< what is worth more per byte
    uint64_t most_bytes = UINT64_MAX;
  };
  void clean(uint32_t victim, Keep keep);
  bool choose(const std::vector<LiveSlot> &live, uint64_t bytes, uint64_t buckets,
              std::vector<LiveSlot> &dropped);
  void compact(uint64_t bytes);
  double median_worth();
  void fail(const char *what);
  File *segment(uint32_t number);
  uint64_t segment_bytes() const;
  std::vector<LiveSlot> slots_in(uint32_t segment);
  std::vector<LiveSlot> slots_by_worth();

  const File &folder_;
  const uint64_t limit_;
  File lock_;
  std::optional<Index> index_;
  std::map<uint32_t, uint64_t> segments_; ///< number -> bytes
  std::map<uint32_t, File> open_;
  uint32_t lane_ = 0;             ///< of the entries in buffer_
  std::vector<std::byte> buffer_; ///< what comes next in the lane's newest segment
  std::vector<Slot> waiting_;     ///< of the entries in buffer_; written after them
  bool busy_ = false, cleaning_ = false;
  std::string problem_;
  uint64_t errors_ = 0, evictions_ = 0;
};

} // namespace ligature::cache
