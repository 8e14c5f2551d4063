import type { Page } from "@playwright/test";

import { EVERYONE, accessible, awake, expect, own, signIn, words } from "./house.ts";
import { call } from "./sound.ts";

const player = words("sv", "player");
const shell = words("sv", "shell");

own("silence is skipped when that is asked for, also after a reload", async ({ page, hark }) => {
  const id = call(hark, "c-1", [[2, true, false], [10, false, false], [5, false, true]]);
  await signIn(page, EVERYONE, `/recordings/${id}`);
  await expect(page.locator(".wave-labels").first()).toContainText(/5[89] %/);
  await page.keyboard.press("s");
  const heard = await listen(page);
  await page.keyboard.press("k");
  await expect.poll(() => time(page), { timeout: 15_000 }).toBeGreaterThan(12);
  await page.keyboard.press("k");
  const silent = (await heard()).filter((at) => at > 3.5 && at < 11.5);
  expect(silent, "nothing of the silence").toEqual([]);
  await page.reload();
  await awake(page);
  await page.getByRole("button", { name: /Uppspelningshastighet/ }).first().click();
  await expect(page.getByRole("switch", { name: player.skip_silence })).toBeChecked();
  await accessible(page);
});

own("beside the player it is said that a call is evaluated, as soon as it is", async ({ page, hark }) => {
  const id = call(hark, "c-1", [[2, true, false]]);
  await signIn(page, EVERYONE, `/recordings/${id}?period=all&part=evaluate`);
  const facts = page.locator(".detail .facts");
  await expect(facts).not.toContainText(/\d\s%/);
  const open = page.locator(".ask:visible", { has: page.getByRole("radio") }).filter({ hasNot: page.locator("input:checked") });
  for (let left = await open.count(); left > 0; left = await open.count()) {
    const key = await open.first().getAttribute("id");
    await open.first().locator("label", { has: page.getByRole("radio") }).first().click();
    await expect(page.locator(`#${key} input:checked`)).toHaveCount(1);
  }
  for (const number of await page.locator(".ask:visible .count input").all()) await number.fill("3");
  await page.getByRole("button", { name: words("sv", "configuration").save, exact: true }).click();
  await expect(page.locator(".judged")).toBeVisible();
  await expect(facts).toContainText(/\d\s%/);
});

own("on a phone the short row of the player is there when the whole of it is not", async ({ page, hark }) => {
  const id = call(hark, "c-1", [[5, true, false]]);
  await page.setViewportSize({ width: 390, height: 844 });
  await signIn(page, EVERYONE, `/recordings/${id}?period=all&part=evaluate`);
  const short = page.locator(".compact");
  await expect(short).toBeAttached();
  await expect(page.locator(".sound")).toBeInViewport();
  await expect(short).toBeHidden();
  await page.locator(".ask").last().scrollIntoViewIfNeeded();
  await expect(page.locator(".sound")).not.toBeInViewport();
  await expect(short).toBeInViewport({ ratio: 1 });
  await page.evaluate(() => scrollTo(0, 0));
  await expect(short).toBeHidden();
  await expect(page.locator(".sound")).toBeInViewport();
});

own("a passage is repeated, with fields and with keys, until it is removed", async ({ page, hark }) => {
  const id = call(hark, "c-1", [[20, true, false]]);
  await signIn(page, EVERYONE, `/recordings/${id}`);
  await page.getByText(player.passage, { exact: true }).click();
  const [from, to] = [page.getByLabel(player.passage_from), page.getByLabel(player.passage_to)];
  const repeat = page.getByRole("button", { name: player.repeat, exact: true });
  await from.fill("x");
  await to.fill("9:00");
  await repeat.click();
  await expect(page.getByText(player.no_time)).toBeVisible();
  await expect(page.getByText(player.too_late.replace("{{ length }}", "00:20"))).toBeVisible();
  await expect(from).toBeFocused();
  await accessible(page);
  await from.fill("0:02");
  await to.fill("3");
  const heard = await listen(page);
  await repeat.click();
  await expect.poll(async () => turns(await heard())).toBeGreaterThanOrEqual(2);
  expect(Math.max(...(await heard()))).toBeLessThan(3.6);
  await page.getByRole("button", { name: player.passage_remove }).click();
  await expect.poll(() => time(page)).toBeGreaterThan(4);
  // The same with keys: in, out, and play it.
  await page.locator(".detail h2").first().click();
  await page.keyboard.press("k");
  await page.keyboard.press("0");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("i");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("o");
  await expect(from).toHaveValue("00:05");
  await expect(to).toHaveValue("00:10");
  await expect(page.locator(".wave-marks rect")).toHaveCount(1);
  await page.keyboard.press("Shift+P");
  await expect.poll(() => time(page)).toBeGreaterThan(5);
  expect(await time(page)).toBeLessThan(10);
  // An end that is marked while one hears it leads back to the beginning at once.
  await expect.poll(() => time(page)).toBeGreaterThan(6.5);
  await page.keyboard.press("o");
  await expect.poll(() => time(page)).toBeLessThan(6);
  await expect(page.locator(".wave-marks rect")).toHaveCount(1);
  // Also on other pages one sees why the sound does not go on, and can let it.
  await page.locator(".top > nav").getByRole("link", { name: shell.home }).click();
  const sign = page.locator(".player").getByRole("button", { name: player.stop_repeating });
  await expect(sign).toContainText("00:05–");
  await sign.click();
  await expect(sign).toHaveCount(0);
  await expect(page.locator(".player [data-kind='play']")).toBeFocused();
});

own("an address leads to a moment, and one comes back to where one was", async ({ page, hark }) => {
  const id = call(hark, "c-1", [[120, true, false]]);
  await signIn(page, EVERYONE, `/recordings/${id}?t=1m5s`);
  const range = page.locator(".detail .wave-range");
  await expect(range).toHaveAttribute("aria-valuetext", "1 minut 5 sekunder av 2 minuter");
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.getByRole("button", { name: player.copy_link }).click();
  await expect(page.getByRole("button", { name: player.link_copied })).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(`${hark.url}/recordings/${id}?t=65`);
  await page.locator(".detail h2").first().click();
  await page.keyboard.press("k");
  await expect.poll(() => time(page)).toBeGreaterThan(66);
  await page.keyboard.press("k");
  await expect.poll(() => page.evaluate(() => localStorage.getItem("hark-places"))).toMatch(new RegExp(`^${id}:6[6-9]`));
  await page.goto(`/recordings/${id}`);
  await awake(page);
  await expect(range).toHaveAttribute("aria-valuetext", /^1 minut [6-9] sekunder/);
  await page.keyboard.press("0");
  await expect(range).toHaveAttribute("aria-valuetext", "0 sekunder av 2 minuter");
});

own("the sheet lists the keys that work here, and one switch turns letters off", async ({ page, hark }) => {
  const id = call(hark, "c-1", [[20, true, false]]);
  await signIn(page, EVERYONE, "/configuration");
  const sheet = page.locator("#keys");
  await page.keyboard.press("?");
  await expect(sheet.getByText(shell.key_keys)).toBeVisible();
  await expect(sheet.getByText(shell.key_play, { exact: true })).toHaveCount(0);
  await page.goto(`/recordings/${id}`);
  await awake(page);
  await page.keyboard.press("?");
  await expect(sheet.getByText(shell.key_play, { exact: true })).toBeVisible();
  await expect(sheet.locator("kbd", { hasText: /^K$/ }).first()).toBeVisible();
  await accessible(page);
  await sheet.getByRole("switch", { name: shell.letters }).uncheck();
  await expect(sheet.getByText(shell.key_mute)).toHaveCount(0);
  await expect(sheet.getByText(shell.key_play, { exact: true })).toBeVisible();
  await page.keyboard.press("Escape");
  await page.locator(".detail h2").first().click();
  for (const key of ["k", "l", "5", "?"]) await page.keyboard.press(key);
  await expect(sheet).toBeHidden();
  const range = page.locator(".detail .wave-range");
  await expect(range).toHaveAttribute("aria-valuetext", /^0 sekunder/);
  // Arrows stay, and so do letters for one who stands in the wave, and keys with Alt for one who writes.
  await page.keyboard.press("ArrowRight");
  await expect(range).toHaveAttribute("aria-valuetext", /^5 sekunder/);
  await range.focus();
  await page.keyboard.press("l");
  await expect(range).toHaveAttribute("aria-valuetext", /^15 sekunder/);
  await page.getByText(player.passage, { exact: true }).click();
  await page.getByLabel(player.passage_from).focus();
  await page.keyboard.press("Alt+j");
  await expect(range).toHaveAttribute("aria-valuetext", /^10 sekunder/);
  await page.keyboard.press("Alt+k");
  await expect.poll(() => time(page)).toBeGreaterThan(10.2);
  await expect(page.getByLabel(player.passage_from)).toHaveValue("");
  await page.reload();
  await awake(page);
  await page.keyboard.press("?");
  await expect(sheet).toBeHidden();
});

own("a speaker who is silenced is not heard, and the next call is heard whole", async ({ page, hark }) => {
  const id = call(hark, "c-1", [[4, true, false], [4, false, true]]);
  const other = call(hark, "c-2", [[10, true, true]]);
  // What goes to the ears is also measured.
  await page.addInitScript(() => {
    const connect = AudioNode.prototype.connect as (...to: unknown[]) => unknown;
    const tapped = new Map<BaseAudioContext, AnalyserNode>();
    AudioNode.prototype.connect = function (this: AudioNode, ...to: unknown[]) {
      if (to[0] instanceof AudioDestinationNode) {
        const analyser = tapped.get(this.context) ?? new AnalyserNode(this.context);
        tapped.set(this.context, analyser);
        connect.call(this, analyser);
        (window as never as { tap: AnalyserNode }).tap = analyser;
      }
      return connect.apply(this, to);
    } as never;
  });
  await signIn(page, EVERYONE, `/recordings/${id}`);
  const loudness = () =>
    page.evaluate(() => {
      const tap = (window as never as { tap: AnalyserNode }).tap;
      const samples = new Float32Array(tap.fftSize);
      tap.getFloatTimeDomainData(samples);
      return Math.sqrt(samples.reduce((sum, v) => sum + v * v, 0) / samples.length);
    });
  const mute = page.getByRole("button", { name: player.mute_lane.replace("{{ name }}", "Pelle Persson") }).first();
  await mute.click();
  await expect(mute).toHaveAttribute("aria-pressed", "true");
  await page.keyboard.press("k");
  await expect.poll(() => time(page)).toBeGreaterThan(1);
  // The silence of A-law is not nought.
  expect(await loudness()).toBeLessThan(0.001);
  await expect.poll(() => time(page)).toBeGreaterThan(4.5);
  await expect.poll(loudness).toBeGreaterThan(0.01);
  await page.keyboard.press("k");
  await page.goto(`/recordings/${other}`);
  await awake(page);
  await expect(mute).toHaveAttribute("aria-pressed", "false");
});

own("a call of two hours starts anywhere, and a closer look fetches the tiles in sight, each once", async ({ page, hark }) => {
  const id = call(hark, "c-1", [[3_600, true, false], [600, false, true], [3_000, true, true]]);
  const asked: string[] = [];
  page.on("request", (request) => request.url().includes("/peaks") && asked.push(new URL(request.url()).search));
  await signIn(page, EVERYONE, `/recordings/${id}`);
  await expect(page.locator(".detail .wave-map")).toBeVisible();
  expect(asked).toEqual([]);
  for (const key of ["9", "1", "5"]) {
    await page.locator(".detail h2").first().click();
    await page.keyboard.press(key);
    await page.keyboard.press("k");
    await expect.poll(() => time(page)).toBeGreaterThan(Number(key) * 720 + 0.2);
    await page.keyboard.press("k");
  }
  const closer = page.getByRole("button", { name: player.zoom_in });
  const scroll = page.getByRole("slider", { name: player.in_view });
  let before = 0;
  while ((await closer.getAttribute("aria-disabled")) !== "true") {
    await closer.click();
    await quiet(page);
    expect(asked.length - before, "few at a time").toBeLessThanOrEqual(5);
    before = asked.length;
  }
  expect(asked.length).toBeGreaterThan(5);
  // A step aside and back again needs nothing that has been here.
  await scroll.press("ArrowRight");
  await scroll.press("ArrowLeft");
  await quiet(page);
  const out = page.getByRole("button", { name: player.zoom_out });
  for (let step = 0; step < 3; step++) await out.click();
  await quiet(page);
  expect(new Set(asked).size, "none twice").toBe(asked.length);
  for (const search of asked) {
    const [from, to, bars] = ["from", "to", "n"].map((name) => Number(new URLSearchParams(search).get(name)));
    const bar = (to - from) / bars;
    expect(Number.isInteger(Math.log2(bar)) || to === 7_200_000, search).toBe(true);
    expect(from % (256 * 2 ** Math.ceil(Math.log2(bar))), search).toBe(0);
  }
  await accessible(page);
});

own("a headset is told what plays, and commands it", async ({ page, hark }) => {
  const id = call(hark, "c-1", [[60, true, false]]);
  await page.addInitScript(() => {
    const handlers: Record<string, unknown> = ((window as never as { handlers: object }).handlers = {}) as never;
    navigator.mediaSession.setActionHandler = (action: string, handler: unknown) => void (handlers[action] = handler);
  });
  const press = (action: string, details = {}) =>
    page.evaluate(
      ([action, details]) => (window as never as { handlers: Record<string, (d: unknown) => void> }).handlers[action as string](details),
      [action, details] as const,
    );
  await signIn(page, EVERYONE, `/recordings/${id}`);
  await press("play");
  await expect.poll(() => time(page)).toBeGreaterThan(0.2);
  const told = await page.evaluate(() => [navigator.mediaSession.metadata!.title, navigator.mediaSession.metadata!.artist]);
  expect(told).toEqual(["Pelle Persson", "från 070-921 40 80, kl. 10:07"]);
  await expect.poll(() => page.evaluate(() => navigator.mediaSession.playbackState)).toBe("playing");
  await press("pause");
  await press("seekto", { seekTime: 40 });
  await press("seekforward");
  await expect(page.locator(".detail .wave-range")).toHaveAttribute("aria-valuetext", /^50 sekunder/);
  await press("stop");
  await expect(page.locator(".detail .wave-range")).toHaveAttribute("aria-valuetext", /^0 sekunder/);
  // It is not of today, so the list beside it has no neighbour.
  expect(await page.evaluate(() => (window as never as { handlers: Record<string, unknown> }).handlers.nexttrack)).toBeNull();
});

own.describe("where no script runs", () => {
  own.use({ javaScriptEnabled: false });

  own("who speaks how much is told, and the browser's own player begins at the moment", async ({ page, hark }) => {
    const id = call(hark, "c-1", [[30, true, false], [30, false, true], [40, false, false]]);
    await signIn(page, EVERYONE, `/recordings/${id}?t=1m5s`);
    await expect(page.locator(".wave-labels").first()).toContainText("Pelle Persson 30 %");
    await expect(page.locator(".wave-labels").first()).toContainText("Tystnad 40 %");
    await expect(page.locator("audio.fallback")).toHaveAttribute("src", `/media/${id}#t=65`);
  });
});

/** What the sound has passed, from now on. */
async function listen(page: Page): Promise<() => Promise<number[]>> {
  await page.locator("audio[data-player]").evaluate((audio: HTMLAudioElement) => {
    const heard: number[] = ((window as never as { heard: number[] }).heard = []);
    audio.addEventListener("timeupdate", () => heard.push(audio.currentTime));
  });
  return () => page.evaluate(() => (window as never as { heard: number[] }).heard);
}

/** How often the sound went back. */
function turns(heard: number[]): number {
  return heard.filter((at, index) => index > 0 && at < heard[index - 1]).length;
}

/** Whatever a closer look asks for has been asked for and answered: it waits until one has stopped moving. */
async function quiet(page: Page): Promise<void> {
  const waiting = page.waitForRequest("**/peaks**", { timeout: 700 }).catch(() => null);
  await waiting;
  await page.waitForLoadState("networkidle");
}

function time(page: Page): Promise<number> {
  return page.locator("audio[data-player]").evaluate((audio: HTMLAudioElement) => audio.currentTime);
}
