// SPDX-License-Identifier: MIT
// The cache that this process's code comes from and goes to (ligature/cache.h), opened when it is first
// needed.
#pragma once

#include <memory>
#include <string>

#include "ligature/cache.h"

namespace jl {

/// Null when the options say that there is none. What is waiting to be written when the process ends is given
/// a short while. Any thread.
std::shared_ptr<ligature::Cache> code_cache();

/// What the program in `file` (or in `text`) is going to need is fetched in one go, if there is a remote
/// tier. Before it runs.
void expect_program(const std::string &file);
void expect_program(const std::string &name, std::string_view text);

/// Null as long as nobody needed it.
const ligature::Cache *code_cache_if_opened();

} // namespace jl
