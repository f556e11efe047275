// SPDX-License-Identifier: MIT
#include "jl/runtime/symbols.h"

#include <string>

#include "jl/runtime/gc.h"
#include "jl/runtime/module.h"
#include "jl/runtime/types.h"

namespace jl {

static GcVector<SymbolValue *> *early_symbols = nullptr; // only while one thread starts the runtime

static SymbolValue *new_symbol(Symbol name) {
  SymbolValue *made = static_cast<SymbolValue *>(alloc_object(nullptr, types::Symbol_, sizeof(SymbolValue)));
  made->name = name;
  return made;
}

static void remember_early(SymbolValue *symbol) {
  if (!early_symbols)
    early_symbols = gc_new<GcVector<SymbolValue *>>();
  early_symbols->push_back(symbol);
}

void tag_early_symbols() {
  if (!early_symbols)
    return;
  for (SymbolValue *symbol : *early_symbols)
    reinterpret_cast<DataType **>(symbol)[-1] = types::Symbol_;
  early_symbols = nullptr;
}

SymbolValue *symbol_value(Symbol name) {
  std::atomic<void *> &slot = name.record()->runtime;
  if (void *known = slot.load(std::memory_order_acquire))
    return static_cast<SymbolValue *>(known);
  SymbolValue *made = new_symbol(name);
  void *expected = nullptr;
  if (!slot.compare_exchange_strong(expected, made, std::memory_order_acq_rel))
    return static_cast<SymbolValue *>(expected);
  gc_keep(made);
  if (!types::Symbol_)
    remember_early(made);
  return made;
}

SymbolValue *symbol_value(std::string_view text) {
  return symbol_value(Symbol::intern(text));
}

bool is_symbol(const Value *v) {
  return type_of(v) == types::Symbol_;
}

bool is_symbol_named(const Value *v, std::string_view text) {
  return is_symbol(v) && symbol_of(v).text() == text;
}

SymbolValue *generate_symbol(Module *module, std::string_view base) {
  uint32_t number = module->counter.fetch_add(1);
  return symbol_value("##" + std::string(base) + "#" + std::to_string(number));
}

} // namespace jl
