import type { Locator, Page } from "@playwright/test";

import { EVERYONE, accessible, awake, expect, fill, own, signIn, words } from "./house.ts";
import { call } from "./sound.ts";

const word = words("sv", "recordings");
const filter = words("sv", "filter");
const list = words("sv", "list");
const review = words("sv", "review");

const rows = (page: Page): Locator => page.locator(".calls tbody tr:not([data-side]):not(.both)");
const tick = (row: Locator): Locator => row.locator(".pick input[name='id']");
const bar = (page: Page): Locator => page.getByRole("region", { name: list.chosen });
const counted = (count: number): string => `${count} ${word[count === 1 ? "recording" : "recordings"]}`;

async function flag(page: Page, name: string): Promise<void> {
  await bar(page).getByRole("button", { name: list.set_flag, exact: true }).click();
  await page.locator("#bulk-flag").getByRole("button", { name }).click();
}

own("of two deeds the first is undone by itself, also after the page is loaded anew", async ({ page, hark }) => {
  const [one, ...others] = ["c-1", "c-2", "c-3"].map((name) => call(hark, name, [[2, true, false]]));
  const row = (id: string): Locator => page.locator(`.calls tr[data-id="${id}"]`);
  const button = page.getByRole("button", { name: list.earlier_deeds });
  const earlier = page.getByRole("dialog", { name: list.earlier_deeds });
  const told = page.locator("#bulk-work");
  await signIn(page, EVERYONE, "/recordings?period=all");
  for (const id of [one, ...others]) await tick(row(id)).check();
  await flag(page, filter.flag_red);
  await expect(told).toContainText(fill(list.flagged, { count: counted(3), flag: filter.flag_red.toLowerCase() }));
  // There is nothing else to undo yet.
  await expect(button).toHaveCount(0);
  for (const id of others) await tick(row(id)).uncheck();
  await flag(page, filter.flag_blue);
  await expect(row(one).locator(".flag")).toHaveAttribute("data-c", "blue");
  await expect(button).toHaveCount(1);
  await page.reload();
  await awake(page);
  await tick(row(one)).check();
  await button.click();
  await expect(earlier.getByRole("listitem")).toHaveCount(2);
  await accessible(page);
  await earlier.getByRole("listitem").last().getByRole("button", { name: list.undo }).click();
  await expect(told).toContainText(fill(list.undone, { deed: fill(list.deed_flag, { flag: filter.flag_red }), count: counted(2) }));
  await expect(told).toContainText(fill(list.left_since, { count: "1" }));
  for (const id of others) await expect(row(id).locator(".flag")).toHaveCount(0);
  await expect(row(one).locator(".flag")).toHaveAttribute("data-c", "blue");
  // And then the second: nothing of the first comes back.
  await button.click();
  await expect(earlier.getByRole("listitem")).toHaveCount(1);
  await earlier.getByRole("button", { name: list.undo }).click();
  await expect(told).toContainText(fill(list.undone, { deed: fill(list.deed_flag, { flag: filter.flag_blue }), count: counted(1) }));
  await expect(row(one).locator(".flag")).toHaveCount(0);
  await expect(button).toHaveCount(0);
});

own("what is open is told of what is done to it among many", async ({ page, hark }) => {
  const id = call(hark, "c-1", [[2, true, false]]);
  await signIn(page, EVERYONE, `/recordings/${id}?period=all`);
  const notes = page.getByRole("form", { name: review.notes });
  await expect(notes.getByRole("radio", { name: filter.flag_red })).not.toBeChecked();
  await tick(page.locator(`.calls tr[data-id="${id}"]`)).check();
  await flag(page, filter.flag_red);
  await expect(notes.getByRole("radio", { name: filter.flag_red })).toBeChecked();
  await page.locator("#bulk-work").getByRole("button", { name: list.undo, exact: true }).click();
  await expect(notes.getByRole("radio", { name: review.no_flag })).toBeChecked();
  // What one is writing stays.
  await notes.getByLabel(word.call_tag).fill("Halvskrivet");
  await flag(page, filter.flag_blue);
  await expect(page.locator(`.calls tr[data-id="${id}"] .flag`)).toHaveAttribute("data-c", "blue");
  await expect(notes.getByLabel(word.call_tag)).toHaveValue("Halvskrivet");
});

own("on a phone what was done and its way back stay in sight", async ({ page, hark }) => {
  const ids = ["c-1", "c-2"].map((name) => call(hark, name, [[2, true, false]]));
  await page.setViewportSize({ width: 390, height: 844 });
  await signIn(page, EVERYONE, "/recordings?period=all");
  for (const id of ids) await tick(page.locator(`.calls tr[data-id="${id}"]`)).check();
  await flag(page, filter.flag_red);
  const told = page.locator("#bulk-work");
  await expect(told).toContainText(fill(list.flagged, { count: counted(2), flag: filter.flag_red.toLowerCase() }));
  const undo = told.getByRole("button", { name: list.undo, exact: true });
  for (const one of [undo, told, bar(page)]) await expect(one).toBeInViewport({ ratio: 1 });
  await accessible(page);
  await undo.click();
  await expect(told).toContainText(fill(list.undone, { deed: fill(list.deed_flag, { flag: filter.flag_red }), count: counted(2) }));
});

own("Escape leads out of the bar, and once more lets go of what is chosen", async ({ page }) => {
  await signIn(page, EVERYONE, "/recordings?period=all");
  await rows(page).first().locator(".who a").focus();
  await page.keyboard.press("x");
  await expect(bar(page)).toBeVisible();
  await page.keyboard.press("b");
  await expect(page.locator(".bulk button").first()).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(page.locator("section.rows")).toBeFocused();
  await expect(bar(page)).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(bar(page)).toHaveCount(0);
  await expect(page.locator(".calls tr[data-picked]")).toHaveCount(0);
  await expect(page.locator("section.rows")).toBeFocused();
  // What is open is closed first.
  await rows(page).first().locator(".who a").focus();
  await page.keyboard.press("x");
  await page.keyboard.press("Enter");
  await expect(page.locator(".detail .titled h2")).toBeVisible();
  await rows(page).first().locator(".who a").focus();
  await page.keyboard.press("Escape");
  await expect(page.locator(".detail")).toHaveCount(0);
  await expect(bar(page)).toBeVisible();
});

own("the line under a row is one line", async ({ page }) => {
  await page.setViewportSize({ width: 1600, height: 900 });
  await signIn(page, EVERYONE, "/recordings?period=all");
  const edges = await rows(page).first().locator("td").evaluateAll((cells) => {
    const shown = cells.filter((cell) => cell.getClientRects().length > 0);
    return shown.map((cell) => [getComputedStyle(cell).display, cell.getBoundingClientRect().bottom]);
  });
  expect(edges.length).toBeGreaterThan(10);
  expect(new Set(edges.map(String)).size, JSON.stringify(edges)).toBe(1);
});

own("a day is not broken over two lines", async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  await signIn(page, EVERYONE, "/recordings?period=all", "en");
  const lines = await page.locator(".calls td.date:visible").evaluateAll((days) =>
    days.map((day) => {
      const words = document.createRange();
      words.selectNodeContents(day);
      return new Set([...words.getClientRects()].map((line) => line.top)).size;
    }),
  );
  expect(lines.length).toBeGreaterThan(0);
  expect(new Set(lines)).toEqual(new Set([1]));
});
