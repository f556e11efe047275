// SPDX-License-Identifier: MIT
// From names to addresses: what the linker binds and where the interpreter's ccall looks first.
//
// Every function is declared under a name of our own with the real one as its assembler name: only addresses
// are taken here, and the C library's prototypes (and clang's knowledge of them) would be in the way.
#include "jl/runtime/abi.h"

#include <algorithm>
#include <array>

// clang-format off
// The compiler's own library: 128-bit integers and Float16.
#define COMPILER_FUNCTIONS(X)                                                                                     \
  X(__udivti3) X(__divti3) X(__umodti3) X(__modti3) X(__multi3) X(__floattidf) X(__floatuntidf) X(__floattisf)     \
  X(__floatuntisf) X(__fixdfti) X(__fixunsdfti) X(__fixsfti) X(__fixunssfti) X(__extendhfsf2) X(__truncsfhf2)      \
  X(__truncdfhf2) X(__powidf2) X(__powisf2)
/// Each with its form for Float32.
#define MATH_FUNCTIONS(X)                                                                                         \
  X(fmod) X(pow) X(sin) X(cos) X(tan) X(asin) X(acos) X(atan) X(atan2) X(sinh) X(cosh) X(tanh) X(asinh) X(acosh)   \
  X(atanh) X(exp) X(exp2) X(exp10) X(expm1) X(log) X(log2) X(log10) X(log1p) X(fma) X(trunc) X(floor) X(ceil)      \
  X(rint) X(nearbyint) X(round) X(roundeven) X(ldexp) X(frexp) X(sqrt) X(cbrt) X(hypot) X(fmin) X(fmax) X(fabs)    \
  X(copysign) X(sincos) X(erf) X(erfc) X(tgamma) X(lgamma) X(modf) X(nextafter)
#define MEMORY_FUNCTIONS(X)                                                                                       \
  X(memcpy) X(memmove) X(memset) X(memcmp) X(memchr) X(bcmp) X(strlen) X(malloc) X(free) X(calloc) X(realloc)
// clang-format on

namespace jl {

#define DECLARE(name) extern "C" void address_of_##name() __asm__(#name);
#define DECLARE_MATH(name) DECLARE(name) extern "C" void address_of_##name##f() __asm__(#name "f");
COMPILER_FUNCTIONS(DECLARE)
MATH_FUNCTIONS(DECLARE_MATH)
MEMORY_FUNCTIONS(DECLARE)
#define RUNTIME_FN(name, result, arguments, attributes) DECLARE(name)
#include "jl/runtime/abi.def"
#undef RUNTIME_FN
#define C_FUNCTION(name, signature) DECLARE(name)
#include "jl/runtime/c_functions.def"
#undef C_FUNCTION
#define BUILTIN(cpp, name) Value *builtin_##cpp(Task *task, Value *f, Value **args, uint32_t n);
#include "jl/runtime/builtins.def"
#undef BUILTIN

namespace {

/// One of both addresses: a cast would make the table one that is filled when the process starts.
struct NamedFunction {
  using Plain = void (*)();
  using BuiltinCode = Value *(*)(Task *, Value *, Value **, uint32_t);
  constexpr NamedFunction(std::string_view name, Plain plain) : name(name), plain(plain) {}
  constexpr NamedFunction(std::string_view name, BuiltinCode builtin) : name(name), builtin(builtin) {}

  void *address() const {
    return plain ? reinterpret_cast<void *>(plain) : reinterpret_cast<void *>(builtin);
  }

  std::string_view name;
  Plain plain = nullptr;
  BuiltinCode builtin = nullptr;
};

#define ENTRY(name) {#name, address_of_##name},
#define ENTRY_MATH(name) ENTRY(name){#name "f", address_of_##name##f},
constexpr NamedFunction kFunctions[] = {
#define RUNTIME_FN(name, result, arguments, attributes) ENTRY(name)
#include "jl/runtime/abi.def"
#undef RUNTIME_FN
#define BUILTIN(cpp, name) {"jl_builtin_" #cpp, builtin_##cpp},
#include "jl/runtime/builtins.def"
#undef BUILTIN
#define C_FUNCTION(name, signature) ENTRY(name)
#include "jl/runtime/c_functions.def"
#undef C_FUNCTION
    COMPILER_FUNCTIONS(ENTRY) MATH_FUNCTIONS(ENTRY_MATH) MEMORY_FUNCTIONS(ENTRY)};

constexpr size_t kPlaces = 1024;
constexpr uint16_t kFree = std::size(kFunctions);
static_assert(2 * std::size(kFunctions) < kPlaces);

constexpr size_t place_of(std::string_view name) {
  uint64_t hash = 0xcbf29ce484222325; // FNV-1a
  for (char c : name)
    hash = (hash ^ uint8_t(c)) * 0x100000001b3;
  return (hash ^ hash >> 32) % kPlaces;
}

/// Made when this is compiled: a program that finds all its units would spend 40 us on it, as much as on
/// binding ten of them.
constexpr std::array<uint16_t, kPlaces> kIndex = [] {
  std::array<uint16_t, kPlaces> index;
  std::ranges::fill(index, kFree);
  for (size_t i = 0; i < std::size(kFunctions); i++) {
    size_t at = place_of(kFunctions[i].name);
    while (index[at] != kFree)
      at = (at + 1) % kPlaces;
    index[at] = uint16_t(i);
  }
  return index;
}();

} // namespace

void *runtime_function(std::string_view name) {
  for (size_t at = place_of(name); kIndex[at] != kFree; at = (at + 1) % kPlaces)
    if (const NamedFunction &function = kFunctions[kIndex[at]]; function.name == name)
      return function.address();
  return nullptr;
}

} // namespace jl
