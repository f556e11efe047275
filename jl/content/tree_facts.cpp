// SPDX-License-Identifier: MIT
#include "jl/content/tree_facts.h"

#include "jl/runtime/module.h"
#include "jl/runtime/types.h"

namespace jl::content {

const char *TreeFacts::look(const RecordTree::Lookup &said, Lookup &out) {
  Value *signature = thing(said.signature);
  if (!signature || !is_type(signature))
    return "a type in a lookup";
  Answer answer = state_.list(signature, around_.world);
  if (answer.hash != *said.list)
    answer = state_.answer(signature, around_.world);
  if (answer.hash != *said.answer && answer.hash != *said.list)
    return "the methods of a call";
  out.signature = signature;
  out.min_world = answer.min_world;
  out.max_world = answer.max_world;
  return nullptr;
}

const char *TreeFacts::look(const RecordTree::Global &said, Global &out) {
  Value *module = thing(said.module);
  if (!module || type_of(module) != types::Module_)
    return "a module";
  BindingState state =
      state_.binding(static_cast<Module *>(module), Symbol::intern(said.name), around_.world);
  if (state.hash != *said.state)
    return "a global";
  out.binding = state.binding;
  out.is_settled = state.binding->is_const && state.binding->value.load();
  return nullptr;
}

} // namespace jl::content
