// SPDX-License-Identifier: MIT
// Where the machine code of a code instance comes from: found where an earlier run has kept it, or compiled.
//
// The linker, to which all of it is bound, belongs to this half; the compiler half gets it when it is loaded.
#pragma once

#include "jl/engine/engine.h"
#include "jl/link/kept_units.h"
#include "ligature/linker.h"

namespace jl {

/// The process's one linker. Null where executable memory cannot be had (said once on standard error):
/// everything is interpreted then. Any thread.
std::shared_ptr<ligature::Linker> code_linker();
/// The same, but null as long as nobody has needed it.
ligature::Linker *code_linker_if_started();

/// Publishes `code` if that can be done: it is published already, a constant, kept, or compiled now. Waits
/// for who is at it. Any thread.
void make_code(Task *task, CodeInstance *code);

/// The same without compiling: false when there is no such unit. Loads no LLVM.
bool bind_kept_code(Task *task, CodeInstance *code);

/// The unit that code for `code` is in, bound and published: kept, or compiled now. Null when it could not be
/// made (a warning was printed), or was published without. For code that is to be given back.
ligature::UnitHandle make_unit(Task *task, CodeInstance *code);

/// The unit of `subject`, bound and published: kept by an earlier run, or made now and kept. Null when it
/// could not be made.
using MakeUnit = std::function<ligature::UnitHandle(Compiler &)>;
ligature::UnitHandle find_or_make(Task *task, const UnitSubject &subject, const MakeUnit &make);
/// The address of the unit's function, which stays with all that it refers to until the process ends. Null
/// for no unit.
void *keep_for_ever(const UnitSubject &subject, ligature::UnitHandle unit);

/// Units that earlier runs kept; null where there is no cache.
KeptUnits *kept_units();

/// Code that always returns one constant and does nothing else needs no machine code.
bool publish_constant(CodeInstance *code);

/// Whether --dump shows what this thread links from now on: only the user's own code is shown.
void show_in_dumps(bool shown);

} // namespace jl
