// SPDX-License-Identifier: MIT
//
// Session-unique names: what people see of a function in backtraces, debuggers and dumps. The counters live
// in the session and never reach a unit, whose names mean nothing outside it.
#pragma once

#include "base/mutex.h"

#include <string>
#include <string_view>
#include <unordered_map>

namespace ligature {

class SessionNames {
public:
  /// "foo" -> "foo#1", then "foo#2", ... Any thread.
  std::string unique(std::string_view base) {
    Guard lock(mutex_);
    return std::string(base) + "#" + std::to_string(++counters_[std::string(base)]);
  }

private:
  Mutex mutex_;
  std::unordered_map<std::string, unsigned> counters_ GUARDED_BY(mutex_);
};

} // namespace ligature
