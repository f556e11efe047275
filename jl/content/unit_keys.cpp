// SPDX-License-Identifier: MIT
#include "jl/content/unit_keys.h"

#include "jl/content/content.h"
#include "jl/content/describe.h"
#include "jl/runtime/arrays.h"
#include "jl/runtime/task.h"
#include "jl/runtime/values.h"

namespace jl::content {

namespace {

/// What the bytes that are hashed begin with: no two kinds have a key in common, nor any with typed IR.
class UnitKey {
public:
  explicit UnitKey(std::string_view kind) : describer_(bytes_, Describer::Depth::Hashed) {
    Writer{bytes_}.text(kind);
  }

  void value(Value *v) { describer_.value(v); }
  void number(uint64_t n) { Writer{bytes_}.number(n); }
  void bytes(std::span<const uint8_t> bytes) { Writer{bytes_}.bytes(bytes); }
  void code(CodeInstance *code) {
    number(code != nullptr);
    if (code)
      describer_.code(code);
  }

  std::optional<Hash> hash() const {
    if (!describer_.failure())
      return sha256(bytes_);
    count_failure(describer_.failure());
    return std::nullopt;
  }

private:
  Bytes bytes_;
  Describer describer_;
};

bool is_byte_vector(Value *v) {
  return is_array(v) && type_of(v)->parameters->data[0] == types::UInt8;
}

} // namespace

std::optional<Hash> adapter_key(CodeInstance *code, AdapterTo to) {
  UnitKey key("adapter");
  key.number(uint64_t(to));
  key.code(code);
  return key.hash();
}

std::optional<Hash> callback_key(Value *f, Value *result, SimpleVector *types, CodeInstance *target) {
  UnitKey key("callback");
  key.value(f);
  key.value(result);
  key.value(types);
  key.code(target);
  return key.hash();
}

std::optional<Hash> llvm_call_key(Value *code, Value *result, Value *types) {
  UnitKey key("llvmcall");
  DataType *kind = type_of(code);
  Value *module =
      is_tuple_type(kind) && kind->types->length == 2 ? tuple_field(current_task(), code, 0) : nullptr;
  bool is_bitcode = module && is_byte_vector(module);
  key.number(is_bitcode);
  if (is_bitcode) {
    auto *array = static_cast<Array *>(module);
    key.bytes({array->data<uint8_t>(), array_length(array)});
    key.value(tuple_field(current_task(), code, 1));
  } else {
    key.value(code);
  }
  key.value(result);
  key.value(types);
  return key.hash();
}

std::optional<Hash> opaque_entry_key(DataType *type, CodeInstance *target) {
  UnitKey key("opaque entry");
  key.value(type);
  key.code(target);
  return key.hash();
}

} // namespace jl::content
