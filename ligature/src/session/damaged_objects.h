// SPDX-License-Identifier: MIT
//
// An object with everything that units have (calls, a slot, constants, a jump table, data), damaged and
// linked over and over: for the test that tries each offset, and for the fuzzer that tries combinations.
#pragma once

#include "session/toy_client.h"

namespace ligature::toy {

class DamagedObjects {
public:
  DamagedObjects() {
    static const int64_t value = 1;
    toy.client.runtime["runtime"] = reinterpret_cast<void *>(+[](int64_t x) -> int64_t { return x; });
    Entry f;
    Unit unit = spec_unit(f, "f", [this](Emitter &e, llvm::IRBuilder<> &ir, llvm::Value *x) -> llvm::Value * {
      auto *slot = ir.CreateLoad(e.ptr, e.builder.slot(&value, "jl_global#_", SlotKind::Other));
      x = ir.CreateAdd(branch(e, ir, x), ir.CreateLoad(e.i64, slot));
      x = e.call(ir, callee_, "g", ir.CreateCall(e.builder.runtime("runtime", e.spec_type), {x}));
      auto *real = ir.CreateFMul(ir.CreateSIToFP(x, ir.getDoubleTy()),
                                 llvm::ConstantFP::get(ir.getDoubleTy(), 1.25)); // a constant in memory
      return ir.CreateFPToSI(real, e.i64);
    });
    Object object = llvm::cantFail(compile(*unit.module, {}));
    bytes_ = object.bytes->getBuffer().str();
    info_ = write_link_info(unit.link_info);
    entry_ = &f;
  }

  size_t size() const { return bytes_.size(); }

  struct Damage {
    size_t offset;
    unsigned char bits; ///< flipped there
  };
  /// Whether the object, damaged, could be linked. All of it is given back; none of it is called.
  bool link(const std::vector<Damage> &damages) {
    std::string bytes = bytes_;
    for (auto [offset, bits] : damages)
      bytes[offset % bytes.size()] = static_cast<char>(bytes[offset % bytes.size()] ^ bits);
    Entry f;
    std::vector<const void *> pointers = info_.pointers;
    for (const void *&pointer : pointers)
      if (pointer == entry_)
        pointer = &f;
    Object object;
    object.bytes = llvm::MemoryBuffer::getMemBufferCopy(bytes, "unit");
    auto handle = llvm::cantFail(
        toy.session->add(std::move(*read_link_info(info_.bytes, pointers)), std::move(object)));
    llvm::Error error = toy.session->materialize(handle);
    bool linked = !error;
    llvm::consumeError(std::move(error));
    toy.session->unlink(std::move(handle));
    toy.session->forget(f);
    return linked;
  }

  Toy toy;

private:
  /// A switch that becomes a jump table.
  llvm::Value *branch(Emitter &e, llvm::IRBuilder<> &ir, llvm::Value *x) {
    auto *function = ir.GetInsertBlock()->getParent();
    auto block = [&](const char *name) {
      return llvm::BasicBlock::Create(e.builder.context(), name, function);
    };
    auto *end = block("end"), *otherwise = block("otherwise");
    auto *choice = ir.CreateSwitch(x, otherwise, 6);
    ir.SetInsertPoint(end);
    auto *result = ir.CreatePHI(e.i64, 7);
    for (uint64_t i = 0; i < 6; ++i) {
      auto *one = block("case");
      choice->addCase(ir.getInt64(i), one);
      ir.SetInsertPoint(one);
      result->addIncoming(ir.CreateCall(e.builder.runtime("runtime", e.spec_type), {ir.getInt64(i * i + 7)}),
                          one);
      ir.CreateBr(end);
    }
    ir.SetInsertPoint(otherwise);
    ir.CreateBr(end);
    result->addIncoming(x, otherwise);
    ir.SetInsertPoint(end);
    return result;
  }

  Entry callee_;
  const Entry *entry_ = nullptr; ///< what f was when it was emitted; only compared
  std::string bytes_;
  SerialisedLinkInfo info_;
};

} // namespace ligature::toy
