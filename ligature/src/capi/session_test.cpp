// SPDX-License-Identifier: MIT
// Sessions through the C API: from units to code, and back.
#include <gtest/gtest.h>

#include "capi/toy_client.h"

using namespace ligature::capi::toy;

extern "C" int64_t c99_client(char *problem, size_t size); // c99_client.c: plain C

namespace {

TEST(CApi, VersionIsThatOfTheHeader) {
  EXPECT_EQ(std::string(ligature_version()), std::to_string(LIGATURE_VERSION_MAJOR) + "." +
                                                 std::to_string(LIGATURE_VERSION_MINOR) + "." +
                                                 std::to_string(LIGATURE_VERSION_PATCH));
}

TEST(CApi, WorksFromPlainC99) {
  char problem[256] = "";
  EXPECT_EQ(c99_client(problem, sizeof problem), 42) << problem;
}

TEST(CApi, LinksCallsAndCounts) {
  Client client;
  LigatureEntry f{};
  EXPECT_EQ(ligature_entry_state(client.session, &f), LigatureEntryNotCompiled);
  LigatureLinkedUnit *linked = client.link(plus(f, 5));
  EXPECT_EQ(ligature_entry_state(client.session, &f), LigatureEntryPublished);
  EXPECT_EQ(client.call(f, 37), 42);
  EXPECT_EQ(ligature_address(client.session, linked, 1), nullptr);
  auto *code = reinterpret_cast<int64_t (*)(int64_t)>(ligature_address(client.session, linked, 0));
  EXPECT_EQ(code(1), 6);
  EXPECT_NE(client.stats().find("\"units_linked\":1"), std::string::npos) << client.stats();
  EXPECT_GT(ligature_memory_use(client.session).used, 0u);
  ligature_release(linked);
  EXPECT_EQ(client.call(f, 37), 42); // the session has it
}

TEST(CApi, AddClaimsAndMaterializeLinks) {
  Client client;
  LigatureEntry f{};
  LigatureLinkedUnit *linked = nullptr;
  ASSERT_OK(ligature_add(client.session, plus(f, 5), &linked));
  EXPECT_EQ(ligature_entry_state(client.session, &f), LigatureEntryWaiting);
  EXPECT_EQ(ligature_address(client.session, linked, 0), nullptr);
  EXPECT_OK(ligature_materialize(client.session, linked));
  EXPECT_EQ(client.call(f, 1), 6);
  ligature_release(linked);
}

TEST(CApi, CallsCompileTheirCalleesAndHeal) {
  Client client;
  LigatureEntry f{}, g{};
  client.emitters[&g] = [](LigatureEntry &entry) { return plus(entry, 10); };
  ligature_release(client.link(calls(f, g)));
  EXPECT_EQ(client.call(f, 1), 12);
  EXPECT_EQ(client.call(f, 2), 13);
  EXPECT_EQ(client.compiled, 1);
  EXPECT_NE(client.stats().find("\"stubs_healed\":1"), std::string::npos) << client.stats();
}

TEST(CApi, StubsAreFunctionPointersForEver) {
  Client client;
  LigatureEntry g{};
  client.emitters[&g] = [](LigatureEntry &entry) { return plus(entry, 10); };
  void *first = nullptr, *second = nullptr;
  ASSERT_OK(ligature_stub(client.session, &g, LigatureAbiArgs, &first));
  EXPECT_EQ(reinterpret_cast<int64_t (*)(int64_t)>(first)(1), 11);
  ASSERT_OK(ligature_stub(client.session, &g, LigatureAbiArgs, &second));
  EXPECT_EQ(first, second);
  EXPECT_NE(text(ligature_stub(client.session, &g, LigatureAbiConst, &first)), "");
}

TEST(CApi, RedefinitionReachesCallers) {
  Client client;
  LigatureEntry f{}, g{};
  client.emitters[&g] = [](LigatureEntry &entry) { return plus(entry, 10); };
  ligature_release(client.link(calls(f, g)));
  LigatureLinkedUnit *old = client.link(plus(g, 10));
  EXPECT_EQ(client.call(f, 1), 12);
  ligature_unlink(client.session, old);
  EXPECT_EQ(ligature_entry_state(client.session, &g), LigatureEntryNotCompiled);
  ligature_release(client.link(plus(g, 100)));
  EXPECT_EQ(client.call(f, 1), 102);
}

TEST(CApi, OneShotCodeIsUnregisteredAndUnlinked) {
  Client client;
  size_t before = ligature_memory_use(client.session).used;
  for (int i = 0; i < 3; ++i) {
    LigatureEntry once{};
    LigatureLinkedUnit *linked = client.link(plus(once, i));
    ligature_unregister(client.session, linked);
    EXPECT_EQ(client.call(once, 1), 1 + i);
    ligature_unlink(client.session, linked);
  }
  EXPECT_EQ(ligature_memory_use(client.session).used, before);
}

TEST(CApi, HandlesMayOutliveTheSession) {
  LigatureEntry f{};
  LigatureLinkedUnit *linked = nullptr, *second = nullptr;
  {
    Client client;
    linked = client.link(plus(f, 5));
    second = ligature_retain(linked);
  }
  ligature_release(linked);
  ligature_release(second);
  ligature_release(nullptr);
}

TEST(CApi, ForgottenEntriesLeaveNoTrace) {
  Client client;
  LigatureEntry f{};
  LigatureLinkedUnit *linked = client.link(plus(f, 5));
  auto begin = reinterpret_cast<uintptr_t>(ligature_address(client.session, linked, 0));
  LigatureCode code{};
  ASSERT_TRUE(ligature_code_at(client.session, begin, &code));
  EXPECT_EQ(code.entry, &f);
  ligature_forget(client.session, &f);
  ASSERT_TRUE(ligature_code_at(client.session, begin, &code));
  EXPECT_EQ(code.entry, nullptr);
  ligature_release(linked);
}

TEST(CApi, PublishesCodeFromElsewhereAndNone) {
  Client client;
  LigatureEntry f{}, constant{};
  LigaturePublication publication{LigatureAbiArgs, nullptr, reinterpret_cast<void *>(twice)};
  EXPECT_TRUE(ligature_publish(client.session, &f, &publication));
  EXPECT_FALSE(ligature_publish(client.session, &f, &publication));
  EXPECT_EQ(client.call(f, 21), 42);
  publication = {LigatureAbiConst, nullptr, nullptr};
  EXPECT_TRUE(ligature_publish(client.session, &constant, &publication));
  EXPECT_TRUE(ligature_read_published(client.session, &constant, &publication));
  EXPECT_EQ(publication.abi, LigatureAbiConst);
}

TEST(CApi, ReplacesCodeByEquivalentCode) {
  Client client;
  LigatureEntry f{};
  auto *first = reinterpret_cast<void *>(twice);
  auto *better = reinterpret_cast<void *>(+[](int64_t x) { return x + x; });
  LigaturePublication publication{LigatureAbiArgs, nullptr, first};
  ASSERT_TRUE(ligature_publish(client.session, &f, &publication));
  EXPECT_TRUE(ligature_replace(client.session, &f, first, better));
  EXPECT_FALSE(ligature_replace(client.session, &f, first, better));
  EXPECT_EQ(client.call(f, 21), 42);
}

TEST(CApi, EnqueueLinksOnAPoolThread) {
  LigatureEntry f{};
  struct Outcome {
    std::atomic<bool> done{false};
    std::string error;
  } outcome;
  int started, stopped;
  {
    Client client;
    LigatureLinkedUnit *linked = nullptr;
    ASSERT_OK(ligature_add(client.session, plus(f, 5), &linked));
    ligature_enqueue(
        client.session, linked,
        [](void *data, const char *error) {
          auto *outcome = static_cast<Outcome *>(data);
          outcome->error = error ? error : "";
          outcome->done = true;
          outcome->done.notify_all();
        },
        &outcome);
    outcome.done.wait(false);
    EXPECT_EQ(outcome.error, "");
    EXPECT_EQ(client.call(f, 1), 6);
    ligature_release(linked);
    started = client.started;
    stopped = client.stopped;
  }
  EXPECT_EQ(started, 1);
  EXPECT_LE(stopped, 1);
}

TEST(CApi, CellsComeFromTheSession) {
  Client client;
  int value = 1;
  void *cell = ligature_allocate_cell(client.session, &value);
  ASSERT_NE(cell, nullptr);
  EXPECT_EQ(*static_cast<int **>(cell), &value);
  ligature_release_cell(client.session, cell);
}

TEST(CApi, ImpossibleSessionsAreAnError) {
  LigatureClient functions{};
  functions.size = sizeof functions;
  LigatureOptions options;
  ligature_options_init(&options);
  options.reserve_bytes = SIZE_MAX / 2;
  LigatureSession *session = nullptr;
  EXPECT_NE(text(ligature_session_create(&options, &functions, &session)), "");
  EXPECT_EQ(session, nullptr);
  ligature_session_dispose(nullptr);
}

TEST(CApi, StructsOfOlderHeadersAreTakenAsFarAsTheyGo) {
  LigatureClient functions{};
  functions.size = offsetof(LigatureClient, slot_cell); // what lies beyond must not be read
  functions.slot_cell = reinterpret_cast<void *(*)(void *, const void *)>(1);
  LigatureOptions options;
  std::memset(&options, 0x55, sizeof options);
  ligature_options_init_sized(&options, offsetof(LigatureOptions, reserve_bytes));
  EXPECT_EQ(options.size, offsetof(LigatureOptions, reserve_bytes));
  EXPECT_EQ(options.opt_level, 2u);
  EXPECT_EQ(options.reserve_bytes, 0x5555555555555555u); // is not the caller's to be written
  options.reserve_bytes = 1;
  LigatureSession *session = nullptr;
  ASSERT_OK(ligature_session_create(&options, &functions, &session));
  LigatureEntry f{};
  ASSERT_OK(ligature_link(session, plus(f, 5), nullptr));
  ligature_session_dispose(session);
}

} // namespace
