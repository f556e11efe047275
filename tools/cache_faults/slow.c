// SPDX-License-Identifier: MIT
// A disk that is slow, and a library that ends with the process: preloaded, it takes its time over every
// write to the object cache, and what it needs for one is gone once its destructor has run. Other libraries
// that can be preloaded are like that.
#include <sys/mman.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

static volatile char *needed;

static void pause_for(long milliseconds) {
  struct timespec time = {0, milliseconds * 1000000};
  nanosleep(&time, 0);
}

__attribute__((constructor)) static void begin(void) {
  needed = mmap(0, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
}

__attribute__((destructor)) static void end(void) {
  munmap((void *)needed, 4096);
  pause_for(300); // as long as other libraries' destructors may take: somebody comes to write
}

static ssize_t write_slowly(int file, const void *bytes, size_t size, off_t position) {
  pause_for(40);
  *needed = 1;
  return syscall(SYS_pwrite64, file, bytes, size, position);
}

ssize_t pwrite(int file, const void *bytes, size_t size, off_t position) {
  return write_slowly(file, bytes, size, position);
}
ssize_t pwrite64(int file, const void *bytes, size_t size, off_t position) {
  return write_slowly(file, bytes, size, position);
}
