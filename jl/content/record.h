// SPDX-License-Identifier: MIT
// One record, read: records.h draws it.
#pragma once

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

} // namespace jl::content
