// SPDX-License-Identifier: MIT
// An order of names that carry counters (`#9#10`, `#f#3`). Bytewise, `#10` comes before `#9`, so which of two
// closures comes first would depend on how many there were before them; what is ordered like this keeps its
// order wherever the counters began.
#pragma once

#include <string_view>

namespace jl {

/// Less than, equal to or more than 0, as `a` comes before `b` or after it: by bytes, but digits by the
/// number that they write.
int compare_numbered(std::string_view a, std::string_view b);

} // namespace jl
