// SPDX-License-Identifier: MIT
#include "jl/stored/writer.h"

#include <algorithm>
#include <cstring>
#include <stdexcept>
#include <utility>

#include "jl/lower/ordinal.h"
#include "jl/runtime/method.h"
#include "jl/runtime/module.h"
#include "jl/runtime/symbols.h"
#include "jl/runtime/values.h"

namespace jl::stored {

void Bytes::number(uint64_t number) {
  for (; number >= 0x80; number >>= 7)
    byte(uint8_t(number | 0x80));
  byte(uint8_t(number));
}

void Bytes::text(std::string_view text) {
  number(text.size());
  bytes_.append(text);
}

// --- Tables ---

void Writer::symbol(Symbol symbol) {
  if (!symbol)
    return number(0);
  auto [known, is_new] = symbol_numbers_.try_emplace(symbol, symbols_.size());
  if (is_new)
    symbols_.push_back(symbol);
  number(known->second + 1);
}

/// Roots come first in the table, in the order in which the reader knows them.
void Writer::module(Module *module) {
  if (!module)
    return number(0);
  if (modules_.empty())
    modules_ = {modules::Core, modules::Base, modules::Main};
  auto known = std::ranges::find(modules_, module);
  if (known == modules_.end()) {
    if (module->parent == module || own_global(module->parent, module->name) != module)
      throw std::runtime_error("module " + module_path(module) + " is not found by its name");
    modules_.push_back(module);
    known = modules_.end() - 1;
  }
  number(size_t(known - modules_.begin()) + 1);
}

void Writer::global(Module *module, Symbol name) {
  Bytes scratch;
  Bytes *to = std::exchange(to_, &scratch);
  this->module(module); // into the tables
  symbol(name);
  to_ = to;
  size_t number_of_module = size_t(std::ranges::find(modules_, module) - modules_.begin());
  auto [known, is_new] =
      global_numbers_.try_emplace({number_of_module, symbol_numbers_.at(name)}, globals_.size());
  if (is_new)
    globals_.emplace_back(number_of_module, name);
  number(known->second);
}

// --- Steps ---

void Writer::step(Step step) {
  to_->byte(uint8_t(step));
  steps_++;
  typevars_.clear();
}

void Writer::add_module(Module *parent, Symbol name, bool bare) {
  step(Step::Module);
  module(parent);
  symbol(name);
  flag(bare);
}

void Writer::add_thunk(Module *module, CodeInfo *code) {
  step(Step::Thunk);
  size_t ended = ended_methods();
  for (Definition &definition : code->definitions)
    definition.is_only_one = ended == ended_before_ && !code->has_loops;
  ended_before_ = ended;
  this->module(module);
  fields(*this, *code);
}

void Writer::add_names(Module *module, bool exported, std::span<const Symbol> names) {
  step(Step::Names);
  this->module(module);
  flag(exported);
  number(names.size());
  for (Symbol name : names)
    symbol(name);
}

void Writer::add_import(Module *module, const Node *node) {
  step(Step::Import);
  this->module(module);
  SyntaxState state;
  this->node(node, state);
}

void Writer::method(Method *method) {
  flag(method != nullptr);
  if (!method)
    return;
  symbol(method->name);
  module(method->module);
  fields(*this, *method);
  CodeInfo *source = method->source.load();
  flag(source != nullptr);
  if (source)
    return fields(*this, *source);
  auto &pending = *static_cast<PendingBody *>(method->pending);
  fields(*this, pending);
  number(syntax(*pending.definition));
}

void Writer::values(const GcVector<Value *> &values) {
  list_of_values(values);
}

void Writer::globals(const GcVector<GlobalRef *> &globals) {
  number(globals.size());
  for (GlobalRef *ref : globals)
    global(ref->module, symbol_of(ref->name));
}

// --- The whole ---

/// What lowering does to a module apart from running code: it counts for names that it makes up, and finds
/// names of others.
void Writer::state_of(Module *module) {
  step(Step::State);
  this->module(module);
  number(module->counter.load());
  GcVector<Binding *> all;
  module_bindings(module, all);
  std::vector<Symbol> imported;
  std::vector<Binding *> counters;
  for (Binding *binding : all) {
    if (binding->imported && !binding->is_explicit)
      imported.push_back(binding->name);
    else if (binding->name.text().starts_with(closure_counter().text()))
      counters.push_back(binding);
  }
  number(imported.size());
  for (Symbol name : imported)
    symbol(name);
  number(counters.size());
  for (Binding *counter : counters) {
    symbol(counter->name);
    number(unbox_uint64(counter->value.load()));
  }
}

std::string Writer::finish(const SourceMap &sources) {
  for (size_t i = 0; i < modules_.size(); i++)
    state_of(modules_[i]);
  to_->byte(uint8_t(Step::End));
  Bytes texts, symbols, modules, globals;
  for (size_t i = 0; i < sources.size(); i++) {
    const SourceFile &file = sources.file(FileId(i));
    texts.text(file.name);
    texts.number(file.text.size());
  }
  to_ = &modules;
  for (Module *module : modules_) {
    this->module(module->parent == module ? nullptr : module->parent);
    symbol(module->name);
  }
  to_ = &globals;
  for (auto [module, name] : globals_) {
    this->module(modules_[module]);
    symbol(name);
  }
  for (Symbol symbol : symbols_)
    symbols.text(symbol.text());
  const Bytes *sections[kSections] = {&texts, &symbols, &modules, &globals, &all_steps_, &all_syntax_};
  Header header{{},
                {uint32_t(sources.size()), uint32_t(symbols_.size()), uint32_t(modules_.size()),
                 uint32_t(globals_.size())}};
  header.begin[0] = sizeof(Header);
  for (size_t i = 0; i < kSections; i++)
    header.begin[i + 1] = header.begin[i] + uint32_t(sections[i]->size());
  std::string bytes(reinterpret_cast<const char *>(&header), sizeof header);
  for (const Bytes *section : sections)
    bytes += section->all();
  return bytes;
}

} // namespace jl::stored
