// The browser's half as it is shipped: its weight, its start in Chromium and in Firefox, and what Lighthouse says of it.
// Argument: { hark, cookie, rounds } as JSON. Prints the samples by name.
import { chromium, firefox } from "./browsers.mjs";
import { place } from "./hark.mjs";
import { audit } from "./lighthouse.mjs";
import { wake } from "./wake.mjs";
import { weights } from "./weigh.mjs";

const { hark, cookie, rounds } = JSON.parse(process.argv[2]);
const there = await place(hark, cookie);
const samples = {};
const add = (name, value) => (samples[name] ??= []).push(value);

for (const [name, bytes] of Object.entries(await weights(there))) add(`brotli/${name}`, bytes);
for (let round = 0; round < rounds; round++) {
  for (const [name, launch] of Object.entries({ chromium, firefox })) {
    const { awake, complaints } = await wake(launch, there);
    for (const complaint of complaints) console.error(`${name}: ${complaint}`);
    add(`console/${name}`, complaints.length);
    for (const [page, ms] of Object.entries(awake)) if (ms !== undefined) add(`start/${name}/${page}`, ms);
  }
  for (const page of ["list", "recording"]) {
    for (const [name, value] of Object.entries(await audit(there[page], cookie))) add(`lighthouse/${page}/${name}`, value);
  }
}
console.log(JSON.stringify(samples));
