// SPDX-License-Identifier: MIT
// For the files that define the functions of c_functions.def. They are called from Julia code without a task:
// current_task() has it. They may throw.
#pragma once

#include "jl/runtime/task.h"
#include "jl/runtime/value.h"

#define C_EXPORT extern "C" __attribute__((visibility("default")))
