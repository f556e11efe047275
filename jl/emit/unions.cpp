// SPDX-License-Identifier: MIT
#include "jl/emit/unions.h"

#include "jl/emit/boxing.h"
#include "jl/emit/memory.h"
#include "jl/emit/values.h"

namespace jl::emit {

int member_index(const Shape &shape, Value *type) {
  for (size_t i = 0; i < shape.members.size(); i++)
    if (shape.members[i]->type == type)
      return int(i);
  for (size_t i = 0; i < shape.members.size(); i++)
    if (types_equal(shape.members[i]->type, type))
      return int(i);
  return -1;
}

namespace {

llvm::Value *as_integer(Emitter &e, llvm::Value *part) {
  unsigned bits = part->getType()->getScalarSizeInBits();
  if (part->getType()->isPointerTy())
    return e.ir.CreatePtrToInt(part, e.unit.i64());
  if (part->getType()->isFloatingPointTy())
    return e.ir.CreateBitCast(part, e.ir.getIntNTy(bits));
  return part;
}

llvm::Value *from_integer(Emitter &e, llvm::Value *bits, llvm::Type *type) {
  if (type->isPointerTy())
    return e.ir.CreateIntToPtr(bits, type);
  if (type->isFloatingPointTy())
    return e.ir.CreateBitCast(e.ir.CreateTrunc(bits, e.ir.getIntNTy(type->getScalarSizeInBits())), type);
  return e.ir.CreateTrunc(bits, type);
}

/// Adds a part into the words of a packed payload.
void pack_part(Emitter &e, const Part &part, llvm::Value *value, llvm::MutableArrayRef<llvm::Value *> words) {
  llvm::Value *bits = as_integer(e, value);
  unsigned word = part.offset / 8, shift = part.offset % 8 * 8;
  if (bits->getType()->getIntegerBitWidth() > 64) {
    words[word] = e.ir.CreateTrunc(bits, e.unit.i64());
    words[word + 1] = e.ir.CreateTrunc(e.ir.CreateLShr(bits, 64), e.unit.i64());
    return;
  }
  bits = e.ir.CreateShl(e.ir.CreateZExtOrTrunc(bits, e.unit.i64()), shift);
  words[word] = e.ir.CreateOr(words[word], bits);
}

llvm::Value *unpack_part(Emitter &e, const Part &part, llvm::ArrayRef<llvm::Value *> words) {
  unsigned word = part.offset / 8, shift = part.offset % 8 * 8;
  if (part.type->isIntegerTy() && part.type->getIntegerBitWidth() > 64) {
    llvm::Value *high = e.ir.CreateShl(e.ir.CreateZExt(words[word + 1], part.type), 64);
    return e.ir.CreateOr(high, e.ir.CreateZExt(words[word], part.type));
  }
  return from_integer(e, e.ir.CreateLShr(words[word], shift), part.type);
}

/// The payload that stands for a value of one member.
llvm::SmallVector<llvm::Value *, 2> make_payload(Emitter &e, const Val &member, const Shape &shape) {
  llvm::SmallVector<llvm::Value *, 2> payload;
  if (!shape.packed && member.is(ShapeKind::Parts))
    return parts_of(e, member);
  for (const Part &part : shape.parts)
    payload.push_back(shape.packed ? llvm::Constant::getNullValue(part.type)
                                   : llvm::PoisonValue::get(part.type));
  if (shape.packed && member.is(ShapeKind::Parts)) {
    auto parts = parts_of(e, member);
    for (size_t i = 0; i < parts.size(); i++)
      pack_part(e, member.shape->parts[i], parts[i], payload);
  }
  return payload;
}

Val make_union_value(const Shape &shape, llvm::Value *tag, llvm::ArrayRef<llvm::Value *> payload) {
  Val result = parts_value(shape, payload);
  result.tag = tag;
  return result;
}

Val wrap(Emitter &e, const Val &value, const Shape &shape, int index) {
  Val member = convert(e, value, *shape.members[index]);
  Val result = make_union_value(shape, e.ir.getInt8(index), make_payload(e, member, shape));
  result.box = value.box;
  return result;
}

/// Merges what several blocks made of the same union. Each block has been left open.
class UnionMerge {
public:
  UnionMerge(Emitter &e, const Shape &shape, const char *name)
      : e_(e), shape_(shape), done_(e.new_block(name)) {
    llvm::IRBuilder<> at(done_);
    tag_ = at.CreatePHI(e.unit.i8(), 4);
    for (const Part &part : shape.parts)
      parts_.push_back(at.CreatePHI(part.type, 4));
  }
  void add(const Val &value) {
    llvm::BasicBlock *from = e_.ir.GetInsertBlock();
    e_.ir.CreateBr(done_);
    tag_->addIncoming(value.tag, from);
    for (size_t i = 0; i < parts_.size(); i++)
      parts_[i]->addIncoming(value.parts[i], from);
  }
  Val finish() {
    e_.enter(done_);
    llvm::SmallVector<llvm::Value *, 2> parts(parts_.begin(), parts_.end());
    return make_union_value(shape_, tag_, parts);
  }

private:
  Emitter &e_;
  const Shape &shape_;
  llvm::BasicBlock *done_;
  llvm::PHINode *tag_;
  llvm::SmallVector<llvm::PHINode *, 2> parts_;
};

/// i1: is the object at `pointer`, with this type tag, of the member's type?
llvm::Value *is_member(Emitter &e, llvm::Value *pointer, llvm::Value *tag, const Shape &member) {
  if (member.is(ShapeKind::Ghost))
    return e.ir.CreateICmpEQ(pointer, load_slot(e, member.instance));
  return e.ir.CreateICmpEQ(tag, load_slot(e, member.type));
}

bool same_payload(const Shape &a, const Shape &b) {
  if (a.packed != b.packed || a.parts.size() != b.parts.size())
    return false;
  for (size_t i = 0; i < a.parts.size(); i++)
    if (a.parts[i].type != b.parts[i].type)
      return false;
  return true;
}

Val union_to_union(Emitter &e, const Val &value, const Shape &shape) {
  if (same_payload(*value.shape, shape)) { // only the tags differ
    llvm::Value *tag = e.ir.getInt8(0);
    for (size_t i = 0; i < value.shape->members.size(); i++)
      if (int to = member_index(shape, value.shape->members[i]->type); to > 0)
        tag = e.ir.CreateSelect(e.ir.CreateICmpEQ(value.tag, e.ir.getInt8(i)), e.ir.getInt8(to), tag);
    return make_union_value(shape, tag, value.parts);
  }
  UnionMerge merge(e, shape, "union.done");
  llvm::BasicBlock *never = e.new_block("union.never");
  auto *choice = e.ir.CreateSwitch(value.tag, never, value.shape->members.size());
  for (size_t i = 0; i < value.shape->members.size(); i++) {
    int to = member_index(shape, value.shape->members[i]->type);
    if (to < 0)
      continue;
    llvm::BasicBlock *block = e.new_block("union.member");
    choice->addCase(e.ir.getInt8(i), block);
    e.enter(block);
    merge.add(wrap(e, union_member(e, value, i), shape, to));
  }
  e.enter(never);
  e.ir.CreateUnreachable();
  return merge.finish();
}

} // namespace

Val unbox_union(Emitter &e, llvm::Value *pointer, const Shape &shape) {
  UnionMerge merge(e, shape, "unbox.done");
  bool needs_tag = false; // the last member is what remains
  for (const Shape *member : llvm::ArrayRef(shape.members).drop_back())
    needs_tag |= !member->is(ShapeKind::Ghost);
  llvm::Value *tag = needs_tag ? load_tag(e, pointer) : nullptr;
  for (size_t i = 0; i < shape.members.size(); i++) {
    const Shape &member = *shape.members[i];
    llvm::BasicBlock *next = nullptr;
    if (i + 1 < shape.members.size()) {
      llvm::BasicBlock *here = e.new_block("unbox.member");
      next = e.new_block("unbox.next");
      e.ir.CreateCondBr(is_member(e, pointer, tag, member), here, next);
      e.enter(here);
    }
    merge.add(wrap(e, load_value(e, member, pointer, Access::Immutable, Bytes::Stay), shape, int(i)));
    if (next)
      e.enter(next);
  }
  Val result = merge.finish();
  result.box = pointer;
  return result;
}

Val to_union(Emitter &e, const Val &value, const Shape &shape) {
  if (value.is(ShapeKind::Union) && !value.constant)
    return union_to_union(e, value, shape);
  if (value.is(ShapeKind::Boxed) && !value.constant)
    return unbox_union(e, value.parts[0], shape);
  int index = member_index(shape, value.type());
  if (index < 0 && value.constant) // a type: its own type is DataType, the member is Type{T}
    for (size_t i = 0; i < shape.members.size(); i++)
      if (is_a(value.constant, shape.members[i]->type))
        index = int(i);
  return index < 0 ? poison_value(e, shape) : wrap(e, value, shape, index);
}

Val union_member(Emitter &e, const Val &value, size_t index) {
  const Shape &member = *value.shape->members[index];
  if (member.is(ShapeKind::Ghost))
    return ghost_value(e, member);
  if (!value.shape->packed)
    return parts_value(member, value.parts);
  Val result;
  result.shape = &member;
  for (const Part &part : member.parts)
    result.parts.push_back(unpack_part(e, part, value.parts));
  return result;
}

Val union_member(Emitter &e, const Val &value, const Shape &shape) {
  int index = member_index(*value.shape, shape.type);
  if (index < 0)
    return poison_value(e, shape);
  Val member = union_member(e, value, size_t(index));
  member.box = value.box;
  return member;
}

llvm::Value *box_union(Emitter &e, const Val &value) {
  if (value.box)
    return value.box;
  llvm::BasicBlock *done = e.new_block("box.done"), *never = e.new_block("box.never");
  auto *choice = e.ir.CreateSwitch(value.tag, never, value.shape->members.size());
  llvm::IRBuilder<> at(done);
  auto *pointer = at.CreatePHI(e.unit.ptr(), value.shape->members.size(), "box");
  for (size_t i = 0; i < value.shape->members.size(); i++) {
    llvm::BasicBlock *block = e.new_block("box.member");
    choice->addCase(e.ir.getInt8(i), block);
    e.enter(block);
    llvm::Value *boxed = box(e, union_member(e, value, i));
    pointer->addIncoming(boxed, e.ir.GetInsertBlock());
    e.ir.CreateBr(done);
  }
  e.enter(never);
  e.ir.CreateUnreachable();
  e.enter(done);
  return pointer;
}

llvm::Value *union_isa(Emitter &e, const Val &value, Value *type) {
  llvm::Value *found = nullptr;
  size_t matching = 0;
  for (size_t i = 0; i < value.shape->members.size(); i++)
    if (is_subtype(value.shape->members[i]->type, type)) {
      llvm::Value *is_it = e.ir.CreateICmpEQ(value.tag, e.ir.getInt8(i));
      found = found ? e.ir.CreateOr(found, is_it) : is_it;
      matching++;
    }
  if (matching == 0 || matching == value.shape->members.size())
    return e.ir.getInt1(matching != 0);
  return found;
}

} // namespace jl::emit
