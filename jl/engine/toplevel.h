// SPDX-License-Identifier: MIT
// Evaluates top-level syntax: modules, imports and exports here, everything else through lowering.
#pragma once

#include <string>
#include <string_view>

#include "jl/lower/lower.h"
#include "jl/runtime/module.h"
#include "jl/runtime/task.h"
#include "jl/support/diagnostic.h"
#include "jl/support/source.h"
#include "jl/syntax/ast.h"
#include "jl/syntax/parse.h"

namespace jl {

/// Evaluates one top-level expression in `module`. Throws Julia exceptions, ParseError for broken syntax
/// included. What macros and lowering make of it lives in `arena`.
Value *eval_node(Task *task, Module *module, Node *node, AstArena &arena);
/// What lowering needs, with the session's own source map and arena.
LowerContext lower_context(Task *task, Module *module, DiagnosticSink *sink, AstArena &arena);
/// Gives a module its own `eval(x)` and `include(path)`, from this text of this name.
inline constexpr std::string_view kModuleFunctionsName = "none",
                                  kModuleFunctions =
                                      "eval(x) = Core.eval(@__MODULE__, x)\n"
                                      "include(path) = Core._include(@__MODULE__, nothing, path)\n"
                                      "include(f, path) = Core._include(@__MODULE__, f, path)\n";
void define_module_functions(Task *task, Module *module);
/// How an exception leaves a text: in a LoadError with the line of its statement, as from Julia's include, or
/// as it was thrown.
enum class Exceptions : uint8_t { SayWhere, AsThrown };
/// Parses `text` as the file `name` and evaluates its statements in order, or what the function `map` makes
/// of each if there is one; the value of the last.
Value *eval_text(Task *task, Module *module, std::string_view text, const std::string &name,
                 Exceptions exceptions = Exceptions::SayWhere, Value *map = nullptr);
/// Reads the file (relative to the file being included now) and evaluates it in `module`.
Value *include_file(Task *task, Module *module, std::string_view path, Value *map = nullptr);
/// A Julia error that shows what the parser found; null if there is nothing to show.
Value *parse_error_of(Task *task, const SourceMap &sources, const DiagnosticSink &sink, ParseStatus status);
/// `node` with its macros expanded. Throws what they throw, and ErrorException "syntax: ..." with what
/// expansion found wrong.
Node *expand_toplevel(Task *task, Module *module, Node *node, AstArena &arena);
/// What macroexpand gives.
Node *expand_to_plain_tree(Task *task, Module *module, Node *node, Expansion expansion);

/// A new module, made a constant of `parent`. `bare`: without Core, Base, and functions of its own.
Module *define_module(Task *task, Module *parent, Symbol name, bool bare);
/// `export` (or `public`) of names.
void use_names(Module *module, bool exported, std::span<const Symbol> names);
/// Runs lowered top-level code in the newest world.
Value *run_toplevel_code(Task *task, Module *module, CodeInfo *code);

} // namespace jl
