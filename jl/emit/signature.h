// SPDX-License-Identifier: MIT
// The calling convention of compiled functions. It follows from a function's argument and result types and
// nothing else; definitions, call sites, wrappers and adapters all go through here.
//
// Specialised (SpecSig): the task in swiftself, then each argument: nothing for ghosts, a pointer for
// objects, one or two scalars, or the address of the bytes (readonly) for larger immutables. Results:
// nothing, a pointer, one or two scalars in registers, an i8 tag behind up to two payload scalars for unions;
// larger ones go to a buffer of the caller's (sret), unions returning the tag. Args: value *(callee, values*,
// count), task in swiftself.
#pragma once

#include "jl/emit/context.h"

namespace jl::emit {

enum class Passing : uint8_t { Omitted, Object, Scalars, Reference };
enum class ResultPassing : uint8_t { None, Never, Object, Scalars, Buffer, Union, UnionBuffer };

struct Parameter {
  const Shape *shape; // as the caller converts the argument
  Passing passing;
  unsigned first; // LLVM parameter
};

struct Signature {
  std::vector<Parameter> parameters; // the function itself is the first
  const Shape *result = nullptr;
  Value *result_constant = nullptr;
  ResultPassing result_passing = ResultPassing::None;
  unsigned task_index = 0; // LLVM parameter; 1 behind an sret buffer
  llvm::Type *buffer_type = nullptr;
  llvm::FunctionType *type = nullptr;
  llvm::AttributeList attributes;
};

/// Whether calls to functions of these types use SpecSig.
bool has_specialised_signature(Value *spec_types, Value *result, Value *result_constant);
Signature make_signature(UnitContext &unit, const CodeInstance *code);
/// `result_constant`: what it always returns, or null.
Signature make_signature(UnitContext &unit, Value *spec_types, Value *result, Value *result_constant);

/// Type and attributes of Args functions and of wrappers: (callee, values*, count), task in swiftself.
llvm::FunctionType *args_function_type(UnitContext &unit);
llvm::AttributeList args_function_attributes(UnitContext &unit);
enum ArgsParameter : unsigned { kArgsFunction, kArgsValues, kArgsCount, kArgsTask };
void name_args_parameters(llvm::Function &function);

/// The arguments as the running function received them, in the shapes of the signature's parameters.
std::vector<Val> receive_arguments(Emitter &e, const Signature &signature);
/// Calls `callee` with `arguments` (any shapes). What comes back has the signature's result shape.
Val call_specialised(Emitter &e, const Signature &signature, llvm::FunctionCallee callee,
                     llvm::ArrayRef<Val> arguments);
void return_value(Emitter &e, const Signature &signature, const Val &value);

} // namespace jl::emit
