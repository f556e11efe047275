// SPDX-License-Identifier: MIT
// What the emitting functions of this folder share: UnitContext for a whole unit, Emitter for the one
// function that is being written, Body for the typed IR that it is written from. Free functions, by theme,
// take an Emitter&; emit.cpp makes the contexts.
#pragma once

#include "jl/emit/emit.h"
#include "jl/emit/tbaa.h"
#include "jl/runtime/task.h"

#include <llvm/IR/DIBuilder.h>
#include <llvm/IR/IRBuilder.h>

#include <utility>
#include <vector>

namespace jl::emit {

struct UnitContext {
  UnitContext(Task *task, ligature::UnitBuilder &builder)
      : task(task), builder(builder), llvm(builder.context()), shapes(llvm), tbaa(llvm) {}

  Task *task; // the one that emits, for making constants; has nothing to do with the code's own
  ligature::UnitBuilder &builder;
  llvm::LLVMContext &llvm;
  ShapeTable shapes;
  Tbaa tbaa;
  GcVector<Value *> slot_values; // so that equal constants share a slot whichever object they are
  std::vector<std::unique_ptr<llvm::Module>>
      adopted; // IR of the program's, linked in at the end (llvm_text.h)

  llvm::Type *ptr() { return llvm::PointerType::getUnqual(llvm); }
  llvm::Type *i64() { return llvm::Type::getInt64Ty(llvm); }
  llvm::Type *i32() { return llvm::Type::getInt32Ty(llvm); }
  llvm::Type *i8() { return llvm::Type::getInt8Ty(llvm); }
  llvm::Type *i1() { return llvm::Type::getInt1Ty(llvm); }
};

/// A Julia value in the code being written, held as its shape says.
struct Val {
  const Shape *shape = nullptr;
  llvm::SmallVector<llvm::Value *, 2>
      parts;                  // Boxed: the pointer; Memory: the address; Parts and Union: the parts
  llvm::Value *tag = nullptr; // Union: i8, which member
  llvm::Value *box = nullptr; // an object that equals it, if one is at hand
  Value *constant = nullptr;  // then the above may be missing: see parts_of

  Value *type() const { return shape->type; }
  bool is(ShapeKind kind) const { return shape->kind == kind; }
};

struct MemorySlotStorage {
  llvm::SmallVector<llvm::AllocaInst *, 2> parts;
  llvm::AllocaInst *tag = nullptr;
  llvm::AllocaInst *defined = nullptr; // i1; only where the slot may be read undefined
};

/// A phi before its incoming values are known.
struct PhiStorage {
  llvm::SmallVector<llvm::PHINode *, 2> parts;
  llvm::PHINode *tag = nullptr;
  llvm::AllocaInst *incoming = nullptr; // Memory: edges copy the value here, the block's head copies it on
};

/// The typed IR that a function is written from, and what has become of its parts.
struct Body {
  const TypedIR &code;
  std::vector<Val> arguments = {};
  std::vector<Val> ssa = {}; // by statement, as the next two
  std::vector<PhiStorage> phis = {};
  std::vector<llvm::AllocaInst *> handlers = {}; // of Enter
  std::vector<MemorySlotStorage> slots = {};
  std::vector<llvm::BasicBlock *> blocks = {};      // by typed block
  std::vector<llvm::BasicBlock *> simd_blocks = {}; // those with a LoopInfo
  uint32_t block = 0;                               // the typed block being written
  bool has_try = false;
  llvm::Value *first_handler =
      nullptr; // the task's newest handler when the body was entered, if it has one try only
};

class DebugInfo;

/// Writes one function.
struct Emitter {
  Emitter(UnitContext &unit, llvm::Function *function);

  UnitContext &unit;
  llvm::IRBuilder<> ir;
  llvm::Function *function;
  llvm::Value *task = nullptr;       // hidden parameter
  llvm::BasicBlock *entry = nullptr; // allocas are put at its head
  llvm::Instruction *alloca_point = nullptr;
  llvm::AllocaInst *call_arguments = nullptr; // Value*[]: shared by all boxed calls, as long as the longest
  unsigned call_arguments_length = 0;
  bool makes_calls = false; // elsewhere than on the way to a throw: the function needs the stack check
  llvm::SmallVector<llvm::CallInst *, 4> cold_calls; // the others
  bool cold = false; // the block being written ends in a throw: small code rather than fast

  bool unreachable = false;   // the current block has ended early
  DebugInfo *debug = nullptr; // adapters have none
  Body *body = nullptr;       // wrappers and adapters have none

  const Shape &shape(Value *type) { return unit.shapes.of(type); }
  llvm::AllocaInst *alloca_at_entry(llvm::Type *type, const llvm::Twine &name = "", uint64_t count = 1,
                                    llvm::Align align = llvm::Align(8));
  llvm::BasicBlock *new_block(const llvm::Twine &name);
  /// Goes on writing in `block`.
  void enter(llvm::BasicBlock *block) { ir.SetInsertPoint(block); }
  llvm::ConstantInt *int64(uint64_t v) { return ir.getInt64(v); }
  llvm::Value *byte_offset(llvm::Value *base, uint64_t bytes, const llvm::Twine &name = "");
  void set_access(llvm::Instruction *access, Access kind, llvm::Type *scalar = nullptr);
  /// Branches to a new cold block when `condition` holds; goes on in the other. Returns the cold block.
  llvm::BasicBlock *cold_branch(llvm::Value *condition, const llvm::Twine &cold, const llvm::Twine &rest);
  /// `call` may run more of the program.
  void note_call(llvm::CallInst *call);
  /// `condition` false: runs `fail` in a cold block, which must not come back.
  template <class F> void require(llvm::Value *condition, const char *failing, F fail) {
    if (auto *known = llvm::dyn_cast<llvm::ConstantInt>(condition); known && known->isOne())
      return;
    llvm::BasicBlock *bad = cold_branch(ir.CreateNot(condition), failing, "pass");
    llvm::BasicBlock *good = ir.GetInsertBlock();
    enter(bad);
    bool was_cold = std::exchange(cold, true);
    fail();
    cold = was_cold;
    ir.CreateUnreachable();
    enter(good);
  }
};

} // namespace jl::emit
