// SPDX-License-Identifier: MIT
#include "ligature/object_key.h"

#include "ligature/unit.h"

#include <llvm/IR/DIBuilder.h>
#include <llvm/IR/IRBuilder.h>

#include <gtest/gtest.h>

using namespace ligature;

namespace {

/// outer(x): line 1 of m0; at its line 5 it calls inner (m1), whose line 2 does the work.
class WithPositions {
public:
  WithPositions(llvm::DICompileUnit::DebugEmissionKind kind, bool linkage_names) : debug_(builder_.module()) {
    file_ = debug_.createFile(UnitBuilder::position_file(), "");
    debug_.createCompileUnit(llvm::dwarf::DW_LANG_C, file_, "unit", true, "", 0, "", kind);
    type_ = debug_.createSubroutineType(debug_.getOrCreateTypeArray({}));
    auto *i64 = llvm::Type::getInt64Ty(builder_.context());
    auto *function_type = llvm::FunctionType::get(i64, {i64}, false);
    outer_ = builder_.create_function("julia_outer_", function_type);
    inner_ = builder_.create_function("inner_", function_type);
    builder_.define(entry_, Abi::SpecSig, nullptr, outer_, "outer");
    inner_->setLinkage(llvm::GlobalValue::InternalLinkage);
    inner_->addFnAttr(llvm::Attribute::AlwaysInline);
    auto *outer_scope = scope("outer", &outer_method_, linkage_names);
    auto *inner_scope = scope("inner", &inner_method_, linkage_names);
    outer_->setSubprogram(outer_scope);
    inner_->setSubprogram(inner_scope);
    write_body(outer_scope, inner_scope);
    debug_.finalize();
  }
  Unit finish() { return builder_.finish(); }

private:
  llvm::DISubprogram *scope(const char *name, const void *method, bool linkage_names) {
    std::string ordinal = builder_.position(method);
    return debug_.createFunction(file_, linkage_names ? name : ordinal, linkage_names ? ordinal : "", file_,
                                 1, type_, 1, llvm::DINode::FlagZero,
                                 llvm::DISubprogram::SPFlagDefinition | llvm::DISubprogram::SPFlagOptimized);
  }
  void at(llvm::IRBuilder<> &ir, unsigned line, llvm::DISubprogram *scope) {
    ir.SetCurrentDebugLocation(llvm::DILocation::get(builder_.context(), line, 0, scope));
  }
  void write_body(llvm::DISubprogram *outer_scope, llvm::DISubprogram *inner_scope) {
    llvm::IRBuilder<> ir(llvm::BasicBlock::Create(builder_.context(), "top", inner_));
    at(ir, 2, inner_scope);
    auto *work = builder_.runtime("work", inner_->getFunctionType());
    ir.CreateRet(ir.CreateCall(work, {inner_->getArg(0)}));
    ir.SetInsertPoint(llvm::BasicBlock::Create(builder_.context(), "top", outer_));
    at(ir, 5, outer_scope);
    auto *result = ir.CreateCall(inner_, {outer_->getArg(0)});
    at(ir, 6, outer_scope);
    auto *again = ir.CreateCall(work, {result});
    at(ir, 7, outer_scope);
    ir.CreateRet(ir.CreateAdd(again, ir.getInt64(1)));
  }

  UnitBuilder builder_;
  llvm::DIBuilder debug_;
  llvm::DIFile *file_;
  llvm::DISubroutineType *type_;
  llvm::Function *outer_, *inner_;
  Entry entry_;
  int outer_method_ = 0, inner_method_ = 0;
};

void expect_positions(const ObjectLines &lines) {
  const LineTable *table = lines.find("julia_outer_0");
  ASSERT_NE(table, nullptr);
  ASSERT_EQ(table->scopes.size(), 2u);
  EXPECT_EQ(table->scopes[0], (LineScope{0, LineScope::kNone, 0}));
  EXPECT_EQ(table->scopes[1], (LineScope{1, 0, 5}));
  std::vector<std::pair<int32_t, uint32_t>> seen;
  for (const LineRow &row : table->rows)
    if (seen.empty() || seen.back() != std::pair(row.line, row.scope))
      seen.emplace_back(row.line, row.scope);
  std::vector<std::pair<int32_t, uint32_t>> expected = {{2, 1}, {6, 0}, {7, 0}};
  for (auto pair : expected)
    EXPECT_NE(std::find(seen.begin(), seen.end(), pair), seen.end()) << pair.first;
}

TEST(ExtractLines, GivesRelativeLinesAndInlinedScopes) {
  Unit unit = WithPositions(llvm::DICompileUnit::FullDebug, true).finish();
  ASSERT_FALSE(verify_unit(unit));
  auto object = compile(*unit.module, {});
  ASSERT_TRUE(static_cast<bool>(object));
  expect_positions(object->lines);
  EXPECT_EQ(print_object(object->bytes->getMemBufferRef()).find(".debug"), std::string::npos);
  EXPECT_EQ(llvm::StringRef(object->bytes->getBuffer()).find(".debug_info"), llvm::StringRef::npos);
}

TEST(ExtractLines, LineTablesOnlyAreEnough) {
  for (bool linkage_names : {true, false}) {
    Unit unit = WithPositions(llvm::DICompileUnit::LineTablesOnly, linkage_names).finish();
    auto object = compile(*unit.module, {});
    ASSERT_TRUE(static_cast<bool>(object));
    expect_positions(object->lines);
  }
}

TEST(ExtractLines, UnitsWithoutPositionsHaveNone) {
  UnitBuilder builder;
  auto *f =
      builder.create_function("f_", llvm::FunctionType::get(llvm::Type::getVoidTy(builder.context()), false));
  llvm::IRBuilder<>(llvm::BasicBlock::Create(builder.context(), "", f)).CreateRetVoid();
  Unit unit = builder.finish();
  auto object = compile(*unit.module, {});
  ASSERT_TRUE(static_cast<bool>(object));
  EXPECT_TRUE(object->lines.functions.empty());
}

TEST(Compile, SameUnitGivesTheSameObjectAndNoUnwindTable) {
  auto bytes = [] {
    Unit unit = WithPositions(llvm::DICompileUnit::FullDebug, true).finish();
    auto object = compile(*unit.module, {});
    return object ? object->bytes->getBuffer().str() : llvm::toString(object.takeError());
  };
  std::string first = bytes();
  EXPECT_EQ(first, bytes());
  auto buffer = llvm::MemoryBuffer::getMemBuffer(first, "", false);
  std::string text = print_object(buffer->getMemBufferRef());
  EXPECT_EQ(text.find("eh_frame"), std::string::npos) << text;
  EXPECT_NE(text.find("global julia_outer_0 at 0000"), std::string::npos) << text;
  EXPECT_NE(text.find("undefined work"), std::string::npos) << text;
}

TEST(Compile, EveryLevelWorksAndABadPipelineIsAnError) {
  for (unsigned level = 0; level <= 3; ++level) {
    Unit unit = WithPositions(llvm::DICompileUnit::FullDebug, true).finish();
    CompileOptions options;
    options.opt_level = level;
    auto object = compile(*unit.module, options);
    EXPECT_TRUE(static_cast<bool>(object));
  }
  Unit unit = WithPositions(llvm::DICompileUnit::FullDebug, true).finish();
  CompileOptions options;
  options.pipeline = "no-such-pass";
  auto object = compile(*unit.module, options);
  ASSERT_FALSE(static_cast<bool>(object));
  EXPECT_NE(llvm::toString(object.takeError()).find("pass pipeline 'no-such-pass'"), std::string::npos);
}

TEST(Assembly, ShowsTheFunctionWithAFramePointer) {
  Unit unit = WithPositions(llvm::DICompileUnit::FullDebug, true).finish();
  auto text = assembly(*unit.module, {}, Optimize::Yes);
  ASSERT_TRUE(static_cast<bool>(text));
  EXPECT_NE(text->find("julia_outer_0:"), std::string::npos);
  EXPECT_NE(text->find("pushq\t%rbp"), std::string::npos);
}

TEST(Target, IsDescribedWithEverythingThatDecidesTheObject) {
  CompileOptions options;
  options.cpu = "x86-64-v3";
  options.opt_level = 1;
  options.runtime_abi = "r7";
  std::string text = print_ingredients(key_ingredients(options));
  for (const char *part : {"llvm=19.1", "triple=x86_64-", "cpu=x86-64-v3", "opt-level=1", "runtime-abi=r7",
                           "pipeline=default<O1>", "code-generator="})
    EXPECT_NE(text.find(part), std::string::npos) << text;
}

} // namespace
