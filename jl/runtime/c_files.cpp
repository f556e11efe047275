// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cerrno>
#include <climits>
#include <cstdlib>
#include <cstring>
#include <dirent.h>
#include <fcntl.h>
#include <string>
#include <sys/stat.h>
#include <unistd.h>
#include <vector>

#include "jl/runtime/arrays.h"
#include "jl/runtime/c_function.h"
#include "jl/runtime/io.h"
#include "jl/runtime/strings.h"
#include "jl/runtime/values.h"

using namespace jl;

static const char *path_of(Value *path) {
  return static_cast<String *>(path)->data;
}

C_EXPORT int32_t jl_fd_write(int32_t fd, const char *p, size_t n) {
  return write_fd(fd, {p, n});
}
C_EXPORT int32_t jl_flush() {
  return flush_output();
}

/// Reads once. Ctrl-C while waiting throws.
C_EXPORT int64_t jl_fd_read(int32_t fd, char *p, size_t n) {
  if (fd == 0)
    flush_output(); // prompts come before the wait
  for (;;) {
    ssize_t got = read(fd, p, n);
    if (got >= 0 || errno != EINTR)
      return got;
    jl_stack_check(current_task());
  }
}

C_EXPORT int32_t jl_open(Value *path, int32_t flags, int32_t mode) {
  return open(path_of(path), flags | O_CLOEXEC, mode_t(mode));
}

C_EXPORT int32_t jl_close(int32_t fd) {
  return close(fd);
}

C_EXPORT int64_t jl_seek(int32_t fd, int64_t offset, int32_t whence) {
  return lseek(fd, offset, whence);
}
C_EXPORT int32_t jl_truncate(int32_t fd, int64_t size) {
  return ftruncate(fd, size);
}

C_EXPORT int32_t jl_stat(Value *path, int64_t *out, int32_t follow) {
  struct stat s;
  if ((follow ? stat : lstat)(path_of(path), &s) != 0)
    return -1;
  const int64_t fields[] = {
      int64_t(s.st_mode), s.st_size,         s.st_mtim.tv_sec * 1000000000 + s.st_mtim.tv_nsec,
      int64_t(s.st_ino),  int64_t(s.st_dev), int64_t(s.st_nlink),
      int64_t(s.st_uid),  int64_t(s.st_gid)};
  memcpy(out, fields, sizeof fields);
  return 0;
}

static Value *string_list(std::vector<std::string> &list) {
  std::sort(list.begin(), list.end());
  Task *task = current_task();
  Array *vector = new_vector_any(task);
  for (const std::string &text : list)
    push(task, vector, new_string(task, text));
  return vector;
}

C_EXPORT Value *jl_list_directory(Value *path) {
  DIR *directory = opendir(path_of(path));
  if (!directory)
    return nothing_value();
  std::vector<std::string> names;
  while (dirent *entry = readdir(directory))
    if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
      names.push_back(entry->d_name);
  closedir(directory);
  return string_list(names);
}

extern char **environ;

C_EXPORT Value *jl_environment() {
  std::vector<std::string> variables;
  for (char **variable = environ; *variable; variable++)
    variables.push_back(*variable);
  return string_list(variables);
}

C_EXPORT Value *jl_real_path(Value *path) {
  char resolved[PATH_MAX];
  return realpath(path_of(path), resolved) ? new_string(current_task(), resolved) : nothing_value();
}

C_EXPORT int32_t jl_isatty(int32_t fd) {
  return isatty(fd);
}
C_EXPORT int32_t jl_errno() {
  return errno;
}

C_EXPORT Value *jl_error_text(int32_t error) {
  char text[128];
  return new_string(current_task(), strerror_r(error, text, sizeof text));
}
