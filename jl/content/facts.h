// SPDX-License-Identifier: MIT
// What a finding of inference rests on, as hashes that can be computed again in another session.
#pragma once

#include "jl/content/describe.h"
#include "jl/infer/frame.h"

namespace jl::content {

/// What find_methods answers: the methods by content, in order, and what else inference asks about them.
struct Answer {
  std::optional<Hash> hash;
  uint64_t min_world = 0, max_world = kWorldMax;
};
Answer lookup_answer(Value *signature, uint64_t world);

/// All methods that the lookup chose from: where they are the same as once, so is the answer. A lookup in a
/// list takes much longer than knowing that it is the same.
Answer lookup_list(Value *signature, uint64_t world);

/// What a name means in a module: which binding, and its constant value (with all that can never change in
/// it) or its declared type.
struct BindingState {
  std::optional<Hash> hash;
  Binding *binding = nullptr;
};
BindingState binding_state(Module *module, Symbol name, uint64_t world);

/// Everything that callers' inference may have used of a callee's.
std::optional<Hash> finding_of(const CodeInstance *code, const Hash &typed_key);

} // namespace jl::content
