// SPDX-License-Identifier: MIT
// What this folder keeps while a session runs: hashes of things whose content never changes, and counts of
// what has none.
//
// Everything here is thread-safe. hash_of (describe.h) is the function that most callers want.
#pragma once

#include <optional>
#include <string>

#include "jl/content/hash.h"

namespace jl::content {

/// The sources of this build of lig and the compiler's version: what the standard library and all that is
/// built in stand for.
const Hash &build_id();
/// The hash of a type name's definition and of all that it mentions. Here and below `why_not` receives the
/// reason, a constant string, where there is none.
std::optional<Hash> definition_hash(TypeName *name, const char **why_not = nullptr);
/// What a method does, whatever it is called and whatever it takes.
std::optional<Hash> method_content_hash(Method *method, const char **why_not = nullptr);
/// The method whose hash (hash_of) this is and that is visible in `world`, if it has been hashed before; else
/// null.
Method *known_method(const Hash &content, uint64_t world);
/// The same for several at once.
GcVector<Method *> known_methods(std::span<const Hash> contents, uint64_t world);

/// Counts one thing that has no content, by reason.
void count_failure(const char *reason);
/// {"reason":count,...}, sorted.
std::string failures_json();

} // namespace jl::content
