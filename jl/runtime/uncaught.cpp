// SPDX-License-Identifier: MIT
// How an error that nobody caught is shown.
#include <string>

#include "jl/runtime/error_text.h"
#include "jl/runtime/exception_stack.h"
#include "jl/runtime/io.h"
#include "jl/runtime/method.h"
#include "jl/runtime/module.h"
#include "jl/runtime/strings.h"
#include "jl/runtime/values.h"

namespace jl {

namespace {

/// sprint(showerror, exception) of Base; null when there is none yet or it fails itself.
Value *message_from_base(Task *task, Value *exception) {
  Value *sprint = modules::Base ? global_value(modules::Base, Symbol::intern("sprint")) : nullptr;
  Value *showerror = modules::Base ? global_value(modules::Base, Symbol::intern("showerror")) : nullptr;
  if (!sprint || !showerror)
    return nullptr;
  Handler handler;
  if (TRY_ENTER(task, handler)) {
    Value *arguments[] = {showerror, exception};
    Value *text = apply_latest(task, sprint, arguments, 2);
    handler_leave(task, &handler);
    return is_string(text) ? text : nullptr;
  }
  pop_exception(task, handler.exception_depth);
  return nullptr;
}

std::string message(Task *task, Value *exception) {
  Value *text = message_from_base(task, exception);
  return text ? std::string(string_view_of(text)) : error_text(exception);
}

std::string trace(Value *backtrace) {
  if (!backtrace || type_of(backtrace) != backtrace_type)
    return "";
  std::string text = stacktrace_text(backtrace_frames(static_cast<Backtrace *>(backtrace)));
  return text.empty() ? "" : "\n" + text;
}

/// Message and trace; for a LoadError the error inside it, then where each file was being read.
std::string report(Task *task, Value *exception, Value *backtrace) {
  std::string prefix, places;
  while (type_of(exception) == types::LoadError) {
    prefix += "LoadError: ";
    places = "\nin expression starting at " +
             std::string(string_view_of(field_named(task, exception, "file"))) + ":" +
             std::to_string(unbox_int64(field_named(task, exception, "line"))) + places;
    exception = field_named(task, exception, "error");
  }
  return prefix + message(task, exception) + trace(backtrace) + places;
}

} // namespace

void print_uncaught(Task *task, Value *exception, Value *backtrace, int fd) {
  std::string text = "ERROR: " + report(task, exception, backtrace) + "\n";
  auto stack = exception_stack(task);
  if (!stack.empty() && stack.back().exception == exception)
    for (size_t i = stack.size() - 1; i-- > 0;)
      text += "\ncaused by: " + report(task, stack[i].exception, stack[i].backtrace) + "\n";
  write_fd(fd, text);
}

} // namespace jl
