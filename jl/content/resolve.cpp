// SPDX-License-Identifier: MIT
#include "jl/content/resolve.h"

#include "jl/content/closures.h"
#include "jl/content/constants.h"
#include "jl/content/content.h"
#include "jl/content/fixed_parts.h"
#include "jl/content/resolver.h"
#include "jl/infer/guard.h"
#include "jl/runtime/abi.h"
#include "jl/runtime/arrays.h"
#include "jl/runtime/exact.h"
#include "jl/runtime/module.h"
#include "jl/runtime/strings.h"
#include "jl/runtime/symbols.h"
#include "jl/runtime/values.h"

namespace jl::content {

namespace {

constexpr unsigned kMaxLevels = 400; // more than a Describer writes

bool is_concrete_with_layout(Value *type) {
  return type && type_of(type) == types::DataType_ && static_cast<DataType *>(type)->is_concrete &&
         static_cast<DataType *>(type)->layout;
}

} // namespace

Value *Resolver::value() {
  if (in_.failed || ++level_ > kMaxLevels)
    return fail();
  std::span<const uint8_t> start = in_.rest;
  Tag tag{in_.byte()};
  Value *v = in_.failed ? nullptr : tagged(tag, start);
  level_--;
  return v ? v : fail();
}

Value *Resolver::fail() {
  in_.failed = true;
  in_.rest = {};
  return nullptr;
}

/// What may be replaced, or is made anew each time.
Value *Resolver::transient(Value *v) {
  basis_.lasts = false;
  return v;
}

Value *Resolver::tagged(Tag tag, std::span<const uint8_t> start) {
  switch (tag) {
  case Tag::Symbol:
    return symbol_value(in_.text());
  case Tag::String:
    return transient(new_string(around_.task, in_.text()));
  case Tag::Instance: {
    Value *type = value();
    return type && type_of(type) == types::DataType_ ? static_cast<DataType *>(type)->instance : nullptr;
  }
  case Tag::Struct:
    return structure();
  case Tag::Named:
    return transient(named());
  case Tag::Svec:
    return svec();
  case Tag::Module:
    return module();
  case Tag::Bottom:
    return types::Bottom_;
  case Tag::DataType:
  case Tag::Wrapper:
  case Tag::Union:
  case Tag::UnionAll:
  case Tag::BoundVar:
  case Tag::Vararg:
    return type(tag);
  case Tag::TypeName:
    return type_name();
  case Tag::Method:
  case Tag::MethodInstance:
    return remembered(tag, start);
  case Tag::Thunk:
    return transient(thunk(start));
  case Tag::Code: {
    SimpleVector *parts = code_parts();
    return transient(parts ? find_code(around_, *parts) : nullptr);
  }
  case Tag::Binding:
    return transient(reinterpret_cast<Value *>(binding()));
  case Tag::Intrinsic:
    return intrinsic();
  case Tag::GlobalRef:
  case Tag::QuoteNode:
  case Tag::LineNumber:
    return transient(syntax(tag));
  case Tag::CodeConstant:
    return code_constant();
  case Tag::Hash:
  case Tag::Expr: // of code, which is only compared
    break;
  }
  return nullptr;
}

// --- Plain values ---

Value *Resolver::optional() {
  bool is_there = in_.byte();
  return is_there ? value() : nullptr;
}

SimpleVector *Resolver::svec() {
  size_t n = in_.count();
  GcVector<Value *> elements(n);
  for (size_t i = 0; i < n; i++)
    elements[i] = optional();
  return in_.failed ? nullptr : new_svec(around_.task, elements);
}

void Resolver::fields(DataType *type, char *payload) {
  const Layout *layout = type->layout;
  if (layout->nfields == 0) {
    in_.raw(payload, layout->size);
    return;
  }
  for (uint32_t i = 0; i < layout->nfields && !in_.failed; i++) {
    const FieldLayout &field = layout->fields[i];
    if (!field.is_pointer) {
      fields(static_cast<DataType *>(type->types->data[i]), payload + field.offset);
      continue;
    }
    Value *v = optional();
    if (v && !is_a(v, type->types->data[i]))
      fail();
    memcpy(payload + field.offset, &v, sizeof v);
  }
}

Value *Resolver::structure() {
  Value *type = value();
  if (!is_concrete_with_layout(type) || static_cast<DataType *>(type)->name->is_mutable)
    return nullptr;
  auto *t = static_cast<DataType *>(type);
  auto *payload = static_cast<char *>(gc_alloc_scanned(std::max<size_t>(t->layout->size, 8)));
  fields(t, payload);
  if (in_.failed)
    return nullptr;
  if (t->is_inline)
    return box_at(around_.task, t, payload);
  Value *made = alloc_object(around_.task, t);
  memcpy(static_cast<void *>(made), payload, t->layout->size);
  return made;
}

Module *Resolver::module() {
  size_t n = in_.count();
  Module *m = nullptr;
  for (size_t i = 0; i < n && (m || i == 0); i++) {
    Symbol name = Symbol::intern(in_.text());
    if (i == 0) {
      m = find_root_module(name);
      continue;
    }
    Value *inner = named_constant(m, name, {});
    m = inner && type_of(inner) == types::Module_ ? static_cast<Module *>(inner) : nullptr;
  }
  return m;
}

/// A module where one has to stand.
Module *Resolver::module_value() {
  Value *v = value();
  return v && type_of(v) == types::Module_ ? static_cast<Module *>(v) : nullptr;
}

Value *Resolver::named() {
  Module *m = module_value();
  Symbol name = Symbol::intern(in_.text());
  GcVector<uint32_t> path(in_.count());
  for (uint32_t &field : path)
    field = uint32_t(in_.number());
  bool says_more = in_.byte();
  Hash fixed = says_more ? in_.hash() : Hash{};
  Value *v = m && !in_.failed ? named_constant(m, name, path) : nullptr;
  bool is_alike = v && has_fixed_parts(v) == says_more && (!says_more || fixed_parts_hash(v) == fixed);
  return is_alike ? v : nullptr;
}

Binding *Resolver::binding() {
  Module *m = module_value();
  Symbol name = Symbol::intern(in_.text());
  if (!m || in_.failed)
    return nullptr;
  Binding *binding = get_binding_for_read(m, name);
  return binding->module == m && binding->name == name && !binding->imported ? binding : nullptr;
}

Value *Resolver::intrinsic() {
  std::string_view name = in_.text();
  Value *v = global_value(modules::Core, Symbol::intern("Intrinsics"));
  v = v && type_of(v) == types::Module_ ? global_value(static_cast<Module *>(v), Symbol::intern(name))
                                        : nullptr;
  return v && type_of(v) == types::IntrinsicFunction ? v : nullptr;
}

Value *Resolver::syntax(Tag tag) {
  if (tag == Tag::GlobalRef) {
    Module *m = module_value();
    Symbol name = Symbol::intern(in_.text());
    return m && !in_.failed ? new_global_ref(around_.task, m, name) : nullptr;
  }
  if (tag == Tag::QuoteNode) {
    Value *v = value();
    return v ? new_quote_node(around_.task, v) : nullptr;
  }
  bool is_relative = in_.byte();
  int64_t line = in_.integer();
  Value *file = is_relative ? nullptr : value();
  return file ? new_line_number_node(around_.task, line, file) : nullptr;
}

/// Lowers the code if that has not happened.
Value *Resolver::code_constant() {
  Value *owner = value();
  size_t number = in_.number();
  if (in_.failed || !owner)
    return nullptr;
  const CodeInfo *code = type_of(owner) == types::Method_
                             ? method_source(around_.task, static_cast<Method *>(owner))
                         : type_of(owner) == types::MethodInstance_
                             ? instance_source(around_.task, static_cast<MethodInstance *>(owner))
                             : nullptr;
  Value *v = code && number < code->constants.size() ? code->constants[number] : nullptr;
  return v && (type_of(v) == types::Expr_ || type_of(v) == types::LineNumberNode_) ? v : nullptr;
}

bool is_code(std::span<const uint8_t> description) {
  return !description.empty() && Tag{description.front()} == Tag::Code;
}

namespace {

/// Of code its parts. What it takes to keep that is given to `keep`.
template <class Keep>
Value *resolve_anew(const Surroundings &around, std::span<const uint8_t> description, Keep keep) {
  uint64_t age = memo_age();
  Basis basis;
  Resolver resolver(around, is_code(description) ? description.subspan(1) : description, basis);
  Value *v = is_code(description) ? resolver.code_parts() : resolver.value();
  if (!v || !resolver.is_done())
    return nullptr;
  keep(v, basis, age);
  return v;
}

/// Symbols and strings take less than remembering them.
Value *resolve_text(const Surroundings &around, std::span<const uint8_t> description) {
  Reader in{description};
  Tag tag{in.byte()};
  if (tag != Tag::Symbol && tag != Tag::String)
    return nullptr;
  std::string_view text = in.text();
  if (!in.at_end())
    return nullptr;
  return tag == Tag::Symbol ? static_cast<Value *>(symbol_value(text)) : new_string(around.task, text);
}

bool resolve_all_unguarded(const Surroundings &around, std::span<Described> all) {
  for (Described &one : all)
    one.value = resolve_text(around, one.description);
  find_resolved(all, around.world);
  for (Described &one : all) {
    auto keep = [&](Value *v, const Basis &basis, uint64_t age) { keep_resolved(one.hash, v, basis, age); };
    if (!one.value)
      one.value = resolve_anew(around, one.description, keep);
    if (one.value && is_code(one.description))
      one.value = find_code(around, *static_cast<SimpleVector *>(one.value));
    if (!one.value)
      return false;
  }
  return true;
}

} // namespace

/// Of code, its parts are remembered: which code an instance has changes with the world.
Value *resolve(const Surroundings &around, std::span<const uint8_t> description) {
  Value *v = find_resolved(description, around.world, nullptr);
  if (!v)
    v = inference::run_guarded(around.task, [&]() -> Value * {
      return resolve_anew(around, description, [&](Value *made, const Basis &basis, uint64_t age) {
        keep_resolved(description, made, basis, age);
      });
    });
  return v && is_code(description) ? find_code(around, *static_cast<SimpleVector *>(v)) : v;
}

DescriptionHash hash_of_description(std::span<const uint8_t> description) {
  Hash whole = sha256(description);
  DescriptionHash half;
  memcpy(half.data(), whole.data(), sizeof half);
  return half;
}

bool resolve_all(const Surroundings &around, std::span<Described> all) {
  return inference::run_guarded(around.task, [&]() -> Value * {
    return resolve_all_unguarded(around, all) ? nothing_value() : nullptr;
  });
}

} // namespace jl::content
