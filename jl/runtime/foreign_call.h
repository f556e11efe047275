// SPDX-License-Identifier: MIT
// Calls of C functions whose signature is known only at run time: the interpreter's `ccall`, through libffi.
//
// Compiled code calls C directly (jl/emit/foreign.h) and comes here for what is known only when the call is
// made. Libraries that have been opened stay open.
#pragma once

#include <expected>
#include <string>

#include "jl/runtime/gc.h"
#include "jl/runtime/value.h"

namespace jl {

/// A ccall with its operands evaluated.
struct ForeignSignature {
  Value *function = nullptr; // Symbol or String; tuple (name, library); or a Ptr
  Value *result_type = nullptr;
  GcVector<Value *> argument_types; // one for each argument, varargs included
  uint32_t fixed_arguments = 0;     // those before `...`; the number of arguments when there is none
};

/// What a call raises that comes back although its result type says that it never does.
constexpr const char *kReturnedFromUnion = "ccall: a function whose return type is Union{} has returned";

/// Calls it. Arguments must have been converted (cconvert, unsafe_convert) already. Throws ErrorException
/// when the symbol or library is missing, or when a type cannot be passed to C.
Value *call_foreign(Task *task, const ForeignSignature &signature, Value **args, uint32_t n);
/// Opens a shared library as programs name it, for `ccall` and Libdl: a name without ".so" may lack that, and
/// a number; one with a '/' is a path. `flags` are dlopen's. The reason is that of the first file that was
/// tried.
std::expected<void *, std::string> open_library(const std::string &name, int flags);
/// The address of a C function of this process (`library` empty) or of `library`, or why there is none, as
/// the error says it.
std::expected<void *, std::string> find_foreign(std::string_view name, std::string_view library);
/// The same for a function operand, throwing `could not load symbol "foo"` & co.
void *resolve_foreign(Task *task, Value *function);

} // namespace jl
