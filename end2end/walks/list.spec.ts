import type { Locator, Page } from "@playwright/test";

import { EVERYONE, OWN, SOME, accessible, awake, expect, fill, own as test, signIn, words } from "./house.ts";

const word = words("sv", "recordings");
const filter = words("sv", "filter");
const list = words("sv", "list");
const errors = words("sv", "errors");
const configuration = words("sv", "configuration");
const field = words("sv", "fields");

const rows = (page: Page) => page.locator(".calls tbody tr:not([data-side])");
const tick = (row: Locator) => row.locator(".pick input[name='id']");
const bar = (page: Page) => page.getByRole("region", { name: list.chosen });
const menu = (page: Page) => page.locator("#view-menu");

/** The rows of what is asked for now are there. */
async function settled(page: Page): Promise<void> {
  await expect(page.locator("section.rows")).not.toHaveAttribute("aria-busy");
}

/** Keeps what is looked at under a name. */
async function keep(page: Page, name: string): Promise<void> {
  await page.getByRole("button", { name: list.view_save, exact: true }).click();
  await menu(page).getByLabel(field.view).fill(name);
  await menu(page).getByRole("button", { name: list.view_save_new }).click();
  await expect(page).toHaveURL(/view=\d+/);
  await expect(menu(page)).toBeHidden();
}

test("a name that cannot be is said where it was written, and stays until it can", async ({ page }) => {
  await signIn(page, EVERYONE, "/recordings?period=all&flag=red");
  await keep(page, "Röda");
  await page.locator(".views").getByRole("link", { name: word.all, exact: true }).click();
  await expect(page).toHaveURL("/recordings?period=all");
  await page.getByRole("button", { name: list.view_save, exact: true }).click();
  const name = menu(page).getByLabel(field.view);
  const save = menu(page).getByRole("button", { name: list.view_save_new });
  const long = "x".repeat(61);
  for (const [written, wrong] of [["Röda", errors.taken], [long, fill(errors.too_long, { most: "60" })]]) {
    await name.fill(written);
    await save.click();
    await expect(menu(page).getByRole("alert")).toContainText(wrong);
    await expect(name).toHaveValue(written);
  }
  await accessible(page);
  // What went wrong before does not stand in the way of what goes well.
  await name.fill("Allt");
  await save.click();
  await expect(menu(page)).toBeHidden();
  await expect(page.getByRole("link", { name: "Allt", exact: true })).toHaveAttribute("aria-current", "page");
  // Nor is it said of another list, or of another name for this one.
  await page.getByRole("button", { name: list.view, exact: true }).click();
  await expect(menu(page).getByRole("alert")).toHaveCount(0);
  await expect(menu(page).getByLabel(field.view)).toHaveValue("Allt");
  await menu(page).locator("summary").click();
  await expect(menu(page).getByLabel(field.view)).toHaveValue("");
  await expect(menu(page).getByLabel(field.view)).toHaveCount(1);
});

test("what cannot be done with a view any more is said beside the buttons", async ({ page, another }) => {
  await signIn(page, EVERYONE, "/recordings?period=all&flag=red");
  await keep(page, "Delad");
  const other = await another();
  await signIn(other, EVERYONE, page.url().slice(new URL(page.url()).origin.length));
  await other.getByRole("button", { name: list.view, exact: true }).click();
  await menu(other).getByLabel(field.view).fill("Omdöpt");
  await menu(other).getByRole("button", { name: configuration.save, exact: true }).click();
  await expect(other.getByRole("link", { name: "Omdöpt" })).toBeVisible();
  // Someone else has given it another name meanwhile.
  await page.locator(".chips .chip").filter({ hasText: word.flag }).getByRole("link").click();
  await page.getByRole("button", { name: list.view_update }).click();
  const refused = page.locator(".filters .end").getByRole("alert");
  await expect(refused).toHaveText(errors.changed);
  await accessible(page);
  await page.getByRole("link", { name: list.view_discard }).click();
  await expect(page).toHaveURL(/flag=red/);
  await expect(refused).toHaveCount(0);
  // And has let go of it.
  await other.getByRole("button", { name: list.view, exact: true }).click();
  await other.getByRole("button", { name: list.view_remove }).click();
  await other.locator("#view-remove").getByRole("button", { name: list.view_remove }).click();
  await expect(other.getByRole("link", { name: "Omdöpt" })).toHaveCount(0);
  await page.getByRole("button", { name: list.view, exact: true }).click();
  await page.getByRole("button", { name: list.view_start }).click();
  await expect(menu(page).getByRole("alert")).toHaveText(errors.not_found);
  await page.getByRole("button", { name: list.view_remove }).click();
  const asked = page.locator("#view-remove");
  await asked.getByRole("button", { name: list.view_remove }).click();
  await expect(asked.getByRole("alert")).toHaveText(errors.not_found);
});

test("a range that ends at a conversation takes both its sides, and one of them alone is half", async ({ page }) => {
  await signIn(page, EVERYONE);
  const both = page.locator(".calls tr.both").first();
  const at = await rows(page).evaluateAll((rows) => rows.findIndex((row) => row.classList.contains("both")));
  expect(at).toBeGreaterThan(0);
  // From above and from below: the side that is farther off is another one each time.
  for (const from of [at - 1, at + 1]) {
    await tick(rows(page).nth(from)).check();
    await tick(both).click({ modifiers: ["Shift"] });
    await expect(bar(page).getByText(fill(list.chosen_count, { count: "3" }))).toBeVisible();
    await expect(both).toHaveAttribute("data-picked", "");
    await bar(page).getByRole("button", { name: list.clear }).click();
    await expect(both).not.toHaveAttribute("data-picked");
  }
  const state = () => tick(both).evaluate((tick: HTMLInputElement) => [tick.checked, tick.indeterminate]);
  await tick(both).check();
  expect(await state()).toEqual([true, false]);
  await both.locator(".unfold input").check();
  await tick(page.locator(".calls tr[data-side]:visible").first()).uncheck();
  await expect.poll(state).toEqual([false, true]);
  await expect(both).not.toHaveAttribute("data-picked");
  await tick(both).check();
  await expect(page.locator(".calls tr[data-side]:visible[data-picked]")).toHaveCount(2);
});

test("who may not take sounds along is offered no way to, one by one or together", async ({ page, another }) => {
  await signIn(page, EVERYONE, "/configuration/rights");
  const rights = page.locator("#restricted");
  await rights.getByLabel(configuration.right_download).setChecked(false);
  await rights.getByRole("button", { name: configuration.save, exact: true }).click();
  await expect(rights.getByText(configuration.saved, { exact: true })).toBeVisible();
  // Where no code runs the style alone has to know.
  for (const javaScriptEnabled of [true, false]) {
    const some = await another({ javaScriptEnabled });
    await signIn(some, SOME);
    await expect(some.locator(".calls tr.both").first()).toBeVisible();
    await expect(some.locator(".calls .get a:visible")).toHaveCount(0);
    await some.locator(".head").getByRole("button", { name: words("sv", "player").download, exact: true }).click();
    await expect(some.getByRole("link", { name: list.as_xlsx })).toBeVisible();
    await expect(some.getByRole("link", { name: list.as_zip })).toBeHidden();
  }
});

test("a column that is measured leaves the others and the buttons where they are", async ({ page }) => {
  await signIn(page, EVERYONE, "/recordings?period=all");
  const widths = () =>
    page.locator(".calls thead th").evaluateAll((heads) => heads.map((head) => Math.round(head.getBoundingClientRect().width)));
  const before = await widths();
  await page.getByRole("button", { name: list.columns }).click();
  const panel = page.getByRole("dialog", { name: list.columns });
  const width = panel.getByRole("spinbutton", { name: fill(list.width_of, { name: word.tag }) });
  const at = (await page.locator(".calls thead th").evaluateAll((heads) => heads.findIndex((head) => head.matches(".tag"))));
  // As wide as it is already: nothing moves.
  await width.fill(String(before[at]));
  await page.keyboard.press("Tab");
  await expect(page.locator(".calls th.tag")).toHaveAttribute("width", String(before[at]));
  (await widths()).forEach((now, column) => expect(Math.abs(now - before[column]), `column ${column}`).toBeLessThanOrEqual(2));
  // Much wider, and a recording beside the list: it yields, and what one presses stays in sight.
  await width.fill("700");
  await page.keyboard.press("Tab");
  await expect(page.locator(".calls th.tag")).toHaveAttribute("width", "700");
  await page.keyboard.press("Escape");
  await rows(page).first().locator(".who a").click();
  await expect(page.locator(".detail .titled h2")).toBeVisible();
  await expect(page.locator(".calls th.channel")).toBeHidden();
  for (const place of [".play a", ".get a"]) await expect(rows(page).first().locator(place)).toBeInViewport({ ratio: 1 });
});

test("a page begins at its top, and the one that one goes back to where it was left", async ({ page }) => {
  const ROWS = 20;
  await page.setViewportSize({ width: 1280, height: 600 });
  await signIn(page, EVERYONE, "/help");
  // The demo company's list is one page long: here its first page ends after some rows.
  await page.route("**/fn/recordings/list", async (route) => {
    const answer = await route.fetch();
    const found = await answer.json();
    if (!route.request().postDataJSON().query.after && found.rows.length > ROWS) {
      found.rows.length = ROWS;
      found.next = { moment: found.rows[ROWS - 1].start.at * 2 ** 20, passed: ROWS, key: null };
    }
    await route.fulfill({ response: answer, json: found });
  });
  await page.locator(".top > nav").getByRole("link", { name: word.title }).click();
  await page.locator(".views").getByRole("link", { name: word.all, exact: true }).click();
  await expect(page).toHaveURL("/recordings?period=all");
  await settled(page);
  const frame = page.locator("section.rows");
  const top = () => frame.evaluate((rows) => rows.scrollTop);
  const step = (name: string) => page.getByRole("link", { name, exact: true });
  // Coming back to the same list, as a recording is closed, is not what leads to the next page.
  await rows(page).first().locator(".who a").click();
  await expect(page.locator(".detail .titled h2")).toBeVisible();
  await page.goBack();
  await expect(page.locator(".detail")).toHaveCount(0);
  await frame.evaluate((rows) => rows.scrollTo(0, rows.scrollHeight));
  const left = await top();
  expect(left).toBeGreaterThan(0);
  await step(word.next_page).click();
  await expect(page).toHaveURL(/after=/);
  await settled(page);
  await expect(page.locator(".pager")).toContainText(new RegExp(`${ROWS + 1}–\\d+ av 36`));
  await expect.poll(top).toBe(0);
  expect(await frame.evaluate((rows) => rows.scrollHeight > rows.clientHeight), "there is something to scroll").toBe(true);
  await frame.evaluate((rows) => rows.scrollTo(0, 40));
  // It is kept once the browser has said that the rows were moved.
  const kept = () => page.evaluate(() => sessionStorage.getItem("hark-scroll"));
  await expect.poll(kept).toMatch(/after=\S*\t40 /);
  await page.goBack();
  await expect(page).not.toHaveURL(/after=/);
  await settled(page);
  await expect.poll(top).toBe(left);
  await page.goForward();
  await expect(page).toHaveURL(/after=/);
  await settled(page);
  await expect.poll(top).toBe(40);
  // Who comes here from elsewhere asks the house for the way back.
  await page.reload();
  await awake(page);
  await step(word.page_before).click();
  await expect(page).not.toHaveURL(/after=/);
  await settled(page);
  await expect.poll(top).toBe(0);
});

test("a column is moved as far as it goes with one button, and takes only widths there are", async ({ page }) => {
  await signIn(page, OWN);
  await page.getByRole("button", { name: list.columns }).click();
  const panel = page.getByRole("dialog", { name: list.columns });
  const [earlier, later] = [list.earlier, list.later].map((name) =>
    panel.getByRole("button", { name: fill(name, { name: word.user }), exact: true }),
  );
  const place = async () => (await page.locator(".calls thead th").allInnerTexts()).map((head) => head.trim()).indexOf(word.user);
  const steps = (await place()) - 1;
  expect(steps).toBeGreaterThan(1);
  await earlier.focus();
  // Once more than there are places.
  for (let press = 0; press <= steps; press++) {
    await page.keyboard.press("Enter");
    await expect.poll(place).toBe(Math.max(steps - press, 1));
    await expect(earlier).toBeFocused();
  }
  await expect(earlier).toHaveAttribute("aria-disabled", "true");
  await later.focus();
  await page.keyboard.press("Enter");
  await expect.poll(place).toBe(2);
  await expect(later).toBeFocused();
  await expect(earlier).not.toHaveAttribute("aria-disabled");
  const width = panel.getByRole("spinbutton", { name: fill(list.width_of, { name: word.tag }) });
  await expect(width).toHaveAccessibleDescription(list.widths);
  for (const [written, holds] of [["99999", "800"], ["-5", "40"], ["12.5", "40"], ["180", "180"]]) {
    await width.fill(written);
    await page.keyboard.press("Tab");
    await expect(width).toHaveValue(holds);
    await expect(page.locator(".calls th.tag")).toHaveAttribute("width", holds);
  }
  // The one letter that a number may have.
  await width.focus();
  await page.keyboard.press("Control+a");
  await page.keyboard.press("e");
  await page.keyboard.press("Tab");
  await expect(width).toHaveValue("180");
  await width.fill("");
  await page.keyboard.press("Tab");
  await expect(width).toHaveValue("");
  await expect(page.locator(".calls th.tag")).not.toHaveAttribute("width");
  await accessible(page);
});

test("the focus goes on when a deed takes all that was chosen out of the list", async ({ page }) => {
  await signIn(page, EVERYONE, "/recordings?period=all&flag=none&sort=length");
  await tick(rows(page).first()).check();
  await bar(page).getByRole("button", { name: list.set_flag, exact: true }).focus();
  await page.keyboard.press("Enter");
  await page.locator("#bulk-flag").getByRole("button", { name: filter.flag_red }).focus();
  await page.keyboard.press("Enter");
  await expect(bar(page)).toHaveCount(0);
  const undo = page.getByRole("button", { name: list.undo, exact: true });
  await expect(undo).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(undo).toHaveCount(0);
  await expect(page.locator("section.rows")).toBeFocused();
});

test("the focus stays in the bar while what is chosen is changed, changed back and let go of", async ({ page }) => {
  await signIn(page, EVERYONE, "/recordings?period=all");
  await tick(rows(page).first()).check();
  const [flag, tag, clear] = [list.set_flag, list.set_tag, list.clear].map((name) =>
    bar(page).getByRole("button", { name, exact: true }),
  );
  await tag.focus();
  await page.keyboard.press("Enter");
  await expect(page.locator("#bulk-tag-words")).toBeFocused();
  await page.keyboard.type("Vårkampanj");
  await page.keyboard.press("Enter");
  await expect(page.getByText(fill(list.tagged, { count: `1 ${word.recording}`, tag: "Vårkampanj" }))).toBeVisible();
  await expect(tag).toBeFocused();
  await expect(tag).not.toHaveAttribute("aria-disabled");
  await page.getByRole("button", { name: list.undo, exact: true }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByText(fill(list.undone, { deed: fill(list.deed_tag, { tag: "Vårkampanj" }), count: `1 ${word.recording}` }))).toBeVisible();
  const all = bar(page).getByRole("button").first();
  await expect(all).toBeFocused();
  await expect(all).toContainText(list.choose_all.split(" ").slice(0, 2).join(" "));
  await page.keyboard.press("Enter");
  await expect(flag).toBeFocused();
  await clear.focus();
  await page.keyboard.press("Enter");
  await expect(bar(page)).toHaveCount(0);
  await expect(page.locator("section.rows")).toBeFocused();
});

test("the arrows lead into a list that one has just come to", async ({ page }) => {
  await signIn(page, EVERYONE, "/recordings?period=all");
  expect(await page.evaluate(() => document.activeElement?.tagName)).toBe("BODY");
  await page.keyboard.press("ArrowDown");
  await expect(rows(page).first().locator(".who a")).toBeFocused();
  // Also from another room, whose page gives the focus to its heading.
  await page.locator(".top > nav").getByRole("link", { name: words("sv", "shell").help_above }).click();
  await page.locator(".top > nav").getByRole("link", { name: word.title }).click();
  await expect(page.locator("main h1")).toBeFocused();
  await settled(page);
  await page.keyboard.press("ArrowDown");
  await expect(rows(page).first().locator(".who a")).toBeFocused();
});

test("a limit is said where the list ends at it", async ({ page }) => {
  await signIn(page, EVERYONE, "/recordings?period=all&limit=3");
  const limited = fill(word.limited_to, { limit: "3" });
  await expect(page.locator(".pager")).toContainText(`1–3 av 36 ${word.recordings}, ${limited}`);
  await expect(page.locator(".head .sum")).toContainText(limited);
  await page.goto("/recordings?period=all");
  await expect(page.locator(".head .sum")).not.toContainText(limited);
});
