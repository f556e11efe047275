// SPDX-License-Identifier: MIT
// Runs the parser on test/parse/cases/*.txt; each line there is one test.
//
//   input ⇒ expected        the one statement as an S-expression, line numbers hidden; the tree, unparsed,
//                           must parse to itself again
//   input ⇒T expected       the same without the way back (`a ? b : c` is unparsed as `if`, as in Julia)
//   input ⇒L expected       with line numbers, files shown as `t`
//   input ⇒U expected       unparsed: Julia source again
//   input ⇒E 1:5: message; 2:1: message     the errors, at line:column
//   input ⇒I                incomplete
//
// In an input, ⏎ stands for a line end, ␉ for a tab, ␍ for \r, ␀ for NUL, and ␦ for a broken byte. A line
// that starts with `##` is a comment.
#include "jl/syntax/parse.h"
#include "jl/syntax/print.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>

namespace jl {
namespace {

void replace_all(std::string &text, std::string_view from, std::string_view to) {
  for (size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
}

std::string decode_input(std::string text) {
  replace_all(text, "⏎", "\n");
  replace_all(text, "␉", "\t");
  replace_all(text, "␍", "\r");
  replace_all(text, "␀", std::string_view("\0", 1));
  replace_all(text, "␦", "\xff");
  return text;
}

std::string_view trim(std::string_view text) {
  while (text.ends_with(' '))
    text.remove_suffix(1);
  while (text.starts_with(' '))
    text.remove_prefix(1);
  return text;
}

const Node *only_statement(const Node *top) {
  return top->arg_count() == 2 ? top->arg(1) : top;
}

class ParseCase : public testing::Test {
public:
  ParseCase(std::string input, char mode, std::string expected)
      : input_(std::move(input)), mode_(mode), expected_(std::move(expected)) {}

  void TestBody() override {
    FileId file = sources_.add("t", input_);
    const Node *top = parse_all(sources_, file, arena_, sink_);
    EXPECT_EQ(result(top), expected_) << "input: " << input_;
    // A docstring's macro is a GlobalRef, which has no spelling.
    if (mode_ == 'S' && !expected_.contains("Symbol(\"@doc\")"))
      check_round_trip(only_statement(top));
  }

private:
  std::string result(const Node *top) {
    const Node *statement = only_statement(top);
    if (mode_ == 'E' || sink_.has_errors())
      return mode_ == 'I' && status_of(top) == ParseStatus::Incomplete ? "" : errors();
    if (mode_ == 'U')
      return unparse(statement, Lines::Hide);
    return print_sexpr(statement, mode_ == 'L' ? Lines::Show : Lines::Hide);
  }

  std::string errors() {
    std::string out;
    for (const Diagnostic &diagnostic : sink_.diagnostics()) {
      SourceLocation at = sources_.locate(diagnostic.range.begin);
      out += (out.empty() ? "" : "; ") + std::to_string(at.line) + ":" + std::to_string(at.column) + ": " +
             diagnostic.message;
    }
    return out;
  }

  // What unparse writes must parse to the same tree, but for line numbers.
  void check_round_trip(const Node *statement) {
    std::string text = unparse(statement, Lines::Hide);
    FileId file = sources_.add("again", text);
    const Node *again = parse_all(sources_, file, arena_, sink_);
    EXPECT_EQ(print_sexpr(only_statement(again), Lines::Hide), expected_) << "unparsed: " << text;
  }

  std::string input_;
  char mode_;
  std::string expected_;
  SourceMap sources_;
  AstArena arena_;
  DiagnosticSink sink_;
};

void register_line(const std::string &file, int number, const std::string &line) {
  size_t arrow = line.find("⇒");
  if (arrow == std::string::npos || line.starts_with("##"))
    return;
  std::string input = decode_input(std::string(trim(line.substr(0, arrow))));
  std::string expected = line.substr(arrow + 3);
  char mode = 'S';
  if (!expected.empty() && expected[0] != ' ') {
    mode = expected[0];
    expected.erase(0, 1);
  }
  expected = trim(expected);
  std::string name = "line" + std::to_string(number);
  testing::RegisterTest(file.c_str(), name.c_str(), nullptr, nullptr, __FILE__, __LINE__,
                        [=]() -> testing::Test * { return new ParseCase(input, mode, expected); });
}

bool register_all() {
  std::vector<std::filesystem::path> files;
  for (const auto &entry : std::filesystem::directory_iterator(JL_PARSE_CASES))
    if (entry.path().extension() == ".txt")
      files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  for (const auto &path : files) {
    std::ifstream in(path);
    std::string line;
    for (int number = 1; std::getline(in, line); ++number)
      register_line(path.stem().string(), number, line);
  }
  return true;
}

[[maybe_unused]] const bool kRegistered = register_all();

} // namespace
} // namespace jl
