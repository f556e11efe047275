// SPDX-License-Identifier: MIT
#include "jl/engine/natives.h"

#include "jl/engine/source_text.h"
#include "jl/engine/state.h"
#include "jl/engine/toplevel.h"
#include "jl/lower/lower.h"
#include "jl/runtime/allocated.h"
#include "jl/runtime/exceptions.h"
#include "jl/runtime/method.h"
#include "jl/runtime/module.h"
#include "jl/runtime/strings.h"
#include "jl/runtime/values.h"
#include "jl/syntax/parse.h"
#include "jl/syntax/print.h"

namespace jl {

namespace {

Module *module_argument(Task *task, Value *v, std::string_view function) {
  if (type_of(v) != types::Module_)
    throw_type_error(task, function, types::Module_, v);
  return static_cast<Module *>(v);
}

std::string_view string_argument(Task *task, Value *v, std::string_view function) {
  if (type_of(v) != types::String_)
    throw_type_error(task, function, types::String_, v);
  return static_cast<String *>(v)->view();
}

Node *to_node(Value *v) {
  return value_to_node(syntax_arena(), v, Range{});
}

Value *mapping(Value *argument) {
  return argument == nothing_value() ? nullptr : argument;
}

/// Top-level code runs in the newest world; the caller goes on in its own.
template <class Body> Value *keeping_world(Task *task, Body body) {
  uint64_t world = task->world;
  Value *result = body();
  task->world = world;
  return result;
}

/// What `parse` makes of `text`, as values. Source map and tree end here: a program may parse as often as it
/// likes.
template <class Parse>
Value *parse_apart(Task *task, std::string_view name, std::string_view text, Parse parse) {
  if (text.size() > kMaxSourceBytes)
    throw_argument_error(task, "the text to parse is too long");
  Value *tree = nothing_value(), *error = nullptr;
  {
    SourceMap sources;
    AstArena arena;
    DiagnosticSink sink;
    FileId file = sources.add(std::string(name), std::string(text));
    Node *node = parse(sources, file, arena, sink);
    error = parse_error_of(task, sources, sink, node ? status_of(node) : ParseStatus::Empty);
    if (node && !error)
      tree = node_to_value(task, node, sources);
  }
  if (error)
    throw_value(task, error);
  return tree;
}

} // namespace

Value *native_include(Task *task, Value *, Value **args, uint32_t) {
  Module *module = module_argument(task, args[0], "include");
  std::string_view path = string_argument(task, args[2], "include");
  return keeping_world(task, [&] { return include_file(task, module, path, mapping(args[1])); });
}

Value *native_include_string(Task *task, Value *, Value **args, uint32_t) {
  Module *module = module_argument(task, args[0], "include_string");
  std::string_view text = string_argument(task, args[2], "include_string");
  std::string_view name = string_argument(task, args[3], "include_string");
  return keeping_world(task, [&] {
    return eval_text(task, module, text, std::string(name), Exceptions::SayWhere, mapping(args[1]));
  });
}

Value *native_parse(Task *task, Value *, Value **args, uint32_t) {
  std::string_view text = string_argument(task, args[0], "parse");
  uint32_t start = uint32_t(unbox_int64(args[1]) - 1);
  Greedy greedy = args[2] == true_value() ? Greedy::Yes : Greedy::No;
  int64_t next = 0;
  auto parse = [&](SourceMap &sources, FileId file, AstArena &arena, DiagnosticSink &sink) {
    ParseOne parsed = parse_one(sources, file, start, greedy, arena, sink);
    next = int64_t(parsed.next) + 1;
    return parsed.node;
  };
  Value *tree = parse_apart(task, "none", text, parse);
  return make_tuple(task, {tree, box_int64(task, next)});
}

Value *native_parse_all(Task *task, Value *, Value **args, uint32_t) {
  std::string_view text = string_argument(task, args[0], "parseall");
  return parse_apart(task, string_argument(task, args[1], "parseall"), text, parse_all);
}

Value *native_macroexpand(Task *task, Value *, Value **args, uint32_t) {
  Module *module = module_argument(task, args[0], "macroexpand");
  Expansion expansion = args[2] == true_value() ? Expansion::Whole : Expansion::Once;
  Node *expanded = expand_to_plain_tree(task, module, to_node(args[1]), expansion);
  return node_to_value(task, expanded, Engine::Impl::get().sources);
}

Value *native_lower(Task *task, Value *, Value **args, uint32_t) {
  DiagnosticSink sink;
  LowerContext context = lower_context(task, module_argument(task, args[0], "lower"), &sink, syntax_arena());
  CodeInfo *code = lower_toplevel(context, to_node(args[1]), MethodBodies::Now);
  if (!sink.has_errors())
    return code ? code : nothing_value();
  return new_expr(task, "error", {new_string(task, first_error(sink))});
}

Value *native_unparse(Task *task, Value *, Value **args, uint32_t) {
  return new_string(task, unparse(to_node(args[0])));
}

Value *native_sexpr(Task *task, Value *, Value **args, uint32_t) {
  return new_string(task, print_sexpr(to_node(args[0])));
}

Value *native_world(Task *task, Value *, Value **, uint32_t) {
  return box_uint64(task, current_world());
}

static int64_t allocated_now(Task *task, Value *in_bytes) {
  Allocated sum = allocated(task);
  return in_bytes == true_value() ? sum.bytes : sum.blocks;
}

// The box comes first, so that it is not among what is counted.
Value *native_allocation_mark(Task *task, Value *, Value **args, uint32_t) {
  Value *mark = alloc_object(task, types::Int64);
  *reinterpret_cast<int64_t *>(mark) = allocated_now(task, args[0]);
  return mark;
}

Value *native_allocations_since(Task *task, Value *, Value **args, uint32_t) {
  int64_t now = allocated_now(task, args[1]);
  return box_int64(task, now - unbox_int64(args[0]));
}

/// Checks the number of arguments before it calls the native function.
template <auto Function, uint32_t Arity> Value *checked(Task *task, Value *f, Value **args, uint32_t n) {
  if (n != Arity)
    throw_method_error(task, f, args, n, task->world);
  return Function(task, f, args, n);
}

void define_natives() {
#define NATIVE(cpp, name, n)                                                                                 \
  set_const(current_task(), get_binding_for_write(current_task(), modules::Core, Symbol::intern(name)),      \
            new_builtin_function(modules::Core, Symbol::intern(name), checked<native_##cpp, n>));
#include "jl/engine/natives.def"
#undef NATIVE
}

} // namespace jl
