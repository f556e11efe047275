// SPDX-License-Identifier: MIT
#include "jl/infer/optimize.h"

#include <cassert>

#include "jl/infer/stats.h"

namespace jl::inference {

namespace {
constexpr int kMaxRounds = 6; // of the passes that make work for one another; two or three are usual
}

void optimize(Task *task, Frame &frame) {
  IR &ir = *frame.ir;
  resolve_calls(frame, ir);
  assert(verify_ir(ir, "resolving calls"));
  expand_union_splits(ir);
  assert(verify_ir(ir, "splitting unions"));
  inline_calls(frame, ir);
  assert(verify_ir(ir, "inlining"));
  for (int round = 0; round < kMaxRounds; round++) {
    bool changed = fold(task, ir);
    assert(verify_ir(ir, "folding"));
    changed |= replace_aggregates(task, ir);
    assert(verify_ir(ir, "replacing aggregates"));
    changed |= simplify_cfg(ir);
    assert(verify_ir(ir, "simplifying control flow"));
    changed |= remove_dead(ir);
    changed |= thread_jumps(ir);
    assert(verify_ir(ir, "threading jumps"));
    changed |= replace_mutables(ir);
    assert(verify_ir(ir, "replacing mutable objects"));
    changed |= number_values(ir);
    assert(verify_ir(ir, "numbering values"));
    if (!changed)
      break;
  }
  remove_dead(ir);
  simplify_cfg(ir);
  sweep(ir);
  assert(verify_ir(ir, "optimising"));
  count_inferred();
}

} // namespace jl::inference
