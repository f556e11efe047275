// SPDX-License-Identifier: MIT
// What every peer does around its work(n), exactly as the Julia programs do it:
// one call to warm up, then the best of five, each timed by itself.
"use strict";

exports.measure = (work, defaultSize, format = String) => {
  const size = process.argv.length > 2 ? Number(process.argv[2]) : defaultSize;
  let checksum = work(size);
  let best = Infinity;
  for (let i = 0; i < 5; i++) {
    const start = process.hrtime.bigint();
    checksum = work(size);
    best = Math.min(best, Number(process.hrtime.bigint() - start));
  }
  console.log("checksum " + format(checksum));
  console.log("best_ns " + best);
};
