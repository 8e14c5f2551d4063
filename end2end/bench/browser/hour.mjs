// An hour's call: until it sounds, until its wave is painted, and what its tab holds; in Hark, in wavesurfer.js and in a page of
// nothing else, in turns. Argument: { hark, cookie, page, peer, least, rounds } as JSON. Prints the samples by name.
import { chromium, within } from "./browsers.mjs";
import { tabMib } from "./memory.mjs";
import { watch } from "./stopwatch.mjs";

const { hark, cookie, page: recording, peer, least, rounds } = JSON.parse(process.argv[2]);
/** So many seconds of the sound have been heard when the tab's memory is read. */
const HEARD = 3;
const id = recording.split("/").at(-1);
const PATIENCE = { timeout: 180_000, polling: 50 };
/** 50 Mbit/s, in bytes; 10 ms until an answer begins. */
const LINE = { download: 6_250_000, upload: 6_250_000, latency: 10 };

const arms = {
  first: { address: recording, press: "first" },
  awake: { address: recording, press: "awake" },
  row: { address: `${hark}/recordings?period=all`, press: "row" },
  least: { address: least, press: "itself" },
  decoding: { address: peer, press: "itself" },
  peaks: { address: `${peer}?peaks`, press: "itself" },
  "line/awake": { address: recording, press: "awake", line: LINE },
  "line/decoding": { address: peer, press: "itself", line: LINE },
};

/** Pages on which everything is there but the call: what it adds to their tab. */
const before = {
  row: { address: `${hark}/recordings?period=all`, ready: "html[data-hydrated] .calls .play a" },
  told: { address: `${peer}?told`, ready: "#wave" },
};

async function open({ address, press, line }) {
  return within(chromium, { url: hark, cookie }, async (page) => {
    const blank = await tabMib(page);
    await watch(page, press, id);
    if (line) await page.emulateNetworkConditions(line);
    await page.goto(address);
    await page.waitForFunction((heard) => seen.painted && seen.audio?.currentTime > heard, PATIENCE, HEARD);
    const { sounds, painted, asked } = await page.evaluate(() => ({
      sounds: seen.sounds,
      painted: seen.painted,
      asked: performance.getEntriesByName("asked")[0]?.startTime ?? 0,
    }));
    // Where all that a player needs is loaded already, only what it does then counts.
    return { sounds, painted, loaded: sounds - asked, grown: (await tabMib(page)) - blank };
  });
}

async function add({ address, ready }) {
  return within(chromium, { url: hark, cookie }, async (page) => {
    await watch(page, "itself");
    await page.goto(address, { waitUntil: "networkidle0" });
    await page.waitForSelector(ready, PATIENCE);
    const without = await tabMib(page);
    await page.evaluate((id) => (window.begin ?? (() => document.querySelector(`.calls .play [href*="/${id}"]`).click()))(), id);
    await page.waitForFunction((heard) => seen.painted && seen.audio?.currentTime > heard, PATIENCE, HEARD);
    return { added: (await tabMib(page)) - without };
  });
}

const samples = {};
const keep = (arm, taken) => {
  for (const [name, value] of Object.entries(taken)) (samples[`${arm}/${name}`] ??= []).push(value);
};
for (let round = 0; round < rounds; round++) {
  for (const [arm, how] of Object.entries(arms)) keep(arm, await open(how));
  for (const [arm, how] of Object.entries(before)) keep(arm, await add(how));
}
console.log(JSON.stringify(samples));
