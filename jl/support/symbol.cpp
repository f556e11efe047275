// SPDX-License-Identifier: MIT
// The intern table: 16 shards, each an open-addressed table under its own lock. Records with their texts lie
// in chunks that are never freed.
#include "jl/support/symbol.h"

#include <cstdlib>
#include <cstring>
#include <mutex>
#include <new>
#include <shared_mutex>
#include <utility>
#include <vector>

namespace jl {

namespace {

uint64_t load_bytes(const char *p, size_t n) {
  uint64_t word = 0;
  memcpy(&word, p, n);
  return word;
}

uint64_t mix(uint64_t a, uint64_t b) {
  unsigned __int128 product =
      static_cast<unsigned __int128>(a ^ 0x9e3779b97f4a7c15) * (b ^ 0xe7037ed1a0b428db);
  return static_cast<uint64_t>(product) ^ static_cast<uint64_t>(product >> 64);
}

class Shard {
public:
  Shard() : slots_(1024) {} // Base alone has some 400 symbols in each

  const SymbolRecord *intern(std::string_view text, uint64_t hash) {
    {
      std::shared_lock lock(mutex_);
      if (const SymbolRecord *found = slots_[find_slot_locked(text, hash)])
        return found;
    }
    std::unique_lock lock(mutex_);
    size_t slot = find_slot_locked(text, hash);
    if (!slots_[slot]) {
      slots_[slot] = make_record_locked(text, hash);
      if (++used_ * 2 > slots_.size())
        return grow_locked(text, hash);
    }
    return slots_[slot];
  }

private:
  const SymbolRecord *make_record_locked(std::string_view text, uint64_t hash) {
    char *memory = allocate_locked(sizeof(SymbolRecord) + text.size() + 1);
    char *copy = memory + sizeof(SymbolRecord);
    text.copy(copy, text.size());
    copy[text.size()] = 0;
    return new (memory) SymbolRecord{hash, {copy, text.size()}, nullptr};
  }

  /// From a chunk that many records share; long texts have memory of their own.
  char *allocate_locked(size_t bytes) {
    constexpr size_t kChunk = 16 << 10;
    bytes = (bytes + alignof(SymbolRecord) - 1) & ~(alignof(SymbolRecord) - 1);
    if (bytes > size_t(end_ - next_)) {
      bool alone = bytes > kChunk / 4;
      char *memory = static_cast<char *>(malloc(alone ? bytes : kChunk));
      if (!memory)
        throw std::bad_alloc();
      if (alone)
        return memory;
      next_ = memory, end_ = memory + kChunk;
    }
    return std::exchange(next_, next_ + bytes);
  }

  size_t find_slot_locked(std::string_view text, uint64_t hash) const {
    size_t mask = slots_.size() - 1;
    for (size_t i = (hash >> 4) & mask;; i = (i + 1) & mask) {
      const SymbolRecord *record = slots_[i];
      if (!record || (record->hash == hash && record->text == text))
        return i;
    }
  }

  const SymbolRecord *grow_locked(std::string_view text, uint64_t hash) {
    std::vector<const SymbolRecord *> old(slots_.size() * 2);
    old.swap(slots_);
    for (const SymbolRecord *record : old)
      if (record)
        slots_[find_slot_locked(record->text, record->hash)] = record;
    return slots_[find_slot_locked(text, hash)];
  }

  std::shared_mutex mutex_;
  std::vector<const SymbolRecord *> slots_;
  size_t used_ = 0;
  char *next_ = nullptr, *end_ = nullptr; // of the chunk that records are made in
};

// Never destroyed: symbols outlive static destructors.
Shard *shards() {
  static Shard *table = new Shard[16];
  return table;
}

} // namespace

uint64_t hash_text(std::string_view text) {
  uint64_t hash = 0x2d358dccaa6c78a5 ^ text.size();
  const char *p = text.data();
  size_t n = text.size();
  for (; n > 8; p += 8, n -= 8)
    hash = mix(hash, load_bytes(p, 8));
  return mix(hash, n ? load_bytes(p, n) : 0); // null may be where an empty text is
}

Symbol Symbol::intern(std::string_view text) {
  uint64_t hash = hash_text(text);
  return Symbol(shards()[hash & 15].intern(text, hash));
}

} // namespace jl
