// SPDX-License-Identifier: MIT
// What compiled units were made of, written down under their names: so that a later run that compiles one
// again can say why
// (`lig cache why`). Nothing that is found here decides what code is used.
//
// A note names the unit and where its source stands, the key of its object, when it was made, and the
// contents of the program's own functions, constants and types that went into it. The newest few of each name
// are kept; they stay on this machine.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "jl/content/hash.h"
#include "jl/runtime/method.h"
#include "ligature/cache.h"

namespace jl {

/// Something of the program's that a unit was made of.
struct UnitSource {
  enum class Kind : uint8_t { Own, Signature, Function, Constant } kind;
  std::string name; // of functions and constants
  uint64_t content; // part of a hash
  bool is_same_thing(const UnitSource &other) const { return kind == other.kind && name == other.name; }
  bool operator==(const UnitSource &) const = default;
};

struct UnitNote {
  std::string title; // f(Int64)
  std::string file;
  int32_t line = 0;
  ligature::CacheKey object_key{};
  content::Hash build{};
  content::Hash typed_key{}; // zeros: its typed IR has no content
  std::vector<UnitSource> sources;
  std::chrono::system_clock::time_point made;
};

/// All but the object's key; the time is now. With nothing locked.
UnitNote note_unit(const CodeInstance *code, const std::string &title, uint64_t world);

/// What of `note` is not as it was when `earlier` was made, in words ("its own source changed"); empty if all
/// of it is.
std::vector<std::string> changed_sources(const UnitNote &note, const UnitNote &earlier);

class UnitHistory {
public:
  explicit UnitHistory(std::shared_ptr<ligature::Cache> cache) : cache_(std::move(cache)) {}
  void add(const UnitNote &note);
  /// Notes of the same title and file, else of the same place; the newest first.
  std::vector<UnitNote> find(const UnitNote &note);

private:
  std::vector<UnitNote> read(const ligature::CacheKey &key);
  void write(const ligature::CacheKey &key, const UnitNote &note);

  std::shared_ptr<ligature::Cache> cache_;
};

} // namespace jl
