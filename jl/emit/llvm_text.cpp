// SPDX-License-Identifier: MIT
#include "jl/emit/llvm_text.h"

#include "jl/runtime/abi.h"
#include "ligature/compile.h"

#include <llvm/AsmParser/Parser.h>
#include <llvm/Bitcode/BitcodeReader.h>
#include <llvm/IR/DebugInfo.h>
#include <llvm/IR/InstIterator.h>
#include <llvm/IR/Verifier.h>
#include <llvm/Linker/Linker.h>
#include <llvm/Support/MemoryBuffer.h>
#include <llvm/Support/SourceMgr.h>

namespace jl::emit {

namespace {

using ModulePtr = std::unique_ptr<llvm::Module>;

std::string text_of(llvm::Type *type) {
  std::string text;
  llvm::raw_string_ostream(text) << *type;
  return text;
}

/// A function around a body whose arguments are %0, %1, ...
std::string function_around(llvm::StringRef body, llvm::FunctionType *type) {
  std::string text = "define " + text_of(type->getReturnType()) + " @llvmcall(";
  for (unsigned i = 0; i < type->getNumParams(); i++)
    text += (i ? ", " : "") + text_of(type->getParamType(i)) + " %" + std::to_string(i);
  return text + ") {\n" + body.str() + "\n}\n";
}

llvm::Expected<ModulePtr> parse_text(llvm::LLVMContext &context, llvm::StringRef text) {
  // The parser finds values by their names.
  bool discards = context.shouldDiscardValueNames();
  context.setDiscardValueNames(false);
  llvm::SMDiagnostic diagnostic;
  ModulePtr module = llvm::parseAssemblyString(text, diagnostic, context);
  context.setDiscardValueNames(discards);
  if (module)
    return module;
  std::string message;
  llvm::raw_string_ostream out(message);
  diagnostic.print("", out, false);
  return llvm::createStringError("Failed to parse LLVM assembly: \n" + message);
}

llvm::Expected<ModulePtr> parse_bitcode(llvm::LLVMContext &context, llvm::StringRef bytes) {
  llvm::Expected<ModulePtr> module =
      llvm::parseBitcodeFile(llvm::MemoryBufferRef(bytes, "llvmcall"), context);
  if (module)
    return module;
  return llvm::createStringError("Failed to parse LLVM bitcode: \n" + llvm::toString(module.takeError()));
}

llvm::Expected<ModulePtr> parse(llvm::LLVMContext &context, const LlvmSource &source,
                                llvm::FunctionType *type) {
  if (source.entry.empty())
    return parse_text(context, function_around(source.text, type));
  auto *bytes = reinterpret_cast<const unsigned char *>(source.text.data());
  bool is_bitcode = llvm::isBitcode(bytes, bytes + source.text.size());
  return is_bitcode ? parse_bitcode(context, source.text) : parse_text(context, source.text);
}

bool is_usual_convention(llvm::CallingConv::ID convention) {
  return convention == llvm::CallingConv::C || convention == llvm::CallingConv::Fast ||
         convention == llvm::CallingConv::Cold || convention == llvm::CallingConv::PreserveMost ||
         convention == llvm::CallingConv::PreserveAll;
}

/// What fits no function that is called from the program's own.
llvm::Error check_function(const llvm::Function &function) {
  if (function.hasGC())
    return llvm::createStringError("llvmcall: @" + function.getName() +
                                   " has a garbage collector of its own, which is not supported");
  bool is_usual = is_usual_convention(function.getCallingConv());
  for (const llvm::Instruction &instruction : llvm::instructions(function))
    if (auto *call = llvm::dyn_cast<llvm::CallBase>(&instruction))
      is_usual &= is_usual_convention(call->getCallingConv());
  if (!is_usual)
    return llvm::createStringError("llvmcall: the calling convention in @" + function.getName() +
                                   " is not supported");
  return llvm::Error::success();
}

/// What a unit may not have.
llvm::Error check(const llvm::Module &module) {
  std::string message;
  llvm::raw_string_ostream out(message);
  if (llvm::verifyModule(module, &out))
    return llvm::createStringError("Malformed LLVM function: \n" + message);
  for (const llvm::GlobalVariable &global : module.globals()) {
    if (global.isThreadLocal())
      return llvm::createStringError("llvmcall: @" + global.getName() +
                                     " is thread-local, which is not supported");
    if (global.isDeclaration() || global.hasAppendingLinkage())
      return llvm::createStringError("llvmcall: the variable @" + global.getName() +
                                     " of others is not supported");
  }
  for (const llvm::Function &function : module)
    if (llvm::Error error = check_function(function))
      return error;
  if (!module.alias_empty() || !module.ifunc_empty() || !module.getModuleInlineAsm().empty())
    return llvm::createStringError("llvmcall: aliases and assembly outside of functions are not supported");
  return llvm::Error::success();
}

/// Declared functions become holes of the unit, as those that the program's ccalls name.
void name_declarations(UnitContext &unit, llvm::Module &module) {
  for (llvm::Function &function : module) {
    if (!function.isDeclaration() || function.isIntrinsic() || function.use_empty())
      continue;
    std::string name = function.getName().str();
    bool of_runtime = jl::runtime_function(name) != nullptr;
    llvm::Function *hole = of_runtime ? unit.builder.runtime(name, function.getFunctionType())
                                      : unit.builder.foreign("", name, function.getFunctionType());
    function.setName(hole->getName());
  }
}

bool has_assembly(const llvm::Module &module) {
  for (const llvm::Function &function : module)
    for (const llvm::Instruction &instruction : llvm::instructions(function))
      if (auto *call = llvm::dyn_cast<llvm::CallBase>(&instruction); call && call->isInlineAsm())
        return true;
  return false;
}

/// What only the code generator finds out must be this call's error, not its whole unit's. Of assembly nobody
/// else knows what is right: it is tried out.
llvm::Error check_compiles(UnitContext &unit, const llvm::Module &module, const LlvmSource &source,
                           llvm::FunctionType *type) {
  llvm::Error error = ligature::check_module(module);
  if (!error && has_assembly(module)) {
    llvm::LLVMContext context;
    ModulePtr copy = llvm::cantFail(parse(context, source, type)); // it was parsed before
    copy->setTargetTriple(unit.builder.module().getTargetTriple());
    copy->setDataLayout(unit.builder.module().getDataLayout());
    ligature::CompileOptions quick;
    quick.opt_level = 0;
    error = ligature::compile(*copy, quick).takeError();
  }
  return error ? llvm::createStringError("llvmcall: " + llvm::toString(std::move(error)))
               : llvm::Error::success();
}

/// Leaves code and nothing that belongs to a module of its own.
void strip(UnitContext &unit, llvm::Module &module) {
  llvm::StripDebugInfo(module);
  while (!module.named_metadata_empty())
    module.eraseNamedMetadata(&*module.named_metadata_begin());
  module.setTargetTriple(unit.builder.module().getTargetTriple());
  module.setDataLayout(unit.builder.module().getDataLayout());
  module.setSourceFileName(unit.builder.module().getSourceFileName());
}

/// Nobody outside sees what the program's module defines, but for its entry; the linker renames what would
/// collide.
void hide_definitions(llvm::Module &module, const llvm::Function *entry) {
  for (llvm::GlobalObject &object : module.global_objects()) {
    object.setComdat(nullptr);
    if (!object.isDeclaration() && &object != entry)
      object.setLinkage(llvm::GlobalValue::InternalLinkage);
  }
}

} // namespace

llvm::Expected<llvm::Function *> adopt_llvm(UnitContext &unit, const LlvmSource &source,
                                            llvm::FunctionType *type) {
  llvm::Expected<ModulePtr> parsed = parse(unit.llvm, source, type);
  if (!parsed)
    return parsed.takeError();
  llvm::Module &module = **parsed;
  if (llvm::Error error = check(module))
    return error;
  llvm::Function *entry = module.getFunction(source.entry.empty() ? "llvmcall" : source.entry);
  if (!entry || entry->isDeclaration())
    return llvm::createStringError("Module IR does not contain specified entry function");
  if (entry->getFunctionType() != type)
    return llvm::createStringError("llvmcall: @" + source.entry + " is a function of type " +
                                   text_of(entry->getFunctionType()) + ", the call's is " + text_of(type));
  if (llvm::Error error = check_compiles(unit, module, source, type))
    return error;
  strip(unit, module);
  name_declarations(unit, module);
  hide_definitions(module, entry);
  entry->setLinkage(llvm::GlobalValue::ExternalLinkage);
  entry->setVisibility(llvm::GlobalValue::DefaultVisibility);
  llvm::Function *declaration = unit.builder.create_function("llvmcall_", type);
  declaration->setCallingConv(entry->getCallingConv());
  entry->setName(declaration->getName());
  unit.adopted.push_back(std::move(*parsed));
  return declaration;
}

void link_adopted(UnitContext &unit) {
  if (unit.adopted.empty())
    return;
  llvm::Module &module = unit.builder.module();
  llvm::SmallPtrSet<const llvm::Function *, 16> own;
  std::vector<std::string> entries;
  for (llvm::Function &function : module)
    if (!function.isDeclaration())
      own.insert(&function);
  for (ModulePtr &adopted : unit.adopted)
    for (llvm::Function &function : *adopted)
      if (function.hasExternalLinkage() && !function.isDeclaration())
        entries.push_back(function.getName().str());
  llvm::Linker linker(module);
  for (ModulePtr &adopted : unit.adopted)
    if (linker.linkInModule(std::move(adopted)))
      llvm::report_fatal_error("llvmcall: a verified module could not be linked");
  unit.adopted.clear();
  for (llvm::Function &function : module)
    if (!function.isDeclaration() && !own.contains(&function)) {
      function.removeFnAttr(llvm::Attribute::OptimizeNone);
      unit.builder.prepare(function);
    }
  for (const std::string &name : entries) {
    llvm::Function *entry = module.getFunction(name);
    entry->removeFnAttr(llvm::Attribute::NoInline);
    entry->addFnAttr(llvm::Attribute::AlwaysInline);
    entry->setLinkage(llvm::GlobalValue::InternalLinkage);
  }
}

} // namespace jl::emit
