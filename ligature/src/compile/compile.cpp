// SPDX-License-Identifier: MIT
#include "ligature/compile.h"

#include "compile/diagnostics.h"
#include "compile/extract_lines.h"
#include "compile/target.h"

#include <llvm/ADT/SmallString.h>
#include <llvm/IR/LegacyPassManager.h>
#include <llvm/Passes/PassBuilder.h>
#include <llvm/Support/SmallVectorMemoryBuffer.h>

#include <algorithm>
#include <chrono>

namespace ligature {
namespace {

class Clock {
public:
  double ms() const {
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start_).count();
  }

private:
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

llvm::PipelineTuningOptions tuning_of(const CompileOptions &options) {
  llvm::PipelineTuningOptions tuning;
  tuning.LoopVectorization = options.opt_level >= 2;
  tuning.SLPVectorization = options.opt_level >= 2;
  tuning.LoopInterleaving = options.opt_level >= 2;
  return tuning;
}

llvm::Error generate(llvm::Module &module, llvm::TargetMachine &machine, llvm::CodeGenFileType type,
                     llvm::raw_pwrite_stream &out) {
  llvm::legacy::PassManager passes;
  if (machine.addPassesToEmitFile(passes, out, nullptr, type))
    return llvm::createStringError("code generator: cannot write this kind");
  passes.run(module);
  return llvm::Error::success();
}

/// Nothing beyond the module says what a slot, or a function, resolves to; so what is undefined may be
/// anywhere, and what is defined is reached directly, never through a table.
void bind_definitions_locally(llvm::Module &module) {
  for (llvm::GlobalValue &value : module.global_values())
    if (!value.isDeclaration())
      value.setDSOLocal(true);
}

} // namespace

std::string pipeline_of(const CompileOptions &options) {
  if (!options.pipeline.empty())
    return options.pipeline;
  return "default<O" + std::to_string(std::min(options.opt_level, 3u)) + ">";
}

llvm::Error optimize(llvm::Module &module, const CompileOptions &options) {
  auto machine = target_machine(options);
  if (!machine)
    return machine.takeError();
  llvm::LoopAnalysisManager loops;
  llvm::FunctionAnalysisManager functions;
  llvm::CGSCCAnalysisManager components;
  llvm::ModuleAnalysisManager modules;
  llvm::PassBuilder builder(*machine, tuning_of(options));
  builder.registerModuleAnalyses(modules);
  builder.registerCGSCCAnalyses(components);
  builder.registerFunctionAnalyses(functions);
  builder.registerLoopAnalyses(loops);
  builder.crossRegisterProxies(loops, functions, components, modules);
  llvm::ModulePassManager passes;
  if (llvm::Error error = builder.parsePassPipeline(passes, pipeline_of(options)))
    return llvm::createStringError("pass pipeline '" + pipeline_of(options) +
                                   "': " + llvm::toString(std::move(error)));
  passes.run(module, modules);
  return llvm::Error::success();
}

llvm::Expected<Object> compile(llvm::Module &module, const CompileOptions &options) {
  Object object;
  Clock optimize_clock;
  if (llvm::Error error = check_module(module))
    return error;
  CollectErrors reported(module.getContext());
  bind_definitions_locally(module);
  if (llvm::Error error = optimize(module, options))
    return error;
  carry_ordinals(module);
  object.optimize_ms = optimize_clock.ms();
  Clock codegen_clock;
  auto machine = target_machine(options);
  if (!machine)
    return machine.takeError();
  llvm::SmallVector<char, 0> bytes;
  llvm::raw_svector_ostream out(bytes);
  if (llvm::Error error = generate(module, **machine, llvm::CodeGenFileType::ObjectFile, out))
    return error;
  if (llvm::Error error = reported.take())
    return error;
  object.bytes = std::make_unique<llvm::SmallVectorMemoryBuffer>(std::move(bytes), "unit",
                                                                 /*RequiresNullTerminator=*/false);
  if (llvm::Error error = take_lines_out(object))
    return error;
  object.codegen_ms = codegen_clock.ms();
  return object;
}

llvm::Expected<std::string> assembly(llvm::Module &module, const CompileOptions &options,
                                     Optimize optimised) {
  if (llvm::Error error = check_module(module))
    return error;
  CollectErrors reported(module.getContext());
  bind_definitions_locally(module);
  if (optimised == Optimize::Yes)
    if (llvm::Error error = optimize(module, options))
      return error;
  auto machine = target_machine(options);
  if (!machine)
    return machine.takeError();
  llvm::SmallString<0> text;
  llvm::raw_svector_ostream out(text);
  if (llvm::Error error = generate(module, **machine, llvm::CodeGenFileType::AssemblyFile, out))
    return error;
  if (llvm::Error error = reported.take())
    return error;
  return std::string(text);
}

} // namespace ligature
