// SPDX-License-Identifier: MIT
// A client in plain C99, compiled with every warning: f(x) = g(x) + 1 calls g before g has code. Part of
// capi_test.
#include <llvm-c/Core.h>

#include "ligature-c/ligature.h"

#include <stdio.h>
#include <string.h>

#if LIGATURE_VERSION < 100
#error "the version has to be usable in #if"
#endif

int64_t c99_client(char *problem, size_t size);

struct function {
  LigatureEntry entry;
  struct function *callee; // NULL: returns its argument plus 40
};

struct language {
  LigatureSession *session;
  LigatureError error;
};

static LigatureUnit *emit(struct function *f) {
  LigatureUnitBuilder *builder = ligature_unit_builder_create(NULL, true);
  LLVMContextRef context = ligature_context(builder);
  LLVMTypeRef i64 = LLVMInt64TypeInContext(context);
  LLVMTypeRef type = LLVMFunctionType(i64, &i64, 1, false);
  LLVMValueRef function = ligature_create_function(builder, "f_", type);
  ligature_define(builder, &f->entry, LigatureAbiArgs, NULL, function, f->callee ? "f" : "g");
  LLVMBuilderRef ir = LLVMCreateBuilderInContext(context);
  LLVMPositionBuilderAtEnd(ir, LLVMAppendBasicBlockInContext(context, function, "top"));
  LLVMValueRef x = LLVMGetParam(function, 0);
  if (f->callee) {
    LLVMValueRef callee =
        ligature_call_target(builder, &f->callee->entry, LigatureAbiArgs, "j_g_", type, LLVMCCallConv, NULL);
    x = LLVMBuildCall2(ir, type, callee, &x, 1, "");
  }
  LLVMBuildRet(ir, LLVMBuildAdd(ir, x, LLVMConstInt(i64, f->callee ? 1 : 40, false), ""));
  LLVMDisposeBuilder(ir);
  return ligature_finish(builder);
}

static void *compile_for_call(void *data, LigatureEntry *entry, LigatureAbi abi) {
  struct language *language = data;
  void *address = NULL;
  language->error = ligature_link(language->session, emit((struct function *)entry), NULL);
  if (!language->error)
    language->error = ligature_callable(language->session, entry, abi, &address);
  return address;
}

int64_t c99_client(char *problem, size_t size) {
  struct function g = {{NULL, {NULL, NULL, NULL}}, NULL};
  struct function f = {{NULL, {NULL, NULL, NULL}}, NULL};
  struct language language = {NULL, NULL};
  LigatureClient client;
  LigaturePublication code;
  int64_t result = 0;
  f.callee = &g;
  memset(&client, 0, sizeof client);
  client.size = sizeof client;
  client.data = &language;
  client.compile_for_call = compile_for_call;
  language.error = ligature_session_create(NULL, &client, &language.session);
  if (!language.error)
    language.error = ligature_link(language.session, emit(&f), NULL);
  if (!language.error && ligature_read_published(language.session, &f.entry, &code)) {
    int64_t (*run)(int64_t);
    memcpy(&run, &code.specptr, sizeof run); // ISO C has no cast from object to function pointer
    result = run(1);
  }
  if (language.error)
    snprintf(problem, size, "%s", language.error);
  ligature_free(language.error);
  ligature_session_dispose(language.session);
  return result;
}
