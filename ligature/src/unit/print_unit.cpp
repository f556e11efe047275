// SPDX-License-Identifier: MIT
#include "ligature/unit.h"

#include <llvm/IR/AssemblyAnnotationWriter.h>
#include <llvm/Support/FormattedStream.h>

namespace ligature {
namespace {

class SignatureWriter : public llvm::AssemblyAnnotationWriter {
public:
  explicit SignatureWriter(llvm::StringRef attribute) : attribute_(attribute) {}
  void emitFunctionAnnot(const llvm::Function *function, llvm::formatted_raw_ostream &out) override {
    if (function->hasFnAttribute(attribute_))
      out << "; Function Signature: " << function->getFnAttribute(attribute_).getValueAsString() << '\n';
  }

private:
  llvm::StringRef attribute_;
};

} // namespace

void print_unit(const llvm::Module &module, llvm::raw_ostream &out, llvm::StringRef signature_attribute) {
  SignatureWriter writer(signature_attribute);
  module.print(out, &writer);
}

} // namespace ligature
