// SPDX-License-Identifier: MIT
//
// Reads entries out of the pack's segments. A program asks for what the run before it wrote, in about the
// same order, so what lies near the last entry is read along with the next ("window"): a system call costs
// more than copying twenty small entries. A window may hold bytes from before an entry was written; whoever
// finds that an entry in it is not whole asks for the file's bytes.
#pragma once

#include "base/mutex.h"
#include "cache/file_handle.h"
#include "cache/pack_index.h"
#include "cache/store.h"

#include <array>
#include <map>
#include <memory>
#include <optional>

namespace ligature::cache {

class SegmentReader {
public:
  /// `folder` outlives this.
  explicit SegmentReader(const File &folder) : folder_(folder) {}

  struct Bytes {
    std::span<const std::byte> bytes; ///< starts at a multiple of 16 when its offset does
    std::shared_ptr<const void> holder;
  };
  /// `FileOpenedNow` forgets what it has of the segment: after `clear`, another file may have its name.
  enum class Source : uint8_t { WindowOrFile, File, FileOpenedNow };
  /// Nothing when that much is not there, or cannot be read.
  std::optional<Bytes> read(uint32_t segment, uint64_t offset, uint32_t length, Source source);

private:
  using SharedFile = std::shared_ptr<const File>;
  struct Window {
    uint32_t segment = 0;
    uint64_t begin = 0;
    std::span<std::byte> bytes; ///< from where the memory begins
    std::shared_ptr<void> holder;
    uint64_t used = 0; ///< the last time, by a clock that counts reads
    bool covers(uint32_t of, uint64_t offset, uint32_t length) const {
      return holder && of == segment && offset >= begin && offset + length <= begin + bytes.size();
    }
  };
  static constexpr size_t kWindows = 4;

  SharedFile open_locked(uint32_t segment) REQUIRES(mutex_);
  bool is_near_locked(uint32_t segment, uint64_t offset) REQUIRES(mutex_);
  std::optional<Bytes> read_window(const File &file, uint32_t segment, uint64_t offset, uint32_t length);
  void forget_locked(uint32_t segment) REQUIRES(mutex_);
  Window &oldest_locked() REQUIRES(mutex_);
  /// Memory for a window: that of the oldest one if nobody looks at it any more, whose pages are there
  /// already.
  Buffer window_buffer();

  const File &folder_;
  Mutex mutex_;
  std::map<uint32_t, SharedFile> files_ GUARDED_BY(mutex_);
  std::array<Window, kWindows> windows_ GUARDED_BY(mutex_);
  uint64_t clock_ GUARDED_BY(mutex_) = 0;
  struct Last {
    uint32_t segment = 0;
    uint64_t offset = 0;
  };
  std::array<Last, kLanes> last_ GUARDED_BY(mutex_); // that was read, of each lane
};

} // namespace ligature::cache
