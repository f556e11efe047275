// SPDX-License-Identifier: MIT
// Text from pieces: appended to a buffer, joined, put together from parts, and taken apart again character by
// character. The same in Julia: ../string_building.jl
#include "measure.h"
#include <string>
#include <vector>

// UTF-8, as Julia's strings: the character that starts at `i`, which moves on.
static uint32_t next_character(const std::string &s, size_t &i) {
  uint8_t first = s[i++];
  if (first < 0x80)
    return first;
  uint32_t more = first >= 0xf0 ? 3 : first >= 0xe0 ? 2 : 1, c = first & (0x3f >> more);
  while (more-- > 0 && i < s.size())
    c = c << 6 | (uint8_t(s[i++]) & 0x3f);
  return c;
}

__attribute__((noinline)) static int64_t work(int64_t n) {
  std::string text;
  for (int64_t k = 1; k <= n; k++) {
    text.append("line ").append(std::to_string(k)).append(": ");
    text.append(std::to_string(k * 7919 % 1000)).append(1, '\n');
  }
  std::vector<std::string> words;
  for (int64_t k = 1; k <= n; k++)
    words.push_back("<" + std::to_string(k) + "|" + std::to_string(k % 17) + ">");
  std::string joined;
  for (size_t i = 0; i < words.size(); i++)
    joined.append(i ? ", " : "").append(words[i]);
  int64_t digits = 0, length = 0;
  for (size_t i = 0; i < text.size(); length++)
    if (uint32_t c = next_character(text, i); c >= '0' && c <= '9')
      digits += c - '0';
  return digits + int64_t(joined.size()) + length;
}

MEASURE(200000, "%" PRId64)
