// SPDX-License-Identifier: MIT
// What a C client is told and shown: addresses, stages, events, listeners.
#include <gtest/gtest.h>

#include "capi/toy_client.h"

#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

using namespace ligature::capi::toy;

namespace {

TEST(CApi, AddressesAreLookedUpByNameAndLine) {
  Client client;
  LigatureEntry f{};
  int method;
  LigatureLinkedUnit *linked = client.link(plus_five_at_line_7(f, &method));

  auto begin = reinterpret_cast<uintptr_t>(ligature_address(client.session, linked, 0));
  uintptr_t low = 0, high = 0;
  ligature_code_range(client.session, &low, &high);
  EXPECT_TRUE(low <= begin && begin < high);
  LigatureCode code{};
  ASSERT_TRUE(ligature_code_at(client.session, begin, &code));
  EXPECT_EQ(code.begin, begin);
  EXPECT_EQ(code.role, LigatureCodeFunction);
  EXPECT_EQ(std::string(code.name).substr(0, 1), "f");
  bool seen = false;
  for (uintptr_t pc = code.begin; pc < code.end; ++pc) {
    LigatureSourceFrame frame{};
    if (ligature_source_frames(client.session, pc, &frame, 1) == 1 && frame.line == 7)
      seen |= frame.method == &method && !frame.inlined;
  }
  EXPECT_TRUE(seen);
  EXPECT_FALSE(ligature_code_at(client.session, 1, &code));
  EXPECT_EQ(ligature_source_frames(client.session, 1, nullptr, 0), 0u);
  ligature_release(linked);
}

TEST(CApi, StagesAreDumped) {
  static std::string dumped;
  dumped.clear();
  Client client([](LigatureOptions &options, LigatureClient &) {
    options.dump_stages = 1u << LigatureDumpUnit | 1u << LigatureDumpEntries;
    options.dump = [](void *, LigatureDumpStage stage, const char *name, const char *text) {
      dumped += std::to_string(stage) + name + ":" + text;
    };
  });
  LigatureEntry f{};
  ligature_release(client.link(plus(f, 5)));
  EXPECT_NE(dumped.find("0plus:"), std::string::npos) << dumped;
  EXPECT_NE(dumped.find("3plus:entry plus"), std::string::npos) << dumped;
}

TEST(CApi, EventsSayWhatTookHowLong) {
  static std::map<LigatureStage, uint64_t> ended;
  ended.clear();
  Client client([](LigatureOptions &options, LigatureClient &) {
    options.event_data = &ended;
    options.event = [](void *data, const LigatureEvent *event) {
      EXPECT_STREQ(event->name, "plus");
      EXPECT_LE(event->begin_ns, event->end_ns);
      (*static_cast<std::map<LigatureStage, uint64_t> *>(data))[event->stage] = event->end_ns;
    };
  });
  LigatureEntry f{};
  timespec now{};
  clock_gettime(CLOCK_MONOTONIC, &now);
  ligature_release(client.link(plus(f, 5)));
  ASSERT_EQ(ended.size(), 4u);
  EXPECT_GE(ended[LigatureStageOptimise], static_cast<uint64_t>(now.tv_sec) * 1'000'000'000);
  EXPECT_LE(ended[LigatureStageOptimise], ended[LigatureStageCodegen]);
  EXPECT_LE(ended[LigatureStageCodegen], ended[LigatureStagePublish]);
  EXPECT_LE(ended[LigatureStagePublish], ended[LigatureStageLink]);
}

TEST(CApi, ListenersAreToldOfCodeAsItComesAndGoes) {
  struct Seen {
    std::vector<std::string> names;
    std::vector<uintptr_t> there;
  };
  static Seen seen;
  seen = {};
  Client client([](LigatureOptions &options, LigatureClient &) {
    options.listener_data = &seen;
    options.code_added = [](void *data, const LigatureCode *functions, size_t count) {
      for (size_t i = 0; i < count; ++i) {
        static_cast<Seen *>(data)->names.push_back(functions[i].name);
        static_cast<Seen *>(data)->there.push_back(functions[i].begin);
      }
    };
    options.code_removed = [](void *data, const uintptr_t *begins, size_t count) {
      for (size_t i = 0; i < count; ++i)
        std::erase(static_cast<Seen *>(data)->there, begins[i]);
    };
  });
  LigatureEntry f{};
  LigatureLinkedUnit *linked = client.link(plus(f, 5));
  EXPECT_EQ(seen.names, std::vector<std::string>{"plus#1"});
  EXPECT_EQ(seen.there,
            std::vector{reinterpret_cast<uintptr_t>(ligature_address(client.session, linked, 0))});
  ligature_unlink(client.session, linked);
  EXPECT_TRUE(seen.there.empty());
}

TEST(CApi, ProfilersAreShownTheClientsSourcePlaces) {
  static const std::string folder = testing::TempDir();
  static int method;
  LigatureEntry f{};
  {
    Client client([](LigatureOptions &options, LigatureClient &functions) {
      options.perf = LigaturePerfJitDump;
      options.perf_folder = folder.c_str();
      options.debugger = LigatureDebuggerAlways;
      functions.source_place = [](void *, const void *asked, LigatureSourcePlace *place) {
        if (asked == &method)
          *place = {"f", "some-file.toy", 100};
      };
    });
    ligature_release(client.link(plus_five_at_line_7(f, &method)));
    EXPECT_EQ(client.call(f, 1), 6);
  }
  std::string path = folder + "/jit-" + std::to_string(getpid()) + ".dump";
  std::ifstream file(path, std::ios::binary);
  std::string dumped(std::istreambuf_iterator<char>(file), {});
  std::filesystem::remove(path);
  size_t at = dumped.find("some-file.toy");
  ASSERT_NE(at, std::string::npos);
  int32_t line = 0; // before the file: u32 line, u32 column
  std::memcpy(&line, dumped.data() + at - 8, sizeof line);
  EXPECT_EQ(line, 107);
}

TEST(CApi, AForkedChildLinksForItself) {
  Client client;
  LigatureEntry f{}, g{};
  ligature_release(client.link(plus(f, 5)));
  ligature_before_fork(client.session);
  pid_t child = fork();
  ligature_after_fork(client.session, child == 0);
  ligature_release(client.link(plus(g, child == 0 ? 20 : 10)));
  if (child == 0)
    _exit(static_cast<int>(client.call(f, 1) + client.call(g, 1)));
  int status = 0;
  waitpid(child, &status, 0);
  EXPECT_EQ(WEXITSTATUS(status), 6 + 21);
  EXPECT_EQ(client.call(g, 1), 11);
}

} // namespace
