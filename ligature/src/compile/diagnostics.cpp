// SPDX-License-Identifier: MIT
#include "compile/diagnostics.h"

#include <llvm/ADT/StringExtras.h>
#include <llvm/IR/DiagnosticPrinter.h>
#include <llvm/Support/raw_ostream.h>

namespace ligature {
namespace {

class Collector final : public llvm::DiagnosticHandler {
public:
  explicit Collector(std::unique_ptr<llvm::DiagnosticHandler> before) : previous(std::move(before)) {}

  bool handleDiagnostics(const llvm::DiagnosticInfo &info) override {
    if (info.getSeverity() != llvm::DS_Error)
      return previous && previous->handleDiagnostics(info);
    std::string text;
    llvm::raw_string_ostream out(text);
    llvm::DiagnosticPrinterRawOStream printer(out);
    info.print(printer);
    texts += (texts.empty() ? "" : "\n") + llvm::StringRef(text).trim("\n").str();
    return true;
  }
  bool isAnalysisRemarkEnabled(llvm::StringRef pass) const override {
    return previous && previous->isAnalysisRemarkEnabled(pass);
  }
  bool isMissedOptRemarkEnabled(llvm::StringRef pass) const override {
    return previous && previous->isMissedOptRemarkEnabled(pass);
  }
  bool isPassedOptRemarkEnabled(llvm::StringRef pass) const override {
    return previous && previous->isPassedOptRemarkEnabled(pass);
  }
  bool isAnyRemarkEnabled() const override { return previous && previous->isAnyRemarkEnabled(); }

  std::string texts;
  std::unique_ptr<llvm::DiagnosticHandler> previous;
};

} // namespace

CollectErrors::CollectErrors(llvm::LLVMContext &context) : context_(context) {
  auto collector = std::make_unique<Collector>(context.getDiagnosticHandler());
  texts_ = &collector->texts;
  previous_ = &collector->previous;
  context.setDiagnosticHandler(std::move(collector));
}

CollectErrors::~CollectErrors() {
  std::unique_ptr<llvm::DiagnosticHandler> previous = std::move(*previous_);
  context_.setDiagnosticHandler(std::move(previous));
}

llvm::Error CollectErrors::take() {
  if (texts_->empty())
    return llvm::Error::success();
  return llvm::createStringError(llvm::inconvertibleErrorCode(), std::move(*texts_));
}

} // namespace ligature
