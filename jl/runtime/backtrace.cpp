// SPDX-License-Identifier: MIT
#include "jl/runtime/backtrace.h"

#include <cstdlib>
#include <map>
#include <tuple>

#include "jl/runtime/gc.h"
#include "jl/runtime/module.h"
#include "jl/runtime/signals.h"
#include "jl/runtime/types.h"

namespace jl {

DataType *backtrace_type = nullptr;

namespace {

NativeFrameResolver native_resolver = nullptr;
InterpretedFrameResolver interpreted_resolver = nullptr;

/// The C frame that a frame pointer points to: the caller's frame pointer, and the address in the caller.
struct NativeFrame {
  NativeFrame *caller;
  uintptr_t return_address;
};

/// Code without frame pointers may leave anything in the register: only go outwards, and never leave the
/// stack.
bool is_plausible(const Task *task, const void *frame, const void *inner) {
  return frame > inner && static_cast<const char *>(frame) + sizeof(NativeFrame) <= task->stack_base &&
         reinterpret_cast<uintptr_t>(frame) % alignof(NativeFrame) == 0;
}

/// Calls `visit(entry)` for each activation from `frame` outwards, until it gives false.
template <class Visit> void walk(const Task *task, const NativeFrame *frame, Visit visit) {
  InterpreterFrame *interpreted = task->interpreter_frame;
  auto visit_interpreted_below = [&](const void *limit) {
    for (; interpreted && interpreted->frame_address < limit; interpreted = interpreted->previous)
      if (interpreted->in_backtrace = true;
          !visit({0, interpreted->instance, interpreted->code, interpreted->statement}))
        return false;
    return true;
  };
  // What returns to `return_address` has its own frame at `caller`, so interpreters with lower frames are
  // within it.
  while (is_plausible(task, frame->caller, frame)) {
    if (!visit_interpreted_below(frame->caller))
      return;
    if (is_generated_code(frame->return_address - 1) && !visit({frame->return_address, nullptr, nullptr, 0}))
      return;
    frame = frame->caller;
  }
  visit_interpreted_below(reinterpret_cast<void *>(~uintptr_t(0)));
}

} // namespace

Backtrace *capture_backtrace(Task *task, void *frame_address) {
  auto *start = static_cast<NativeFrame *>(frame_address);
  size_t count = 0;
  walk(task, start, [&](const BacktraceEntry &) { return ++count < kMaxBacktrace; });
  DataType *type = backtrace_type ? backtrace_type : types::SimpleVector_;
  size_t bytes = sizeof(Backtrace) + count * sizeof(BacktraceEntry);
  auto *backtrace = static_cast<Backtrace *>(alloc_scanned_object(task, type, bytes));
  walk(task, start, [&](const BacktraceEntry &entry) {
    backtrace->entries[backtrace->count++] = entry;
    return backtrace->count < count;
  });
  return backtrace;
}

void set_native_frame_resolver(NativeFrameResolver resolver) {
  native_resolver = resolver;
}
void set_interpreted_frame_resolver(InterpretedFrameResolver resolver) {
  interpreted_resolver = resolver;
}

static StackFrame unresolved_frame(const BacktraceEntry &entry) {
  if (!entry.instance)
    return {"unknown function", "", 0, false, nullptr};
  const Method *method = entry.instance->def;
  return {frame_signature(entry.instance, {}), method ? std::string(method->file.text()) : "",
          method ? method->line : 0, false, method ? method->module : nullptr};
}

static std::vector<StackFrame> resolve_entry(const BacktraceEntry &entry) {
  std::vector<StackFrame> frames;
  if (entry.instance && !entry.code) // a compiled thunk: its code has an entry of its own
    return frames;
  if (entry.instance && interpreted_resolver)
    interpreted_resolver(entry, frames);
  else if (!entry.instance && native_resolver)
    native_resolver(entry.pc, frames);
  if (frames.empty() && entry.instance)
    frames.push_back(unresolved_frame(entry));
  return frames;
}

std::vector<StackFrame> backtrace_frames(const Backtrace *backtrace) {
  // Endless recursion gives tens of thousands of entries, all of a few places.
  using Place = std::tuple<uintptr_t, const void *, uint32_t>;
  std::map<Place, std::vector<StackFrame>> known;
  std::vector<StackFrame> frames;
  for (size_t i = 0; i < backtrace->count; i++) {
    const BacktraceEntry &entry = backtrace->entries[i];
    auto [place, is_new] = known.try_emplace({entry.pc, entry.instance, entry.statement});
    if (is_new)
      place->second = resolve_entry(entry);
    frames.insert(frames.end(), place->second.begin(), place->second.end());
  }
  return frames;
}

// --- Text -------------------------------------------------------------------------------------------------

static std::string argument_text(Value *type, Symbol name) {
  std::string text = name && !name.text().starts_with("#") ? std::string(name.text()) : "";
  return type == types::Any ? (text.empty() ? "::Any" : text) : text + "::" + type_to_string(type);
}

namespace {

/// Arguments `from`..`to` of an instance, as `x::Int64, ::String`.
std::string arguments_text(const DataType *tuple, std::span<const Symbol> names, size_t from, size_t to) {
  std::string text;
  for (size_t i = from; i < to; i++) {
    Symbol name = i - 1 < names.size() ? names[i - 1] : Symbol();
    text += (i > from ? ", " : "") + argument_text(tuple->parameters->data[i], name);
  }
  return text;
}

/// The body method of `f(x; k)` is `#f#3(k, f, x)`; what to call it, or empty when the instance is none.
std::string_view keyword_body_name(const Method *method) {
  std::string_view name = method->name.text();
  size_t end = name.rfind('#');
  bool is_body = method->nkw > 0 && name.starts_with('#') && end > 1 && end + 1 < name.size();
  return is_body ? name.substr(1, end - 1) : std::string_view();
}

} // namespace

std::string frame_signature(const MethodInstance *instance, std::span<const Symbol> argument_names) {
  if (!instance->def)
    return "top-level scope";
  auto *tuple = static_cast<DataType *>(unwrap_union_all(instance->spec_types));
  size_t count = tuple->parameters->length, keywords = size_t(instance->def->nkw);
  std::string_view name = keyword_body_name(instance->def);
  if (!name.empty() && count >= keywords + 2)
    return std::string(name) + "(" + arguments_text(tuple, argument_names, keywords + 2, count) + "; " +
           arguments_text(tuple, argument_names, 1, keywords + 1) + ")";
  return callee_to_string(tuple->parameters->data[0]) + "(" +
         arguments_text(tuple, argument_names, 1, count) + ")";
}

/// A path as shown to users: the home directory as `~`.
static std::string shown_path(const std::string &path) {
  const char *home = getenv("HOME");
  std::string prefix = home && *home ? std::string(home) + "/" : "";
  return !prefix.empty() && path.starts_with(prefix) ? "~/" + path.substr(prefix.size()) : path;
}

namespace {

bool same_frame(const StackFrame &a, const StackFrame &b) {
  return a.line == b.line && a.function == b.function && a.file == b.file && a.inlined == b.inlined;
}

/// Frames with neighbours that are equal put together, and cycles of several frames found.
struct Repetition {
  size_t first, length; // frames of one round
  size_t rounds;        // 1: no repetition
};

size_t rounds_at(std::span<const StackFrame> frames, size_t first, size_t length) {
  size_t rounds = 1;
  auto equal_round = [&](size_t start) {
    for (size_t i = 0; i < length; i++)
      if (!same_frame(frames[first + i], frames[start + i]))
        return false;
    return true;
  };
  while (first + (rounds + 1) * length <= frames.size() && equal_round(first + rounds * length))
    rounds++;
  return rounds;
}

constexpr size_t kLongestCycle = 20;
constexpr size_t kManyFrames = 50; // cycles are only folded in traces longer than this

std::vector<Repetition> find_repetitions(std::span<const StackFrame> frames) {
  std::vector<Repetition> out;
  size_t longest = frames.size() > kManyFrames ? kLongestCycle : 1;
  for (size_t i = 0; i < frames.size();) {
    Repetition best = {i, 1, rounds_at(frames, i, 1)};
    for (size_t length = 2; length <= longest && best.rounds == 1; length++)
      if (size_t rounds = rounds_at(frames, i, length); rounds > 2)
        best = {i, length, rounds};
    out.push_back(best);
    i += best.length * best.rounds;
  }
  return out;
}

class TraceWriter {
public:
  explicit TraceWriter(size_t numbers) : width_(std::to_string(numbers).size() + 2) {}

  void frame(const StackFrame &frame, size_t number, size_t times) {
    std::string tag = "[" + std::to_string(number) + "]";
    text_ += "\n " + std::string(width_ - tag.size(), ' ') + tag + " " + frame.function;
    if (times > 1)
      text_ += " (repeats " + std::to_string(times) + " times)";
    text_ += "\n" + std::string(width_, ' ') + "@ ";
    if (frame.module && frame.function != "top-level scope")
      text_ += module_path(frame.module) + " ";
    text_ += shown_path(frame.file) + ":" + std::to_string(frame.line) + (frame.inlined ? " [inlined]" : "");
  }

  void repeated(size_t lines, size_t rounds) {
    text_ += "\n--- the above " + std::to_string(lines) + " lines are repeated " + std::to_string(rounds) +
             " more time" + (rounds == 1 ? "" : "s") + " ---";
  }

  std::string take() { return "Stacktrace:" + std::move(text_); }

private:
  size_t width_;
  std::string text_;
};

} // namespace

std::string stacktrace_text(std::span<const StackFrame> frames) {
  if (frames.empty())
    return "";
  std::vector<Repetition> repetitions = find_repetitions(frames);
  size_t numbers = 0;
  for (const Repetition &r : repetitions)
    numbers += r.length == 1 ? 1 : r.length * r.rounds;
  TraceWriter writer(numbers);
  size_t number = 1;
  for (const Repetition &r : repetitions) {
    for (size_t i = 0; i < r.length; i++)
      writer.frame(frames[r.first + i], number + i, r.length == 1 ? r.rounds : 1);
    if (r.length > 1)
      writer.repeated(r.length, r.rounds - 1);
    number += r.length == 1 ? 1 : r.length * r.rounds;
  }
  return writer.take();
}

} // namespace jl
