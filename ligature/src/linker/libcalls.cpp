// SPDX-License-Identifier: MIT
#include "linker/libcalls.h"

#include <cmath>
#include <cstring>

#include <strings.h>

// Of the compiler's own library, which has no header. Types do not matter: only addresses are taken.
extern "C" {
#define HELPER(name) void name();
#include "linker/libcall_helpers.def"
#undef HELPER
}

namespace ligature {
namespace {

struct Libcall {
  std::string_view name;
  void *address;
};

#define FUNCTION(name, ...) {#name, reinterpret_cast<void *>(static_cast<__VA_ARGS__>(::name))}
using D1 = double (*)(double);
using D2 = double (*)(double, double);
using F1 = float (*)(float);
using F2 = float (*)(float, float);

const Libcall kLibcalls[] = {
    FUNCTION(memcpy, void *(*)(void *, const void *, size_t)),
    FUNCTION(memmove, void *(*)(void *, const void *, size_t)),
    FUNCTION(memset, void *(*)(void *, int, size_t)),
    FUNCTION(memcmp, int (*)(const void *, const void *, size_t)),
    FUNCTION(bcmp, int (*)(const void *, const void *, size_t)),
#define UNARY(name) FUNCTION(name, D1), FUNCTION(name##f, F1)
#define BINARY(name) FUNCTION(name, D2), FUNCTION(name##f, F2)
    UNARY(sqrt),
    UNARY(sin),
    UNARY(cos),
    UNARY(tan),
    UNARY(exp),
    UNARY(exp2),
    UNARY(log),
    UNARY(log2),
    UNARY(log10),
    UNARY(floor),
    UNARY(ceil),
    UNARY(trunc),
    UNARY(rint),
    UNARY(nearbyint),
    UNARY(round),
    UNARY(roundeven),
    UNARY(exp10),
    BINARY(pow),
    BINARY(fmod),
    BINARY(fmin),
    BINARY(fmax),
    BINARY(copysign),
    FUNCTION(fma, double (*)(double, double, double)),
    FUNCTION(fmaf, float (*)(float, float, float)),
    FUNCTION(ldexp, double (*)(double, int)),
    FUNCTION(ldexpf, float (*)(float, int)),
#define HELPER(name) {#name, reinterpret_cast<void *>(&::name)},
#include "linker/libcall_helpers.def"
#undef HELPER
};

} // namespace

void *find_libcall(std::string_view name) {
  for (const Libcall &libcall : kLibcalls)
    if (libcall.name == name)
      return libcall.address;
  return nullptr;
}

} // namespace ligature
