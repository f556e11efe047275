// SPDX-License-Identifier: MIT
#include "jl/emit/control.h"

#include "jl/emit/memory.h"
#include "jl/emit/statements.h"
#include "jl/emit/values.h"

#include <llvm/IR/MDBuilder.h>

#include <algorithm>

namespace jl::emit {

std::vector<uint32_t> emission_order(const TypedIR &code) {
  struct Visit {
    uint32_t block;
    size_t next;
  };
  std::vector<bool> seen(code.blocks.size());
  std::vector<uint32_t> order;
  std::vector<Visit> stack{{0, 0}};
  seen[0] = true;
  while (!stack.empty()) {
    Visit &top = stack.back();
    const auto &succs = code.blocks[top.block].succs;
    if (top.next == succs.size()) {
      order.push_back(top.block);
      stack.pop_back();
      continue;
    }
    // Last successor first: the reversed order then has the fall-through block right behind its predecessor.
    uint32_t next = succs[succs.size() - 1 - top.next++];
    if (!seen[next]) {
      seen[next] = true;
      stack.push_back({next, 0});
    }
  }
  std::reverse(order.begin(), order.end());
  return order;
}

void begin_blocks(Emitter &e) {
  const TypedIR &code = e.body->code;
  e.body->blocks.resize(code.blocks.size());
  e.body->phis.resize(code.statements.size());
  for (uint32_t block : emission_order(code))
    e.body->blocks[block] = e.new_block("L" + llvm::Twine(code.blocks[block].first + 1));
}

namespace {

void make_phi(Emitter &e, uint32_t statement) {
  const Shape &shape = e.shape(e.body->code.statements[statement].type.type);
  PhiStorage &phi = e.body->phis[statement];
  unsigned edges = e.body->code.phis[e.body->code.statements[statement].target].values.size();
  if (shape.is(ShapeKind::Memory)) {
    phi.incoming = e.alloca_at_entry(e.unit.i8(), "incoming", shape.size);
    return;
  }
  if (shape.is(ShapeKind::Boxed))
    phi.parts.push_back(e.ir.CreatePHI(e.unit.ptr(), edges));
  for (const Part &part : shape.parts)
    phi.parts.push_back(e.ir.CreatePHI(part.type, edges));
  if (shape.is(ShapeKind::Union))
    phi.tag = e.ir.CreatePHI(e.unit.i8(), edges);
}

Val phi_value(Emitter &e, uint32_t statement) {
  const TypedStmt &s = e.body->code.statements[statement];
  const Shape &shape = e.shape(s.type.type);
  PhiStorage &phi = e.body->phis[statement];
  Val value;
  value.shape = &shape;
  value.constant = shape.instance;
  value.parts.append(phi.parts.begin(), phi.parts.end());
  value.tag = phi.tag;
  if (shape.is(ShapeKind::Boxed))
    value.box = value.parts[0];
  if (phi.incoming) {
    llvm::Value *current = e.alloca_at_entry(e.unit.i8(), "phi", shape.size);
    copy_bytes(e, current, phi.incoming, shape.size);
    value.parts.push_back(current);
  }
  return value;
}

/// Statements of the block that are phis: they come first.
template <class F> void for_each_phi(Emitter &e, uint32_t block, F visit) {
  const Block &b = e.body->code.blocks[block];
  for (uint32_t i = b.first; i < b.end; i++)
    if (e.body->code.statements[i].op == Op::Phi)
      visit(i);
}

bool is_needed(Emitter &e, uint32_t statement) {
  const Ty &type = e.body->code.statements[statement].type;
  return !type.constant;
}

const Operand *incoming_operand(Emitter &e, uint32_t statement, uint32_t from) {
  const PhiNode &phi = e.body->code.phis[e.body->code.statements[statement].target];
  for (size_t i = 0; i < phi.blocks.size(); i++)
    if (phi.blocks[i] == from)
      return &phi.values[i];
  return nullptr;
}

/// The values that phis of `target` get from here, in the phis' shapes.
std::vector<std::pair<uint32_t, Val>> edge_values(Emitter &e, uint32_t target) {
  std::vector<std::pair<uint32_t, Val>> values;
  for_each_phi(e, target, [&](uint32_t statement) {
    if (!is_needed(e, statement))
      return;
    const Shape &shape = e.shape(e.body->code.statements[statement].type.type);
    const Operand *operand = incoming_operand(e, statement, e.body->block);
    bool undefined = !operand || operand->kind() == Operand::Kind::None;
    Val value = undefined ? poison_value(e, shape) : convert(e, operand_value(e, *operand), shape);
    Val made = value;
    made.parts = parts_of(e, value);
    values.emplace_back(statement, made);
  });
  return values;
}

void add_incoming(Emitter &e, llvm::ArrayRef<std::pair<uint32_t, Val>> values) {
  llvm::BasicBlock *from = e.ir.GetInsertBlock();
  for (auto &[statement, value] : values) {
    PhiStorage &phi = e.body->phis[statement];
    if (phi.incoming) {
      copy_bytes(e, phi.incoming, value.parts[0], value.shape->size);
      continue;
    }
    for (size_t i = 0; i < phi.parts.size(); i++)
      phi.parts[i]->addIncoming(value.parts[i], from);
    if (phi.tag)
      phi.tag->addIncoming(value.tag, from);
  }
}

/// Phis exist from the first edge on.
void ensure_phis(Emitter &e, uint32_t target) {
  if (!e.body->blocks[target]->empty() || !e.body->blocks[target]->hasNPredecessors(0))
    return;
  llvm::IRBuilder<>::InsertPointGuard guard(e.ir);
  e.enter(e.body->blocks[target]);
  for_each_phi(e, target, [&](uint32_t statement) {
    if (is_needed(e, statement))
      make_phi(e, statement);
  });
}

void jump(Emitter &e, uint32_t target) {
  ensure_phis(e, target);
  add_incoming(e, edge_values(e, target));
  e.ir.CreateBr(e.body->blocks[target]);
}

/// Where a conditional jump has to go to reach `target`: a new block if the edge has values to bring.
llvm::BasicBlock *edge_block(Emitter &e, uint32_t target) {
  bool has_phis = false;
  for_each_phi(e, target, [&](uint32_t statement) { has_phis |= is_needed(e, statement); });
  if (!has_phis)
    return e.body->blocks[target];
  llvm::IRBuilder<>::InsertPointGuard guard(e.ir);
  llvm::BasicBlock *block = e.new_block("edge");
  e.enter(block);
  jump(e, target);
  return block;
}

} // namespace

void begin_block_phis(Emitter &e, uint32_t block) {
  ensure_phis(e, block);
  for_each_phi(e, block, [&](uint32_t i) {
    const Ty &type = e.body->code.statements[i].type;
    e.body->ssa[i] = type.constant ? constant_value(e, type.constant) : phi_value(e, i);
  });
}

void emit_goto(Emitter &e, uint32_t target) {
  jump(e, target);
}

void emit_branch(Emitter &e, llvm::Value *condition, uint32_t if_true, uint32_t if_false) {
  if (auto *known = llvm::dyn_cast<llvm::ConstantInt>(condition))
    return jump(e, known->isOne() ? if_true : if_false);
  if (if_true == if_false)
    return jump(e, if_true);
  llvm::BasicBlock *yes = edge_block(e, if_true), *no = edge_block(e, if_false);
  e.ir.CreateCondBr(condition, yes, no);
}

void emit_try_branch(Emitter &e, llvm::Value *caught, uint32_t body, uint32_t handler) {
  llvm::BasicBlock *yes = edge_block(e, handler), *no = edge_block(e, body);
  e.ir.CreateCondBr(caught, yes, no, llvm::MDBuilder(e.unit.llvm).createUnlikelyBranchWeights());
}

} // namespace jl::emit
