// SPDX-License-Identifier: MIT
#include "jl/link/unit_history.h"

#include <algorithm>
#include <cstring>

#include "jl/content/closures.h"
#include "jl/content/content.h"
#include "jl/content/describe.h"
#include "jl/content/facts.h"
#include "jl/infer/frame.h"
#include "jl/runtime/module.h"
#include "jl/runtime/types.h"

namespace jl {

namespace {

using namespace content;

constexpr std::string_view kSpace = ".history";
constexpr uint8_t kFormat = 1;
constexpr size_t kMostNotes = 8;     // of one name
constexpr size_t kMostSources = 64;  // of one unit
constexpr size_t kMostVisited = 200; // code instances looked at for them
// A lie, of which the cache decides what goes first: notes should outlive what they are about, by weeks but
// not for ever.
constexpr std::chrono::milliseconds kCost{50};

// Entry: u8 format | number of notes, newest first | each: title, file, line, 32 B object key, 32 B build, 32
// B typed key, seconds since 1970, number of sources | each: u8 kind, name, 8 B content.

void write_note(Writer to, const UnitNote &note) {
  to.text(note.title);
  to.text(note.file);
  to.integer(note.line);
  to.hash(note.object_key);
  to.hash(note.build);
  to.hash(note.typed_key);
  to.integer(std::chrono::duration_cast<std::chrono::seconds>(note.made.time_since_epoch()).count());
  to.number(note.sources.size());
  for (const UnitSource &source : note.sources) {
    to.byte(uint8_t(source.kind));
    to.text(source.name);
    to.raw(&source.content, sizeof source.content);
  }
}

UnitNote read_note(Reader &from) {
  UnitNote note;
  note.title = from.text();
  note.file = from.text();
  note.line = int32_t(from.integer());
  note.object_key = from.hash();
  note.build = from.hash();
  note.typed_key = from.hash();
  note.made = std::chrono::system_clock::time_point(std::chrono::seconds(from.integer()));
  for (size_t left = from.count(); left > 0 && !from.failed; left--) {
    UnitSource source{UnitSource::Kind(from.byte()), std::string(from.text()), 0};
    from.raw(&source.content, sizeof source.content);
    note.sources.push_back(std::move(source));
  }
  return note;
}

ligature::CacheKey key_of(std::string_view kind, const UnitNote &note, std::string_view what) {
  size_t slash = note.file.rfind('/'); // the program may have moved
  Bytes bytes;
  Writer to{bytes};
  to.text(kind);
  to.text(std::string_view(note.file).substr(slash + 1));
  to.text(what);
  return sha256(bytes);
}

ligature::CacheKey name_key(const UnitNote &note) {
  return key_of("name", note, note.title);
}
ligature::CacheKey place_key(const UnitNote &note) {
  return key_of("place", note, std::to_string(note.line));
}

bool is_program_code(const MethodInstance *instance) {
  return instance->def ? !is_library_method(instance->def) : !is_library_module(instance->module);
}

/// The program's own functions and constants that went into some code, its own first, then in the order in
/// which inference met them.
class SourceList {
public:
  SourceList(std::vector<UnitSource> &out, uint64_t world) : out_(out), world_(world) {}

  void collect(const CodeInstance *code) {
    add_own(code->def);
    visited_.push_back(code);
    for (size_t i = 0; i < visited_.size(); i++)
      if (const inference::Frame *frame = inference::frame_of(visited_[i]))
        for (const inference::Edge &edge : frame->edges)
          follow(edge);
  }

private:
  void add(UnitSource::Kind kind, std::string name, const std::optional<Hash> &hash) {
    UnitSource source{kind, std::move(name), 0};
    if (hash)
      std::memcpy(&source.content, hash->data(), sizeof source.content);
    bool is_known =
        std::ranges::any_of(out_, [&](const UnitSource &other) { return source.is_same_thing(other); });
    if (!is_known && out_.size() < kMostSources)
      out_.push_back(std::move(source));
  }

  void add_own(MethodInstance *instance) {
    add(UnitSource::Kind::Own, "", instance->def ? method_content_hash(instance->def) : hash_of(instance));
    if (instance->def)
      add(UnitSource::Kind::Signature, "", hash_of(instance));
  }

  void follow(const inference::Edge &edge) {
    if (edge.kind == inference::Edge::Kind::Binding && !is_library_module(edge.module))
      add(UnitSource::Kind::Constant, std::string(edge.name.text()),
          binding_state(edge.module, edge.name, world_).hash);
    if (edge.kind != inference::Edge::Kind::Instance)
      return;
    auto *instance = static_cast<MethodInstance *>(edge.what);
    bool is_own = instance->def == visited_[0]->def->def; // it calls itself
    if (instance->def && !is_own && is_program_code(instance))
      add(UnitSource::Kind::Function, signature_to_string(instance->spec_types), hash_of(instance->def));
    CodeInstance *code =
        visited_.size() < kMostVisited ? inference::installed_code(instance, world_) : nullptr;
    if (code && std::ranges::find(visited_, code) == visited_.end())
      visited_.push_back(code);
  }

  std::vector<UnitSource> &out_;
  const uint64_t world_;
  GcVector<const CodeInstance *> visited_;
};

std::string words_for(const UnitSource &source) {
  switch (source.kind) {
  case UnitSource::Kind::Own:
    return "its own source changed";
  case UnitSource::Kind::Signature:
    return "a type in its signature changed";
  case UnitSource::Kind::Function:
    return source.name + ", which it uses, changed";
  case UnitSource::Kind::Constant:
    return "the global " + source.name + ", which it uses, changed";
  }
  return "";
}

} // namespace

UnitNote note_unit(const CodeInstance *code, const std::string &title, uint64_t world) {
  UnitNote note;
  note.title = title;
  if (const Method *method = code->def ? code->def->def : nullptr) {
    note.file = method->file ? method->file.text() : "";
    note.line = method->line;
  } else if (const CodeInfo *thunk = code->def ? code->def->thunk : nullptr;
             thunk && thunk->lines.size() > 0) {
    note.file = thunk->lines[0].file ? thunk->lines[0].file.text() : "";
    note.line = thunk->lines[0].line;
  }
  note.build = build_id();
  note.typed_key = typed_key(code).value_or(Hash());
  note.made = std::chrono::system_clock::now();
  if (code->def)
    SourceList(note.sources, world).collect(code);
  return note;
}

std::vector<std::string> changed_sources(const UnitNote &note, const UnitNote &earlier) {
  std::vector<std::string> changes;
  for (const UnitSource &source : note.sources) {
    auto was = std::ranges::find_if(earlier.sources,
                                    [&](const UnitSource &other) { return source.is_same_thing(other); });
    if (was != earlier.sources.end() && was->content != source.content)
      changes.push_back(words_for(source));
  }
  // A signature's hash holds the method's own.
  if (changes.size() > 1 && changes[0] == words_for({UnitSource::Kind::Own, "", 0}) &&
      changes[1] == words_for({UnitSource::Kind::Signature, "", 0}))
    changes.erase(changes.begin() + 1);
  return changes;
}

void UnitHistory::add(const UnitNote &note) {
  write(name_key(note), note);
  bool is_library = note.file.starts_with("./");
  if (!is_library && !note.file.empty())
    write(place_key(note), note);
}

std::vector<UnitNote> UnitHistory::find(const UnitNote &note) {
  std::vector<UnitNote> notes = read(name_key(note));
  return notes.empty() ? read(place_key(note)) : notes;
}

std::vector<UnitNote> UnitHistory::read(const ligature::CacheKey &key) {
  std::vector<UnitNote> notes;
  std::optional<ligature::CacheValue> found = cache_->get(kSpace, key);
  if (!found)
    return notes;
  Reader from{{reinterpret_cast<const uint8_t *>(found->bytes().data()), found->bytes().size()}};
  if (from.byte() != kFormat)
    return notes;
  for (size_t left = from.count(); left > 0; left--) {
    UnitNote note = read_note(from);
    if (from.failed)
      break;
    notes.push_back(std::move(note));
  }
  return notes;
}

void UnitHistory::write(const ligature::CacheKey &key, const UnitNote &note) {
  std::vector<UnitNote> notes = read(key);
  std::erase_if(notes, [&](const UnitNote &old) { return old.object_key == note.object_key; });
  notes.insert(notes.begin(), note);
  notes.resize(std::min(notes.size(), kMostNotes));
  Bytes bytes;
  Writer to{bytes};
  to.byte(kFormat);
  to.number(notes.size());
  for (const UnitNote &each : notes)
    write_note(to, each);
  cache_->put(kSpace, key, std::as_bytes(std::span(bytes.data(), bytes.size())), kCost);
}

} // namespace jl
