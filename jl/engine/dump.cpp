// SPDX-License-Identifier: MIT
#include "jl/engine/dump.h"

#include <cstdio>
#include <cstring>
#include <utility>

#include "jl/engine/source_text.h"
#include "jl/engine/state.h"
#include "jl/infer/typed.h"
#include "jl/syntax/parse.h"
#include "jl/syntax/print.h"

namespace jl {

namespace {

void print_definitions(Task *task, const CodeInfo &code) {
  for (const Definition &definition : code.definitions)
    if (definition.kind == Definition::Kind::Method) {
      const CodeInfo *body = method_source(task, definition.method_template);
      std::printf("method %s\n%s\n", std::string(definition.method_template->name.text()).c_str(),
                  print_lowered(*body).c_str());
    }
}

} // namespace

std::string title_of(const MethodInstance *instance) {
  return instance->def ? signature_to_string(instance->spec_types) : "top-level scope";
}

std::string title_of(const CodeInstance *code) { return title_of(code->def); }

bool wants_dump(std::string_view stage) {
  for (const std::string &wanted : Engine::Impl::get().options.dumps)
    if (wanted == stage)
      return true;
  return false;
}

void dump_tree(const Node *program) {
  for (const Node *statement : program->args())
    if (statement->kind != NodeKind::LineNumber)
      std::printf("%s\n", print_sexpr(statement, Lines::Hide).c_str());
  std::fflush(stdout);
}

void dump_lowered(Task *task, const CodeInfo &thunk) {
  std::printf("thunk\n%s\n", print_lowered(thunk).c_str());
  print_definitions(task, thunk);
  std::fflush(stdout);
}

void dump_typed(const CodeInstance *code) {
  std::printf("typed %s\n%s\n", title_of(code).c_str(), print_typed(*code->inferred).c_str());
  std::fflush(stdout);
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
  std::fputs(render(sources, sink).c_str(), stderr);
  return sink.has_errors();
}

} // namespace jl
