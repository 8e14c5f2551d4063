// What Lighthouse says of a page on a telephone: a slow processor and a slow line, both simulated.
import lighthouse from "lighthouse";

import { chromium, within } from "./browsers.mjs";

const AUDITS = { lcp: "largest-contentful-paint", tbt: "total-blocking-time", cls: "cumulative-layout-shift" };
/** Now and then Chromium's trace lacks its beginning; Lighthouse then asks to be run again. */
const TRIES = 3;

/** The category's score, 0 to 1, and what it is mostly made of. */
export async function audit(address, cookie) {
  for (let left = TRIES; left > 0; left--) {
    const lhr = await run(address, cookie);
    const score = lhr.categories.performance.score;
    if (score === null) continue;
    const numbers = Object.entries(AUDITS).map(([name, audit]) => [name, lhr.audits[audit].numericValue]);
    return { score, ...Object.fromEntries(numbers) };
  }
  throw new Error(`${address}: Lighthouse could not tell, ${TRIES} times`);
}

/** One run in a fresh browser, signed in. */
async function run(address, cookie) {
  return within(chromium, { url: address }, async (_, browser) => {
    const { lhr } = await lighthouse(address, {
      port: Number(new URL(browser.wsEndpoint()).port),
      logLevel: "error",
      onlyCategories: ["performance"],
      extraHeaders: { Cookie: cookie },
    });
    if (lhr.runtimeError && lhr.runtimeError.code !== "NO_NAVSTART") throw new Error(`${address}: ${lhr.runtimeError.message}`);
    if (lhr.finalDisplayedUrl !== address) throw new Error(`${address} led to ${lhr.finalDisplayedUrl}`);
    return lhr;
  });
}
