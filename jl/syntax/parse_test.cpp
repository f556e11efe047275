// SPDX-License-Identifier: MIT
// What the tables in test/parse/cases cannot say: the entry points, ranges, hostile texts.
#include "jl/syntax/parse.h"
#include "jl/syntax/print.h"

#include <gtest/gtest.h>

namespace jl {
namespace {

struct Parsed {
  SourceMap sources;
  AstArena arena;
  DiagnosticSink sink;
  FileId file;
  Node *top;
  explicit Parsed(std::string text) : file(sources.add("t", std::move(text))) {
    top = parse_all(sources, file, arena, sink);
  }
};

std::string repeat(std::string_view text, int n) {
  std::string out;
  for (int i = 0; i < n; ++i)
    out += text;
  return out;
}

TEST(ParseAll, EmptyTextIsAnEmptyTopLevel) {
  for (const char *text : {"", "\n\n", "  # comment", "#= a\n b =#\n"}) {
    Parsed parsed(text);
    EXPECT_EQ(print_sexpr(parsed.top), "(:toplevel)") << text;
    EXPECT_EQ(status_of(parsed.top), ParseStatus::Empty);
    EXPECT_FALSE(parsed.sink.has_errors());
  }
}

TEST(ParseAll, NodesKnowTheirText) {
  Parsed parsed("x = f(a, b)  # c\n");
  Node *assign = parsed.top->arg(1);
  EXPECT_EQ(parsed.sources.text(assign->range), "x = f(a, b)");
  Node *call = assign->arg(1);
  EXPECT_EQ(parsed.sources.text(call->range), "f(a, b)");
  EXPECT_EQ(parsed.sources.text(call->arg(2)->range), "b");
}

TEST(ParseAll, StatusTellsIncompleteFromWrong) {
  EXPECT_EQ(status_of(Parsed("f(1,").top), ParseStatus::Incomplete);
  EXPECT_EQ(status_of(Parsed("f(1))").top), ParseStatus::Error);
  EXPECT_EQ(status_of(Parsed("x = )\nf(1,").top), ParseStatus::Error);
  EXPECT_EQ(status_of(Parsed("f(1)").top), ParseStatus::Ok);
}

TEST(ParseAll, FlagsSayHowItWasWritten) {
  Parsed parsed("(a + b) * -c");
  Node *times = parsed.top->arg(1);
  EXPECT_TRUE(times->has_flag(kFlagInfix));
  EXPECT_TRUE(times->arg(1)->has_flag(kFlagParens));
  EXPECT_TRUE(times->arg(2)->has_flag(kFlagPrefix));
}

TEST(ParseOne, WalksThroughAText) {
  SourceMap sources;
  AstArena arena;
  DiagnosticSink sink;
  std::string text = "x = 1\n# comment\ny; z\n  f(x)  ";
  FileId file = sources.add("t", text);
  std::vector<std::string> seen;
  for (uint32_t at = 0;;) {
    ParseOne one = parse_one(sources, file, at, Greedy::Yes, arena, sink);
    if (one.status == ParseStatus::Empty)
      break;
    ASSERT_EQ(one.status, ParseStatus::Ok);
    seen.push_back(print_sexpr(one.node));
    at = one.next;
  }
  EXPECT_EQ(seen, (std::vector<std::string>{"(:(=), :x, 1)", "(:toplevel, :y, :z)", "(:call, :f, :x)"}));
}

TEST(ParseOne, NotGreedyTakesOneAtom) {
  SourceMap sources;
  AstArena arena;
  DiagnosticSink sink;
  FileId file = sources.add("t", "(a + 1) * b");
  ParseOne one = parse_one(sources, file, 0, Greedy::No, arena, sink);
  EXPECT_EQ(print_sexpr(one.node), "(:call, :+, :a, 1)");
  EXPECT_EQ(one.next, 8u);
}

TEST(ParseOne, ReportsIncompleteAndWrong) {
  SourceMap sources;
  AstArena arena;
  DiagnosticSink sink;
  ParseOne one = parse_one(sources, sources.add("t", "function f("), 0, Greedy::Yes, arena, sink);
  EXPECT_EQ(one.status, ParseStatus::Incomplete);
  EXPECT_TRUE(one.node->is_expr(Head::Incomplete));
  one = parse_one(sources, sources.add("t", "a b"), 0, Greedy::Yes, arena, sink);
  EXPECT_EQ(one.status, ParseStatus::Error);
  one = parse_one(sources, sources.add("t", "a"), 99, Greedy::Yes, arena, sink);
  EXPECT_EQ(one.status, ParseStatus::Empty);
}

TEST(Hostile, DeepNestingIsAnErrorNotACrash) {
  for (const char *opener : {"(",
                             "[",
                             "{",
                             "f(",
                             "!",
                             "- ",
                             "x->",
                             "x=",
                             "a ? b : ",
                             "a^",
                             "a - ",
                             "\"$(",
                             "@m ",
                             "@m(",
                             ":(",
                             "$",
                             "::",
                             "(a,",
                             "[x for x in ",
                             "begin ",
                             "if x ",
                             "function f() ",
                             "f() do; ",
                             "module A ",
                             "try ",
                             "struct A ",
                             "quote ",
                             "let x = 1; ",
                             "x = [1 ",
                             "([{",
                             "return "}) {
    Parsed parsed(repeat(opener, 50000));
    EXPECT_TRUE(parsed.sink.has_errors()) << opener;
    print_sexpr(parsed.top);
    unparse(parsed.top);
  }
}

TEST(Hostile, LongChainsThatNestAreAnError) {
  for (const char *link : {".b", "'", "()", "[1]", "{T}", " where S", "::T", " - b", " |> f", ":b"}) {
    Parsed parsed("a" + repeat(link, 50000));
    EXPECT_TRUE(parsed.sink.has_errors()) << link;
    EXPECT_EQ(parsed.sink.diagnostics()[0].message, "expression nested too deeply") << link;
  }
}

TEST(Hostile, LongChainsThatDoNotNestAreFine) {
  for (const char *link : {" + b", " * b", " < b", ", b", "; b", "\nb"}) {
    Parsed parsed("a" + repeat(link, 50000));
    EXPECT_FALSE(parsed.sink.has_errors()) << link;
  }
}

TEST(Hostile, ManyErrorsAreCut) {
  Parsed parsed(repeat("x = )\n", 20000));
  EXPECT_LE(parsed.sink.error_count(), 200u);
  EXPECT_LE(parsed.sink.diagnostics().size(), 20u);
}

TEST(Hostile, BinaryFileGivesOneErrorWithItsPlace) {
  Parsed parsed(std::string("\x7f"
                            "ELF\x02\x01\x01\0\0\0\0",
                            11));
  ASSERT_EQ(parsed.sink.error_count(), 1u);
  EXPECT_EQ(parsed.sources.locate(parsed.sink.diagnostics()[0].range.begin).column, 8u);
  EXPECT_TRUE(parsed.sink.diagnostics()[0].message.starts_with("NUL byte"));
}

TEST(Ast, OtherHeadsKeepTheirName) {
  AstArena arena;
  Node *x = arena.identifier("x");
  Node *node = arena.expr(Symbol::intern("my_head"), std::span<Node *const>(&x, 1));
  EXPECT_EQ(node->head, Head::Other);
  EXPECT_EQ(node->head_name().text(), "my_head");
  EXPECT_EQ(unparse(node), "$(Expr(:my_head, :x))");
  EXPECT_EQ(arena.expr(Symbol::intern("call"), {})->head, Head::Call);
}

TEST(Ast, DepthIsCountedAndStays) {
  AstArena arena;
  Node *node = arena.identifier("x");
  for (int i = 0; i < 70000; ++i)
    node = arena.expr(Head::Splat, {node});
  EXPECT_EQ(node->depth, UINT16_MAX);
  EXPECT_FALSE(unparse(node).empty());
}

TEST(Ast, EqualComparesTreesNotPlaces) {
  Parsed a("f(x) = x + 1"), b("\n\nf( x ) = x+1"), c("f(x) = x + 2");
  EXPECT_TRUE(equal(a.top->arg(1), b.top->arg(1)));
  EXPECT_FALSE(equal(a.top->arg(1), c.top->arg(1)));
}

TEST(Print, IndentedLayoutPutsStatementsOnLines) {
  Parsed parsed("begin\n  a\nend");
  EXPECT_EQ(print_sexpr(parsed.top->arg(1), Lines::Show, SexprLayout::Indented),
            "(:block,\n  :(#= t:2 =#),\n  :a\n)");
}

} // namespace
} // namespace jl
