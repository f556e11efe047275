// SPDX-License-Identifier: MIT
//
// A language in C: its functions take and return one number and are known by name. Shows the whole way from
// "somebody calls square_plus" to machine code: each function is a unit of its own, made when it is first
// called, and can be defined anew while the program runs.
//
//   cc embed.c $(pkg-config --cflags --libs ligature) -o embed && ./embed
//
// Given a folder, ./embed FOLDER, it keeps there what it compiles, and a second run compiles nothing.
#include <llvm-c/Core.h>

#include <ligature-c/ligature.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// x -> callee(x) * factor + term, or x * factor + term where there is no callee.
struct function {
  LigatureEntry entry; // first, so that an entry is a function
  const char *name;
  struct function *callee;
  int64_t factor, term;
  LigatureLinkedUnit *linked;
};

static LigatureSession *session;

// Errors are texts; this program has no better idea than to show them and to end.
static void check(LigatureError error) {
  if (!error)
    return;
  fprintf(stderr, "embed: %s\n", error);
  exit(1);
}

// Nothing in the module says where anything is: the callee is a name that link info explains, so the unit is
// the same in every run, whatever has been compiled before.
static LigatureUnit *emit(struct function *f) {
  LigatureUnitBuilder *builder = ligature_unit_builder_create(NULL, true);
  LLVMContextRef context = ligature_context(builder);
  LLVMTypeRef number = LLVMInt64TypeInContext(context);
  LLVMTypeRef type = LLVMFunctionType(number, &number, 1, false);
  LLVMValueRef function = ligature_create_function(builder, f->name, type);
  ligature_define(builder, &f->entry, LigatureAbiArgs, NULL, function, f->name);

  LLVMBuilderRef ir = LLVMCreateBuilderInContext(context);
  LLVMPositionBuilderAtEnd(ir, LLVMAppendBasicBlockInContext(context, function, "top"));
  LLVMValueRef x = LLVMGetParam(function, 0);
  if (f->callee) {
    LLVMValueRef callee = ligature_call_target(builder, &f->callee->entry, LigatureAbiArgs, f->callee->name,
                                               type, LLVMCCallConv, NULL);
    x = LLVMBuildCall2(ir, type, callee, &x, 1, "");
  }
  x = LLVMBuildMul(ir, x, LLVMConstInt(number, (unsigned long long)f->factor, true), "");
  LLVMBuildRet(ir, LLVMBuildAdd(ir, x, LLVMConstInt(number, (unsigned long long)f->term, true), ""));
  LLVMDisposeBuilder(ir);
  return ligature_finish(builder);
}

// A call has reached a function that has no code yet.
static void *compile_for_call(void *data, LigatureEntry *entry, LigatureAbi abi) {
  struct function *f = (struct function *)entry;
  bool known = false; // another thread may have been faster; this program has only one
  void *code = NULL;
  (void)data;
  check(ligature_require(session, entry, &known));
  if (!known) {
    printf("compiling %s\n", f->name);
    check(ligature_link(session, emit(f), &f->linked));
  }
  check(ligature_callable(session, entry, abi, &code));
  return code;
}

static int64_t call(struct function *f, int64_t argument) {
  int64_t (*code)(int64_t);
  void *address;
  check(ligature_stub(session, &f->entry, LigatureAbiArgs, &address)); // compiles when it is called
  memcpy(&code, &address, sizeof code);
  return code(argument);
}

static void redefine(struct function *f, int64_t factor) {
  f->factor = factor;
  ligature_unlink(session, f->linked);
  f->linked = NULL;
}

// A tool that makes things by other means keeps them as well, in a namespace of its own.
static long long fibonacci(int n) {
  return n < 2 ? n : fibonacci(n - 1) + fibonacci(n - 2);
}

static long long kept_fibonacci(LigatureCache *cache, int n) {
  LigatureCacheKey key; // of all that decides what the value is
  LigatureCacheValue found;
  char input[40];
  long long value;
  snprintf(input, sizeof input, "embed.c 1: fibonacci %d", n);
  key = ligature_cache_key(input, strlen(input));
  if (ligature_cache_get(cache, "embed.c", &key, &found)) {
    bool is_whole = found.size == sizeof value;
    if (is_whole)
      memcpy(&value, found.bytes, sizeof value);
    ligature_cache_value_release(&found);
    if (is_whole)
      return value;
  }
  value = fibonacci(n);
  ligature_cache_put(cache, "embed.c", &key, &value, sizeof value, 10000);
  return value;
}

static LigatureCache *open_cache(const char *folder) {
  LigatureCache *cache;
  LigatureCacheOptions options;
  ligature_cache_options_init(&options);
  options.folder = folder;
  check(ligature_cache_open(&options, &cache));
  return cache;
}

// What was not found was made, and will be found the next time.
static void close_cache(LigatureCache *cache) {
  LigatureCacheCounters counters;
  printf("fibonacci(25) = %lld\n", kept_fibonacci(cache, 25));
  counters.size = sizeof counters;
  ligature_cache_counters(cache, &counters);
  printf("found %llu of %llu in the cache\n", (unsigned long long)counters.hits,
         (unsigned long long)(counters.hits + counters.misses));
  ligature_cache_finish(cache, 1000);
  ligature_cache_dispose(cache);
}

int main(int argc, char **argv) {
  struct function twice = {{NULL, {NULL, NULL, NULL}}, "twice", NULL, 2, 0, NULL};
  struct function twice_plus = {{NULL, {NULL, NULL, NULL}}, "twice_plus", &twice, 1, 1, NULL};
  LigatureClient client = {0};
  LigatureOptions options;
  client.size = sizeof client;
  client.compile_for_call = compile_for_call;
  ligature_options_init(&options);
  options.verify = true;
  options.cache = argc > 1 ? open_cache(argv[1]) : NULL; // NULL: no cache
  check(ligature_session_create(&options, &client, &session));
  printf("ligature %d.%d\n", LIGATURE_VERSION_MAJOR, LIGATURE_VERSION_MINOR);

  printf("twice_plus(20) = %lld\n", (long long)call(&twice_plus, 20));
  printf("twice_plus(21) = %lld\n", (long long)call(&twice_plus, 21)); // nothing is compiled again
  redefine(&twice, 3);
  printf("twice_plus(21) = %lld\n", (long long)call(&twice_plus, 21)); // the caller follows

  ligature_release(twice.linked);
  ligature_release(twice_plus.linked);
  ligature_session_dispose(session);
  if (options.cache)
    close_cache(options.cache);
  return 0;
}
