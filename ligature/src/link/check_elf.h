// SPDX-License-Identifier: MIT
//
// What JITLink's parser takes for granted about an object, checked beforehand, so that a damaged one is an
// error. It looks at headers and tables; what they say about blocks is checked once the graph is there
// (graph_edit.cpp).
#pragma once

#include <llvm/Support/Error.h>
#include <llvm/Support/MemoryBufferRef.h>

namespace ligature {

/// A relocatable ELF object for x86-64 whose tables are whole and refer to what exists.
llvm::Error check_elf(llvm::MemoryBufferRef object);

} // namespace ligature
