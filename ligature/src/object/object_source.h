// SPDX-License-Identifier: MIT
//
// Where objects come from: a unit's key is the hash of what it is made of; the object is compiled now. A
// cache goes between the two.
#pragma once

#include "ligature/compile.h"
#include "ligature/stats.h"
#include "ligature/unit.h"

namespace ligature {

/// An object and the key it can be found by.
struct KeyedObject {
  UnitKey key;
  Object object;
};

class ObjectSource {
public:
  ObjectSource(CompileOptions options, Stats &stats);

  /// The object for `module`, which is used up together with `context`. Any thread.
  llvm::Expected<KeyedObject> get(std::unique_ptr<llvm::LLVMContext> context,
                                  std::unique_ptr<llvm::Module> module);

  const CompileOptions &options() const { return options_; }

private:
  llvm::Expected<Object> compile_bytes(llvm::ArrayRef<char> bitcode);
  UnitKey key(llvm::ArrayRef<char> bitcode) const;

  const CompileOptions options_;
  const std::string target_;
  Stats &stats_;
};

} // namespace ligature
