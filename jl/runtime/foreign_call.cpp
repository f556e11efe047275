// SPDX-License-Identifier: MIT
#include "jl/runtime/foreign_call.h"

#include <dlfcn.h>
#include <ffi.h>
#include <string>

#include "jl/runtime/abi.h"
#include "jl/runtime/exceptions.h"
#include "jl/runtime/strings.h"
#include "jl/runtime/symbols.h"
#include "jl/runtime/values.h"

namespace jl {

// --- Finding functions ---

/// A library as named in the program: with or without `.so`, `libc` and `libm` included.
static void *open_library(const std::string &name) {
  for (const char *suffix : {"", ".so", ".so.6"})
    if (void *library = dlopen((name + suffix).c_str(), RTLD_LAZY | RTLD_GLOBAL))
      return library;
  return nullptr;
}

void *find_foreign(std::string_view name, std::string_view library) {
  std::string symbol(name);
  if (!library.empty()) {
    void *handle = open_library(std::string(library));
    return handle ? dlsym(handle, symbol.c_str()) : nullptr;
  }
  if (void *known = runtime_function(name))
    return known;
  return dlsym(RTLD_DEFAULT, symbol.c_str());
}

static std::string_view name_argument(Task *task, Value *v) {
  if (is_symbol(v))
    return symbol_of(v).text();
  if (is_string(v))
    return string_view_of(v);
  throw_type_error(task, "ccall", types::Symbol_, v);
}

[[noreturn]] static void throw_not_found(Task *task, std::string_view name, std::string_view library) {
  std::string quoted_name = "\"" + std::string(name) + "\"";
  if (library.empty())
    throw_error(task, "could not load symbol " + quoted_name + ":\nundefined symbol: " + std::string(name));
  std::string quoted_library = "\"" + std::string(library) + "\"";
  if (!open_library(std::string(library)))
    throw_error(task, "could not load library " + quoted_library + "\n" + std::string(library) +
                          ".so: cannot open shared object file: No such file or directory");
  throw_error(task, "could not load symbol " + quoted_name + " from library " + quoted_library);
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
  void *address = find_foreign(name, library);
  if (!address)
    throw_not_found(task, name, library);
  return address;
}

// --- Types ---

namespace {

bool is_c_struct(const DataType *type) {
  return type->is_bits && !type->is_primitive && type->layout;
}

[[noreturn]] void throw_unsupported(Task *task, Value *type) {
  throw_error(task, "ccall: a value of type " + type_to_string(type) + " cannot be passed to or from C");
}

/// What libffi has no name for, __int128, travels as a struct of two words with its own alignment.
ffi_type *int128_ffi_type() {
  static ffi_type *words[] = {&ffi_type_uint64, &ffi_type_uint64, nullptr};
  static ffi_type type = {16, 16, FFI_TYPE_STRUCT, words};
  return &type;
}

ffi_type *primitive_ffi_type(Task *task, DataType *type) {
  if (type == types::Float64)
    return &ffi_type_double;
  if (type == types::Float32 || type == types::Float16) // a half is the low bits of its register
    return &ffi_type_float;
  bool is_signed = is_subtype(type, types::Signed);
  switch (type->layout->size) {
  case 1:
    return is_signed ? &ffi_type_sint8 : &ffi_type_uint8;
  case 2:
    return is_signed ? &ffi_type_sint16 : &ffi_type_uint16;
  case 4:
    return is_signed ? &ffi_type_sint32 : &ffi_type_uint32;
  case 8:
    return is_signed ? &ffi_type_sint64 : &ffi_type_uint64;
  case 16:
    return int128_ffi_type();
  }
  throw_unsupported(task, type);
}

ffi_type *ffi_type_of(Task *task, Value *type);

ffi_type *struct_ffi_type(Task *task, DataType *type) {
  size_t n = type->layout->nfields;
  auto **elements = static_cast<ffi_type **>(gc_alloc_scanned((n + 1) * sizeof(ffi_type *)));
  for (size_t i = 0; i < n; i++)
    elements[i] = ffi_type_of(task, type->types->data[i]);
  auto *made = static_cast<ffi_type *>(gc_alloc_scanned(sizeof(ffi_type)));
  *made = {0, 0, FFI_TYPE_STRUCT, elements};
  return made;
}

/// Types without a C form of their own (Any, Ref{T}, mutable structs) are passed as the object's address.
ffi_type *ffi_type_of(Task *task, Value *type) {
  if (type_of(type) != types::DataType_)
    return &ffi_type_pointer;
  auto *t = static_cast<DataType *>(type);
  if (t->is_primitive && t->layout)
    return primitive_ffi_type(task, t);
  return is_c_struct(t) && t->layout->size > 0 ? struct_ffi_type(task, t) : &ffi_type_pointer;
}

bool is_passed_as_bits(Value *type) {
  if (type_of(type) != types::DataType_)
    return false;
  auto *t = static_cast<DataType *>(type);
  return t->layout && (t->is_primitive || (is_c_struct(t) && t->layout->size > 0));
}

// --- The call ---

/// Where libffi reads an argument: the bits in the box, or a cell with the object's address.
void *argument_location(Task *task, Value *type, Value *v, Value **cell) {
  DataType *given = type_of(v);
  if (is_passed_as_bits(type)) {
    bool fits = given == type ||
                (given->is_primitive && given->layout->size == static_cast<DataType *>(type)->layout->size);
    if (!fits)
      throw_type_error(task, "ccall", type, v);
    return v;
  }
  if (is_pointer_type(given)) // Ref{T}, already converted to an address
    return v;
  *cell = v;
  return cell;
}

void prepare(Task *task, ffi_cif *cif, const ForeignSignature &signature, uint32_t n, ffi_type *result,
             ffi_type **types) {
  bool is_variadic = signature.fixed_arguments < n;
  ffi_status status =
      is_variadic ? ffi_prep_cif_var(cif, FFI_DEFAULT_ABI, signature.fixed_arguments, n, result, types)
                  : ffi_prep_cif(cif, FFI_DEFAULT_ABI, n, result, types);
  if (status != FFI_OK)
    throw_error(task, "ccall: the argument types have no C calling convention");
}

Value *box_result(Task *task, Value *type, void *result) {
  if (type == types::Nothing || type == types::Bottom_)
    return nothing_value();
  if (is_passed_as_bits(type))
    return box_at(task, static_cast<DataType *>(type), result);
  Value *object = *static_cast<Value **>(result);
  if (!object)
    throw_undef_ref(task);
  return object;
}

size_t result_size(Value *type) {
  size_t size = is_passed_as_bits(type) ? static_cast<DataType *>(type)->layout->size : 0;
  return std::max<size_t>(size, 2 * sizeof(ffi_arg)); // small integers come back widened
}

} // namespace

Value *call_foreign(Task *task, const ForeignSignature &signature, Value **args, uint32_t n) {
  if (n != signature.argument_types.size())
    throw_error(task, "ccall: expected " + std::to_string(signature.argument_types.size()) +
                          " arguments, got " + std::to_string(n));
  void *function = resolve_foreign(task, signature.function);
  GcVector<ffi_type *> c_types(n);
  GcVector<void *> locations(n);
  GcVector<Value *> cells(n);
  for (uint32_t i = 0; i < n; i++) {
    c_types[i] = ffi_type_of(task, signature.argument_types[i]);
    locations[i] = argument_location(task, signature.argument_types[i], args[i], &cells[i]);
  }
  Value *result_type = signature.result_type;
  bool is_void = result_type == types::Nothing || result_type == types::Bottom_;
  ffi_cif cif;
  prepare(task, &cif, signature, n, is_void ? &ffi_type_void : ffi_type_of(task, result_type),
          c_types.data());
  void *result = gc_alloc_scanned(result_size(result_type));
  ffi_call(&cif, reinterpret_cast<void (*)()>(function), result, locations.data());
  return box_result(task, result_type, result);
}

} // namespace jl
