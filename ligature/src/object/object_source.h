// SPDX-License-Identifier: MIT
//
// Where objects come from: a unit's key is the hash of what it is made of; what the cache does not have under
// it is compiled now.
#pragma once

#include "ligature/cache.h"
#include "ligature/object_key.h"
#include "ligature/stats.h"

#include <optional>

namespace ligature {

/// An object and the key it can be found by.
struct KeyedObject {
  UnitKey key;
  Object object;
  std::vector<KeyIngredient> ingredients; ///< of the key
  bool was_wrong = false;                 ///< the cache had another under this key (CacheMode::Verify)
};

class ObjectSource {
public:
  /// `cache` may be null.
  ObjectSource(CompileOptions options, Stats &stats, std::shared_ptr<Cache> cache = nullptr);

  /// The object for `module`, which is used up together with `context`. Any thread.
  llvm::Expected<KeyedObject> get(std::unique_ptr<llvm::LLVMContext> context,
                                  std::unique_ptr<llvm::Module> module);

  /// What the cache has under `key`; counted. Any thread.
  std::optional<Object> find(const UnitKey &key);

  const CompileOptions &options() const { return options_; }

private:
  llvm::Expected<Object> compile_bytes(llvm::ArrayRef<char> bitcode);
  /// Compiles, counts, and puts the object into the cache.
  llvm::Expected<Object> make(const UnitKey &key, llvm::ArrayRef<char> bitcode,
                              std::span<const KeyIngredient> ingredients);

  const CompileOptions options_;
  const std::vector<KeyIngredient> ingredients_; // all but the bitcode
  Stats &stats_;
  std::shared_ptr<Cache> cache_;
};

} // namespace ligature
