// One half of a program in two files whose static names collide.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

extern int shared;
int tentative[4];
int twice(int x);
const char *other_name(void);
__attribute__((weak)) int optional(void);
__attribute__((weak)) const char *chosen(void) { return "weak"; }
static int counter = 10;
static const char *name(void) { return "program"; }
static int next(void) { return ++counter; }
int (*operations[])(void) = {next, next};
int (*address_of_twice(void))(int);
static void bye(void) { printf("bye %d\n", counter); }
__attribute__((constructor)) static void begin(int argc, char **argv) { printf("constructor %d %s\n", argc, argv[1]); }
__attribute__((destructor)) static void end(void) { puts("destructor"); }

int main(int argc, char **argv) {
  char line[80] = "";
  atexit(bye);
  printf("%s %s, %d arguments: %s\n", name(), other_name(), argc, strrchr(argv[0], '/') ? "path" : argv[0]);
  printf("%d %d %d %s\n", twice(shared), operations[0]() + operations[1](), tentative[3], chosen());
  printf("same address: %d, optional: %d\n", address_of_twice() == twice, optional != 0);
  if (fgets(line, sizeof line, stdin))
    printf("read %s", line);
  fputs("to stderr\n", stderr);
  return argc + 40;
}
