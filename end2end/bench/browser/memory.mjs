// What a tab holds of the memory: the resident pages of its renderer, as the system counts them.
import { readFileSync } from "node:fs";

/** In MiB, after what is garbage has been collected. */
export async function tabMib(page) {
  const session = await page.createCDPSession();
  await session.send("HeapProfiler.collectGarbage");
  await session.detach();
  await page.tracing.start({ categories: ["disabled-by-default-devtools.timeline"] });
  const process = rendererOf(page, events(await page.tracing.stop()));
  const status = readFileSync(`/proc/${process}/status`, "utf8");
  return Number(/^VmRSS:\s*(\d+) kB$/m.exec(status)[1]) / 1024;
}

/** What a trace holds. */
export function events(trace) {
  return JSON.parse(Buffer.from(trace).toString()).traceEvents;
}

/** Which process a page is rendered in. Only a trace tells: it begins with a list of all frames. */
export function rendererOf(page, events) {
  const begun = events.findLast(({ name }) => name === "TracingStartedInBrowser");
  return begun.args.data.frames.find(({ url }) => url === page.url()).processId;
}
