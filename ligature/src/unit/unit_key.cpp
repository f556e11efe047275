// SPDX-License-Identifier: MIT
#include "ligature/unit.h"

#include <llvm/Bitcode/BitcodeWriter.h>
#include <llvm/Support/SHA256.h>

namespace ligature {

llvm::SmallVector<char, 0> write_bitcode(const llvm::Module &module) {
  llvm::SmallVector<char, 0> bytes;
  llvm::raw_svector_ostream out(bytes);
  llvm::WriteBitcodeToFile(module, out);
  return bytes;
}

UnitKey key_of(llvm::ArrayRef<char> bytes) {
  return llvm::SHA256::hash(
      llvm::ArrayRef<uint8_t>(reinterpret_cast<const uint8_t *>(bytes.data()), bytes.size()));
}

std::string hex(const UnitKey &key) {
  constexpr char digits[] = "0123456789abcdef";
  std::string text;
  for (uint8_t byte : key) {
    text += digits[byte >> 4];
    text += digits[byte & 15];
  }
  return text;
}

} // namespace ligature
