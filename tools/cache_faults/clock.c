// SPDX-License-Identifier: MIT
// A clock that jumps: preloaded, it moves the time of day by as many seconds as the file named by
// CLOCK_OFFSET_FILE says, looked up at every reading. Clocks that only go forward are left alone, as they are
// by whoever sets a real clock.
#include <fcntl.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

static long offset(void) {
  char text[32] = {0};
  const char *name = getenv("CLOCK_OFFSET_FILE");
  int file = name ? open(name, O_RDONLY | O_CLOEXEC) : -1;
  if (file < 0)
    return 0;
  ssize_t length = read(file, text, sizeof text - 1);
  close(file);
  return length > 0 ? atol(text) : 0;
}

int clock_gettime(clockid_t clock, struct timespec *time) {
  int status = (int)syscall(SYS_clock_gettime, clock, time);
  if (status == 0 && clock == CLOCK_REALTIME)
    time->tv_sec += offset();
  return status;
}
