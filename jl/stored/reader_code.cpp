// SPDX-License-Identifier: MIT
// Lowered code, and methods of which syntax or code is known.
#include "jl/runtime/method.h"
#include "jl/runtime/values.h"
#include "jl/stored/read.h"

namespace jl::stored {

CodeInfo *Reader::code() {
  auto *code = static_cast<CodeInfo *>(alloc_object(task_, types::CodeInfo_, sizeof(CodeInfo)));
  new (code) CodeInfo();
  fields(*this, *code);
  return code;
}

void Reader::values(GcVector<Value *> &values) {
  values.resize(number());
  for (Value *&item : values)
    item = value();
}

void Reader::globals(GcVector<GlobalRef *> &globals) {
  globals.resize(number());
  for (GlobalRef *&item : globals)
    item = global();
}

PendingBody *Reader::pending() {
  auto *pending = gc_new<PendingBody>();
  fields(*this, *pending);
  pending->sources = &library_.sources();
  auto place = uint32_t(number());
  if (!last_definition_ || last_definition_->place() != place)
    last_definition_ = gc_new<DefinitionSyntax>(Library::read_syntax, &library_, place);
  pending->definition = last_definition_;
  return pending;
}

void Reader::method(Method *&method) {
  method = nullptr;
  if (!flag())
    return;
  Symbol name = symbol();
  Module *module = this->module();
  method = new_method(module, name);
  fields(*this, *method);
  if (flag())
    method->source = code();
  else
    method->pending = pending();
}

} // namespace jl::stored
