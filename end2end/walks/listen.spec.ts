import { readFileSync } from "node:fs";

import { EVERYONE, OWN, accessible, awake, expect, signIn, test } from "./house.ts";

test("signing in with a wrong password says so and keeps the address", async ({ page }) => {
  await page.goto("/recordings");
  await expect(page).toHaveURL(/\/signin\?next=/);
  await awake(page);
  await page.getByLabel("E-post").fill(OWN);
  await page.getByLabel("Lösenord", { exact: true }).fill("fel lösenord");
  await page.getByRole("button", { name: "Logga in", exact: true }).click();
  await expect(page.getByText("E-postadressen eller lösenordet stämmer inte.").first()).toBeVisible();
  await expect(page.getByLabel("E-post")).toHaveValue(OWN);
  await accessible(page);
});

test("one hears a call: it plays, and it is the sound", async ({ page }) => {
  await signIn(page, OWN);
  const row = page.getByRole("row").filter({ hasText: "Pelle Persson" }).first();
  await row.getByRole("link", { name: /Spela upp/ }).click();
  await expect(page).toHaveURL(/\/recordings\/\d+/);
  const audio = page.locator("audio:not(.fallback)");
  await expect.poll(() => time(page)).toBeGreaterThan(1);
  expect(await audio.evaluate((a: HTMLAudioElement) => a.paused)).toBe(false);

  // What the browser plays, decoded: not silence, and as long as the page says.
  const heard = await page.evaluate(async () => {
    const audio = document.querySelector<HTMLAudioElement>("audio:not(.fallback)")!;
    const bytes = await (await fetch(audio.currentSrc)).arrayBuffer();
    const sound = await new AudioContext({ sampleRate: 8000 }).decodeAudioData(bytes);
    const lanes = [...Array(sound.numberOfChannels).keys()].map((lane) => {
      const samples = sound.getChannelData(lane);
      return Math.sqrt(samples.reduce((sum, v) => sum + v * v, 0) / samples.length);
    });
    return { seconds: sound.duration, element: audio.duration, lanes };
  });
  expect(Math.abs(heard.seconds - heard.element)).toBeLessThan(0.1);
  for (const loudness of heard.lanes) expect(loudness).toBeGreaterThan(0.005);

  await page.keyboard.press("k");
  await expect.poll(() => audio.evaluate((a: HTMLAudioElement) => a.paused)).toBe(true);
  await expect(page.locator("main")).toMatchAriaSnapshot({ name: "recording.aria.yml" });
  await accessible(page);
});

test("one seeks by click, by range and by keys", async ({ page }) => {
  await signIn(page, OWN);
  await open(page);
  const range = page.locator(".wave-range").first();
  const wave = (await range.boundingBox())!;
  await page.mouse.click(wave.x + wave.width / 2, wave.y + wave.height / 2);
  const length = await page.locator("audio:not(.fallback)").evaluate((a: HTMLAudioElement) => a.duration);
  await expect.poll(async () => Math.abs((await time(page)) - length / 2)).toBeLessThan(length * 0.05);
  await page.locator("h1").click();
  const middle = await time(page);
  await page.keyboard.press("ArrowRight");
  await expect.poll(async () => (await time(page)) - middle).toBeCloseTo(5, 0);
  await page.keyboard.press("j");
  await expect.poll(async () => (await time(page)) - middle).toBeCloseTo(-5, 0);
  await page.keyboard.press("0");
  await expect.poll(() => time(page)).toBeLessThan(0.5);
  await range.focus();
  await page.keyboard.press("End");
  await expect.poll(async () => length - (await time(page))).toBeLessThan(0.5);
  await expect(range).toHaveAttribute("aria-valuetext", /sekund/);
});

test("the chosen speed is the speed heard, also for the next call and after a reload", async ({ page }) => {
  await signIn(page, OWN);
  await open(page);
  const audio = page.locator("audio:not(.fallback)");
  await page.locator("h1").click();
  await page.keyboard.press(">");
  await page.keyboard.press(">");
  const rate = () => audio.evaluate((a: HTMLAudioElement) => a.playbackRate);
  await expect.poll(rate).toBe(1.5);
  expect(await audio.evaluate((a: HTMLAudioElement) => a.preservesPitch)).toBe(true);
  await expect(page.getByRole("button", { name: /1,5/ }).first()).toBeVisible();
  await page.reload();
  await awake(page);
  await open(page, 1);
  await expect.poll(rate).toBe(1.5);
});

test("sound goes on while one moves between pages", async ({ page }) => {
  await signIn(page, OWN);
  await open(page);
  await page.getByRole("link", { name: "Hjälp" }).first().click();
  await expect(page).toHaveURL(/\/help/);
  const before = await time(page);
  await expect.poll(() => time(page)).toBeGreaterThan(before + 0.5);
});

test("keys stay quiet while one types", async ({ page }) => {
  await signIn(page, OWN);
  await open(page);
  await page.keyboard.press("k");
  await page.evaluate(() => {
    const box = document.createElement("textarea");
    document.querySelector("main")!.append(box);
    box.focus();
  });
  const before = await time(page);
  await page.keyboard.type("k l 5 m");
  expect(await page.locator("textarea").last().inputValue()).toBe("k l 5 m");
  expect(await page.locator("audio:not(.fallback)").evaluate((a: HTMLAudioElement) => [a.paused, a.muted])).toEqual([true, false]);
  expect(await time(page)).toBe(before);
});

test("a download is the original under a name that says what it is", async ({ page }) => {
  await signIn(page, EVERYONE);
  const row = page.getByRole("row").filter({ hasText: "Pelle Persson" }).first();
  const waiting = page.waitForEvent("download");
  await row.getByRole("link", { name: /Ladda ner/ }).click();
  const download = await waiting;
  expect(download.suggestedFilename()).toMatch(/^\d{8}_\d{6}_Pelle-Persson_.*\.wav$/);
  const file = readFileSync(await download.path());
  expect(file.subarray(0, 4).toString("latin1")).toBe("RIFF");
  expect(file.length).toBe(8 + file.readUInt32LE(4));
});

test("a call of half an hour starts anywhere", async ({ page }) => {
  await signIn(page, EVERYONE, "/recordings?period=all");
  const long = page.getByRole("row").filter({ hasText: /30:\d\d/ }).first();
  await long.getByRole("link", { name: /Spela upp/ }).click();
  await expect.poll(() => time(page)).toBeGreaterThan(0.2);
  await page.locator("h1").click();
  await page.keyboard.press("9");
  await expect.poll(() => time(page)).toBeGreaterThan(1600);
});

async function open(page: import("@playwright/test").Page, index = 0): Promise<void> {
  await page.getByRole("row").filter({ hasText: "Pelle Persson" }).nth(index).getByRole("link", { name: /Spela upp/ }).click();
  await expect.poll(() => time(page)).toBeGreaterThan(0.2);
}

function time(page: import("@playwright/test").Page): Promise<number> {
  return page.locator("audio:not(.fallback)").evaluate((a: HTMLAudioElement) => a.currentTime);
}
