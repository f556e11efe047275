// SPDX-License-Identifier: MIT
// libFuzzer target: no text may crash the parser or the printers, or keep them busy for long; a text that
// parses must, unparsed, give a text that parses.
#include "jl/syntax/parse.h"
#include "jl/syntax/print.h"

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>

using namespace jl;

namespace {

void check(bool ok, const char *what, const std::string &text) {
  if (ok)
    return;
  fprintf(stderr, "%s:\n%s\n", what, text.c_str());
  abort();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  std::string text(reinterpret_cast<const char *>(data), size);
  SourceMap sources;
  AstArena arena;
  DiagnosticSink sink;
  Node *top = parse_all(sources, sources.add("fuzz", text), arena, sink);
  std::string tree = print_sexpr(top, Lines::Show, SexprLayout::Indented);
  std::string source = unparse(top, Lines::Hide);
  check(sink.has_errors() ==
            (status_of(top) == ParseStatus::Error || status_of(top) == ParseStatus::Incomplete),
        "errors and tree disagree", text);
  render(sources, sink);
  // Statement by statement, as Meta.parse does; it must come to the end.
  FileId file = sources.add("one", text);
  for (uint32_t at = 0;;) {
    DiagnosticSink ignored;
    ParseOne one = parse_one(sources, file, at, Greedy::Yes, arena, ignored);
    if (one.status != ParseStatus::Ok)
      break;
    check(one.next > at, "parse_one does not move on", text);
    at = one.next;
  }
  return 0;
}
