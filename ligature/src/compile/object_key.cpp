// SPDX-License-Identifier: MIT
#include "ligature/object_key.h"

namespace ligature {

UnitKey key_of(std::span<const KeyIngredient> ingredients) {
  std::string text;
  auto add = [&text](const std::string &part) { text += std::to_string(part.size()) + ':' + part; };
  for (const KeyIngredient &ingredient : ingredients) {
    add(ingredient.name);
    add(ingredient.value);
  }
  return key_of(llvm::ArrayRef<char>(text.data(), text.size()));
}

} // namespace ligature
