// When a browser that has just started has come to rest: it loads pages of its own at first, beside the one that is measured.
import { readFileSync, readdirSync } from "node:fs";

/** A browser rests when all its processes together have worked no longer than this in that time, in hundredths of a second. */
const IDLE = { ticks: 1, for: 50 };
const PATIENCE = 15_000;

/** Waits for it, and says where it does not come: what is measured then is measured beside something else. */
export async function atRest(browser) {
  const root = browser.process().pid;
  const until = Date.now() + PATIENCE;
  let before = worked(root);
  while (Date.now() < until) {
    await new Promise((passed) => setTimeout(passed, IDLE.for * 10));
    const now = worked(root);
    // What has ended meanwhile no longer counts, and takes nothing from what the others do.
    const spent = [...now].map(([id, ticks]) => ticks - (before.get(id) ?? 0));
    if (spent.reduce((sum, ticks) => sum + ticks, 0) <= IDLE.ticks) return;
    before = now;
  }
  console.error(`The browser has not come to rest within ${PATIENCE / 1000} s.`);
}

/** How long a process and each that it has started have worked, in clock ticks (proc(5), `stat`). */
function worked(root) {
  const parents = new Map();
  const ticks = new Map();
  for (const name of readdirSync("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const fields = readFileSync(`/proc/${name}/stat`, "utf8").replace(/^.*\) /s, "").split(" ");
      parents.set(Number(name), Number(fields[1]));
      ticks.set(Number(name), Number(fields[11]) + Number(fields[12]));
    } catch {
      // It has ended meanwhile.
    }
  }
  const belongs = (id) => id === root || (parents.has(id) && belongs(parents.get(id)));
  return new Map([...ticks].filter(([id]) => belongs(id)));
}
