// SPDX-License-Identifier: MIT
#include "jl/link/kept_units.h"

#include <algorithm>

#include "jl/content/content.h"
#include "jl/content/resolve.h"
#include "jl/link/client.h"
#include "jl/link/machine.h"
#include "jl/runtime/task.h"
#include "jl/support/trace.h"

namespace jl {

namespace {

using namespace content;

constexpr std::string_view kSpace = "unit", kMethodSpace = "unit-methods";
constexpr uint8_t kFormat = 6;

// Record: u8 format | 32 B object key | link info, behind its length | how many pointers, descriptions,
// methods | each pointer | of each description 16 B of its hash, and it, behind its length | hash of each
// method | flat unit, to the end. A pointer is a number; descriptions and methods are in the order of the
// pointers. Most descriptions are known by the hash.
//   0  the value that is described        1  the entry of the code that is described
//   2  a method, by the hash of its description
//   2 * n + 3  thing n of the subject     2 * n + 4  the entry of thing n          (0 is its code instance, 1
//   the method
//                                                                         of that, if it has one)
// Methods are three quarters of all pointers (positions), and nearly always known by then. So their
// descriptions have a record of their own, which is seldom read: u8 format | number of methods | each
// description behind its length.

enum PointerKind : uint64_t { kValue, kEntry, kMethod, kThings };

bool has_description(uint64_t kind) {
  return kind == kValue || kind == kEntry;
}
bool is_entry(uint64_t kind) {
  return kind == kEntry || (kind >= kThings && (kind - kThings) % 2 == 1);
}

/// Thing `index` of the subject in this process; null when there is none.
const void *thing_of(const UnitSubject &subject, size_t index) {
  if (index == 0)
    return subject.code;
  if (index == 1)
    return subject.code->def ? subject.code->def->def : nullptr;
  return index - 2 < subject.things.size() ? subject.things[index - 2] : nullptr;
}

std::optional<size_t> number_of(const UnitSubject &subject, const void *thing) {
  for (size_t i = 0; i < subject.things.size() + 2; i++)
    if (thing_of(subject, i) == thing)
      return i;
  return std::nullopt;
}

/// What pointers point to, on its way into the two records.
struct Description {
  bool is_method;
  Bytes bytes;
};

/// What `pointer` is; if it has to be described, `descriptions` gets one more. Nothing when that cannot be
/// said.
std::optional<uint64_t> describe_pointer(GcVector<Description> &descriptions, const void *pointer,
                                         bool is_entry, const UnitSubject &subject) {
  auto *entry = static_cast<ligature::Entry *>(const_cast<void *>(pointer));
  Value *value = is_entry ? code_of(*entry) : static_cast<Value *>(const_cast<void *>(pointer));
  if (std::optional<size_t> number = number_of(subject, value))
    return kThings + 2 * *number + is_entry;
  Description &made = descriptions.emplace_back(type_of(value) == types::Method_);
  Describer describer(made.bytes);
  if (subject.code->inferred)
    describer.set_code(*subject.code->inferred);
  describer.value(value);
  if (describer.failure()) {
    count_failure(describer.failure());
    return std::nullopt;
  }
  return made.is_method ? kMethod : is_entry ? kEntry : kValue;
}

void write_descriptions(Writer to, const GcVector<Description> &descriptions) {
  for (const Description &one : descriptions)
    if (!one.is_method) {
      DescriptionHash hash = hash_of_description(one.bytes);
      to.raw(hash.data(), sizeof hash);
      to.bytes(one.bytes);
    }
  for (const Description &one : descriptions)
    if (one.is_method)
      to.hash(sha256(one.bytes));
}

Bytes record_of_methods(const GcVector<Description> &descriptions, size_t methods) {
  Bytes record;
  Writer to{record};
  to.byte(kFormat);
  to.number(methods);
  for (const Description &one : descriptions)
    if (one.is_method)
      to.bytes(one.bytes);
  return record;
}

} // namespace

/// The parts of a record. Views of its bytes.
struct KeptUnits::Parts {
  content::Hash object_key;
  std::string_view link_info;
  size_t pointers = 0;
  std::span<const uint8_t> kinds;   // numbers, one of each pointer
  GcVector<Described> descriptions; // of those that have one
  std::span<const content::Hash> methods;
  std::span<const std::byte> flat;
};

namespace {

using Parts = KeptUnits::Parts;

/// Nothing for bytes that are no record.
std::optional<Parts> split(std::span<const std::byte> record) {
  auto *begin = reinterpret_cast<const uint8_t *>(record.data());
  Reader reader{{begin, record.size()}};
  if (reader.byte() != kFormat)
    return std::nullopt;
  Parts parts;
  parts.object_key = reader.hash();
  parts.link_info = reader.text();
  parts.pointers = reader.count();
  parts.descriptions.resize(reader.count());
  size_t methods = reader.count();
  parts.kinds = reader.rest;
  size_t described = 0, by_hash = 0;
  for (size_t i = 0; i < parts.pointers; i++) {
    uint64_t kind = reader.number();
    described += has_description(kind);
    by_hash += kind == kMethod;
  }
  parts.kinds = parts.kinds.first(parts.kinds.size() - reader.rest.size());
  for (Described &one : parts.descriptions) {
    reader.raw(one.hash.data(), sizeof one.hash);
    one.description = reader.bytes();
  }
  auto *hashes = reinterpret_cast<const Hash *>(reader.bytes(methods * sizeof(Hash)).data());
  if (reader.failed || described != parts.descriptions.size() || by_hash != methods)
    return std::nullopt;
  parts.methods = {hashes, methods};
  parts.flat = record.last(reader.rest.size());
  return parts;
}

std::span<const std::byte> bytes_of(std::string_view text) {
  return {reinterpret_cast<const std::byte *>(text.data()), text.size()};
}

/// What a pointer to `value` is; null when there is no such thing.
const void *pointer_to(Value *value, bool is_entry) {
  if (!is_entry || !value)
    return value;
  return type_of(value) == types::CodeInstance_ ? &static_cast<CodeInstance *>(value)->entry : nullptr;
}

/// Fills in the methods that are not known yet, by what a record says of all of them. False when one of them
/// is not what it was.
bool resolve_methods(const Surroundings &around, std::span<const std::byte> record,
                     std::span<const Hash> hashes, GcVector<Method *> &methods) {
  Reader reader{{reinterpret_cast<const uint8_t *>(record.data()), record.size()}};
  if (reader.byte() != kFormat || reader.count() != methods.size())
    return false;
  for (size_t i = 0; i < methods.size(); i++) {
    std::span<const uint8_t> description = reader.bytes();
    if (methods[i])
      continue;
    Value *found = sha256(description) == hashes[i] ? resolve(around, description) : nullptr;
    if (!found || type_of(found) != types::Method_)
      return false;
    methods[i] = static_cast<Method *>(found);
  }
  return true;
}

/// False when one of them is nothing here.
bool resolve_pointers(const Surroundings &around, const UnitSubject &subject, Parts &parts,
                      const GcVector<Method *> &methods, GcVector<const void *> &out) {
  if (!resolve_all(around, parts.descriptions))
    return false;
  out.reserve(parts.pointers);
  const Described *next = parts.descriptions.data();
  Method *const *next_method = methods.data();
  Reader kinds{parts.kinds};
  for (size_t i = 0; i < parts.pointers; i++) {
    uint64_t kind = kinds.number();
    Value *value = nullptr;
    if (kind == kMethod)
      value = *next_method++;
    else if (has_description(kind))
      value = next++->value;
    else
      value = static_cast<Value *>(const_cast<void *>(thing_of(subject, (kind - kThings) / 2)));
    if (!out.emplace_back(pointer_to(value, is_entry(kind))))
      return false;
  }
  return true;
}

std::string_view difference(const Parts &a, const Parts &b) {
  if (a.object_key != b.object_key)
    return "is of another object";
  if (a.link_info != b.link_info)
    return "has other link info";
  auto same = [](const Described &x, const Described &y) {
    return x.hash == y.hash && std::ranges::equal(x.description, y.description);
  };
  if (!std::ranges::equal(a.kinds, b.kinds) || !std::ranges::equal(a.methods, b.methods) ||
      !std::ranges::equal(a.descriptions, b.descriptions, same))
    return "refers to other things";
  return "has other code";
}

} // namespace

KeptUnits::KeptUnits(std::shared_ptr<ligature::Cache> cache, std::string variant,
                     std::function<void(const std::string &)> warn)
    : cache_(std::move(cache)), warn_(std::move(warn)) {
  std::string common = "unit\n" + hex(build_id()) + "\n" + machine_description() + variant + "\n";
  common_ = sha256({reinterpret_cast<const uint8_t *>(common.data()), common.size()});
}

ligature::CacheKey KeptUnits::key_of(const Hash &key) const {
  std::array<Hash, 2> both{common_, key};
  return sha256({both[0].data(), sizeof both});
}

void KeptUnits::compare(const ligature::CacheKey &key, const std::string &name,
                        std::span<const std::byte> record) {
  std::optional<ligature::CacheValue> kept = cache_->get(kSpace, key);
  if (!kept)
    return;
  verified++;
  if (std::ranges::equal(kept->bytes(), record))
    return;
  errors++;
  std::optional<Parts> there = split(kept->bytes()), here = split(record);
  std::string_view what = there && here ? difference(*there, *here) : "has another form";
  warn_("cache: the unit that is kept of " + name + " " + std::string(what) +
        " than compiling it gives; replaced");
}

void KeptUnits::keep(const UnitSubject &subject, const UnitToKeep &unit) {
  if (!subject.key || unit.entry != &subject.code->entry)
    return;
  Bytes record;
  Writer to{record};
  to.byte(kFormat);
  to.raw(unit.object_key.data(), unit.object_key.size());
  to.text({reinterpret_cast<const char *>(unit.link_info.data()), unit.link_info.size()});
  GcVector<uint64_t> kinds;
  GcVector<Description> descriptions;
  for (size_t i = 0; i < unit.pointers.size(); i++) {
    std::optional<uint64_t> kind =
        describe_pointer(descriptions, unit.pointers[i], unit.is_entry[i], subject);
    if (!kind)
      return;
    kinds.push_back(*kind);
  }
  auto methods = size_t(std::ranges::count(kinds, kMethod));
  for (size_t count : {kinds.size(), descriptions.size() - methods, methods})
    to.number(count);
  for (uint64_t kind : kinds)
    to.number(kind);
  write_descriptions(to, descriptions);
  to.raw(unit.flat.data(), unit.flat.size());
  ligature::CacheKey key = key_of(*subject.key);
  std::span<const std::byte> bytes = std::as_bytes(std::span(record.data(), record.size()));
  if (cache_->mode() == ligature::CacheMode::Verify)
    compare(key, unit.name, bytes);
  cache_->put(kSpace, key, bytes, unit.cost);
  if (methods > 0) {
    Bytes described = record_of_methods(descriptions, methods);
    cache_->put(kMethodSpace, key, std::as_bytes(std::span(described.data(), described.size())), unit.cost);
  }
}

/// False when there is one that cannot be found.
bool KeptUnits::find_methods(const Surroundings &around, const Hash &key, std::span<const Hash> hashes,
                             GcVector<Method *> &methods) const {
  methods = known_methods(hashes, around.world);
  if (std::ranges::find(methods, nullptr) == methods.end())
    return true;
  std::optional<ligature::CacheValue> record = cache_->get(kMethodSpace, key_of(key));
  return record && resolve_methods(around, record->bytes(), hashes, methods);
}

/// The same for all pointers.
bool KeptUnits::resolve_parts(const Surroundings &around, const UnitSubject &subject, Parts &parts,
                              GcVector<const void *> &pointers) const {
  TraceSpan span("resolve", [] { return std::string("unit"); });
  GcVector<Method *> methods;
  return find_methods(around, *subject.key, parts.methods, methods) &&
         resolve_pointers(around, subject, parts, methods, pointers);
}

std::optional<ligature::CacheValue> KeptUnits::look_up(const Hash &key) const {
  TraceSpan span("find", [] { return std::string("unit"); });
  return cache_->get(kSpace, key_of(key));
}

ligature::UnitHandle KeptUnits::bind(Task *task, const UnitSubject &subject, ligature::Linker &linker,
                                     const std::function<CodeInstance *(MethodInstance *)> &code_for,
                                     const LinkObject &link_object) {
  if (!subject.key)
    return nullptr;
  auto start = std::chrono::steady_clock::now();
  std::optional<ligature::CacheValue> found = look_up(*subject.key);
  std::optional<Parts> parts = found ? split(found->bytes()) : std::nullopt;
  if (!parts) {
    errors += found.has_value();
    return nullptr;
  }
  Surroundings around;
  around.task = task;
  around.world = task->world;
  around.thunk = subject.thunk();
  around.code_for = code_for;
  GcVector<const void *> pointers;
  if (!resolve_parts(around, subject, *parts, pointers))
    return nullptr;
  std::span<const void *const> known(pointers.data(), pointers.size());
  if (link_object) {
    std::expected<ligature::LinkInfo, std::string> info =
        ligature::read_link_info(bytes_of(parts->link_info), known);
    errors += !info;
    return info ? link_object(std::move(*info), parts->object_key) : nullptr;
  }
  std::expected<ligature::UnitHandle, std::string> unit = linker.link_flat(known, parts->flat);
  bound_ns += uint64_t(std::chrono::nanoseconds(std::chrono::steady_clock::now() - start).count());
  errors += !unit;
  return unit ? std::move(*unit) : nullptr;
}

} // namespace jl
