// SPDX-License-Identifier: MIT
//
// A file that a profiler reads: written in whole records, each with one system call, so that nothing is lost
// or half there however the process ends.
#pragma once

#include <expected>
#include <string>
#include <string_view>

namespace ligature {

class OutputFile {
public:
  /// Makes the file, or empties it; the reason if it cannot.
  static std::expected<OutputFile, std::string> create(const std::string &path);
  OutputFile(OutputFile &&other) noexcept;
  OutputFile &operator=(OutputFile &&) = delete;
  ~OutputFile();

  /// Appends. Any thread. What a full disk refuses is lost; the first time is reported on standard error.
  void write(std::string_view bytes);
  int descriptor() const { return descriptor_; }

private:
  OutputFile(int descriptor, std::string path) : descriptor_(descriptor), path_(std::move(path)) {}
  int descriptor_;
  std::string path_;
  bool failed_ = false;
};

} // namespace ligature
