// SPDX-License-Identifier: MIT
// Typed IR -> translation unit. The only folder of jl/ that makes LLVM IR.
//
// The unit holds the specialised function `julia_NAME_0` (SpecSig ABI: unboxed arguments, the task in
// swiftself) with its wrapper `jfptr_NAME_0`, or `japi1_NAME_0` where no specialised signature makes sense.
// Everything from outside is a named hole: callees
// (`j_NAME_n`), values (`+Module.Type#_n`, `jl_global#_n`), runtime functions. Neither addresses nor what is
// compiled already can reach the module.
#pragma once

#include <span>

#include "jl/infer/typed.h"
#include "ligature/unit.h"

namespace jl {

/// Emits `code` (inferred, typed IR present) into a unit of its own.
ligature::Unit emit_unit(Task *task, CodeInstance *code);
/// All of them in one unit: published together or not at all, calls among them direct.
ligature::Unit emit_unit(Task *task, std::span<CodeInstance *const> codes);
/// Which ABI calls to `code` use: SpecSig or Args, from its types alone.
ligature::Abi call_abi(const CodeInstance *code);
/// Enters an opaque closure with the signature of `entry`, made for opaque_call_types: runs `target` in the
/// closure's world, or, with null, calls it boxed.
ligature::Unit emit_opaque_entry(Task *task, CodeInstance *entry, CodeInstance *target);
/// Adapter with the specialised signature of `code` that boxes its arguments and calls through `code`'s
/// invoke pointer.
ligature::Unit emit_specsig_adapter(Task *task, CodeInstance *code);
/// The same for boxed calls: for code that is published without machine code of its own (constant,
/// interpreted).
ligature::Unit emit_args_adapter(Task *task, CodeInstance *code);

/// A C function `jlcapi_NAME_0` that calls `f` in the newest world: `target` as long as `watcher` holds, else
/// by dispatch (always if they are null). Published through `entry`, as Args. Parameters and result have
/// places in c_abi.h.
struct CallbackRequest {
  Value *f, *result;
  SimpleVector *types;
  CodeInstance *target, *watcher;
};
ligature::Unit emit_callback(Task *task, ligature::Entry &entry, const CallbackRequest &request);

/// A boxed function (Args) that makes one llvmcall with its arguments, for calls that are not compiled.
ligature::Unit emit_llvm_function(Task *task, ligature::Entry &entry, Value *code, Value *result,
                                  Value *types);

} // namespace jl
