// SPDX-License-Identifier: MIT
#include "jl/infer/ssa.h"

#include <algorithm>
#include <unordered_map>

#include "jl/runtime/symbols.h"
#include "jl/runtime/values.h"

namespace jl::inference {

namespace {

constexpr int kMaxConditionDepth = 3;
constexpr int kMaxChain = 64; // blocks looked back through for variables that hold a tested value

class SsaBuilder {
public:
  SsaBuilder(const CodeInfo &code, MethodInstance *instance, IR &ir)
      : code_(code), instance_(instance), ir_(ir) {}

  void run(SsaMap *map) {
    nslots_ = uint32_t(code_.slots.size());
    in_memory_ = find_memory_slots(code_);
    copy_tables();
    make_blocks();
    define_arguments();
    for (uint32_t block : reverse_postorder(ir_))
      if (block < nlowered_)
        process(block);
    finish();
    if (map) {
      for (Operand &o : values_)
        o = resolve(o);
      map->values = values_;
    }
  }

private:
  // --- Set-up ---------------------------------------------------------------------------------------------
  void copy_tables() {
    ir_.instance = instance_;
    ir_.constants = code_.constants;
    ir_.globals = code_.globals;
    ir_.definitions = code_.definitions;
    ir_.is_vararg = code_.is_vararg;
    ir_.propagate_inbounds = code_.propagate_inbounds;
    ir_.scopes.push_back({instance_, kNone});
    copy_lines(ir_, code_, instance_);
    memory_index_.assign(nslots_, kNoSlot);
    for (uint32_t s = 0; s < nslots_; s++)
      if (in_memory_[s]) {
        memory_index_[s] = uint32_t(ir_.slots.size());
        ir_.slots.push_back({code_.slots[s].name, types::Bottom_,
                             !code_.slots[s].is_argument && code_.slots[s].used_undefined});
      }
    values_.assign(code_.statements.size(), Operand());
  }

  void make_blocks() {
    const auto &stmts = code_.statements;
    GcVector<char> leader(stmts.size() + 1);
    leader[0] = 1;
    for (uint32_t i = 0; i < stmts.size(); i++) {
      if (!is_terminator(stmts[i].op))
        continue;
      leader[i + 1] = 1;
      if (stmts[i].op != Op::Return)
        leader[stmts[i].target] = 1;
    }
    block_of_.resize(stmts.size());
    for (uint32_t i = 0; i < stmts.size(); i++) {
      if (leader[i]) {
        new_block(ir_);
        starts_.push_back(i);
      }
      block_of_[i] = uint32_t(ir_.blocks.size() - 1);
    }
    starts_.push_back(uint32_t(stmts.size()));
    nlowered_ = uint32_t(ir_.blocks.size());
    make_edges();
    defs_.resize(ir_.blocks.size());
    filled_.resize(ir_.blocks.size());
    sealed_.resize(ir_.blocks.size());
    incomplete_.resize(ir_.blocks.size());
  }

  void make_edges() {
    GcVector<char> reached(nlowered_);
    GcVector<uint32_t> work{0};
    reached[0] = 1;
    while (!work.empty()) {
      uint32_t b = work.back();
      work.pop_back();
      GcVector<uint32_t> next;
      const Stmt &last = code_.statements[starts_[b + 1] - 1];
      bool falls = last.op != Op::Goto && last.op != Op::Return && b + 1 < nlowered_;
      if (falls)
        next.push_back(b + 1);
      if (last.op == Op::Goto || last.op == Op::GotoIfNot || last.op == Op::Enter)
        next.push_back(block_of_[last.target]);
      succs_of_.resize(nlowered_);
      succs_of_[b] = next;
      for (uint32_t n : next)
        if (!reached[n]) {
          reached[n] = 1;
          work.push_back(n);
        }
    }
    // Edges in block order, so that predecessors are listed in source order.
    for (uint32_t b = 0; b < nlowered_; b++)
      if (reached[b])
        for (uint32_t n : succs_of_[b])
          add_edge_between(ir_, b, n);
    if (!ir_.blocks[0].preds.empty())
      split_entry();
  }

  /// The entry block must have no predecessors: a loop to the first statement gets one in front.
  void split_entry() {
    uint32_t copy = new_block(ir_);
    std::swap(ir_.blocks[0], ir_.blocks[copy]);
    for (BlockData &block : ir_.blocks)
      for (uint32_t &s : block.succs)
        if (s == 0)
          s = copy;
    for (uint32_t s : ir_.blocks[copy].succs)
      std::replace(ir_.blocks[s].preds.begin(), ir_.blocks[s].preds.end(), 0u, copy);
    add_edge_between(ir_, 0, copy);
    entry_copy_ = copy;
  }

  void define_arguments() {
    for (uint32_t i = 0; i < code_.nargs; i++) {
      ir_.argument_names.push_back(code_.slots[i].name);
      Operand argument(Operand::Kind::Argument, i);
      if (in_memory_[i]) {
        uint32_t id = append(ir_, 0, Op::Copy, {&argument, 1}, 0);
        ir_.at(id).dest = memory_index_[i];
      } else {
        write(i, 0, argument);
        write(nslots_ + i, 0, constant_operand(ir_, true_value()));
      }
    }
    ir_.arguments.resize(code_.nargs);
    if (entry_copy_ == kNone)
      return;
    append(ir_, 0, Op::Goto, {}, 0);
    filled_.resize(ir_.blocks.size());
    sealed_.resize(ir_.blocks.size());
    sealed_[0] = filled_[0] = 1;
  }

  // --- Variables ------------------------------------------------------------------------------------------
  // Variable v < nslots_ is a slot's value, v + nslots_ whether it is defined.

  void write(uint32_t var, uint32_t block, Operand value) { defs_[block][var] = value; }

  Operand resolve(Operand o) const {
    while (is_ssa(o)) {
      auto it = forwarded_.find(o.index());
      if (it == forwarded_.end())
        break;
      o = it->second;
    }
    return o;
  }

  Operand undefined(uint32_t var) { return var < nslots_ ? Operand() : constant_operand(ir_, false_value()); }

  Operand read(uint32_t var, uint32_t block) {
    GcVector<uint32_t> path;
    Operand value;
    for (;;) {
      auto it = defs_[block].find(var);
      if (it != defs_[block].end()) {
        value = resolve(it->second);
        break;
      }
      path.push_back(block);
      if (!sealed_[block]) {
        uint32_t phi = new_phi(block);
        incomplete_[block].push_back({var, phi});
        value = ssa(phi);
        break;
      }
      const auto &preds = ir_.blocks[block].preds;
      if (preds.empty()) {
        value = undefined(var);
        break;
      }
      if (preds.size() > 1) {
        uint32_t phi = new_phi(block);
        write(var, block, ssa(phi));
        value = add_phi_operands(var, phi);
        break;
      }
      block = preds[0];
    }
    for (uint32_t b : path)
      write(var, b, value);
    return value;
  }

  uint32_t new_phi(uint32_t block) {
    uint32_t id = new_inst(ir_, Op::Phi, {}, block_line(block));
    insert_at(ir_, block, 0, id);
    return id;
  }

  uint32_t block_line(uint32_t block) const {
    return block < nlowered_ && starts_[block] < code_.statements.size()
               ? code_.statements[starts_[block]].line
               : 0;
  }

  Operand add_phi_operands(uint32_t var, uint32_t phi) {
    uint32_t block = ir_.at(phi).block;
    GcVector<Operand> operands;
    for (size_t k = 0; k < ir_.blocks[block].preds.size(); k++)
      operands.push_back(read(var, ir_.blocks[block].preds[k]));
    set_operands(ir_, ir_.at(phi), operands);
    for (Operand o : operands)
      if (is_ssa(o) && ir_.at(o.index()).op == Op::Phi)
        phi_users_[o.index()].push_back(phi);
    return remove_trivial(phi);
  }

  /// A phi of itself and one other value is that value. Returns what stands for it.
  Operand remove_trivial(uint32_t phi) {
    Operand same;
    bool seen = false;
    for (Operand o : ir_.args(ir_.at(phi))) {
      o = resolve(o);
      if (o == ssa(phi) || (seen && o == same))
        continue;
      if (seen)
        return ssa(phi);
      same = o;
      seen = true;
    }
    if (same.kind() == Operand::Kind::None)
      return ssa(phi); // undefined on every way: nobody can read it
    forwarded_[phi] = same;
    std::vector<uint32_t> users = phi_users_[phi];
    for (uint32_t user : users)
      if (user != phi && !forwarded_.count(user) && is_complete(user))
        remove_trivial(user);
    return resolve(same);
  }

  bool is_complete(uint32_t phi) const {
    const Inst &inst = ir_.at(phi);
    return inst.count == ir_.blocks[inst.block].preds.size() && inst.count > 0;
  }

  void seal(uint32_t block) {
    sealed_[block] = 1;
    auto pending = std::move(incomplete_[block]);
    for (auto [var, phi] : pending)
      add_phi_operands(var, phi);
  }

  bool all_preds_filled(uint32_t block) const {
    for (uint32_t pred : ir_.blocks[block].preds)
      if (!filled_[pred])
        return false;
    return true;
  }

  // --- Statements -----------------------------------------------------------------------------------------
  void process(uint32_t lowered) {
    uint32_t block = lowered == 0 && entry_copy_ != kNone ? entry_copy_ : lowered;
    if (!sealed_[block] && all_preds_filled(block))
      seal(block);
    block_ = block;
    for (uint32_t i = starts_[lowered]; i < starts_[lowered + 1]; i++)
      statement(i);
    const auto &insts = ir_.blocks[block_].insts;
    if (insts.empty() || !is_terminator(ir_.at(insts.back()).op))
      end_by_falling();
    filled_[block] = 1;
    GcVector<uint32_t> succs = ir_.blocks[block].succs;
    for (uint32_t s : succs) {
      if (first_split_ != kNone &&
          s >= first_split_) // a split edge is filled already: what it leads to may be complete now
        s = ir_.blocks[s].succs[0];
      if (!sealed_[s] && all_preds_filled(s))
        seal(s);
    }
  }

  void end_by_falling() {
    if (!ir_.blocks[block_].succs.empty()) {
      append(ir_, block_, Op::Goto, {}, line_);
      return;
    }
    Operand nothing = constant_operand(ir_, nothing_value());
    append(ir_, block_, Op::Return, {&nothing, 1}, line_);
  }

  uint32_t emit(Op op, std::span<const Operand> operands) { return append(ir_, block_, op, operands, line_); }

  Operand read_slot(uint32_t slot) {
    if (in_memory_[slot]) {
      Operand o(Operand::Kind::Slot, memory_index_[slot]);
      return ssa(emit(Op::Copy, {&o, 1}));
    }
    Operand defined = read(nslots_ + slot, block_);
    Operand value = read(slot, block_);
    if (constant_of(ir_, defined) != true_value()) {
      Operand args[] = {constant_operand(ir_, symbol_value(code_.slots[slot].name)), defined};
      emit(Op::ThrowUndefIfNot, args);
      write(nslots_ + slot, block_, constant_operand(ir_, true_value()));
    }
    return value.kind() == Operand::Kind::None ? constant_operand(ir_, nothing_value()) : value;
  }

  Operand read_static_param(uint32_t index) {
    Value *value = instance_->sparams->data[index];
    if (value && type_of(value) != types::TypeVar_)
      return constant_operand(ir_, value);
    Operand o(Operand::Kind::StaticParam, index);
    return ssa(emit(Op::Copy, {&o, 1}));
  }

  Operand operand(Operand o) {
    switch (o.kind()) {
    case Operand::Kind::Ssa: {
      Operand value = resolve(values_[o.index()]);
      return value.kind() == Operand::Kind::None ? constant_operand(ir_, nothing_value()) : value;
    }
    case Operand::Kind::Slot:
      return read_slot(o.index());
    case Operand::Kind::StaticParam:
      return read_static_param(o.index());
    case Operand::Kind::Global:
      return ssa(emit(Op::Copy, {&o, 1}));
    default:
      return o;
    }
  }

  void assign(const Stmt &s, Operand value) {
    if (s.dest == kNoSlot)
      return;
    if (!in_memory_[s.dest]) {
      write(s.dest, block_, value);
      write(nslots_ + s.dest, block_, constant_operand(ir_, true_value()));
      return;
    }
    if (is_ssa(value) && ir_.at(value.index()).dest == kNoSlot && !ir_.blocks[block_].insts.empty() &&
        ir_.blocks[block_].insts.back() == value.index() && s.op != Op::Copy) {
      ir_.at(value.index()).dest = memory_index_[s.dest];
      return;
    }
    uint32_t id = emit(Op::Copy, {&value, 1});
    ir_.at(id).dest = memory_index_[s.dest];
  }

  void statement(uint32_t i) {
    const Stmt &s = code_.statements[i];
    line_ = s.line;
    switch (s.op) {
    case Op::Nop:
      return;
    case Op::Copy:
      values_[i] = operand(code_.args(s)[0]);
      assign(s, values_[i]);
      return;
    case Op::NewVar:
      new_variable(s);
      return;
    case Op::IsDefined:
      values_[i] = is_defined(code_.args(s)[0]);
      assign(s, values_[i]);
      return;
    case Op::Goto:
      emit(Op::Goto, {});
      return;
    case Op::GotoIfNot:
      branch(s);
      return;
    case Op::GlobalSet: {
      Operand args[] = {code_.args(s)[0], operand(code_.args(s)[1])};
      values_[i] = ssa(emit(s.op, args));
      return;
    }
    default:
      values_[i] = ssa(plain(s));
      assign(s, values_[i]);
    }
  }

  uint32_t plain(const Stmt &s) {
    GcVector<Operand> args;
    for (Operand o : code_.args(s))
      args.push_back(operand(o));
    uint32_t target = s.target;
    if (s.op == Op::ForeignCall) {
      const ForeignCall &call = code_.foreign_calls[s.target];
      args.push_back(operand(call.function));
      args.push_back(operand(call.result_type));
      for (Operand o : call.argument_types)
        args.push_back(operand(o));
      target = uint32_t(ir_.foreign_calls.size());
      ir_.foreign_calls.push_back(call);
    }
    uint32_t id = emit(s.op, args);
    ir_.at(id).flags = s.flags;
    ir_.at(id).target = target;
    return id;
  }

  void new_variable(const Stmt &s) {
    uint32_t slot = s.count ? code_.args(s)[0].index() : s.dest;
    if (in_memory_[slot]) {
      Operand o(Operand::Kind::Slot, memory_index_[slot]);
      emit(Op::NewVar, {&o, 1});
      return;
    }
    write(slot, block_, Operand());
    write(nslots_ + slot, block_, constant_operand(ir_, false_value()));
  }

  Operand is_defined(Operand o) {
    if (o.kind() == Operand::Kind::Slot) {
      if (!in_memory_[o.index()])
        return read(nslots_ + o.index(), block_);
      o = Operand(Operand::Kind::Slot, memory_index_[o.index()]);
    } else if (o.kind() == Operand::Kind::StaticParam) {
      Value *value = instance_->sparams->data[o.index()];
      if (value && type_of(value) != types::TypeVar_)
        return constant_operand(ir_, true_value());
    } else if (o.kind() != Operand::Kind::Global) {
      return constant_operand(ir_, true_value());
    }
    return ssa(emit(Op::IsDefined, {&o, 1}));
  }

  // --- Branches and pis -----------------------------------------------------------------------------------
  void branch(const Stmt &s) {
    Operand condition = operand(code_.args(s)[0]);
    emit(Op::GotoIfNot, {&condition, 1});
    GcVector<Operand> tested;
    collect_tested(condition, 0, tested);
    GcVector<std::pair<uint32_t, Operand>> variables; // variable, tested value it holds
    find_variables(tested, variables);
    bool same_target =
        ir_.blocks[block_].succs.size() == 2 && ir_.blocks[block_].succs[0] == ir_.blocks[block_].succs[1];
    for (size_t k = 0; k < ir_.blocks[block_].succs.size(); k++) {
      uint32_t edge = ir_.blocks[block_].succs[k];
      bool must_split = same_target && k == 1;
      if (variables.empty() && !must_split)
        continue;
      if (ir_.blocks[edge].preds.size() > 1)
        edge = split_edge(k, same_target);
      for (auto &[var, value] : variables)
        add_pi(edge, var, value, condition, k == 0);
      if (edge >= first_split_)
        append(ir_, edge, Op::Goto, {}, line_);
    }
  }

  void add_pi(uint32_t block, uint32_t var, Operand value, Operand condition, bool sense) {
    // Two variables may hold one value: they share the pi.
    for (uint32_t id : ir_.blocks[block].insts)
      if (ir_.at(id).op == Op::Pi && ir_.args(ir_.at(id))[0] == value) {
        write(var, block, ssa(id));
        return;
      }
    Operand args[] = {value, condition};
    uint32_t id = append(ir_, block, Op::Pi, args, line_);
    ir_.at(id).target = sense;
    write(var, block, ssa(id));
  }

  uint32_t split_edge(size_t k, bool same_target) {
    uint32_t to = ir_.blocks[block_].succs[k];
    uint32_t middle = new_block(ir_);
    if (first_split_ == kNone)
      first_split_ = middle;
    defs_.emplace_back();
    incomplete_.emplace_back();
    filled_.push_back(1);
    sealed_.push_back(1);
    auto &preds = ir_.blocks[to].preds;
    auto at = same_target && k == 1
                  ? std::find(std::find(preds.begin(), preds.end(), block_), preds.end(), block_)
                  : std::find(preds.begin(), preds.end(), block_);
    *at = middle;
    ir_.blocks[block_].succs[k] = middle;
    ir_.blocks[middle].preds.push_back(block_);
    ir_.blocks[middle].succs.push_back(to);
    return middle;
  }

  std::string_view callee_name(const Inst &call) {
    Operand callee = ir_.args(call)[0];
    if (is_ssa(callee) && ir_.at(callee.index()).op == Op::Copy) {
      Operand source = ir_.args(ir_.at(callee.index()))[0];
      if (source.kind() == Operand::Kind::Global)
        return ir_.globals[source.index()]->name->name.text();
    }
    return {};
  }

  bool may_refine(const Inst &call) {
    if (call.count == 2)
      return true;
    if (call.count != 3)
      return false;
    static constexpr std::string_view names[] = {"isa", "===", "!==", "≡", "≢", "<:", "isdefined"};
    std::string_view name = callee_name(call);
    if (name.empty())
      return ir_.args(call)[0].kind() == Operand::Kind::Constant;
    return std::find(std::begin(names), std::end(names), name) != std::end(names);
  }

  void collect_tested(Operand o, int depth, GcVector<Operand> &out) {
    if (!is_ssa(o) && o.kind() != Operand::Kind::Argument)
      return;
    if (std::find(out.begin(), out.end(), o) == out.end())
      out.push_back(o);
    if (!is_ssa(o) || depth >= kMaxConditionDepth)
      return;
    const Inst inst = ir_.at(o.index());
    if (inst.op != Op::Call || !may_refine(inst))
      return;
    for (uint32_t k = 1; k < inst.count; k++)
      collect_tested(resolve(ir_.pool[inst.first + k]), depth + 1, out);
  }

  /// Variables that hold one of the tested values at the end of this block, in slot order.
  void find_variables(const GcVector<Operand> &tested, GcVector<std::pair<uint32_t, Operand>> &out) {
    std::unordered_map<uint32_t, bool> seen;
    uint32_t block = block_;
    for (int step = 0; step < kMaxChain; step++) {
      for (auto &[var, value] : defs_[block]) {
        if (var >= nslots_ || !seen.emplace(var, true).second)
          continue;
        Operand now = resolve(value);
        if (std::find(tested.begin(), tested.end(), now) != tested.end())
          out.push_back({var, now});
      }
      if (ir_.blocks[block].preds.size() != 1 || !sealed_[block])
        break;
      block = ir_.blocks[block].preds[0];
    }
    std::sort(out.begin(), out.end(), [](auto &a, auto &b) { return a.first < b.first; });
  }

  // --- End ------------------------------------------------------------------------------------------------
  void finish() {
    for (BlockData &block : ir_.blocks)
      std::erase_if(block.insts, [&](uint32_t id) { return forwarded_.count(id) != 0; });
    for (BlockData &block : ir_.blocks) {
      // Phis first, in order of creation; the rest stays as it is.
      GcVector<uint32_t> phis, others;
      for (uint32_t id : block.insts)
        (ir_.at(id).op == Op::Phi ? phis : others).push_back(id);
      std::sort(phis.begin(), phis.end());
      phis.insert(phis.end(), others.begin(), others.end());
      block.insts = std::move(phis);
      for (uint32_t id : block.insts)
        for (Operand &o : ir_.args(ir_.at(id)))
          o = resolve(o);
    }
    remove_unreachable(ir_);
  }

  const CodeInfo &code_;
  MethodInstance *instance_;
  IR &ir_;
  uint32_t nslots_ = 0, nlowered_ = 0, block_ = 0, line_ = 0;
  uint32_t entry_copy_ = kNone, first_split_ = kNone;
  GcVector<char> in_memory_;
  GcVector<uint32_t> memory_index_, block_of_, starts_;
  GcVector<GcVector<uint32_t>> succs_of_;
  GcVector<Operand> values_;
  // Numbers only, so ordinary memory will do (which must never hold a Gc container: the collector does not
  // look there). None of these is iterated into the result unsorted.
  std::vector<std::unordered_map<uint32_t, Operand>> defs_;
  std::vector<std::vector<std::pair<uint32_t, uint32_t>>> incomplete_;
  std::vector<char> filled_, sealed_;
  std::unordered_map<uint32_t, Operand> forwarded_;
  std::unordered_map<uint32_t, std::vector<uint32_t>> phi_users_;
};

} // namespace

void build_ssa(const CodeInfo &code, MethodInstance *instance, IR &ir, SsaMap *map) {
  SsaBuilder(code, instance, ir).run(map);
}

} // namespace jl::inference
