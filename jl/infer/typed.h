// SPDX-License-Identifier: MIT
// Typed IR: lowered IR with a type for every value, in SSA form, inlined and simplified. What jl/emit reads.
//
// Variables have become values joined by phis; only variables that a catch block reads after assignment
// inside the try stay memory slots (Operand::Slot). Calls are resolved where one method fits: Invoke for what
// stays a call, the callee's statements where it was inlined, with their positions kept as inline scopes. It
// depends on source alone: the order in which functions were inferred, and whether anything is compiled,
// cannot be seen in it.
//
// Operands are Ssa, Argument and Constant; Slot, Global and StaticParam occur only as the operand of a Copy,
// IsDefined or NewVar, and Global as the first of a GlobalSet. The operands inside ForeignCall records are
// Ssa, Argument or Constant likewise. A Pi has one operand.
#pragma once

#include "jl/lower/lowered.h"

namespace jl {

/// What is known of a value: its type, and the value itself when it is a constant.
struct Ty {
  Value *type = nullptr;     // never null in finished IR; Union{} for statements that never finish
  Value *constant = nullptr; // null when not constant
};

struct TypedStmt {
  Op op;
  uint8_t flags = 0;
  uint16_t count = 0;
  uint32_t first = 0;  // operands[first .. first+count)
  uint32_t target = 0; // Goto/GotoIfNot/Enter: block; Phi: index into phis; ForeignCall/Define: side table
  uint32_t dest = kNoSlot; // memory slot that also receives the value
  uint32_t line = 0;       // index into lines
  Ty type;
  uint8_t effects = 0; // StmtEffects
};

enum StmtEffects : uint8_t {
  kStmtEffectFree = 1, // removable when the value is unused and kStmtNothrow
  kStmtNothrow = 2,
};

struct PhiNode {
  GcVector<uint32_t> blocks; // predecessor block for each value
  GcVector<Operand> values;  // Kind::None: undefined on that edge
};

/// Where the last statement's type is Union{} there are no successors: control never gets past it.
struct Block {
  uint32_t first, end; // statements; the last may be a jump, else falls into the next block
  GcVector<uint32_t> preds, succs;
};

/// A position, possibly in an inlined function: `scope` indexes scopes.
struct TypedLine {
  uint32_t scope;
  int32_t line; // relative to the first line of the scope's method; 0 is the first line
  Symbol file;  // only for printing when the statement came from another file (a macro's)
};
struct InlineScope {
  MethodInstance *instance; // scope 0: the function itself
  uint32_t parent_line;     // index into lines of the call; ~0u for scope 0
};

struct MemorySlot {
  Symbol name;
  Value *type;
  bool may_be_undefined;
};

struct TypedIR {
  GcVector<TypedStmt> statements;
  GcVector<Operand> operands;
  GcVector<Value *> constants;
  GcVector<GlobalRef *> globals;
  GcVector<PhiNode> phis;
  GcVector<Block> blocks;
  GcVector<TypedLine> lines;
  GcVector<InlineScope> scopes;
  GcVector<MemorySlot> slots;
  GcVector<ForeignCall> foreign_calls;
  GcVector<Definition *> definitions; // objects of their own: code refers to them
  GcVector<Ty> arguments;             // 0 is the function itself; a vararg is one Tuple
  GcVector<Symbol> argument_names;
  SimpleVector *sparams = nullptr;
  MethodInstance *instance = nullptr;
  bool is_vararg = false;
  Ty result;
  bool inlineable = false;
  bool noinline = false;
  uint32_t inline_cost = 0;
  bool propagate_inbounds =
      false;                 // its Boundschecks follow the caller's @inbounds also through one more call
  void *inference = nullptr; // jl/infer's own: what callers may know beyond result type and effects
  std::span<const Operand> args(const TypedStmt &s) const { return {operands.data() + s.first, s.count}; }
};

/// As code_typed and --dump=typed show it.
std::string print_typed(const TypedIR &ir);

} // namespace jl
