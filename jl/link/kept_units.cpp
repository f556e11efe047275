// SPDX-License-Identifier: MIT
#include "jl/link/kept_units.h"

#include <cstring>

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
constexpr uint8_t kFormat = 1;

// Record: u8 format | 32 B object key | link info | number of pointers | their descriptions | flat unit, to the end.
// All but the flat unit behind their length. An empty description: the code instance itself.

/// Appends a description of what `pointer` points to. False when there is none.
bool describe_pointer(Bytes &out, const void *pointer, bool is_entry, const CodeInstance *self) {
  auto *entry = static_cast<ligature::Entry *>(const_cast<void *>(pointer));
  Value *value = is_entry ? code_of(*entry) : static_cast<Value *>(const_cast<void *>(pointer));
  Bytes bytes;
  if (value != self) {
    Describer describer(bytes);
    describer.value(value);
    if (describer.failure()) {
      count_failure(describer.failure());
      return false;
    }
  }
  Writer{out}.text({reinterpret_cast<const char *>(bytes.data()), bytes.size()});
  return true;
}

/// The parts of a record. Views of its bytes.
struct Parts {
  std::string_view link_info;
  std::vector<std::string_view> descriptions;
  std::span<const std::byte> flat;
};

/// Nothing for bytes that are no record.
std::optional<Parts> split(std::span<const std::byte> record) {
  auto *begin = reinterpret_cast<const uint8_t *>(record.data());
  Reader reader{{begin, record.size()}};
  if (reader.byte() != kFormat)
    return std::nullopt;
  reader.hash(); // the object's key
  Parts parts;
  parts.link_info = reader.text();
  for (size_t left = reader.count(); left > 0; left--)
    parts.descriptions.push_back(reader.text());
  if (reader.failed)
    return std::nullopt;
  parts.flat = record.last(reader.rest.size());
  return parts;
}

std::span<const std::byte> bytes_of(std::string_view text) {
  return {reinterpret_cast<const std::byte *>(text.data()), text.size()};
}

/// What each description stands for here; false when one stands for nothing.
bool resolve_all(const Surroundings &around, CodeInstance *self, const Parts &parts, GcVector<const void *> &out) {
  TraceSpan span("resolve", [] { return std::string("unit"); });
  for (std::string_view description : parts.descriptions) {
    Value *value = self;
    if (!description.empty())
      value = resolve(around, {reinterpret_cast<const uint8_t *>(description.data()), description.size()});
    if (!value)
      return false;
    bool is_code = type_of(value) == types::CodeInstance_;
    out.push_back(is_code ? static_cast<const void *>(&static_cast<CodeInstance *>(value)->entry) : value);
  }
  return true;
}

} // namespace

KeptUnits::KeptUnits(std::shared_ptr<ligature::Cache> cache, std::string variant)
    : cache_(std::move(cache)), prefix_("unit\n" + hex(build_id()) + "\n" + machine_description() + variant + "\n") {}

ligature::CacheKey KeptUnits::key_of(const Hash &typed_key) const {
  std::string all = prefix_ + std::string(typed_key.begin(), typed_key.end());
  return sha256({reinterpret_cast<const uint8_t *>(all.data()), all.size()});
}

void KeptUnits::keep(CodeInstance *code, const Hash &typed_key, const UnitToKeep &unit) {
  Bytes record;
  Writer to{record};
  to.byte(kFormat);
  to.raw(unit.object_key.data(), unit.object_key.size());
  to.text({reinterpret_cast<const char *>(unit.link_info.data()), unit.link_info.size()});
  to.number(unit.pointers.size());
  for (size_t i = 0; i < unit.pointers.size(); i++)
    if (!describe_pointer(record, unit.pointers[i], unit.is_entry[i], code))
      return;
  to.raw(unit.flat.data(), unit.flat.size());
  cache_->put(kSpace, key_of(typed_key), std::as_bytes(std::span(record.data(), record.size())), unit.cost);
}

std::optional<ligature::CacheValue> KeptUnits::look_up(const Hash &typed_key) const {
  TraceSpan span("find", [] { return std::string("unit"); });
  return cache_->get(kSpace, key_of(typed_key));
}

ligature::UnitHandle KeptUnits::bind(Task *task, CodeInstance *code, const Hash &typed_key, ligature::Linker &linker,
                                     const std::function<CodeInstance *(MethodInstance *)> &code_for) {
  std::optional<ligature::CacheValue> found = look_up(typed_key);
  std::optional<Parts> parts = found ? split(found->bytes()) : std::nullopt;
  if (!parts)
    return nullptr;
  Surroundings around;
  around.task = task;
  around.world = task->world;
  around.thunk = code->def->def ? nullptr : code->def;
  around.code_for = code_for;
  GcVector<const void *> pointers;
  if (!resolve_all(around, code, *parts, pointers))
    return nullptr;
  std::expected<ligature::LinkInfo, std::string> info =
      ligature::read_link_info(bytes_of(parts->link_info), {pointers.data(), pointers.size()});
  if (!info)
    return nullptr;
  std::expected<ligature::UnitHandle, std::string> unit = linker.link_flat(std::move(*info), parts->flat);
  return unit ? std::move(*unit) : nullptr;
}

} // namespace jl
