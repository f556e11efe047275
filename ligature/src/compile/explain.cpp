// SPDX-License-Identifier: MIT
#include "ligature/explain.h"

#include <algorithm>
#include <limits>

namespace ligature {

namespace {

const KeyIngredient *find_ingredient(std::span<const KeyIngredient> ingredients, std::string_view name) {
  auto found = std::ranges::find(ingredients, name, &KeyIngredient::name);
  return found == ingredients.end() ? nullptr : &*found;
}

bool is_hash(std::string_view value) {
  return value.size() == 64 && value.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

std::vector<std::string_view> split(std::string_view list) {
  std::vector<std::string_view> parts;
  while (!list.empty()) {
    size_t end = std::min(list.find(','), list.size());
    parts.push_back(list.substr(0, end));
    list.remove_prefix(std::min(end + 1, list.size()));
  }
  return parts;
}

/// The elements of `list` that `other` has not got.
std::string only_in(std::string_view list, std::string_view other) {
  std::string text;
  std::vector<std::string_view> others = split(other);
  for (std::string_view part : split(list))
    if (std::ranges::find(others, part) == others.end())
      text += (text.empty() ? "" : ",") + std::string(part);
  return text.empty() ? "nothing" : text;
}

std::string shown(const std::string &value) {
  return value.empty() ? "empty" : value;
}

} // namespace

std::string print_ingredients(std::span<const KeyIngredient> ingredients) {
  std::string text;
  for (const KeyIngredient &ingredient : ingredients)
    text += ingredient.name + "=" + ingredient.value + "\n";
  return text;
}

std::vector<KeyIngredient> read_ingredients(std::string_view text) {
  std::vector<KeyIngredient> ingredients;
  while (!text.empty()) {
    size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (size_t equals = line.find('='); equals != std::string_view::npos && equals > 0)
      ingredients.push_back({std::string(line.substr(0, equals)), std::string(line.substr(equals + 1))});
  }
  return ingredients;
}

std::vector<KeyDifference> differences(std::span<const KeyIngredient> now,
                                       std::span<const KeyIngredient> earlier) {
  std::vector<KeyDifference> found;
  for (const KeyIngredient &ingredient : now) {
    const KeyIngredient *was = find_ingredient(earlier, ingredient.name);
    if (!was || was->value != ingredient.value)
      found.push_back({ingredient.name, was ? was->value : "", ingredient.value});
  }
  for (const KeyIngredient &ingredient : earlier)
    if (!find_ingredient(now, ingredient.name))
      found.push_back({ingredient.name, ingredient.value, ""});
  return found;
}

MissExplanation explain_miss(std::span<const KeyIngredient> now,
                             std::span<const std::vector<KeyIngredient>> earlier) {
  MissExplanation best;
  size_t fewest = std::numeric_limits<size_t>::max();
  for (size_t i = 0; i < earlier.size(); ++i) {
    std::vector<KeyDifference> found = differences(now, earlier[i]);
    if (found.size() >= fewest)
      continue;
    fewest = found.size();
    best = {i, std::move(found)};
  }
  return best;
}

std::string_view shown_name(std::string_view ingredient) {
  return ingredient == "bitcode" ? "code" : ingredient;
}

std::string describe(const KeyDifference &difference) {
  std::string name(shown_name(difference.ingredient));
  if (is_hash(difference.now) && is_hash(difference.earlier))
    return name + ": differs";
  constexpr size_t kLong = 60;
  if (std::max(difference.now.size(), difference.earlier.size()) <= kLong)
    return name + ": " + shown(difference.now) + ", was " + shown(difference.earlier);
  return name + ": " + only_in(difference.now, difference.earlier) + ", was " +
         only_in(difference.earlier, difference.now);
}

} // namespace ligature
