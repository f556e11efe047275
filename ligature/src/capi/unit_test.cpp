// SPDX-License-Identifier: MIT
// Units through the C API.
#include <gtest/gtest.h>

#include "capi/toy_client.h"

using namespace ligature::capi::toy;

namespace {

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

} // namespace
