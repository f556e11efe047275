// SPDX-License-Identifier: MIT
#include "jl/syntax/ast.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <unordered_map>
#include <utility>

namespace jl {

namespace {

constexpr std::string_view kHeadTexts[] = {
#define HEAD(name, text) text,
#include "jl/syntax/heads.def"
};

constexpr size_t kHeadCount = std::size(kHeadTexts);
static_assert(kHeadCount == static_cast<size_t>(Head::Other));

const std::array<Symbol, kHeadCount> &head_symbols() {
  static const auto table = [] {
    std::array<Symbol, kHeadCount> symbols;
    for (size_t i = 0; i < kHeadCount; ++i)
      symbols[i] = Symbol::intern(kHeadTexts[i]);
    return symbols;
  }();
  return table;
}

uint16_t depth_above(std::span<Node *const> args) {
  uint16_t deepest = 0;
  for (const Node *arg : args)
    deepest = std::max(deepest, arg->depth);
  return deepest == UINT16_MAX ? deepest : deepest + 1;
}

} // namespace

Symbol head_symbol(Head head) {
  assert(head != Head::Other);
  return head_symbols()[static_cast<size_t>(head)];
}

Head find_head(Symbol name) {
  static const auto *table = [] {
    auto *map = new std::unordered_map<Symbol, Head>;
    for (size_t i = 0; i < kHeadCount; ++i)
      map->emplace(head_symbols()[i], static_cast<Head>(i));
    return map;
  }();
  auto found = table->find(name);
  return found == table->end() ? Head::Other : found->second;
}

double Node::float64() const {
  assert(kind == NodeKind::Float64);
  return std::bit_cast<double>(bits_);
}

float Node::float32() const {
  assert(kind == NodeKind::Float32);
  return std::bit_cast<float>(static_cast<uint32_t>(bits_));
}

AstArena::AstArena() = default;
AstArena::~AstArena() = default;

AstArena::AstArena(AstArena &&other) noexcept {
  *this = std::move(other);
}

AstArena &AstArena::operator=(AstArena &&other) noexcept {
  chunks_ = std::move(other.chunks_);
  next_ = std::exchange(other.next_, nullptr);
  end_ = std::exchange(other.end_, nullptr);
  return *this;
}

void *AstArena::allocate(size_t bytes) {
  bytes = (bytes + 7) & ~size_t{7};
  if (static_cast<size_t>(end_ - next_) < bytes)
    return allocate_chunk(bytes);
  return std::exchange(next_, next_ + bytes);
}

// Chunks double from 4 KiB, so that a line typed at the prompt costs little and a large file few calls.
void *AstArena::allocate_chunk(size_t bytes) {
  size_t size = std::max(bytes, size_t{4096} << std::min<size_t>(chunks_.size(), 8));
  chunks_.push_back(std::make_unique_for_overwrite<std::byte[]>(size));
  std::byte *begin = chunks_.back().get();
  next_ = begin + bytes;
  end_ = begin + size;
  return begin;
}

Node *AstArena::make(NodeKind kind, Range range) {
  auto *node = static_cast<Node *>(allocate(sizeof(Node)));
  node->kind = kind;
  node->flags = kFlagNone;
  node->head = Head::Other;
  node->depth = 0;
  node->count = 0;
  node->range = range;
  node->bits_ = 0;
  node->extra_ = nullptr;
  return node;
}

Node *AstArena::expr(Head head, std::span<Node *const> args, Range range) {
  Node *node = make(NodeKind::Expr, range);
  node->head = head;
  node->count = args.size();
  node->args_ = static_cast<Node **>(allocate(args.size_bytes()));
  std::copy(args.begin(), args.end(), node->args_);
  node->depth = depth_above(args);
  return node;
}

Node *AstArena::expr(Symbol head, std::span<Node *const> args, Range range) {
  Node *node = expr(find_head(head), args, range);
  if (node->head == Head::Other)
    node->extra_ = head.record();
  return node;
}

Node *AstArena::identifier(Symbol name, Range range) {
  Node *node = make(NodeKind::Identifier, range);
  node->symbol_ = name.record();
  return node;
}

Node *AstArena::integer(IntegerType type, uint64_t bits, Range range) {
  Node *node = make(NodeKind::Integer, range);
  node->integer_type = type;
  node->bits_ = bits;
  return node;
}

Node *AstArena::float64(double value, Range range) {
  Node *node = make(NodeKind::Float64, range);
  node->bits_ = std::bit_cast<uint64_t>(value);
  return node;
}

Node *AstArena::float32(float value, Range range) {
  Node *node = make(NodeKind::Float32, range);
  node->bits_ = std::bit_cast<uint32_t>(value);
  return node;
}

Node *AstArena::character(uint32_t julia_bits, Range range) {
  Node *node = make(NodeKind::Char, range);
  node->bits_ = julia_bits;
  return node;
}

Node *AstArena::string(std::string_view text, Range range) {
  Node *node = make(NodeKind::String, range);
  auto *copy = static_cast<char *>(allocate(text.size()));
  if (!text.empty())
    memcpy(copy, text.data(), text.size());
  node->text_ = copy;
  node->count = text.size();
  return node;
}

Node *AstArena::boolean(bool value, Range range) {
  Node *node = make(NodeKind::Bool, range);
  node->bits_ = value;
  return node;
}

Node *AstArena::nothing(Range range) {
  return make(NodeKind::Nothing, range);
}

Node *AstArena::line_number(uint32_t line, Symbol file, Range range) {
  Node *node = make(NodeKind::LineNumber, range);
  node->count = line;
  node->symbol_ = file.record();
  return node;
}

Node *AstArena::quote(Node *value, Range range) {
  Node *node = make(NodeKind::Quote, range);
  node->quoted_ = value;
  node->depth = depth_above({&value, 1});
  return node;
}

Node *AstArena::global_ref(Symbol module, Symbol name, Range range) {
  Node *node = make(NodeKind::GlobalRef, range);
  node->symbol_ = name.record();
  node->extra_ = module.record();
  return node;
}

Node *AstArena::value(void *object, Range range) {
  Node *node = make(NodeKind::Value, range);
  node->value_ = object;
  return node;
}

bool equal(const Node *a, const Node *b) {
  if (a->kind != b->kind)
    return false;
  switch (a->kind) {
  case NodeKind::Expr:
    return a->head == b->head && a->extra_ == b->extra_ &&
           std::ranges::equal(a->args(), b->args(), [](Node *x, Node *y) { return equal(x, y); });
  case NodeKind::Integer:
    return a->integer_type == b->integer_type && a->bits_ == b->bits_;
  case NodeKind::String:
    return a->string() == b->string();
  case NodeKind::LineNumber:
  case NodeKind::Nothing:
    return true;
  case NodeKind::Quote:
    return equal(a->quoted(), b->quoted());
  case NodeKind::Identifier:
  case NodeKind::GlobalRef:
    return a->symbol_ == b->symbol_ && a->extra_ == b->extra_;
  case NodeKind::Float64:
  case NodeKind::Float32:
  case NodeKind::Char:
  case NodeKind::Bool:
  case NodeKind::Value:
    return a->bits_ == b->bits_;
  }
  return false;
}

} // namespace jl
