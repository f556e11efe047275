// SPDX-License-Identifier: MIT
// Core.Intrinsics as LLVM instructions. One table for each family (intrinsics_*.cpp) says what an intrinsic
// becomes; intrinsics.cpp asks them in turn. Operands whose primitive types are not known here make the call
// a dynamic one.
#pragma once

#include "jl/emit/context.h"
#include "jl/runtime/abi.h"

#include <optional>

namespace jl::emit {

using Arguments = llvm::ArrayRef<Val>;

/// The value, or nothing when the types are not known well enough.
std::optional<Val> emit_intrinsic(Emitter &e, Intrinsic intrinsic, Arguments args);

// The families: nothing when the intrinsic is not one of theirs. Operands are primitives of known type.
std::optional<Val> emit_integer_intrinsic(Emitter &e, Intrinsic intrinsic, Arguments args);
std::optional<Val> emit_division_intrinsic(Emitter &e, Intrinsic intrinsic, Arguments args);
std::optional<Val> emit_checked_intrinsic(Emitter &e, Intrinsic intrinsic, Arguments args);
std::optional<Val> emit_float_intrinsic(Emitter &e, Intrinsic intrinsic, Arguments args);
std::optional<Val> emit_conversion_intrinsic(Emitter &e, Intrinsic intrinsic, Arguments args);
std::optional<Val> emit_pointer_intrinsic(Emitter &e, Intrinsic intrinsic, Arguments args);

/// The operand's bits as an integer; Bool as a byte.
llvm::Value *integer_bits(Emitter &e, const Val &value);
/// An integer as the part of primitive type `type`.
llvm::Value *bits_as(Emitter &e, llvm::Value *bits, Value *type);

} // namespace jl::emit
