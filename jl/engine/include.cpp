// SPDX-License-Identifier: MIT
// Evaluating whole texts: files, standard input, -e, include.

#include <cerrno>
#include <filesystem>
#include <string>
#include <utility>

#include "jl/engine/base_files.h"
#include "jl/engine/dump.h"
#include "jl/engine/policy.h"
#include "jl/engine/source_text.h"
#include "jl/engine/state.h"
#include "jl/engine/toplevel.h"
#include "jl/lower/macros.h"
#include "jl/runtime/exceptions.h"
#include "jl/runtime/method.h"
#include "jl/runtime/strings.h"
#include "jl/runtime/symbols.h"
#include "jl/runtime/throw.h"
#include "jl/runtime/values.h"
#include "jl/support/diagnostic.h"
#include "jl/support/trace.h"
#include "jl/syntax/parse.h"

namespace jl {

namespace {

/// The text that `task` evaluates; "" when none.
std::string_view current_file(const Task *task) {
  return task->source_file ? task->source_file->view() : "";
}

Value *load_error(Task *task, const std::string &file, int64_t line, Value *error) {
  Value *fields[] = {new_string(task, file), box_int64(task, line), error};
  return new_struct(task, types::LoadError, fields, 3);
}

/// Base.Meta.ParseError, or an ErrorException before Base has it.
Value *parse_error(Task *task, const std::string &text, ParseStatus status) {
  Value *detail = status == ParseStatus::Incomplete ? symbol_value("incomplete") : nothing_value();
  Value *fields[] = {new_string(task, text), detail};
  Value *type =
      Engine::Impl::get().base_loaded ? global_value(modules::Base, Symbol::intern("ParseError")) : nullptr;
  return new_struct(task, type ? static_cast<DataType *>(type) : types::ErrorException, fields, type ? 2 : 1);
}

[[noreturn]] void throw_cannot_open(Task *task, const std::string &name, int error) {
  Value *type = global_value(modules::Base, Symbol::intern("SystemError"));
  String *what = new_string(task, "opening file \"" + name + "\"");
  if (!type)
    throw_error(task, what->view());
  Value *fields[] = {what, box_int64(task, error), nothing_value()};
  throw_value(task, new_struct(task, static_cast<DataType *>(type), fields, 3));
}

/// The library's own files are in the executable.
const BaseFile *library_file(Task *task, std::string_view path) {
  return current_file(task).starts_with("./") && !Engine::Impl::get().base_loaded ? find_base_file(path)
                                                                                  : nullptr;
}

/// Is one of the LoadErrors around the cause already of this place? Not counting the innermost: a macro's
/// LoadError and that of the statement which calls it are of one place.
bool says(Task *task, Value *error, const std::string &file, int64_t line) {
  while (type_of(error) == types::LoadError) {
    Value *inner = get_field(task, error, 2);
    if (type_of(inner) == types::LoadError && unbox_int64(get_field(task, error, 1)) == line &&
        static_cast<String *>(get_field(task, error, 0))->view() == file)
      return true;
    error = inner;
  }
  return false;
}

/// What the function `map` makes of a statement.
Node *mapped(Task *task, Value *map, const Node *statement) {
  Value *tree = node_to_value(task, statement, Engine::Impl::get().sources);
  return value_to_node(syntax_arena(), apply(task, map, &tree, 1), statement->range);
}

/// Evaluates one statement; an exception leaves wrapped in LoadError(file, line, exception).
Value *eval_statement(Task *task, Module *module, Node *statement, const std::string &name, int64_t line,
                      Value *map = nullptr) {
  Handler handler;
  if (TRY_ENTER(task, handler)) {
    if (map)
      statement = mapped(task, map, statement);
    Value *value = eval_node(task, module, statement, syntax_arena());
    handler_leave(task, &handler);
    return value;
  }
  Value *error = current_exception(task);
  if (says(task, error, name, line)) // files that include each other: each place is said once
    rethrow_current(task);
  rethrow_as(task, load_error(task, name, line, error));
}

std::string directory_of(std::string_view path) {
  size_t slash = path.rfind('/');
  return std::string(slash == std::string_view::npos ? "" : path.substr(0, slash + 1));
}

/// Relative to the file being evaluated; texts that are no files (-e, standard input) have the working
/// directory.
std::string absolute_path(Task *task, std::string_view path) {
  std::error_code ignored;
  std::filesystem::path name = std::filesystem::path(directory_of(current_file(task))) / path;
  return std::filesystem::absolute(name, ignored).lexically_normal().string();
}

/// The statements of a text in order; the value of the last.
Value *eval_program(Task *task, Module *module, Node *program, const std::string &name, Exceptions exceptions,
                    Value *map) {
  Value *last = nothing_value();
  int64_t line = 1;
  bool base_loaded = Engine::Impl::get().base_loaded; // Base is one span as a whole
  for (Node *statement : program->args()) {
    if (statement->kind == NodeKind::LineNumber) {
      line = statement->line();
      continue;
    }
    TraceSpan span("run", [&] { return name + ":" + std::to_string(line); }, base_loaded);
    if (exceptions == Exceptions::SayWhere)
      last = eval_statement(task, module, statement, name, line, map);
    else
      last = eval_node(task, module, statement, syntax_arena());
  }
  return last;
}

/// A definition of a function without macros around it: evaluating it needs nothing but types, lowering it
/// nothing at all.
bool only_defines_function(const Node *statement) {
  return is_function_definition(statement) && !statement->is_expr(Head::Macro) &&
         !statement->is_expr(Head::Arrow);
}

/// The library's functions come in long rows. One thunk for a row costs much less than one for each.
Value *eval_library(Task *task, Module *module, Node *program, const std::string &name) {
  constexpr size_t kMost = 100;
  std::span<Node *const> statements = program->args();
  int64_t line = 1;
  for (size_t i = 0; i < statements.size();) {
    if (statements[i]->kind == NodeKind::LineNumber) {
      line = statements[i++]->line();
      continue;
    }
    size_t end = i;
    while (end < statements.size() && end - i < kMost &&
           (statements[end]->kind == NodeKind::LineNumber || only_defines_function(statements[end])))
      end++;
    Node *row = end > i + 1
                    ? syntax_arena().expr(Head::Block, statements.subspan(i, end - i), statements[i]->range)
                    : statements[i];
    eval_statement(task, module, row, name, line);
    i = std::max(end, i + 1);
  }
  return nothing_value();
}

} // namespace

Value *parse_error_of(Task *task, const SourceMap &sources, const DiagnosticSink &sink, ParseStatus status) {
  return sink.has_errors() ? parse_error(task, render(sources, sink), status) : nullptr;
}

/// The text joins those that positions may name. Their number is 32 bits wide.
static FileId add_source(Task *task, const std::string &name, std::string_view text) {
  bool fits = true;
  FileId file = Engine::Impl::get().sources.add(name, std::string(text), 1, &fits);
  if (!fits)
    throw_error(task, "no room for more program text: 4 GiB of it have been read");
  return file;
}

/// More than any program needs: files that include each other are told long before the stack ends.
constexpr unsigned kMaxNestedTexts = 1000;

Value *eval_text(Task *task, Module *module, std::string_view text, const std::string &name,
                 Exceptions exceptions, Value *map) {
  if (task->nested_texts == kMaxNestedTexts)
    throw_stack_overflow();
  SourceMap &sources = Engine::Impl::get().sources;
  DiagnosticSink sink;
  FileId file = add_source(task, name, text);
  Node *program;
  {
    TraceSpan span("parse", [&] { return name; });
    program = parse_all(sources, file, syntax_arena(), sink);
  }
  if (wants_dump("ast") && !is_library_module(module))
    dump_tree(program);
  if (Value *error = parse_error_of(task, sources, sink, status_of(program)))
    throw_value(task, error);

  String *previous = std::exchange(task->source_file, new_string(task, name));
  task->nested_texts++;
  Handler handler;
  if (TRY_ENTER(task, handler)) {
    bool library = !Engine::Impl::get().base_loaded;
    Value *last = library ? eval_library(task, module, program, name)
                          : eval_program(task, module, program, name, exceptions, map);
    handler_leave(task, &handler);
    task->nested_texts--;
    task->source_file = previous;
    return last;
  }
  task->nested_texts--;
  task->source_file = previous;
  rethrow_current(task);
}

Value *include_file(Task *task, Module *module, std::string_view path, Value *map) {
  if (const BaseFile *file = library_file(task, path))
    return eval_text(task, module, file->text, "./" + std::string(path));
  std::string name = absolute_path(task, path), text;
  if (int error = read_source(name, text))
    throw_cannot_open(task, name, error);
  return eval_text(task, module, text, name, Exceptions::SayWhere, map);
}

} // namespace jl
