// SPDX-License-Identifier: MIT
#include "object/object_entry.h"

#include "ligature/explain.h"

#include <bit>
#include <cstring>
#include <optional>

namespace ligature {

namespace {

static_assert(std::endian::native == std::endian::little);
constexpr char kMagic[] = {'L', 'I', 'G', 'O', 1};
constexpr size_t kHeader = sizeof kMagic + 2 * sizeof(uint32_t);

struct Parts {
  std::span<const std::byte> lines, ingredients, object;
};

std::optional<Parts> parts_of(std::span<const std::byte> entry) {
  uint32_t sizes[2];
  if (entry.size() < kHeader || std::memcmp(entry.data(), kMagic, sizeof kMagic) != 0)
    return std::nullopt;
  std::memcpy(sizes, entry.data() + sizeof kMagic, sizeof sizes);
  std::span<const std::byte> rest = entry.subspan(kHeader);
  if (uint64_t(sizes[0]) + sizes[1] > rest.size())
    return std::nullopt;
  return Parts{rest.first(sizes[0]), rest.subspan(sizes[0], sizes[1]), rest.subspan(sizes[0] + sizes[1])};
}

} // namespace

std::vector<std::byte> write_object_entry(const Object &object, std::string_view ingredients) {
  std::vector<std::byte> lines = write_lines(object.lines);
  uint32_t sizes[2] = {uint32_t(lines.size()), uint32_t(ingredients.size())};
  std::vector<std::byte> entry;
  auto add = [&entry](const void *bytes, size_t size) {
    auto *begin = static_cast<const std::byte *>(bytes);
    entry.insert(entry.end(), begin, begin + size);
  };
  entry.reserve(kHeader + lines.size() + ingredients.size() + object.bytes->getBufferSize());
  add(kMagic, sizeof kMagic);
  add(sizes, sizeof sizes);
  add(lines.data(), lines.size());
  add(ingredients.data(), ingredients.size());
  add(object.bytes->getBufferStart(), object.bytes->getBufferSize());
  return entry;
}

std::expected<Object, std::string> read_object_entry(std::span<const std::byte> entry) {
  std::optional<Parts> parts = parts_of(entry);
  if (!parts)
    return std::unexpected("not an object's entry");
  std::expected<ObjectLines, std::string> lines = read_lines(parts->lines);
  if (!lines)
    return std::unexpected(lines.error());
  auto *begin = reinterpret_cast<const char *>(parts->object.data());
  Object object;
  object.bytes = llvm::MemoryBuffer::getMemBufferCopy({begin, parts->object.size()}, "unit");
  object.lines = std::move(*lines);
  return object;
}

std::vector<KeyIngredient> ingredients_of_entry(std::span<const std::byte> entry) {
  std::optional<Parts> parts = parts_of(entry);
  if (!parts)
    return {};
  return read_ingredients(
      {reinterpret_cast<const char *>(parts->ingredients.data()), parts->ingredients.size()});
}

} // namespace ligature
