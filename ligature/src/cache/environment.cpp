// SPDX-License-Identifier: MIT
// What the environment says of the cache.
#include "ligature/cache.h"

#include "cache/connection.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <cstdlib>
#include <cstring>

namespace ligature {

namespace {

/// A variable's text; an empty one counts as not set.
std::optional<std::string> variable(const char *name) {
  const char *value = std::getenv(name);
  return value && *value ? std::optional<std::string>(value) : std::nullopt;
}

std::string complaint(const char *name, const std::string &value, const char *expected) {
  return std::string(name) + " is '" + value + "', expected " + expected;
}

std::optional<CacheStore> parse_store(std::string_view text) {
  if (text == "auto")
    return CacheStore::Auto;
  if (text == "pack")
    return CacheStore::Pack;
  return text == "files" ? std::optional(CacheStore::Files) : std::nullopt;
}

/// Whole milliseconds, at most a minute.
std::optional<std::chrono::milliseconds> parse_budget(std::string_view text) {
  unsigned number = 0;
  auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
  bool is_whole = failure == std::errc() && end == text.data() + text.size();
  return is_whole && number >= 1 && number <= 60000 ? std::optional(std::chrono::milliseconds(number))
                                                    : std::nullopt;
}

/// The first line of a file that nobody else may read.
std::expected<std::string, std::string> read_secret(const std::string &path) {
  std::string subject = "LIGATURE_CACHE_SECRET_FILE: " + path;
  int fd = open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  struct stat status;
  char text[4096];
  ssize_t length = -1;
  bool is_private = false;
  if (fd >= 0 && fstat(fd, &status) == 0) {
    is_private = S_ISREG(status.st_mode) && !(status.st_mode & 077) &&
                 (status.st_uid == geteuid() || status.st_uid == 0);
    length = read(fd, text, sizeof text);
  }
  int reason = errno;
  if (fd >= 0)
    close(fd);
  if (length < 0)
    return std::unexpected(subject + " cannot be read: " + std::strerror(reason));
  if (!is_private)
    return std::unexpected(subject +
                           " is not a file of yours that only you can read; chmod 600 makes it one");
  std::string_view line(text, size_t(length));
  line = line.substr(0, line.find_first_of("\r\n"));
  if (line.empty())
    return std::unexpected(subject + " is empty");
  return std::string(line);
}

/// Empty, or what is wrong with the remote tier's variables.
std::string read_remote(CacheOptions &options) {
  if (auto value = variable("LIGATURE_CACHE_REMOTE")) {
    if (auto address = cache::Address::parse(*value); !address)
      return "LIGATURE_CACHE_REMOTE is " + address.error();
    options.remote = *value;
  }
  if (auto value = variable("LIGATURE_CACHE_REMOTE_MODE")) {
    if (*value != "write" && *value != "readonly")
      return complaint("LIGATURE_CACHE_REMOTE_MODE", *value, "write or readonly");
    options.remote_read_only = *value == "readonly";
  }
  if (auto value = variable("LIGATURE_CACHE_REMOTE_BUDGET")) {
    std::optional<std::chrono::milliseconds> budget = parse_budget(*value);
    if (!budget)
      return complaint("LIGATURE_CACHE_REMOTE_BUDGET", *value, "1 to 60000 (milliseconds)");
    options.remote_budget = *budget;
  }
  if (auto value = variable("LIGATURE_CACHE_SECRET"))
    options.remote_secret = *value;
  if (auto path = variable("LIGATURE_CACHE_SECRET_FILE")) {
    auto secret = read_secret(*path);
    if (!secret)
      return secret.error();
    options.remote_secret = *secret;
  }
  if (variable("LIGATURE_CACHE_REMOTE") && options.remote_secret.empty())
    return "LIGATURE_CACHE_REMOTE needs a secret, which all who use the server share: set "
           "LIGATURE_CACHE_SECRET_FILE";
  return {};
}

} // namespace

std::optional<CacheMode> parse_cache_mode(std::string_view text) {
  if (text == "on")
    return CacheMode::On;
  if (text == "off")
    return CacheMode::Off;
  if (text == "readonly")
    return CacheMode::ReadOnly;
  return text == "verify" ? std::optional(CacheMode::Verify) : std::nullopt;
}

std::optional<uint64_t> parse_cache_size(std::string_view text) {
  uint64_t number = 0;
  auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (failure != std::errc())
    return std::nullopt;
  std::string_view unit = text.substr(size_t(end - text.data()));
  size_t power = unit.empty() || unit == "B" ? 0 : std::string_view("KMGT").find(unit[0]) + 1;
  std::string_view rest = unit.substr(power ? 1 : unit.size());
  if ((!unit.empty() && unit != "B" && power == 0) || (!rest.empty() && rest != "B" && rest != "iB"))
    return std::nullopt;
  uint64_t bytes = number << (10 * power);
  return bytes >> (10 * power) == number ? std::optional(bytes) : std::nullopt;
}

std::expected<CacheOptions, std::string> cache_options_from_environment(CacheOptions options,
                                                                        std::optional<CacheMode> mode) {
  auto given = mode ? std::nullopt : variable("LIGATURE_CACHE");
  if (given) {
    mode = parse_cache_mode(*given);
    if (!mode)
      return std::unexpected(complaint("LIGATURE_CACHE", *given, "on, off, readonly or verify"));
  }
  options.mode = mode.value_or(options.mode);
  if (auto value = variable("LIGATURE_CACHE_DIR"))
    options.folder = *value;
  if (auto value = variable("LIGATURE_CACHE_SIZE")) {
    std::optional<uint64_t> bytes = parse_cache_size(*value);
    if (!bytes || *bytes < (uint64_t{1} << 20))
      return std::unexpected(
          complaint("LIGATURE_CACHE_SIZE", *value, "a whole number of at least 1M, as in 512M or 2G"));
    options.size_bytes = *bytes;
  }
  if (auto value = variable("LIGATURE_CACHE_STORE")) {
    std::optional<CacheStore> store = parse_store(*value);
    if (!store)
      return std::unexpected(complaint("LIGATURE_CACHE_STORE", *value, "auto, pack or files"));
    options.store = *store;
  }
  if (std::string problem = read_remote(options); !problem.empty())
    return std::unexpected(problem);
  return options;
}

} // namespace ligature
