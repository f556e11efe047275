// SPDX-License-Identifier: MIT
// `--dump=STAGE`: what each stage made of the user's program, on standard output. Later stages than these are
// printed by the compiler half.
#pragma once

#include <string>
#include <string_view>

#include "jl/lower/lowered.h"
#include "jl/syntax/ast.h"

namespace jl {

/// `foo(::Int64)`, or "top-level scope": what dumps and messages call a piece of code.
std::string title_of(const MethodInstance *instance);
std::string title_of(const CodeInstance *code);
bool wants_dump(std::string_view stage);
/// A whole text, before it is evaluated, one statement a line.
void dump_tree(const Node *program);
/// A thunk, before it runs, and the bodies of the methods it defines.
void dump_lowered(Task *task, const CodeInfo &thunk);
/// Inferred code, before it is compiled.
void dump_typed(const CodeInstance *code);

} // namespace jl
