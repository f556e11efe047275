// SPDX-License-Identifier: MIT
// The builtin functions as values.
#include "jl/runtime/builtins.h"

#include <array>

#include "jl/runtime/abi.h"
#include "jl/runtime/method.h"
#include "jl/runtime/module.h"

namespace jl {

namespace {

constexpr size_t kCount = size_t(Builtin::kCount);

constexpr std::string_view kNames[] = {
#define BUILTIN(cpp, name) name,
#include "jl/runtime/builtins.def"
#undef BUILTIN
};
constexpr BuiltinFn kBodies[] = {
#define BUILTIN(cpp, name) builtin_##cpp,
#include "jl/runtime/builtins.def"
#undef BUILTIN
};

/// From function value to number: open addressing by address, filled once, only ever asked.
struct BuiltinTable {
  std::array<Value *, kCount> values;
  static constexpr size_t kSlots = 256;
  std::array<Value *, kSlots> keys{};
  std::array<uint16_t, kSlots> numbers{};
  static_assert(kCount * 2 < kSlots);

  BuiltinTable() {
    for (size_t i = 0; i < kCount; i++) {
      values[i] = new_builtin_function(modules::Core, Symbol::intern(kNames[i]), kBodies[i]);
      size_t at = slot(values[i]);
      keys[at] = values[i];
      numbers[at] = uint16_t(i);
    }
  }

  size_t slot(const Value *v) const {
    size_t i = (reinterpret_cast<uintptr_t>(v) >> 4) % kSlots;
    while (keys[i] && keys[i] != v)
      i = (i + 1) % kSlots;
    return i;
  }
};

const BuiltinTable &table() {
  static const BuiltinTable made;
  return made;
}

} // namespace

std::string_view builtin_name(Builtin b) {
  return kNames[size_t(b)];
}
Value *builtin_value(Builtin b) {
  return table().values[size_t(b)];
}

Builtin builtin_of(const Value *f) {
  const BuiltinTable &known = table();
  size_t at = known.slot(f);
  return known.keys[at] ? Builtin(known.numbers[at]) : Builtin::kCount;
}

} // namespace jl
