// SPDX-License-Identifier: MIT
#include "tools/lig/why.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <string_view>

#include "ligature/cache_admin.h"

namespace {

using Why = jl::EngineOptions::Why;

/// What there is to say when no entry can be compared with.
int say_nothing_kept(bool as_json, const char *state, const std::string &text) {
  if (as_json)
    std::printf("{\"cache\": \"%s\", \"units\": [], \"compiled\": 0, \"found\": 0, \"reasons\": {}}\n", state);
  else
    std::printf("%s\n", text.c_str());
  return 0;
}

/// How many entries the folders hold; -1 and a message when the first cannot be used.
int64_t count_entries(const ligature::CacheOptions &options) {
  auto admin = ligature::CacheAdmin::open(options, ligature::CacheAdmin::Access::Read);
  if (admin)
    return int64_t((*admin)->report().entries);
  std::fprintf(stderr, "lig: %s\n", admin.error().c_str());
  return -1;
}

} // namespace

bool asks_why(int argc, char **argv) {
  return argc > 2 && std::string_view(argv[1]) == "cache" && std::string_view(argv[2]) == "why";
}

std::optional<int> prepare_why(jl::EngineOptions &options, bool as_json) {
  if (options.cache.mode == ligature::CacheMode::Off)
    return say_nothing_kept(as_json, "off", "the cache is off: every unit is compiled in every run (LIGATURE_CACHE, --cache)");
  if (options.cache.remote.empty()) {
    int64_t entries = count_entries(options.cache);
    if (entries < 0)
      return 1;
    bool has_more_folders = options.cache.folder.contains(':');
    if (entries == 0 && !has_more_folders)
      return say_nothing_kept(as_json, "empty", "the cache is empty: every unit will be compiled");
  }
  options.cache.mode = ligature::CacheMode::ReadOnly;
  options.why.form = as_json ? Why::Form::Json : Why::Form::Text;
  options.why.output = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
  if (options.why.output >= 0 && dup2(STDERR_FILENO, STDOUT_FILENO) >= 0)
    return std::nullopt;
  std::fprintf(stderr, "lig: cache: standard output cannot be kept for the report: %s\n", std::strerror(errno));
  return 1;
}
