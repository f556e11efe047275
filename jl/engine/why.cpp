// SPDX-License-Identifier: MIT
#include "jl/engine/why.h"

#include <algorithm>
#include <map>
#include <mutex>

#include "jl/engine/machine_code.h"
#include "jl/engine/state.h"
#include "jl/infer/infer.h"
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

std::vector<RefusedInference> &refused_inferences() {
  static auto *inferences = new std::vector<RefusedInference>;
  return *inferences;
}

uint64_t units_found() {
  ligature::Linker *linker = code_linker_if_started();
  return linker ? linker->stats().units_found() : 0;
}

std::string count_of(size_t n, const char *what) {
  return std::to_string(n) + " " + what + (n == 1 ? "" : "s");
}

std::map<std::string, size_t> by_ingredient(const std::vector<MissedUnit> &units) {
  std::map<std::string, size_t> counts;
  for (const MissedUnit &unit : units)
    for (const MissReason &reason : unit.reasons)
      counts[reason.ingredient]++;
  return counts;
}

std::string place_of(const std::string &file, int line) {
  return file.empty() ? "" : file + ":" + std::to_string(line) + ": ";
}

std::string text_of_inferences() {
  uint64_t inferred = infer_stats().units_inferred;
  std::string text;
  for (const RefusedInference &one : refused_inferences())
    text +=
        place_of(one.file, one.line) + one.title + ": inferred again: not as it was: " + one.reason + "\n";
  return inferred ? text + count_of(inferred, "function") + " inferred\n" : text;
}

std::string text_of_units(const std::vector<MissedUnit> &units) {
  std::string text;
  size_t compiled = std::ranges::count(units, true, &MissedUnit::is_compiled);
  for (const MissedUnit &unit : units) {
    text += place_of(unit.file, unit.line) + unit.title + ": " +
            (unit.is_compiled ? "" : "only its object was found: ");
    for (const MissReason &reason : unit.reasons)
      text += (&reason == unit.reasons.data() ? "" : "; ") + reason.text;
    text += "\n";
  }
  std::string found = count_of(units_found(), "unit") + " found";
  if (units.empty()) {
    const char *what = infer_stats().units_inferred ? "all code" : "everything";
    return units_found() ? what + (" was in the cache: " + found) + "\n"
                         : "no code was compiled, and none was looked for\n";
  }
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
                     ", \"line\": " + std::to_string(unit.line) +
                     ", \"compiled\": " + (unit.is_compiled ? "true" : "false") +
                     ", \"nearest\": " + (unit.nearest.empty() ? "null" : json_string(unit.nearest)) +
                     ", \"reasons\": [";
  for (const MissReason &reason : unit.reasons)
    text += std::string(&reason == unit.reasons.data() ? "" : ", ") +
            "{\"ingredient\": " + json_string(reason.ingredient) + ", \"text\": " + json_string(reason.text) +
            "}";
  return text + "]}";
}

std::string json_of(const RefusedInference &one) {
  return "{\"name\": " + json_string(one.title) + ", \"file\": " + json_string(one.file) +
         ", \"line\": " + std::to_string(one.line) + ", \"reason\": " + json_string(one.reason) + "}";
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
  text += "}, \"inferred\": " + std::to_string(infer_stats().units_inferred) + ", \"refused\": [";
  for (const RefusedInference &one : refused_inferences())
    text += (&one == refused_inferences().data() ? "" : ", ") + json_of(one);
  return text + "]}\n";
}

} // namespace

bool explains_misses() {
  return Engine::Impl::get().options.why.form != Form::None;
}

void note_miss(MissedUnit unit) {
  std::lock_guard lock(mutex);
  missed_units().push_back(std::move(unit));
}

void note_refused(RefusedInference inference) {
  std::lock_guard lock(mutex);
  refused_inferences().push_back(std::move(inference));
}

void report_misses() {
  const EngineOptions::Why &why = Engine::Impl::get().options.why;
  std::lock_guard lock(mutex);
  bool is_json = why.form == Form::Json;
  write_fd(why.output,
           is_json ? json_report(missed_units()) : text_of_units(missed_units()) + text_of_inferences());
}

} // namespace jl
