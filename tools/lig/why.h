// SPDX-License-Identifier: MIT
// `lig cache why [OPTIONS] FILE.jl [ARGS]`: runs the program as `lig` would and says why units were not found
// in the cache.
#pragma once

#include <optional>

#include "jl/engine/engine.h"

/// Is this `lig cache why ...`?
bool asks_why(int argc, char **argv);

/// Makes `options` look into the cache and change nothing, and keeps standard output for the report: what the
/// program writes there goes to standard error. An exit status when there is nothing to look into, or it
/// cannot be done; that has been said then.
std::optional<int> prepare_why(jl::EngineOptions &options, bool as_json);
