import type { Page } from "@playwright/test";
import { readFileSync } from "node:fs";

import { EVERYONE, LANGUAGES, OWN, PASSWORD, awake, ends, enter, expect, signIn, speak, test, words } from "./house.ts";

for (const language of LANGUAGES) {
  const word = words(language, "recordings");
  const player = words(language, "player");

  test.describe(`in ${language}`, () => {
    test("one signs in, after a wrong password that says so and keeps the address", async ({ page }) => {
      await speak(page, language);
      await page.goto("/recordings");
      await expect(page).toHaveURL(/\/signin\?next=/);
      await awake(page);
      await enter(page, OWN, "fel lösenord", language);
      await expect(page.getByText(words(language, "errors").wrong_credentials).first()).toBeVisible();
      await expect(page.getByLabel(words(language, "fields").email)).toHaveValue(OWN);
      await ends(page, "sign-in", language);
      await enter(page, OWN, PASSWORD, language);
      await expect(page).toHaveURL(/\/recordings$/);
      await expect(page.locator("h1")).toHaveText(word.title);
    });

    test("one finds today's own calls, newest first", async ({ page }) => {
      await signIn(page, OWN, "/recordings", language);
      await expect(page.getByRole("row").nth(2)).toBeVisible();
      const times = await page.getByRole("row").locator("time").allInnerTexts();
      expect(times.length).toBeGreaterThan(1);
      expect(times).toEqual([...times].sort().reverse());
      await ends(page, "list", language);
    });

    test("one hears a call: it plays, and it is the sound", async ({ page }) => {
      await signIn(page, OWN, "/recordings", language);
      await open(page, word.play);
      await expect(page).toHaveURL(/\/recordings\/\d+/);
      await expect.poll(() => time(page)).toBeGreaterThan(1);
      expect(await audio(page).evaluate((a: HTMLAudioElement) => a.paused)).toBe(false);

      // What the browser plays, decoded: not silence, and as long as the page says.
      const heard = await page.evaluate(async () => {
        const audio = document.querySelector<HTMLAudioElement>("audio[data-player]")!;
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
      await paused(page);
      await ends(page, "play", language, opened(page, word));
    });

    test("one seeks by click, by drag, by range and by keys", async ({ page }) => {
      await signIn(page, OWN, "/recordings", language);
      await open(page, word.play);
      await page.locator("h1").click();
      await page.keyboard.press("k");
      await paused(page);
      const range = page.locator(".wave-range").first();
      const wave = (await range.boundingBox())!;
      const length = await audio(page).evaluate((a: HTMLAudioElement) => a.duration);
      const at = (part: number) => [wave.x + wave.width * part, wave.y + wave.height / 2] as const;
      await page.mouse.click(...at(0.5));
      await expect.poll(async () => Math.abs((await time(page)) - length / 2)).toBeLessThan(length * 0.05);
      await page.mouse.down();
      await page.mouse.move(...at(0.8), { steps: 5 });
      await page.mouse.up();
      await expect.poll(async () => Math.abs((await time(page)) - length * 0.8)).toBeLessThan(length * 0.05);
      await page.locator("h1").click();
      const there = await time(page);
      await page.keyboard.press("ArrowLeft");
      await expect.poll(async () => (await time(page)) - there).toBeCloseTo(-5, 0);
      await page.keyboard.press("j");
      await expect.poll(async () => (await time(page)) - there).toBeCloseTo(-15, 0);
      await page.keyboard.press("0");
      await expect.poll(() => time(page)).toBeLessThan(0.5);
      await range.focus();
      await page.keyboard.press("End");
      await expect.poll(async () => length - (await time(page))).toBeLessThan(0.5);
      await expect(range).toHaveAttribute("aria-valuetext", language === "sv" ? /sekund/ : /second/);
      await ends(page, "seek", language, opened(page, word));
    });

    test("the chosen speed is the speed heard, also for the next call and after a reload", async ({ page }) => {
      await signIn(page, OWN, "/recordings", language);
      await open(page, word.play);
      await page.locator("h1").click();
      await page.keyboard.press(">");
      await page.keyboard.press(">");
      const rate = () => audio(page).evaluate((a: HTMLAudioElement) => a.playbackRate);
      await expect.poll(rate).toBe(1.5);
      expect(await audio(page).evaluate((a: HTMLAudioElement) => a.preservesPitch)).toBe(true);
      // Heard is what moves: a second of the clock is a second and a half of the call.
      // On a machine that is busy the sound falls behind for a while, and never gets ahead.
      const pace = () =>
        audio(page).evaluate(async (a: HTMLAudioElement) => {
          const moved = () => new Promise((done) => a.addEventListener("timeupdate", done, { once: true }));
          await moved();
          const [from, began] = [a.currentTime, performance.now()];
          while (performance.now() - began < 2000) await moved();
          return (a.currentTime - from) / ((performance.now() - began) / 1000);
        });
      await expect.poll(async () => Math.abs((await pace()) - 1.5)).toBeLessThan(0.2);
      await page.reload();
      await awake(page);
      await open(page, word.play, 1);
      await expect.poll(rate).toBe(1.5);
      await page.locator("h1").click();
      await page.keyboard.press("k");
      await paused(page);
      const speed = player.speed_is.replace("{{ speed }}", language === "sv" ? "1,5" : "1.5");
      await expect(page.getByRole("button", { name: speed }).first()).toBeVisible();
      await ends(page, "speed", language, opened(page, word));
    });

    test("a download is the original under a name that says what it is", async ({ page }) => {
      await signIn(page, OWN, "/recordings", language);
      const waiting = page.waitForEvent("download");
      await page.getByRole("row").nth(1).getByRole("link", { name: begins(word.download) }).click();
      const download = await waiting;
      expect(download.suggestedFilename()).toMatch(/^\d{8}_\d{6}_Pelle-Persson_.*\.wav$/);
      const file = readFileSync(await download.path());
      // The very bytes that the switch handed over.
      expect(file.equals(readFileSync(new URL("../../server/demo/sound/offert.wav", import.meta.url)))).toBe(true);
      await expect(page).toHaveURL(/\/recordings$/);
      await ends(page, "download", language, page.getByRole("row").nth(1));
    });
  });
}

test("sound goes on while one moves between pages", async ({ page }) => {
  await signIn(page, OWN);
  await open(page);
  await page.getByRole("link", { name: "Hjälp" }).first().click();
  await expect(page).toHaveURL(/\/help/);
  const before = await time(page);
  await expect.poll(() => time(page)).toBeGreaterThan(before + 0.5);
});

test("the space bar pauses what was started with the mouse", async ({ page }) => {
  await signIn(page, OWN);
  await open(page);
  await page.keyboard.press("Space");
  await paused(page);
  await expect(page).toHaveURL(/\/recordings\/\d+/);
});

test("keys work from a slider too, and Escape closes the recording", async ({ page }) => {
  await signIn(page, OWN);
  await open(page);
  await page.locator("input[type=range]:not(.wave-range)").first().focus();
  await page.keyboard.press("k");
  await paused(page);
  await page.keyboard.press("Escape");
  await expect(page).toHaveURL(/\/recordings$/);
});

test("a recording out of reach says so, also when one comes from another page", async ({ page }) => {
  await signIn(page, OWN, "/recordings/1");
  await expect(page.getByText(words("sv", "recordings").absent_title)).toBeVisible();
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
  expect(await audio(page).evaluate((a: HTMLAudioElement) => [a.paused, a.muted])).toEqual([true, false]);
  expect(await time(page)).toBe(before);
});

test("a call of half an hour starts anywhere", async ({ page }) => {
  await signIn(page, EVERYONE, "/recordings?period=all");
  // By its length: half past an hour looks the same.
  const long = page.getByRole("row").filter({ has: page.locator(".len", { hasText: /30:\d\d/ }) }).first();
  await long.getByRole("link", { name: /Spela upp/ }).click();
  await expect.poll(() => time(page)).toBeGreaterThan(0.2);
  await page.locator("h1").click();
  await page.keyboard.press("9");
  await expect.poll(() => time(page)).toBeGreaterThan(1600);
});

test("what is played from a row is bidden to sound before its page is opened", async ({ page }) => {
  await signIn(page, OWN);
  await audio(page).evaluate((a) => a.addEventListener("play", () => (a.dataset.at = location.pathname), { once: true }));
  await open(page);
  await expect(page).toHaveURL(/\/recordings\/\d+/);
  await expect(audio(page)).toHaveAttribute("data-at", "/recordings");
  await expect(page.locator(".detail .titled h2")).toBeVisible();
});

test("a sound that keeps one waiting keeps no page, and leads nobody away who has gone elsewhere", async ({ page }) => {
  await page.clock.install();
  await signIn(page, OWN, "/recordings?period=all");
  let come = (): void => undefined;
  const comes = new Promise<void>((resolve) => (come = resolve));
  await page.route("**/media/*", async (route) => {
    await comes;
    await route.continue();
  });
  const rows = page.locator(".calls tbody tr:not(.both):not([data-side])");
  const path = async (row: number) => new RegExp(`${(await rows.nth(row).locator(".play a").getAttribute("href"))!.split("?")[0]}\\b`);
  // Nothing has come of the first press when the second follows.
  await rows.first().evaluate((row) => {
    row.querySelector<HTMLElement>(".play a")!.click();
    row.nextElementSibling!.querySelector<HTMLElement>(".who a")!.click();
  });
  await expect(page).toHaveURL(await path(1));
  // The time that a sound is given passes.
  await page.clock.fastForward(1000);
  await expect(page).toHaveURL(await path(1));
  // Of two plays the later one.
  const first = await rows.first().locator(".play a").elementHandle();
  await rows.nth(2).locator(".play a").evaluate((play, first) => [first, play].forEach((link) => (link as HTMLElement).click()), first);
  await page.clock.fastForward(1000);
  await expect(page).toHaveURL(await path(2));
  expect(await time(page)).toBe(0);
  come();
  await expect.poll(() => time(page)).toBeGreaterThan(0.2);
});

/** The words before a name: "Spela upp {{ name }}". */
function begins(phrase: string): RegExp {
  return new RegExp(`^${phrase.split(" {{")[0]}`);
}

async function open(page: Page, phrase = words("sv", "recordings").play, index = 0): Promise<void> {
  const row = page.getByRole("row").filter({ hasText: "Pelle Persson" }).nth(index);
  await row.getByRole("link", { name: begins(phrase) }).click();
  await expect.poll(() => time(page)).toBeGreaterThan(0.2);
}

function opened(page: Page, word: Record<string, string>) {
  return page.getByRole("region", { name: word.opened });
}

function audio(page: Page) {
  return page.locator("audio[data-player]");
}

async function paused(page: Page): Promise<void> {
  await expect.poll(() => audio(page).evaluate((a: HTMLAudioElement) => a.paused)).toBe(true);
}

function time(page: Page): Promise<number> {
  return audio(page).evaluate((a: HTMLAudioElement) => a.currentTime);
}
