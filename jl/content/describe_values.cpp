// SPDX-License-Identifier: MIT
#include "jl/content/constants.h"
#include "jl/content/describe.h"
#include "jl/content/fixed_parts.h"
#include "jl/runtime/abi.h"
#include "jl/runtime/module.h"
#include "jl/runtime/symbols.h"
#include "jl/runtime/values.h"

namespace jl::content {

namespace {

/// Deeper things are built by programs that mean to; they are not worth a stack overflow.
constexpr unsigned kMaxLevels = 200;
constexpr size_t kMaxBytes = size_t(4) << 20;

bool is_nonzero(const char *p, size_t n) {
  for (size_t i = 0; i < n; i++)
    if (p[i])
      return true;
  return false;
}

bool is_type_like(const DataType *kind) {
  return kind == types::DataType_ || kind == types::Union_ || kind == types::UnionAll_ ||
         kind == types::Bottom;
}

bool is_syntax(const DataType *type) {
  return type == types::GlobalRef_ || type == types::Expr_ || type == types::QuoteNode_ ||
         type == types::LineNumberNode_;
}

} // namespace

void Describer::value(Value *v) {
  if (failure_)
    return;
  if (level_ >= kMaxLevels || to_.out.size() > kMaxBytes)
    return fail("a value that is too large");
  level_++;
  DataType *kind = type_of(v);
  if (depth_ == Depth::Hashed && (is_type_like(kind) || kind == types::TypeName_) && !has_free_typevars(v))
    hashed(v);
  else if (kind == types::DataType_)
    data_type(static_cast<DataType *>(v));
  else if (kind == types::Union_)
    union_type(v);
  else if (kind == types::UnionAll_)
    union_all(static_cast<UnionAll *>(v));
  else if (kind == types::Bottom)
    tag(Tag::Bottom);
  else if (kind == types::TypeVar_)
    type_var(static_cast<TypeVar *>(v));
  else if (kind == types::Vararg_)
    vararg(static_cast<Vararg *>(v));
  else
    object(v);
  level_--;
}

void Describer::hashed(Value *v) {
  const char *why_not = nullptr;
  std::optional<Hash> hash = hash_of(v, &why_not);
  if (!hash)
    return fail(why_not);
  tag(Tag::Hash);
  to_.hash(*hash);
}

/// Anything that is no type.
void Describer::object(Value *v) {
  DataType *type = type_of(v);
  if (type == types::Symbol_) {
    tag(Tag::Symbol);
    to_.name(symbol_of(v));
  } else if (type == types::String_) {
    tag(Tag::String);
    to_.text(static_cast<String *>(v)->view());
  } else if (type == types::SimpleVector_) {
    svec(static_cast<SimpleVector *>(v));
  } else if (type == types::Module_) {
    module(static_cast<Module *>(v));
  } else if (type == types::TypeName_) {
    tag(Tag::TypeName);
    type_name(static_cast<TypeName *>(v));
  } else if (type == types::Method_) {
    method(static_cast<Method *>(v));
  } else if (type == types::MethodInstance_) {
    instance(static_cast<MethodInstance *>(v));
  } else if (type == types::CodeInstance_) {
    code(static_cast<CodeInstance *>(v));
  } else if (type == types::Binding_) {
    binding(reinterpret_cast<Binding *>(v));
  } else if (is_syntax(type)) {
    syntax_value(v);
  } else if (type == types::IntrinsicFunction) {
    tag(Tag::Intrinsic);
    to_.text(intrinsic_name(intrinsic_of(v)));
  } else if (type->instance == v) {
    tag(Tag::Instance);
    value(type);
  } else if (type->name->is_mutable || !type->layout) {
    named(v);
  } else {
    tag(Tag::Struct);
    value(type);
    fields(type, reinterpret_cast<const char *>(v));
  }
}

void Describer::syntax_value(Value *v) {
  DataType *type = type_of(v);
  if (type == types::GlobalRef_) {
    auto *ref = static_cast<GlobalRef *>(v);
    tag(Tag::GlobalRef);
    module(ref->module);
    to_.name(ref->name->name);
  } else if (type == types::Expr_) {
    expression(static_cast<Expr *>(v));
  } else if (type == types::QuoteNode_) {
    tag(Tag::QuoteNode);
    value(static_cast<QuoteNode *>(v)->value);
  } else {
    line_number(static_cast<LineNumberNode *>(v));
  }
}

void Describer::optional(Value *v) {
  to_.byte(v != nullptr);
  if (v)
    value(v);
}

void Describer::svec(const SimpleVector *v) {
  tag(Tag::Svec);
  to_.number(v->length);
  for (size_t i = 0; i < v->length; i++)
    optional(v->data[i]);
}

/// Field by field: what lies between fields is no content.
void Describer::fields(DataType *type, const char *payload) {
  const Layout *layout = type->layout;
  if (layout->nfields == 0) {
    if (is_instance_of_wrapper(type, types::Ptr) && is_nonzero(payload, layout->size))
      return fail("a pointer");
    return to_.raw(payload, layout->size);
  }
  for (uint32_t i = 0; i < layout->nfields; i++) {
    const FieldLayout &field = layout->fields[i];
    if (field.is_pointer)
      optional(*reinterpret_cast<Value *const *>(payload + field.offset));
    else
      fields(static_cast<DataType *>(type->types->data[i]), payload + field.offset);
  }
}

void Describer::module(Module *m) {
  if (!is_named_module(m))
    return fail("a module to which its name does not lead");
  GcVector<Module *> path{m};
  for (; m->parent != m && m->parent; m = m->parent)
    path.push_back(m->parent);
  tag(Tag::Module);
  to_.number(path.size());
  for (size_t i = path.size(); i-- > 0;)
    to_.name(path[i]->name);
}

void Describer::binding(const Binding *binding) {
  tag(Tag::Binding);
  module(binding->module);
  to_.name(binding->name);
}

void Describer::named(Value *v) {
  const ConstantName *name = find_constant_name(v);
  if (!name)
    return fail(v && type_of(v) == types::Task_ ? "a task"
                                                : "an object that may change and that no constant names");
  tag(Tag::Named);
  module(name->binding->module);
  to_.name(name->binding->name);
  to_.number(name->fields.size());
  for (uint32_t field : name->fields)
    to_.number(field);
  bool says_more = !leaves_out_fixed_parts_ && has_fixed_parts(v);
  to_.byte(says_more);
  if (!says_more)
    return;
  const char *why_not = nullptr;
  std::optional<Hash> fixed = fixed_parts_hash(v, &why_not);
  fixed ? to_.hash(*fixed) : fail(why_not);
}

} // namespace jl::content
