// SPDX-License-Identifier: MIT
#include "jl/stored/reader.h"

#include <cstring>

#include "jl/runtime/module.h"
#include "jl/runtime/task.h"
#include "jl/runtime/values.h"
#include "jl/stored/read.h"

namespace jl::stored {

Library::Library(std::string_view bytes, SourceMap &sources)
    : bytes_(bytes), sources_(sources), arena_(new AstArena) {
  memcpy(&header_, bytes.data(), sizeof header_);
  at_ = section(Section::Steps);
  symbols_.resize(header_.count[size_t(Section::Symbols)]);
  symbol_texts_.reserve(symbols_.size());
  Reader symbols(*this, nullptr, section(Section::Symbols));
  for (size_t i = 0; i < symbols_.size(); i++)
    symbol_texts_.push_back(symbols.text());
  modules_.resize(header_.count[size_t(Section::Modules)]);
  Reader modules(*this, nullptr, section(Section::Modules));
  for (size_t i = 0; i < modules_.size(); i++) {
    module_places_.push_back(modules.place());
    modules.number(), modules.number();
  }
  globals_.resize(header_.count[size_t(Section::Globals)]);
  global_values_.resize(globals_.size());
  Reader globals(*this, nullptr, section(Section::Globals));
  for (size_t i = 0; i < globals_.size(); i++) {
    global_places_.push_back(globals.place());
    globals.number(), globals.number();
  }
}

bool Library::add_texts(std::string_view (*text_of)(std::string_view name)) {
  Reader texts(*this, nullptr, section(Section::Texts));
  for (uint32_t i = 0; i < header_.count[size_t(Section::Texts)]; i++) {
    std::string_view name = texts.text();
    std::string_view text = text_of(name);
    if (text.size() != texts.number())
      return false;
    sources_.add_static(std::string(name), text);
  }
  return true;
}

void Library::next(Task *task, NextStep &out) {
  Reader read(*this, task, at_);
  out = {};
  out.step = Step(read.byte());
  if (out.step == Step::End)
    return;
  read.module(out.module);
  switch (out.step) {
  case Step::End:
    break;
  case Step::Module:
    read.symbol(out.name);
    read.flag(out.flag);
    break;
  case Step::Thunk:
    out.code = read.code();
    break;
  case Step::Names:
    read.flag(out.flag);
    out.names.resize(read.number());
    for (Symbol &name : out.names)
      read.symbol(name);
    break;
  case Step::Import:
    out.syntax = read.node();
    break;
  case Step::State:
    read.number(out.counter);
    out.names.resize(read.number());
    for (Symbol &name : out.names)
      read.symbol(name);
    out.counters.resize(read.number());
    for (auto &[name, count] : out.counters) {
      read.symbol(name);
      read.number(count);
    }
    break;
  }
  at_ = read.place();
}

DefinitionSyntax::Parts Library::read_syntax(void *library, uint32_t place) {
  auto &self = *static_cast<Library *>(library);
  return Reader(self, current_task(), self.section(Section::Syntax) + place).definition();
}

// --- What tables hold ---

std::string_view Reader::text() {
  size_t size = number();
  std::string_view text(at_, size);
  at_ += size;
  return text;
}

Symbol Reader::symbol() {
  size_t i = number();
  if (i == 0)
    return {};
  const SymbolRecord *&known = library_.symbols_[i - 1];
  if (!known)
    known = Symbol::intern(library_.symbol_texts_[i - 1]).record();
  return Symbol(known);
}

/// The first three are roots.
Module *Reader::module() {
  size_t i = number();
  if (i == 0)
    return nullptr;
  Module *&known = library_.modules_[i - 1];
  if (known)
    return known;
  Module *const roots[] = {modules::Core, modules::Base, modules::Main};
  if (i <= std::size(roots))
    return known = roots[i - 1];
  Reader entry(library_, task_, library_.module_places_[i - 1]);
  Module *parent = entry.module();
  return known = static_cast<Module *>(own_global(parent, entry.symbol()));
}

GlobalRef *Reader::global() {
  size_t i = number();
  GlobalRef *&known = library_.globals_[i];
  if (!known) {
    Reader entry(library_, task_, library_.global_places_[i]);
    Module *module = entry.module();
    known = new_global_ref(task_, module, entry.symbol());
  }
  return known;
}

Value *Reader::global_value() {
  size_t i = number();
  Value *&known = library_.global_values_[i];
  if (!known) {
    Reader entry(library_, task_, library_.global_places_[i]);
    Module *module = entry.module();
    known = own_global(module, entry.symbol());
  }
  return known;
}

} // namespace jl::stored
