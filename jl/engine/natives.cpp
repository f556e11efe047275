// SPDX-License-Identifier: MIT
#include "jl/engine/natives.h"

#include "jl/engine/state.h"
#include "jl/engine/toplevel.h"
#include "jl/lower/lower.h"
#include "jl/runtime/arrays.h"
#include "jl/runtime/exceptions.h"
#include "jl/runtime/method.h"
#include "jl/runtime/module.h"
#include "jl/runtime/strings.h"
#include "jl/runtime/symbols.h"
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

Node *to_node(Value *v) { return value_to_node(syntax_arena(), v, Range{}); }

} // namespace

Value *native_eval(Task *task, Value *, Value **args, uint32_t) {
  Module *module = module_argument(task, args[0], "eval");
  uint64_t world = task->world;
  Value *result = eval_node(task, module, to_node(args[1]));
  task->world = world;
  return result;
}

Value *native_include(Task *task, Value *, Value **args, uint32_t) {
  Module *module = module_argument(task, args[0], "include");
  uint64_t world = task->world;
  Value *result = include_file(task, module, string_argument(task, args[1], "include"));
  task->world = world;
  return result;
}

Value *native_include_string(Task *task, Value *, Value **args, uint32_t) {
  Module *module = module_argument(task, args[0], "include_string");
  uint64_t world = task->world;
  Value *result = eval_text(task, module, string_argument(task, args[1], "include_string"),
                            std::string(string_argument(task, args[2], "include_string")));
  task->world = world;
  return result;
}

Value *native_parse(Task *task, Value *, Value **args, uint32_t) {
  SourceMap &sources = Engine::Impl::get().sources;
  std::string_view text = string_argument(task, args[0], "parse");
  FileId file = sources.add("none", std::string(text));
  DiagnosticSink sink;
  ParseOne parsed = parse_one(sources, file, uint32_t(unbox_int64(args[1]) - 1),
                              args[2] == true_value() ? Greedy::Yes : Greedy::No, syntax_arena(), sink);
  throw_parse_errors(task, sources, sink);
  Value *fields[] = {parsed.node ? node_to_value(task, parsed.node, sources) : nothing_value(),
                     box_int64(task, int64_t(parsed.next) + 1)};
  return make_tuple(task, fields, 2);
}

Value *native_parse_all(Task *task, Value *, Value **args, uint32_t) {
  SourceMap &sources = Engine::Impl::get().sources;
  FileId file = sources.add(std::string(string_argument(task, args[1], "parseall")),
                            std::string(string_argument(task, args[0], "parseall")));
  DiagnosticSink sink;
  Node *program = parse_all(sources, file, syntax_arena(), sink);
  throw_parse_errors(task, sources, sink);
  return node_to_value(task, program, sources);
}

Value *native_macroexpand(Task *task, Value *, Value **args, uint32_t) {
  DiagnosticSink sink;
  SourceMap &sources = Engine::Impl::get().sources;
  LowerContext context{task, module_argument(task, args[0], "macroexpand"), &sources, &syntax_arena(), &sink};
  Node *expanded = expand_macros(context, to_node(args[1]));
  throw_lowering_errors(task, sink);
  return node_to_value(task, expanded, sources);
}

Value *native_lower(Task *task, Value *, Value **args, uint32_t) {
  DiagnosticSink sink;
  SourceMap &sources = Engine::Impl::get().sources;
  LowerContext context{task, module_argument(task, args[0], "lower"), &sources, &syntax_arena(), &sink};
  CodeInfo *code = lower_toplevel(context, to_node(args[1]), MethodBodies::Now);
  if (!sink.has_errors())
    return code ? code : nothing_value();
  return new_expr(task, "error", {new_string(task, first_error(sink))});
}

Value *native_unparse(Task *task, Value *, Value **args, uint32_t) {
  return new_string(task, unparse(to_node(args[0])));
}

Value *native_sexpr(Task *task, Value *, Value **args, uint32_t) { return new_string(task, print_sexpr(to_node(args[0]))); }

Value *native_world(Task *task, Value *, Value **, uint32_t) { return box_uint64(task, current_world()); }

Value *native_current_file(Task *task, Value *, Value **, uint32_t) { return new_string(task, current_file()); }

/// Checks the number of arguments before it calls the native function.
template <auto Function, uint32_t Arity> Value *checked(Task *task, Value *f, Value **args, uint32_t n) {
  if (n != Arity)
    throw_method_error(task, f, args, n, task->world);
  return Function(task, f, args, n);
}

void define_natives() {
#define NATIVE(cpp, name, n)                                                                                      \
  set_const(current_task(), get_binding_for_write(current_task(), modules::Core, Symbol::intern(name)),                 \
            new_builtin_function(modules::Core, Symbol::intern(name), checked<native_##cpp, n>));
#include "jl/engine/natives.def"
}

} // namespace jl
