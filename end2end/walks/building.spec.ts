import type { Locator, Page } from "@playwright/test";

import { EVERYONE, accessible, awake, expect, fill, own, signIn, words } from "./house.ts";
import { call } from "./sound.ts";

const evaluation = words("sv", "evaluation");
const forms = words("sv", "forms");
const FORMS = "/configuration/evaluation-forms";

const bar = (page: Page): Locator => page.locator(".bench-bar");
const saved = new RegExp(forms.draft_saved.split("{{")[0]);

/** Begins a form with one empty question. */
async function begin(page: Page): Promise<void> {
  await signIn(page, EVERYONE, FORMS);
  await awake(page);
  await page.getByRole("button", { name: forms.begin, exact: true }).click();
  await expect(page).toHaveURL(/evaluation-forms\/\d+$/);
  await awake(page);
}

own("numbers between intervals are told, and a faulty interval moves nothing beside it", async ({ page }) => {
  await begin(page);
  await page.locator("#q1-kind").selectOption("number");
  const add = page.getByRole("button", { name: forms.add_band });
  await add.click();
  await page.locator("#q1-band-to-0").fill("30");
  await add.click();
  await expect(page.locator("#q1-band-1")).toHaveValue("30,01");
  await page.locator("#q1-band-to-1").fill("60");
  const gaps = page.locator("#q1-gaps");
  await expect(gaps).toBeHidden();
  await page.locator("#q1-band-1").fill("31");
  await expect(gaps).toHaveText(fill(forms.gaps, { gaps: "30,01–30,99" }));
  // It is no fault: it may be meant.
  await expect(page.locator("#q1-band-1-wrong")).toHaveCount(0);
  await accessible(page);
  await page.locator("#q1-band-1").fill("30,01");
  await expect(gaps).toBeHidden();
  for (const width of [1440, 390]) {
    await page.setViewportSize({ width, height: 900 });
    const places = (): Promise<number[]> =>
      page.locator("#q1-lines .line-of").first().evaluate((row) => {
        const from = row.querySelector("input")!.getBoundingClientRect();
        return [...row.querySelectorAll("input, button")].flatMap((it) => {
          const { x, y } = it.getBoundingClientRect();
          return [Math.round(x - from.x), Math.round(y - from.y)];
        });
      });
    const before = await places();
    await page.locator("#q1-band-0").fill("99");
    await expect(page.locator("#q1-band-0-wrong")).toBeVisible();
    expect(await places(), `at ${width}`).toEqual(before);
    await page.locator("#q1-band-0").fill("0");
    await expect(page.locator("#q1-band-0-wrong")).toHaveCount(0);
  }
});

own("what is no number stays as it was typed, and is told at its row", async ({ page }) => {
  await begin(page);
  await page.locator("#q1-kind").selectOption("number");
  await page.getByRole("button", { name: forms.add_band }).click();
  const [from, to] = [page.locator("#q1-band-0"), page.locator("#q1-band-to-0")];
  await to.fill("30");
  await from.fill("abc");
  await from.press("Tab");
  await expect(page.locator("#q1-band-0-wrong")).toHaveText(evaluation.no_number);
  await expect(from).toHaveValue("abc");
  await expect(from).toHaveAttribute("aria-invalid", "true");
  await expect(from).toHaveAccessibleDescription(evaluation.no_number);
  await to.fill("trettio");
  await to.press("Tab");
  await expect(page.locator("#q1-band-to-0-wrong")).toHaveText(evaluation.no_number);
  await expect(to).toHaveValue("trettio");
  await accessible(page);
  // Nothing of it is kept: what was there holds.
  await page.getByRole("button", { name: forms.add_band }).click();
  await expect(page.locator("#q1-band-1")).toHaveValue("30,01");
  await expect(from).toHaveValue("abc");
  await from.fill("3,5");
  await to.fill("29,5");
  await expect(page.locator("#q1-band-0-wrong")).toHaveCount(0);
  await expect(page.locator("#q1-band-to-0-wrong")).toHaveCount(0);
  await expect(from).toHaveValue("3,5");
  await expect(to).toHaveValue("29,5");
});

own("what one takes back with stays where it is while a deed is told", async ({ page }) => {
  await begin(page);
  await page.locator("#q1-words").fill("Första");
  await expect(bar(page)).toContainText(saved);
  // Of the bar, which grows upwards.
  const place = async (button: Locator): Promise<number[]> => {
    const [own, whole] = [(await button.boundingBox())!, (await bar(page).boundingBox())!];
    return [whole.x + whole.width - own.x, whole.y + whole.height - own.y, own.width].map(Math.round);
  };
  const before = await place(page.locator("#undo-last"));
  await page.getByRole("button", { name: fill(forms.remove, { name: "Första" }) }).click();
  const removed = fill(forms.removed_question, { name: "Första" });
  await expect(bar(page)).toContainText(removed);
  const undo = page.locator("#undo");
  await expect(undo).toHaveAccessibleName(fill(forms.undo_what, { what: removed }));
  await expect(page.locator("#undo, #undo-last")).toHaveCount(1);
  expect(await place(undo)).toEqual(before);
});

own("what one comes to lies neither under the bar nor under the player, however low the window", async ({ page, hark }) => {
  const id = call(hark, "c-1", [[60, true, false]]);
  await signIn(page, EVERYONE, `/recordings/${id}?period=all`);
  await awake(page);
  await page.locator(".transport [data-kind=play]").click();
  // On foot: what plays goes along.
  await page.getByRole("link", { name: words("sv", "shell").configuration, exact: true }).first().click();
  await page.locator(`main a[href="${FORMS}"]`).first().click();
  await page.getByRole("button", { name: forms.begin, exact: true }).click();
  await page.locator("#q1-words").fill("Första");
  await expect(bar(page)).toContainText(saved);
  await expect(page.locator(".player")).toBeVisible();
  for (const height of [900, 440, 340]) {
    await page.setViewportSize({ width: 1440, height });
    const covered = await page.evaluate(() =>
      [...document.querySelectorAll<HTMLElement>("main form :is(input, select, textarea):not([type=hidden])")]
        .filter((field) => field.checkVisibility())
        .filter((field) => {
          // Where a field lies at the very end of the window, one scrolls only as far as the page asks for.
          field.blur();
          scrollBy(0, field.getBoundingClientRect().bottom + 8 - innerHeight);
          field.focus();
          const one = field.getBoundingClientRect();
          return [...document.querySelectorAll(".bench-bar, .player")]
            .map((over) => over.getBoundingClientRect())
            .some((over) => one.bottom > over.top && one.top < over.bottom);
        })
        .map((field) => field.id),
    );
    expect(covered, `${height}`).toEqual([]);
  }
});

own("what was sent as one left and was refused is not lost under what came later", async ({ page, context }) => {
  await signIn(page, EVERYONE, `${FORMS}/1`);
  await awake(page);
  const other = await context.newPage();
  await other.goto(`${FORMS}/1`);
  await awake(other);
  await other.locator("#form-title").fill("Den andras");
  await expect(bar(other)).toContainText(saved);
  // One leaves before it is tried: what the browser sends along is refused, and nobody is there to be told.
  await page.locator("#form-title").fill("Min");
  await page.goto(FORMS);
  await other.locator("#form-title").fill("Den andras igen");
  await expect(bar(other)).toContainText(saved);
  await page.goto(`${FORMS}/1`);
  await awake(page);
  await expect(page.locator("#form-title")).toHaveValue("Min");
  await expect(page.locator(".notice", { hasText: forms.brought })).toBeVisible();
  await expect(bar(page)).toContainText(forms.draft_changed);
  await page.getByRole("button", { name: forms.take_theirs }).click();
  await expect(page.locator("#form-title")).toHaveValue("Den andras igen");
});
