// SPDX-License-Identifier: MIT
#include "cache/store.h"

namespace ligature::cache {

Buffer make_buffer(size_t bytes) {
  struct alignas(16) Chunk {
    std::byte bytes[16];
  };
  auto chunks = std::make_shared_for_overwrite<Chunk[]>((bytes + sizeof(Chunk) - 1) / sizeof(Chunk));
  auto *first = reinterpret_cast<std::byte *>(chunks.get());
  return {std::move(chunks), {first, bytes}};
}

} // namespace ligature::cache
