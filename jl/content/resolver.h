// SPDX-License-Identifier: MIT
// Reads a description. Every function gives null when what is described is not there, or no description is.
#pragma once

#include "jl/content/resolve.h"
#include "jl/content/resolve_memo.h"

namespace jl::content {

class Resolver {
public:
  Resolver(const Surroundings &around, std::span<const uint8_t> bytes, Basis &basis)
      : around_(around), basis_(basis), in_{bytes} {}
  Value *value();
  /// What a code instance is known by: instance, result type, constant (undefined if none), effects.
  SimpleVector *code_parts();
  bool is_done() const { return in_.at_end(); }

private:
  Value *fail();
  Value *tagged(Tag tag, std::span<const uint8_t> start);
  Value *optional();
  SimpleVector *svec();
  Value *structure();
  void fields(DataType *type, char *payload);
  Value *named();
  Module *module();
  Module *module_value();
  Binding *binding();
  Value *intrinsic();
  Value *syntax(Tag tag);
  Value *code_constant();
  Value *type(Tag tag);
  Value *data_type();
  Value *union_all();
  TypeName *type_name();
  TypeName *plain_type_name(std::span<const uint8_t> start);
  TypeName *inner_closure();
  Value *remembered(Tag tag, std::span<const uint8_t> start);
  Value *transient(Value *v);
  Method *method(std::span<const uint8_t> description, std::span<const uint8_t> inner);
  MethodInstance *instance(std::span<const uint8_t> inner);
  MethodInstance *thunk(std::span<const uint8_t> start);

  const Surroundings &around_;
  Basis &basis_;
  Reader in_;
  GcVector<TypeVar *> bound_;
  unsigned level_ = 0;
};

/// The code that the surroundings give an instance, if it is as its parts say.
CodeInstance *find_code(const Surroundings &around, const SimpleVector &parts);

} // namespace jl::content
