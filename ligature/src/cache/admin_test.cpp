// SPDX-License-Identifier: MIT
#include "ligature/cache_admin.h"

#include "cache/test_folder.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

using namespace ligature;
using namespace ligature::cache;
using namespace std::chrono_literals;
using Access = CacheAdmin::Access;

namespace {

class AdminOfKind : public testing::TestWithParam<CacheStore> {
protected:
  TestFolder folder;

  CacheOptions options(const std::string &name = "cache", const std::string &secret = "") {
    CacheOptions options;
    options.folder = folder.inside(name);
    options.store = GetParam();
    options.remote_secret = secret;
    return options;
  }
  void fill(const std::string &space, uint64_t count, size_t bytes, std::chrono::microseconds cost = 5us) {
    auto cache = Cache::open(options());
    for (uint64_t i = 0; i < count; ++i)
      cache->put(space, test_key(i), test_value(i, bytes), cost);
    cache->finish(20s);
  }
  std::unique_ptr<CacheAdmin> open(Access access, const CacheOptions &given) {
    auto admin = CacheAdmin::open(given, access);
    EXPECT_TRUE(admin) << admin.error();
    return admin ? std::move(*admin) : nullptr;
  }
  std::unique_ptr<CacheAdmin> open(Access access = Access::Write) { return open(access, options()); }
  uint64_t found(const std::string &space, uint64_t count, const std::string &name = "cache") {
    auto cache = Cache::open(options(name));
    uint64_t found = 0;
    for (uint64_t i = 0; i < count; ++i)
      found += cache->get(space, test_key(i)).has_value();
    return found;
  }
};

INSTANTIATE_TEST_SUITE_P(Kinds, AdminOfKind, testing::Values(CacheStore::Pack, CacheStore::Files),
                         [](auto &info) { return info.param == CacheStore::Pack ? "Pack" : "Files"; });

TEST_P(AdminOfKind, ReportsAndLists) {
  fill("unit", 20, 100);
  fill("object", 10, 1000, 2500us);
  auto admin = open(Access::Read);
  CacheReport report = admin->report();
  EXPECT_EQ(report.entries, 30u);
  EXPECT_EQ(report.bytes, 12000u);
  EXPECT_EQ(report.spaces["unit"].entries, 20u);
  EXPECT_EQ(report.spaces["object"].bytes, 10000u);
  EXPECT_GE(report.disk_bytes, 12000u + 30 * 112);
  EXPECT_EQ(report.damaged, 0u);
  std::set<CacheKey> keys;
  admin->list([&](const CacheEntry &entry) {
    if (entry.space != "object")
      return;
    keys.insert(entry.key);
    EXPECT_EQ(entry.bytes, 1000u);
    EXPECT_EQ(entry.cost, 2500us);
    EXPECT_LT(std::chrono::abs(std::chrono::system_clock::now() - entry.used), 5min);
  });
  EXPECT_EQ(keys.size(), 10u);
}

TEST_P(AdminOfKind, LookingCreatesNothing) {
  auto admin = open(Access::Read);
  EXPECT_EQ(admin->report().store, "");
  EXPECT_FALSE(std::filesystem::exists(folder.inside("cache")));
}

TEST_P(AdminOfKind, PrunesByAge) {
  fill("unit", 20, 100);
  EXPECT_EQ(open()->prune_unused(1h), 0u);
  EXPECT_EQ(open()->prune_unused(0min), 20u);
  EXPECT_EQ(found("unit", 20), 0u);
}

TEST_P(AdminOfKind, PrunesToASize) {
  fill("unit", 100, 10000);
  fill("dear", 100, 10000, 1s);
  auto admin = open();
  CacheAdmin::Count removed = admin->prune_to(1200000);
  ASSERT_TRUE(removed) << removed.error();
  EXPECT_GT(*removed, 80u);
  EXPECT_LE(admin->report().disk_bytes, 1200000u);
  EXPECT_GT(found("dear", 100), 2 * found("unit", 100));
  ASSERT_TRUE(admin->prune_to(0));
  EXPECT_EQ(admin->report().entries, 0u);
}

TEST_P(AdminOfKind, PrunesNoMoreThanIsAsked) {
  fill("infer", 300, 500, 20us);
  fill("unit", 150, 6000);
  fill("object", 50, 20000, 10ms);
  fill("dear", 20, 3000, 1s);
  for (double part : {0.9, 0.7, 0.5}) {
    auto admin = open();
    uint64_t wanted = uint64_t(part * double(admin->report().disk_bytes));
    ASSERT_TRUE(admin->prune_to(wanted));
    EXPECT_LE(admin->report().disk_bytes, wanted) << part;
    EXPECT_GE(admin->report().disk_bytes, wanted - wanted / 10) << part;
    EXPECT_EQ(admin->verify()->damaged, 0u);
  }
  EXPECT_EQ(found("dear", 20), 20u);
  EXPECT_EQ(found("unit", 150), 0u);
}

TEST(Admin, AnIndexForManyMoreIsNoReasonToPruneAll) {
  TestFolder folder;
  CacheOptions options;
  options.folder = folder.inside("cache");
  auto cache = Cache::open(options);
  for (uint64_t i = 0; i < 15000; ++i)
    cache->put("infer", test_key(i), test_value(i, 100), 5us);
  cache->finish(20s);
  auto admin = CacheAdmin::open(options, Access::Write);
  ASSERT_TRUE(admin && (*admin)->prune_to(300000));
  EXPECT_LE((*admin)->report().disk_bytes, 300000u);
  EXPECT_GE((*admin)->report().disk_bytes, 270000u);
  EXPECT_GE((*admin)->report().entries, 700u);
}

TEST_P(AdminOfKind, VerifyRemovesWhatIsDamaged) {
  fill("unit", 20, 100);
  EXPECT_EQ(open()->verify()->checked, 20u);
  std::string path = folder.data_files().at(0), bytes = read_file(path);
  bytes[150] = char(~bytes[150]);
  write_file(path, bytes);
  EXPECT_EQ(open(Access::Read)->verify()->damaged, 1u);
  EXPECT_EQ(open()->verify()->damaged, 1u);
  EXPECT_EQ(open()->verify()->damaged, 0u);
  EXPECT_EQ(found("unit", 20), 19u);
}

TEST_P(AdminOfKind, Clears) {
  fill("unit", 20, 100);
  EXPECT_EQ(open()->clear(), 20u);
  EXPECT_EQ(found("unit", 20), 0u);
  EXPECT_EQ(open()->report().entries, 0u);
  fill("unit", 20, 100);
  EXPECT_EQ(found("unit", 20), 20u);
}

TEST_P(AdminOfKind, SeesWhatComesAfterAClear) {
  fill("unit", 20, 100);
  auto admin = open(Access::Read);
  EXPECT_EQ(admin->report().entries, 20u);
  open()->clear();
  fill("unit", 30, 300);
  EXPECT_EQ(admin->report().entries, 30u);
  EXPECT_EQ(admin->report().damaged, 0u);
}

TEST_P(AdminOfKind, ABundleCarriesEverything) {
  fill("unit", 50, 3000);
  fill("", 5, 0);
  std::string bundle = folder.inside("bundle");
  for (const std::string secret : {"", "hush"}) {
    std::string name = "other" + secret;
    EXPECT_EQ(open(Access::Read, options("cache", secret))->export_to(bundle), 55u);
    EXPECT_EQ(open(Access::Write, options(name, secret))->import_from(bundle), 55u);
    EXPECT_EQ(found("unit", 50, name), 50u);
    EXPECT_EQ(found("", 5, name), 5u);
    std::string again = folder.inside("again");
    EXPECT_EQ(open(Access::Read, options(name, secret))->export_to(again), 55u);
    EXPECT_EQ(read_file(bundle), read_file(again)) << "the same entries give the same file";
  }
}

TEST_P(AdminOfKind, ADamagedBundleIsRefusedWhole) {
  fill("unit", 2, 50);
  std::string path = folder.inside("bundle");
  for (const std::string secret : {"", "hush"}) {
    ASSERT_TRUE(open(Access::Read, options("cache", secret))->export_to(path));
    std::string whole = read_file(path);
    auto other = open(Access::Write, options("other", secret));
    for (size_t at = 0; at < whole.size(); ++at) {
      std::string changed = whole;
      changed[at] = char(changed[at] ^ (1 << at % 8));
      write_file(path, changed);
      CacheAdmin::Count count = other->import_from(path);
      ASSERT_FALSE(count) << at;
      EXPECT_NE(count.error().find("bundle"), std::string::npos);
      write_file(path, whole.substr(0, at));
      ASSERT_FALSE(other->import_from(path)) << at;
    }
    EXPECT_EQ(other->report().entries, 0u);
  }
}

TEST_P(AdminOfKind, ABundleNeedsItsSecret) {
  fill("unit", 2, 50);
  std::string path = folder.inside("bundle");
  auto error = [&](const std::string &secret) {
    CacheAdmin::Count count = open(Access::Write, options("other", secret))->import_from(path);
    return count ? "" : count.error();
  };
  ASSERT_TRUE(open(Access::Read, options("cache", "hush"))->export_to(path));
  EXPECT_EQ(error(""), path + " was sealed with a secret; give it in LIGATURE_CACHE_SECRET_FILE");
  EXPECT_NE(error("loud").find("another secret"), std::string::npos);
  ASSERT_TRUE(open(Access::Read)->export_to(path));
  EXPECT_NE(error("hush").find("not sealed with a secret"), std::string::npos);
  EXPECT_NE(open()->import_from(folder.inside("missing")).error().find("No such file"), std::string::npos);
  EXPECT_FALSE(open(Access::Read)->export_to(folder.inside("no/such/folder")));
}

TEST(Admin, WhatIsNoFolderIsNotJustEmpty) {
  TestFolder folder;
  write_file(folder.inside("file"), "");
  CacheOptions options;
  options.folder = folder.inside("file");
  auto admin = CacheAdmin::open(options, Access::Read);
  ASSERT_FALSE(admin);
  EXPECT_EQ(admin.error(), "cache: " + options.folder + " cannot be opened: Not a directory");
}

TEST(Admin, SaysWhyAFolderIsRefused) {
  TestFolder folder;
  std::filesystem::permissions(folder.path, std::filesystem::perms(0777));
  CacheOptions options;
  options.folder = folder.path;
  auto admin = CacheAdmin::open(options, Access::Write);
  ASSERT_FALSE(admin);
  EXPECT_EQ(admin.error(), "cache: " + folder.path + " can be written by others; chmod go-w makes it usable");
}

} // namespace
