// What is shipped, as CI looks at it: within its budgets, alive in Chromium and in Firefox, quick on a telephone.
// Argument: the server's program. The browser's half must have been built for shipping.
import { readFileSync } from "node:fs";

import { chromium, firefox } from "./browsers.mjs";
import { withHark } from "./hark.mjs";
import { audit } from "./lighthouse.mjs";
import { wake } from "./wake.mjs";
import { weights } from "./weigh.mjs";

const RUNS = 3;
const budgets = JSON.parse(readFileSync(new URL("../../budgets.json", import.meta.url), "utf8"));
let failed = 0;
let passed = 0;

function check(what, holds) {
  console.log(`${holds ? "ok    " : "FAILED"} ${what}`);
  if (holds) passed += 1;
  else failed += 1;
}

await withHark(process.argv[2], async (place) => {
  const weighed = await weights(place);
  for (const [name, most] of Object.entries(budgets.brotli_bytes)) {
    check(`${name} weighs ${weighed[name]} bytes, at most ${most}`, weighed[name] <= most);
  }
  for (const name of Object.keys(weighed)) if (!(name in budgets.brotli_bytes)) check(`${name} has no budget`, false);
  for (const [name, launch] of Object.entries({ Chromium: chromium, Firefox: firefox })) {
    const { complaints } = await wake(launch, place);
    check([`alive in ${name}, with an empty console`, ...complaints].join("\n  "), complaints.length === 0);
  }
  for (const [name, least] of Object.entries(budgets.performance)) {
    const scores = [];
    for (let run = 0; run < RUNS; run++) scores.push((await audit(place[name], place.cookie)).score);
    const middle = scores.sort((one, other) => one - other)[Math.floor(RUNS / 2)];
    check(`Lighthouse gives ${middle} for the page of ${place[name]}, at least ${least}`, middle >= least);
  }
});
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed ? 1 : 0;
