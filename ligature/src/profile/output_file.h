// SPDX-License-Identifier: MIT
//
// A file that a profiler reads: written in whole records, each with one system call, so that nothing is lost
// or half there however the process ends.
#pragma once

#include "base/mutex.h"

#include <expected>
#include <memory>
#include <string>
#include <string_view>

namespace ligature {

class OutputFile {
public:
  /// Makes the file, or empties it; the reason if it cannot.
  static std::expected<std::unique_ptr<OutputFile>, std::string> create(const std::string &path);
  OutputFile(const OutputFile &) = delete;
  OutputFile &operator=(const OutputFile &) = delete;
  ~OutputFile();

  /// Appends. Any thread. What a full disk refuses is lost, and all that comes later; that is reported on
  /// standard error, once.
  void write(std::string_view bytes);
  int descriptor() const { return descriptor_; }

private:
  OutputFile(int descriptor, std::string path) : descriptor_(descriptor), path_(std::move(path)) {}
  const int descriptor_;
  const std::string path_;
  Mutex mutex_; // what one record's failure says about the next
  bool failed_ GUARDED_BY(mutex_) = false;
};

} // namespace ligature
