// SPDX-License-Identifier: MIT
// Reads a description. Every function gives null when what is described is not there, or no description is.
#pragma once

#include "jl/content/resolve.h"

namespace jl::content {

class Resolver {
public:
  Resolver(const Surroundings &around, std::span<const uint8_t> bytes) : around_(around), in_{bytes} {}
  Value *value();
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
  Value *type(Tag tag);
  Value *data_type();
  Value *union_all();
  TypeName *type_name();
  TypeName *inner_closure();
  Method *method(std::span<const uint8_t> start);
  MethodInstance *instance();
  MethodInstance *thunk(std::span<const uint8_t> start);
  CodeInstance *code();

  const Surroundings &around_;
  Reader in_;
  GcVector<TypeVar *> bound_;
  unsigned level_ = 0;
};

} // namespace jl::content
