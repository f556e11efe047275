// SPDX-License-Identifier: MIT
// Text from pieces: appended, joined, interpolated, and taken apart again character by character.
// The same in Julia: ../string_building.jl
"use strict";

function work(n) {
  let text = "";
  for (let k = 1; k <= n; k++)
    text += "line " + k + ": " + ((k * 7919) % 1000) + "\n";
  const words = [];
  for (let k = 1; k <= n; k++)
    words.push(`<${k}|${k % 17}>`);
  const joined = words.join(", ");
  let digits = 0;
  let length = 0;
  for (const c of text) {
    length++;
    if (c >= "0" && c <= "9")
      digits += c.charCodeAt(0) - 48;
  }
  return digits + joined.length + length;
}

require("./measure.js").measure(work, 200000);
