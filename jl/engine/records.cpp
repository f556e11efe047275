// SPDX-License-Identifier: MIT
#include "jl/engine/records.h"

#include <unistd.h>

#include <atomic>
#include <cinttypes>
#include <cstdio>
#include <vector>

#include "jl/content/content.h"
#include "jl/content/records.h"
#include "jl/engine/dump.h"
#include "jl/engine/policy.h"
#include "jl/engine/source_text.h"
#include "jl/infer/frame.h"
#include "jl/infer/infer.h"
#include "jl/runtime/io.h"
#include "jl/runtime/scheduler.h"

namespace jl {

namespace {

using content::Records;

/// A file for each record.
class Folder final : public content::RecordStorage {
public:
  explicit Folder(std::string path) : path_(std::move(path)) {}

  bool get(const content::Hash &key, const std::function<void(std::span<const uint8_t>)> &use) override {
    std::string bytes;
    if (read_source(path_ + "/" + content::hex(key), bytes) != 0)
      return false;
    use({reinterpret_cast<const uint8_t *>(bytes.data()), bytes.size()});
    return true;
  }

  void put(const content::Hash &key, std::span<const uint8_t> record) override {
    std::string name = path_ + "/" + content::hex(key), draft = name + "." + std::to_string(getpid());
    std::FILE *file = std::fopen(draft.c_str(), "wb");
    if (!file)
      return;
    std::fwrite(record.data(), 1, record.size(), file);
    std::fclose(file);
    std::rename(draft.c_str(), name.c_str());
  }

private:
  std::string path_;
};

Records *records = nullptr;
std::atomic<uint64_t> wrong{0};

void say(MethodInstance *instance, const std::string &what) {
  if (!is_library_code(instance))
    write_fd(2, "records: " + what + " " + title_of(instance) + "\n");
}

void report() {
  const content::RecordCounters &n = records->counters;
  std::fprintf(stderr, "records: %" PRIu64 " saved, %" PRIu64 " not, %" PRIu64 " loaded, %" PRIu64 " missing, %" PRIu64 " refused, %" PRIu64 " wrong\n",
               n.saved.load(), n.unsaved.load(), n.loaded.load(), n.missing.load(), n.refused.load(), wrong.load());
  std::fprintf(stderr, "records: without content: %s\n", content::failures_json().c_str());
}

/// What a record says, inferred once more all the same.
CodeInstance *code_from_record(Task *task, MethodInstance *instance, uint64_t world) {
  if (inference::installed_code(instance, world))
    return nullptr;
  std::string why_not;
  CodeInstance *code = records->load(task, instance, world, &why_not);
  if (!code) {
    say(instance, "refused (" + why_not + ")");
    return nullptr;
  }
  std::optional<content::Hash> key = records->key_of(code);
  bool is_same = infer_body(task, code, world) && content::typed_key(code) == key;
  wrong += !is_same;
  say(instance, is_same ? "loaded" : "WRONG");
  return is_same ? code : nullptr;
}

} // namespace

void keep_records_in(const std::string &folder) {
  records = new Records(std::make_unique<Folder>(folder));
  inference::set_installed_hook([](Task *task, CodeInstance *code) { records->save(task, code); });
  set_known_code_hook(code_from_record);
  at_process_end(report);
}

} // namespace jl
