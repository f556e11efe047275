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

/// Can the first folder be looked into, if it is there? If not, that is said.
bool is_usable(const ligature::CacheOptions &options) {
  auto admin = ligature::CacheAdmin::open(options, ligature::CacheAdmin::Access::Read);
  if (!admin)
    std::fprintf(stderr, "lig: %s\n", admin.error().c_str());
  return admin.has_value();
}

} // namespace

bool asks_why(int argc, char **argv) {
  return argc > 2 && std::string_view(argv[1]) == "cache" && std::string_view(argv[2]) == "why";
}

std::optional<int> prepare_why(jl::EngineOptions &options, bool as_json) {
  if (options.cache.mode == ligature::CacheMode::Off) {
    std::fputs("lig: cache: why looks into the cache, which is off (LIGATURE_CACHE, --cache; try 'lig cache "
               "why --help')\n",
               stderr);
    return 2;
  }
  if (options.cache.remote.empty() && !is_usable(options.cache))
    return 1;
  options.cache.mode = ligature::CacheMode::ReadOnly;
  options.why.form = as_json ? Why::Form::Json : Why::Form::Text;
  options.why.output = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
  if (options.why.output >= 0 && dup2(STDERR_FILENO, STDOUT_FILENO) >= 0)
    return std::nullopt;
  std::fprintf(stderr, "lig: cache: standard output cannot be kept for the report: %s\n",
               std::strerror(errno));
  return 1;
}
