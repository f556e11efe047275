// SPDX-License-Identifier: MIT
#include "jl/infer/ir.h"

#include <algorithm>

#include "jl/runtime/values.h"

namespace jl::inference {

static bool is_same_constant(Value *a, Value *b) {
  return a == b || (type_of(a) == type_of(b) && type_of(a)->is_bits && egal(a, b));
}

Operand constant_operand(IR &ir, Value *value) {
  for (size_t i = 0; i < ir.constants.size(); i++)
    if (is_same_constant(ir.constants[i], value))
      return {Operand::Kind::Constant, uint32_t(i)};
  ir.constants.push_back(value);
  return {Operand::Kind::Constant, uint32_t(ir.constants.size() - 1)};
}

Value *constant_of(const IR &ir, Operand o) {
  return o.kind() == Operand::Kind::Constant ? ir.constants[o.index()] : nullptr;
}

Lat lat_of(const IR &ir, Operand o) {
  switch (o.kind()) {
  case Operand::Kind::Ssa:
    return ir.at(o.index()).lat;
  case Operand::Kind::Argument:
    return ir.arguments[o.index()];
  case Operand::Kind::Constant: {
    Value *constant = ir.constants[o.index()];
    return is_position(constant) ? lat_type(type_of(constant)) : lat_const(constant);
  }
  default:
    return any();
  }
}

void set_operands(IR &ir, Inst &inst, std::span<const Operand> operands) {
  if (operands.size() > inst.count) {
    GcVector<Operand> copy(operands.begin(), operands.end()); // may point into the pool
    inst.first = uint32_t(ir.pool.size());
    ir.pool.insert(ir.pool.end(), copy.begin(), copy.end());
  } else {
    std::copy(operands.begin(), operands.end(), ir.pool.begin() + inst.first);
  }
  inst.count = uint16_t(operands.size());
}

uint32_t new_inst(IR &ir, Op op, std::span<const Operand> operands, uint32_t line) {
  Inst inst;
  inst.op = op;
  inst.line = line;
  set_operands(ir, inst, operands);
  ir.insts.push_back(inst);
  return uint32_t(ir.insts.size() - 1);
}

uint32_t append(IR &ir, uint32_t block, Op op, std::span<const Operand> operands, uint32_t line) {
  uint32_t id = new_inst(ir, op, operands, line);
  ir.insts[id].block = block;
  ir.blocks[block].insts.push_back(id);
  return id;
}

void insert_at(IR &ir, uint32_t block, size_t position, uint32_t id) {
  ir.insts[id].block = block;
  auto &insts = ir.blocks[block].insts;
  insts.insert(insts.begin() + long(position), id);
}

static size_t position_of(const IR &ir, uint32_t id) {
  const auto &insts = ir.blocks[ir.at(id).block].insts;
  return size_t(std::find(insts.begin(), insts.end(), id) - insts.begin());
}

void insert_before(IR &ir, uint32_t where, uint32_t id) {
  insert_at(ir, ir.at(where).block, position_of(ir, where), id);
}

void insert_behind(IR &ir, uint32_t where, uint32_t id) {
  insert_at(ir, ir.at(where).block, position_of(ir, where) + 1, id);
}

uint32_t new_block(IR &ir) {
  ir.blocks.emplace_back();
  return uint32_t(ir.blocks.size() - 1);
}

uint32_t split_block(IR &ir, uint32_t block, uint32_t id) {
  uint32_t tail = new_block(ir);
  auto &insts = ir.blocks[block].insts;
  auto at = std::find(insts.begin(), insts.end(), id);
  ir.blocks[tail].insts.assign(at + 1, insts.end());
  insts.erase(at, insts.end());
  for (uint32_t moved : ir.blocks[tail].insts)
    ir.at(moved).block = tail;
  ir.blocks[tail].succs = std::move(ir.blocks[block].succs);
  ir.blocks[block].succs.clear();
  for (uint32_t s : ir.blocks[tail].succs)
    std::replace(ir.blocks[s].preds.begin(), ir.blocks[s].preds.end(), block, tail);
  return tail;
}

void erase(IR &ir, uint32_t id) {
  Inst &inst = ir.at(id);
  inst.op = Op::Nop;
  inst.count = 0;
  inst.dest = kNoSlot;
  inst.effects = ~0u;
  inst.call = nullptr;
  inst.lat = lat_type(types::Nothing);
}

void sweep(IR &ir) {
  for (BlockData &block : ir.blocks)
    std::erase_if(block.insts, [&](uint32_t id) { return ir.at(id).op == Op::Nop; });
}

// --- Control flow -----------------------------------------------------------------------------------------

void add_edge_between(IR &ir, uint32_t from, uint32_t to) {
  ir.blocks[from].succs.push_back(to);
  ir.blocks[to].preds.push_back(from);
}

static void drop_phi_operand(IR &ir, Inst &phi, size_t k) {
  std::span<Operand> args = ir.args(phi);
  std::copy(args.begin() + long(k) + 1, args.end(), args.begin() + long(k));
  phi.count--;
}

void remove_edge(IR &ir, uint32_t from, uint32_t to) {
  auto &succs = ir.blocks[from].succs;
  auto &preds = ir.blocks[to].preds;
  auto pred = std::find(preds.begin(), preds.end(), from);
  size_t k = size_t(pred - preds.begin());
  for (uint32_t id : ir.blocks[to].insts)
    if (ir.at(id).op == Op::Phi)
      drop_phi_operand(ir, ir.at(id), k);
  preds.erase(pred);
  succs.erase(std::find(succs.begin(), succs.end(), to));
}

void make_goto(IR &ir, uint32_t block, size_t keep) {
  uint32_t id = ir.blocks[block].insts.back();
  GcVector<uint32_t> succs = ir.blocks[block].succs;
  for (size_t i = 0; i < succs.size(); i++)
    if (i != keep)
      remove_edge(ir, block, succs[i]);
  Inst &inst = ir.at(id);
  inst.op = Op::Goto;
  inst.count = 0;
}

void cut_block(IR &ir, uint32_t block, size_t position) {
  auto &insts = ir.blocks[block].insts;
  for (size_t i = position + 1; i < insts.size(); i++)
    erase(ir, insts[i]);
  insts.resize(position + 1);
  GcVector<uint32_t> succs = ir.blocks[block].succs;
  for (uint32_t to : succs)
    remove_edge(ir, block, to);
}

GcVector<uint32_t> reverse_postorder(const IR &ir) {
  GcVector<uint32_t> order;
  GcVector<char> seen(ir.blocks.size());
  GcVector<std::pair<uint32_t, size_t>> stack; // block, successors still to visit (from the last)
  stack.push_back({0, ir.blocks[0].succs.size()});
  seen[0] = 1;
  while (!stack.empty()) {
    auto &[block, left] = stack.back();
    if (left == 0) {
      order.push_back(block);
      stack.pop_back();
      continue;
    }
    uint32_t next = ir.blocks[block].succs[--left];
    if (!seen[next]) {
      seen[next] = 1;
      stack.push_back({next, ir.blocks[next].succs.size()});
    }
  }
  std::reverse(order.begin(), order.end());
  return order;
}

bool remove_unreachable(IR &ir) {
  GcVector<char> reached(ir.blocks.size());
  for (uint32_t block : reverse_postorder(ir))
    reached[block] = 1;
  bool any_dead = false;
  for (uint32_t b = 0; b < ir.blocks.size(); b++) {
    if (reached[b] || (ir.blocks[b].insts.empty() && ir.blocks[b].succs.empty()))
      continue;
    any_dead = true;
    GcVector<uint32_t> succs = ir.blocks[b].succs;
    for (uint32_t to : succs)
      remove_edge(ir, b, to);
    for (uint32_t id : ir.blocks[b].insts)
      erase(ir, id);
    ir.blocks[b].insts.clear();
  }
  return any_dead;
}

// The iterative algorithm of Cooper, Harvey and Kennedy.
Dominators compute_dominators(const IR &ir) {
  Dominators d;
  d.order = reverse_postorder(ir);
  d.number.assign(ir.blocks.size(), kNone);
  for (uint32_t i = 0; i < d.order.size(); i++)
    d.number[d.order[i]] = i;
  d.idom.assign(ir.blocks.size(), kNone);
  d.idom[0] = 0;
  auto intersect = [&](uint32_t a, uint32_t b) {
    while (a != b) {
      while (d.number[a] > d.number[b])
        a = d.idom[a];
      while (d.number[b] > d.number[a])
        b = d.idom[b];
    }
    return a;
  };
  for (bool changed = true; changed;) {
    changed = false;
    for (size_t i = 1; i < d.order.size(); i++) {
      uint32_t block = d.order[i], idom = kNone;
      for (uint32_t pred : ir.blocks[block].preds)
        if (d.number[pred] != kNone && d.idom[pred] != kNone)
          idom = idom == kNone ? pred : intersect(idom, pred);
      if (idom != d.idom[block]) {
        d.idom[block] = idom;
        changed = true;
      }
    }
  }
  return d;
}

bool Dominators::dominates(uint32_t a, uint32_t b) const {
  if (number[b] == kNone || number[a] == kNone)
    return false;
  while (number[b] > number[a])
    b = idom[b];
  return a == b;
}

// --- Replacing --------------------------------------------------------------------------------------------

void Replacements::apply(IR &ir) const {
  for (const BlockData &block : ir.blocks)
    for (uint32_t id : block.insts) {
      bool phi = ir.at(id).op == Op::Phi;
      for (Operand &o : ir.args(ir.at(id)))
        if (is_ssa(o) && (o = resolve(o)).kind() == Operand::Kind::None && !phi)
          o = constant_operand(ir, nothing_value());
    }
}

Operand strip_pis(const IR &ir, Operand o) {
  while (is_ssa(o) && ir.at(o.index()).op == Op::Pi)
    o = ir.args(ir.at(o.index()))[0];
  return o;
}

void copy_lines(IR &ir, const CodeInfo &code, const MethodInstance *instance) {
  Symbol file = instance->def ? instance->def->file : code.file;
  int32_t first = instance->def ? instance->def->line : code.first_line;
  int32_t relative = 0;
  for (const LineInfo &line : code.lines) {
    if (line.file == file)
      relative = line.line - first;
    ir.lines.push_back({0, relative, line.file == file ? Symbol() : line.file});
  }
  if (ir.lines.empty())
    ir.lines.push_back({0, 0, Symbol()});
}

} // namespace jl::inference
