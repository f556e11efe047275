// SPDX-License-Identifier: MIT
//
// What a lazy stub must not disturb: every register that can carry an argument, and the chain of frames.
#include "session/toy_client.h"

#include <gtest/gtest.h>

#include <immintrin.h>

using namespace ligature;
using namespace ligature::toy;

namespace {

/// Clobbers what a compiler may clobber.
void clobber(Entry &) {
  asm volatile("xor %%eax, %%eax; xor %%r10d, %%r10d; xor %%r11d, %%r11d; xor %%edi, %%edi; xor %%esi, %%esi;"
               "xor %%edx, %%edx; xor %%ecx, %%ecx; xor %%r8d, %%r8d; xor %%r9d, %%r9d;"
               "xorps %%xmm0, %%xmm0; xorps %%xmm1, %%xmm1; xorps %%xmm2, %%xmm2; xorps %%xmm3, %%xmm3;"
               "xorps %%xmm4, %%xmm4; xorps %%xmm5, %%xmm5; xorps %%xmm6, %%xmm6; xorps %%xmm7, %%xmm7;" ::
                   : "rax", "r10", "r11", "rdi", "rsi", "rdx", "rcx", "r8", "r9", "xmm0", "xmm1", "xmm2",
                     "xmm3", "xmm4", "xmm5", "xmm6", "xmm7");
  if (__builtin_cpu_supports("avx"))
    asm volatile("vzeroall" ::
                     : "xmm0", "xmm1", "xmm2", "xmm3", "xmm4", "xmm5", "xmm6", "xmm7", "xmm8", "xmm9",
                       "xmm10", "xmm11", "xmm12", "xmm13", "xmm14", "xmm15");
}

TEST(LazyCall, KeepsEveryIntegerAndFloatArgumentAndTheHiddenOnes) {
  Toy toy;
  toy.client.on_lazy_call = clobber;
  Entry callee;
  auto signature = [](Emitter &emitter) {
    auto *f64 = llvm::Type::getDoubleTy(emitter.builder.context());
    std::vector<llvm::Type *> types(7, emitter.i64); // the first one travels in r13
    types.insert(types.end(), 10, f64);              // two of them on the stack
    return llvm::FunctionType::get(f64, types, false);
  };
  auto attributes = [](Emitter &emitter) {
    return llvm::AttributeList::get(emitter.builder.context(), 1, {llvm::Attribute::SwiftSelf});
  };
  toy.client.emitters[&callee] = [&] {
    Emitter emitter;
    llvm::IRBuilder<> ir(emitter.builder.context());
    auto *f = emitter.function("callee", signature(emitter), ir);
    f->addParamAttr(0, llvm::Attribute::SwiftSelf);
    f->setCallingConv(llvm::CallingConv::Swift);
    emitter.builder.define(callee, Abi::SpecSig, f, f, "callee");
    llvm::Value *sum = llvm::ConstantFP::get(ir.getDoubleTy(), 0);
    double weight = 1;
    for (llvm::Argument &argument : f->args()) { // each argument has its own decimal place
      llvm::Value *value =
          argument.getType()->isDoubleTy() ? &argument : ir.CreateSIToFP(&argument, ir.getDoubleTy());
      sum = ir.CreateFAdd(sum, ir.CreateFMul(value, llvm::ConstantFP::get(ir.getDoubleTy(), weight)));
      weight *= 3;
    }
    ir.CreateRet(sum);
    return emitter.builder.finish();
  };
  Entry caller;
  Emitter emitter;
  llvm::IRBuilder<> ir(emitter.builder.context());
  auto *f = emitter.function("caller", llvm::FunctionType::get(ir.getDoubleTy(), false), ir);
  emitter.builder.define(caller, Abi::SpecSig, f, f, "caller");
  auto *target = emitter.builder.call_target(callee, Abi::SpecSig, "j_callee_", signature(emitter),
                                             llvm::CallingConv::Swift, attributes(emitter));
  std::vector<llvm::Value *> arguments;
  for (int i = 1; i <= 17; ++i)
    arguments.push_back(i <= 7 ? static_cast<llvm::Value *>(ir.getInt64(static_cast<uint64_t>(i)))
                               : llvm::ConstantFP::get(ir.getDoubleTy(), i));
  auto *call = ir.CreateCall(target, arguments);
  call->setCallingConv(target->getCallingConv());
  call->setAttributes(target->getAttributes());
  ir.CreateRet(call);
  toy.link(emitter.builder.finish());
  double expected = 0, weight = 1;
  for (int i = 1; i <= 17; ++i, weight *= 3)
    expected += i * weight;
  auto *run = reinterpret_cast<double (*)()>(caller.specptr.load());
  EXPECT_EQ(run(), expected);
  EXPECT_EQ(run(), expected);
  EXPECT_EQ(toy.session->stats().lazy_calls, 1u);
}

TEST(LazyCall, KeepsVectorArgumentsInTheirFullWidth) {
  if (!__builtin_cpu_supports("avx"))
    GTEST_SKIP() << "this machine has no wide registers";
  Toy toy;
  toy.client.on_lazy_call = clobber;
  Entry caller, callee;
  unsigned lanes = __builtin_cpu_supports("avx512f") ? 8 : 4;
  auto signature = [&](Emitter &emitter) {
    auto *vector = llvm::FixedVectorType::get(emitter.i64, lanes);
    return llvm::FunctionType::get(vector, std::vector<llvm::Type *>(8, vector), false);
  };
  auto widen = [&](llvm::Function *f) {
    f->addFnAttr("min-legal-vector-width", std::to_string(lanes * 64));
    f->addFnAttr("prefer-vector-width", std::to_string(lanes * 64));
  };
  toy.client.emitters[&callee] = [&] {
    Emitter emitter;
    llvm::IRBuilder<> ir(emitter.builder.context());
    auto *f = emitter.function("callee", signature(emitter), ir);
    widen(f);
    emitter.builder.define(callee, Abi::SpecSig, f, f, "callee");
    llvm::Value *sum = f->getArg(0);
    for (unsigned i = 1; i < 8; ++i)
      sum = ir.CreateAdd(ir.CreateMul(sum, llvm::ConstantInt::get(sum->getType(), 10)), f->getArg(i));
    ir.CreateRet(sum);
    return emitter.builder.finish();
  };
  Emitter emitter;
  llvm::IRBuilder<> ir(emitter.builder.context());
  auto *f = emitter.function("caller", llvm::FunctionType::get(ir.getVoidTy(), {emitter.ptr}, false), ir);
  widen(f);
  emitter.builder.define(caller, Abi::SpecSig, f, f, "caller");
  auto *target = emitter.builder.call_target(callee, Abi::SpecSig, "j_callee_", signature(emitter));
  widen(target);
  std::vector<llvm::Value *> arguments;
  for (uint64_t i = 1; i <= 8; ++i)
    arguments.push_back(llvm::ConstantInt::get(llvm::FixedVectorType::get(emitter.i64, lanes), i));
  ir.CreateAlignedStore(ir.CreateCall(target, arguments), f->getArg(0), llvm::Align(8));
  ir.CreateRetVoid();
  toy.link(emitter.builder.finish());
  int64_t result[8] = {};
  reinterpret_cast<void (*)(int64_t *)>(caller.specptr.load())(result);
  for (unsigned lane = 0; lane < lanes; ++lane)
    EXPECT_EQ(result[lane], 12345678) << lane;
  EXPECT_EQ(toy.session->stats().lazy_calls, 1u);
}

TEST(LazyCall, LeavesAFrameChainThatCanBeWalked) {
  Toy toy;
  Entry f, g;
  std::vector<std::string> seen;
  toy.client.emitters[&g] = [&] { return spec_unit(g, "g", plus(10)); };
  toy.client.on_lazy_call = [&](Entry &entry) {
    EXPECT_EQ(&entry, &g);
    auto **frame = static_cast<void **>(__builtin_frame_address(0));
    // Stops at the first: further out lies code of others, which may keep no frame pointers.
    for (int depth = 0; depth < 12 && seen.empty(); ++depth, frame = static_cast<void **>(*frame))
      if (auto *range = toy.session->code_map().find(reinterpret_cast<uintptr_t>(frame[1]) - 1))
        seen.push_back(range->name);
  };
  toy.link(spec_unit(f, "f", calls(g, "g")));
  EXPECT_EQ(toy.call(f, 1), 12);
  EXPECT_EQ(seen, std::vector<std::string>{"f#1"});
}

TEST(LazyCall, MayBeLeftByLongjmp) {
  Toy toy;
  Entry f, g;
  toy.client.on_lazy_call = [](Entry &) { raise("compiling failed"); };
  toy.link(spec_unit(f, "f", calls(g, "g")));
  for (int i = 0; i < 3; ++i) {
    if (setjmp(escape) == 0) {
      toy.call(f, 1);
      FAIL();
    }
    EXPECT_EQ(escaped_with, "compiling failed");
  }
  toy.client.on_lazy_call = nullptr;
  toy.client.emitters[&g] = [&] { return spec_unit(g, "g", plus(10)); };
  EXPECT_EQ(toy.call(f, 1), 12);
}

} // namespace
