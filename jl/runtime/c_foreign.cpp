// SPDX-License-Identifier: MIT
// C functions for what Base offers to those who talk to C: libraries, errno, arrays over memory of others.
#include <cerrno>
#include <cstdlib>
#include <dlfcn.h>
#include <link.h>
#include <string>

#include "jl/runtime/arrays.h"
#include "jl/runtime/c_function.h"
#include "jl/runtime/finalizers.h"
#include "jl/runtime/foreign_call.h"
#include "jl/runtime/strings.h"
#include "jl/runtime/values.h"

using namespace jl;

C_EXPORT void jl_set_errno(int32_t value) {
  errno = value;
}

/// `nothing`, and the library; or a string that says why there is none.
C_EXPORT Value *jl_dlopen(const char *name, int32_t flags, void **library) {
  String *reason = nullptr; // a throw runs no destructors
  {
    std::expected<void *, std::string> opened = open_library(name, flags);
    if (opened) {
      *library = *opened;
      return nothing_value();
    }
    reason = new_string(current_task(), opened.error());
  }
  return reason;
}

/// 1 when there is such a symbol.
C_EXPORT int32_t jl_dlsym(void *library, const char *name, void **address) {
  dlerror();
  *address = dlsym(library, name);
  return *address != nullptr;
}

C_EXPORT int32_t jl_dlclose(void *library) {
  return dlclose(library);
}

C_EXPORT Value *jl_dlerror() {
  const char *message = dlerror();
  return new_string(current_task(), message ? message : "");
}

/// The file that a library was loaded from; nothing for what is no library.
C_EXPORT Value *jl_dlpath(void *library) {
  link_map *map = nullptr;
  if (!library || dlinfo(library, RTLD_DI_LINKMAP, &map) != 0 || !map)
    return nothing_value();
  return new_string(current_task(), map->l_name);
}

/// The files of all libraries that are loaded, each with a zero byte behind it.
static std::string library_names() {
  std::string names;
  dl_iterate_phdr(
      [](dl_phdr_info *info, size_t,
         void *out) { // the loader's lock is held: no collected memory, which another thread may have
        if (info->dlpi_name && *info->dlpi_name)
          static_cast<std::string *>(out)->append(info->dlpi_name).push_back('\0');
        return 0;
      },
      &names);
  return names;
}

/// The same as a vector of strings.
C_EXPORT Value *jl_dllist() {
  String *text = new_string(current_task(), library_names());
  Array *names = new_vector_any(current_task(), 0);
  std::string_view rest = text->view();
  while (!rest.empty()) {
    size_t end = rest.find('\0');
    push(current_task(), names, new_string(current_task(), rest.substr(0, end)));
    rest.remove_prefix(end + 1);
  }
  return names;
}

/// A Memory of `n` elements over `p`; `own`: `free(p)` once nobody uses it any more.
C_EXPORT Value *jl_memory_of_pointer(Value *type, void *p, int64_t n, int32_t own) {
  Memory *memory = new_memory(nullptr, static_cast<DataType *>(type), 0);
  memory->length = size_t(n);
  memory->ptr = p;
  if (own)
    on_unreachable(memory, free, p);
  return memory;
}

/// Keeps an object alive up to here. Compiled code makes no call of it.
C_EXPORT void jl_keep_alive(Value *) {}
