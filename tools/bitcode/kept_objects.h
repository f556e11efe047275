// SPDX-License-Identifier: MIT
//
// What compiling and optimising gave, kept from run to run in the object cache: under a hash of the bitcode
// and of all that decides what becomes of it. A client of the cache as any other tool: plain values in
// namespaces of its own.
#pragma once

#include "ligature/cache.h"
#include "ligature/object_key.h"

#include <llvm/ADT/SmallVector.h>

#include <atomic>

namespace bitcode {

struct OwnedModule;

class KeptObjects {
public:
  /// `cache` may be null: then everything is compiled.
  explicit KeptObjects(std::shared_ptr<ligature::Cache> cache) : cache_(std::move(cache)) {}

  enum class Quality : uint8_t { Quick, Good };
  struct Made {
    std::unique_ptr<llvm::MemoryBuffer> object;
    bool is_quick = false; ///< made without optimisation
  };
  /// The object for `module`, which is used up. Where only quick code is asked for and good code is kept,
  /// that is it. Any thread.
  llvm::Expected<Made> compile(OwnedModule module, ligature::CompileOptions options, Quality quality);

  using Bitcode = llvm::SmallVector<char, 0>;
  /// What `optimize` makes of these bytes: found, or made now.
  llvm::Expected<Bitcode> optimized(llvm::StringRef bytes, const ligature::CompileOptions &options,
                                    llvm::function_ref<llvm::Expected<Bitcode>()> optimize);

  struct Counts {
    std::atomic<uint64_t> compiled{0}, hits{0}, misses{0}, errors{0};
  };
  const Counts &counts() const { return counts_; }
  const std::shared_ptr<ligature::Cache> &cache() const { return cache_; }

private:
  bool is_on() const { return cache_ && cache_->mode() != ligature::CacheMode::Off; }
  std::unique_ptr<llvm::MemoryBuffer> find_object(const ligature::UnitKey &key);
  llvm::Expected<Made> make(const Bitcode &bitcode, const ligature::CompileOptions &options, Quality quality,
                            const llvm::MemoryBuffer *found);

  std::shared_ptr<ligature::Cache> cache_;
  Counts counts_;
};

} // namespace bitcode
