// SPDX-License-Identifier: MIT
//
// A translation unit and the session that emits one. Everything a client says about the world outside of
// the module goes through UnitBuilder, which names it for this module alone and notes in the link info
// what the name stands for; so the module's text depends on nothing but what was emitted.
//
// What clients must do for their part (verify_unit checks what can be checked):
//  - no address in the IR: heap values through slot(), functions through call_target/foreign/runtime;
//  - functions get the attributes of builder.prepare(): frame pointers, no unwind tables;
//  - debug locations: file builder.position_file(), lines relative to the method's first line, each
//    DISubprogram's linkageName from builder.position(method);
//  - no thread-local variables, no global constructors, no process-wide counters in names.
#pragma once

#include "ligature/link_info.h"

#include <llvm/IR/Attributes.h>
#include <llvm/IR/CallingConv.h>
#include <llvm/IR/LLVMContext.h>
#include <llvm/IR/Module.h>
#include <llvm/Support/Error.h>
#include <llvm/Support/raw_ostream.h>

#include <array>
#include <map>
#include <memory>
#include <string>

namespace ligature {

/// Destroyed in reverse order: the module before its context.
struct LIGATURE_API Unit {
  std::unique_ptr<llvm::LLVMContext> context;
  std::unique_ptr<llvm::Module> module;
  LinkInfo link_info;
  std::string signature_attribute = "signature"; ///< as UnitOptions had it
  Unit() = default;
  Unit(Unit &&) = default;
  Unit &operator=(Unit &&other) noexcept;
};

/// Triple and data layout that every unit of this process has.
LIGATURE_API const std::string &host_triple();
LIGATURE_API const std::string &host_data_layout();

struct UnitOptions {
  /// Drops the names of values inside functions; globals keep theirs. For when nobody looks.
  bool discard_value_names = false;
  /// Name of the function attribute that carries a signature for readers ("julia.fsig").
  std::string signature_attribute = "signature";
};

class LIGATURE_API UnitBuilder {
public:
  explicit UnitBuilder(UnitOptions options = {});
  ~UnitBuilder();
  UnitBuilder(const UnitBuilder &) = delete;
  UnitBuilder &operator=(const UnitBuilder &) = delete;

  llvm::LLVMContext &context() { return *unit_.context; }
  llvm::Module &module() { return *unit_.module; }
  const LinkInfo &link_info() const { return unit_.link_info; }

  /// `base` and the lowest integer that no other name with this base has: "julia_foo_" -> "julia_foo_0".
  std::string local_name(llvm::StringRef base);

  /// Creates a function that this unit will define, under local_name(base), prepared; external linkage.
  llvm::Function *create_function(llvm::StringRef base, llvm::FunctionType *type);

  /// Gives `function` the attributes that all generated code must have.
  void prepare(llvm::Function &function);

  /// Sets the attribute that shows `signature` to readers of the module.
  void set_signature(llvm::Function &function, llvm::StringRef signature);

  /// Says that this unit defines `entry`: `spec` has `abi` (Args, SParam or SpecSig), `wrapper` enters it
  /// with the generic convention (SpecSig only, else null). `display` names it to people ("foo").
  /// Before the bodies are written is a good time: call_target then answers with `spec` itself.
  void define(Entry &entry, Abi abi, llvm::Function *wrapper, llvm::Function *spec, llvm::StringRef display);

  /// Says that `function`, called with `abi`, is an adapter to `entry`: for Client::emit_adapter.
  void define_adapter(Entry &entry, Abi abi, llvm::Function *function, llvm::StringRef display);

  /// What a call to `entry` with `abi` (Args or SpecSig) calls: the unit's own function if it defines
  /// entry with this ABI, else a declaration under local_name(base). One per (entry, abi); convention and
  /// attributes are those of the first request. `signature` may be empty.
  llvm::Function *call_target(Entry &entry, Abi abi, llvm::StringRef base, llvm::FunctionType *type,
                              llvm::CallingConv::ID convention = llvm::CallingConv::C,
                              llvm::AttributeList attributes = {}, llvm::StringRef signature = "");

  /// External global whose address is that of a cell holding `value`: load from it. One per value;
  /// named base + lowest integer ("+Core.Float64#_" -> "+Core.Float64#_0").
  llvm::GlobalVariable *slot(const void *value, llvm::StringRef base, SlotKind kind);

  /// A function of a shared library ("" = whatever the process has), bound when the unit is linked; if
  /// that fails, calling it raises the client's error. One per (library, name).
  llvm::Function *foreign(llvm::StringRef library, llvm::StringRef name, llvm::FunctionType *type,
                          llvm::AttributeList attributes = {});

  /// A function of the client's runtime, under its own name.
  llvm::Function *runtime(llvm::StringRef name, llvm::FunctionType *type,
                          llvm::AttributeList attributes = {});

  /// Linkage name for the DISubprogram of `method`: "m0", "m1", ... in order of first use.
  std::string position(const void *method);
  /// The one file name that debug info may have.
  static llvm::StringRef position_file() { return "unit"; }

  /// Keeps `object` alive until the unit is unlinked.
  void keep_alive(std::shared_ptr<void> object);

  /// Drops all intermediate state and hands over the unit. The builder is empty afterwards.
  Unit finish();

private:
  struct State;
  NameId intern(llvm::StringRef name);
  llvm::Function *declare(llvm::StringRef name, llvm::FunctionType *type, llvm::AttributeList attributes);

  Unit unit_;
  std::unique_ptr<State> state_;
};

/// The unit as text, a "; Function Signature: ..." line above each function that has the attribute.
LIGATURE_API void print_unit(const llvm::Module &module, llvm::raw_ostream &out,
                             llvm::StringRef signature_attribute = "signature");

/// What is wrong with a unit, everything at once: LLVM's verifier, integers turned into pointers, thread-
/// local variables, undefined symbols that link info does not explain, definitions that do not exist.
LIGATURE_API llvm::Error verify_unit(const Unit &unit);

/// Bitcode of the module: the bytes that are hashed and compiled.
LIGATURE_API llvm::SmallVector<char, 0> write_bitcode(const llvm::Module &module);

/// SHA-256 (of bitcode, for a unit).
using UnitKey = std::array<uint8_t, 32>;
LIGATURE_API UnitKey key_of(llvm::ArrayRef<char> bytes);
LIGATURE_API std::string hex(const UnitKey &key);

} // namespace ligature
