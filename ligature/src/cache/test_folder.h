// SPDX-License-Identifier: MIT
//
// What the tests of this room share: a folder that goes away, keys and values that say which they are, a
// cache that notes what it tells.
#pragma once

#include "cache/entry.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <mutex>
#include <random>
#include <sstream>

namespace ligature::cache {

struct TestFolder {
  std::string path;
  TestFolder() {
    // In memory where there is such a folder: some tests make thousands of files.
    bool has_memory = std::filesystem::is_directory("/dev/shm") && !std::getenv("TMPDIR");
    std::filesystem::path base = has_memory ? "/dev/shm" : std::filesystem::temp_directory_path();
    std::string pattern = base / "ligature-cache-XXXXXX";
    path = mkdtemp(pattern.data());
  }
  ~TestFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path, ignored);
  }
  std::string inside(const std::string &name) const { return path + "/" + name; }
  std::vector<std::string> data_files() const {
    std::vector<std::string> names;
    std::error_code ignored;
    for (auto &entry : std::filesystem::recursive_directory_iterator(path, ignored))
      if (entry.is_regular_file() && entry.path().filename() != "lock" && entry.path().filename() != "index")
        names.push_back(entry.path());
    return names;
  }
};

inline CacheKey test_key(uint64_t number) {
  CacheKey key;
  std::mt19937_64 random(number);
  for (uint8_t &byte : key)
    byte = uint8_t(random());
  return key;
}

/// A value that depends on its number in every byte.
inline std::vector<std::byte> test_value(uint64_t number, size_t bytes) {
  std::vector<std::byte> value(bytes);
  std::mt19937_64 random(number * 7919 + 1);
  for (std::byte &byte : value)
    byte = std::byte(random());
  return value;
}

inline std::vector<std::byte> copy_of(const std::optional<CacheValue> &value) {
  return value ? std::vector<std::byte>(value->bytes().begin(), value->bytes().end())
               : std::vector<std::byte>();
}

inline std::string read_file(const std::string &path) {
  std::ifstream stream(path, std::ios::binary);
  std::ostringstream text;
  text << stream.rdbuf();
  return text.str();
}

inline void write_file(const std::string &path, const std::string &text) {
  std::ofstream(path, std::ios::binary | std::ios::trunc) << text;
}

/// Everything that a cache told, one line each.
struct Told {
  std::mutex mutex;
  std::string text;
  std::function<void(std::string_view)> sink() {
    return [this](std::string_view line) {
      std::lock_guard lock(mutex);
      text += std::string(line) + "\n";
    };
  }
  std::string all() {
    std::lock_guard lock(mutex);
    return text;
  }
};

} // namespace ligature::cache
