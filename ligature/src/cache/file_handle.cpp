// SPDX-License-Identifier: MIT
#include "cache/file_handle.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace ligature::cache {

File::~File() {
  if (fd_ >= 0)
    ::close(fd_);
}

bool File::read(std::span<std::byte> bytes, uint64_t position) const {
  while (!bytes.empty()) {
    ssize_t got = ::pread(fd_, bytes.data(), bytes.size(), off_t(position));
    if (got < 0 && errno == EINTR)
      continue;
    if (got <= 0)
      return false;
    bytes = bytes.subspan(size_t(got));
    position += uint64_t(got);
  }
  return true;
}

bool File::write(std::span<const std::byte> bytes, uint64_t position) const {
  while (!bytes.empty()) {
    ssize_t put = ::pwrite(fd_, bytes.data(), bytes.size(), off_t(position));
    if (put < 0 && errno == EINTR)
      continue;
    if (put == 0)
      errno = ENOSPC;
    if (put <= 0)
      return false;
    bytes = bytes.subspan(size_t(put));
    position += uint64_t(put);
  }
  return true;
}

uint64_t File::size() const {
  struct stat status;
  return fstat(fd_, &status) == 0 ? uint64_t(status.st_size) : 0;
}

bool File::is_gone() const {
  struct stat status;
  return fstat(fd_, &status) != 0 || status.st_nlink == 0;
}

File open_file(const File &folder, const char *name, int flags) {
  // O_NONBLOCK: a pipe in the place of our file must not hold us up.
  File file(openat(folder.fd(), name, flags | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0600));
  struct stat status;
  if (file && (fstat(file.fd(), &status) != 0 || !S_ISREG(status.st_mode))) {
    errno = EINVAL;
    return File();
  }
  return file;
}

std::string_view network_name(uint64_t magic) {
  switch (uint32_t(magic)) {
  case 0x6969:
    return "nfs";
  case 0x517b:
  case 0xff534d42:
  case 0xfe534d42:
    return "smb";
  case 0x01021997:
    return "9p";
  case 0x5346414f:
  case 0x6b414653:
    return "afs";
  case 0x00c36400:
    return "ceph";
  case 0x0bd00bd0:
    return "lustre";
  case 0x47504653:
    return "gpfs";
  case 0x01161970:
    return "gfs2";
  case 0x7461636f:
    return "ocfs2";
  case 0x65735546:
    return "fuse"; // sshfs and its like; nobody can tell from outside
  default:
    return {};
  }
}

namespace {

void make_parents(const std::string &path) {
  for (size_t slash = path.find('/', 1); slash != std::string::npos; slash = path.find('/', slash + 1))
    mkdir(path.substr(0, slash).c_str(), 0700);
}

std::expected<Folder, std::string> refuse(const std::string &path, const std::string &why) {
  return std::unexpected(path + " " + why);
}

std::expected<Folder, std::string> check_folder(File handle, const std::string &path) {
  struct stat status;
  struct statfs system;
  if (fstat(handle.fd(), &status) != 0 || fstatfs(handle.fd(), &system) != 0)
    return refuse(path, std::string("cannot be examined: ") + std::strerror(errno));
  if (status.st_uid != geteuid() && status.st_uid != 0)
    return refuse(path, "belongs to another user (uid " + std::to_string(status.st_uid) + ")");
  if (status.st_mode & (S_IWGRP | S_IWOTH))
    return refuse(path, "can be written by others; chmod go-w makes it usable");
  Folder folder;
  folder.writable = faccessat(handle.fd(), ".", W_OK | X_OK, AT_EACCESS) == 0;
  folder.network = network_name(uint64_t(system.f_type));
  folder.handle = std::move(handle);
  return folder;
}

} // namespace

std::expected<Folder, std::string> open_folder(const std::string &path, IfMissing if_missing) {
  int flags = O_RDONLY | O_DIRECTORY | O_CLOEXEC;
  File handle(open(path.c_str(), flags));
  if (!handle && errno == ENOENT && if_missing == IfMissing::Create) {
    make_parents(path);
    mkdir(path.c_str(), 0700);
    handle = File(open(path.c_str(), flags));
  }
  if (!handle)
    return refuse(path, std::string("cannot be opened: ") + std::strerror(errno));
  return check_folder(std::move(handle), path);
}

std::expected<Folder, std::string> open_subfolder(const Folder &parent, const std::string &parent_path,
                                                  const char *name, IfMissing if_missing) {
  std::string path = parent_path + "/" + name;
  int flags = O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW;
  File handle(openat(parent.handle.fd(), name, flags));
  if (!handle && errno == ENOENT && if_missing == IfMissing::Create) {
    mkdirat(parent.handle.fd(), name, 0700);
    handle = File(openat(parent.handle.fd(), name, flags));
  }
  if (!handle)
    return refuse(path, std::string("cannot be opened: ") + std::strerror(errno));
  return check_folder(std::move(handle), path);
}

void list_folder(const File &folder, const std::function<void(const char *)> &visit) {
  int fd = openat(folder.fd(), ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  DIR *stream = fd >= 0 ? fdopendir(fd) : nullptr;
  if (!stream) {
    if (fd >= 0)
      ::close(fd);
    return;
  }
  while (dirent *entry = readdir(stream))
    if (std::strcmp(entry->d_name, ".") != 0 && std::strcmp(entry->d_name, "..") != 0)
      visit(entry->d_name);
  closedir(stream);
}

} // namespace ligature::cache
