// SPDX-License-Identifier: MIT
#include "jl/runtime/foreign_call.h"

#include <dlfcn.h>

#include <algorithm>
#include <cstring>
#include <string>
#include <vector>

#include "jl/runtime/abi.h"
#include "jl/runtime/builtins.h"
#include "jl/runtime/c_abi.h"
#include "jl/runtime/exceptions.h"
#include "jl/runtime/ffi_signature.h"
#include "jl/runtime/strings.h"
#include "jl/runtime/symbols.h"
#include "jl/runtime/values.h"

namespace jl {

// --- Finding functions ---

/// The files that a name may mean, in the order in which they are tried.
static std::vector<std::string> files_of_library(const std::string &name) {
  if (name.find(".so") != name.npos)
    return {name};
  if (name.find('/') != name.npos)
    return {name, name + ".so"};
  return {name + ".so", name + ".so.6", name}; // libc, libm: without a number those are text for the linker
}

std::expected<void *, std::string> open_library(const std::string &name, int flags) {
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
  flags &= ~RTLD_DEEPBIND; // sanitizers end the process there
#endif
  std::string reason;
  for (const std::string &file : files_of_library(name)) {
    if (void *library = dlopen(file.c_str(), flags))
      return library;
    const char *message = dlerror();
    if (reason.empty() && message)
      reason = message;
  }
  return std::unexpected(reason);
}

static std::string quoted(std::string_view text) {
  return '"' + std::string(text) + '"';
}

std::expected<void *, std::string> find_foreign(std::string_view name, std::string_view library) {
  std::string symbol(name);
  if (library.empty()) {
    if (void *known = runtime_function(name))
      return known;
    if (void *found = dlsym(RTLD_DEFAULT, symbol.c_str()))
      return found;
    return std::unexpected("could not load symbol " + quoted(name) + ":\nundefined symbol: " + symbol);
  }
  auto handle = open_library(std::string(library), RTLD_LAZY | RTLD_GLOBAL);
  if (!handle)
    return std::unexpected("could not load library " + quoted(library) + "\n" + handle.error());
  if (void *found = dlsym(*handle, symbol.c_str()))
    return found;
  const char *message = dlerror();
  return std::unexpected("could not load symbol " + quoted(name) + ":\n" +
                         (message ? message : "it is null"));
}

static std::string_view name_argument(Task *task, Value *v) {
  if (is_symbol(v))
    return symbol_of(v).text();
  if (is_string(v))
    return string_view_of(v);
  throw_type_error(task, "ccall: first argument not a pointer or valid constant expression", types::Ptr, v);
}

static bool is_pointer_type(DataType *type) {
  return is_instance_of_wrapper(type, types::Ptr);
}

void *resolve_foreign(Task *task, Value *function) {
  if (is_pointer_type(type_of(function))) {
    void *address = unbox_pointer<void>(function);
    if (!address)
      throw_error(task, "ccall: the function pointer is null");
    return address;
  }
  bool is_pair = is_tuple_type(type_of(function)) && tuple_length(function) == 2;
  std::string_view name = name_argument(task, is_pair ? tuple_field(task, function, 0) : function);
  std::string_view library =
      is_pair ? name_argument(task, tuple_field(task, function, 1)) : std::string_view();
  String *problem = nullptr; // a throw runs no destructors
  {
    std::expected<void *, std::string> found = find_foreign(name, library);
    if (found)
      return *found;
    problem = new_string(task, found.error());
  }
  throw_error(task, problem->view());
}

// --- The call ---

namespace {

/// What libffi reads an argument from.
struct ArgumentWords {
  GcVector<void *> locations;

  void add(Task *task, const FfiParameter &parameter, Value *v) {
    if (parameter.count == 0)
      return;
    void *words = copy(task, parameter, v);
    if (parameter.is_promoted)
      promote(parameter, words);
    for (uint32_t i = 0; i < parameter.count; i++)
      locations.push_back(static_cast<char *>(words) + i * 8);
  }

private:
  /// The bits, in whole words as libffi may copy those, or the address of an object.
  void *copy(Task *task, const FfiParameter &parameter, Value *v) {
    size_t size = parameter.passing.size;
    DataType *given = type_of(v);
    auto *words = static_cast<Value **>(gc_alloc_scanned(std::max<size_t>((size + 15) / 16 * 16, 16)));
    if (!is_passed_as_bits(parameter.passing)) {
      bool is_address = is_pointer_type(given); // Ref{T}, already converted
      *words = is_address ? unbox_pointer<Value>(v) : v;
      return words;
    }
    if (given != parameter.type && !(given->is_primitive && given->layout->size == size))
      throw_type_error(task, "ccall", parameter.type, v);
    std::memcpy(words, v, size);
    return words;
  }

  void promote(const FfiParameter &parameter, void *words) {
    if (parameter.type == types::Float32) {
      double wide = *static_cast<float *>(words);
      std::memcpy(words, &wide, sizeof wide);
      return;
    }
    bool is_signed = parameter.passing.is_signed;
    int32_t wide = parameter.passing.size == 1
                       ? (is_signed ? *static_cast<int8_t *>(words) : *static_cast<uint8_t *>(words))
                       : (is_signed ? *static_cast<int16_t *>(words) : *static_cast<uint16_t *>(words));
    std::memcpy(words, &wide, sizeof wide);
  }
};

} // namespace

Value *call_foreign(Task *task, const ForeignSignature &signature, Value **args, uint32_t n) {
  if (n != signature.argument_types.size())
    throw_error(task, "ccall: expected " + std::to_string(signature.argument_types.size()) +
                          " arguments, got " + std::to_string(n));
  check_type(task, "ccall", types::Type, signature.result_type);
  if (const char *problem = c_result_problem(signature.result_type))
    throw_error(task, std::string("ccall: ") + problem);
  for (Value *type : signature.argument_types)
    check_type(task, "ccall", types::Type, type);
  FfiSignature *c =
      make_ffi_signature(task, signature.result_type, signature.argument_types, signature.fixed_arguments);
  ArgumentWords words;
  for (uint32_t i = 0; i < n; i++)
    words.add(task, c->parameters[i], args[i]);
  void *function = resolve_foreign(task, signature.function);
  void *result = gc_alloc_scanned(ffi_result_size(signature.result_type));
  ffi_call(&c->cif, reinterpret_cast<void (*)()>(function), result, words.locations.data());
  if (signature.result_type == types::Bottom_)
    throw_error(task, kReturnedFromUnion);
  return box_from_c(task, signature.result_type, result);
}

} // namespace jl
