// SPDX-License-Identifier: MIT
#include "object/object_source.h"

#include <llvm/Bitcode/BitcodeReader.h>

#include <chrono>

namespace ligature {

ObjectSource::ObjectSource(CompileOptions options, Stats &stats)
    : options_(std::move(options)), target_(describe_target(options_)), stats_(stats) {}

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
  UnitKey unit_key = key(bitcode);
  auto object = compile_bytes(bitcode);
  if (!object)
    return object.takeError();
  ++stats_.units_compiled;
  stats_.optimize_us += static_cast<uint64_t>(object->optimize_ms * 1000);
  stats_.codegen_us += static_cast<uint64_t>(object->codegen_ms * 1000);
  auto took = std::chrono::steady_clock::now() - start;
  stats_.compile_us +=
      static_cast<uint64_t>(std::chrono::duration_cast<std::chrono::microseconds>(took).count());
  return KeyedObject{unit_key, std::move(*object)};
}

llvm::Expected<Object> ObjectSource::compile_bytes(llvm::ArrayRef<char> bitcode) {
  llvm::LLVMContext context;
  context.setDiscardValueNames(true);
  auto module = llvm::parseBitcodeFile({{bitcode.data(), bitcode.size()}, "unit"}, context);
  if (!module)
    return module.takeError();
  return compile(**module, options_);
}

UnitKey ObjectSource::key(llvm::ArrayRef<char> bitcode) const {
  UnitKey content = key_of(bitcode);
  std::string ingredients = target_ + '\0' + hex(content);
  return key_of({ingredients.data(), ingredients.size()});
}

} // namespace ligature
