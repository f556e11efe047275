// SPDX-License-Identifier: MIT
#include "jl/engine/frames.h"

#include "jl/lower/lowered.h"
#include "jl/runtime/backtrace.h"
#include "jl/runtime/exceptions.h"

namespace jl {

static void resolve(const BacktraceEntry &entry, std::vector<StackFrame> &out) {
  const CodeInfo &code = *entry.code;
  LineInfo line{code.file, code.first_line};
  if (entry.statement < code.statements.size() && code.statements[entry.statement].line < code.lines.size())
    line = code.lines[code.statements[entry.statement].line];
  const MethodInstance *instance = entry.instance;
  out.push_back({frame_signature(instance, argument_names(code)),
                 line.file ? std::string(line.file.text()) : "", line.line, false,
                 instance->def ? instance->def->module : instance->module});
}

void argument_names(Task *task, Method *method, GcVector<Symbol> &out) {
  Handler handler;
  if (TRY_ENTER(task, handler)) {
    const CodeInfo *code = method->builtin ? nullptr : method_source(task, method);
    handler_leave(task, &handler);
    if (code)
      out = argument_names(*code);
  } else { // a body with a fault in it
    pop_exception(task, handler.exception_depth);
  }
}

void install_interpreted_frame_resolver() {
  set_interpreted_frame_resolver(resolve);
}

} // namespace jl
