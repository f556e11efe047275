// SPDX-License-Identifier: MIT
// What a session asks of a C client, and what it answers where a callback was left out.
#include <gtest/gtest.h>

#include "capi/toy_client.h"

using namespace ligature::capi::toy;

namespace {

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

TEST(CApi, CallsOfAnEqualEntryAreBoundToItsCode) {
  static LigatureEntry known, asked;
  known = asked = {}; // when tests are repeated
  Client client([](LigatureOptions &, LigatureClient &functions) {
    functions.equal_entry = [](void *, LigatureEntry *entry) { return entry == &asked ? &known : nullptr; };
  });
  LigatureEntry f{};
  ligature_release(client.link(plus(known, 10)));
  ligature_release(client.link(calls(f, asked)));
  EXPECT_EQ(client.call(f, 1), 12);
  EXPECT_EQ(client.compiled, 0);
  EXPECT_EQ(ligature_entry_state(client.session, &asked), LigatureEntryNotCompiled);
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
