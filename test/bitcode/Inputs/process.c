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
static int global = 1;
static int in_child(int x) { return global * 10 + x; }
static int in_parent(int x) { return global * 100 + x; }
static int grandchild(int x) { return in_child(x) + 1; }

/// The parent compiles code while the child does, and each has variables of its own.
static void fork_and_go_on(void) {
  int to_child[2], to_parent[2], status = 0;
  char byte = 0;
  if (pipe(to_child) || pipe(to_parent))
    abort();
  pid_t child = fork();
  if (child == 0) {
    global = 3;
    int result = in_child(3); // compiled in the child
    if (write(to_parent[1], &byte, 1) != 1 || read(to_child[0], &byte, 1) != 1)
      abort();
    pid_t other = fork();
    if (other == 0)
      _exit(grandchild(6) + (result != 33));
    waitpid(other, &status, 0);
    _exit(in_child(3) + (WEXITSTATUS(status) != 37));
  }
  if (read(to_parent[0], &byte, 1) != 1)
    abort();
  printf("parent %d\n", in_parent(7)); // compiled in the parent, where the child's variable is another
  global = 2;
  if (write(to_child[1], &byte, 1) != 1)
    abort();
  waitpid(child, &status, 0);
  printf("child %d\n", WEXITSTATUS(status));
}

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
  signal(SIGUSR1, handler);
  raise(SIGUSR1);
  printf("signal %d\n", seen == SIGUSR1);
  printf("labels %d\n", run("0012"));
  int value = setjmp(back);
  if (value == 0)
    leave(5);
  printf("setjmp %d\n", value);
  fflush(stdout);
  fork_and_go_on();
  if (argc > 1 && strcmp(argv[1], "abort") == 0) {
    fflush(stdout);
    abort();
  }
  exit(3);
}
