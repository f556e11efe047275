// SPDX-License-Identifier: MIT
#include "ligature/stats.h"

namespace ligature {

std::string Stats::json() const {
  std::string text = "{";
#define COUNTER(name, meaning)                                                                               \
  text += (text.size() > 1 ? ",\"" #name "\":" : "\"" #name "\":") + std::to_string(name.load());
#include "ligature/stats.def"
#undef COUNTER
  return text + "}";
}

} // namespace ligature
