// SPDX-License-Identifier: MIT
#include "ligature/unit.h"

#include <llvm/Bitcode/BitcodeReader.h>
#include <llvm/IR/IRBuilder.h>

#include <gtest/gtest.h>

using namespace ligature;

namespace {

Entry callee, self;
int type_float64, method;

std::string text(const llvm::Module &module) {
  std::string result;
  llvm::raw_string_ostream out(result);
  print_unit(module, out, "julia.fsig");
  return result;
}

/// baz(x) = foo(foo(x)), as the client would emit it.
Unit emit_baz() {
  UnitBuilder builder({.discard_value_names = true, .signature_attribute = "julia.fsig"});
  auto *f64 = llvm::Type::getDoubleTy(builder.context());
  auto *i64 = llvm::Type::getInt64Ty(builder.context());
  static Entry foo_int, foo_float;
  auto *baz = builder.create_function("julia_baz_", llvm::FunctionType::get(f64, {i64}, false));
  builder.set_signature(*baz, "baz(Int64)");
  builder.define(self, Abi::SpecSig, nullptr, baz, "baz");
  llvm::IRBuilder<> ir(llvm::BasicBlock::Create(builder.context(), "top", baz));
  auto *first =
      builder.call_target(foo_int, Abi::SpecSig, "j_foo_", llvm::FunctionType::get(f64, {i64}, false),
                          llvm::CallingConv::C, {}, "foo(Int64)");
  auto *second =
      builder.call_target(foo_float, Abi::SpecSig, "j_foo_", llvm::FunctionType::get(f64, {f64}, false),
                          llvm::CallingConv::C, {}, "foo(Float64)");
  auto *slot = builder.slot(&type_float64, "+Core.Float64#_", SlotKind::Type);
  ir.CreateLoad(ir.getPtrTy(), slot);
  ir.CreateRet(ir.CreateCall(second, {ir.CreateCall(first, {baz->getArg(0)})}));
  return builder.finish();
}

TEST(LocalNames, AreTheLowestUniqueInteger) {
  UnitBuilder builder;
  EXPECT_EQ(builder.local_name("j_foo_"), "j_foo_0");
  EXPECT_EQ(builder.local_name("j_foo_"), "j_foo_1");
  EXPECT_EQ(builder.local_name("julia_foo_"), "julia_foo_0");
  EXPECT_EQ(builder.local_name("j_foo_1"), "j_foo_10");
  for (int i = 2; i < 10; ++i)
    EXPECT_EQ(builder.local_name("j_foo_"), "j_foo_" + std::to_string(i));
  EXPECT_EQ(builder.local_name("j_foo_"), "j_foo_11"); // "j_foo_10" came from another base
}

TEST(UnitBuilder, ModuleHasTheNamesOfTheSeed) {
  Unit unit = emit_baz();
  EXPECT_FALSE(verify_unit(unit));
  std::string ir = text(*unit.module);
  EXPECT_NE(
      ir.find("; Function Signature: foo(Int64)\n; Function Attrs: nounwind\ndeclare double @j_foo_0(i64)"),
      std::string::npos)
      << ir;
  EXPECT_NE(ir.find("declare double @j_foo_1(double)"), std::string::npos);
  EXPECT_NE(ir.find("@\"+Core.Float64#_0\" = external global ptr\n"), std::string::npos);
  EXPECT_NE(ir.find("\"julia.fsig\"=\"baz(Int64)\""), std::string::npos);
  EXPECT_EQ(print_link_info(unit.link_info), "define baz specsig julia_baz_0\n"
                                             "call specsig j_foo_0\ncall specsig j_foo_1\n"
                                             "slot type +Core.Float64#_0\npositions 0\n");
}

TEST(UnitBuilder, SameInputGivesTheSameBytes) {
  Unit first = emit_baz();
  UnitBuilder noise; // whatever else was emitted meanwhile
  noise.local_name("j_foo_");
  Unit second = emit_baz();
  EXPECT_EQ(write_bitcode(*first.module), write_bitcode(*second.module));
  EXPECT_EQ(hex(key_of(write_bitcode(*first.module))), hex(key_of(write_bitcode(*second.module))));
}

TEST(UnitBuilder, AskingTwiceGivesTheSameDeclaration) {
  UnitBuilder builder;
  auto *type = llvm::FunctionType::get(llvm::Type::getVoidTy(builder.context()), false);
  auto *first = builder.call_target(callee, Abi::SpecSig, "j_f_", type, llvm::CallingConv::Fast);
  EXPECT_EQ(builder.call_target(callee, Abi::SpecSig, "j_f_", type), first);
  EXPECT_EQ(first->getCallingConv(), llvm::CallingConv::Fast);
  EXPECT_NE(builder.call_target(callee, Abi::Args, "j1_f_", type), first);
  EXPECT_EQ(builder.slot(&method, "jl_global#_", SlotKind::Other),
            builder.slot(&method, "x", SlotKind::Other));
  EXPECT_EQ(builder.foreign("libm", "sin", type), builder.foreign("libm", "sin", type));
  EXPECT_NE(builder.foreign("libm", "sin", type), builder.foreign("", "sin", type));
  EXPECT_EQ(builder.runtime("lig_throw", type)->getName(), "lig_throw");
  EXPECT_EQ(builder.runtime("lig_throw", type), builder.runtime("lig_throw", type));
  EXPECT_EQ(builder.position(&method), "m0");
  EXPECT_EQ(builder.position(&callee), "m1");
  EXPECT_EQ(builder.position(&method), "m0");
  Unit unit = builder.finish();
  EXPECT_EQ(unit.link_info.call_targets.size(), 2u);
  EXPECT_EQ(unit.link_info.slots.size(), 1u);
  EXPECT_EQ(unit.link_info.foreign.size(), 2u);
  EXPECT_EQ(unit.link_info.runtime.size(), 1u);
  EXPECT_EQ(unit.link_info.positions.size(), 2u);
}

TEST(UnitBuilder, CallToWhatTheUnitDefinesIsTheDefinition) {
  UnitBuilder builder;
  auto *type = llvm::FunctionType::get(llvm::Type::getVoidTy(builder.context()), false);
  auto *f = builder.create_function("julia_f_", type);
  builder.define(self, Abi::SpecSig, nullptr, f, "f");
  EXPECT_EQ(builder.call_target(self, Abi::SpecSig, "j_f_", type), f);
}

std::string problems(std::function<void(UnitBuilder &, llvm::IRBuilder<> &, llvm::Function *)> spoil) {
  UnitBuilder builder;
  auto *type = llvm::FunctionType::get(llvm::Type::getVoidTy(builder.context()), false);
  auto *f = builder.create_function("f_", type);
  builder.define(self, Abi::SpecSig, nullptr, f, "f");
  llvm::IRBuilder<> ir(llvm::BasicBlock::Create(builder.context(), "top", f));
  spoil(builder, ir, f);
  if (!ir.GetInsertBlock()->getTerminator())
    ir.CreateRetVoid();
  Unit unit = builder.finish();
  return llvm::toString(verify_unit(unit));
}

TEST(VerifyUnit, FindsWhatTiesAUnitToThisProcess) {
  EXPECT_EQ(problems([](auto &, auto &, auto *) {}), "");
  auto address = problems([](auto &, auto &ir, auto *) {
    auto *pointer = llvm::ConstantExpr::getIntToPtr(ir.getInt64(4711), ir.getPtrTy());
    ir.CreateStore(ir.getInt64(1), pointer);
  });
  EXPECT_NE(address.find("an address is written into 'f_0'"), std::string::npos) << address;
  auto undefined = problems([](auto &builder, auto &ir, auto *f) {
    ir.CreateCall(builder.module().getOrInsertFunction("mystery", f->getFunctionType()));
  });
  EXPECT_NE(undefined.find("'mystery' is undefined"), std::string::npos) << undefined;
  auto tls = problems([](auto &builder, auto &ir, auto *) {
    new llvm::GlobalVariable(builder.module(), ir.getInt64Ty(), false, llvm::GlobalValue::InternalLinkage,
                             ir.getInt64(0), "counter", nullptr, llvm::GlobalValue::GeneralDynamicTLSModel);
  });
  EXPECT_NE(tls.find("'counter' is thread-local"), std::string::npos) << tls;
  auto unfinished = problems([](auto &builder, auto &, auto *f) {
    builder.define(callee, Abi::SpecSig, nullptr, builder.create_function("g_", f->getFunctionType()), "g");
  });
  EXPECT_NE(unfinished.find("'g_0' is to be defined here and has no body"), std::string::npos) << unfinished;
  auto source =
      problems([](auto &builder, auto &, auto *) { builder.module().setSourceFileName("/home/x.jl"); });
  EXPECT_NE(source.find("source_filename is '/home/x.jl'"), std::string::npos) << source;
  auto invalid = problems([](auto &, auto &ir, auto *) { ir.CreateUnreachable(), ir.CreateRetVoid(); });
  EXPECT_NE(invalid.find("Terminator"), std::string::npos) << invalid;
}

LinkInfo sample() {
  LinkInfo info;
  auto name = [&](const char *text) { return info.names.intern(text); };
  info.definitions = {{&self, Abi::SpecSig, DefinitionKind::Function, name("jfptr_f_0"), name("julia_f_0"),
                       name("f"), NameId::None}};
  info.call_targets = {{&callee, Abi::Args, name("j1_g_0")}, {&self, Abi::SpecSig, name("j_f_0")}};
  info.slots = {{&type_float64, SlotKind::Type, name("+Core.Float64#_0")}};
  info.foreign = {{name("libm"), name("sin"), name("foreign_sin_0")}};
  info.runtime = {name("lig_throw")};
  info.positions = {&method, &callee};
  return info;
}

TEST(LinkInfo, SurvivesBytesWithPointersAsOrdinals) {
  LinkInfo info = sample();
  SerialisedLinkInfo written = write_link_info(info);
  std::vector<const void *> expected = {&self, &callee, &type_float64, &method};
  EXPECT_EQ(written.pointers, expected);
  auto read = read_link_info(written.bytes, written.pointers);
  ASSERT_TRUE(read) << read.error();
  EXPECT_EQ(print_link_info(*read), print_link_info(info));
  EXPECT_EQ(read->definitions[0].entry, &self);
  EXPECT_EQ(read->call_targets[1].entry, &self);
  EXPECT_EQ(read->positions, info.positions);
  EXPECT_EQ(write_link_info(*read).bytes, written.bytes);
}

TEST(LinkInfo, DamageIsAnErrorNeverACrash) {
  SerialisedLinkInfo written = write_link_info(sample());
  for (size_t size = 0; size < written.bytes.size(); ++size)
    EXPECT_FALSE(read_link_info(std::span(written.bytes).first(size), written.pointers));
  EXPECT_FALSE(read_link_info(written.bytes, std::span(written.pointers).first(2)));
  for (size_t at = 0; at < written.bytes.size(); ++at) {
    auto damaged = written.bytes;
    damaged[at] ^= std::byte{0xff};
    (void)read_link_info(damaged, written.pointers);
  }
}

TEST(NamePool, InternsInOrderOfFirstUse) {
  NamePool pool;
  EXPECT_EQ(pool.intern("b"), static_cast<NameId>(0));
  EXPECT_EQ(pool.intern("a"), static_cast<NameId>(1));
  EXPECT_EQ(pool.intern("b"), static_cast<NameId>(0));
  EXPECT_EQ(pool[static_cast<NameId>(1)], "a");
  EXPECT_EQ(pool[NameId::None], "");
  EXPECT_EQ(pool.find("c"), NameId::None);
}

} // namespace
