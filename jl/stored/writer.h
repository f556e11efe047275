// SPDX-License-Identifier: MIT
// Writes what evaluating the library's text did, for format.h's reader.
//
// What cannot be written (an object that is neither plain data nor found by a name) is an std::runtime_error:
// the build fails.
#pragma once

#include <map>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "jl/stored/format.h"

namespace jl::stored {

/// Numbers and texts of one section.
class Bytes {
public:
  void byte(uint8_t byte) { bytes_.push_back(char(byte)); }
  void number(uint64_t number);
  void text(std::string_view text);
  size_t size() const { return bytes_.size(); }
  const std::string &all() const { return bytes_; }

private:
  std::string bytes_;
};

/// Steps in the order in which they are to be taken. One thread.
class Writer {
public:
  void add_module(Module *parent, Symbol name, bool bare);
  /// Code that has just run.
  void add_thunk(Module *module, CodeInfo *code);
  void add_names(Module *module, bool exported, std::span<const Symbol> names);
  void add_import(Module *module, const Node *node);
  /// How many steps there are.
  size_t steps() const { return steps_; }
  /// The whole, with the state of all modules that were mentioned and the texts that syntax is of.
  std::string finish(const SourceMap &sources);

  // What fields() calls.
  template <class T> void number(const T &value) { to_->number(uint64_t(value)); }
  template <class T> void integer(const T &value) {
    to_->number(uint64_t(int64_t(value)) << 1 ^ uint64_t(int64_t(value) >> 63));
  }
  void flag(bool flag) { to_->byte(flag); }
  void slot(uint32_t slot) { to_->number(uint32_t(slot + 1)); }
  void symbol(Symbol symbol);
  void module(Module *module);
  void svec(SimpleVector *values) { value(values); }
  void method(Method *method);
  template <class T> void list(GcVector<T> &items) {
    number(items.size());
    for (T &item : items)
      fields(*this, item);
  }
  void values(const GcVector<Value *> &values);
  void globals(const GcVector<GlobalRef *> &globals);

private:
  struct SyntaxState {
    std::vector<const Layer *> layers;
    Pos last = 0;
  };

  void step(Step step);
  void tag(Tag tag) { to_->byte(uint8_t(tag)); }
  void value(Value *value);
  bool plain_value(Value *value);
  bool type_value(Value *value);
  bool code_value(Value *value);
  void list_of_values(std::span<Value *const> values);
  void global(Module *module, Symbol name);
  bool global_of(Value *value);
  void closure_type(DataType *type);
  void object(Value *value);
  void pending(PendingBody &pending);
  uint32_t syntax(const DefinitionSyntax &definition);
  void node(const Node *node, SyntaxState &state);
  void expression(const Node *node, SyntaxState &state);
  void range(Range range, SyntaxState &state);
  void layer(const Layer *layer, SyntaxState &state);
  void constructor(const NewContext *constructor, SyntaxState &state);
  void state_of(Module *module);

  size_t ended_before_ = ended_methods(); // methods that were replaced before this step
  Bytes all_steps_, all_syntax_;
  Bytes *to_ = &all_steps_;
  size_t steps_ = 0;
  std::vector<Symbol> symbols_;
  std::unordered_map<Symbol, size_t> symbol_numbers_;
  std::vector<Module *> modules_;
  std::vector<std::pair<size_t, Symbol>> globals_; // module's number, name
  std::map<std::pair<size_t, size_t>, size_t> global_numbers_;
  std::vector<TypeVar *> typevars_; // of this step or syntax
  std::vector<TypeName *> closures_;
  std::unordered_map<const DefinitionSyntax *, uint32_t> places_;
};

} // namespace jl::stored
