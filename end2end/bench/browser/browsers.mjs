// Browsers to measure in, each fresh: nothing is cached, nobody has been there before.
import puppeteer from "puppeteer-core";

import { atRest } from "./rest.mjs";

const PAGE = { width: 1440, height: 900 };

/** Chromium, with one empty tab. Its window is larger than the page: what lies outside of it is drawn, but never shown. */
export function chromium() {
  return puppeteer.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    defaultViewport: PAGE,
    args: [
      "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
      "--disable-component-update", "--disable-sync", "--autoplay-policy=no-user-gesture-required",
      "--window-size=1600,1100",
    ],
  });
}

/** Firefox, spoken to over WebDriver BiDi. */
export function firefox() {
  return puppeteer.launch({
    browser: "firefox",
    executablePath: process.env.FIREFOX ?? "/usr/bin/firefox-esr",
    defaultViewport: PAGE,
  });
}

/** Does something in a browser's tab, signed in where there is a cookie, and closes the browser whatever comes of it. */
export async function within(launch, { url, cookie }, does) {
  const browser = await launch();
  try {
    if (cookie) {
      const [name, value] = cookie.split(/=(.*)/);
      await browser.setCookie({ name, value, domain: new URL(url).hostname, path: "/" });
    }
    await atRest(browser);
    const [page] = await browser.pages();
    return await does(page, browser);
  } finally {
    await browser.close();
  }
}
