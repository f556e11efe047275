// SPDX-License-Identifier: MIT
#include "profile/perf_map.h"

#include "profile/output_file.h"

#include <unistd.h>

#include <cinttypes>
#include <cstdio>

namespace ligature {

namespace {

class PerfMap final : public CodeListener {
public:
  explicit PerfMap(std::unique_ptr<OutputFile> file) : file_(std::move(file)) {}

  void code_added(std::span<const CodeRange *const> functions, const PlaceOf &) override {
    std::string lines;
    for (const CodeRange *function : functions) {
      char numbers[48];
      std::snprintf(numbers, sizeof numbers, "%" PRIxPTR " %" PRIxPTR " ", function->begin,
                    function->end - function->begin);
      lines += numbers + function->name + "\n";
    }
    file_->write(lines);
  }

private:
  const std::unique_ptr<OutputFile> file_;
};

} // namespace

std::expected<std::unique_ptr<CodeListener>, std::string> make_perf_map() {
  auto file = OutputFile::create("/tmp/perf-" + std::to_string(getpid()) + ".map");
  if (!file)
    return std::unexpected(file.error());
  return std::make_unique<PerfMap>(std::move(*file));
}

} // namespace ligature
