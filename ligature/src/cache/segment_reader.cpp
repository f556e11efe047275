// SPDX-License-Identifier: MIT
#include "cache/segment_reader.h"

#include "cache/pack_writer.h"
#include "cache/store.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <utility>

namespace ligature::cache {

namespace {
constexpr size_t kMostOpen = 128;
// A window begins at a multiple of kWindowStep and reaches so far that every entry that begins in its step
// ends in it. Larger entries are read alone: what all windows read twice is less then, and they keep units,
// which are small, near each other: in the program of 500 functions of bench/warm, looking a unit up and
// binding it takes an eighth less than where windows take up to 16 KB.
constexpr uint64_t kWindowBytes = 64 << 10;
constexpr uint32_t kMostInWindow = 8 << 10; // larger ones are worth a call of their own
constexpr uint64_t kWindowStep = kWindowBytes - kMostInWindow;
constexpr uint64_t kNear = 4 * kWindowStep;
// Above it we look how much there is before we take memory for it.
constexpr uint32_t kBelievedLength = 256 << 10;
} // namespace

SegmentReader::SharedFile SegmentReader::open_locked(uint32_t segment) {
  auto found = files_.find(segment);
  if (found != files_.end())
    return found->second;
  File file = open_file(folder_, segment_name(segment).c_str(), O_RDONLY);
  if (!file)
    return nullptr;
  if (files_.size() >= kMostOpen)
    files_.erase(files_.begin()); // the oldest; most likely gone by now
  return files_[segment] = std::make_shared<const File>(std::move(file));
}

bool SegmentReader::is_near_locked(uint32_t segment, uint64_t offset) {
  Last &last = last_[segment % kLanes];
  uint64_t distance = offset > last.offset ? offset - last.offset : last.offset - offset;
  bool is_near = segment == last.segment && distance < kNear;
  last = {segment, offset};
  return is_near;
}

/// That was not used for longest: namespaces have places of their own, and some are asked for less often than
/// others.
SegmentReader::Window &SegmentReader::oldest_locked() {
  return *std::ranges::min_element(windows_, {}, &Window::used);
}

Buffer SegmentReader::window_buffer() {
  {
    Guard guard(mutex_);
    Window oldest = std::exchange(oldest_locked(), {});
    if (oldest.holder.use_count() == 1) {
      std::atomic_thread_fence(std::memory_order_acquire); // after what the last one who looked at it read
      return {std::move(oldest.holder), {oldest.bytes.data(), kWindowBytes}};
    }
  }
  return make_buffer(kWindowBytes);
}

/// What lies around `offset`, as far as it is there.
std::optional<SegmentReader::Bytes> SegmentReader::read_window(const File &file, uint32_t segment,
                                                               uint64_t offset, uint32_t length) {
  Buffer buffer = window_buffer();
  uint64_t begin = offset - offset % kWindowStep;
  ssize_t got = pread(file.fd(), buffer.bytes.data(), buffer.bytes.size(), off_t(begin));
  if (got < ssize_t(offset - begin + length))
    return std::nullopt;
  Window window{segment, begin, buffer.bytes.first(size_t(got)), std::move(buffer.holder)};
  Bytes bytes{window.bytes.subspan(offset - begin, length), window.holder};
  Guard guard(mutex_);
  window.used = ++clock_;
  oldest_locked() = std::move(window);
  return bytes;
}

std::optional<SegmentReader::Bytes> SegmentReader::read(uint32_t segment, uint64_t offset, uint32_t length,
                                                        Source source) {
  SharedFile file;
  bool by_window = false;
  {
    Guard guard(mutex_);
    if (source == Source::FileOpenedNow)
      forget_locked(segment);
    for (Window &window : windows_)
      if (source == Source::WindowOrFile && window.covers(segment, offset, length)) {
        window.used = ++clock_;
        return Bytes{window.bytes.subspan(offset - window.begin, length), window.holder};
      }
    file = open_locked(segment);
    by_window = is_near_locked(segment, offset) && source == Source::WindowOrFile && length <= kMostInWindow;
  }
  if (!file)
    return std::nullopt;
  if (by_window)
    if (std::optional<Bytes> bytes = read_window(*file, segment, offset, length))
      return bytes;
  if (length > kBelievedLength && offset + length > file->size())
    return std::nullopt;
  Buffer buffer = make_buffer(length);
  if (!file->read(buffer.bytes, offset))
    return std::nullopt;
  return Bytes{buffer.bytes, std::move(buffer.holder)};
}

void SegmentReader::forget_locked(uint32_t segment) {
  files_.erase(segment);
  for (Window &window : windows_)
    if (window.segment == segment)
      window = Window();
}

} // namespace ligature::cache
