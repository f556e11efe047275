// SPDX-License-Identifier: MIT
#include "jl/emit/type_tests.h"

#include "jl/emit/boxing.h"
#include "jl/emit/memory.h"
#include "jl/emit/runtime_calls.h"
#include "jl/emit/unions.h"
#include "jl/emit/values.h"
#include "jl/runtime/symbols.h"

namespace jl::emit {

namespace {

/// A union test inline compares with so many concrete types before it asks the runtime.
constexpr size_t kInlineTypeTests = 4;

/// Type{...} values are compared by the runtime; objects of other concrete types by their tag.
bool tag_decides(Value *type) {
  return is_concrete_type(type);
}

llvm::Value *tag_is(Emitter &e, llvm::Value *tag, Value *type) {
  return e.ir.CreateICmpEQ(tag, load_slot(e, type));
}

llvm::Value *boxed_isa(Emitter &e, const Val &value, Value *type) {
  llvm::Value *pointer = parts_of(e, value)[0];
  GcVector<Value *> members;
  union_members(type, members);
  bool simple = members.size() <= kInlineTypeTests;
  for (Value *member : members)
    simple &= tag_decides(member);
  if (!simple)
    return e.ir.CreateTrunc(call_runtime(e, "jl_isa", {pointer, load_slot(e, type)}), e.unit.i1());
  llvm::Value *found = nullptr, *tag = nullptr;
  for (Value *member : members) {
    Value *instance = static_cast<DataType *>(member)->instance;
    if (!instance && !tag)
      tag = load_tag(e, pointer);
    llvm::Value *same =
        instance ? e.ir.CreateICmpEQ(pointer, load_slot(e, instance)) : tag_is(e, tag, member);
    found = found ? e.ir.CreateOr(found, same) : same;
  }
  return found;
}

bool is_disjoint(Value *a, Value *b) {
  return intersect_types(a, b) == types::Bottom_;
}

} // namespace

llvm::Value *emit_isa(Emitter &e, const Val &value, Value *type) {
  if (value.constant)
    return e.ir.getInt1(is_a(value.constant, type));
  if (value.is(ShapeKind::Never) || is_subtype(value.type(), type))
    return e.ir.getTrue();
  if (is_disjoint(value.type(), type))
    return e.ir.getFalse();
  if (value.is(ShapeKind::Union))
    return union_isa(e, value, type);
  if (!value.is(ShapeKind::Boxed))
    return e.ir.getFalse(); // concrete, and not a subtype
  return boxed_isa(e, value, type);
}

Val emit_typeof(Emitter &e, const Val &value) {
  if (value.constant)
    return constant_value(e, type_of(value.constant));
  if (value.shape->concrete)
    return constant_value(e, value.shape->concrete);
  if (value.is(ShapeKind::Union)) {
    auto type_of_member = [&](const Shape &m) {
      return load_slot(e, m.instance ? type_of(m.instance) : m.concrete);
    };
    llvm::Value *type = type_of_member(*value.shape->members[0]);
    for (size_t i = 1; i < value.shape->members.size(); i++)
      type = e.ir.CreateSelect(e.ir.CreateICmpEQ(value.tag, e.ir.getInt8(i)),
                               type_of_member(*value.shape->members[i]), type);
    return boxed_value(e, type, types::DataType_);
  }
  return boxed_value(e, load_tag(e, box(e, value)), types::DataType_);
}

namespace {

llvm::Value *runtime_egal(Emitter &e, const Val &a, const Val &b) {
  llvm::Value *left = box(e, a), *right = box(e, b);
  return e.ir.CreateTrunc(call_runtime(e, "jl_egal", {left, right}), e.unit.i1());
}

/// Bits are equal; for floats too, so that NaN === NaN.
llvm::Value *same_bits(Emitter &e, llvm::Value *a, llvm::Value *b) {
  if (a->getType()->isFloatingPointTy()) {
    llvm::Type *bits = e.ir.getIntNTy(a->getType()->getScalarSizeInBits());
    a = e.ir.CreateBitCast(a, bits);
    b = e.ir.CreateBitCast(b, bits);
  }
  return e.ir.CreateICmpEQ(a, b);
}

/// Objects of this type are equal only when they are one object.
bool identity_decides(Value *type) {
  return is_concrete_type(type) && (is_mutable_type(type) || type == types::Symbol_) &&
         type != types::GlobalRef_ && type != types::String_ && type != types::SimpleVector_ &&
         !is_kind(type) && type != types::DataType_;
}

bool parts_comparable(const Shape &shape) {
  for (const Part &part : shape.parts)
    if (part.is_reference && !identity_decides(part.julia_type))
      return false;
  return true;
}

llvm::Value *parts_egal(Emitter &e, const Val &a, const Val &b) {
  if (!parts_comparable(*a.shape))
    return runtime_egal(e, a, b);
  auto left = parts_of(e, a), right = parts_of(e, b);
  llvm::Value *same = e.ir.getTrue();
  for (size_t i = 0; i < left.size(); i++)
    same = e.ir.CreateAnd(same, same_bits(e, left[i], right[i]));
  return same;
}

/// A value of another shape against an unboxed union.
llvm::Value *union_egal(Emitter &e, const Val &u, const Val &other) {
  int index = member_index(*u.shape, other.type());
  if (index < 0)
    return other.is(ShapeKind::Boxed) || other.is(ShapeKind::Union) ? runtime_egal(e, u, other)
                                                                    : e.ir.getFalse();
  llvm::Value *is_it = e.ir.CreateICmpEQ(u.tag, e.ir.getInt8(index));
  if (other.is(ShapeKind::Ghost))
    return is_it;
  Val member = union_member(e, u, size_t(index));
  if (!parts_comparable(*member.shape))
    return runtime_egal(e, u, other);
  // The payload of another member may be poison: keep it out of the answer.
  return e.ir.CreateSelect(is_it, e.ir.CreateFreeze(parts_egal(e, member, other)), e.ir.getFalse());
}

bool pointers_decide(const Val &a) {
  if (a.constant)
    return identity_decides(type_of(a.constant)) || type_of(a.constant)->instance == a.constant;
  return a.is(ShapeKind::Ghost) || identity_decides(a.type());
}

} // namespace

llvm::Value *emit_egal(Emitter &e, const Val &a, const Val &b) {
  if (a.constant && b.constant && type_of(a.constant) != types::LineNumberNode_) // which is told when it runs
    return e.ir.getInt1(egal(a.constant, b.constant));
  bool types_known = !a.constant && !b.constant;
  if (types_known ? is_disjoint(a.type(), b.type())
                  : (a.constant ? !is_a(a.constant, b.type()) : !is_a(b.constant, a.type())))
    return e.ir.getFalse();
  if (a.is(ShapeKind::Union))
    return union_egal(e, a, b);
  if (b.is(ShapeKind::Union))
    return union_egal(e, b, a);
  if (a.shape == b.shape && a.is(ShapeKind::Parts))
    return parts_egal(e, a, b);
  if (pointers_decide(a) || pointers_decide(b))
    return e.ir.CreateICmpEQ(box(e, a), box(e, b));
  return runtime_egal(e, a, b);
}

Val emit_typeassert(Emitter &e, const Val &value, Value *type, const char *context) {
  e.require(emit_isa(e, value, type), "type_error", [&] {
    llvm::Value *got = box(e, value);
    call_runtime(e, "jl_throw_type", {e.task, load_slot(e, symbol_value(context)), load_slot(e, type), got})
        ->setDoesNotReturn();
  });
  if (value.constant || is_subtype(value.type(), type))
    return value;
  Value *both = intersect_types(value.type(), type);
  return convert(e, value, both);
}

llvm::Value *emit_condition(Emitter &e, const Val &value) {
  if (value.type() == types::Bool)
    return scalar_of(e, value);
  return condition_of(e, emit_typeassert(e, value, types::Bool, "if"));
}

void check_defined(Emitter &e, llvm::Value *pointer) {
  e.require(e.ir.CreateIsNotNull(pointer), "undefined",
            [&] { call_runtime(e, "jl_throw_undef_ref", {e.task})->setDoesNotReturn(); });
}

} // namespace jl::emit
