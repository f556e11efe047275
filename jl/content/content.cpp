// SPDX-License-Identifier: MIT
#include "jl/content/content.h"

#include <algorithm>
#include <map>
#include <mutex>
#include <unordered_map>

#include "jl/content/closures.h"
#include "jl/content/describe.h"
#include "jl/content/fingerprint.h"
#include "jl/content/method_table.h"
#include "jl/infer/typed.h"
#include "jl/runtime/exact.h"
#include "jl/runtime/module.h"
#include "jl/runtime/runtime_lock.h"
#include "jl/support/numbered_order.h"

namespace jl::content {

namespace {

template <class K, class V, class H = std::hash<K>>
using Map = std::unordered_map<K, V, H, std::equal_to<>, GcAllocator<std::pair<const K, V>>>;

/// A hash, or why there is none.
struct Known {
  std::optional<Hash> hash;
  const char *failure = nullptr;

  std::optional<Hash> answer(const char **why_not) const {
    if (why_not)
      *why_not = failure;
    return hash;
  }
};

Known known(const Describer &describer, const Bytes &bytes) {
  if (!describer.failure())
    return {sha256(bytes)};
  return {std::nullopt, describer.failure()};
}

/// What one type name says of itself.
struct Definition {
  Bytes bytes;
  GcVector<TypeName *> mentions;
  const char *failure = nullptr;
};

/// Looked up only, never walked.
struct Tables {
  std::recursive_mutex mutex;
  Map<Value *, Known> hashes; // of types, methods and their instances
  Map<TypeName *, Known> definitions;
  Map<TypeName *, Definition *> own;
  MethodTable methods;
  Map<TypeName *, size_t> numbers;
  Map<Method *, Known> contents;
  std::map<std::string, uint64_t> failures;
  uint64_t age = 0;

  /// A module that another has taken the place of is not what its name says any more, nor is what lies in it.
  void forget_if_older(uint64_t now) {
    if (age == now)
      return;
    age = now;
    hashes.clear();
    definitions.clear();
    own.clear();
    methods.clear();
    numbers.clear();
    contents.clear();
  }
};

/// The tables, as long as nobody else uses them.
struct LockedTables {
  RuntimeLock<std::recursive_mutex> lock;
  explicit LockedTables(Tables &all) : lock(all.mutex) { all.forget_if_older(module_replacements()); }
};

Tables &tables() {
  static auto *all = gc_new<Tables>();
  return *all;
}

/// Of unions and UnionAlls there may be any number of equal ones.
bool is_kept(Value *v) {
  DataType *kind = type_of(v);
  if (kind == types::DataType_)
    return !static_cast<DataType *>(v)->has_free_typevars;
  if (kind == types::UnionAll_) {
    Value *body = unwrap_union_all(v);
    return type_of(body) == types::DataType_ && static_cast<DataType *>(body)->name->wrapper == v;
  }
  return kind == types::Method_ || (kind == types::MethodInstance_ && static_cast<MethodInstance *>(v)->def);
}

/// A generated method's instance has content only once its body is made, a closure's type once it has
/// methods.
bool may_come(Value *v, const char *failure) {
  if (failure == kNoMethodsYet)
    return true;
  if (type_of(v) != types::MethodInstance_)
    return false;
  auto *instance = static_cast<MethodInstance *>(v);
  return instance->def->is_generated && !instance->thunk;
}

Known compute(Value *v) {
  Bytes bytes;
  Describer describer(bytes);
  describer.value(v);
  return known(describer, bytes);
}

Definition &own_definition(Tables &all, TypeName *name) {
  if (auto found = all.own.find(name); found != all.own.end())
    return *found->second;
  auto *made = gc_new<Definition>();
  Describer describer(made->bytes, Describer::Depth::Shallow);
  describer.type_name(name);
  describer.mentions.clear();
  describer.type_definition(name);
  made->mentions = describer.mentions;
  made->failure = describer.failure();
  if (!made->failure)
    all.own.emplace(name, made);
  return *made;
}

/// Everything that can be reached, each once: its own bytes, then which of them it mentions.
Known compute_definition(Tables &all, TypeName *root) {
  GcVector<TypeName *> reached{root};
  Map<TypeName *, size_t> number{{root, 0}};
  Bytes bytes;
  Writer to{bytes};
  for (size_t i = 0; i < reached.size(); i++) {
    const Definition &definition = own_definition(all, reached[i]);
    if (definition.failure)
      return {std::nullopt, definition.failure};
    to.bytes(definition.bytes);
    for (TypeName *mention : definition.mentions) {
      auto [at, is_new] = number.try_emplace(mention, reached.size());
      if (is_new)
        reached.push_back(mention);
      to.number(at->second);
    }
  }
  return {sha256(bytes)};
}

/// The module's closure types of top-level code, as they were defined.
GcVector<TypeName *> closures_in(Module *module) {
  GcVector<Binding *> bindings;
  module_bindings(module, bindings);
  GcVector<TypeName *> found;
  for (Binding *binding : bindings) {
    Value *value =
        binding->name.text().starts_with("#") && !binding->imported ? binding->value.load() : nullptr;
    Value *body = value && is_type(value) ? unwrap_union_all(value) : nullptr;
    if (!body || type_of(body) != types::DataType_)
      continue;
    TypeName *name = static_cast<DataType *>(body)->name;
    if (name->name == binding->name && is_closure(name) && !place_of(name).owner)
      found.push_back(name);
  }
  std::sort(found.begin(), found.end(),
            [](TypeName *a, TypeName *b) { return compare_numbered(a->name.text(), b->name.text()) < 0; });
  return found;
}

} // namespace

const Hash &build_id() {
  static const Hash id = [] {
    std::string text = std::string(build_fingerprint()) + " " + kCompilerVersion;
    return sha256({reinterpret_cast<const uint8_t *>(text.data()), text.size()});
  }();
  return id;
}

std::optional<Hash> hash_of(Value *v, const char **why_not) {
  if (!is_kept(v))
    return compute(v).answer(why_not);
  Tables &all = tables();
  LockedTables lock(all);
  if (auto found = all.hashes.find(v); found != all.hashes.end())
    return found->second.answer(why_not);
  Known made = compute(v);
  if (made.hash || !may_come(v, made.failure))
    all.hashes.emplace(v, made);
  if (made.hash && type_of(v) == types::Method_)
    all.methods.insert_or_assign(*made.hash, static_cast<Method *>(v));
  return made.answer(why_not);
}

std::optional<Hash> typed_key(const CodeInstance *code, const char **why_not) {
  if (!code->inferred)
    return std::nullopt;
  Bytes bytes;
  bytes.reserve(4096);
  Describer describer(bytes, Describer::Depth::Hashed);
  describer.typed(*code->inferred);
  describer.value(code->rettype);
  if (code->rettype_const)
    describer.value(code->rettype_const);
  Writer{bytes}.number(code->effects);
  if (describer.failure())
    count_failure(describer.failure());
  return known(describer, bytes).answer(why_not);
}

std::optional<Hash> definition_hash(TypeName *name, const char **why_not) {
  Tables &all = tables();
  LockedTables lock(all);
  if (auto found = all.definitions.find(name); found != all.definitions.end())
    return found->second.answer(why_not);
  Known made = compute_definition(all, name);
  if (made.hash)
    all.definitions.emplace(name, made);
  return made.answer(why_not);
}

std::optional<Hash> method_content_hash(Method *method, const char **why_not) {
  Tables &all = tables();
  LockedTables lock(all);
  if (auto found = all.contents.find(method); found != all.contents.end())
    return found->second.answer(why_not);
  Bytes bytes;
  Describer describer(bytes, Describer::Depth::Hashed);
  describer.method_content(method);
  Known made = known(describer, bytes);
  if (made.failure != kNoMethodsYet)
    all.contents.emplace(method, made);
  return made.answer(why_not);
}

static Method *known_method_locked(Tables &all, const Hash &content, uint64_t world) {
  Method *m = all.methods.find(content);
  return m && m->primary_world.load() <= world && world < m->deleted_world.load() ? m : nullptr;
}

Method *known_method(const Hash &content, uint64_t world) {
  Tables &all = tables();
  LockedTables lock(all);
  return known_method_locked(all, content, world);
}

GcVector<Method *> known_methods(std::span<const Hash> contents, uint64_t world) {
  GcVector<Method *> methods(contents.size());
  Tables &all = tables();
  LockedTables lock(all);
  for (const Hash &content : contents)
    all.methods.expect(content);
  for (size_t i = 0; i < contents.size(); i++)
    methods[i] = known_method_locked(all, contents[i], world);
  return methods;
}

size_t number_among_equals(TypeName *name, const Hash &definition) {
  Tables &all = tables();
  LockedTables lock(all);
  if (auto found = all.numbers.find(name); found != all.numbers.end())
    return found->second;
  size_t number = 0;
  for (TypeName *other : closures_in(name->module)) {
    if (other == name)
      break;
    number += definition_hash(other) == definition;
  }
  all.numbers.emplace(name, number);
  return number;
}

TypeName *find_closure(Module *module, const Hash &definition, size_t number) {
  for (TypeName *name : closures_in(module))
    if (definition_hash(name) == definition && number-- == 0)
      return name;
  return nullptr;
}

void count_failure(const char *reason) {
  Tables &all = tables();
  LockedTables lock(all);
  all.failures[reason]++;
}

std::string failures_json() {
  Tables &all = tables();
  LockedTables lock(all);
  std::string json = "{";
  for (auto &[reason, count] : all.failures)
    json += (json.size() > 1 ? ",\"" : "\"") + reason + "\":" + std::to_string(count);
  return json + "}";
}

} // namespace jl::content
