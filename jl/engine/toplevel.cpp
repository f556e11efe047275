// SPDX-License-Identifier: MIT
#include "jl/engine/toplevel.h"

#include <cstdio>

#include "jl/engine/dump.h"
#include "jl/engine/imports.h"
#include "jl/engine/policy.h"
#include "jl/engine/state.h"
#include "jl/lower/lower.h"
#include "jl/runtime/exceptions.h"
#include "jl/runtime/method.h"
#include "jl/runtime/strings.h"
#include "jl/runtime/values.h"
#include "jl/stored/writer.h"
#include "jl/support/trace.h"
#include "jl/syntax/parse.h"

namespace jl {

LowerContext lower_context(Task *task, Module *module, DiagnosticSink *sink, AstArena &arena) {
  return {task, module, &Engine::Impl::get().sources, &arena, sink};
}

namespace {

/// Forms that are evaluated statement by statement, since a later one may need what an earlier one defines
/// for its lowering.
bool holds_toplevel_forms(const Node *block) {
  for (Node *statement : block->args())
    if (statement->is_expr())
      switch (statement->head) {
      case Head::Module:
      case Head::Import:
      case Head::Using:
      case Head::Export:
      case Head::Public:
      case Head::TopLevel:
        return true;
      default:
        break;
      }
  return false;
}

Value *eval_statements(Task *task, Module *module, const Node *block, AstArena &arena) {
  Value *last = nothing_value();
  for (Node *statement : block->args())
    if (statement->kind != NodeKind::LineNumber)
      last = eval_node(task, module, statement, arena);
  return last;
}

bool is_module(const Node *node) {
  return node->count == 3 && node->arg(0)->kind == NodeKind::Bool && node->arg(1)->is_identifier() &&
         node->arg(2)->is_expr(Head::Block);
}

void name_names(Task *task, Module *module, const Node *node) {
  for (Node *name : node->args())
    if (!name->is_identifier())
      throw_malformed(task, node);
  GcVector<Symbol> names;
  for (Node *name : node->args())
    names.push_back(name->symbol());
  use_names(module, node->head == Head::Export, names);
  if (stored::Writer *writer = Engine::Impl::get().library_writer)
    writer->add_names(module, node->head == Head::Export, names);
}

Value *eval_module(Task *task, Module *parent, const Node *node, AstArena &arena) {
  if (!is_module(node))
    throw_malformed(task, node);
  bool bare = !node->arg(0)->boolean();
  Symbol name = node->arg(1)->symbol();
  Module *module = define_module(task, parent, name, bare);
  if (stored::Writer *writer = Engine::Impl::get().library_writer)
    writer->add_module(parent, name, bare);
  if (!bare)
    define_module_functions(task, module);
  eval_statements(task, module, node->arg(2), arena);
  if (Value *init = own_global(module, Symbol::intern("__init__")))
    if (Engine::Impl::get().base_loaded)
      apply_latest(task, init, nullptr, 0);
  return module;
}

void throw_syntax_error(Task *task, const Node *node) {
  std::string message = node->count && node->arg(0)->kind == NodeKind::String
                            ? std::string(node->arg(0)->string())
                            : std::string("invalid syntax");
  throw_error(task, "syntax: " + std::move(message));
}

void print_warnings(const SourceMap &sources, const DiagnosticSink &sink) {
  for (const Diagnostic &warning : sink.diagnostics()) {
    SourceLocation place = sources.locate(warning.range.begin);
    std::fprintf(stderr, "┌ Warning: %s\n└ @ %s:%u\n", warning.message.c_str(),
                 std::string(place.file_name()).c_str(), unsigned(place.line));
  }
}

struct LoweredThunk {
  CodeInfo *code = nullptr;
  CodeInfo *prelude = nullptr;
  String *error = nullptr;
};

/// What lowering reported, as the message of an ErrorException; null if nothing.
String *lowering_error(Task *task, const DiagnosticSink &sink) {
  return sink.has_errors() ? new_string(task, "syntax: " + first_error(sink)) : nullptr;
}

/// Returns errors instead of throwing them: no C++ object of lowering is alive when they are thrown.
LoweredThunk lower_thunk(Task *task, Module *module, Node *node, AstArena &arena) {
  TraceSpan span("lower", [] { return std::string("top-level scope"); }, Engine::Impl::get().base_loaded);
  DiagnosticSink sink;
  LowerContext context = lower_context(task, module, &sink, arena);
  // The library's bodies are known to be sound; a program's faults show where they are defined.
  MethodBodies bodies = Engine::Impl::get().base_loaded ? MethodBodies::Now : MethodBodies::OnFirstUse;
  LoweredThunk thunk;
  thunk.code = lower_toplevel(context, node, bodies, &thunk.prelude);
  thunk.error = lowering_error(task, sink);
  if (!thunk.error)
    print_warnings(*context.sources, sink);
  return thunk;
}

Node *expand_reporting(Task *task, Module *module, Node *node, AstArena &arena, String *&error) {
  DiagnosticSink sink;
  LowerContext context = lower_context(task, module, &sink, arena);
  Node *expanded = expand_macros(context, node);
  error = lowering_error(task, sink);
  return expanded;
}

/// Code that evaluates further texts or expressions is not stored: they are.
Value *run_and_store(Task *task, Module *module, CodeInfo *code) {
  stored::Writer *writer = Engine::Impl::get().library_writer;
  size_t before = writer ? writer->steps() : 0;
  Value *value = run_toplevel_code(task, module, code);
  if (writer && writer->steps() == before)
    writer->add_thunk(module, code);
  return value;
}

Value *run_lowered(Task *task, Module *module, Node *node, AstArena &arena) {
  auto [code, prelude, error] = lower_thunk(task, module, node, arena);
  if (error)
    throw_error(task, error->view());
  bool shown = wants_dump("lowered") && Engine::Impl::get().base_loaded && !is_library_module(module);
  for (CodeInfo *thunk : {prelude, code})
    if (thunk && shown)
      dump_lowered(task, *thunk);
  if (prelude)
    run_and_store(task, module, prelude);
  return run_and_store(task, module, code);
}

} // namespace

Module *define_module(Task *task, Module *parent, Symbol name, bool bare) {
  Module *module = new_module(name, is_standard_library_root(parent, name) ? nullptr : parent, !bare, !bare);
  set_module(task, get_binding_for_write(task, parent, name), module);
  return module;
}

void use_names(Module *module, bool exported, std::span<const Symbol> names) {
  for (Symbol name : names)
    exported ? export_name(module, name) : public_name(module, name);
}

Value *run_toplevel_code(Task *task, Module *module, CodeInfo *code) {
  task->world = current_world();
  return run_thunk(task, new_thunk_instance(module, code));
}

Node *expand_toplevel(Task *task, Module *module, Node *node, AstArena &arena) {
  String *error = nullptr;
  Node *expanded = expand_reporting(task, module, node, arena, error);
  if (error)
    throw_error(task, error->view());
  return expanded;
}

Node *expand_to_plain_tree(Task *task, Module *module, Node *node, Expansion expansion) {
  DiagnosticSink sink;
  LowerContext context = lower_context(task, module, &sink, syntax_arena());
  return expand_to_plain_tree(context, node, expansion);
}

void define_module_functions(Task *task, Module *module) {
  SourceMap &sources = Engine::Impl::get().sources;
  static const FileId file = sources.add_static(std::string(kModuleFunctionsName), kModuleFunctions);
  DiagnosticSink sink;
  eval_node(task, module, parse_all(sources, file, syntax_arena(), sink), syntax_arena());
}

Value *eval_node(Task *task, Module *module, Node *node, AstArena &arena) {
  if (!node->is_expr())
    return run_lowered(task, module, node, arena);
  switch (node->head) {
  case Head::TopLevel:
    return eval_statements(task, module, node, arena);
  case Head::Block:
    if (holds_toplevel_forms(node))
      return eval_statements(task, module, node, arena);
    return run_lowered(task, module, node, arena);
  case Head::MacroCall: {
    Node *expanded = expand_toplevel(task, module, node, arena);
    return expanded->is_expr(Head::MacroCall) ? run_lowered(task, module, expanded, arena)
                                              : eval_node(task, module, expanded, arena);
  }
  case Head::Module:
    return eval_module(task, module, node, arena);
  case Head::Import:
  case Head::Using:
    eval_import(task, module, node);
    if (stored::Writer *writer = Engine::Impl::get().library_writer)
      writer->add_import(module, node);
    return nothing_value();
  case Head::Export:
  case Head::Public:
    return name_names(task, module, node), nothing_value();
  case Head::Error:
  case Head::Incomplete:
    throw_syntax_error(task, node);
    return nothing_value();
  default:
    return run_lowered(task, module, node, arena);
  }
}

} // namespace jl
