// SPDX-License-Identifier: MIT
#include "tools/bitcode/libraries.h"

#include <dlfcn.h>
#include <gnu/lib-names.h>

#include <fstream>

namespace bitcode {
namespace {

/// Empty on success.
std::string open_library(const std::string &file) {
  return dlopen(file.c_str(), RTLD_NOW | RTLD_GLOBAL) ? "" : dlerror();
}

/// The first library that a linker script names; empty if `file` is none.
std::string named_by_script(const std::string &file) {
  std::ifstream script(file);
  std::string start(4, '\0'), word;
  if (!script.read(start.data(), 4) || start == "\177ELF")
    return "";
  for (script.seekg(0); script >> word;)
    if (size_t from = word.find_first_not_of('('); from != word.npos && word.find(".so.") != word.npos)
      return word.substr(from, word.find_last_not_of("(),;") + 1 - from);
  return "";
}

/// Parts of the C library, which has taken most of them into itself and left no file that linkers would want.
std::string part_of_c_library(const std::string &name) {
  for (const char *part : {LIBC_SO, LIBM_SO, LIBDL_SO, LIBPTHREAD_SO, LIBRT_SO, LIBRESOLV_SO})
    if (std::string(part).starts_with("lib" + name + ".so."))
      return part;
  return "";
}

} // namespace

std::string load_library(const std::string &library) {
  bool is_path = library.contains('/') || library.contains(".so");
  std::string file = is_path ? library : "lib" + library + ".so";
  std::string reason = open_library(file);
  if (reason.empty())
    return "";
  std::string instead = part_of_c_library(library);
  // The message begins with the file that was found.
  if (size_t end = reason.find(": "); instead.empty() && end != reason.npos)
    instead = named_by_script(reason.substr(0, end));
  if (!instead.empty() && open_library(instead).empty())
    return "";
  return reason.starts_with(file) || reason.contains("/" + file) ? reason : file + ": " + reason;
}

} // namespace bitcode
