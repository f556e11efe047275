// SPDX-License-Identifier: MIT
#include "jl/engine/why.h"

#include <algorithm>
#include <map>
#include <mutex>

#include "jl/engine/machine_code.h"
#include "jl/engine/state.h"
#include "jl/runtime/io.h"
#include "jl/support/json.h"

namespace jl {

namespace {

using Form = EngineOptions::Why::Form;

std::mutex mutex;

std::vector<MissedUnit> &missed_units() {
  static auto *units = new std::vector<MissedUnit>; // exit handlers use it
  return *units;
}

uint64_t units_found() {
  ligature::Linker *linker = code_linker_if_started();
  return linker ? linker->stats().units_found() : 0;
}

std::string count_of(size_t n, const char *what) { return std::to_string(n) + " " + what + (n == 1 ? "" : "s"); }

std::map<std::string, size_t> by_ingredient(const std::vector<MissedUnit> &units) {
  std::map<std::string, size_t> counts;
  for (const MissedUnit &unit : units)
    for (const MissReason &reason : unit.reasons)
      counts[reason.ingredient]++;
  return counts;
}

std::string text_report(const std::vector<MissedUnit> &units) {
  std::string text;
  size_t compiled = std::ranges::count(units, true, &MissedUnit::is_compiled);
  for (const MissedUnit &unit : units) {
    text += unit.file.empty() ? "" : unit.file + ":" + std::to_string(unit.line) + ": ";
    text += unit.title + ": " + (unit.is_compiled ? "" : "only its object was found: ");
    for (const MissReason &reason : unit.reasons)
      text += (&reason == unit.reasons.data() ? "" : "; ") + reason.text;
    text += "\n";
  }
  std::string found = count_of(units_found(), "unit") + " found";
  if (units.empty())
    return units_found() ? "everything was in the cache: " + found + "\n" : "no code was compiled, and none was looked for\n";
  text += count_of(compiled, "unit") + " compiled, " + found + "; reasons:";
  const char *separator = " ";
  for (auto &[ingredient, count] : by_ingredient(units)) {
    text += separator + ingredient + " " + std::to_string(count);
    separator = ", ";
  }
  return text + "\n";
}

std::string json_of(const MissedUnit &unit) {
  std::string text = "{\"name\": " + json_string(unit.title) + ", \"file\": " + json_string(unit.file) +
                     ", \"line\": " + std::to_string(unit.line) + ", \"compiled\": " + (unit.is_compiled ? "true" : "false") +
                     ", \"nearest\": " + (unit.nearest.empty() ? "null" : json_string(unit.nearest)) + ", \"reasons\": [";
  for (const MissReason &reason : unit.reasons)
    text += std::string(&reason == unit.reasons.data() ? "" : ", ") + "{\"ingredient\": " + json_string(reason.ingredient) +
            ", \"text\": " + json_string(reason.text) + "}";
  return text + "]}";
}

std::string json_report(const std::vector<MissedUnit> &units) {
  std::string text = "{\"cache\": \"on\", \"units\": [";
  for (const MissedUnit &unit : units)
    text += (&unit == units.data() ? "" : ", ") + json_of(unit);
  text += "], \"compiled\": " + std::to_string(std::ranges::count(units, true, &MissedUnit::is_compiled)) +
          ", \"found\": " + std::to_string(units_found()) + ", \"reasons\": {";
  const char *separator = "";
  for (auto &[ingredient, count] : by_ingredient(units)) {
    text += separator + json_string(ingredient) + ": " + std::to_string(count);
    separator = ", ";
  }
  return text + "}}\n";
}

} // namespace

bool explains_misses() { return Engine::Impl::get().options.why.form != Form::None; }

void note_miss(MissedUnit unit) {
  std::lock_guard lock(mutex);
  missed_units().push_back(std::move(unit));
}

void report_misses() {
  const EngineOptions::Why &why = Engine::Impl::get().options.why;
  std::lock_guard lock(mutex);
  write_fd(why.output, why.form == Form::Json ? json_report(missed_units()) : text_report(missed_units()));
}

} // namespace jl
