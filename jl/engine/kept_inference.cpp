// SPDX-License-Identifier: MIT
#include "jl/engine/kept_inference.h"

#include <unistd.h>

#include <atomic>
#include <cinttypes>
#include <cstdio>

#include "jl/content/closures.h"
#include "jl/content/content.h"
#include "jl/content/records.h"
#include "jl/engine/base_files.h"
#include "jl/engine/code_cache.h"
#include "jl/engine/dump.h"
#include "jl/engine/policy.h"
#include "jl/engine/source_text.h"
#include "jl/engine/state.h"
#include "jl/engine/why.h"
#include "jl/infer/frame.h"
#include "jl/infer/infer.h"
#include "jl/runtime/io.h"
#include "jl/runtime/scheduler.h"
#include "jl/support/trace.h"

namespace jl {

namespace {

using content::Records;

constexpr std::string_view kSpace = "infer", kTreeSpace = "infer-trees";
/// What inferring an instance takes, more or less (examples/: 0.2 to 1 ms): the cache gives up first what was
/// cheap.
constexpr std::chrono::microseconds kUsualCost{500};

/// A tree saves looking records up one by one, some 15 us for each KB of it.
std::chrono::microseconds cost_of_tree(std::span<const uint8_t> entry) {
  return std::chrono::microseconds(entry.size() / 64);
}

/// A process that has inferred 10,000 functions needs this long for their trees.
constexpr std::chrono::milliseconds kTreesAtEnd{200};

class InCache final : public content::RecordStorage {
public:
  explicit InCache(std::shared_ptr<ligature::Cache> cache) : cache_(std::move(cache)) {}

  bool get(Kind kind, const content::Hash &key, const Use &use) override {
    return hand(cache_->get(space(kind), key), use);
  }
  bool get_local(const content::Hash &key, const Use &use) override {
    return hand(cache_->get_local(kSpace, key), use);
  }
  void put(Kind kind, const content::Hash &key, std::span<const uint8_t> entry) override {
    cache_->put(space(kind), key, std::as_bytes(entry),
                kind == Kind::Tree ? cost_of_tree(entry) : kUsualCost);
  }

private:
  static std::string_view space(Kind kind) { return kind == Kind::Tree ? kTreeSpace : kSpace; }

  static bool hand(const std::optional<ligature::CacheValue> &found, const Use &use) {
    if (found)
      use({reinterpret_cast<const uint8_t *>(found->bytes().data()), found->bytes().size()});
    return found.has_value();
  }

  std::shared_ptr<ligature::Cache> cache_;
};

/// A file for each entry.
class InFolder final : public content::RecordStorage {
public:
  explicit InFolder(std::string path) : path_(std::move(path)) {}

  bool get(Kind kind, const content::Hash &key, const Use &use) override {
    std::string bytes;
    if (read_source(name_of(kind, key), bytes) != 0)
      return false;
    use({reinterpret_cast<const uint8_t *>(bytes.data()), bytes.size()});
    return true;
  }

  void put(Kind kind, const content::Hash &key, std::span<const uint8_t> entry) override {
    std::string name = name_of(kind, key), draft = name + "." + std::to_string(getpid());
    std::FILE *file = std::fopen(draft.c_str(), "wb");
    if (!file)
      return;
    std::fwrite(entry.data(), 1, entry.size(), file);
    std::fclose(file);
    std::rename(draft.c_str(), name.c_str());
  }

private:
  std::string name_of(Kind kind, const content::Hash &key) const {
    return path_ + "/" + content::hex(key) + (kind == Kind::Tree ? ".tree" : "");
  }

  std::string path_;
};

Records *records = nullptr; // null: nothing is kept
bool is_checked = false;    // everything is inferred all the same
bool is_told = false;       // --records
std::atomic<uint64_t> wrong{0};

void say(MethodInstance *instance, const std::string &what) {
  if (is_told && !is_library_code(instance))
    write_fd(2, "records: " + what + " " + title_of(instance) + "\n");
}

void report() {
  const content::RecordCounters &n = records->counters;
  std::fprintf(stderr,
               "records: %" PRIu64 " saved, %" PRIu64 " not, %" PRIu64 " loaded, %" PRIu64
               " missing, %" PRIu64 " refused, %" PRIu64 " wrong\n",
               n.saved.load(), n.unsaved.load(), n.loaded.load(), n.missing.load(), n.refused.load(),
               wrong.load());
  std::fprintf(stderr, "records: without content: %s\n", content::failures_json().c_str());
}

RefusedInference described(MethodInstance *instance, std::string reason) {
  Symbol file = instance->def ? instance->def->file : instance->thunk->file;
  int line = instance->def ? instance->def->line : instance->thunk->first_line;
  return {title_of(instance), file ? std::string(file.text()) : std::string(), line, std::move(reason)};
}

/// Is what does not hold going to be inferred again?
enum class Then : uint8_t { Infer, Interpret };

CodeInstance *load(Task *task, MethodInstance *instance, uint64_t world, Then then) {
  TraceSpan span("recall", [&] { return title_of(instance); });
  std::string why_not;
  bool is_missing = false;
  CodeInstance *code =
      records->load(task, instance, world, is_told || explains_misses() ? &why_not : nullptr, &is_missing);
  if (!code)
    say(instance, "refused (" + why_not + ")");
  if (!code && !is_missing && !why_not.empty() && then == Then::Infer && explains_misses())
    note_refused(described(instance, std::move(why_not)));
  return code;
}

CodeInstance *load_or_infer(Task *task, MethodInstance *instance, uint64_t world) {
  return load(task, instance, world, Then::Infer);
}

/// What a record says, inferred once more all the same.
CodeInstance *load_checked(Task *task, MethodInstance *instance, uint64_t world) {
  if (inference::installed_code(instance, world))
    return nullptr;
  CodeInstance *code = load(task, instance, world, Then::Infer);
  if (!code)
    return nullptr;
  std::optional<content::Hash> key = records->key_of(code);
  bool is_same = infer_body(task, code, world) && content::typed_key(code) == key;
  wrong += !is_same;
  say(instance, is_same ? "loaded" : "WRONG");
  return is_same ? code : nullptr;
}

void warn_of_contradiction(MethodInstance *instance) {
  write_fd(2, "warning: cache: what is kept of inference for " + title_of(instance) +
                  " is not what it finds; replaced\n");
}

void warn_of_wrong_tree() {
  write_fd(2, "warning: cache: a tree of inferences is not what inference finds; replaced\n");
}

void keep_in(std::unique_ptr<content::RecordStorage> storage, bool checked) {
  content::set_library_files([](std::string_view name) { return find_base_file(name) != nullptr; });
  records = new Records(std::move(storage)); // used by exit handlers: never destroyed
  is_checked = checked;
  records->loads_trees = !checked;
  if (is_checked)
    records->on_contradiction = warn_of_contradiction, records->on_wrong_tree = warn_of_wrong_tree;
  set_known_code_hook(is_checked ? load_checked : load_or_infer);
}

void save_what_is_found() {
  records->saves_trees = true;
  static const pid_t process = getpid();
  at_process_end([] {
    if (getpid() == process) // a forked child may end on a thread that the collector does not know any more
      records->save_trees(kTreesAtEnd);
  });
  inference::set_installed_hook([](Task *task, CodeInstance *code) { records->save(task, code); });
}

} // namespace

bool uses_kept(const EngineOptions &options) {
  return options.dumps.empty() && options.emit_units.empty();
}

void keep_inference() {
  const EngineOptions &options = Engine::Impl::get().options;
  std::shared_ptr<ligature::Cache> cache =
      uses_kept(options) && options.compile != CompileMode::Min ? code_cache() : nullptr;
  if (!cache)
    return;
  keep_in(std::make_unique<InCache>(cache), cache->mode() == ligature::CacheMode::Verify);
  if (cache->mode() != ligature::CacheMode::ReadOnly)
    save_what_is_found();
}

CodeInstance *kept_code(Task *task, MethodInstance *instance, uint64_t world) {
  return records && !is_checked ? load(task, instance, world, Then::Interpret) : nullptr;
}

std::optional<content::Hash> typed_key_of(CodeInstance *code) {
  return records ? records->key_of(code) : content::typed_key(code);
}

const content::RecordCounters *record_counters() {
  return records ? &records->counters : nullptr;
}

void forget_typed_key(CodeInstance *code) {
  if (records)
    records->forget(code);
}

void keep_records_in(const std::string &folder) {
  is_told = true;
  keep_in(std::make_unique<InFolder>(folder), true);
  save_what_is_found();
  at_process_end(report);
}

} // namespace jl
