// SPDX-License-Identifier: MIT
#include "jl/syntax/operators.h"

#include "jl/support/utf8.h"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

namespace jl {

namespace {

struct Spelling {
  std::string_view text;
  Op op;
};

// Built once: infos by Op, spellings in buckets by first byte, longest first in each.
class Table {
public:
  Table() {
#define OP(name, text, level, flags) add(text, Level::level, flags);
#include "jl/syntax/operators.def"
#define OPS(level, flags, characters) add_all(Level::level, flags, characters);
#include "jl/syntax/operators.def"
#define ALIAS(text, meaning) add_alias(text, meaning);
#include "jl/syntax/operators.def"
    for (auto &bucket : buckets_)
      std::ranges::sort(bucket, [](const Spelling &a, const Spelling &b) {
        return a.text.size() != b.text.size() ? a.text.size() > b.text.size() : a.text < b.text;
      });
  }

  const OpInfo &info(Op op) const { return infos_[static_cast<size_t>(op)]; }
  const std::vector<Spelling> &bucket(char first) const {
    return buckets_[static_cast<unsigned char>(first)];
  }

private:
  void add(std::string_view text, Level level, int flags) {
    Symbol name = Symbol::intern(text);
    Symbol dotted = Symbol::intern("." + std::string(text));
    add_spelling(name.text(), static_cast<Op>(infos_.size()));
    infos_.push_back({name.text(), name, dotted, level, static_cast<uint8_t>(flags)});
  }

  void add_all(Level level, int flags, std::string_view characters) {
    for (size_t i = 0; i < characters.size();) {
      Character c = decode_character(characters, i);
      add(characters.substr(i, c.length), level, flags);
      i += c.length;
    }
  }

  void add_alias(std::string_view text, std::string_view meaning) {
    for (const Spelling &spelling : bucket(meaning[0]))
      if (spelling.text == meaning)
        return add_spelling(text, spelling.op);
  }

  void add_spelling(std::string_view text, Op op) {
    buckets_[static_cast<unsigned char>(text[0])].push_back({text, op});
  }

  std::vector<OpInfo> infos_;
  std::array<std::vector<Spelling>, 256> buckets_;
};

const Table &table() {
  static const Table *instance = new Table;
  return *instance;
}

// Three-byte operators share few first bytes, so their buckets are long; they are sorted, and no longer
// spelling than three bytes starts with one but `⊻=` and `−=`, which come first.
const Spelling *find_longest(const std::vector<Spelling> &bucket, std::string_view text) {
  for (size_t i = 0; i < bucket.size();) {
    size_t length = bucket[i].text.size();
    auto end = std::partition_point(bucket.begin() + i, bucket.end(),
                                    [&](const Spelling &s) { return s.text.size() >= length; });
    std::string_view prefix = text.substr(0, length);
    auto found = std::lower_bound(bucket.begin() + i, end, prefix,
                                  [](const Spelling &s, std::string_view p) { return s.text < p; });
    if (found != end && found->text == prefix)
      return &*found;
    i = end - bucket.begin();
  }
  return nullptr;
}

} // namespace

const OpInfo &op_info(Op op) {
  return table().info(op);
}

OpMatch match_op(std::string_view text) {
  if (text.empty())
    return {};
  const Spelling *found = find_longest(table().bucket(text[0]), text);
  if (!found || op_info(found->op).is(kWord))
    return {};
  return {true, found->op, static_cast<uint32_t>(found->text.size())};
}

} // namespace jl
