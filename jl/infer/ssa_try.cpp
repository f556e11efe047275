// SPDX-License-Identifier: MIT
#include <algorithm>

#include "jl/infer/ssa.h"

namespace jl::inference {

namespace {

// Liveness at statement granularity, one slot at a time: functions with try have few variables that cross it.
class TryAnalysis {
public:
  explicit TryAnalysis(const CodeInfo &code) : code_(code) {}

  GcVector<char> run() {
    GcVector<char> result(code_.slots.size());
    for (uint32_t i = 0; i < code_.statements.size(); i++)
      if (code_.statements[i].op == Op::Enter)
        check_try(i, result);
    return result;
  }

private:
  void successors(uint32_t i, GcVector<uint32_t> &out) const {
    const Stmt &s = code_.statements[i];
    if (s.op == Op::Return)
      return;
    if (s.op == Op::Goto || s.op == Op::GotoIfNot || s.op == Op::Enter)
      out.push_back(s.target);
    if (s.op != Op::Goto && i + 1 < code_.statements.size())
      out.push_back(i + 1);
  }

  bool leaves(const Stmt &s, uint32_t enter) const {
    if (s.op != Op::Leave)
      return false;
    std::span<const Operand> args = code_.args(s);
    return std::find(args.begin(), args.end(), Operand(Operand::Kind::Ssa, enter)) != args.end();
  }

  /// Calls `visit` once for `start` and each statement that can follow one for which it answers true.
  template <class Visit> void walk_from(uint32_t start, Visit visit) const {
    GcVector<char> seen(code_.statements.size());
    GcVector<uint32_t> work{start}, next;
    seen[start] = 1;
    while (!work.empty()) {
      uint32_t i = work.back();
      work.pop_back();
      if (!visit(code_.statements[i]))
        continue;
      next.clear();
      successors(i, next);
      for (uint32_t n : next)
        if (!seen[n]) {
          seen[n] = 1;
          work.push_back(n);
        }
    }
  }

  /// Marks slots assigned between the Enter and its Leaves.
  GcVector<char> assigned_in_region(uint32_t enter) const {
    GcVector<char> assigned(code_.slots.size());
    walk_from(enter + 1, [&](const Stmt &s) {
      if (s.dest != kNoSlot)
        assigned[s.dest] = 1;
      if (s.op == Op::NewVar)
        for (Operand o : code_.args(s))
          if (o.kind() == Operand::Kind::Slot)
            assigned[o.index()] = 1;
      return !leaves(s, enter);
    });
    return assigned;
  }

  bool reads(const Stmt &s, uint32_t slot) const {
    if (s.op == Op::NewVar)
      return false;
    Operand o(Operand::Kind::Slot, slot);
    for (Operand a : code_.args(s))
      if (a == o)
        return true;
    if (s.op != Op::ForeignCall)
      return false;
    const ForeignCall &call = code_.foreign_calls[s.target];
    return call.function == o || call.result_type == o ||
           std::find(call.argument_types.begin(), call.argument_types.end(), o) != call.argument_types.end();
  }

  bool kills(const Stmt &s, uint32_t slot) const {
    if (s.dest == slot)
      return true;
    return s.op == Op::NewVar && s.count && code_.args(s)[0] == Operand(Operand::Kind::Slot, slot);
  }

  /// Can a read of `slot` be reached from `start` without passing an assignment?
  bool is_live(uint32_t slot, uint32_t start) const {
    bool live = false;
    walk_from(start, [&](const Stmt &s) {
      live = live || reads(s, slot);
      return !live && !kills(s, slot);
    });
    return live;
  }

  void check_try(uint32_t enter, GcVector<char> &result) const {
    GcVector<char> assigned = assigned_in_region(enter);
    for (uint32_t slot = 0; slot < assigned.size(); slot++)
      if (assigned[slot] && !result[slot] && is_live(slot, code_.statements[enter].target))
        result[slot] = 1;
  }

  const CodeInfo &code_;
};

} // namespace

GcVector<char> find_memory_slots(const CodeInfo &code) {
  for (const Stmt &s : code.statements)
    if (s.op == Op::Enter)
      return TryAnalysis(code).run();
  return GcVector<char>(code.slots.size());
}

} // namespace jl::inference
