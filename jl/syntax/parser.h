// SPDX-License-Identifier: MIT
// The parser's inside: one class, its methods spread over parse_*.cpp by theme.
//
// Recursive descent; operators between `-->` and `<<` by precedence climbing (parse_binary.cpp). The
// parser holds one token and looks ahead by copying the lexer. What a blank, a line end, `:` or `end` means
// depends on where one is: that is Context. A mistake is reported once and thrown as SyntaxFailure;
// the statement loops catch it and go on behind the broken statement (recover.cpp).
#pragma once

#include "jl/support/diagnostic.h"
#include "jl/support/source.h"
#include "jl/syntax/ast.h"
#include "jl/syntax/lexer.h"
#include "jl/syntax/parse.h"

#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace jl {

/// Thrown by Parser::fail after the diagnostic was reported.
struct SyntaxFailure {};

/// What the surroundings make of blanks, line ends and words.
struct Context {
  bool range_colon = true;       ///< `:` is a range; off between `?` and `:`
  bool space_sensitive = false;  ///< blanks separate: in [a b] and after @m
  bool in_generator = false;     ///< `for` ends an expression that a macro call would take in
  bool end_symbol = false;       ///< in a[...]: `end` and `begin` are names
  bool newline_is_blank = false; ///< in parentheses
  bool where_enabled = true;
};

class Parser {
public:
  Parser(const SourceFile &file, AstArena &arena, DiagnosticSink &sink, uint32_t offset);

  Node *parse_file();
  ParseOne parse_single(Greedy greedy);

private:
  class ScopedContext {
  public:
    ScopedContext(Parser &parser, const Context &context) : parser_(parser), saved_(parser.context_) {
      parser.context_ = context;
    }
    ~ScopedContext() { parser_.context_ = saved_; }
    ScopedContext(const ScopedContext &) = delete;

  private:
    Parser &parser_;
    Context saved_;
  };

  /// Children of a node in the making, on a stack that all lists share. Only the newest list may grow.
  class NodeList {
  public:
    explicit NodeList(Parser &parser) : stack_(parser.stack_), mark_(stack_.size()) {}
    ~NodeList() { stack_.resize(mark_); }
    NodeList(const NodeList &) = delete;
    void push(Node *node) {
      assert(stack_.size() == mark_ + size_);
      stack_.push_back(node);
      ++size_;
    }
    size_t size() const { return size_; }
    bool empty() const { return size_ == 0; }
    Node *&operator[](size_t i) { return stack_[mark_ + i]; }
    Node *back() { return stack_[mark_ + size_ - 1]; }
    /// Valid until the next node is pushed onto any list.
    std::span<Node *> span() { return {stack_.data() + mark_, size_}; }
    void truncate(size_t n) { stack_.resize(mark_ + (size_ = n)); }

  private:
    std::vector<Node *> &stack_;
    size_t mark_;
    size_t size_ = 0;
  };

  /// Counts how deep the recursion is; fails when too deep.
  class Nesting {
  public:
    explicit Nesting(Parser &parser) : parser_(parser) {
      if (++parser.nesting_ > kMaxNesting) {
        --parser.nesting_;
        parser.fail_too_deep();
      }
    }
    ~Nesting() { --parser_.nesting_; }
    Nesting(const Nesting &) = delete;

  private:
    Parser &parser_;
  };
  static constexpr int kMaxNesting = 3000;
  static constexpr size_t kMaxErrors = 100;

  /// What was between brackets, before it is known what it makes. The elements are in a NodeList: those
  /// before the first semicolon, then each part after one.
  struct Group {
    bool commas = false;
    bool splat = false;
    bool initial_semicolon = false;
    bool generator = false;
    size_t semicolons = 0;
    std::vector<size_t> parts; ///< index of the first element after each semicolon
  };
  enum class Closer : bool { Take, Leave };
  enum class Kw : bool { Keep, Convert };
  enum class Comma : bool { No, Yes }; ///< may `a, b` make a tuple here

  // --- tokens (parser.cpp)
  Tok peek() const {
    return (token_.flags & kNewlineBefore) && !context_.newline_is_blank ? Tok::Newline : token_.kind;
  }
  bool at(Tok kind) const { return peek() == kind; }
  bool at_op(Op op) const { return at(Tok::Op) && token_.is(op); }
  bool at_word(std::string_view word) const { return at(Tok::Identifier) && text(token_) == word; }
  bool adjacent() const { return !token_.has(kSpaceBefore); } ///< no blank before the token
  bool blank_follows() const;                                 ///< a blank right after the token
  bool at_closing() const;
  bool at_line_or_closing() const { return at(Tok::Newline) || at_closing(); }
  bool is_closing(const Token &token) const;
  Token peek_next() const;
  Token peek_second() const;
  void bump();
  bool accept(Tok kind);
  bool accept_op(Op op);
  void skip_newlines() { token_.flags &= ~(kNewlineBefore | kBlankLineBefore); }
  void resume_at(uint32_t offset);
  std::string_view text(const Token &token) const {
    return std::string_view(file_.text).substr(token.begin, token.end - token.begin);
  }
  std::string_view text(uint32_t begin, uint32_t end) const {
    return std::string_view(file_.text).substr(begin, end - begin);
  }

  // --- nodes (parser.cpp)
  Range range(uint32_t begin, uint32_t end) const { return {file_.base + begin, file_.base + end}; }
  Range range_from(uint32_t begin) const {
    return range(begin, previous_end_ < begin ? begin : previous_end_);
  }
  uint32_t begin_of(const Node *node) const { return node->range.begin - file_.base; }
  Node *make(Head head, uint32_t begin, std::span<Node *const> args);
  Node *make(Head head, uint32_t begin, std::initializer_list<Node *> args) {
    return make(head, begin, std::span<Node *const>(args.begin(), args.size()));
  }
  Node *make(Symbol head, uint32_t begin, std::initializer_list<Node *> args);
  Node *make_name(const Token &token);
  Node *make_op_name(const Token &token);
  Symbol op_symbol(const Token &token);
  Symbol intern(std::string_view text);
  Node *line_node(uint32_t offset);
  uint32_t line_of(uint32_t offset);
  Node *check_depth(Node *node);

  // --- mistakes (recover.cpp)
  [[noreturn]] void fail(Range where, std::string message);
  [[noreturn]] void fail_here(std::string message);
  [[noreturn]] void fail_too_deep();
  void note_end_of_text();
  [[noreturn]] void fail_unclosed(Range opener, std::string_view what, std::string_view closer);
  [[noreturn]] void fail_extra();
  void report(Range where, std::string message);
  std::string describe(const Token &token) const;
  std::string describe_lex_error() const;
  Node *make_error_node(uint32_t begin);
  Node *recover(uint32_t begin);
  void skip_broken_statement(uint32_t begin);
  bool skip_token_for_recovery(std::vector<Tok> &open);
  uint32_t column_of(uint32_t offset);

  // --- statements (parse_statements.cpp)
  Node *parse_toplevel_line();
  Node *parse_statement();
  Node *parse_docstring();
  bool docstring_applies();
  bool at_public();
  void parse_statements_into(NodeList &list, bool at_module_level);
  Node *parse_block(uint32_t begin, Node *first_line = nullptr, bool at_module_level = false);
  Node *parse_loop_body();
  void end_statement();
  void expect_end(const Token &opener);

  // --- assignment, conditional, infix operators (parse_binary.cpp)
  Node *parse_eq(Comma comma = Comma::Yes);
  Node *parse_eq_item() { return parse_eq(Comma::No); }
  Node *parse_comma_list();
  Node *parse_assignment_tail(Node *left, Comma comma);
  Node *make_assignment(const Token &op, Node *left, Node *right);
  Node *add_short_form_block(Node *body, uint32_t begin);
  Node *parse_pair() { return parse_binary(Level::Pair); }
  Node *parse_condition() { return parse_binary(Level::Conditional); }
  Node *parse_binary(Level least);
  Node *parse_binary_tail(Node *left, Level least);
  bool infix_applies(Level least) const;
  Node *parse_infix(Node *left, Level level);
  Node *parse_right_operand(Level level);
  Node *parse_ternary(Node *condition);
  Node *parse_comparison_chain(Node *left);
  Node *parse_range(Node *left);
  Node *parse_chain(Node *left, Level level);
  Node *make_infix(const Token &op, Node *left, Node *right);

  // --- prefix operators, juxtaposition, `where`, `::`, `->`, `^` (parse_unary.cpp)
  Node *parse_unary_subtype();
  Node *parse_where(Node *left);
  Node *parse_where_chain(Node *left);
  void parse_where_variables(NodeList &list);
  Node *parse_juxtapose();
  bool juxtaposes(const Node *previous) const;
  Node *parse_unary();
  bool at_unary_candidate() const;
  Node *parse_signed_number();
  Node *parse_prefix_operator();
  Node *parse_operator_call(const Token &op);
  Node *finish_operator_call(Node *call);
  Node *make_prefix_call(const Token &op, Node *operand);
  Node *parse_factor();
  Node *parse_factor_tail(Node *left);
  Node *parse_declaration_tail(Node *left);
  Node *parse_arrow(Node *parameters);
  Node *parse_unary_prefix();

  // --- calls, indexing, fields, macro calls (parse_calls.cpp)
  Node *parse_call();
  bool begins_definition() const;
  Node *parse_call_chain(Node *left);
  Node *parse_paren_call(Node *callee);
  Node *parse_dot_access(Node *left);
  Node *parse_field_name();
  Node *parse_broadcast_call(Node *callee, uint32_t begin);
  Node *parse_index(Node *left);
  Node *parse_curly(Node *left);
  Node *parse_adjoint(Node *left);
  Node *parse_string_macro(Node *name, uint32_t begin);
  Node *make_macro_name(Node *name, std::string_view suffix);
  void parse_macro_suffix(NodeList &args);
  Node *parse_do(Node *call);
  bool continues_chain(const Node *left);

  Node *parse_macro_atom();
  Node *parse_macro_name();
  Node *parse_macro_path();
  Node *parse_macro_call(Node *name, uint32_t begin);
  void parse_spaced_arguments(NodeList &args, const Node *name);
  bool doc_takes_next_line(const Node *name, size_t count);

  // --- groups: (...), argument lists, generators (parse_groups.cpp)
  Group parse_group(NodeList &list, uint32_t opener, Tok closer, Closer what = Closer::Take);
  void parse_group_element(NodeList &list, Group &group, uint32_t opener, Tok closer);
  Node *fold_parameters(const Group &group, NodeList &list, Kw kw);
  Node *to_kw(Node *node);
  Node *finish_arguments(Head head, Node *first, const Group &group, NodeList &list, uint32_t begin,
                         Kw positional, Kw parameters);
  Node *parse_paren();
  Node *finish_paren(const Group &group, NodeList &list, uint32_t begin);
  Node *make_paren_block(NodeList &list, uint32_t begin);
  Node *parse_generator(Node *element);
  Node *parse_iteration();
  void parse_iterations_into(NodeList &list);
  Node *parse_iteration_variable();

  // --- literals and names (parse_atoms.cpp)
  Node *parse_atom();
  Node *parse_word();
  Node *parse_number();
  Node *parse_operator_atom();
  Node *parse_colon();
  Node *parse_quoted();
  Node *parse_quoted_paren();
  Node *quote_of(Node *node, uint32_t begin);
  Node *parse_keyword();
  Node *parse_var_name();
  Node *mark_parens(Node *node);

  // --- strings (parse_strings.cpp)
  struct Chunk {
    uint32_t begin = 0, end = 0; ///< source text
    Node *value = nullptr;       ///< or an interpolated expression
  };
  Node *parse_string();
  Node *finish_string(std::vector<Chunk> &chunks, bool triple, uint32_t opener);
  Node *parse_char();
  Node *parse_command();
  std::string scan_raw(char delimiter);
  uint32_t scan_chunks(std::vector<Chunk> &chunks, bool triple, uint32_t opener);
  Node *parse_interpolation(uint32_t dollar);
  Node *parse_paren_interpolation();
  bool at_delimiter(uint32_t offset, char delimiter, bool triple) const;
  bool is_triple(char delimiter) const;
  uint32_t find_raw_end(uint32_t offset, char delimiter, bool triple, uint32_t opener);
  void append_chunk(std::string &out, const Chunk &chunk, std::string_view indent, bool triple, bool first);
  std::string_view skip_first_line_end(std::string_view source) const;
  [[noreturn]] void fail_unterminated(uint32_t opener, std::string_view what);

  // --- arrays (parse_arrays.cpp)
  Node *parse_vect_or_cat(Node *type, uint32_t begin, Tok closer);
  Node *parse_vect_rest(Node *type, Node *first, uint32_t begin, uint32_t opener, Tok closer);
  Node *parse_comprehension_rest(Node *type, Node *first, uint32_t begin, uint32_t opener, Tok closer);
  Node *parse_cat_rest(Node *type, Node *first, uint32_t begin, uint32_t opener, Tok closer);
  Node *parse_empty_cat(Node *type, uint32_t begin, uint32_t opener, Tok closer);
  void expect_closer(uint32_t opener, Tok closer);
  int parse_separator(Tok closer, bool &rows, bool &columns);
  int count_semicolons();
  Node *make_cat(Node *type, std::span<Node *const> items, std::span<const int> separators, uint32_t begin,
                 Tok closer);
  Node *group_items(std::span<Node *const> items, std::span<const int> separators);
  void split_items(NodeList &out, std::span<Node *const> items, std::span<const int> separators, int rank);

  // --- blocks (parse_blocks.cpp)
  Node *parse_begin();
  Node *parse_quote_block();
  Node *parse_if(Head head);
  Node *parse_while();
  Node *parse_for();
  Node *parse_let();
  Node *parse_try();
  Node *parse_catch_variable();
  Node *parse_return();
  Node *parse_module();

  // --- definitions and declarations (parse_definitions.cpp)
  Node *parse_function(Head head);
  Node *parse_signature();
  Node *parse_paren_signature();
  Node *parse_signature_tail(Node *signature);
  Node *parse_struct();
  Node *parse_abstract();
  Node *parse_primitive();
  Node *parse_subtype_spec() { return parse_binary(Level::Comparison); }
  Node *parse_global_or_local();
  Node *parse_const();
  Node *parse_declared(Head head, uint32_t begin);

  // --- modules' interfaces (parse_imports.cpp)
  Node *parse_import(Head head);
  Node *parse_import_item(bool allow_as);
  Node *parse_import_path();
  void parse_leading_dots(NodeList &path);
  Node *parse_import_name();
  Node *parse_export(Head head);
  Node *parse_export_name();

  const SourceFile &file_;
  AstArena &arena_;
  DiagnosticSink &sink_;
  Lexer lexer_;
  Token token_;
  uint32_t previous_end_ = 0; ///< end of the last token taken
  Tok previous_kind_ = Tok::Eof;
  Context context_;
  int nesting_ = 0;
  bool spaced_macro_ = false; ///< the last macro call took arguments up to the line's end: no chain goes on
  bool in_struct_ = false;    ///< `const x` without value is a field
  bool incomplete_ = false;   ///< the first mistake was that the text ends too early
  bool failed_ = false;
  bool end_reported_ = false; ///< that the text ends too early
  bool end_recovered_ = false;
  std::string failure_; ///< its message
  Symbol file_symbol_;
  uint32_t line_hint_ = 0; ///< index into line_starts
  std::vector<Node *> stack_;
  std::vector<Symbol> symbol_cache_;
};

/// `f(x)`, `f(x)::T`, `f(x) where T`: does an assignment to this define a function?
bool is_eventually_call(const Node *node);

/// A number literal, also one that is a macro call because it is wide.
bool is_number_node(const Node *node);

} // namespace jl
