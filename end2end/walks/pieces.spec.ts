import type { Page } from "@playwright/test";

import { EVERYONE, asleep, awake, enter, expect, own, PASSWORD, signIn, test, words } from "./house.ts";
import { call } from "./sound.ts";

const errors = words("sv", "errors");
const player = words("sv", "player");
const configuration = words("sv", "configuration");
const review = words("sv", "review");
const shell = words("sv", "shell");

const notes = (page: Page) => page.getByRole("navigation", { name: review.parts });

/** A page that hears of no piece of the compiled code any more: the server has others by now. The console says so. */
async function without(pieces: string, page: Page): Promise<void> {
  await page.route(pieces, (route) => route.fulfill({ status: 404, body: "" }));
}

own("who only looks through the list fetches the list, and the rest when it is gone to", async ({ page, hark }) => {
  const id = call(hark, "c-1", [[2, true, false]]);
  const fetched: string[] = [];
  page.on("request", (request) => {
    const piece = /split_([a-z]+)-/.exec(request.url());
    if (piece) fetched.push(piece[1]);
  });
  await page.goto("/signin?next=/recordings%3Fperiod%3Dall");
  await awake(page);
  await enter(page, EVERYONE, PASSWORD, "sv");
  await page.waitForURL((url) => url.pathname === "/recordings");
  await awake(page);
  expect(fetched).toEqual([]);
  await page.locator(`.calls tr[data-id="${id}"] .who a`).click();
  await expect(notes(page)).toBeVisible();
  expect(fetched).toEqual(["review"]);
  await page.getByRole("link", { name: shell.configuration, exact: true }).first().click();
  await expect(page.getByRole("heading", { level: 1, name: configuration.title })).toBeVisible();
  expect(fetched).toEqual(["review", "configuration"]);
});

own("where a piece does not come the page comes from the server, and what is part of a page says so", async ({ browser, hark }) => {
  const id = call(hark, "c-1", [[2, true, false]]);
  // What the console says here is said on purpose.
  const context = await browser.newContext({ baseURL: hark.url, locale: "sv-SE" });
  const page = await context.newPage();
  await page.goto("/signin?next=/recordings%3Fperiod%3Dall");
  await awake(page);
  await enter(page, EVERYONE, PASSWORD, "sv");
  await page.waitForURL((url) => url.pathname === "/recordings");
  await awake(page);
  await without("**/split_*.wasm", page);
  await page.locator(`.calls tr[data-id="${id}"] .who a`).click();
  await expect(page.locator(".detail").getByText(review.not_fetched)).toBeVisible();
  await page.getByRole("link", { name: shell.configuration, exact: true }).first().click();
  await expect(page).toHaveURL("/configuration");
  await expect(page.getByRole("heading", { level: 1, name: configuration.title })).toBeVisible();
  await expect(page.locator("html")).not.toHaveAttribute("data-hydrated");
  // Once they can be had, everything is as it was.
  await page.unroute("**/split_*.wasm");
  await page.goto(`/recordings/${id}?period=all`);
  await awake(page);
  await expect(notes(page)).toBeVisible();
  await expect(page.getByText(errors.unreachable)).toHaveCount(0);
  await context.close();
});

/** Gives the page so many turns of its own when it wakes, and no more before it is let go on. */
async function heldAfter(turns: number, page: Page): Promise<void> {
  await page.addInitScript((turns) => {
    const post = MessagePort.prototype.postMessage;
    const held: (() => void)[] = [];
    let left = turns;
    MessagePort.prototype.postMessage = function (...message: [unknown]) {
      if (left-- > 0) post.apply(this, message);
      else held.push(() => post.apply(this, message));
    };
    Object.assign(window, {
      isHeld: () => held.length > 0,
      goOn: () => {
        left = Infinity;
        for (const message of held) message();
      },
    });
  }, turns);
}

/** Asks from out here: `waitForFunction` asks a second time in the page itself, where the house forbids `eval`. */
async function until(what: string, page: Page): Promise<void> {
  await expect.poll(() => page.evaluate(what)).toBe(true);
}

own("a page is asleep only until it is pressed: then all of it is there at once", async ({ page, hark }) => {
  const id = call(hark, "c-1", [[2, true, false]]);
  await signIn(page, EVERYONE, "/recordings?period=all");
  // Its frame is taken over, and then it is the browser's turn.
  await heldAfter(1, page);
  await page.goto("/recordings?period=all");
  await until("isHeld()", page);
  await expect(page.locator("html")).not.toHaveAttribute("data-hydrated");
  // What only an awake list knows: a key of its own, and which row it is pressed on.
  await page.locator(`.calls tr[data-id="${id}"] .who a`).focus();
  await page.keyboard.press("x");
  await expect(page.locator("html")).toHaveAttribute("data-hydrated");
  await expect(page.locator(`.calls tr[data-id="${id}"] input`)).toBeChecked();
  await expect(page.locator(".bulk")).toBeVisible();
  await page.locator(`.calls tr[data-id="${id}"] .who a`).click();
  await expect(notes(page)).toBeVisible();
  expect(await page.evaluate("isHeld()"), "no other page was fetched").toBe(true);
  await page.evaluate("goOn()");
});

own("a page keeps its title while it wakes", async ({ page, hark }) => {
  const id = call(hark, "c-1", [[2, true, false]]);
  await signIn(page, EVERYONE, "/recordings?period=all");
  await heldAfter(1, page);
  for (const path of [`/recordings/${id}?period=all`, "/recordings", "/account"]) {
    await page.goto(path);
    await until("isHeld()", page);
    expect(await page.title(), path).toMatch(/ – Hark$/);
    await page.evaluate("goOn()");
    await awake(page);
    await expect(page, path).toHaveTitle(/ – Hark$/);
  }
});

own("what is pressed before anything is awake does no harm", async ({ page, hark }) => {
  const id = call(hark, "c-1", [[2, true, false]]);
  await signIn(page, EVERYONE, "/recordings?period=all");
  await heldAfter(0, page);
  await page.goto(`/recordings/${id}?period=all`);
  await until("isHeld()", page);
  await page.keyboard.press("Tab");
  await page.keyboard.press("x");
  await page.locator(".detail .titled h2").click();
  await page.evaluate("goOn()");
  await awake(page);
  await expect(notes(page)).toBeVisible();
});

own("what is typed into a page that is half awake goes on, letter by letter", async ({ page, hark }) => {
  const id = call(hark, "c-1", [[2, true, false]]);
  await signIn(page, EVERYONE, "/recordings?period=all");
  await heldAfter(0, page);
  await page.goto(`/recordings/${id}?period=all`);
  await until("isHeld()", page);
  const field = page.locator(".comments form .input:not(.num)").first();
  await field.focus();
  await page.keyboard.type("ann");
  // The frame wakes, and no more.
  await page.evaluate("(MessagePort.prototype.postMessage = () => (window.half = true)), goOn()");
  await until("window.half", page);
  await page.keyboard.type("a");
  await expect(page.locator("html")).toHaveAttribute("data-hydrated");
  await expect(field).toHaveValue("anna");
});

own("where one has come by an address, a step to the next leaves the focus where it is", async ({ page }) => {
  await signIn(page, EVERYONE, "/recordings?period=all");
  const newest = page.locator(".calls tbody tr:not(.both):not([data-side]) .who a").first();
  const address = (await newest.getAttribute("href"))!;
  await page.goto(address);
  await awake(page);
  const next = page.getByRole("link", { name: words("sv", "recordings").next, exact: true });
  await next.focus();
  await page.keyboard.press("Enter");
  await expect(page).not.toHaveURL(address);
  await expect(page.locator(".detail .titled h2")).toBeVisible();
  await expect(next).toBeFocused();
});

const sound = (page: Page) => page.locator("audio[data-player]");
const played = (page: Page) => sound(page).evaluate((audio: HTMLAudioElement) => audio.currentTime);
const transport = (page: Page) => page.getByRole("group", { name: player.transport });

own("a sound plays before the page is awake, and goes on when it is", async ({ page, hark }) => {
  const id = call(hark, "c-1", [[120, true, false]]);
  await signIn(page, EVERYONE, "/recordings?period=all");
  const wake = await asleep(page, `/recordings/${id}?period=all&t=5`, "**/hark_bg-*.wasm");
  await page.waitForLoadState("domcontentloaded");
  await transport(page).getByRole("button", { name: player.play }).click();
  await expect.poll(() => played(page)).toBeGreaterThan(5.2);
  await transport(page).getByRole("button", { name: player.pause }).click();
  await expect(transport(page).getByRole("button", { name: player.play })).toBeVisible();
  await transport(page).getByRole("button", { name: player.play }).click();
  await sound(page).evaluate((audio) => {
    const cut: string[] = ((window as never as { cut: string[] }).cut = []);
    for (const name of ["pause", "emptied", "seeking", "loadstart"]) audio.addEventListener(name, () => cut.push(name));
  });
  await wake();
  await expect(transport(page).getByRole("button", { name: player.pause })).toBeVisible();
  await expect(page.getByRole("region", { name: player.player })).toBeVisible();
  await expect(page.locator(".detail .wave-range")).toHaveAttribute("aria-valuetext", /^([5-9]|\d\d) sekunder/);
  const before = await played(page);
  await expect.poll(() => played(page)).toBeGreaterThan(before + 0.3);
  expect(await page.evaluate("cut")).toEqual([]);
  await transport(page).getByRole("button", { name: player.pause }).click();
  await expect.poll(() => sound(page).evaluate((audio: HTMLAudioElement) => audio.paused)).toBe(true);
});

own("what does not sound before the page is awake says why when it is", async ({ browser, hark }) => {
  const id = call(hark, "c-1", [[5, true, false]]);
  // What the console says here is said on purpose.
  const context = await browser.newContext({ baseURL: hark.url, locale: "sv-SE" });
  const page = await context.newPage();
  await signIn(page, EVERYONE, "/recordings?period=all");
  await page.route("**/media/*", (route) => route.fulfill({ status: 404, body: "" }));
  const wake = await asleep(page, `/recordings/${id}?period=all`, "**/hark_bg-*.wasm");
  await page.waitForLoadState("domcontentloaded");
  const play = transport(page).getByRole("button", { name: player.play });
  const asked = page.waitForResponse("**/media/*");
  await play.click();
  await asked;
  await expect(play).toBeVisible();
  await wake();
  await expect(page.locator(".detail").getByText(player.gone)).toBeVisible();
  await expect(play).toBeVisible();
  await context.close();
});

for (const lacking of ["hark_bg", "split_review"]) {
  own(`where ${lacking} does not come, the browser's own player goes on with what sounds`, async ({ browser, hark }) => {
    const id = call(hark, "c-1", [[60, true, false]]);
    // What the console says here is said on purpose.
    const context = await browser.newContext({ baseURL: hark.url, locale: "sv-SE" });
    const page = await context.newPage();
    await signIn(page, EVERYONE, "/recordings?period=all");
    let lose = (): void => undefined;
    const lost = new Promise<void>((resolve) => (lose = resolve));
    await page.route(`**/${lacking}-*.wasm`, async (route) => {
      await lost;
      await route.abort();
    });
    await page.goto(`/recordings/${id}?period=all&t=20`, { waitUntil: "domcontentloaded" });
    await transport(page).getByRole("button", { name: player.play }).click();
    await expect.poll(() => played(page)).toBeGreaterThan(20.2);
    lose();
    const browsers = page.locator("audio.fallback");
    await expect(browsers).toBeVisible();
    await expect(transport(page).getByRole("button")).toHaveCount(0);
    await expect.poll(() => browsers.evaluate((audio: HTMLAudioElement) => audio.currentTime)).toBeGreaterThan(20.4);
    expect(await sound(page).evaluate((audio: HTMLAudioElement) => audio.paused)).toBe(true);
    await context.close();
  });
}

own("a call that was left plays on from there, also before the page is awake", async ({ page, hark }) => {
  const id = call(hark, "c-1", [[60, true, false]]);
  await signIn(page, EVERYONE, "/recordings?period=all");
  await page.evaluate((id) => (localStorage.setItem("hark-places", `7:1 ${id}:30000`), localStorage.setItem("hark-player", "150 40 ")), id);
  const wake = await asleep(page, `/recordings/${id}?period=all`, "**/hark_bg-*.wasm");
  await page.waitForLoadState("domcontentloaded");
  // What is written for where no script runs is not seen.
  expect(await page.locator(".playback > noscript").evaluate((plain) => {
    const words = document.createRange();
    words.selectNodeContents(plain);
    return words.getClientRects().length;
  })).toBe(0);
  await transport(page).getByRole("button", { name: player.play }).click();
  await expect.poll(() => played(page)).toBeGreaterThan(30.2);
  const chosen = () => sound(page).evaluate((audio: HTMLAudioElement) => [audio.playbackRate, audio.volume]);
  expect(await chosen()).toEqual([1.5, 0.4]);
  await wake();
  await expect(page.locator(".detail .wave-range")).toHaveAttribute("aria-valuetext", /^(3|4|5)\d sekunder/);
  expect(await chosen()).toEqual([1.5, 0.4]);
});

test("hardly anything moves when the house's letters come: those before them are as wide", async ({ page }) => {
  await page.route("**/*.woff2", (route) => route.fulfill({ status: 404, body: "" }));
  await signIn(page, EVERYONE, "/recordings?period=all");
  /** How wide the words of each weight are, in pixels. */
  const widths = () =>
    page.evaluate(async () => {
      await document.fonts.ready;
      const sums: Record<string, number> = {};
      for (const element of document.querySelectorAll("main a, main th button, main td, header a")) {
        const { fontFamily, fontWeight } = getComputedStyle(element);
        if (!fontFamily.startsWith("Inter")) continue;
        for (const node of element.childNodes) {
          if (node.nodeType !== Node.TEXT_NODE) continue;
          const range = document.createRange();
          range.selectNodeContents(node);
          const wide = [...range.getClientRects()].reduce((sum, line) => sum + line.width, 0);
          sums[fontWeight] = (sums[fontWeight] ?? 0) + wide;
        }
      }
      return { sums, come: [...document.fonts].some((face) => face.family === "Inter" && face.status === "loaded") };
    });
  const before = await widths();
  await page.unroute("**/*.woff2");
  await page.reload();
  await awake(page);
  const after = await widths();
  expect([before.come, after.come]).toEqual([false, true]);
  const weights = Object.keys(after.sums);
  expect(weights.length, "ordinary and bold").toBeGreaterThan(1);
  for (const weight of weights) {
    expect(before.sums[weight] / after.sums[weight], `weight ${weight}`).toBeGreaterThan(0.96);
    expect(before.sums[weight] / after.sums[weight], `weight ${weight}`).toBeLessThan(1.04);
  }
});
