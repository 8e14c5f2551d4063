// A call of two hours in Hark: seeking, looking closer, and what the tab holds beside that of a call of five minutes.
// Argument: { hark, cookie, page, short, rounds } as JSON. Prints the samples by name.
import { chromium, within } from "./browsers.mjs";
import { frames } from "./frames.mjs";
import { tabMib } from "./memory.mjs";
import { nearer } from "./nearer.mjs";

const { hark, cookie, page: recording, short, rounds } = JSON.parse(process.argv[2]);
const SEEKS = 100;
const AUDIO = "audio[data-player]";
const PATIENCE = { timeout: 60_000, polling: 50 };

async function start(page, address) {
  await page.goto(address);
  await (await page.waitForSelector("html[data-hydrated] .transport [data-kind=play]")).click();
  await page.waitForFunction((audio) => document.querySelector(audio).currentTime > 0, PATIENCE, AUDIO);
}

/** Goes to a place as who moves the playhead does; gives how long it is silent, in milliseconds. */
function seek(page, part) {
  return page.evaluate(
    (audio, part) =>
      new Promise((heard) => {
        const [sound, range] = [audio, ".detail .wave-range"].map((name) => document.querySelector(name));
        const began = performance.now();
        range.value = Number(range.max) * part;
        range.dispatchEvent(new Event("input", { bubbles: true }));
        const there = sound.currentTime;
        // Its clock stands still until the sound of the new place is there.
        const look = () => {
          if (!sound.seeking && sound.currentTime > there && sound.readyState >= HTMLMediaElement.HAVE_FUTURE_DATA) {
            heard(performance.now() - began);
          } else setTimeout(look);
        };
        look();
      }),
    AUDIO,
    part,
  );
}

/** What the tab holds after the same walk through a call: played, gone to three places, looked at as near as can be. */
async function held(address) {
  return within(chromium, { url: hark, cookie }, async (page) => {
    await start(page, address);
    for (const part of [0.9, 0.1, 0.5]) await seek(page, part);
    await nearer(page);
    return tabMib(page);
  });
}

const samples = { memory: [], "memory/short": [] };
for (let round = 0; round < rounds; round++) {
  samples.memory.push(await held(recording));
  samples["memory/short"].push(await held(short));
}
await within(chromium, { url: hark, cookie }, async (page) => {
  await start(page, recording);
  samples.seek = [];
  // Anywhere, and the same places in every run: the fractions of the golden ratio lie far from one another.
  for (let at = 1; at <= SEEKS; at++) samples.seek.push(await seek(page, (at * 0.618034) % 0.98));
});
await within(chromium, { url: hark, cookie }, async (page) => {
  await page.goto(recording);
  await page.waitForSelector("html[data-hydrated]");
  Object.assign(samples, await nearer(page));
});
await within(chromium, { url: hark, cookie }, async (page) => {
  await page.goto(recording);
  await page.waitForSelector("html[data-hydrated]");
  Object.assign(samples, await frames(page));
});
console.log(JSON.stringify(samples));
