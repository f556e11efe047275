// SPDX-License-Identifier: MIT
//
// A client of the C API for its tests: functions of one integer with the plain C convention, entries that are
// emitted when they are called, callbacks that are counted. To be included behind gtest/gtest.h.
#pragma once

#include "ligature-c/ligature.h"

#include <llvm-c/Core.h>
#include <llvm-c/DebugInfo.h>

#include <atomic>
#include <csetjmp>
#include <cstring>
#include <map>
#include <string>
#include <vector>

namespace ligature::capi::toy {

/// Takes the text over.
inline std::string text(char *owned) {
  std::string copy = owned ? owned : "";
  ligature_free(owned);
  return copy;
}
#define EXPECT_OK(call) EXPECT_EQ(text(call), "")
#define ASSERT_OK(call) ASSERT_EQ(text(call), "")

inline std::jmp_buf escape;
inline std::string escaped_with;
inline void raise_and_jump(const char *reason) {
  escaped_with = reason;
  std::longjmp(escape, 1);
}

inline int64_t twice(int64_t x) {
  return 2 * x;
}

/// Emits functions of one integer, with the plain C convention: Args for this client.
struct Emitter {
  LigatureUnitBuilder *builder = ligature_unit_builder_create(nullptr, false);
  LLVMTypeRef i64 = LLVMInt64TypeInContext(ligature_context(builder));
  LLVMTypeRef type = LLVMFunctionType(i64, &i64, 1, 0);
  LLVMBuilderRef ir = LLVMCreateBuilderInContext(ligature_context(builder));
  LLVMValueRef function = nullptr;

  ~Emitter() { LLVMDisposeBuilder(ir); }
  LLVMValueRef begin(const char *base) {
    function = ligature_create_function(builder, base, type);
    LLVMPositionBuilderAtEnd(ir, LLVMAppendBasicBlockInContext(ligature_context(builder), function, "top"));
    return LLVMGetParam(function, 0);
  }
  LLVMValueRef number(int64_t value) { return LLVMConstInt(i64, static_cast<uint64_t>(value), 1); }
  LLVMValueRef call(LLVMValueRef callee, LLVMValueRef argument) {
    return LLVMBuildCall2(ir, type, callee, &argument, 1, "");
  }
  LigatureUnit *finish(LLVMValueRef result) {
    LLVMBuildRet(ir, result);
    return ligature_finish(builder);
  }
};

inline LigatureUnit *plus(LigatureEntry &entry, int64_t n) {
  Emitter e;
  LLVMValueRef x = e.begin("plus_");
  ligature_define(e.builder, &entry, LigatureAbiArgs, nullptr, e.function, "plus");
  return e.finish(LLVMBuildAdd(e.ir, x, e.number(n), ""));
}

/// f(x) = x + 5, at line 7 of `method`.
inline LigatureUnit *plus_five_at_line_7(LigatureEntry &f, const void *method) {
  Emitter e;
  LLVMDIBuilderRef info = LLVMCreateDIBuilder(ligature_module(e.builder));
  const char *file_name = ligature_position_file();
  LLVMMetadataRef file = LLVMDIBuilderCreateFile(info, file_name, std::strlen(file_name), "", 0);
  LLVMDIBuilderCreateCompileUnit(info, LLVMDWARFSourceLanguageC, file, "", 0, 0, "", 0, 0, "", 0,
                                 LLVMDWARFEmissionFull, 0, 0, 0, "", 0, "", 0);
  LLVMMetadataRef type = LLVMDIBuilderCreateSubroutineType(info, file, nullptr, 0, LLVMDIFlagZero);
  LLVMValueRef x = e.begin("f_");
  ligature_define(e.builder, &f, LigatureAbiArgs, nullptr, e.function, "f");
  std::string linkage = text(ligature_position(e.builder, method));
  EXPECT_EQ(linkage, "m0");
  LLVMMetadataRef program = LLVMDIBuilderCreateFunction(info, file, "f", 1, linkage.c_str(), linkage.size(),
                                                        file, 0, type, 0, 1, 0, LLVMDIFlagZero, 1);
  LLVMSetSubprogram(e.function, program);
  LLVMSetCurrentDebugLocation2(
      e.ir, LLVMDIBuilderCreateDebugLocation(ligature_context(e.builder), 7, 1, program, nullptr));
  LLVMValueRef result = LLVMBuildAdd(e.ir, x, e.number(5), "");
  LLVMDIBuilderFinalize(info);
  LLVMDisposeDIBuilder(info);
  return e.finish(result);
}

/// f(x) = callee(x) + 1
inline LigatureUnit *calls(LigatureEntry &entry, LigatureEntry &callee, LigatureAbi abi = LigatureAbiArgs) {
  Emitter e;
  LLVMValueRef x = e.begin("caller_");
  ligature_define(e.builder, &entry, LigatureAbiArgs, nullptr, e.function, "caller");
  LLVMValueRef target =
      ligature_call_target(e.builder, &callee, abi, "j_callee_", e.type, LLVMCCallConv, nullptr);
  return e.finish(LLVMBuildAdd(e.ir, e.call(target, x), e.number(1), ""));
}

/// f(x) = callee(x)
inline LigatureUnit *calls_function(LigatureEntry &entry, LLVMValueRef (*callee)(Emitter &)) {
  Emitter e;
  LLVMValueRef x = e.begin("f_");
  ligature_define(e.builder, &entry, LigatureAbiArgs, nullptr, e.function, "f");
  return e.finish(e.call(callee(e), x));
}

/// A session with its client, which knows how to emit entries when they are called.
struct Client {
  LigatureSession *session = nullptr;
  std::map<LigatureEntry *, LigatureUnit *(*)(LigatureEntry &)> emitters;
  std::atomic<int> compiled{0}, adapters{0}, slots{0}, started{0}, stopped{0}, cells{0};
  LigatureClient functions{};

  explicit Client(void (*adjust)(LigatureOptions &, LigatureClient &) = nullptr) {
    functions.size = sizeof functions;
    functions.data = this;
    functions.compile_for_call = [](void *data, LigatureEntry *entry, LigatureAbi abi) {
      return static_cast<Client *>(data)->compile(entry, abi);
    };
    functions.find_runtime = [](void *, const char *name) -> void * {
      return std::strcmp(name, "twice") == 0 ? reinterpret_cast<void *>(twice) : nullptr;
    };
    functions.foreign_error = raise_and_jump;
    functions.cells_mapped = [](void *data, void *, void *) { ++static_cast<Client *>(data)->cells; };
    functions.thread_started = [](void *data) { ++static_cast<Client *>(data)->started; };
    functions.thread_stopped = [](void *data) { ++static_cast<Client *>(data)->stopped; };
    LigatureOptions options;
    ligature_options_init(&options);
    options.reserve_bytes = size_t{64} << 20;
    options.opt_level = 1;
    options.verify = true;
    if (adjust)
      adjust(options, functions);
    EXPECT_OK(ligature_session_create(&options, &functions, &session));
  }
  ~Client() { ligature_session_dispose(session); }

  void *compile(LigatureEntry *entry, LigatureAbi abi) {
    bool found = false;
    EXPECT_OK(ligature_require(session, entry, &found));
    if (!found) {
      ++compiled;
      EXPECT_OK(ligature_link(session, emitters.at(entry)(*entry), nullptr));
    }
    void *address = nullptr;
    EXPECT_OK(ligature_callable(session, entry, abi, &address));
    return address;
  }
  LigatureLinkedUnit *link(LigatureUnit *unit) {
    LigatureLinkedUnit *linked = nullptr;
    EXPECT_OK(ligature_link(session, unit, &linked));
    return linked;
  }
  int64_t call(LigatureEntry &entry, int64_t argument) {
    LigaturePublication code{};
    EXPECT_TRUE(ligature_read_published(session, &entry, &code));
    return reinterpret_cast<int64_t (*)(int64_t)>(code.specptr)(argument);
  }
  std::string stats() { return text(ligature_stats_json(session)); }
};

} // namespace ligature::capi::toy
