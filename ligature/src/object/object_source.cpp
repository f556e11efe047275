// SPDX-License-Identifier: MIT
#include "object/object_source.h"

#include "object/object_entry.h"

#include <llvm/Bitcode/BitcodeReader.h>

#include <chrono>

namespace ligature {

namespace {

constexpr std::string_view kSpace = "object";

std::chrono::microseconds since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - start);
}

} // namespace

ObjectSource::ObjectSource(CompileOptions options, Stats &stats, std::shared_ptr<Cache> cache)
    : options_(std::move(options)), ingredients_(key_ingredients(options_)), stats_(stats),
      cache_(std::move(cache)) {}

llvm::Expected<KeyedObject> ObjectSource::get(std::unique_ptr<llvm::LLVMContext> context,
                                              std::unique_ptr<llvm::Module> module) {
  auto start = std::chrono::steady_clock::now();
  llvm::SmallVector<char, 0> bitcode = write_bitcode(*module);
  // What is compiled is what was hashed: the module that was written may differ from the one that is read
  // (the writer does not round-trip to equal bytes), and a hit in another process only has the bytes.
  // Reading costs under a tenth of a millisecond, and frees what emission left in the context.
  module = nullptr;
  context = nullptr;
  stats_.bitcode_bytes += bitcode.size();
  std::vector<KeyIngredient> ingredients = ingredients_;
  ingredients.push_back({"bitcode", hex(key_of(llvm::ArrayRef<char>(bitcode)))});
  UnitKey key = key_of(ingredients);
  std::optional<Object> found = find(key);
  if (found && cache_->mode() != CacheMode::Verify) {
    stats_.find_us += static_cast<uint64_t>(since(start).count());
    return KeyedObject{key, std::move(*found), std::move(ingredients)};
  }
  llvm::Expected<Object> object = make(key, bitcode, ingredients);
  if (!object)
    return object.takeError();
  bool was_wrong =
      found && (found->bytes->getBuffer() != object->bytes->getBuffer() || found->lines != object->lines);
  stats_.cache_errors += was_wrong;
  stats_.compile_us += static_cast<uint64_t>(since(start).count());
  return KeyedObject{key, std::move(*object), std::move(ingredients), was_wrong};
}

std::optional<Object> ObjectSource::find(const UnitKey &key) {
  if (!cache_ || cache_->mode() == CacheMode::Off)
    return std::nullopt;
  if (std::optional<CacheValue> value = cache_->get(kSpace, key)) {
    if (std::expected<Object, std::string> object = read_object_entry(value->bytes())) {
      ++stats_.cache_hits;
      return std::move(*object);
    }
    ++stats_.cache_errors;
  }
  ++stats_.cache_misses;
  return std::nullopt;
}

llvm::Expected<Object> ObjectSource::make(const UnitKey &key, llvm::ArrayRef<char> bitcode,
                                          std::span<const KeyIngredient> ingredients) {
  auto start = std::chrono::steady_clock::now();
  llvm::Expected<Object> object = compile_bytes(bitcode);
  if (!object)
    return object.takeError();
  ++stats_.units_compiled;
  stats_.optimize_us += static_cast<uint64_t>(object->optimize_ms * 1000);
  stats_.codegen_us += static_cast<uint64_t>(object->codegen_ms * 1000);
  if (cache_)
    cache_->put(kSpace, key, write_object_entry(*object, print_ingredients(ingredients)), since(start));
  return object;
}

llvm::Expected<Object> ObjectSource::compile_bytes(llvm::ArrayRef<char> bitcode) {
  llvm::LLVMContext context;
  context.setDiscardValueNames(true);
  auto module = llvm::parseBitcodeFile({{bitcode.data(), bitcode.size()}, "unit"}, context);
  if (!module)
    return module.takeError();
  return compile(**module, options_);
}

} // namespace ligature
