// SPDX-License-Identifier: MIT
#include "ligature/link_info.h"

#include "base/bytes.h"

#include <algorithm>
#include <cassert>

namespace ligature {

NameId NamePool::intern(std::string_view name) {
  if (ids_.size() != names_.size())
    for (size_t i = 0; i < names_.size(); ++i)
      ids_.emplace(names_[i], static_cast<NameId>(i));
  if (auto known = ids_.find(name); known != ids_.end())
    return known->second;
  auto id = static_cast<NameId>(names_.size());
  auto text = std::make_unique<char[]>(name.size());
  std::ranges::copy(name, text.get());
  names_.emplace_back(text.get(), name.size());
  texts_.push_back(std::move(text));
  ids_.emplace(names_.back(), id);
  return id;
}

NameId NamePool::find(std::string_view name) const {
  if (ids_.size() == names_.size()) {
    auto at = ids_.find(name);
    return at == ids_.end() ? NameId::None : at->second;
  }
  auto at = std::ranges::find(names_, name);
  return at == names_.end() ? NameId::None : static_cast<NameId>(at - names_.begin());
}

std::string_view NamePool::operator[](NameId id) const {
  return id == NameId::None ? std::string_view() : names_[static_cast<size_t>(id)];
}

void NamePool::adopt(std::unique_ptr<const char[]> text, std::vector<std::string_view> names) {
  assert(names_.empty());
  texts_.push_back(std::move(text));
  names_ = std::move(names);
}

namespace {

// "LIGI" | u8 format | names | definitions | call targets | slots | foreign | runtime | positions, each a
// count and its items. A name is its index + 1 (0 = none), a pointer its ordinal.
constexpr std::string_view kMagic = "LIGI";
constexpr uint8_t kFormat = 1;

class Writer {
public:
  SerialisedLinkInfo write(const LinkInfo &info);

private:
  void id(NameId name) { out_.uleb(name == NameId::None ? 0 : static_cast<uint64_t>(name) + 1); }
  void pointer(const void *value) {
    auto [at, fresh] = ordinals_.try_emplace(value, result_.pointers.size());
    if (fresh)
      result_.pointers.push_back(value);
    out_.uleb(at->second);
  }
  template <class Enum> void tag(Enum value) { out_.u8(static_cast<uint8_t>(value)); }

  ByteWriter out_;
  SerialisedLinkInfo result_;
  std::unordered_map<const void *, size_t> ordinals_; // looked up only, never iterated
};

SerialisedLinkInfo Writer::write(const LinkInfo &info) {
  out_.raw(kMagic);
  out_.u8(kFormat);
  out_.uleb(info.names.size());
  for (size_t i = 0; i < info.names.size(); ++i)
    out_.text(info.names[static_cast<NameId>(i)]);
  out_.uleb(info.definitions.size());
  for (const Definition &d : info.definitions)
    pointer(d.entry), tag(d.abi), tag(d.kind), id(d.invoke_symbol), id(d.spec_symbol), id(d.display),
        id(d.signature);
  out_.uleb(info.call_targets.size());
  for (const CallTarget &t : info.call_targets)
    pointer(t.entry), tag(t.abi), id(t.symbol);
  out_.uleb(info.slots.size());
  for (const Slot &s : info.slots)
    pointer(s.value), tag(s.kind), id(s.symbol);
  out_.uleb(info.foreign.size());
  for (const ForeignFunction &f : info.foreign)
    id(f.library), id(f.name), id(f.symbol);
  out_.uleb(info.runtime.size());
  for (NameId name : info.runtime)
    id(name);
  out_.uleb(info.positions.size());
  for (const void *method : info.positions)
    pointer(method);
  result_.bytes = out_.take();
  return std::move(result_);
}

class Reader {
public:
  Reader(std::span<const std::byte> bytes, std::span<const void *const> pointers)
      : in_(bytes), pointers_(pointers) {}
  std::expected<LinkInfo, std::string> read();

private:
  NameId id() {
    uint32_t value = in_.u32();
    if (value > info_.names.size())
      in_.fail();
    return value == 0 || !in_.ok() ? NameId::None : static_cast<NameId>(value - 1);
  }
  const void *pointer() {
    uint64_t ordinal = in_.uleb();
    if (ordinal >= pointers_.size())
      in_.fail();
    return in_.ok() ? pointers_[ordinal] : nullptr;
  }
  Entry *entry() { return static_cast<Entry *>(const_cast<void *>(pointer())); }
  template <class Enum> Enum tag(Enum last) {
    uint8_t value = in_.u8();
    if (value > static_cast<uint8_t>(last))
      in_.fail();
    return in_.ok() ? static_cast<Enum>(value) : Enum{};
  }
  template <class Item, class Function> void list(std::vector<Item> &items, Function read_item) {
    size_t count = in_.count();
    items.reserve(count);
    for (size_t i = 0; i < count && in_.ok(); ++i)
      read_item();
  }
  void read_names();
  void read_definition();

  ByteReader in_;
  std::span<const void *const> pointers_;
  LinkInfo info_;
};

void Reader::read_names() {
  std::vector<std::string_view> names;
  size_t bytes = 0;
  list(names, [&] { bytes += names.emplace_back(in_.text()).size(); });
  auto text = std::make_unique_for_overwrite<char[]>(bytes);
  char *at = text.get();
  for (std::string_view &name : names) {
    char *begin = at;
    at = std::ranges::copy(name, at).out;
    name = {begin, name.size()};
  }
  info_.names.adopt(std::move(text), std::move(names));
}

void Reader::read_definition() {
  Definition d;
  d.entry = entry();
  d.abi = tag(Abi::SpecSig);
  d.kind = tag(DefinitionKind::Adapter);
  d.invoke_symbol = id();
  d.spec_symbol = id();
  d.display = id();
  d.signature = id();
  info_.definitions.push_back(d);
}

std::expected<LinkInfo, std::string> Reader::read() {
  if (in_.raw(kMagic.size()) != kMagic || in_.u8() != kFormat)
    return std::unexpected("link info: not in format 1");
  read_names();
  list(info_.definitions, [&] { read_definition(); });
  list(info_.call_targets, [&] {
    Entry *callee = entry();
    Abi abi = tag(Abi::SpecSig);
    info_.call_targets.push_back({callee, abi, id()});
  });
  list(info_.slots, [&] {
    const void *value = pointer();
    SlotKind kind = tag(SlotKind::Other);
    info_.slots.push_back({value, kind, id()});
  });
  list(info_.foreign, [&] {
    NameId library = id(), name = id();
    info_.foreign.push_back({library, name, id()});
  });
  list(info_.runtime, [&] { info_.runtime.push_back(id()); });
  list(info_.positions, [&] { info_.positions.push_back(pointer()); });
  if (!in_.ok() || !in_.at_end())
    return std::unexpected("link info: damaged");
  return std::move(info_);
}

const char *slot_kind_name(SlotKind kind) {
  constexpr const char *names[] = {"type", "function", "symbol", "other"};
  return names[static_cast<size_t>(kind)];
}

} // namespace

SerialisedLinkInfo write_link_info(const LinkInfo &info) {
  return Writer().write(info);
}

std::expected<LinkInfo, std::string> read_link_info(std::span<const std::byte> bytes,
                                                    std::span<const void *const> pointers) {
  return Reader(bytes, pointers).read();
}

std::string print_link_info(const LinkInfo &info) {
  std::string out;
  auto line = [&](std::initializer_list<std::string_view> parts) {
    for (std::string_view part : parts)
      out += part;
    out += '\n';
  };
  for (const Definition &d : info.definitions) {
    bool adapter = d.kind == DefinitionKind::Adapter;
    line({adapter ? "adapter " : "define ", info.name(d.display), " ", abi_name(d.abi), " ",
          info.name(d.spec_symbol), d.invoke_symbol == NameId::None ? "" : " wrapper ",
          info.name(d.invoke_symbol)});
  }
  for (const CallTarget &t : info.call_targets)
    line({"call ", abi_name(t.abi), " ", info.name(t.symbol)});
  for (const Slot &s : info.slots)
    line({"slot ", slot_kind_name(s.kind), " ", info.name(s.symbol)});
  for (const ForeignFunction &f : info.foreign)
    line({"foreign ", info.name(f.library), ":", info.name(f.name), " ", info.name(f.symbol)});
  for (NameId name : info.runtime)
    line({"runtime ", info.name(name)});
  line({"positions ", std::to_string(info.positions.size())});
  return out;
}

} // namespace ligature
