// Looks nearer at a wave level by level and away again, moves along it for a second at each, and counts the frames that did
// not come. Chromium tells of each of its frames what has become of it; what it says of a bare page is the machine's share.
import { events, rendererOf } from "./memory.mjs";

/** Frames of each level; one step aside in each. */
const STEPS = 60;
const LEVELS = 20;
const CATEGORIES = ["disabled-by-default-devtools.timeline", "disabled-by-default-devtools.timeline.frame"];

/** Both walks, in samples by name. */
export async function frames(page) {
  const wave = await watched(page, alongWave);
  await page.goto("data:text/html,<hr style='position:absolute;inline-size:50%'>");
  const bare = await watched(page, alongNothing);
  return {
    "frames/walked": [wave.walked],
    "frames/dropped": [wave.dropped],
    "frames/partial": [wave.partial],
    "frames/dropped-bare": [bare.dropped],
    "frames/long-tasks": [wave.tasks.length],
    "frames/longest-task": [Math.max(0, ...wave.tasks)],
  };
}

/** As Chromium's own tools count: a frame that shows a part of what is new is not a dropped one. */
async function watched(page, walk) {
  await page.tracing.start({ categories: CATEGORIES });
  const { walked, tasks } = await page.evaluate(walk, STEPS, LEVELS);
  const all = events(await page.tracing.stop());
  const renderer = rendererOf(page, all);
  const missed = all.filter(({ name, pid }) => name === "DroppedFrame" && pid === renderer);
  const partial = missed.filter(({ args }) => args.hasPartialUpdate).length;
  return { walked, tasks, partial, dropped: missed.length - partial };
}

/** Runs in the page. Gives how many frames it wanted, and the tasks of more than 50 ms that were in the way. */
async function alongWave(steps) {
  const tasks = [];
  const note = (list) => tasks.push(...list.map(({ duration }) => duration));
  const observer = new PerformanceObserver((list) => note(list.getEntries()));
  observer.observe({ type: "longtask" });
  let walked = 0;
  const frame = () => (walked++, new Promise(requestAnimationFrame));
  const [out, closer] = document.querySelectorAll(".detail .wave-labels .end button");
  for (const button of [closer, out]) {
    while (button.getAttribute("aria-disabled") !== "true") {
      button.click();
      await frame();
      const scroll = document.querySelector(".detail .wave-scroll");
      const step = (Number(scroll.max) - Number(scroll.value)) / (steps * 2);
      for (let at = 0; at < steps; at++) {
        scroll.value = Number(scroll.value) + step;
        scroll.dispatchEvent(new Event("input", { bubbles: true }));
        await frame();
      }
    }
  }
  note(observer.takeRecords());
  return { walked, tasks };
}

/** As many frames of a line that moves. */
async function alongNothing(steps, levels) {
  const line = document.querySelector("hr");
  for (let at = 0; at < steps * levels; at++) {
    line.style.left = `${at % 100}px`;
    await new Promise(requestAnimationFrame);
  }
  return { walked: steps * levels, tasks: [] };
}
