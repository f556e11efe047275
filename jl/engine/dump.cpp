// SPDX-License-Identifier: MIT
#include "jl/engine/dump.h"

#include <cstdio>
#include <cstring>
#include <utility>

#include "jl/engine/source_text.h"
#include "jl/engine/state.h"
#include "jl/infer/typed.h"
#include "jl/runtime/io.h"
#include "jl/syntax/parse.h"
#include "jl/syntax/print.h"

namespace jl {

namespace {

void print_definitions(Task *task, const CodeInfo &code) {
  for (const Definition &definition : code.definitions)
    if (definition.kind == Definition::Kind::Method) {
      const CodeInfo *body = method_source(task, definition.method_template);
      write_fd(1, "method " + std::string(definition.method_template->name.text()) + "\n" +
                      print_lowered(*body) + "\n");
    }
}

} // namespace

std::string title_of(const MethodInstance *instance) {
  return instance->def ? signature_to_string(instance->spec_types) : "top-level scope";
}

std::string title_of(const CodeInstance *code) {
  return title_of(code->def);
}

bool wants_dump(std::string_view stage) {
  for (const std::string &wanted : Engine::Impl::get().options.dumps)
    if (wanted == stage)
      return true;
  return false;
}

void dump_tree(const Node *program) {
  for (const Node *statement : program->args())
    if (statement->kind != NodeKind::LineNumber)
      write_fd(1, print_sexpr(statement, Lines::Hide) + "\n");
}

void dump_lowered(Task *task, const CodeInfo &thunk) {
  write_fd(1, "thunk\n" + print_lowered(thunk) + "\n");
  print_definitions(task, thunk);
}

void dump_typed(const CodeInstance *code) {
  write_fd(1, "typed " + title_of(code) + "\n" + print_typed(*code->inferred) + "\n");
}

int dump_ast(const std::string &path) {
  std::string text;
  if (int error = read_source(path, text)) {
    std::fprintf(stderr, "lig: %s cannot be read: %s\n", path.c_str(), std::strerror(error));
    return 1;
  }
  return dump_ast_of(path == "-" ? "stdin" : path, std::move(text));
}

int dump_ast_of(const std::string &name, std::string text) {
  SourceMap sources;
  DiagnosticSink sink;
  AstArena arena;
  FileId file = sources.add(name, std::move(text));
  dump_tree(parse_all(sources, file, arena, sink));
  write_fd(2, render(sources, sink));
  return sink.has_errors();
}

} // namespace jl
