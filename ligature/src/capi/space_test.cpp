// SPDX-License-Identifier: MIT
// Symbol spaces through the C API.
#include <gtest/gtest.h>

#include "capi/toy_client.h"

#include "ligature/compile.h"
#include "ligature/unit.h"

#include <llvm/AsmParser/Parser.h>
#include <llvm/Support/SourceMgr.h>

using namespace ligature::capi::toy;

namespace {

int helped_with;
int help(int x) {
  helped_with = x;
  return x + 1;
}

constexpr const char *kFirst = R"(
  @count = internal global i32 40
  @llvm.global_ctors = appending global [1 x { i32, ptr, ptr }] [{ i32, ptr, ptr } { i32 65535, ptr @begin, ptr null }]
  @llvm.global_dtors = appending global [1 x { i32, ptr, ptr }] [{ i32, ptr, ptr } { i32 65535, ptr @end, ptr null }]
  declare i32 @help(i32)
  define internal void @begin() {
    store volatile i32 41, ptr @count
    ret void
  }
  define internal void @end() {
    %ignored = call i32 @help(i32 99)
    ret void
  }
  define i32 @answer() {
    %count = load i32, ptr @count
    %result = call i32 @help(i32 %count)
    ret i32 %result
  })";

struct Space : testing::Test {
  LigatureSession *session = nullptr;
  LigatureSpace *space = nullptr;
  void SetUp() override {
    LigatureClient client{};
    client.size = sizeof client;
    ASSERT_EQ(text(ligature_session_create(nullptr, &client, &session)), "");
    LigatureSpaceOptions options;
    ligature_space_options_init(&options);
    options.name = "mine";
    options.resolve = [](void *, const char *name) -> void * {
      return std::strcmp(name, "resolved") == 0 ? reinterpret_cast<void *>(help) : nullptr;
    };
    ASSERT_EQ(text(ligature_space_create(session, &options, &space)), "");
    helped_with = 0;
  }
  void TearDown() override {
    ligature_space_dispose(space);
    ligature_session_dispose(session);
  }
  int call(const char *name) {
    void *address = nullptr;
    EXPECT_EQ(text(ligature_space_lookup(space, name, &address)), "");
    return address ? reinterpret_cast<int (*)()>(address)() : -1;
  }
};

TEST_F(Space, LinksInitialisesRunsAndFinalises) {
  EXPECT_EQ(text(ligature_space_define(space, "help", reinterpret_cast<void *>(help))), "");
  EXPECT_EQ(text(ligature_space_add_bitcode(space, "first", kFirst, std::strlen(kFirst))), "");
  EXPECT_EQ(ligature_space_find(space, "answer"), nullptr);
  EXPECT_EQ(text(ligature_space_link(space)), "");
  EXPECT_NE(ligature_space_find(space, "answer"), nullptr);
  EXPECT_EQ(call("answer"), 41);
  EXPECT_EQ(text(ligature_space_initialise(space, 0, nullptr, nullptr)), "");
  EXPECT_EQ(call("answer"), 42);
  EXPECT_NE(text(ligature_space_symbols(space)).find("answer\n"), std::string::npos);
  EXPECT_GT(ligature_space_bytes(space), 0u);
  ligature_space_finalise(space);
  EXPECT_EQ(helped_with, 99);
}

TEST_F(Space, UndefinedNamesAndBadBytesAreErrors) {
  EXPECT_NE(text(ligature_space_add_bitcode(space, "nonsense", "nonsense", 8)).find("nonsense"),
            std::string::npos);
  EXPECT_NE(text(ligature_space_add_object(space, "nonsense", "nonsense", 8)), "");
  EXPECT_EQ(text(ligature_space_add_bitcode(space, "first", kFirst, std::strlen(kFirst))), "");
  std::string error = text(ligature_space_link(space));
  EXPECT_NE(error.find("help"), std::string::npos) << error;
  void *address = nullptr;
  EXPECT_NE(text(ligature_space_lookup(space, "answer", &address)), "");
}

TEST_F(Space, TakesModulesAndAsksTheResolver) {
  LLVMContextRef context = LLVMContextCreate();
  LLVMModuleRef module = LLVMModuleCreateWithNameInContext("module", context);
  LLVMTypeRef number = LLVMInt32TypeInContext(context);
  LLVMTypeRef help_type = LLVMFunctionType(number, &number, 1, 0),
              run_type = LLVMFunctionType(number, nullptr, 0, 0);
  LLVMValueRef resolved = LLVMAddFunction(module, "resolved", help_type);
  LLVMValueRef run = LLVMAddFunction(module, "run", run_type);
  LLVMBuilderRef ir = LLVMCreateBuilderInContext(context);
  LLVMPositionBuilderAtEnd(ir, LLVMAppendBasicBlockInContext(context, run, "top"));
  LLVMValueRef argument = LLVMConstInt(number, 6, 0);
  LLVMBuildRet(ir, LLVMBuildCall2(ir, help_type, resolved, &argument, 1, ""));
  LLVMDisposeBuilder(ir);
  EXPECT_EQ(text(ligature_space_add_module(space, module)), "");
  EXPECT_EQ(call("run"), 7);
}

TEST_F(Space, TakesObjects) {
  llvm::LLVMContext context;
  llvm::SMDiagnostic problem;
  auto module = llvm::parseAssemblyString("define i32 @seven() { ret i32 7 }", problem, context);
  module->setTargetTriple(ligature::host_triple());
  module->setDataLayout(ligature::host_data_layout());
  auto object = llvm::cantFail(ligature::compile(*module, {}));
  EXPECT_EQ(text(ligature_space_add_object(space, "object", object.bytes->getBufferStart(),
                                           object.bytes->getBufferSize())),
            "");
  EXPECT_EQ(call("seven"), 7);
}

TEST_F(Space, NamesOfTwoSpacesDoNotCollide) {
  LigatureSpace *other = nullptr;
  ASSERT_EQ(text(ligature_space_create(session, nullptr, &other)), "");
  const char *one = "define i32 @f() { ret i32 1 }", *two = "define i32 @f() { ret i32 2 }";
  EXPECT_EQ(text(ligature_space_add_bitcode(space, "one", one, std::strlen(one))), "");
  EXPECT_EQ(text(ligature_space_add_bitcode(other, "two", two, std::strlen(two))), "");
  EXPECT_EQ(call("f"), 1);
  std::swap(space, other);
  EXPECT_EQ(call("f"), 2);
  std::swap(space, other);
  ligature_space_dispose(other);
  ligature_space_dispose(nullptr);
}

TEST_F(Space, CompilesAsItIsTold) {
  LigatureOptions compile;
  ligature_options_init(&compile);
  compile.pipeline = "no-such-pass";
  LigatureSpaceOptions options;
  ligature_space_options_init(&options);
  options.compile = &compile;
  LigatureSpace *other = nullptr;
  ASSERT_EQ(text(ligature_space_create(session, &options, &other)), "");
  const char *one = "define i32 @f() { ret i32 1 }";
  EXPECT_EQ(text(ligature_space_add_bitcode(other, "one", one, std::strlen(one))), "");
  EXPECT_NE(text(ligature_space_link(other)).find("no-such-pass"), std::string::npos);
  ligature_space_dispose(other);
}

} // namespace
