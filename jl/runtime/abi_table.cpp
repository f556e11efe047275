// SPDX-License-Identifier: MIT
// From names to addresses: what the linker binds and where the interpreter's ccall looks first.
//
// Every function is declared under a name of our own with the real one as its assembler name: only addresses
// are taken here, and the C library's prototypes (and clang's knowledge of them) would be in the way.
#include "jl/runtime/abi.h"

#include <unordered_map>

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

struct NamedFunction {
  std::string_view name;
  void *address;
};

#define ENTRY(name) {#name, reinterpret_cast<void *>(address_of_##name)},
#define ENTRY_MATH(name) ENTRY(name){#name "f", reinterpret_cast<void *>(address_of_##name##f)},
static const NamedFunction kFunctions[] = {
#define RUNTIME_FN(name, result, arguments, attributes) ENTRY(name)
#include "jl/runtime/abi.def"
#undef RUNTIME_FN
#define BUILTIN(cpp, name) {"jl_builtin_" #cpp, reinterpret_cast<void *>(builtin_##cpp)},
#include "jl/runtime/builtins.def"
#undef BUILTIN
#define C_FUNCTION(name, signature) ENTRY(name)
#include "jl/runtime/c_functions.def"
#undef C_FUNCTION
    COMPILER_FUNCTIONS(ENTRY) MATH_FUNCTIONS(ENTRY_MATH) MEMORY_FUNCTIONS(ENTRY)};

void *runtime_function(std::string_view name) {
  static const auto *table = [] {
    auto *made = new std::unordered_map<std::string_view, void *>;
    for (const NamedFunction &function : kFunctions)
      made->emplace(function.name, function.address);
    return made;
  }();
  auto found = table->find(name);
  return found == table->end() ? nullptr : found->second;
}

} // namespace jl
