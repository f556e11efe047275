// SPDX-License-Identifier: MIT
// Records, read: records.h draws one, and the entry that holds several.
#pragma once

#include <optional>

#include "jl/content/describe.h"

namespace jl::content {

struct Record {
  struct Lookup {
    std::span<const uint8_t> signature;
    Hash answer, list;
  };
  struct Global {
    std::span<const uint8_t> module;
    std::string_view name;
    Hash state;
  };
  struct Call {
    std::span<const uint8_t> instance;
    Hash finding;
  };
  std::span<const uint8_t> result, constant; // the latter empty: none
  uint32_t effects = 0;
  Hash typed_key{}, finding{};
  GcVector<Lookup> lookups;
  GcVector<Global> globals;
  GcVector<Call> calls;
  Bytes bytes; // what the above points into
};

/// A finding of nothing: the callee is native, or too little is known to infer it.
inline constexpr Hash kNoFinding{};

/// Null for bytes that are no record.
Record *read_record(std::span<const uint8_t> bytes);
void write_record(const Record &record, Bytes &out);

/// Do both rest on the same facts? Records that do and are not equal contradict each other.
bool same_facts(const Record &a, const Record &b);

/// How many findings of one instance are kept: programs that share a cache may each give functions of the
/// library other methods to call.
inline constexpr size_t kMostRecords = 4;
/// The records of an entry; none for bytes that are no entry. They point into it.
GcVector<std::span<const uint8_t>> records_in(std::span<const uint8_t> entry);
/// The entry with `record` in front and the oldest left out when there are too many. Nothing when it has the
/// record already.
std::optional<Bytes> add_record(std::span<const uint8_t> entry, std::span<const uint8_t> record);

} // namespace jl::content
