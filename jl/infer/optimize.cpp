// SPDX-License-Identifier: MIT
#include "jl/infer/optimize.h"

#include "jl/infer/stats.h"

namespace jl::inference {

namespace {
constexpr int kMaxRounds = 6; // of the passes that make work for one another; two or three are usual
}

void optimize(Task *task, Frame &frame) {
  IR &ir = *frame.ir;
  resolve_calls(frame, ir);
  expand_union_splits(frame, ir);
  inline_calls(frame, ir);
  for (int round = 0; round < kMaxRounds; round++) {
    bool changed = fold(task, ir);
    changed |= replace_aggregates(task, ir);
    changed |= simplify_cfg(ir);
    changed |= remove_dead(ir);
    changed |= thread_jumps(ir);
    changed |= replace_mutables(ir);
    changed |= number_values(ir);
    if (!changed)
      break;
  }
  remove_dead(ir);
  simplify_cfg(ir);
  sweep(ir);
  count_inferred();
}

} // namespace jl::inference
