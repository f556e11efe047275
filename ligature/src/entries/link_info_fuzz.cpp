// SPDX-License-Identifier: MIT
// Any bytes are a link info or an error, and one that was read can be printed, written and read again.
#include "ligature/link_info.h"

#include <array>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  using namespace ligature;
  static constexpr std::array<char, 8> things{};
  std::array<const void *, things.size()> pointers;
  for (size_t i = 0; i < things.size(); ++i)
    pointers[i] = &things[i];
  auto info = read_link_info({reinterpret_cast<const std::byte *>(data), size}, pointers);
  if (!info)
    return 0;
  SerialisedLinkInfo written = write_link_info(*info);
  auto again = read_link_info(written.bytes, written.pointers);
  if (!again || print_link_info(*again) != print_link_info(*info) ||
      write_link_info(*again).bytes != written.bytes)
    abort();
  return 0;
}
