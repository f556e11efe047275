// SPDX-License-Identifier: MIT
#include "ligature/cache.h"

#include "cache/test_folder.h"

#include <gtest/gtest.h>

#include <sys/stat.h>

using namespace ligature;
using namespace ligature::cache;

namespace {

/// Variables for as long as this lives.
struct Environment {
  std::vector<std::string> names;
  Environment(std::initializer_list<std::pair<const char *, std::string>> values) {
    for (auto &[name, value] : values) {
      setenv(name, value.c_str(), 1);
      names.push_back(name);
    }
  }
  ~Environment() {
    for (const std::string &name : names)
      unsetenv(name.c_str());
  }
};

std::string error_of(const char *name, const std::string &value) {
  Environment environment{{name, value}};
  auto options = cache_options_from_environment();
  return options ? "" : options.error();
}

TEST(CacheEnvironment, ReadsEverything) {
  Environment environment{{"LIGATURE_CACHE", "verify"},           {"LIGATURE_CACHE_DIR", "/x:/y"},
                          {"LIGATURE_CACHE_SIZE", "512M"},        {"LIGATURE_CACHE_STORE", "files"},
                          {"LIGATURE_CACHE_REMOTE", "redis://h"}, {"LIGATURE_CACHE_REMOTE_MODE", "readonly"},
                          {"LIGATURE_CACHE_SECRET", "s"},         {"LIGATURE_CACHE_REMOTE_BUDGET", "1500"}};
  auto options = cache_options_from_environment();
  ASSERT_TRUE(options) << options.error();
  EXPECT_EQ(options->mode, CacheMode::Verify);
  EXPECT_EQ(options->folder, "/x:/y");
  EXPECT_EQ(options->size_bytes, 512u << 20);
  EXPECT_EQ(options->store, CacheStore::Files);
  EXPECT_EQ(options->remote, "redis://h");
  EXPECT_TRUE(options->remote_read_only);
  EXPECT_EQ(options->remote_budget, std::chrono::milliseconds(1500));
  EXPECT_EQ(options->remote_secret, "s");
}

TEST(CacheEnvironment, KeepsDefaults) {
  CacheOptions defaults;
  defaults.mode = CacheMode::ReadOnly;
  defaults.size_bytes = 5;
  Environment environment{{"LIGATURE_CACHE", ""}};
  auto options = cache_options_from_environment(defaults);
  ASSERT_TRUE(options);
  EXPECT_EQ(options->mode, CacheMode::ReadOnly);
  EXPECT_EQ(options->size_bytes, 5u);
}

TEST(CacheEnvironment, NamesWhatIsWrong) {
  EXPECT_EQ(error_of("LIGATURE_CACHE", "yes"),
            "LIGATURE_CACHE is 'yes', expected on, off, readonly or verify");
  EXPECT_EQ(error_of("LIGATURE_CACHE_SIZE", "12Q"),
            "LIGATURE_CACHE_SIZE is '12Q', expected a whole number of at least 1M, as in 512M or 2G");
  EXPECT_NE(error_of("LIGATURE_CACHE_SIZE", "10"), "");
  EXPECT_NE(error_of("LIGATURE_CACHE_SIZE", "4.5G"), "");
  EXPECT_NE(error_of("LIGATURE_CACHE_STORE", "lmdb"), "");
  EXPECT_NE(error_of("LIGATURE_CACHE_REMOTE_MODE", "both"), "");
  EXPECT_EQ(error_of("LIGATURE_CACHE_REMOTE_BUDGET", "2s"),
            "LIGATURE_CACHE_REMOTE_BUDGET is '2s', expected 1 to 60000 (milliseconds)");
  for (const char *wrong : {"0", "-1", "60001", "99999999999999999999", " 5", "5 "})
    EXPECT_NE(error_of("LIGATURE_CACHE_REMOTE_BUDGET", wrong), "") << wrong;
  EXPECT_NE(error_of("LIGATURE_CACHE_SECRET_FILE", "/does/not/exist"), "");
}

TEST(CacheEnvironment, ARemoteTierNeedsAnAddressAndASecret) {
  Environment environment{{"LIGATURE_CACHE_SECRET", "s"}};
  for (const char *wrong :
       {"host:6379", "redis://", "redis://:7000", "redis://localhost:99999", "redis://localhost:0",
        "redis://localhost:", "redis://localhost/abc", "unix://relative", "redis://word@localhost"})
    EXPECT_TRUE(error_of("LIGATURE_CACHE_REMOTE", wrong).starts_with("LIGATURE_CACHE_REMOTE is '")) << wrong;
  EXPECT_EQ(error_of("LIGATURE_CACHE_REMOTE", "redis://:hush@localhost/abc"),
            "LIGATURE_CACHE_REMOTE is 'redis://***@localhost/abc', expected "
            "redis://[:password@]host[:port][/db] or unix:///path");
  EXPECT_EQ(error_of("LIGATURE_CACHE_REMOTE", "redis://:hush@localhost/3"), "");
  unsetenv("LIGATURE_CACHE_SECRET");
  EXPECT_EQ(error_of("LIGATURE_CACHE_REMOTE", "redis://localhost"),
            "LIGATURE_CACHE_REMOTE needs a secret, which all who use the server share: set "
            "LIGATURE_CACHE_SECRET_FILE");
}

TEST(CacheEnvironment, ACommandLineCountsMoreThanTheModeVariable) {
  Environment environment{{"LIGATURE_CACHE", "bogus"}};
  auto options = cache_options_from_environment({}, CacheMode::Off);
  ASSERT_TRUE(options) << options.error();
  EXPECT_EQ(options->mode, CacheMode::Off);
}

TEST(CacheEnvironment, SecretFileMustBePrivate) {
  TestFolder folder;
  std::string path = folder.inside("secret");
  write_file(path, "of two\nlines\n");
  chmod(path.c_str(), 0644);
  EXPECT_NE(error_of("LIGATURE_CACHE_SECRET_FILE", path).find("chmod 600"), std::string::npos);
  chmod(path.c_str(), 0600);
  Environment environment{{"LIGATURE_CACHE_SECRET_FILE", path}};
  EXPECT_EQ(cache_options_from_environment()->remote_secret, "of two");
}

TEST(CacheEnvironment, Sizes) {
  EXPECT_EQ(parse_cache_size("0"), 0u);
  EXPECT_EQ(parse_cache_size("1000"), 1000u);
  EXPECT_EQ(parse_cache_size("3K"), 3072u);
  EXPECT_EQ(parse_cache_size("2GiB"), uint64_t{2} << 30);
  EXPECT_EQ(parse_cache_size("1TB"), uint64_t{1} << 40);
  EXPECT_EQ(parse_cache_size("7B"), 7u);
  for (const char *wrong :
       {"", "M", "-1", "1 M", "1.5G", "1MM", "1iB", "99999999999999999999", "999999999999T"})
    EXPECT_FALSE(parse_cache_size(wrong)) << wrong;
}

} // namespace
