// SPDX-License-Identifier: MIT
#include "jl/jit/misses.h"

#include <algorithm>
#include <ctime>
#include <optional>
#include <utility>

#include "jl/engine/why.h"
#include "jl/link/unit_history.h"
#include "ligature/explain.h"

namespace jl {

namespace {

struct MadeUnit {
  ligature::CacheKey key;
  std::vector<ligature::KeyIngredient> ingredients;
  bool was_found; // as an object
  std::string name;
};

thread_local std::optional<MadeUnit> made_unit;

std::string date_of(const UnitNote &note, const char *format) {
  std::time_t seconds = std::chrono::system_clock::to_time_t(note.made);
  std::tm parts{};
  char text[40];
  std::strftime(text, sizeof text, format, gmtime_r(&seconds, &parts));
  return text;
}

std::string readable_date(const UnitNote &note) {
  return date_of(note, "%Y-%m-%d %H:%M:%S");
}

/// " (its own source changed, Main.g(Int64), which it uses, changed)"
std::string because(const UnitNote &note, const UnitNote &earlier) {
  std::string text;
  for (const std::string &change : changed_sources(note, earlier))
    text += (text.empty() ? " (" : "; ") + change;
  return text.empty() ? "" : text + ")";
}

const UnitNote *find_same_object(const std::vector<UnitNote> &earlier, const UnitNote &note) {
  auto found = std::ranges::find(earlier, note.object_key, &UnitNote::object_key);
  return found == earlier.end() ? nullptr : &*found;
}

/// Its object was there, its flat unit was not.
MissReason why_not_flat(const CodeInstance *code, const UnitNote &note, const UnitNote *earlier) {
  if (earlier && earlier->build != note.build)
    return {"build", "build: another build of lig wrote the entry of " + readable_date(*earlier)};
  if (code->inferred && note.typed_key == content::Hash())
    return {"content", "it refers to something that has no name of its own, so it is emitted every time"};
  if (earlier && earlier->typed_key != note.typed_key)
    return {"typed-ir", "typed-ir: differs from that of " + readable_date(*earlier) +
                            because(note, *earlier) + ", with the same code"};
  return {"unit", "its flat unit is not in the cache"};
}

/// Earlier units of this name whose objects are still there.
struct Candidates {
  std::vector<const UnitNote *> notes;
  std::vector<std::vector<ligature::KeyIngredient>> ingredients;
};

Candidates candidates_among(const std::vector<UnitNote> &earlier, ligature::Cache &cache) {
  Candidates found;
  for (const UnitNote &note : earlier) {
    std::optional<ligature::CacheValue> entry = cache.get("object", note.object_key);
    std::vector<ligature::KeyIngredient> ingredients;
    if (entry)
      ingredients = ligature::ingredients_of_entry(entry->bytes());
    if (ingredients.empty())
      continue;
    found.notes.push_back(&note);
    found.ingredients.push_back(std::move(ingredients));
  }
  return found;
}

void explain_compiled(MissedUnit &missed, const UnitNote &note, const MadeUnit &made,
                      const std::vector<UnitNote> &earlier, ligature::Cache &cache) {
  if (const UnitNote *same = find_same_object(earlier, note)) {
    missed.nearest = date_of(*same, "%FT%TZ");
    missed.reasons.push_back({"gone", "gone: the very entry was made on " + readable_date(*same) +
                                          ", and was removed or damaged since"});
    return;
  }
  Candidates candidates = candidates_among(earlier, cache);
  ligature::MissExplanation found = ligature::explain_miss(made.ingredients, candidates.ingredients);
  if (!found.nearest) {
    missed.reasons.push_back({"gone", "gone: entries of this name were removed, the last of them of " +
                                          readable_date(earlier[0])});
    return;
  }
  const UnitNote &nearest = *candidates.notes[*found.nearest];
  missed.nearest = date_of(nearest, "%FT%TZ");
  for (const ligature::KeyDifference &difference : found.differences) {
    std::string name(ligature::shown_name(difference.ingredient));
    std::string text = ligature::describe(difference);
    bool is_last = &difference == &found.differences.back();
    if (is_last)
      text +=
          (text.ends_with("differs") ? " from the entry of " : " in the entry of ") + readable_date(nearest);
    missed.reasons.push_back(
        {name, text + (difference.ingredient == "bitcode" ? because(note, nearest) : "")});
  }
}

MissedUnit explain(const CodeInstance *code, const UnitNote &note, const MadeUnit &made,
                   const std::vector<UnitNote> &earlier, ligature::Cache &cache) {
  MissedUnit missed;
  missed.title = note.title;
  missed.file = note.file;
  missed.line = note.line;
  missed.is_compiled = !made.was_found;
  if (made.was_found) {
    const UnitNote *same = find_same_object(earlier, note);
    missed.reasons.push_back(why_not_flat(code, note, same ? same : earlier.empty() ? nullptr : &earlier[0]));
  } else if (earlier.empty()) {
    missed.reasons.push_back({"new", "new: there is no earlier entry of this name or place"});
  } else {
    explain_compiled(missed, note, made, earlier, cache);
  }
  return missed;
}

} // namespace

void take_made(const ligature::KeptUnit &unit) {
  if (unit.link_info.definitions.empty())
    return;
  const ligature::Definition &first = unit.link_info.definitions[0];
  if (first.kind == ligature::DefinitionKind::Adapter)
    return; // made while something else was linked, or called
  made_unit.reset();
  if (!unit.key)
    return;
  std::string_view signature = unit.link_info.name(first.signature);
  made_unit = {.key = *unit.key,
               .ingredients = {unit.ingredients.begin(), unit.ingredients.end()},
               .was_found = unit.compile_time.count() == 0,
               .name = std::string(signature.empty() ? unit.link_info.name(first.display) : signature)};
}

void note_made(const std::shared_ptr<ligature::Cache> &cache, const CodeInstance *code,
               const std::string &title) {
  std::optional<MadeUnit> made = std::exchange(made_unit, std::nullopt);
  if (!made || !cache)
    return;
  uint64_t world = current_world();
  UnitNote note = note_unit(code, title.empty() ? made->name : title,
                            holds_in(code, world) ? world : code->min_world.load());
  note.object_key = made->key;
  UnitHistory history(cache);
  if (explains_misses())
    note_miss(explain(code, note, *made, history.find(note), *cache));
  if (cache->mode() != ligature::CacheMode::ReadOnly)
    history.add(note);
}

} // namespace jl
