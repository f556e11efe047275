// SPDX-License-Identifier: MIT
//
// The C API: what a language implementor needs, for C and for whatever can call C. Modules are built with
// LLVM's own C API. docs/embedding.md shows the way through it. It follows the C++ API (ligature/session.h,
// ligature/unit.h, ligature/symbol_space.h) name by name. The cache is in a header of its own (cache.h),
// included here. Objects compiled before and flat units are for C++ clients alone (ligature/compile.h,
// ligature/linker.h).
//
// Errors. A function that can fail returns a LigatureError: NULL on success, else a text that the caller
// frees with
//   ligature_free. What it was to write to its out-parameters is then not written. Nothing throws, and no
//   exception passes through. Text that functions return as `char *` is freed in the same way.
// Ownership. `create` is undone by `dispose`. Functions that take an object over say "takes": it is gone
//   afterwards, also when they fail. Strings given to a function are copied.
// Threads. A session may be used on any thread, and on several at once. A unit or its builder belongs to one
//   thread at a time, as its LLVM context does. Callbacks come on any thread, several at once.
// NULL is a valid argument only where it is said so; `dispose` and `free` functions take it and do nothing.
// Structures that begin with `size` may grow at their end: what an older header did not have is as if left
// alone.
//
// long file: one header is what a C client wants to include.
#pragma once

#include "ligature-c/cache.h"
#include "ligature-c/common.h"

#include <llvm-c/Types.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

// --- Entries

/// One function as the session knows it; a client embeds it in its own object for a function. All zero is an
/// entry that is not compiled. It may not move or be copied once a session has seen it, and ligature_forget
/// must be called before its memory is used for anything else. The first word is `invoke`, which generated
/// code may load (with acquire ordering) to enter the function with the client's generic convention.
typedef struct LigatureEntry {
  void *invoke;
  void *opaque[3];
} LigatureEntry;

/// How an entry's code is called.
typedef enum LigatureAbi {
  LigatureAbiArgs,   ///< the client's generic convention, or the one convention that all its functions have
  LigatureAbiConst,  ///< no code: the result is a constant that the client keeps
  LigatureAbiSParam, ///< Args and something more
  LigatureAbiInterpreted, ///< no code: the client interprets
  LigatureAbiSpecSig      ///< its own signature; `invoke` is a wrapper of that one function
} LigatureAbi;

typedef enum LigatureEntryState {
  LigatureEntryNotCompiled,
  LigatureEntryWaiting, ///< a unit that defines it is in a session and not linked yet
  LigatureEntryPublished
} LigatureEntryState;

/// What to enter an entry with, besides the wrappers of LigatureAbiSpecSig: one address per ABI and one that
/// entries have while their code is on the way. All NULL: the client has no generic convention and never
/// enters through `invoke`; addresses that end the process with a message stand in for them.
typedef struct LigatureInvokes {
  void *args;
  void *constant;
  void *sparam;
  void *interpreted;
  void *waiting;
} LigatureInvokes;

/// One consistent view of a published entry.
typedef struct LigaturePublication {
  LigatureAbi abi;
  void *invoke;  ///< ignored when publishing anything but SpecSig
  void *specptr; ///< NULL for Const and Interpreted
} LigaturePublication;

// --- Opaque objects

/// Turns units into callable code.
typedef struct LigatureSession LigatureSession;
/// Emits one unit.
typedef struct LigatureUnitBuilder LigatureUnitBuilder;
/// An emitted unit: a module, its context, and what its names stand for.
typedef struct LigatureUnit LigatureUnit;
/// A unit in a session.
typedef struct LigatureLinkedUnit LigatureLinkedUnit;

/// Where a method stands in the source; the file's line is `base_line` + the relative line of a position.
typedef struct LigatureSourcePlace {
  const char *function; ///< "foo"; NULL: not known
  const char *file;     ///< as people would name it; NULL: none
  int32_t base_line;
} LigatureSourcePlace;

// --- The client

/// What a session asks of its client. Set `size` to sizeof(LigatureClient), and what you do not need to NULL.
/// `data` is handed to every function. Callbacks must not throw.
typedef struct LigatureClient {
  size_t size;
  void *data;

  /// Address of a pointer-sized cell that holds `value`, valid until released as often as it was asked for.
  /// NULL: the session allocates cells itself (and releases them itself).
  void *(*slot_cell)(void *data, const void *value);
  void (*release_slot)(void *data, const void *value, void *cell);

  /// Address of a runtime function, or NULL, which fails the unit. NULL: there are none.
  void *(*find_runtime)(void *data, const char *name);

  /// Address of a foreign function; or NULL, and then why in `*reason` (from malloc; may be left alone). The
  /// reason reaches foreign_error if the call is ever made. NULL: dlopen and dlsym; library "" is the
  /// process.
  void *(*find_foreign)(void *data, const char *library, const char *name, char **reason);

  /// Called in place of a foreign function that was not found. Must not return; may longjmp.
  /// NULL: prints the reason to standard error and aborts.
  void (*foreign_error)(const char *reason);

  /// A call has reached `entry`, which had no code when its caller was linked. Compile it if need be
  /// (ligature_require, then ligature_link) and return what ligature_callable gives. Runs on the calling
  /// thread, with nothing to unwind: it may leave by longjmp, but not from within a function of this API.
  /// Returning NULL ends the process. NULL: such a call ends the process, with a message.
  void *(*compile_for_call)(void *data, LigatureEntry *entry, LigatureAbi abi);

  /// A unit with nothing but an adapter (ligature_define_adapter): a function called with `abi` that calls
  /// the entry however it is published. NULL with `*error` (from malloc) if it cannot be made. NULL: all the
  /// client's functions have one ABI, and asking for another is an error.
  LigatureUnit *(*emit_adapter)(void *data, LigatureEntry *entry, LigatureAbi abi, char **error);

  /// Cells of the session lie in [begin, end) from now on: for collectors that must scan them.
  void (*cells_mapped)(void *data, void *begin, void *end);

  /// Around everything a pool thread does.
  void (*thread_started)(void *data);
  void (*thread_stopped)(void *data);

  /// Another entry that is the same function as `entry`, which has no code yet: same definition, same types,
  /// valid wherever `entry` is called. If it is published with the ABI that a call wants, the call is bound
  /// to its code, and nothing is compiled. NULL: there is none. Asked when a unit that calls `entry` is
  /// linked; should not wait for another unit. NULL: there never is one.
  LigatureEntry *(*equal_entry)(void *data, LigatureEntry *entry);

  /// Fills in where the method of a position (ligature_position) stands in the source; `*place` is all zero
  /// before, and copied at once. Asked when a unit is linked and somebody listens: a debugger, a profiler.
  /// Must not call the session. NULL: debuggers and profilers are shown names only.
  void (*source_place)(void *data, const void *method, LigatureSourcePlace *place);
} LigatureClient;

// --- Sessions

typedef enum LigatureDumpStage {
  LigatureDumpUnit,
  LigatureDumpObject,
  LigatureDumpGraph,
  LigatureDumpEntries
} LigatureDumpStage;

/// Whether gdb (and lldb) are told of code: functions, files, lines, inlined calls, how to unwind.
typedef enum LigatureDebugger {
  LigatureDebuggerWhenTraced, ///< if a debugger runs the process when the session begins
  LigatureDebuggerAlways,     ///< for a debugger that is attached later; half a millisecond or so a unit
  LigatureDebuggerNever
} LigatureDebugger;

/// Whether Linux's perf is told of code, and how.
typedef enum LigaturePerf {
  LigaturePerfNone,
  LigaturePerfMap,    ///< /tmp/perf-PID.map: names
  LigaturePerfJitDump ///< jit-PID.dump in `perf_folder`, for `perf inject --jit`: names, lines, instructions
} LigaturePerf;

typedef enum LigatureStage {
  LigatureStageOptimise,
  LigatureStageCodegen,
  LigatureStageLink,
  LigatureStagePublish ///< part of Link
} LigatureStage;

/// Something that took a session time, when it is over. Valid during the call.
typedef struct LigatureEvent {
  LigatureStage stage;
  const char *name;          ///< of the unit: the display name of its first definition
  uint64_t begin_ns, end_ns; ///< of CLOCK_MONOTONIC
} LigatureEvent;

typedef enum LigatureCodeRole {
  LigatureCodeFunction, ///< what `specptr` enters
  LigatureCodeWrapper,  ///< what `invoke` enters, for SpecSig
  LigatureCodeAdapter,  ///< converts between two ABIs
  LigatureCodeLocal     ///< a function of a unit that no entry names
} LigatureCodeRole;

/// One function's machine code.
typedef struct LigatureCode {
  uintptr_t begin;
  uintptr_t end;
  LigatureEntry *entry; ///< NULL for Local, and once the entry is forgotten
  LigatureCodeRole role;
  const char *name; ///< in this session: "foo#1"; valid as long as the code
} LigatureCode;

/// Filled in by ligature_options_init; change what you want to be otherwise. Strings may be NULL.
typedef struct LigatureOptions {
  size_t size;
  unsigned opt_level;   ///< 0 to 3; default 2
  const char *pipeline; ///< as opt's -passes= takes it; NULL: the default of the level
  const char *cpu;      ///< NULL: this machine's
  const char *features; ///< NULL: this machine's
  LigatureInvokes invokes;
  unsigned threads;     ///< pool threads for ligature_enqueue; default 1, none is started before it is needed
  const void *anchor;   ///< code is placed within reach of this address; NULL: anywhere
  size_t reserve_bytes; ///< address space for code and data; default 1 GiB
  bool wrappers_are_args; ///< the wrapper of a SpecSig function may be called as Args
  bool verify;            ///< check each unit before anything else: say yes while you develop
  unsigned dump_stages;   ///< bit 1 << stage for each stage that `dump` is to be shown
  void *dump_data;
  /// May be called on any linking thread, one call at a time.
  void (*dump)(void *dump_data, LigatureDumpStage stage, const char *name, const char *text);

  LigatureDebugger debugger; ///< default LigatureDebuggerWhenTraced
  LigaturePerf perf;         ///< default LigaturePerfNone
  const char *perf_folder;   ///< NULL: the current one

  void *event_data;
  /// Called with each event, on the thread that did the work, several at once; must not call the session.
  void (*event)(void *event_data, const LigatureEvent *event);

  void *listener_data;
  /// All `count` functions of one unit, ascending by address, written and soon to be published. On the thread
  /// that links, several at once; must not call the session, but for ligature_code_at and
  /// ligature_source_frames.
  void (*code_added)(void *listener_data, const LigatureCode *functions, size_t count);
  /// The same functions by their first addresses; their memory is about to be used for something else. As
  /// code_added.
  void (*code_removed)(void *listener_data, const uintptr_t *begins, size_t count);

  /// Where objects are looked for before they are compiled, and put afterwards; NULL: nowhere. The session,
  /// and its symbol spaces, go on using it when it is disposed of. What they found is in ligature_stats_json:
  /// cache_hits, cache_misses, cache_errors.
  LigatureCache *cache;
  /// Which runtime your code fits, a word of your own: part of every object's key, so that none is found any
  /// more once it changes. NULL: "".
  const char *runtime_abi;
} LigatureOptions;

/// `size` is sizeof(LigatureOptions) in the caller's header, which need not be the library's.
LIGATURE_C void ligature_options_init_sized(LigatureOptions *options, size_t size);
static inline void ligature_options_init(LigatureOptions *options) {
  ligature_options_init_sized(options, sizeof *options);
}

/// Copies `options` (NULL: the defaults) and `client`; what they point to must outlive the session.
LIGATURE_C LigatureError ligature_session_create(const LigatureOptions *options, const LigatureClient *client,
                                                 LigatureSession **session);

/// No code of the session may be running or be called afterwards. Handles of its units may still be released.
LIGATURE_C void ligature_session_dispose(LigatureSession *session);

/// Takes `unit`; claims and registers its definitions, in one step: they are Waiting from here on.
/// Definitions that another unit owns stay local to this one; that is not an error.
LIGATURE_C LigatureError ligature_add(LigatureSession *session, LigatureUnit *unit,
                                      LigatureLinkedUnit **linked);

/// Compiles, links and publishes on this thread, or waits for the thread that is at it already. If it fails,
/// every waiter gets the same reason, and the unit's entries are not compiled, as before.
LIGATURE_C LigatureError ligature_materialize(LigatureSession *session, LigatureLinkedUnit *linked);

/// ligature_add and ligature_materialize; on success every entry that the unit defines is published, whoever
/// owns it. `linked` may be NULL for code that stays as long as the session.
LIGATURE_C LigatureError ligature_link(LigatureSession *session, LigatureUnit *unit,
                                       LigatureLinkedUnit **linked);

/// Materializes on a pool thread. `done` (may be NULL) gets the outcome there: NULL, or a reason that is
/// valid until it returns. The session keeps the unit until then; the handle remains the caller's.
LIGATURE_C void ligature_enqueue(LigatureSession *session, LigatureLinkedUnit *linked,
                                 void (*done)(void *data, const char *error), void *data);

/// Makes `entry` published if a unit of this session defines it: materializes that unit, or waits for who is
/// at it. `*found` is false if no unit does and it is not published either: then the caller emits one.
LIGATURE_C LigatureError ligature_require(LigatureSession *session, LigatureEntry *entry, bool *found);

/// Address that runs exactly `entry` when called with `abi` (Args or SpecSig): its code, or an adapter, made
/// now, once, if it is published with another ABI. `*address` is NULL if it is not published.
LIGATURE_C LigatureError ligature_callable(LigatureSession *session, LigatureEntry *entry, LigatureAbi abi,
                                           void **address);

/// Address to call now and for ever: that of the lazy stub of (entry, abi). What to take for a function
/// pointer.
LIGATURE_C LigatureError ligature_stub(LigatureSession *session, LigatureEntry *entry, LigatureAbi abi,
                                       void **address);

/// Makes code from elsewhere, or none (Const, Interpreted), what callers of `entry` enter. False if it was
/// published already; an Interpreted or Const entry may be published once more, with code.
LIGATURE_C bool ligature_publish(LigatureSession *session, LigatureEntry *entry,
                                 const LigaturePublication *publication);

/// Swaps the published code of `entry` for an equivalent function of the same ABI, a better compiled one say,
/// and points its stubs there. False if `from` is not what is published. Code bound to `from` stays there.
LIGATURE_C bool ligature_replace(LigatureSession *session, LigatureEntry *entry, void *from, void *to);

/// The current publication; false while there is none.
LIGATURE_C bool ligature_read_published(LigatureSession *session, const LigatureEntry *entry,
                                        LigaturePublication *publication);
LIGATURE_C LigatureEntryState ligature_entry_state(LigatureSession *session, const LigatureEntry *entry);

/// Takes `linked`: unpublishes what the unit defines, drops its names, and gives memory, slots and stubs back
/// as soon as no other unit is bound to it and no handle is left. None of its code may be running or be
/// entered later. This is how a function is redefined: unlink the old unit, link the new one. Callers that
/// were linked before the old one go to the new one; those linked after it are bound to the old code itself,
/// so unlink them too and link them again.
LIGATURE_C void ligature_unlink(LigatureSession *session, LigatureLinkedUnit *linked);

/// Takes the unit's entries out of all tables, so that nothing will be bound to them; code stays, and
/// ligature_code_at goes on naming the entry. They need not be forgotten then. For code that runs once:
/// unregister before the call, ligature_unlink after it. A call through a stub from before ends the process.
LIGATURE_C void ligature_unregister(LigatureSession *session, LigatureLinkedUnit *linked);

/// Another handle of the same unit.
LIGATURE_C LigatureLinkedUnit *ligature_retain(LigatureLinkedUnit *linked);
/// Gives a handle back; the code of a linked unit stays. Also after the session's end.
LIGATURE_C void ligature_release(LigatureLinkedUnit *linked);

/// Leaves no trace of `entry`: call before its memory is reused. No linked unit may still call it. Not on a
/// thread that is linking the unit that defines it.
LIGATURE_C void ligature_forget(LigatureSession *session, LigatureEntry *entry);

/// Address of the code that the unit has for its definition `index` (in the order of ligature_define); NULL
/// before it is linked, and for an index that it does not have.
LIGATURE_C void *ligature_address(LigatureSession *session, LigatureLinkedUnit *linked, size_t index);

/// A cell within reach of the code, holding `value`; and back. NULL if there is no memory.
LIGATURE_C void *ligature_allocate_cell(LigatureSession *session, const void *value);
LIGATURE_C void ligature_release_cell(LigatureSession *session, void *cell);

/// Around a fork() whose child goes on linking: before it, and after it on both sides. No thread may be in
/// the session in between, and ligature_enqueue may not have been used: its threads are the parent's alone.
/// What the child links is its own. If memory for that is missing, linking fails in the child and says so.
LIGATURE_C void ligature_before_fork(LigatureSession *session);
LIGATURE_C void ligature_after_fork(LigatureSession *session, bool is_child);

// --- Emitting units

/// `signature_attribute` is the function attribute that ligature_set_signature sets; NULL: "signature".
/// `discard_value_names` drops the names of values inside functions, for when nobody looks.
LIGATURE_C LigatureUnitBuilder *ligature_unit_builder_create(const char *signature_attribute,
                                                             bool discard_value_names);
/// A builder that is not finished; its module goes with it.
LIGATURE_C void ligature_unit_builder_dispose(LigatureUnitBuilder *builder);

/// The module to emit into and its context: the unit's. Do not dispose them; use them only up to `finish`.
LIGATURE_C LLVMModuleRef ligature_module(LigatureUnitBuilder *builder);
LIGATURE_C LLVMContextRef ligature_context(LigatureUnitBuilder *builder);

/// `base` and the lowest integer that no other name with this base has in the unit. Free the text.
LIGATURE_C char *ligature_local_name(LigatureUnitBuilder *builder, const char *base);

/// Creates a function of type `type` that this unit will define, named after `base`, prepared.
LIGATURE_C LLVMValueRef ligature_create_function(LigatureUnitBuilder *builder, const char *base,
                                                 LLVMTypeRef type);

/// Gives a function that was made otherwise the attributes that all generated code must have.
LIGATURE_C void ligature_prepare(LigatureUnitBuilder *builder, LLVMValueRef function);

/// Sets the attribute that shows `signature` to readers of the module.
LIGATURE_C void ligature_set_signature(LigatureUnitBuilder *builder, LLVMValueRef function,
                                       const char *signature);

/// Says that this unit defines `entry`: `spec` has `abi` (Args, SParam or SpecSig), `wrapper` enters it with
/// the generic convention (SpecSig only, else NULL). `display` names it to people. Before the bodies are
/// written is a good time: ligature_call_target then answers with `spec` itself.
LIGATURE_C void ligature_define(LigatureUnitBuilder *builder, LigatureEntry *entry, LigatureAbi abi,
                                LLVMValueRef wrapper, LLVMValueRef spec, const char *display);

/// Says that `function`, called with `abi`, is an adapter to `entry`: for LigatureClient.emit_adapter.
LIGATURE_C void ligature_define_adapter(LigatureUnitBuilder *builder, LigatureEntry *entry, LigatureAbi abi,
                                        LLVMValueRef function, const char *display);

/// What a call to `entry` with `abi` (Args or SpecSig) calls: a declaration named after `base`, or the unit's
/// own function if it defines the entry with this ABI. One per (entry, abi). `convention` is an LLVMCallConv.
/// NULL, and a message in `*error`, if `abi` cannot be called. `error` may be NULL.
LIGATURE_C LLVMValueRef ligature_call_target(LigatureUnitBuilder *builder, LigatureEntry *entry,
                                             LigatureAbi abi, const char *base, LLVMTypeRef type,
                                             unsigned convention, LigatureError *error);

typedef enum LigatureSlotKind {
  LigatureSlotType,
  LigatureSlotFunction,
  LigatureSlotSymbol,
  LigatureSlotOther
} LigatureSlotKind;

/// External global of pointer type whose address is that of a cell holding `value`: load from it. One per
/// value.
LIGATURE_C LLVMValueRef ligature_slot(LigatureUnitBuilder *builder, const void *value, const char *base,
                                      LigatureSlotKind kind);

/// A function of a shared library ("": whatever the process has), bound when the unit is linked; if that
/// fails, calling it raises the client's error. One per (library, name).
LIGATURE_C LLVMValueRef ligature_foreign(LigatureUnitBuilder *builder, const char *library, const char *name,
                                         LLVMTypeRef type);

/// A function of the client's runtime, under its own name.
LIGATURE_C LLVMValueRef ligature_runtime(LigatureUnitBuilder *builder, const char *name, LLVMTypeRef type);

/// Linkage name for the DISubprogram of `method`, the client's handle: "m0", "m1", ... Free the text. Lines
/// in debug locations are relative to the method's first line; the file is ligature_position_file().
LIGATURE_C char *ligature_position(LigatureUnitBuilder *builder, const void *method);
LIGATURE_C const char *ligature_position_file(void);

/// `release` (may be NULL) is called with `object` when the unit's code is gone, or the unit was disposed.
LIGATURE_C void ligature_keep_alive(LigatureUnitBuilder *builder, void *object,
                                    void (*release)(void *object));

/// Takes `builder` and hands over what it emitted.
LIGATURE_C LigatureUnit *ligature_finish(LigatureUnitBuilder *builder);

/// For units that are handed to no session.
LIGATURE_C void ligature_unit_dispose(LigatureUnit *unit);

/// What is wrong with the unit, everything at once: LLVM's verifier, addresses in the code, names that link
/// info does not explain, definitions that do not exist.
LIGATURE_C LigatureError ligature_unit_verify(const LigatureUnit *unit);

/// The module, and what its names stand for, as text. Without addresses, and the same for the same emission.
LIGATURE_C char *ligature_unit_print(const LigatureUnit *unit);

/// Hexadecimal SHA-256 of the unit's bitcode: equal in every process that emits the same.
LIGATURE_C char *ligature_unit_key(const LigatureUnit *unit);

/// Takes `unit`; its optimised assembly with the code generation options of `options` (NULL: the defaults).
LIGATURE_C LigatureError ligature_unit_assembly(LigatureUnit *unit, const LigatureOptions *options,
                                                char **assembly);

// --- Modules of others: private symbol spaces

/// Bitcode and objects of C, C++ and the like, whose functions and variables call one another by ordinary
/// names. Each space is a world of its own, like a shared library: names mean something within it alone.
typedef struct LigatureSpace LigatureSpace;

/// Filled in by ligature_space_options_init; change what you want to be otherwise.
typedef struct LigatureSpaceOptions {
  size_t size;
  const char *name; ///< for errors and backtraces; default "space"
  unsigned threads; ///< that many modules are compiled at once; default 1
  void *resolve_data;
  /// Address of what the space needs and does not define, or NULL. NULL: what the process has.
  void *(*resolve)(void *resolve_data, const char *name);
  bool finalise_at_exit; ///< exit() runs the space's finalisers if nobody did before; default true
  /// How modules are compiled: of these, only opt_level, pipeline, cpu and features count. Used by
  /// ligature_space_create and not after. NULL: as the session's units.
  const LigatureOptions *compile;
} LigatureSpaceOptions;

LIGATURE_C void ligature_space_options_init_sized(LigatureSpaceOptions *options, size_t size);
static inline void ligature_space_options_init(LigatureSpaceOptions *options) {
  ligature_space_options_init_sized(options, sizeof *options);
}

/// `options` may be NULL. The session must outlive the space.
LIGATURE_C LigatureError ligature_space_create(LigatureSession *session, const LigatureSpaceOptions *options,
                                               LigatureSpace **space);

/// Finalises if that was not done, then gives code, data and names back. None of its code may be running.
LIGATURE_C void ligature_space_dispose(LigatureSpace *space);

/// `name` stands for `address` in what is linked from now on, unless a module defines it.
LIGATURE_C LigatureError ligature_space_define(LigatureSpace *space, const char *name, const void *address);

/// Takes in LLVM bitcode or assembly text; the bytes are not needed afterwards. `name` is for errors.
LIGATURE_C LigatureError ligature_space_add_bitcode(LigatureSpace *space, const char *name, const void *bytes,
                                                    size_t size);
/// The same for a relocatable ELF object: position-independent, without thread-locals.
LIGATURE_C LigatureError ligature_space_add_object(LigatureSpace *space, const char *name, const void *bytes,
                                                   size_t size);
/// Takes `module` and its context, which must hold no other module.
LIGATURE_C LigatureError ligature_space_add_module(LigatureSpace *space, LLVMModuleRef module);

/// Compiles and links what was added since the last time: all of it or nothing. The error names every name
/// that is undefined or defined twice. After an undefined name all of it is kept: define the name, or add
/// what defines it, and link again. A module that cannot be compiled is dropped; after a name that is defined
/// twice everything that was added since the last time is.
LIGATURE_C LigatureError ligature_space_link(LigatureSpace *space);

/// Runs the static initialisers of what was linked and not initialised yet; links first. All may be 0 or
/// NULL.
LIGATURE_C LigatureError ligature_space_initialise(LigatureSpace *space, int argc, char **argv,
                                                   char **environment);
/// Runs what the space's code handed to atexit, last first, then its finalisers.
LIGATURE_C void ligature_space_finalise(LigatureSpace *space);

/// Address of a function or variable that a module of the space defines; links first.
LIGATURE_C LigatureError ligature_space_lookup(LigatureSpace *space, const char *name, void **address);
/// The same without linking: NULL if it is not defined, or not linked yet.
LIGATURE_C void *ligature_space_find(const LigatureSpace *space, const char *name);

/// Names of what linked modules define, sorted, each followed by a newline. Free the text.
LIGATURE_C char *ligature_space_symbols(const LigatureSpace *space);
/// Bytes of code and data.
LIGATURE_C size_t ligature_space_bytes(const LigatureSpace *space);

// --- Looking

/// The counters of ligature/stats.def: `{"units_added":3,...}`. Free the text.
LIGATURE_C char *ligature_stats_json(const LigatureSession *session);

typedef struct LigatureMemoryUse {
  size_t mapped;      ///< bytes of blocks
  size_t used;        ///< of them in use
  size_t allocations; ///< pieces in use
  size_t mappings;    ///< entries in the process's map
} LigatureMemoryUse;
LIGATURE_C LigatureMemoryUse ligature_memory_use(const LigatureSession *session);

/// All code of the session lies in [*begin, *end).
LIGATURE_C void ligature_code_range(const LigatureSession *session, uintptr_t *begin, uintptr_t *end);

/// The function that holds `pc`; false if none does. For a return address pass the address less one. Takes no
/// lock and allocates nothing: a signal handler may call it.
LIGATURE_C bool ligature_code_at(LigatureSession *session, uintptr_t pc, LigatureCode *code);

/// One frame of the source at an address; inlined calls give several, innermost first.
typedef struct LigatureSourceFrame {
  const void *method; ///< the handle given to ligature_position; NULL when the unit carries no positions
  int32_t line;       ///< relative to the method's first line
  bool inlined;       ///< there is another frame below it at the same address
} LigatureSourceFrame;

/// Writes up to `count` source frames at `pc`, innermost first; returns how many. As safe as
/// ligature_code_at.
LIGATURE_C size_t ligature_source_frames(LigatureSession *session, uintptr_t pc, LigatureSourceFrame *frames,
                                         size_t count);

#ifdef __cplusplus
}
#endif
