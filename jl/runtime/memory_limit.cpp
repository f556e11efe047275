// SPDX-License-Identifier: MIT
#include "jl/runtime/memory_limit.h"

#include <sys/resource.h>
#include <unistd.h>

#include <cstdint>
#include <cstdio>

namespace jl {

static size_t page_size() {
  return size_t(sysconf(_SC_PAGESIZE));
}

static size_t mapped_memory() {
  size_t pages = 0;
  if (std::FILE *file = std::fopen("/proc/self/statm", "r")) {
    if (std::fscanf(file, "%zu", &pages) != 1)
      pages = 0;
    std::fclose(file);
  }
  return pages * page_size();
}

size_t physical_memory() {
  return size_t(sysconf(_SC_PHYS_PAGES)) * page_size();
}

size_t address_space_left() {
  rlimit limit;
  if (getrlimit(RLIMIT_AS, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY)
    return SIZE_MAX;
  size_t mapped = mapped_memory();
  return limit.rlim_cur > mapped ? limit.rlim_cur - mapped : 0;
}

} // namespace jl
