// SPDX-License-Identifier: MIT
//
// Keeps LLVM from ending the process over a module that it cannot compile: what it would only find out too
// late is refused beforehand, what it reports (inline assembly, constraints that nothing fulfils) is
// collected and becomes the error of the module's compile.
#pragma once

#include <llvm/IR/DiagnosticInfo.h>
#include <llvm/IR/LLVMContext.h>
#include <llvm/Support/Error.h>

#include <memory>
#include <string>

namespace ligature {

/// While it lives, errors that are reported in `context` are collected; warnings and remarks go where they
/// went before.
class CollectErrors {
public:
  explicit CollectErrors(llvm::LLVMContext &context);
  ~CollectErrors();
  CollectErrors(const CollectErrors &) = delete;
  CollectErrors &operator=(const CollectErrors &) = delete;

  /// All that was reported so far, as one error; success if that is nothing.
  llvm::Error take();

private:
  llvm::LLVMContext &context_;
  std::string *texts_ = nullptr; ///< the handler's
  std::unique_ptr<llvm::DiagnosticHandler> *previous_ = nullptr;
};

} // namespace ligature
