// SPDX-License-Identifier: MIT
// Any bytes are a record, or none; an entry of records, or an empty one. What was read and written again is
// read as the same.
#include "jl/content/record.h"

#include <algorithm>
#include <cstdlib>

using namespace jl::content;

static void check(bool ok) {
  if (!ok)
    abort();
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  std::span<const uint8_t> bytes{data, size};
  if (Record *record = read_record(bytes)) {
    Bytes written;
    write_record(*record, written);
    Record *again = read_record(written);
    check(again && same_facts(*record, *again) && record->finding == again->finding);
    Bytes twice;
    write_record(*again, twice);
    check(written == twice);
  }
  size_t kept = records_in(bytes).size();
  if (std::optional<Bytes> entry = add_record(bytes, bytes)) {
    auto records = records_in(*entry);
    check(records.size() == std::min(kept + 1, kMostRecords) && std::ranges::equal(records.front(), bytes));
    check(!add_record(*entry, bytes));
  }
  return 0;
}
