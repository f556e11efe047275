// SPDX-License-Identifier: MIT
//
// Foreign modules on their way to objects: read, checked, and made position-independent in the way that a
// space's code has to be. Nothing here knows other modules.
#pragma once

#include "object/object_source.h"

#include <llvm/Support/MemoryBufferRef.h>

namespace ligature {

/// A module or an object that waits to be linked.
struct ForeignModule {
  std::string name; ///< for errors
  std::unique_ptr<llvm::LLVMContext> context;
  std::unique_ptr<llvm::Module> module; // destroyed before its context
  std::unique_ptr<llvm::MemoryBuffer> object;
};

/// Reads bitcode or assembly text.
llvm::Expected<ForeignModule> read_module(llvm::MemoryBufferRef bytes);

/// Checks that the module is whole and for this machine; what it does not define may be anywhere from here
/// on.
llvm::Error prepare_module(llvm::Module &module);

/// Refuses what cannot be linked into a space: another machine's objects, thread-locals.
llvm::Error check_object(llvm::MemoryBufferRef object);

/// Compiles every module that is not an object yet, `threads` at once; the first error in their order, if
/// any.
llvm::Error compile_modules(std::vector<ForeignModule> &modules, ObjectSource &objects, unsigned threads);

} // namespace ligature
