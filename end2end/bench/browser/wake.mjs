// The optimised module starts: a page is taken over, nothing complains, and what is pressed does something.
import { within } from "./browsers.mjs";

const PATIENCE = { timeout: 60_000 };

/** What one does on each page to see that it is alive. */
const lives = {
  async list(page) {
    await page.click("[popovertarget=filter]");
    await page.waitForSelector("#filter:popover-open", PATIENCE);
  },
  async recording(page) {
    await page.click(".transport [data-kind=play]");
    await page.waitForFunction(() => document.querySelector("audio[data-player]").currentTime > 0.2, PATIENCE);
  },
};

/** Until each page was awake, in milliseconds, each in a fresh browser, and all that its console complained of. */
export async function wake(launch, place) {
  const complaints = [];
  const awake = {};
  for (const [name, alive] of Object.entries(lives)) {
    const complain = (what) => void complaints.push(`${place[name]}: ${what}`);
    const woken = within(launch, { url: place.hark, cookie: place.cookie }, async (page) => {
      page.on("console", (said) => ["warn", "error"].includes(said.type()) && complain(said.text()));
      page.on("pageerror", (error) => complain(error));
      await page.evaluateOnNewDocument(watch);
      await page.goto(place[name]);
      await page.waitForSelector("html[data-hydrated]", PATIENCE);
      await alive(page);
      return page.evaluate(() => performance.getEntriesByName("awake")[0].startTime);
    });
    // A page that does not wake in time is a complaint too.
    awake[name] = await woken.catch(complain);
  }
  return { awake, complaints };
}

/** Runs in the page, before anything of its own. Not every browser tells its console what a page's policy has refused. */
function watch() {
  document.addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) => {
    console.error(`refused by ${violatedDirective}: ${blockedURI}`);
  });
  const observer = new MutationObserver(() => {
    if (document.querySelector("html[data-hydrated]")) {
      performance.mark("awake");
      observer.disconnect();
    }
  });
  observer.observe(document, { subtree: true, attributes: true, attributeFilter: ["data-hydrated"] });
}
