// SPDX-License-Identifier: MIT
#include "jl/jit/listing.h"

#include <llvm/IR/AssemblyAnnotationWriter.h>
#include <llvm/IR/DebugInfoMetadata.h>
#include <llvm/IR/Module.h>
#include <llvm/Support/FormattedStream.h>

#include "jl/emit/emit.h"
#include "jl/runtime/module.h"
#include "jl/runtime/types.h"

namespace jl {

namespace {

constexpr llvm::StringLiteral kSignatureAttribute = "julia.fsig";

/// Source positions as comments: what `; @ file:line within name` says in Julia's own listings. The unit has
/// relative lines only; file and first line come from the methods that link info names.
class PositionComments final : public llvm::AssemblyAnnotationWriter {
public:
  explicit PositionComments(const ligature::LinkInfo &info) : info_(info) {}

  void emitFunctionAnnot(const llvm::Function *function, llvm::formatted_raw_ostream &out) override {
    if (function->hasFnAttribute(kSignatureAttribute))
      out << "; Function Signature: " << function->getFnAttribute(kSignatureAttribute).getValueAsString()
          << "\n";
    last_.clear();
    if (const llvm::DISubprogram *subprogram = function->getSubprogram())
      print(out, position(subprogram, 1), ""); // lines count from the method's first, 1
  }

  void emitInstructionAnnot(const llvm::Instruction *instruction, llvm::formatted_raw_ostream &out) override {
    if (const llvm::DILocation *location = instruction->getDebugLoc())
      print(out, position(location->getScope()->getSubprogram(), location->getLine()), "  ");
  }

private:
  std::string position(const llvm::DISubprogram *subprogram, unsigned line) const {
    llvm::StringRef name = subprogram->getLinkageName();
    unsigned ordinal = 0;
    if (!name.consume_front("m") || name.getAsInteger(10, ordinal) || ordinal >= info_.positions.size())
      return "";
    auto *method = static_cast<const Method *>(info_.positions[ordinal]);
    if (!method || type_of(method) != types::Method_)
      return "";
    return "; @ " + std::string(method->file.text()) + ":" + std::to_string(method->line + int(line) - 1) +
           " within `" + std::string(method->name.text()) + "`";
  }

  void print(llvm::formatted_raw_ostream &out, std::string text, llvm::StringRef indent) {
    if (text.empty() || text == last_)
      return;
    out << indent << text << "\n";
    last_ = std::move(text);
  }

  const ligature::LinkInfo &info_;
  std::string last_;
};

std::string print_whole(llvm::Module &module, const ligature::LinkInfo &info) {
  std::string text;
  llvm::raw_string_ostream out(text);
  PositionComments comments(info);
  module.print(out, &comments);
  return text;
}

std::string print_one(llvm::Function &function, const ligature::LinkInfo &info) {
  std::string text;
  llvm::raw_string_ostream out(text);
  PositionComments comments(info);
  function.print(out, &comments);
  return text;
}

/// The function that holds the method's body.
llvm::Function *body_of(ligature::Unit &unit) {
  const ligature::LinkInfo &info = unit.link_info;
  return unit.module->getFunction(info.name(info.definitions.front().spec_symbol));
}

/// Leaves `function` alone in its module: the others are only declared.
void drop_others(llvm::Function &function) {
  for (llvm::Function &other : *function.getParent())
    if (&other != &function)
      other.deleteBody();
}

/// References to debug metadata, which listings leave out (`!dbg !7`).
std::string without_metadata(std::string text) {
  for (std::string_view reference : {", !dbg !", " !dbg !"}) // of instructions; of definitions
    for (size_t at = 0; (at = text.find(reference, at)) != std::string::npos;) {
      size_t end = text.find_first_not_of("0123456789", at + reference.size());
      text.erase(at, (end == std::string::npos ? text.size() : end) - at);
    }
  return text;
}

} // namespace

llvm::Expected<std::string> list_code(Task *task, CodeInstance *code, const Compiler::Listing &listing,
                                      const ligature::CompileOptions &options) {
  ligature::Unit unit = emit_unit(task, code);
  if (listing.kind == Compiler::Listing::Kind::Native && !listing.dump_module)
    drop_others(*body_of(unit));
  if (listing.kind == Compiler::Listing::Kind::Native)
    return ligature::assembly(*unit.module, options, ligature::Optimize::Yes);
  if (listing.optimize)
    if (llvm::Error error = ligature::optimize(*unit.module, options))
      return error;
  std::string text = listing.dump_module ? print_whole(*unit.module, unit.link_info)
                                         : print_one(*body_of(unit), unit.link_info);
  return listing.raw ? std::move(text) : without_metadata(std::move(text));
}

} // namespace jl
