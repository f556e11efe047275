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

struct Said {
  std::string text;
  bool with_trace; // the exception shows of its trace what it wants to
};

/// What Base says of an exception; false when there is no Base yet or it fails itself.
bool said_by_base(Task *task, Value *exception, Value *backtrace, Said &said) {
  Value *say = modules::Base ? global_value(modules::Base, Symbol::intern("_uncaught_text")) : nullptr;
  if (!say)
    return false;
  Handler handler;
  if (TRY_ENTER(task, handler)) {
    Value *arguments[] = {exception, backtrace ? backtrace : nothing_value()};
    Value *pair = apply_latest(task, say, arguments, 2);
    Value *text = get_field(task, pair, 0), *with_trace = get_field(task, pair, 1);
    handler_leave(task, &handler);
    said = {std::string(string_view_of(text)), with_trace == true_value()};
    return true;
  }
  pop_exception(task, handler.exception_depth);
  return false;
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
  Said said;
  if (!said_by_base(task, exception, backtrace, said))
    said = {error_text(exception), false};
  return prefix + said.text + (said.with_trace ? "" : trace(backtrace)) + places;
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
