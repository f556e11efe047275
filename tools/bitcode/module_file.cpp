// SPDX-License-Identifier: MIT
#include "tools/bitcode/module_file.h"

#include "ligature/compile.h"

#include <llvm/BinaryFormat/Magic.h>
#include <llvm/Bitcode/BitcodeReader.h>
#include <llvm/IR/Constants.h>
#include <llvm/IR/DebugInfo.h>
#include <llvm/IR/GVMaterializer.h>
#include <llvm/IR/InstrTypes.h>
#include <llvm/IR/Verifier.h>
#include <llvm/Support/SmallVectorMemoryBuffer.h>
#include <llvm/TargetParser/Triple.h>

#include <set>

namespace bitcode {
namespace {

bool is_intrinsic(const llvm::GlobalValue &value) {
  return value.getName().starts_with("llvm.");
}

/// Gives every global its name in the program; everything is visible there.
void name_globals(llvm::Module &module, unsigned ordinal) {
  unsigned unnamed = 0;
  for (llvm::GlobalValue &value : module.global_values()) {
    if (is_intrinsic(value))
      continue;
    if (value.getName().starts_with("\1")) // an assembler name, as it stands
      value.setName(value.getName().drop_front().str());
    if (!value.hasName())
      value.setName("unnamed" + llvm::Twine(unnamed++));
    if (value.hasLocalLinkage()) {
      value.setName(value.getName() + ".m" + llvm::Twine(ordinal));
      value.setLinkage(llvm::GlobalValue::ExternalLinkage);
    }
    value.setVisibility(llvm::GlobalValue::DefaultVisibility);
    value.setDLLStorageClass(llvm::GlobalValue::DefaultStorageClass);
    auto *object = llvm::dyn_cast<llvm::GlobalObject>(&value);
    if (object && object->hasComdat() && value.hasExternalLinkage() && !value.isDeclaration())
      value.setLinkage(llvm::GlobalValue::WeakAnyLinkage); // one of the group
  }
}

bool is_defined(const llvm::GlobalValue &value) {
  return !value.isDeclaration() && !value.hasAvailableExternallyLinkage() && !is_intrinsic(value);
}

/// The function that an alias stands for, or null if it is a variable's.
const llvm::Function *aliased_function(const llvm::GlobalAlias &alias) {
  return llvm::dyn_cast_or_null<llvm::Function>(alias.getAliaseeObject());
}

Strength strength_of(const llvm::GlobalValue &value) {
  if (!is_defined(value))
    return value.hasExternalWeakLinkage() ? Strength::WeakUndefined : Strength::Undefined;
  if (value.hasCommonLinkage())
    return Strength::Common;
  return value.isWeakForLinker() ? Strength::Weak : Strength::Strong;
}

/// The function with whose code a variable must stand, because it holds addresses of its labels; or null.
llvm::Function *label_owner(llvm::Constant &constant, std::set<llvm::Constant *> &seen) {
  if (auto *label = llvm::dyn_cast<llvm::BlockAddress>(&constant))
    return label->getFunction();
  if (llvm::isa<llvm::GlobalValue>(constant) || !seen.insert(&constant).second)
    return nullptr;
  for (llvm::Use &operand : constant.operands())
    if (auto *inner = llvm::dyn_cast<llvm::Constant>(operand.get()))
      if (llvm::Function *owner = label_owner(*inner, seen))
        return owner;
  return nullptr;
}

llvm::Function *label_owner(llvm::GlobalVariable &variable) {
  std::set<llvm::Constant *> seen;
  return variable.hasInitializer() ? label_owner(*variable.getInitializer(), seen) : nullptr;
}

void declare(llvm::GlobalVariable &variable) {
  variable.setInitializer(nullptr);
  variable.setLinkage(variable.hasExternalWeakLinkage() ? llvm::GlobalValue::ExternalWeakLinkage
                                                        : llvm::GlobalValue::ExternalLinkage);
  variable.setComdat(nullptr);
}

void declare(llvm::Function &function) {
  bool weak = function.hasExternalWeakLinkage();
  function.deleteBody(); // also one that was never read
  if (weak)
    function.setLinkage(llvm::GlobalValue::ExternalWeakLinkage);
  function.setComdat(nullptr);
  function.clearMetadata();
}

/// Puts a declaration in place of an alias: somebody else knows what it stands for.
void declare(llvm::GlobalAlias &alias) {
  llvm::Module &module = *alias.getParent();
  llvm::GlobalValue *declaration;
  if (auto *type = llvm::dyn_cast<llvm::FunctionType>(alias.getValueType())) {
    auto *function = llvm::Function::Create(type, llvm::GlobalValue::ExternalLinkage, "", module);
    if (const llvm::Function *target = aliased_function(alias))
      function->setCallingConv(target->getCallingConv());
    declaration = function;
  } else {
    declaration =
        new llvm::GlobalVariable(module, alias.getValueType(), false, llvm::GlobalValue::ExternalLinkage,
                                 nullptr, "", nullptr, alias.getThreadLocalMode());
  }
  declaration->takeName(&alias);
  alias.replaceAllUsesWith(declaration);
  alias.eraseFromParent();
}

void declare_aliases(llvm::Module &module, const std::function<bool(llvm::GlobalAlias &)> &chosen) {
  std::vector<llvm::GlobalAlias *> aliases;
  for (llvm::GlobalAlias &alias : module.aliases())
    if (chosen(alias))
      aliases.push_back(&alias);
  for (llvm::GlobalAlias *alias : aliases)
    declare(*alias);
}

/// Lists that tell the optimizer what not to drop.
void drop_used_lists(llvm::Module &module) {
  for (const char *name : {"llvm.used", "llvm.compiler.used"})
    if (llvm::GlobalVariable *list = module.getNamedGlobal(name))
      list->eraseFromParent();
}

void drop_unused(llvm::Module &module) {
  for (llvm::GlobalVariable &variable : llvm::make_early_inc_range(module.globals()))
    if (variable.use_empty() && variable.isDeclaration())
      variable.eraseFromParent();
  for (llvm::Function &function : llvm::make_early_inc_range(module))
    if (function.use_empty() && function.isDeclaration())
      function.eraseFromParent();
}

/// What another module of the program defines is within reach; what a shared library does may be anywhere.
void set_reach(llvm::Module &module, const SymbolTable &program) {
  for (llvm::GlobalValue &value : module.global_values())
    if (value.isDeclaration())
      value.setDSOLocal(program.defines(value.getName()) || value.getName().ends_with(kCallSuffix));
}

bool is_callee(const llvm::Use &use) {
  auto *call = llvm::dyn_cast<llvm::CallBase>(use.getUser());
  return call && call->isCallee(&use);
}

/// Direct calls go to `f#call`, or to the code itself if it is here.
void split_calls(llvm::Function &code, const SymbolTable &program, std::vector<std::string> &callees) {
  llvm::Module &module = *code.getParent();
  std::vector<llvm::Function *> functions;
  for (llvm::Function &function : module)
    if (!function.use_empty() && program.find_function(function.getName()))
      functions.push_back(&function);
  std::string name = code.getName().str();
  code.setName(name + kBodySuffix);
  for (llvm::Function *function : functions) {
    bool own = function == &code;
    std::string plain = own ? name : function->getName().str();
    auto make = [&](const llvm::Twine &named) {
      auto *declaration = llvm::Function::Create(function->getFunctionType(),
                                                 llvm::GlobalValue::ExternalLinkage, named, module);
      declaration->copyAttributesFrom(function);
      declaration->setPersonalityFn(nullptr);
      declaration->setComdat(nullptr);
      return declaration;
    };
    if (own) { // calls of itself stay; its address is the stub's
      function->replaceUsesWithIf(make(plain), [](llvm::Use &use) {
        return !is_callee(use) && !llvm::isa<llvm::BlockAddress>(use.getUser());
      });
      continue;
    }
    llvm::Function *call = make(plain + kCallSuffix);
    function->replaceUsesWithIf(call, [](llvm::Use &use) { return is_callee(use); });
    if (!call->use_empty())
      callees.push_back(plain);
  }
}

/// Leaves `code`, and the tables of its labels, as all that the module defines.
void declare_all_but(llvm::Function &code) {
  llvm::Module &module = *code.getParent();
  drop_used_lists(module);
  for (const char *list : {"llvm.global_ctors", "llvm.global_dtors"})
    if (llvm::GlobalVariable *functions = module.getNamedGlobal(list))
      functions->eraseFromParent();
  for (llvm::GlobalVariable &variable : module.globals())
    if (label_owner(variable) == &code)
      variable.setLinkage(llvm::GlobalValue::InternalLinkage);
    else
      declare(variable);
  declare_aliases(module, [](llvm::GlobalAlias &) { return true; });
  for (llvm::Function &other : module)
    if (&other != &code && !other.isIntrinsic())
      declare(other);
  module.setModuleInlineAsm("");
}

} // namespace

llvm::Error ModuleFile::error(const llvm::Twine &text) const {
  return llvm::createStringError(path_ + ": " + text);
}

llvm::Expected<std::unique_ptr<ModuleFile>> ModuleFile::open(const std::string &path, unsigned ordinal,
                                                             int optimize, KeptObjects &kept) {
  std::unique_ptr<ModuleFile> file(new ModuleFile);
  file->path_ = path;
  file->ordinal_ = ordinal;
  auto bytes = llvm::MemoryBuffer::getFile(path, /*IsText=*/false, /*RequiresNullTerminator=*/false);
  if (!bytes)
    return file->error(bytes.getError().message());
  file->bytes_ = std::move(*bytes);
  if (llvm::identify_magic(file->bytes_->getBuffer()) != llvm::file_magic::bitcode)
    return file->error("is not LLVM bitcode (clang-19 -emit-llvm -c makes it)");
  auto parsed = file->parse(Names::AsInTheFile);
  if (!parsed)
    return parsed.takeError();
  if (llvm::Error problem = file->check(*parsed->module))
    return std::move(problem);
  if (optimize < 0)
    return file;
  ligature::CompileOptions options;
  options.opt_level = static_cast<unsigned>(optimize);
  auto optimized = kept.optimized(file->bytes_->getBuffer(), options,
                                  [&] { return file->optimize(std::move(*parsed), options); });
  if (!optimized)
    return optimized.takeError();
  file->bytes_ = std::make_unique<llvm::SmallVectorMemoryBuffer>(std::move(*optimized), path, false);
  return file;
}

llvm::Error ModuleFile::check(const llvm::Module &module) const {
  llvm::Triple triple(module.getTargetTriple()), host(ligature::host_triple());
  if (triple.getArch() != host.getArch() || triple.getOS() != host.getOS())
    return error("is for '" + module.getTargetTriple() + "', this machine is " + host.str());
  if (module.getDataLayoutStr() != ligature::host_data_layout())
    return error("has the data layout '" + module.getDataLayoutStr() + "', this machine '" +
                 ligature::host_data_layout() + "'");
  if (!module.ifuncs().empty())
    return error("'" + module.ifuncs().begin()->getName() +
                 "' is chosen when the program is loaded (ifunc), which cannot be done here");
  return llvm::Error::success();
}

llvm::Expected<llvm::SmallVector<char, 0>>
ModuleFile::optimize(OwnedModule parsed, const ligature::CompileOptions &options) const {
  if (llvm::Error damaged = parsed.module->materializeAll())
    return error("damaged bitcode: " + llvm::toString(std::move(damaged)));
  std::string problem;
  llvm::raw_string_ostream out(problem);
  if (llvm::verifyModule(*parsed.module, &out))
    return error("damaged bitcode: " + llvm::StringRef(problem).rtrim());
  if (llvm::Error failed = ligature::optimize(*parsed.module, options))
    return error(llvm::toString(std::move(failed)));
  return ligature::write_bitcode(*parsed.module);
}

llvm::Expected<OwnedModule> ModuleFile::parse(Names names) const {
  OwnedModule parsed;
  parsed.context = std::make_unique<llvm::LLVMContext>();
  parsed.context->setDiscardValueNames(true);
  auto module = llvm::getLazyBitcodeModule(bytes_->getMemBufferRef(), *parsed.context,
                                           /*ShouldLazyLoadMetadata=*/true);
  if (!module)
    return error("damaged bitcode: " + llvm::toString(module.takeError()));
  parsed.module = std::move(*module);
  if (auto *reader = parsed.module->getMaterializer())
    reader->setStripDebugInfo();
  if (names == Names::OfTheProgram)
    name_globals(*parsed.module, ordinal_);
  return parsed;
}

llvm::Expected<std::vector<FileSymbol>> ModuleFile::symbols() const {
  auto parsed = parse();
  if (!parsed)
    return parsed.takeError();
  const llvm::Module &module = *parsed->module;
  std::vector<FileSymbol> symbols;
  for (const llvm::GlobalValue &value : module.global_values()) {
    if (is_intrinsic(value))
      continue;
    FileSymbol symbol{value.getName().str(), SymbolKind::Variable, strength_of(value), 0, "",
                      value.isThreadLocal()};
    if (llvm::isa<llvm::Function>(value))
      symbol.kind = SymbolKind::Function;
    if (auto *alias = llvm::dyn_cast<llvm::GlobalAlias>(&value))
      if (const llvm::Function *function = aliased_function(*alias)) {
        symbol.kind = SymbolKind::FunctionAlias;
        symbol.target = function->getName().str();
      }
    if (symbol.strength == Strength::Common)
      symbol.size = module.getDataLayout().getTypeAllocSize(value.getValueType());
    symbols.push_back(std::move(symbol));
  }
  return symbols;
}

llvm::Expected<OwnedModule> ModuleFile::variables(const SymbolTable &program) const {
  auto parsed = parse();
  if (!parsed)
    return parsed.takeError();
  llvm::Module &module = *parsed->module;
  drop_used_lists(module);
  for (llvm::GlobalVariable &variable : module.globals()) {
    if (is_intrinsic(variable))
      continue;
    if (!is_defined(variable) || !program.wins(variable.getName(), ordinal_) || label_owner(variable)) {
      declare(variable);
      continue;
    }
    variable.setLinkage(llvm::GlobalValue::ExternalLinkage); // the winner, so strong
    variable.setComdat(nullptr);
  }
  declare_aliases(module, [&](llvm::GlobalAlias &alias) {
    return aliased_function(alias) || !program.wins(alias.getName(), ordinal_) ||
           alias.getAliaseeObject()->isDeclaration();
  });
  for (llvm::GlobalAlias &alias : module.aliases())
    alias.setLinkage(llvm::GlobalValue::ExternalLinkage);
  for (llvm::Function &function : module)
    if (!function.isIntrinsic())
      declare(function);
  if (llvm::Error damaged = module.materializeAll())
    return error("damaged bitcode: " + llvm::toString(std::move(damaged)));
  drop_unused(module);
  return parsed;
}

llvm::Expected<OwnedModule> ModuleFile::function(llvm::StringRef name, const SymbolTable &program,
                                                 std::vector<std::string> &callees) const {
  auto parsed = parse();
  if (!parsed)
    return parsed.takeError();
  llvm::Module &module = *parsed->module;
  llvm::Function *code = module.getFunction(name);
  if (!code)
    return error("has no '" + name + "' any more");
  if (llvm::Error damaged = code->materialize())
    return error("damaged bitcode: " + llvm::toString(std::move(damaged)));
  declare_all_but(*code);
  if (llvm::Error damaged = module.materializeAll())
    return error("damaged bitcode: " + llvm::toString(std::move(damaged)));
  split_calls(*code, program, callees);
  code->setLinkage(llvm::GlobalValue::ExternalLinkage);
  code->setComdat(nullptr);
  llvm::StripDebugInfo(module);
  drop_unused(module);
  std::string problem;
  llvm::raw_string_ostream out(problem);
  if (llvm::verifyModule(module, &out))
    return error("damaged bitcode: '" + name + "' is not valid: " + llvm::StringRef(problem).rtrim());
  set_reach(module, program);
  return parsed;
}

} // namespace bitcode
