// Signals, fork, computed goto, setjmp.
#include <setjmp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static volatile sig_atomic_t seen;
static void helper(int number) { seen = number; }
static void handler(int number) { helper(number); }
static jmp_buf back;
static void leave(int value) { longjmp(back, value); }
static int in_child(void) { return 33; }

static int run(const char *code) {
  static const void *const labels[] = {&&plus, &&minus, &&stop};
  int value = 0;
#define NEXT goto *labels[*code++ - '0']
  NEXT;
plus:
  value += 10;
  NEXT;
minus:
  value -= 3;
  NEXT;
stop:
  return value;
}

int main(int argc, char **argv) {
  int status = 0;
  signal(SIGUSR1, handler);
  raise(SIGUSR1);
  printf("signal %d\n", seen == SIGUSR1);
  printf("labels %d\n", run("0012"));
  int value = setjmp(back);
  if (value == 0)
    leave(5);
  printf("setjmp %d\n", value);
  fflush(stdout);
  pid_t child = fork();
  if (child == 0)
    _exit(in_child()); // compiled in the child
  waitpid(child, &status, 0);
  printf("child %d\n", WEXITSTATUS(status));
  if (argc > 1 && strcmp(argv[1], "abort") == 0) {
    fflush(stdout);
    abort();
  }
  exit(3);
}
