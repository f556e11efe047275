// SPDX-License-Identifier: MIT
// The key of an object covers whatever decides what the object looks like.
#include "object/object_source.h"

#include <llvm/IR/IRBuilder.h>

#include <gtest/gtest.h>

using namespace ligature;

namespace {

UnitKey key_with(const CompileOptions &options, int64_t constant = 1) {
  UnitBuilder builder;
  auto *type = llvm::FunctionType::get(llvm::Type::getInt64Ty(builder.context()), false);
  auto *function = builder.create_function("f_", type);
  llvm::IRBuilder<> ir(llvm::BasicBlock::Create(builder.context(), "top", function));
  ir.CreateRet(ir.getInt64(static_cast<uint64_t>(constant)));
  Unit unit = builder.finish();
  Stats stats;
  ObjectSource source(options, stats);
  return llvm::cantFail(source.get(std::move(unit.context), std::move(unit.module))).key;
}

TEST(ObjectKey, CoversEverythingThatDecidesTheObject) {
  const UnitKey base = key_with({});
  EXPECT_EQ(key_with({}), base);
  std::vector<UnitKey> others = {key_with({}, 2)};
  auto vary = [&](auto change) {
    CompileOptions options;
    change(options);
    others.push_back(key_with(options));
  };
  vary([](CompileOptions &options) { options.opt_level = 0; });
  vary([](CompileOptions &options) { options.opt_level = 3; });
  vary([](CompileOptions &options) { options.pipeline = "function(instcombine)"; });
  vary([](CompileOptions &options) { options.cpu = "x86-64"; });
  vary([](CompileOptions &options) { options.cpu = "x86-64-v2"; });
  vary([](CompileOptions &options) { options.cpu = "x86-64", options.features = "+avx2"; });
  vary([](CompileOptions &options) { options.emulated_tls = true; });
  for (size_t i = 0; i < others.size(); ++i) {
    EXPECT_NE(others[i], base) << i;
    for (size_t j = 0; j < i; ++j)
      EXPECT_NE(others[i], others[j]) << i << " and " << j;
  }
}

} // namespace
