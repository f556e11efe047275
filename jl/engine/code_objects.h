// SPDX-License-Identifier: MIT
// Code as objects of the language: what code_typed gives, and code instances that the program makes.
//
// Behind reflection.cpp's functions and the C functions that Julia's own tests of its linker call:
// jl_mi_cache_insert, jl_add_codeinsts_to_jit, jl_add_codeinst_to_jit, jl_tojlinvoke_trampoline_count.
// runtime/made_code.h has what such code is.
#pragma once

#include "jl/lower/lowered.h"
#include "jl/runtime/task.h"

namespace jl {

/// A CodeInfo that stands for inferred code. `listing`: what it prints as, or null for that of the code.
CodeInfo *new_inferred_source(Task *task, CodeInstance *code, String *listing);

} // namespace jl
