// SPDX-License-Identifier: MIT
#include "profile/output_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

namespace ligature {

std::expected<std::unique_ptr<OutputFile>, std::string> OutputFile::create(const std::string &path) {
  // Readable, for perf maps its files. No link is followed: anybody may have made one in /tmp.
  int descriptor = open(path.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0644);
  if (descriptor < 0)
    return std::unexpected(path + " cannot be written: " + std::strerror(errno));
  return std::unique_ptr<OutputFile>(new OutputFile(descriptor, path));
}

OutputFile::~OutputFile() {
  close(descriptor_);
}

void OutputFile::write(std::string_view bytes) {
  Guard lock(mutex_);
  if (failed_)
    return; // a record that is missing would garble those after it
  ssize_t written = ::write(descriptor_, bytes.data(), bytes.size());
  if (written == static_cast<ssize_t>(bytes.size()))
    return;
  failed_ = true;
  std::fprintf(stderr, "warning: %s is incomplete: %s\n", path_.c_str(),
               written < 0 ? std::strerror(errno) : "no space left");
}

} // namespace ligature
