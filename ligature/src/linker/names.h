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
  struct HashText {
    using is_transparent = void;
    size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
  };
  unsigned next(std::string_view base) {
    Guard lock(mutex_);
    auto found = counters_.find(base);
    if (found == counters_.end())
      found = counters_.emplace(base, 0).first;
    return ++found->second;
  }

  Mutex mutex_;
  std::unordered_map<std::string, unsigned, HashText, std::equal_to<>> counters_ GUARDED_BY(mutex_);
};

} // namespace ligature
