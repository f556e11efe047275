// SPDX-License-Identifier: MIT
#include "profile/jitdump.h"

#include "base/bytes.h"
#include "base/mutex.h"
#include "profile/output_file.h"

#include <elf.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <ctime>
#include <unordered_map>

namespace ligature {

namespace {

enum Kind : uint32_t { kLoad = 0, kLines = 2, kClose = 3 };

void put_text(std::string &out, const std::string &text) {
  out.append(text.c_str(), text.size() + 1);
}

uint64_t now() {
  timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return static_cast<uint64_t>(time.tv_sec) * 1'000'000'000 + static_cast<uint64_t>(time.tv_nsec);
}

std::string header() {
  std::string bytes;
  append_fixed(bytes, uint32_t{0x4A695444});
  append_fixed(bytes, uint32_t{1});
  append_fixed(bytes, uint32_t{40});
  append_fixed(bytes, uint32_t{EM_X86_64});
  append_fixed(bytes, uint32_t{0});
  append_fixed(bytes, static_cast<uint32_t>(getpid()));
  append_fixed(bytes, now());
  append_fixed(bytes, uint64_t{0});
  return bytes;
}

std::string record(Kind kind, const std::string &body) {
  std::string bytes;
  append_fixed(bytes, static_cast<uint32_t>(kind));
  append_fixed(bytes, static_cast<uint32_t>(16 + body.size()));
  append_fixed(bytes, now());
  return bytes + body;
}

/// The places of one unit's methods, each asked for once.
class Places {
public:
  explicit Places(const PlaceOf &place) : place_(place) {}
  const SourcePlace &of(const void *method) {
    auto [found, fresh] = known_.try_emplace(method);
    if (fresh)
      found->second = place_(method);
    return found->second;
  }

private:
  const PlaceOf &place_;
  std::unordered_map<const void *, SourcePlace> known_; // looked up only, never iterated
};

/// The body of a record of lines; empty if there are none. The format knows nothing of inlined calls, so
/// each instruction counts for the function's own line, the one with the call.
std::string lines_of(const CodeRange &function, Places &places) {
  std::string rows;
  uint64_t count = 0;
  const LineTable lines = function.lines.unpack();
  for (const LineRow &row : lines.rows) {
    if (row.line <= 0 || row.scope == LineScope::kNone)
      continue;
    int32_t line = row.line;
    const LineScope *scope = &lines.scopes[row.scope];
    for (; scope->parent != LineScope::kNone; scope = &lines.scopes[scope->parent])
      line = scope->call_line;
    bool known = function.positions && scope->method < function.positions->size();
    const SourcePlace &place = places.of(known ? (*function.positions)[scope->method] : nullptr);
    if (place.file.empty())
      continue;
    append_fixed(rows, uint64_t{function.begin + row.offset});
    append_fixed(rows, static_cast<uint32_t>(place.base_line + line));
    append_fixed(rows, uint32_t{0});
    put_text(rows, place.file);
    count++;
  }
  std::string body;
  append_fixed(body, uint64_t{function.begin});
  append_fixed(body, count);
  return count ? body + rows : std::string();
}

std::string load_of(const CodeRange &function, uint64_t index) {
  std::string body;
  uint64_t size = function.end - function.begin;
  append_fixed(body, static_cast<uint32_t>(getpid()));
  append_fixed(body, static_cast<uint32_t>(syscall(SYS_gettid)));
  append_fixed(body, uint64_t{function.begin});
  append_fixed(body, uint64_t{function.begin});
  append_fixed(body, size);
  append_fixed(body, index);
  put_text(body, function.name);
  body.append(reinterpret_cast<const char *>(function.begin), size);
  return body;
}

class JitDump final : public CodeListener {
public:
  JitDump(std::unique_ptr<OutputFile> file, void *marker, size_t marker_size)
      : file_(std::move(file)), marker_(marker), marker_size_(marker_size) {}
  ~JitDump() override {
    file_->write(record(kClose, ""));
    munmap(marker_, marker_size_);
  }

  void code_added(std::span<const CodeRange *const> functions, const PlaceOf &place) override {
    Places places(place);
    Guard lock(mutex_); // times ascend
    for (const CodeRange *function : functions) {
      std::string lines = lines_of(*function, places);
      std::string records = lines.empty() ? "" : record(kLines, lines);
      file_->write(records + record(kLoad, load_of(*function, next_index_++)));
    }
  }

private:
  const std::unique_ptr<OutputFile> file_;
  void *marker_;
  size_t marker_size_;
  Mutex mutex_;
  uint64_t next_index_ GUARDED_BY(mutex_) = 0;
};

} // namespace

std::expected<std::unique_ptr<CodeListener>, std::string> make_jitdump(const std::string &folder) {
  std::string path = folder + "/jit-" + std::to_string(getpid()) + ".dump";
  auto file = OutputFile::create(path);
  if (!file)
    return std::unexpected(file.error());
  (*file)->write(header());
  auto page = static_cast<size_t>(sysconf(_SC_PAGESIZE));
  void *marker = mmap(nullptr, page, PROT_READ | PROT_EXEC, MAP_PRIVATE, (*file)->descriptor(), 0);
  if (marker == MAP_FAILED)
    return std::unexpected(path + " cannot be mapped: " + std::strerror(errno));
  return std::make_unique<JitDump>(std::move(*file), marker, page);
}

} // namespace ligature
