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

constexpr std::string_view kSpace = "unit";
constexpr uint8_t kFormat = 2;

// Record: u8 format | 32 B object key | link info | number of pointers | each pointer | flat unit, to the end. Link info behind its
// length. A pointer is a number, and for the first two a description behind its length:
//   0  the value that is described        1  the entry of the code that is described
//   2 * n + 2  thing n of the subject     2 * n + 3  the entry of thing n          (thing 0 is its code instance)

enum PointerKind : uint64_t { kValue, kEntry, kThings };

/// What the subject's things are in one process.
GcVector<const void *> things_of(const UnitSubject &subject) {
  GcVector<const void *> things{subject.code};
  things.insert(things.end(), subject.things.begin(), subject.things.end());
  return things;
}

/// Appends what `pointer` points to. False when that cannot be said.
bool describe_pointer(Bytes &out, const void *pointer, bool is_entry, std::span<const void *const> things) {
  auto *entry = static_cast<ligature::Entry *>(const_cast<void *>(pointer));
  Value *value = is_entry ? code_of(*entry) : static_cast<Value *>(const_cast<void *>(pointer));
  Writer to{out};
  if (auto found = std::find(things.begin(), things.end(), value); found != things.end()) {
    to.number(kThings + 2 * size_t(found - things.begin()) + is_entry);
    return true;
  }
  to.number(is_entry ? kEntry : kValue);
  Bytes bytes;
  Describer describer(bytes);
  describer.value(value);
  if (describer.failure())
    count_failure(describer.failure());
  to.bytes(bytes);
  return !describer.failure();
}

/// One pointer of a record.
struct Pointer {
  uint64_t kind;
  std::string_view description;
};

/// The parts of a record. Views of its bytes.
struct Parts {
  content::Hash object_key;
  std::string_view link_info;
  std::vector<Pointer> pointers;
  std::span<const std::byte> flat;
};

/// Nothing for bytes that are no record.
std::optional<Parts> split(std::span<const std::byte> record) {
  auto *begin = reinterpret_cast<const uint8_t *>(record.data());
  Reader reader{{begin, record.size()}};
  if (reader.byte() != kFormat)
    return std::nullopt;
  Parts parts;
  parts.object_key = reader.hash();
  parts.link_info = reader.text();
  for (size_t left = reader.count(); left > 0; left--) {
    uint64_t kind = reader.number();
    parts.pointers.push_back({kind, kind < kThings ? reader.text() : std::string_view()});
  }
  if (reader.failed)
    return std::nullopt;
  parts.flat = record.last(reader.rest.size());
  return parts;
}

std::span<const std::byte> bytes_of(std::string_view text) {
  return {reinterpret_cast<const std::byte *>(text.data()), text.size()};
}

/// What a pointer is here; null when there is no such thing.
const void *resolve_pointer(const Surroundings &around, std::span<const void *const> things, const Pointer &pointer) {
  bool is_entry = pointer.kind & 1;
  Value *value = nullptr;
  if (pointer.kind < kThings)
    value = resolve(around, {reinterpret_cast<const uint8_t *>(pointer.description.data()), pointer.description.size()});
  else if (size_t index = (pointer.kind - kThings) / 2; index < things.size())
    value = static_cast<Value *>(const_cast<void *>(things[index]));
  if (!is_entry || !value)
    return value;
  return type_of(value) == types::CodeInstance_ ? &static_cast<CodeInstance *>(value)->entry : nullptr;
}

/// False when one of them is nothing here.
bool resolve_all(const Surroundings &around, std::span<const void *const> things, const Parts &parts, GcVector<const void *> &out) {
  TraceSpan span("resolve", [] { return std::string("unit"); });
  for (const Pointer &pointer : parts.pointers)
    if (!out.emplace_back(resolve_pointer(around, things, pointer)))
      return false;
  return true;
}

std::string_view difference(const Parts &a, const Parts &b) {
  if (a.object_key != b.object_key)
    return "is of another object";
  if (a.link_info != b.link_info)
    return "has other link info";
  auto same = [](const Pointer &x, const Pointer &y) { return x.kind == y.kind && x.description == y.description; };
  if (!std::equal(a.pointers.begin(), a.pointers.end(), b.pointers.begin(), b.pointers.end(), same))
    return "refers to other things";
  return "has other code";
}

} // namespace

KeptUnits::KeptUnits(std::shared_ptr<ligature::Cache> cache, std::string variant, std::function<void(const std::string &)> warn)
    : cache_(std::move(cache)), warn_(std::move(warn)) {
  std::string common = "unit\n" + hex(build_id()) + "\n" + machine_description() + variant + "\n";
  common_ = sha256({reinterpret_cast<const uint8_t *>(common.data()), common.size()});
}

ligature::CacheKey KeptUnits::key_of(const Hash &key) const {
  std::array<Hash, 2> both{common_, key};
  return sha256({both[0].data(), sizeof both});
}

void KeptUnits::compare(const ligature::CacheKey &key, const std::string &name, std::span<const std::byte> record) {
  std::optional<ligature::CacheValue> kept = cache_->get(kSpace, key);
  if (!kept)
    return;
  verified++;
  if (std::ranges::equal(kept->bytes(), record))
    return;
  errors++;
  std::optional<Parts> there = split(kept->bytes()), here = split(record);
  std::string_view what = there && here ? difference(*there, *here) : "has another form";
  warn_("cache: the unit that is kept of " + name + " " + std::string(what) + " than compiling it gives; replaced");
}

void KeptUnits::keep(const UnitSubject &subject, const UnitToKeep &unit) {
  if (!subject.key || unit.entry != &subject.code->entry)
    return;
  Bytes record;
  Writer to{record};
  to.byte(kFormat);
  to.raw(unit.object_key.data(), unit.object_key.size());
  to.text({reinterpret_cast<const char *>(unit.link_info.data()), unit.link_info.size()});
  to.number(unit.pointers.size());
  GcVector<const void *> things = things_of(subject);
  for (size_t i = 0; i < unit.pointers.size(); i++)
    if (!describe_pointer(record, unit.pointers[i], unit.is_entry[i], things))
      return;
  to.raw(unit.flat.data(), unit.flat.size());
  ligature::CacheKey key = key_of(*subject.key);
  std::span<const std::byte> bytes = std::as_bytes(std::span(record.data(), record.size()));
  if (cache_->mode() == ligature::CacheMode::Verify)
    compare(key, unit.name, bytes);
  cache_->put(kSpace, key, bytes, unit.cost);
}

std::optional<ligature::CacheValue> KeptUnits::look_up(const Hash &key) const {
  TraceSpan span("find", [] { return std::string("unit"); });
  return cache_->get(kSpace, key_of(key));
}

ligature::UnitHandle KeptUnits::bind(Task *task, const UnitSubject &subject, ligature::Linker &linker,
                                     const std::function<CodeInstance *(MethodInstance *)> &code_for) {
  if (!subject.key)
    return nullptr;
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
  if (!resolve_all(around, things_of(subject), *parts, pointers))
    return nullptr;
  std::expected<ligature::LinkInfo, std::string> info =
      ligature::read_link_info(bytes_of(parts->link_info), {pointers.data(), pointers.size()});
  std::expected<ligature::UnitHandle, std::string> unit = std::unexpected(std::string());
  if (info)
    unit = linker.link_flat(std::move(*info), parts->flat);
  errors += !unit;
  return unit ? std::move(*unit) : nullptr;
}

} // namespace jl
