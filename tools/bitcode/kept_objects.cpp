// SPDX-License-Identifier: MIT
#include "tools/bitcode/kept_objects.h"

#include "tools/bitcode/module_file.h"

#include <llvm/BinaryFormat/Magic.h>
#include <llvm/Bitcode/BitcodeReader.h>

#include <chrono>
#include <span>

namespace bitcode {
namespace {

constexpr std::string_view kObjects = "bitcode-object", kModules = "bitcode-module";

ligature::CompileOptions with_quality(ligature::CompileOptions options, KeptObjects::Quality quality) {
  if (quality == KeptObjects::Quality::Quick)
    options.opt_level = 0;
  return options;
}

ligature::UnitKey key_of(llvm::StringRef bitcode, const ligature::CompileOptions &options) {
  std::vector<ligature::KeyIngredient> ingredients = ligature::key_ingredients(options);
  ligature::UnitKey hash = ligature::key_of(llvm::ArrayRef<char>(bitcode.data(), bitcode.size()));
  ingredients.push_back({"bitcode", ligature::hex(hash)});
  return ligature::key_of(ingredients);
}

std::span<const std::byte> bytes_of(llvm::StringRef text) {
  return std::as_bytes(std::span(text.data(), text.size()));
}

llvm::StringRef text_of(const ligature::CacheValue &value) {
  return {reinterpret_cast<const char *>(value.bytes().data()), value.bytes().size()};
}

std::chrono::microseconds since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - start);
}

/// A module of its own, read from the very bytes that were hashed.
llvm::Expected<ligature::Object> compile_bytes(const KeptObjects::Bitcode &bitcode,
                                               const ligature::CompileOptions &options) {
  llvm::LLVMContext context;
  context.setDiscardValueNames(true);
  auto module = llvm::parseBitcodeFile({{bitcode.data(), bitcode.size()}, "function"}, context);
  if (!module)
    return module.takeError();
  return ligature::compile(**module, options);
}

} // namespace

llvm::Expected<KeptObjects::Made> KeptObjects::compile(OwnedModule module, ligature::CompileOptions options,
                                                       Quality quality) {
  if (!is_on()) {
    auto object = ligature::compile(*module.module, with_quality(options, quality));
    if (!object)
      return object.takeError();
    ++counts_.compiled;
    return Made{std::move(object->bytes), quality == Quality::Quick};
  }
  Bitcode bitcode = ligature::write_bitcode(*module.module);
  module.module.reset();
  module.context.reset();
  const llvm::StringRef bytes(bitcode.data(), bitcode.size());
  for (Quality kept : {Quality::Good, Quality::Quick}) {
    std::unique_ptr<llvm::MemoryBuffer> found;
    if (kept >= quality)
      found = find_object(key_of(bytes, with_quality(options, kept)));
    if (!found)
      continue;
    ++counts_.hits;
    if (cache_->mode() == ligature::CacheMode::Verify)
      return make(bitcode, options, kept, found.get());
    return Made{std::move(found), kept == Quality::Quick};
  }
  ++counts_.misses;
  return make(bitcode, options, quality, nullptr);
}

std::unique_ptr<llvm::MemoryBuffer> KeptObjects::find_object(const ligature::UnitKey &key) {
  std::optional<ligature::CacheValue> found = cache_->get(kObjects, key);
  if (!found)
    return nullptr;
  if (llvm::identify_magic(text_of(*found)) == llvm::file_magic::elf_relocatable)
    return llvm::MemoryBuffer::getMemBufferCopy(text_of(*found), "function");
  ++counts_.errors;
  return nullptr;
}

/// `found` is what the cache has, to be compared.
llvm::Expected<KeptObjects::Made> KeptObjects::make(const Bitcode &bitcode,
                                                    const ligature::CompileOptions &options, Quality quality,
                                                    const llvm::MemoryBuffer *found) {
  const ligature::CompileOptions all = with_quality(options, quality);
  auto start = std::chrono::steady_clock::now();
  auto object = compile_bytes(bitcode, all);
  if (!object)
    return object.takeError();
  ++counts_.compiled;
  llvm::StringRef bytes = object->bytes->getBuffer();
  counts_.errors += found && found->getBuffer() != bytes;
  if (!found || found->getBuffer() != bytes)
    cache_->put(kObjects, key_of({bitcode.data(), bitcode.size()}, all), bytes_of(bytes), since(start));
  return Made{std::move(object->bytes), quality == Quality::Quick};
}

llvm::Expected<KeptObjects::Bitcode>
KeptObjects::optimized(llvm::StringRef bytes, const ligature::CompileOptions &options,
                       llvm::function_ref<llvm::Expected<Bitcode>()> optimize) {
  if (!is_on())
    return optimize();
  const ligature::UnitKey key = key_of(bytes, options);
  std::optional<ligature::CacheValue> found = cache_->get(kModules, key);
  if (found && llvm::identify_magic(text_of(*found)) != llvm::file_magic::bitcode) {
    ++counts_.errors;
    found.reset();
  }
  ++(found ? counts_.hits : counts_.misses);
  if (found && cache_->mode() != ligature::CacheMode::Verify)
    return Bitcode(text_of(*found).begin(), text_of(*found).end());
  auto start = std::chrono::steady_clock::now();
  llvm::Expected<Bitcode> made = optimize();
  if (!made)
    return made.takeError();
  llvm::StringRef text(made->data(), made->size());
  counts_.errors += found && text_of(*found) != text;
  if (!found || text_of(*found) != text)
    cache_->put(kModules, key, bytes_of(text), since(start));
  return made;
}

} // namespace bitcode
