// SPDX-License-Identifier: MIT
// `--records=DIR`, for tests: what inference finds is kept in a folder, believed where it still holds, and compared with what inference
// finds again.
#pragma once

#include <string>

namespace jl {

/// Once the engine has started. Says what became of the records at the process's end.
void keep_records_in(const std::string &folder);

} // namespace jl
