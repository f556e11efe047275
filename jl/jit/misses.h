// SPDX-License-Identifier: MIT
// What the session makes was not found as a flat unit. Notes of it are kept for later runs
// (jl/link/unit_history.h), and when somebody wants to know why (jl/engine/why.h), it is compared with the
// notes of earlier runs.
#pragma once

#include <memory>
#include <string>

#include "jl/runtime/method.h"
#include "ligature/session.h"

namespace jl {

/// For a session's `keep`: remembers, for this thread, which object the unit has. Adapters are passed over.
void take_made(const ligature::KeptUnit &unit);
/// The unit that this thread took last is that of `code`: once nothing is locked. Nothing happens if it took
/// none. Without a title it is called what the unit calls it.
void note_made(const std::shared_ptr<ligature::Cache> &cache, const CodeInstance *code,
               const std::string &title);

} // namespace jl
