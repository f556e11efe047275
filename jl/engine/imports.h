// SPDX-License-Identifier: MIT
// `import` and `using`: finding the module that a path names, and binding names from it.
#pragma once

#include "jl/runtime/module.h"
#include "jl/runtime/task.h"
#include "jl/syntax/ast.h"

namespace jl {

void eval_import(Task *task, Module *into, const Node *node);
/// Is `name`, defined in `parent`, the root module of a standard library being loaded?
bool is_standard_library_root(Module *parent, Symbol name);

} // namespace jl
