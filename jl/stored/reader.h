// SPDX-License-Identifier: MIT
// Reads a stored library, step by step; see format.h.
#pragma once

#include <span>
#include <string_view>

#include "jl/stored/format.h"

namespace jl::stored {

/// What the library's text did next.
struct NextStep {
  Step step = Step::End;
  Module *module = nullptr; // in which; of Step::Module the parent
  CodeInfo *code = nullptr;
  Symbol name = {};
  bool flag = false;                                   // Module: is bare; Names: are exported
  GcVector<Symbol> names = {};                         // Names; State: names found in other modules
  Node *syntax = nullptr;                              // Import
  uint32_t counter = 0;                                // State: Module::counter
  GcVector<std::pair<Symbol, uint64_t>> counters = {}; // State: those of lowering
};

/// Lies in collected memory, for as long as methods wait to be lowered: for ever.
class Library {
public:
  /// `bytes` stay where they are.
  Library(std::string_view bytes, SourceMap &sources);

  /// Puts the texts into the source map, which must be as it was when the library was written. `text_of`
  /// gives the text of a name, lying in the executable. False when they are not those of the writer.
  bool add_texts(std::string_view (*text_of)(std::string_view name));
  /// Reads one step; what it refers to by name must have been made by those before. One thread.
  void next(Task *task, NextStep &out);

private:
  friend class Reader;
  static DefinitionSyntax::Parts read_syntax(void *library, uint32_t place);
  SourceMap &sources() { return sources_; }
  AstArena &arena() { return *arena_; }
  const char *section(Section section) const { return bytes_.data() + header_.begin[size_t(section)]; }

  std::string_view bytes_;
  SourceMap &sources_;
  Header header_;
  const char *at_; // the next step
  GcVector<std::string_view> symbol_texts_;
  GcVector<const SymbolRecord *> symbols_; // null: not asked for yet
  GcVector<Module *> modules_;
  GcVector<const char *> module_places_;
  GcVector<GlobalRef *> globals_;
  GcVector<Value *> global_values_;
  GcVector<const char *> global_places_;
  AstArena *arena_; // of syntax that was read
};

} // namespace jl::stored
