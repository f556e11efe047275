// SPDX-License-Identifier: MIT
// What inference finds goes to the cache, and what earlier runs found comes from there where it still holds
// (jl/content/records.h).
//
// Code that is known from a record has a result and the key of its typed IR, and so the key of its compiled
// unit; typed IR is made when that is not kept. With --cache=verify all of it is inferred once more and
// compared.
#pragma once

#include <optional>

#include "jl/content/hash.h"
#include "jl/runtime/method.h"

namespace jl {

struct EngineOptions;
namespace content {
struct RecordCounters;
}

/// Does this run use what earlier ones kept? Whoever wants to see stages wants them gone through.
bool uses_kept(const EngineOptions &options);
/// From now on; nothing where there is no cache. Once, when the library is loaded.
void keep_inference();

/// Code for `instance` from a record; null when there is none that holds. May lower methods and run
/// generators.
CodeInstance *kept_code(Task *task, MethodInstance *instance, uint64_t world);
/// The key of the code's typed IR, which the code may be without. Nothing when it has no content.
std::optional<content::Hash> typed_key_of(CodeInstance *code);
/// What became of the records; null where none are kept.
const content::RecordCounters *record_counters();
/// `code` is not going to be asked for again: it may be collected.
void forget_typed_key(CodeInstance *code);

/// For tests (`--records=DIR`): the same in a folder of its own, always checked, and what became of every
/// record said on standard error.
void keep_records_in(const std::string &folder);

} // namespace jl
