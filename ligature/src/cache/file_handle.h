// SPDX-License-Identifier: MIT
//
// Files and folders of the cache, by descriptor. Everything below a folder is opened relative to the folder's
// descriptor, which was checked once, so nobody can put another folder in its place in between. Nothing is
// ever mapped: a file that is cut short under our hands, or lies on a failing disk, is a short read and no
// signal.
#pragma once

#include <cstddef>
#include <cstdint>
#include <expected>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace ligature::cache {

/// Owns a descriptor.
class File {
public:
  File() = default;
  explicit File(int fd) : fd_(fd) {}
  File(File &&other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  File &operator=(File &&other) noexcept {
    std::swap(fd_, other.fd_);
    return *this;
  }
  ~File();
  explicit operator bool() const { return fd_ >= 0; }
  int fd() const { return fd_; }

  /// All of `bytes` from `position`; false when that much is not there or cannot be read.
  bool read(std::span<std::byte> bytes, uint64_t position) const;
  /// False, with errno, when not all could be written.
  bool write(std::span<const std::byte> bytes, uint64_t position) const;
  /// 0 when it cannot be told.
  uint64_t size() const;
  /// Has it been removed, or another file put in its place?
  bool is_gone() const;

private:
  int fd_ = -1;
};

/// `name` in `folder`; flags as open(2)'s. Symbolic links and anything but plain files are not opened.
File open_file(const File &folder, const char *name, int flags);

struct Folder {
  File handle;
  bool writable = false;
  std::string network; ///< name of the network file system that it lies on, or empty
};

enum class IfMissing : uint8_t { Create, Fail };

/// Opens `path`. Created with its parents, 0700, where that is asked for. Refused with a reason when it
/// belongs to somebody else than us or root, or when others may write to it.
std::expected<Folder, std::string> open_folder(const std::string &path, IfMissing if_missing);
/// The same for a folder inside of an opened one.
std::expected<Folder, std::string> open_subfolder(const Folder &parent, const std::string &parent_path,
                                                  const char *name, IfMissing if_missing);

/// Calls `visit` with each name in `folder` but "." and "..".
void list_folder(const File &folder, const std::function<void(const char *)> &visit);

/// Name of the network file system with this magic number of statfs(2); empty for a local one.
std::string_view network_name(uint64_t magic);

} // namespace ligature::cache
