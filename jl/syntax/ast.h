// SPDX-License-Identifier: MIT
// The tree that the parser makes: Julia's `Expr`, one to one.
//
// Macros see this tree as Expr, Symbol, QuoteNode and LineNumberNode, so it has exactly the shape that
// Julia 1.12's Meta.parse gives, line numbers in blocks included. Nodes live in an AstArena, are 32 bytes
// and point to each other freely; nothing frees a single node. `Value` nodes hold an object of the
// runtime: only macro expansion makes them, and it keeps those objects alive.
#pragma once

#include "jl/support/source.h"
#include "jl/support/symbol.h"

#include <cassert>
#include <cstddef>
#include <initializer_list>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

namespace jl {

enum class NodeKind : uint8_t {
  Expr,       ///< head and arguments
  Identifier, ///< a Symbol; operators as functions too, and `nothing`
  Integer,    ///< bits and an IntegerType
  Float64,
  Float32,
  Char,
  String, ///< any bytes
  Bool,
  Nothing,    ///< the value, not the name: e.g. the line argument of `@int128_str`
  LineNumber, ///< LineNumberNode
  Quote,      ///< QuoteNode: inert, holds one node
  GlobalRef,  ///< GlobalRef(Core, :name): how the parser names Core's own macros
  Value,      ///< an object of the runtime
};

/// Type of an integer literal. Wider ones are macro calls (`@int128_str`, `@uint128_str`, `@big_str`).
enum class IntegerType : uint8_t { Int64, UInt8, UInt16, UInt32, UInt64 };

enum class Head : uint8_t {
#define HEAD(name, text) name,
#include "jl/syntax/heads.def"
  Other, ///< see Node::head_symbol()
};

/// The head's name as Julia spells it. `head` is not Head::Other.
Symbol head_symbol(Head head);
/// The head with that name, or Head::Other.
Head find_head(Symbol name);

/// Facts about how a node was written that Expr does not show.
enum NodeFlag : uint8_t {
  kFlagNone = 0,
  kFlagParens = 1,    ///< written in parentheses
  kFlagInfix = 2,     ///< a call written with an infix operator
  kFlagPrefix = 4,    ///< a call written with a prefix operator
  kFlagShortForm = 8, ///< a block that only holds the body of `f(x) = y` or `x -> y`
};

/// Deepest tree the parser makes; what would be deeper is a syntax error. Recursion over a parsed tree
/// is therefore bounded. Trees that macros make are not: check Node::depth where it matters.
constexpr uint16_t kMaxDepth = 1500;

struct Node {
  NodeKind kind : 4;
  uint8_t flags : 4;
  union {
    Head head;                // Expr
    IntegerType integer_type; // Integer
  };
  uint16_t depth; // levels below this one; stays at 65535 when there are more
  uint32_t count; // Expr: arguments; String: bytes; LineNumber: line
  Range range;
  union {
    Node **args_;                // Expr
    const char *text_;           // String
    uint64_t bits_;              // Integer, Float64 (IEEE bits), Float32 (bits), Char (Julia's bits), Bool
    Node *quoted_;               // Quote
    void *value_;                // Value
    const SymbolRecord *symbol_; // Identifier; GlobalRef: the name; LineNumber: file, may be null
  };
  const SymbolRecord *extra_; // Expr with Head::Other: its head; GlobalRef: the module

  bool is_expr() const { return kind == NodeKind::Expr; }
  bool is_expr(Head h) const { return kind == NodeKind::Expr && head == h; }
  bool is_expr(Head h, size_t n) const { return is_expr(h) && count == n; }
  bool is_identifier() const { return kind == NodeKind::Identifier; }
  bool is_identifier(Symbol s) const { return kind == NodeKind::Identifier && symbol_ == s.record(); }
  bool has_flag(NodeFlag f) const { return flags & f; }

  /// Expr: its arguments. They may be replaced in place.
  std::span<Node *> args() const { return assert(is_expr()), std::span<Node *>(args_, count); }
  Node *arg(size_t i) const { return assert(is_expr() && i < count), args_[i]; }
  size_t arg_count() const { return assert(is_expr()), count; }
  /// Expr: its head's name, whichever head.
  Symbol head_name() const { return head == Head::Other ? Symbol(extra_) : head_symbol(head); }

  Symbol symbol() const { return assert(is_identifier()), Symbol(symbol_); }
  std::string_view string() const { return assert(kind == NodeKind::String), std::string_view(text_, count); }
  /// Integer: the value, sign- or zero-extended to 64 bits by its type. Char: Julia's 32 bits of a Char
  /// (UTF-8 bytes from the top). Bool: 0 or 1.
  uint64_t bits() const { return bits_; }
  double float64() const;
  float float32() const;
  bool boolean() const { return assert(kind == NodeKind::Bool), bits_ != 0; }
  Node *quoted() const { return assert(kind == NodeKind::Quote), quoted_; }
  void *value() const { return assert(kind == NodeKind::Value), value_; }
  /// LineNumber: line, and the file's name (null Symbol for a LineNumberNode without file).
  uint32_t line() const { return assert(kind == NodeKind::LineNumber), count; }
  Symbol line_file() const { return assert(kind == NodeKind::LineNumber), Symbol(symbol_); }
  Symbol ref_module() const { return assert(kind == NodeKind::GlobalRef), Symbol(extra_); }
  Symbol ref_name() const { return assert(kind == NodeKind::GlobalRef), Symbol(symbol_); }
};
static_assert(sizeof(Node) == 32);

/// Owns nodes and the arrays and strings they point to. Not thread-safe; movable.
class AstArena {
public:
  AstArena();
  ~AstArena();
  AstArena(AstArena &&) noexcept;
  AstArena &operator=(AstArena &&) noexcept;

  Node *expr(Head head, std::span<Node *const> args, Range range = {});
  Node *expr(Head head, std::initializer_list<Node *> args, Range range = {}) {
    return expr(head, std::span<Node *const>(args.begin(), args.size()), range);
  }
  /// An Expr with any head, known or not.
  Node *expr(Symbol head, std::span<Node *const> args, Range range = {});
  Node *identifier(Symbol name, Range range = {});
  Node *identifier(std::string_view name, Range range = {}) {
    return identifier(Symbol::intern(name), range);
  }
  Node *integer(IntegerType type, uint64_t bits, Range range = {});
  Node *int64(int64_t value, Range range = {}) { return integer(IntegerType::Int64, value, range); }
  Node *float64(double value, Range range = {});
  Node *float32(float value, Range range = {});
  Node *character(uint32_t julia_bits, Range range = {});
  /// Copies the bytes.
  Node *string(std::string_view text, Range range = {});
  Node *boolean(bool value, Range range = {});
  Node *nothing(Range range = {});
  Node *line_number(uint32_t line, Symbol file, Range range = {});
  Node *quote(Node *value, Range range = {});
  Node *global_ref(Symbol module, Symbol name, Range range = {});
  Node *value(void *object, Range range = {});

  /// Raw bytes, 8-aligned; live as long as the arena.
  void *allocate(size_t bytes);

private:
  Node *make(NodeKind kind, Range range);
  void *allocate_chunk(size_t bytes);

  std::vector<std::unique_ptr<std::byte[]>> chunks_;
  std::byte *next_ = nullptr;
  std::byte *end_ = nullptr;
};

/// Same tree: kinds, heads and values; positions and line numbers are not compared.
bool equal(const Node *a, const Node *b);

} // namespace jl
