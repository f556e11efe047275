// SPDX-License-Identifier: MIT
//
// For tests: what the owner of a cache keeps of a unit, and how it comes back to another session.
#pragma once

#include "session/toy_client.h"

namespace ligature::toy {

struct Kept {
  std::optional<UnitKey> key;
  std::string object;
  ObjectLines lines;
  std::vector<std::byte> flat;
  std::string why_not;
  SerialisedLinkInfo info;
  std::chrono::microseconds compile_time{0};

  /// What the unit refers to, with `to` for what was `from`.
  std::vector<const void *> pointers(const std::map<const void *, const void *> &renamed = {}) const {
    std::vector<const void *> pointers = info.pointers;
    for (const void *&pointer : pointers)
      if (auto other = renamed.find(pointer); other != renamed.end())
        pointer = other->second;
    return pointers;
  }
  LinkInfo link_info(const std::map<const void *, const void *> &renamed = {}) const {
    return std::move(*read_link_info(info.bytes, pointers(renamed)));
  }
};

/// Keeps every unit that the session links.
inline std::function<void(const KeptUnit &)> keep_in(std::vector<Kept> &kept) {
  auto mutex = std::make_shared<std::mutex>();
  return [&kept, mutex](const KeptUnit &unit) {
    std::lock_guard lock(*mutex);
    kept.push_back({unit.key,
                    unit.object.getBuffer().str(),
                    unit.lines,
                    {unit.flat.begin(), unit.flat.end()},
                    std::string(unit.why_not_flat),
                    write_link_info(unit.link_info),
                    unit.compile_time});
  };
}

inline LinkerOptions linker_options() {
  LinkerOptions options;
  options.invokes = invokes();
  options.anchor = reinterpret_cast<const void *>(&raise);
  options.reserve_bytes = size_t{256} << 20;
  return options;
}

/// A unit on its own, compiled and linked in a session that is gone afterwards.
inline Kept keep(Unit unit, const std::map<std::string, void *, std::less<>> &runtime = {}) {
  std::vector<Kept> kept;
  Toy toy([&](SessionOptions &options) { options.keep = keep_in(kept); });
  toy.client.runtime = runtime;
  auto linked = toy.session->link(std::move(unit));
  EXPECT_TRUE(static_cast<bool>(linked)) << llvm::toString(linked.takeError());
  EXPECT_EQ(kept.size(), 1u);
  return std::move(kept.at(0));
}

/// Undoes what being in a session that is gone has left in an entry.
inline void reset(Entry &entry) {
  entry.~Entry();
  new (&entry) Entry;
}

/// A linker that starts without a session, as a program does whose code is all in the cache.
struct Flat {
  ToyClient client;
  std::shared_ptr<Linker> linker;
  std::unique_ptr<Session> session;
  explicit Flat(std::function<void(LinkerOptions &)> adjust = nullptr) {
    LinkerOptions options = linker_options();
    options.need_session = [this] { make_session(); };
    if (adjust)
      adjust(options);
    linker = std::move(*Linker::create(std::move(options), client));
    client.linker = linker.get();
  }
  void make_session() {
    if (!session)
      session = llvm::cantFail(Session::create({}, linker, client));
    client.session = session.get();
  }
  UnitHandle link(const Kept &kept, const std::map<const void *, const void *> &renamed = {}) {
    auto unit = linker->link_flat(kept.pointers(renamed), kept.flat);
    EXPECT_TRUE(unit) << unit.error();
    return unit ? *unit : nullptr;
  }
  int64_t call(Entry &entry, int64_t argument) {
    return reinterpret_cast<int64_t (*)(int64_t)>(read_published(entry, invokes())->specptr)(argument);
  }
};

} // namespace ligature::toy
