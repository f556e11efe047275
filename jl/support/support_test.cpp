// SPDX-License-Identifier: MIT
#include "jl/support/diagnostic.h"
#include "jl/support/json.h"
#include "jl/support/numbered_order.h"
#include "jl/support/source.h"
#include "jl/support/symbol.h"
#include "jl/support/utf8.h"

#include <gtest/gtest.h>
#include <set>
#include <thread>
#include <vector>

namespace jl {
namespace {

TEST(Symbol, SameTextIsSameSymbol) {
  std::string text = "foo";
  Symbol a = Symbol::intern(text);
  text[0] = 'g';
  EXPECT_EQ(a, Symbol::intern("foo"));
  EXPECT_NE(a, Symbol::intern(text));
  EXPECT_EQ(a.text(), "foo");
  EXPECT_STREQ(a.c_str(), "foo");
  EXPECT_FALSE(Symbol());
}

// As whoever reads damaged bytes has it: a text without a place.
TEST(Symbol, EmptyTextsNeedNoPlace) {
  EXPECT_EQ(Symbol::intern(std::string_view()), Symbol::intern(""));
}

TEST(Symbol, HashIsOfTheTextAlone) {
  EXPECT_EQ(Symbol::intern("x").hash(), hash_text("x"));
  EXPECT_NE(hash_text("ab"), hash_text("ba"));
  EXPECT_NE(hash_text(std::string_view("a\0", 2)), hash_text("a"));
  // Part of no format, but the same in every process: pinned here.
  EXPECT_EQ(hash_text("println"), hash_text(std::string("print") + "ln"));
}

TEST(NumberedOrder, NumbersByWhatTheyAreWorth) {
  const char *ordered[] = {"",       "#1#2", "#2",   "#9#10", "#10",  "#10#9",
                           "#10#11", "#10f", "#f#9", "#f#10", "#g#1", "f"};
  for (size_t i = 0; i < std::size(ordered); i++)
    for (size_t j = 0; j < std::size(ordered); j++) {
      int order = compare_numbered(ordered[i], ordered[j]);
      EXPECT_EQ((order > 0) - (order < 0), (i > j) - (i < j)) << ordered[i] << " and " << ordered[j];
    }
  EXPECT_NE(compare_numbered("#01", "#1"), 0);
  EXPECT_LT(compare_numbered("#99999999999999999999", "#100000000000000000000"), 0);
}

TEST(Symbol, OrdersByText) {
  std::set<Symbol> names{Symbol::intern("b"), Symbol::intern("a"), Symbol::intern("ab")};
  std::string joined;
  for (Symbol name : names)
    joined += name.text();
  EXPECT_EQ(joined, "aabb");
}

TEST(Symbol, ThreadsAgree) {
  std::vector<std::vector<Symbol>> seen(4);
  std::vector<std::thread> threads;
  for (auto &mine : seen)
    threads.emplace_back([&mine] {
      for (int i = 0; i < 5000; ++i)
        mine.push_back(Symbol::intern("thread_name_" + std::to_string(i)));
    });
  for (auto &thread : threads)
    thread.join();
  for (auto &mine : seen)
    EXPECT_EQ(mine, seen[0]);
}

TEST(SourceMap, PositionsKnowTheirFile) {
  SourceMap sources;
  const SourceFile &a = sources.file(sources.add("a.jl", "x = 1\ny = 2\n"));
  const SourceFile &b = sources.file(sources.add("b.jl", "z"));
  SourceLocation at = sources.locate(a.base + 6);
  EXPECT_EQ(at.file_name(), "a.jl");
  EXPECT_EQ(at.line, 2u);
  EXPECT_EQ(at.column, 1u);
  EXPECT_EQ(sources.locate(a.base + 12).file_name(), "a.jl") << "the end of a text is its own";
  EXPECT_EQ(sources.locate(b.base).file_name(), "b.jl");
  EXPECT_EQ(sources.find_file(kNoPos), nullptr);
  EXPECT_EQ(sources.find_file(b.base + 100), nullptr);
}

TEST(SourceMap, ColumnsCountCharacters) {
  SourceMap sources;
  const SourceFile &file = sources.file(sources.add("u.jl", "αβ = 日本"));
  SourceLocation at = sources.locate(file.base + 10);
  EXPECT_EQ(at.column, 7u);
  EXPECT_EQ(at.byte_column, 11u);
}

TEST(SourceMap, FirstLineAndLineEnds) {
  SourceMap sources;
  const SourceFile &file = sources.file(sources.add("r.jl", "a\r\nb", 10));
  EXPECT_EQ(sources.locate(file.base + 3).line, 11u);
  EXPECT_EQ(file.line_text(10), "a");
  EXPECT_EQ(file.line_text(11), "b");
}

std::string show(std::string text, size_t begin, size_t end, std::string message = "odd") {
  SourceMap sources;
  const SourceFile &file = sources.file(sources.add("t.jl", std::move(text)));
  Pos base = file.base;
  return render(sources, {Severity::Error, {base + Pos(begin), base + Pos(end)}, std::move(message)});
}

TEST(Diagnostic, UnderlinesTheRange) {
  EXPECT_EQ(show("x = foo + 1", 4, 7), "t.jl:1:5: error: odd\n    x = foo + 1\n        ^~~\n");
}

TEST(Diagnostic, CaretsStandUnderWideAndCombiningCharacters) {
  EXPECT_EQ(show("日本 = )", 9, 10), "t.jl:1:6: error: odd\n    日本 = )\n           ^\n");
  EXPECT_EQ(show("e\u0301 = )", 6, 7), "t.jl:1:6: error: odd\n    e\u0301 = )\n        ^\n");
}

TEST(Diagnostic, KeepsTabsAndHidesControlCharacters) {
  EXPECT_EQ(show("\tx\x01 )", 4, 5), "t.jl:1:5: error: odd\n    \tx\xef\xbf\xbd )\n    \t   ^\n");
}

TEST(Diagnostic, EndOfTextAndEmptyTextHaveAPlace) {
  EXPECT_EQ(show("", 0, 0), "t.jl:1:1: error: odd\n    \n    ^\n");
  EXPECT_EQ(show("ab", 2, 2), "t.jl:1:3: error: odd\n    ab\n      ^\n");
}

TEST(Diagnostic, LongLinesAreCutAroundThePlace) {
  std::string shown = show(std::string(1000, 'a') + ")" + std::string(1000, 'b'), 1000, 1001);
  EXPECT_LT(shown.size(), 400u);
  EXPECT_NE(shown.find("a)b"), std::string::npos);
}

TEST(Diagnostic, SinkKeepsTheFirstErrorsAndCountsAll) {
  SourceMap sources;
  const SourceFile &file = sources.file(sources.add("t.jl", "abc"));
  DiagnosticSink sink(2);
  for (Pos i = 0; i < 3; ++i)
    sink.error({file.base + 2 - i, file.base + 3 - i}, "e" + std::to_string(i));
  EXPECT_EQ(sink.error_count(), 3u);
  EXPECT_EQ(sink.diagnostics().size(), 2u);
  std::string all = render(sources, sink);
  EXPECT_LT(all.find("e1"), all.find("e0")) << "in order of position";
  EXPECT_NE(all.find("3 errors, the first 2 shown"), std::string::npos);
}

TEST(Utf8, BrokenBytesAreCharactersOfTheirOwn) {
  EXPECT_EQ(count_characters("a\xff\xc3"), 3u);
  EXPECT_FALSE(decode_character("\xed\xa0\x80", 0).valid) << "surrogate";
  EXPECT_FALSE(decode_character("\xc0\x80", 0).valid) << "overlong";
  EXPECT_EQ(decode_character("", 0).length, 0u);
}

TEST(Utf8, WidthsAndNormalForm) {
  EXPECT_EQ(display_width("日本x"), 5u);
  EXPECT_EQ(normalize_nfc("e\u0301"), "é");
  EXPECT_EQ(normalize_nfc("a\xff"), "a\xff");
}

TEST(Json, EscapesWhatHasToBe) {
  EXPECT_EQ(json_string("a\"b\\c\n"), "\"a\\\"b\\\\c\\u000a\"");
  EXPECT_EQ(json_string("\xc3\xa4"), "\"\xc3\xa4\"");
}

} // namespace
} // namespace jl
