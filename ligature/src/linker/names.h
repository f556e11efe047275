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
    std::string name;
    name.reserve(base.size() + 4);
    name.append(base).append("#").append(std::to_string(next(base)));
    return name;
  }

private:
  unsigned next(std::string_view base) {
    size_t key = std::hash<std::string_view>()(base); // two with one hash share a counter: no name is twice there
    Guard lock(mutex_);
    return ++counters_[key];
  }

  Mutex mutex_;
  std::unordered_map<size_t, unsigned> counters_ GUARDED_BY(mutex_);
};

} // namespace ligature
