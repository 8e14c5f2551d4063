import type { Page } from "@playwright/test";

import { OWN, awake, expect, signIn, test, words } from "./house.ts";

const word = words("sv", "recordings");

test("what begins to play in one tab pauses in the other", async ({ page, context }) => {
  await signIn(page, OWN);
  await open(page, 0);
  await plays(page, true);
  const other = await context.newPage();
  await other.goto("/recordings");
  await awake(other);
  await plays(page, true);
  await open(other, 1);
  await plays(page, false);
  await plays(other, true);
  // And back, from where it was left.
  const left = await time(page);
  await page.keyboard.press("k");
  await plays(other, false);
  await plays(page, true);
  expect(await time(page)).toBeGreaterThanOrEqual(left);
  await page.keyboard.press("k");
  await plays(page, false);
  await plays(other, false);
});

const begins = new RegExp(`^${word.play.split(" {{")[0]}`);

async function open(page: Page, index: number): Promise<void> {
  const row = page.getByRole("row").filter({ hasText: "Pelle Persson" }).nth(index);
  await row.getByRole("link", { name: begins }).click();
  await expect.poll(() => time(page)).toBeGreaterThan(0.2);
}

async function plays(page: Page, does: boolean): Promise<void> {
  const paused = () => page.locator("audio[data-player]").evaluate((audio: HTMLAudioElement) => audio.paused);
  await expect.poll(paused).toBe(!does);
}

function time(page: Page): Promise<number> {
  return page.locator("audio[data-player]").evaluate((audio: HTMLAudioElement) => audio.currentTime);
}
