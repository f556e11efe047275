// SPDX-License-Identifier: MIT
#include "cache/local.h"

#include "cache/file_store.h"
#include "cache/pack_store.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>

namespace ligature::cache {

namespace {

const std::string kVersionFolder = "v" + std::to_string(kSchema);

std::string environment(const char *name) {
  const char *value = std::getenv(name);
  return value ? value : "";
}

/// Why one file per entry is better here, or nothing.
std::string reason_for_files(const CacheOptions &options, const Folder &folder) {
  if (options.store == CacheStore::Files)
    return "this was asked for";
  if (options.store == CacheStore::Pack)
    return {};
  if (!folder.network.empty())
    return "it lies on a network file system (" + folder.network + ")";
  if (!folder.writable) // somebody else filled it; what is there decides
    return faccessat(folder.handle.fd(), "index", F_OK, 0) != 0 &&
                   faccessat(folder.handle.fd(), "files", F_OK, 0) == 0
               ? "that is how it was filled"
               : "";
  File lock = open_file(folder.handle, "lock", O_RDWR | O_CREAT);
  if (lock && flock(lock.fd(), LOCK_EX | LOCK_NB) != 0 && errno != EWOULDBLOCK && errno != EINTR)
    return "its file system has no locks";
  if (lock)
    flock(lock.fd(), LOCK_UN);
  return {};
}

/// Nothing when there is nothing to look into, or when it was refused.
std::optional<Layer> open_layer(const CacheOptions &options, const std::string &path, bool write,
                                Reporter &reporter) {
  if (!write && access((path + "/" + kVersionFolder).c_str(), F_OK) != 0) {
    if (errno != ENOENT)
      reporter.fail(path + " cannot be opened: " + std::strerror(errno));
    return std::nullopt;
  }
  IfMissing if_missing = write ? IfMissing::Create : IfMissing::Fail;
  auto top = open_folder(path, if_missing);
  auto folder = top ? open_subfolder(*top, path, kVersionFolder.c_str(), if_missing) : std::move(top);
  if (!folder) {
    reporter.fail(folder.error());
    return std::nullopt;
  }
  if (write && !folder->writable)
    reporter.tell(path + " cannot be written, so it is only read");
  bool writable = write && folder->writable;
  std::string reason = reason_for_files(options, *folder);
  if (reason.empty())
    return Layer{std::make_shared<PackStore>(std::move(folder->handle), options.size_bytes), path, writable};
  auto files = open_subfolder(*folder, path + "/" + kVersionFolder, "files",
                              writable ? IfMissing::Create : IfMissing::Fail);
  if (!files) {
    if (writable)
      reporter.fail(files.error());
    return std::nullopt;
  }
  reporter.tell("one file per entry in " + path + ", because " + reason);
  return Layer{std::make_shared<FileStore>(std::move(files->handle), options.size_bytes), path, writable};
}

} // namespace

std::vector<std::string> folders_of(const CacheOptions &options) {
  std::string all = options.folder.empty() ? environment("LIGATURE_CACHE_DIR") : options.folder;
  if (all.empty()) {
    std::string base = environment("XDG_CACHE_HOME"), home = environment("HOME");
    if (!base.starts_with('/')) // as the XDG specification says
      base = home.empty() ? "" : home + "/.cache";
    return base.empty() ? std::vector<std::string>() : std::vector{base + "/ligature"};
  }
  std::vector<std::string> folders;
  for (size_t begin = 0; begin <= all.size();) {
    size_t colon = std::min(all.find(':', begin), all.size());
    if (colon > begin)
      folders.push_back(all.substr(begin, colon - begin));
    begin = colon + 1;
  }
  return folders;
}

std::vector<Layer> open_layers(const CacheOptions &options, Reporter &reporter) {
  std::vector<Layer> layers;
  std::vector<std::string> folders = folders_of(options);
  if (folders.empty())
    reporter.fail("no folder: neither LIGATURE_CACHE_DIR, XDG_CACHE_HOME nor HOME is set");
  for (size_t i = 0; i < folders.size(); ++i) {
    bool write = i == 0 && options.mode != CacheMode::ReadOnly;
    if (std::optional<Layer> layer = open_layer(options, folders[i], write, reporter))
      layers.push_back(std::move(*layer));
  }
  return layers;
}

} // namespace ligature::cache
