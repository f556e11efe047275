// SPDX-License-Identifier: MIT
#include "compile/target.h"

#include "compile/fingerprint.h"
#include "ligature/object_key.h"

#include <llvm/ADT/StringExtras.h>
#include <llvm/Config/llvm-config.h>
#include <llvm/MC/TargetRegistry.h>
#include <llvm/Support/TargetSelect.h>
#include <llvm/TargetParser/Host.h>

#include <algorithm>
#include <map>
#include <mutex>

namespace ligature {
namespace {

void initialise_target() {
  static std::once_flag once;
  std::call_once(once, [] {
    llvm::InitializeNativeTarget();
    llvm::InitializeNativeTargetAsmPrinter();
    llvm::InitializeNativeTargetAsmParser(); // inline assembly
  });
}

std::string read_host_features() {
  std::vector<std::string> features;
  for (const auto &feature : llvm::sys::getHostCPUFeatures())
    features.push_back((feature.getValue() ? "+" : "-") + feature.getKey().str());
  std::sort(features.begin(), features.end());
  return llvm::join(features, ",");
}

const std::string &cpu_of(const CompileOptions &options) {
  return options.cpu.empty() ? host_cpu() : options.cpu;
}

/// A CPU that was named brings its own features; only the host's are spelt out.
const std::string &features_of(const CompileOptions &options) {
  return options.features.empty() && options.cpu.empty() ? host_features() : options.features;
}

llvm::Expected<std::unique_ptr<llvm::TargetMachine>> create_target_machine(const CompileOptions &options) {
  initialise_target();
  std::string problem;
  const llvm::Target *target = llvm::TargetRegistry::lookupTarget(host_triple(), problem);
  if (!target)
    return llvm::createStringError("code generator: " + problem);
  llvm::TargetOptions target_options;
  target_options.EmulatedTLS = options.emulated_tls;
  target_options.UseInitArray = true; // of foreign modules: units have no initialisers
  constexpr llvm::CodeGenOptLevel levels[] = {llvm::CodeGenOptLevel::None, llvm::CodeGenOptLevel::Less,
                                              llvm::CodeGenOptLevel::Default,
                                              llvm::CodeGenOptLevel::Aggressive};
  std::unique_ptr<llvm::TargetMachine> machine(target->createTargetMachine(
      host_triple(), cpu_of(options), features_of(options), target_options, llvm::Reloc::PIC_,
      llvm::CodeModel::Small, levels[std::min(options.opt_level, 3u)]));
  if (!machine)
    return llvm::createStringError("code generator: none for " + host_triple());
  if (machine->createDataLayout().getStringRepresentation() != host_data_layout())
    return llvm::createStringError("code generator: its data layout is not that of units");
  return machine;
}

} // namespace

const std::string &host_cpu() {
  static const std::string cpu = llvm::sys::getHostCPUName().str();
  return cpu;
}

const std::string &host_features() {
  static const std::string features = read_host_features();
  return features;
}

llvm::Expected<llvm::TargetMachine *> target_machine(const CompileOptions &options) {
  thread_local std::map<std::string, std::unique_ptr<llvm::TargetMachine>> machines;
  std::string key = std::to_string(options.opt_level) + cpu_of(options) + ' ' + features_of(options) +
                    (options.emulated_tls ? " emulated-tls" : "");
  std::unique_ptr<llvm::TargetMachine> &machine = machines[key];
  if (!machine) {
    auto created = create_target_machine(options);
    if (!created)
      return created.takeError();
    machine = std::move(*created);
  }
  return machine.get();
}

std::vector<KeyIngredient> key_ingredients(const CompileOptions &options) {
  return {{"llvm", LLVM_VERSION_STRING},
          {"code-generator", code_generator_fingerprint()},
          {"runtime-abi", options.runtime_abi},
          {"triple", host_triple()},
          {"cpu", cpu_of(options)},
          {"features", features_of(options)},
          {"opt-level", std::to_string(std::min(options.opt_level, 3u))},
          {"relocation-model", "pic"},
          {"code-model", "small"},
          {"target-options", std::string("init-array") + (options.emulated_tls ? " emulated-tls" : "")},
          {"pipeline", pipeline_of(options)}};
}

} // namespace ligature
