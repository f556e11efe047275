// main's thread ends before the process does: by pthread_exit, with and without other threads.
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void at_exit(void) { puts("at exit"); }
static int twice(int x) { return 2 * x; }

static void *late(void *argument) {
  usleep(100000);
  printf("thread %d\n", twice(*(int *)argument));
  return NULL;
}

static void *waits(void *argument) {
  puts("waits");
  fflush(stdout);
  for (;;)
    pause();
}

int main(int argc, char **argv) {
  static int value = 21;
  pthread_t thread;
  atexit(at_exit);
  if (argc > 1)
    pthread_create(&thread, NULL, strcmp(argv[1], "late") == 0 ? late : waits, &value);
  puts("main ends");
  fflush(stdout);
  pthread_exit(NULL);
}
