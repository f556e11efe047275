// SPDX-License-Identifier: MIT
#include "jl/content/record.h"

#include <algorithm>

namespace jl::content {

static constexpr std::string_view kMagic = "LGI2";

void write_record(const Record &record, Bytes &out) {
  Writer to{out};
  to.raw(kMagic.data(), kMagic.size());
  to.bytes(record.result);
  to.bytes(record.constant);
  to.number(record.effects);
  to.hash(record.typed_key);
  to.hash(record.finding);
  to.number(record.lookups.size());
  for (const Record::Lookup &lookup : record.lookups) {
    to.bytes(lookup.signature);
    to.hash(lookup.answer);
    to.hash(lookup.list);
  }
  to.number(record.globals.size());
  for (const Record::Global &global : record.globals) {
    to.bytes(global.module);
    to.text(global.name);
    to.hash(global.state);
  }
  to.number(record.calls.size());
  for (const Record::Call &call : record.calls) {
    to.bytes(call.instance);
    to.hash(call.finding);
  }
}

Record *read_record(std::span<const uint8_t> bytes) {
  auto *record = gc_new<Record>();
  record->bytes.assign(bytes.begin(), bytes.end());
  Reader in{record->bytes};
  for (char c : kMagic)
    if (in.byte() != uint8_t(c))
      return nullptr;
  record->result = in.bytes();
  record->constant = in.bytes();
  record->effects = uint32_t(in.number());
  record->typed_key = in.hash();
  record->finding = in.hash();
  record->lookups.resize(in.count());
  for (Record::Lookup &lookup : record->lookups)
    lookup = {in.bytes(), in.hash(), in.hash()};
  record->globals.resize(in.count());
  for (Record::Global &global : record->globals)
    global = {in.bytes(), in.text(), in.hash()};
  record->calls.resize(in.count());
  for (Record::Call &call : record->calls)
    call = {in.bytes(), in.hash()};
  return in.at_end() ? record : nullptr;
}

/// All that a record's result follows from, as bytes.
static Bytes facts_of(const Record &record) {
  Record facts;
  facts.lookups = record.lookups;
  facts.globals = record.globals;
  facts.calls = record.calls;
  Bytes bytes;
  write_record(facts, bytes);
  return bytes;
}

bool same_facts(const Record &a, const Record &b) {
  return facts_of(a) == facts_of(b);
}

GcVector<std::span<const uint8_t>> records_in(std::span<const uint8_t> entry) {
  Reader in{entry};
  GcVector<std::span<const uint8_t>> records(in.count());
  for (std::span<const uint8_t> &record : records)
    record = in.bytes();
  if (!in.at_end())
    records.clear();
  return records;
}

std::optional<Bytes> add_record(std::span<const uint8_t> entry, std::span<const uint8_t> record) {
  GcVector<std::span<const uint8_t>> records = records_in(entry);
  if (std::ranges::any_of(records,
                          [&](std::span<const uint8_t> known) { return std::ranges::equal(known, record); }))
    return std::nullopt;
  records.insert(records.begin(), record);
  records.resize(std::min(records.size(), kMostRecords));
  Bytes out;
  Writer to{out};
  to.number(records.size());
  for (std::span<const uint8_t> one : records)
    to.bytes(one);
  return out;
}

} // namespace jl::content
