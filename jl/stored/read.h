// SPDX-License-Identifier: MIT
// Reading from a place in a stored library's bytes: the way back of writer.h.
#pragma once

#include <bit>
#include <vector>

#include "jl/lower/hygiene.h"
#include "jl/stored/reader.h"

namespace jl::stored {

class Reader {
public:
  Reader(Library &library, Task *task, const char *at) : library_(library), task_(task), at_(at) {}
  const char *place() const { return at_; }

  uint64_t number() {
    uint64_t value = uint8_t(*at_++);
    if (value < 0x80) [[likely]]
      return value;
    value &= 0x7f;
    for (unsigned shift = 7;; shift += 7) {
      uint64_t byte = uint8_t(*at_++);
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80)
        return value;
    }
  }
  int64_t integer() {
    uint64_t value = number();
    return int64_t(value >> 1) ^ -int64_t(value & 1);
  }
  uint8_t byte() { return uint8_t(*at_++); }
  bool flag() { return *at_++ != 0; }
  std::string_view text();
  Symbol symbol();
  Module *module();
  Value *value();
  GlobalRef *global();

  // What fields() calls.
  template <class T> void number(T &value) { value = T(number()); }
  template <class T> void integer(T &value) { value = T(integer()); }
  void flag(bool &value) { value = flag(); }
  void slot(uint32_t &value) { value = uint32_t(number()) - 1; }
  void symbol(Symbol &value) { value = symbol(); }
  void module(Module *&value) { value = module(); }
  void svec(SimpleVector *&values) { values = static_cast<SimpleVector *>(value()); }
  void method(Method *&method);
  template <class T> void list(GcVector<T> &items) {
    items.resize(number());
    for (T &item : items)
      fields(*this, item);
  }
  void values(GcVector<Value *> &values);
  void globals(GcVector<GlobalRef *> &globals);

  CodeInfo *code();
  Node *node();
  DefinitionSyntax::Parts definition();

private:
  Value *type_value(Tag tag);
  Value *code_value(Tag tag);
  Value *global_value();
  Value *closure_type();
  Value *typevar();
  Value *union_all();
  Value *expression_value();
  Value *bits();
  Value *struct_value();
  Value *apply();
  PendingBody *pending();
  Node *node_of(NodeKind kind, Range range);
  Node *expression(Range range);
  Range range();
  const Layer *layer();
  std::span<Node *> nodes();

  Library &library_;
  Task *task_;
  const char *at_;
  GcVector<TypeVar *> typevars_;
  std::vector<const Layer *> layers_;
  Pos last_ = 0;
  DefinitionSyntax *last_definition_ = nullptr; // variants of one follow each other
};

} // namespace jl::stored
