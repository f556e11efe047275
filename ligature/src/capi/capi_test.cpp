// SPDX-License-Identifier: MIT
// Every function of the C API, called as a C client calls it.
// long file: one test for each promise of the header, in one place.
#include "ligature-c/ligature.h"
#include "ligature/stats.h"

#include <llvm-c/Core.h>
#include <llvm-c/DebugInfo.h>

#include <gtest/gtest.h>

#include <atomic>
#include <csetjmp>
#include <cstring>
#include <map>
#include <string>
#include <thread>
#include <vector>

extern "C" int64_t c99_client(char *problem, size_t size); // c99_client.c: plain C

namespace {

/// Takes the text over.
std::string text(char *owned) {
  std::string copy = owned ? owned : "";
  ligature_free(owned);
  return copy;
}
#define EXPECT_OK(call) EXPECT_EQ(text(call), "")
#define ASSERT_OK(call) ASSERT_EQ(text(call), "")

std::jmp_buf escape;
std::string escaped_with;
void raise_and_jump(const char *reason) {
  escaped_with = reason;
  std::longjmp(escape, 1);
}

int64_t twice(int64_t x) {
  return 2 * x;
}

/// Emits functions of one integer, with the plain C convention: Args for this client.
struct Emitter {
  LigatureUnitBuilder *builder = ligature_unit_builder_create(nullptr, false);
  LLVMTypeRef i64 = LLVMInt64TypeInContext(ligature_context(builder));
  LLVMTypeRef type = LLVMFunctionType(i64, &i64, 1, 0);
  LLVMBuilderRef ir = LLVMCreateBuilderInContext(ligature_context(builder));
  LLVMValueRef function = nullptr;

  ~Emitter() { LLVMDisposeBuilder(ir); }
  LLVMValueRef begin(const char *base) {
    function = ligature_create_function(builder, base, type);
    LLVMPositionBuilderAtEnd(ir, LLVMAppendBasicBlockInContext(ligature_context(builder), function, "top"));
    return LLVMGetParam(function, 0);
  }
  LLVMValueRef number(int64_t value) { return LLVMConstInt(i64, static_cast<uint64_t>(value), 1); }
  LLVMValueRef call(LLVMValueRef callee, LLVMValueRef argument) {
    return LLVMBuildCall2(ir, type, callee, &argument, 1, "");
  }
  LigatureUnit *finish(LLVMValueRef result) {
    LLVMBuildRet(ir, result);
    return ligature_finish(builder);
  }
};

LigatureUnit *plus(LigatureEntry &entry, int64_t n) {
  Emitter e;
  LLVMValueRef x = e.begin("plus_");
  ligature_define(e.builder, &entry, LigatureAbiArgs, nullptr, e.function, "plus");
  return e.finish(LLVMBuildAdd(e.ir, x, e.number(n), ""));
}

/// f(x) = callee(x) + 1
LigatureUnit *calls(LigatureEntry &entry, LigatureEntry &callee, LigatureAbi abi = LigatureAbiArgs) {
  Emitter e;
  LLVMValueRef x = e.begin("caller_");
  ligature_define(e.builder, &entry, LigatureAbiArgs, nullptr, e.function, "caller");
  LLVMValueRef target =
      ligature_call_target(e.builder, &callee, abi, "j_callee_", e.type, LLVMCCallConv, nullptr);
  return e.finish(LLVMBuildAdd(e.ir, e.call(target, x), e.number(1), ""));
}

/// A session with its client, which knows how to emit entries when they are called.
struct Client {
  LigatureSession *session = nullptr;
  std::map<LigatureEntry *, LigatureUnit *(*)(LigatureEntry &)> emitters;
  std::atomic<int> compiled{0}, adapters{0}, slots{0}, started{0}, stopped{0}, cells{0};
  LigatureClient functions{};

  explicit Client(void (*adjust)(LigatureOptions &, LigatureClient &) = nullptr) {
    functions.size = sizeof functions;
    functions.data = this;
    functions.compile_for_call = [](void *data, LigatureEntry *entry, LigatureAbi abi) {
      return static_cast<Client *>(data)->compile(entry, abi);
    };
    functions.find_runtime = [](void *, const char *name) -> void * {
      return std::strcmp(name, "twice") == 0 ? reinterpret_cast<void *>(twice) : nullptr;
    };
    functions.foreign_error = raise_and_jump;
    functions.cells_mapped = [](void *data, void *, void *) { ++static_cast<Client *>(data)->cells; };
    functions.thread_started = [](void *data) { ++static_cast<Client *>(data)->started; };
    functions.thread_stopped = [](void *data) { ++static_cast<Client *>(data)->stopped; };
    LigatureOptions options;
    ligature_options_init(&options);
    options.reserve_bytes = size_t{64} << 20;
    options.opt_level = 1;
    options.verify = true;
    if (adjust)
      adjust(options, functions);
    EXPECT_OK(ligature_session_create(&options, &functions, &session));
  }
  ~Client() { ligature_session_dispose(session); }

  void *compile(LigatureEntry *entry, LigatureAbi abi) {
    bool found = false;
    EXPECT_OK(ligature_require(session, entry, &found));
    if (!found) {
      ++compiled;
      EXPECT_OK(ligature_link(session, emitters.at(entry)(*entry), nullptr));
    }
    void *address = nullptr;
    EXPECT_OK(ligature_callable(session, entry, abi, &address));
    return address;
  }
  LigatureLinkedUnit *link(LigatureUnit *unit) {
    LigatureLinkedUnit *linked = nullptr;
    EXPECT_OK(ligature_link(session, unit, &linked));
    return linked;
  }
  int64_t call(LigatureEntry &entry, int64_t argument) {
    LigaturePublication code{};
    EXPECT_TRUE(ligature_read_published(session, &entry, &code));
    return reinterpret_cast<int64_t (*)(int64_t)>(code.specptr)(argument);
  }
  std::string stats() { return text(ligature_stats_json(session)); }
};

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

TEST(CApi, SlotsHoldValues) {
  static int64_t value = 40;
  Client client;
  LigatureEntry f{};
  Emitter e;
  LLVMValueRef x = e.begin("f_");
  ligature_define(e.builder, &f, LigatureAbiArgs, nullptr, e.function, "f");
  LLVMTypeRef pointer = LLVMPointerTypeInContext(ligature_context(e.builder), 0);
  LLVMValueRef slot = ligature_slot(e.builder, &value, "value#_", LigatureSlotOther);
  EXPECT_EQ(slot, ligature_slot(e.builder, &value, "value#_", LigatureSlotOther));
  LLVMValueRef loaded = LLVMBuildLoad2(e.ir, e.i64, LLVMBuildLoad2(e.ir, pointer, slot, ""), "");
  ligature_release(client.link(e.finish(LLVMBuildAdd(e.ir, x, loaded, ""))));
  EXPECT_EQ(client.call(f, 2), 42);
  EXPECT_GT(client.cells, 0);
}

TEST(CApi, TheClientMayKeepItsOwnCells) {
  static int64_t value = 40;
  static void *cell = &value;
  Client client([](LigatureOptions &, LigatureClient &functions) {
    functions.slot_cell = [](void *data, const void *) -> void * {
      ++static_cast<Client *>(data)->slots;
      return &cell;
    };
    functions.release_slot = [](void *data, const void *given, void *from) {
      EXPECT_EQ(given, &value);
      EXPECT_EQ(from, &cell);
      --static_cast<Client *>(data)->slots;
    };
  });
  LigatureEntry f{};
  Emitter e;
  LLVMValueRef x = e.begin("f_");
  ligature_define(e.builder, &f, LigatureAbiArgs, nullptr, e.function, "f");
  LLVMTypeRef pointer = LLVMPointerTypeInContext(ligature_context(e.builder), 0);
  LLVMValueRef slot = ligature_slot(e.builder, &value, "value#_", LigatureSlotType);
  LLVMValueRef loaded = LLVMBuildLoad2(e.ir, e.i64, LLVMBuildLoad2(e.ir, pointer, slot, ""), "");
  LigatureLinkedUnit *linked = client.link(e.finish(LLVMBuildAdd(e.ir, x, loaded, "")));
  EXPECT_EQ(client.call(f, 2), 42);
  EXPECT_EQ(client.slots, 1);
  ligature_unlink(client.session, linked);
  EXPECT_EQ(client.slots, 0);
}

TEST(CApi, CellsComeFromTheSession) {
  Client client;
  int value = 1;
  void *cell = ligature_allocate_cell(client.session, &value);
  ASSERT_NE(cell, nullptr);
  EXPECT_EQ(*static_cast<int **>(cell), &value);
  ligature_release_cell(client.session, cell);
}

LigatureUnit *calls_function(LigatureEntry &entry, LLVMValueRef (*callee)(Emitter &)) {
  Emitter e;
  LLVMValueRef x = e.begin("f_");
  ligature_define(e.builder, &entry, LigatureAbiArgs, nullptr, e.function, "f");
  return e.finish(e.call(callee(e), x));
}

TEST(CApi, RuntimeFunctionsAreAskedOfTheClient) {
  Client client;
  LigatureEntry f{}, g{};
  ligature_release(client.link(
      calls_function(f, [](Emitter &e) { return ligature_runtime(e.builder, "twice", e.type); })));
  EXPECT_EQ(client.call(f, 21), 42);
  LigatureUnit *missing =
      calls_function(g, [](Emitter &e) { return ligature_runtime(e.builder, "thrice", e.type); });
  std::string error = text(ligature_link(client.session, missing, nullptr));
  EXPECT_NE(error.find("'thrice'"), std::string::npos) << error;
  EXPECT_EQ(ligature_entry_state(client.session, &g), LigatureEntryNotCompiled);
}

TEST(CApi, ForeignFunctionsBindOrRaiseWhenCalled) {
  Client client;
  LigatureEntry f{}, g{};
  ligature_release(client.link(
      calls_function(f, [](Emitter &e) { return ligature_foreign(e.builder, "", "labs", e.type); })));
  EXPECT_EQ(client.call(f, -42), 42);
  ligature_release(client.link(calls_function(
      g, [](Emitter &e) { return ligature_foreign(e.builder, "libnone.so", "nothing", e.type); })));
  if (setjmp(escape) == 0)
    client.call(g, 1);
  EXPECT_NE(escaped_with.find("nothing"), std::string::npos) << escaped_with;
}

TEST(CApi, TheClientMayFindForeignFunctions) {
  Client client([](LigatureOptions &, LigatureClient &functions) {
    functions.find_foreign = [](void *, const char *library, const char *name, char **reason) -> void * {
      if (std::strcmp(library, "toy") == 0)
        return reinterpret_cast<void *>(twice);
      *reason = strdup((std::string("nobody knows ") + name).c_str());
      return nullptr;
    };
  });
  LigatureEntry f{}, g{};
  ligature_release(client.link(
      calls_function(f, [](Emitter &e) { return ligature_foreign(e.builder, "toy", "t", e.type); })));
  EXPECT_EQ(client.call(f, 21), 42);
  ligature_release(client.link(
      calls_function(g, [](Emitter &e) { return ligature_foreign(e.builder, "no", "gone", e.type); })));
  if (setjmp(escape) == 0)
    client.call(g, 1);
  EXPECT_EQ(escaped_with, "nobody knows gone");
}

TEST(CApi, AdaptersConvertBetweenAbis) {
  Client client([](LigatureOptions &, LigatureClient &functions) {
    functions.emit_adapter = [](void *data, LigatureEntry *entry, LigatureAbi abi, char **) {
      ++static_cast<Client *>(data)->adapters;
      Emitter e; // SpecSig to Args: here both have the C convention, and one calls the other
      LLVMValueRef x = e.begin("adapter_");
      ligature_define_adapter(e.builder, entry, abi, e.function, "adapter");
      return e.finish(e.call(
          ligature_call_target(e.builder, entry, LigatureAbiArgs, "j_", e.type, LLVMCCallConv, nullptr), x));
    };
  });
  LigatureEntry f{}, g{};
  ligature_release(client.link(plus(g, 10)));
  ligature_release(client.link(calls(f, g, LigatureAbiSpecSig)));
  EXPECT_EQ(client.call(f, 1), 12);
  EXPECT_EQ(client.adapters, 1);
}

TEST(CApi, WithoutEmitAdapterAskingForOneIsAnError) {
  Client client;
  LigatureEntry g{};
  ligature_release(client.link(plus(g, 10)));
  void *address = nullptr;
  std::string error = text(ligature_callable(client.session, &g, LigatureAbiSpecSig, &address));
  EXPECT_NE(error.find("specsig"), std::string::npos) << error;
  EXPECT_NE(text(ligature_callable(client.session, &g, LigatureAbiConst, &address)), "");
}

TEST(CApi, CallTargetsThatCannotBeCalledAreRefused) {
  Emitter e;
  LigatureEntry g{};
  LigatureError error = nullptr;
  EXPECT_EQ(ligature_call_target(e.builder, &g, LigatureAbiConst, "j_", e.type, LLVMCCallConv, &error),
            nullptr);
  EXPECT_NE(text(error).find("const"), std::string::npos);
  EXPECT_EQ(ligature_call_target(e.builder, &g, LigatureAbiConst, "j_", e.type, LLVMCCallConv, nullptr),
            nullptr);
  ligature_unit_builder_dispose(e.builder);
}

TEST(CApi, UnitsAreNamedPrintedAndKeyedTheSameEachTime) {
  LigatureEntry f{}, g{};
  LigatureUnit *one = plus(f, 5), *two = plus(g, 5), *other = plus(f, 6);
  EXPECT_EQ(text(ligature_unit_print(one)), text(ligature_unit_print(two)));
  std::string key = text(ligature_unit_key(one));
  EXPECT_EQ(key.size(), 64u);
  EXPECT_EQ(key, text(ligature_unit_key(two)));
  EXPECT_NE(key, text(ligature_unit_key(other)));
  for (LigatureUnit *unit : {one, two, other})
    ligature_unit_dispose(unit);
  ligature_unit_dispose(nullptr);
}

TEST(CApi, LocalNamesCountUpFromZero) {
  Emitter e;
  EXPECT_EQ(text(ligature_local_name(e.builder, "f_")), "f_0");
  EXPECT_EQ(text(ligature_local_name(e.builder, "f_")), "f_1");
  EXPECT_NE(ligature_module(e.builder), nullptr);
  ligature_unit_builder_dispose(e.builder);
  ligature_unit_builder_dispose(nullptr);
}

TEST(CApi, VerifySaysWhatIsWrong) {
  LigatureEntry f{};
  LigatureUnit *good = plus(f, 5);
  EXPECT_OK(ligature_unit_verify(good));
  ligature_unit_dispose(good);

  Emitter e;
  e.begin("f_");
  ligature_define(e.builder, &f, LigatureAbiArgs, nullptr, e.function, "f");
  LLVMValueRef unknown = LLVMAddFunction(ligature_module(e.builder), "unknown", e.type);
  LigatureUnit *bad = e.finish(e.call(unknown, e.number(1)));
  EXPECT_NE(text(ligature_unit_verify(bad)).find("'unknown'"), std::string::npos);
  Client client; // with `verify`
  EXPECT_NE(text(ligature_link(client.session, bad, nullptr)).find("'unknown'"), std::string::npos);
}

TEST(CApi, FunctionsMadeOtherwiseCanBePreparedAndSigned) {
  Emitter e;
  LLVMValueRef function = LLVMAddFunction(ligature_module(e.builder), "mine", e.type);
  ligature_prepare(e.builder, function);
  ligature_set_signature(e.builder, function, "mine(Int)");
  LLVMPositionBuilderAtEnd(e.ir, LLVMAppendBasicBlockInContext(ligature_context(e.builder), function, "top"));
  LigatureEntry f{};
  ligature_define(e.builder, &f, LigatureAbiArgs, nullptr, function, "mine");
  LigatureUnit *unit = e.finish(LLVMGetParam(function, 0));
  std::string printed = text(ligature_unit_print(unit));
  EXPECT_NE(printed.find("mine(Int)"), std::string::npos) << printed;
  EXPECT_NE(printed.find("\"frame-pointer\"=\"all\""), std::string::npos) << printed;
  ligature_unit_dispose(unit);
}

TEST(CApi, AssemblyOfAUnit) {
  LigatureEntry f{};
  char *assembly = nullptr;
  EXPECT_OK(ligature_unit_assembly(plus(f, 5), nullptr, &assembly));
  EXPECT_NE(text(assembly).find("plus_0:"), std::string::npos);
  LigatureOptions options;
  ligature_options_init(&options);
  options.pipeline = "no-such-pass";
  EXPECT_NE(text(ligature_unit_assembly(plus(f, 5), &options, &assembly)).find("no-such-pass"),
            std::string::npos);
}

TEST(CApi, KeptObjectsAreReleasedWithTheUnit) {
  static int released;
  released = 0;
  auto release = [](void *object) { released += *static_cast<int *>(object); };
  int object = 1;
  LigatureEntry f{};
  auto emit = [&] {
    Emitter e;
    LLVMValueRef x = e.begin("f_");
    ligature_define(e.builder, &f, LigatureAbiArgs, nullptr, e.function, "f");
    ligature_keep_alive(e.builder, &object, release);
    ligature_keep_alive(e.builder, &object, nullptr);
    return e.finish(x);
  };
  ligature_unit_dispose(emit());
  EXPECT_EQ(released, 1);
  Client client;
  LigatureLinkedUnit *linked = client.link(emit());
  EXPECT_EQ(released, 1);
  ligature_unlink(client.session, linked);
  EXPECT_EQ(released, 2);
}

TEST(CApi, AddressesAreLookedUpByNameAndLine) {
  Client client;
  LigatureEntry f{};
  int method;
  Emitter e;
  LLVMDIBuilderRef info = LLVMCreateDIBuilder(ligature_module(e.builder));
  const char *file_name = ligature_position_file();
  LLVMMetadataRef file = LLVMDIBuilderCreateFile(info, file_name, std::strlen(file_name), "", 0);
  LLVMDIBuilderCreateCompileUnit(info, LLVMDWARFSourceLanguageC, file, "", 0, 0, "", 0, 0, "", 0,
                                 LLVMDWARFEmissionFull, 0, 0, 0, "", 0, "", 0);
  LLVMMetadataRef type = LLVMDIBuilderCreateSubroutineType(info, file, nullptr, 0, LLVMDIFlagZero);
  LLVMValueRef x = e.begin("f_");
  ligature_define(e.builder, &f, LigatureAbiArgs, nullptr, e.function, "f");
  std::string linkage = text(ligature_position(e.builder, &method));
  EXPECT_EQ(linkage, "m0");
  LLVMMetadataRef program = LLVMDIBuilderCreateFunction(info, file, "f", 1, linkage.c_str(), linkage.size(),
                                                        file, 0, type, 0, 1, 0, LLVMDIFlagZero, 1);
  LLVMSetSubprogram(e.function, program);
  LLVMSetCurrentDebugLocation2(
      e.ir, LLVMDIBuilderCreateDebugLocation(ligature_context(e.builder), 7, 1, program, nullptr));
  LLVMValueRef result = LLVMBuildAdd(e.ir, x, e.number(5), "");
  LLVMDIBuilderFinalize(info);
  LLVMDisposeDIBuilder(info);
  LigatureLinkedUnit *linked = client.link(e.finish(result));

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
  ligature_options_init(&options);
  options.size = offsetof(LigatureOptions, reserve_bytes);
  options.reserve_bytes = 1;
  LigatureSession *session = nullptr;
  ASSERT_OK(ligature_session_create(&options, &functions, &session));
  LigatureEntry f{};
  ASSERT_OK(ligature_link(session, plus(f, 5), nullptr));
  ligature_session_dispose(session);
}

TEST(CApiDeath, CallsNobodyCanCompileEndTheProcess) {
  Client client([](LigatureOptions &, LigatureClient &functions) { functions.compile_for_call = nullptr; });
  LigatureEntry f{}, g{};
  ligature_release(client.link(calls(f, g)));
  EXPECT_DEATH(client.call(f, 1), "no compile_for_call");
}

TEST(CApiDeath, EnteringThroughInvokeNeedsAConvention) {
  Client client;
  LigatureEntry f{};
  ligature_release(client.link(plus(f, 5)));
  EXPECT_DEATH(reinterpret_cast<void (*)()>(f.invoke)(), "no generic convention");
}

} // namespace
