// SPDX-License-Identifier: MIT
//
// The code generator for this machine: position-independent, small code model, frame pointers, no TLS
// tricks; one per thread and setting, used again for every unit.
#pragma once

#include "ligature/compile.h"

#include <llvm/Target/TargetMachine.h>

namespace ligature {

/// This thread's target machine for `options`; lives as long as the thread.
llvm::Expected<llvm::TargetMachine *> target_machine(const CompileOptions &options);

/// This machine's CPU name and features, the latter sorted: "+aes,+avx,...".
const std::string &host_cpu();
const std::string &host_features();

/// The pass pipeline as opt's -passes= takes it.
std::string pipeline_of(const CompileOptions &options);

} // namespace ligature
