// SPDX-License-Identifier: MIT
//
// A cache's entries in one file, to be carried elsewhere (a CI's artefact, say).
//
// Bundle, little-endian: "LIGBNDL1" | u32 1 if the seal is keyed, else 0 | u32 0 | entries (entry.h), one
// after the other | "LIGBEND1" | u64 count of entries | 32 bytes of seal (seal.h) over all before it.
#pragma once

#include "cache/seal.h"
#include "cache/store.h"

#include <expected>

namespace ligature::cache {

/// How many entries were written or taken, or why not.
using Count = std::expected<uint64_t, std::string>;

/// The file appears whole or not at all. Whatever else than a plain file `path` leads to stays where it is,
/// and is refused.
Count export_bundle(Store &store, const SealKey &key, const std::string &path);
/// Nothing is taken from a file that is damaged, or whose seal is not this key's.
Count import_bundle(Store &store, const SealKey &key, const std::string &path, Deadline deadline);

} // namespace ligature::cache
