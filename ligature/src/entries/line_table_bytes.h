// SPDX-License-Identifier: MIT
//
// One function's line table as bytes, for formats that hold tables among other things.
#pragma once

#include "base/bytes.h"
#include "ligature/line_table.h"

namespace ligature {

/// Scopes, then rows: counts and numbers as LEB128, offsets and lines as differences.
void write_line_table(ByteWriter &out, const LineTable &table);
/// Fails the reader if they are damaged.
LineTable read_line_table(ByteReader &in);

} // namespace ligature
