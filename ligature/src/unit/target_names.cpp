// SPDX-License-Identifier: MIT
//
// The triple and data layout that every unit has. The layout is written out, so that emitting a unit needs
// no code generator; compile/ checks that it is the target machine's own. The strings are never destroyed,
// since units are emitted as late as from exit handlers.
#include "ligature/unit.h"

namespace ligature {

const std::string &host_triple() {
  static const std::string &triple = *new std::string("x86_64-unknown-linux-gnu");
  return triple;
}

const std::string &host_data_layout() {
  static const std::string &layout =
      *new std::string("e-m:e-p270:32:32-p271:32:32-p272:64:64-i64:64-i128:128-f80:128-n8:16:32:64-S128");
  return layout;
}

} // namespace ligature
