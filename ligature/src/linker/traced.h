// SPDX-License-Identifier: MIT
//
// Whether code has to be shown to a debugger from the start.
#pragma once

namespace ligature {

/// Is a debugger attached to this process now?
bool is_traced();

} // namespace ligature
