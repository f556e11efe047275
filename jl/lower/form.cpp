// SPDX-License-Identifier: MIT
#include "jl/lower/form.h"

#include <algorithm>

#include "jl/runtime/module.h"
#include "jl/runtime/symbols.h"
#include "jl/runtime/values.h"

namespace jl {

/// Chunks double a few times from the first size: most lowerings are of one method's signature and need
/// little.
constexpr size_t kFirstChunk = 1024, kDoublings = 4;

void *FormArena::allocate(size_t bytes) {
  bytes = (bytes + 15) & ~size_t{15};
  if (size_t(end_ - next_) < bytes) {
    size_t size = std::max(bytes, kFirstChunk << std::min(chunks_.size(), kDoublings));
    next_ = static_cast<char *>(gc_alloc_scanned(size));
    end_ = next_ + size;
    chunks_.push_back(next_);
  }
  void *p = next_;
  next_ += bytes;
  return p;
}

Form *FormArena::make(FormKind kind, Range range, std::span<Form *const> items) {
  Form *form = new (allocate(sizeof(Form))) Form();
  form->kind = kind;
  form->range = range;
  form->count = items.size();
  if (!items.empty()) {
    form->items_ = static_cast<Form **>(allocate(items.size_bytes()));
    std::copy(items.begin(), items.end(), form->items_);
  }
  return form;
}

Form *FormArena::constant(Value *value, Range range) {
  Form *form = make(FormKind::Constant, range);
  form->value = value;
  return form;
}

Form *FormArena::symbol(Symbol name, Range range) {
  return constant(symbol_value(name), range);
}

Form *FormArena::name(Name name, Range range) {
  Form *form = make(FormKind::Name, range);
  form->symbol_ = name.symbol.record();
  form->layer = name.layer;
  return form;
}

Form *FormArena::global(Module *module, Symbol name, Range range) {
  Form *form = make(FormKind::Global, range);
  form->symbol_ = name.record();
  form->module = module;
  return form;
}

Form *FormArena::core(std::string_view name, Range range) {
  return global(modules::Core, name, range);
}

Form *FormArena::base(std::string_view name, Range range) {
  return global(modules::Base ? modules::Base : modules::Core, name, range);
}

Form *FormArena::call(Form *callee, std::initializer_list<Form *> arguments, Range range) {
  return call(callee, std::span<Form *const>(arguments.begin(), arguments.size()), range);
}

Form *FormArena::call(Form *callee, std::span<Form *const> arguments, Range range) {
  std::vector<Form *> items{callee};
  items.insert(items.end(), arguments.begin(), arguments.end());
  return make(FormKind::Call, range, items);
}

Form *FormArena::assign(Form *target, Form *value, Range range) {
  return make(FormKind::Assign, range, {target, value});
}

Form *FormArena::nothing() {
  return constant(nothing_value());
}

Form *FormArena::temporary() {
  Form *form = make(FormKind::Temporary);
  form->number = new_number();
  return form;
}

Form *FormArena::again(Form *atom) {
  Form *copy = make(atom->kind, atom->range);
  *copy = *atom;
  return copy;
}

} // namespace jl
