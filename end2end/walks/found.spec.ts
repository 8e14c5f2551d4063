import type { Page } from "@playwright/test";

import { EVERYONE, OWN, accessible, awake, expect, fill, own as test, signIn, words } from "./house.ts";

const word = words("sv", "recordings");
const filter = words("sv", "filter");
const list = words("sv", "list");

const rows = (page: Page) => page.locator(".calls tbody tr:not([data-side])");
const chip = (page: Page, name: string) => page.locator(".chips .chip").filter({ hasText: name });

/** The rows of what is asked for now are there. */
async function settled(page: Page): Promise<void> {
  await expect(page.locator("section.rows")).not.toHaveAttribute("aria-busy");
}

test("the list follows what is chosen, and the address says it to another browser", async ({ page, another }) => {
  await signIn(page, EVERYONE);
  await page.getByRole("button", { name: filter.add, exact: true }).click();
  const panel = page.getByRole("dialog", { name: filter.title });
  await panel.getByLabel(word.all, { exact: true }).first().check();
  await panel.getByLabel(filter.flag_none).check();
  await panel.getByLabel(filter.length_min, { exact: true }).fill("20");
  await expect(page).toHaveURL(/length-min=20/);
  await panel.locator("summary", { hasText: words("sv", "fields").department }).click();
  await panel.locator("[data-criterion='department'] input").first().check();
  await expect(page).toHaveURL(/period=all.*department=.*length-min=20&flag=none/);
  await panel.getByRole("button", { name: filter.apply }).click();
  await expect(panel).toBeHidden();
  await settled(page);
  for (const name of [word.date, words("sv", "fields").department, word.length, word.flag]) await expect(chip(page, name)).toBeVisible();
  const found = await rows(page).count();
  expect(found).toBeGreaterThan(0);
  await expect(page.locator(".calls .flags svg")).toHaveCount(0);
  // One step back for each choice, and forth again.
  const found_at = page.url();
  await page.goBack();
  await expect(page).not.toHaveURL(/department=/);
  await expect(page).toHaveURL(/length-min=20/);
  await page.goForward();
  await expect(page).toHaveURL(found_at);
  await settled(page);
  const copy = await another();
  await signIn(copy, EVERYONE, page.url().slice(new URL(page.url()).origin.length));
  await expect(rows(copy)).toHaveCount(found);
  await expect(copy.locator(".chips")).toHaveText((await page.locator(".chips").textContent()) ?? "");
});

test("a chip is changed, taken away, and all of them at once", async ({ page }) => {
  await signIn(page, EVERYONE, "/recordings?period=all&tag=Offert&direction=outgoing");
  const all = await rows(page).count();
  await chip(page, word.tag).getByRole("button").click();
  const tag = page.locator("#f-tag");
  await expect(tag).toBeFocused();
  await tag.fill("Montering");
  await expect(page).toHaveURL(/tag=Montering/);
  await page.keyboard.press("Escape");
  await chip(page, word.tag).getByRole("link").click();
  await expect(page).toHaveURL("/recordings?period=all&direction=outgoing");
  await settled(page);
  expect(await rows(page).count()).toBeGreaterThan(all);
  await page.getByRole("link", { name: filter.reset }).first().click();
  await expect(page).toHaveURL("/recordings");
});

test("a number is found in any way of writing, and a word anywhere", async ({ page }) => {
  await signIn(page, EVERYONE, "/recordings?period=all");
  const search = page.getByRole("searchbox", { name: filter.search });
  for (const written of ["070-174 06 12", "0701740612", "+46701740612"]) {
    await search.fill(written);
    await expect(page).toHaveURL(/q=/);
    await settled(page);
    await expect(page.locator(".calls .number").filter({ hasText: "070-174 06 12" }).first()).toBeVisible();
    expect(new Set(await page.locator(".calls td.number").allTextContents())).toEqual(new Set(["070-174 06 12"]));
  }
  await search.fill("ostrom");
  await expect(rows(page).first()).toContainText("Åsa Öström");
  await search.press("Escape");
  await expect(page).toHaveURL("/recordings?period=all");
});

test("where nothing is found the page says what to let go of", async ({ page }) => {
  await signIn(page, EVERYONE, "/recordings?period=all&flag=red&tag=nowhere");
  await expect(page.getByRole("heading", { name: word.nothing_found })).toBeVisible();
  const way = page.getByRole("link", { name: fill(word.instead_without, { name: word.tag, value: "nowhere" }) });
  await expect(way).toContainText(word.recordings);
  await way.click();
  await expect(page).toHaveURL("/recordings?period=all&flag=red");
  await settled(page);
  await expect(rows(page).first()).toBeVisible();
});

test("what a filter cannot do is said, in the form and of an address", async ({ page, another }) => {
  await signIn(page, EVERYONE, "/recordings?period=all");
  await page.getByRole("button", { name: filter.add, exact: true }).click();
  const panel = page.getByRole("dialog", { name: filter.title });
  await panel.getByLabel(filter.length_min, { exact: true }).fill("fem");
  const wrong = fill(filter.wrong_value, { name: word.length, value: "fem" });
  await expect(panel.getByText(wrong)).toBeVisible();
  const [least, most] = [panel.getByLabel(filter.length_min, { exact: true }), panel.getByLabel(filter.length_max, { exact: true })];
  await expect(least).toHaveAttribute("aria-invalid", "true");
  await expect(least).toHaveAccessibleDescription(new RegExp(wrong));
  await expect(most).not.toHaveAttribute("aria-invalid");
  await accessible(page);
  await panel.getByLabel(filter.length_min, { exact: true }).fill("90");
  await panel.getByLabel(filter.length_max, { exact: true }).fill("0:30");
  await expect(panel.getByText(filter.wrong_lengths)).toBeVisible();
  for (const field of [least, most]) await expect(field).toHaveAttribute("aria-invalid", "true");
  await panel.getByLabel(filter.length_max, { exact: true }).fill("30:00");
  await expect(panel.locator(".misread p")).toHaveCount(0);
  const plain = await another({ javaScriptEnabled: false });
  await signIn(plain, EVERYONE, "/recordings?period=all&length-min=fem");
  await expect(plain.getByText(wrong)).toBeVisible();
});

test("a list is narrowed to what calls came to, also by the form's button", async ({ page, another }) => {
  await signIn(page, EVERYONE, "/recordings?period=all&sort=-evaluation");
  await page.getByRole("button", { name: filter.add, exact: true }).click();
  const panel = page.getByRole("dialog", { name: filter.title });
  const [least, most] = [panel.getByLabel(filter.score_min), panel.getByLabel(filter.score_max)];
  await least.fill("1");
  await expect(page).toHaveURL(/score-min=1/);
  await settled(page);
  await expect(chip(page, filter.score)).toContainText("1");
  await expect(rows(page).first().locator(".eval")).toContainText("%");
  const found = await rows(page).count();
  for (const cell of await page.locator(".calls tbody tr:not([data-side]) .eval").all()) await expect(cell).toContainText("%");
  await accessible(page);
  await most.fill("0");
  await expect(panel.getByText(filter.wrong_scores)).toBeVisible();
  for (const field of [least, most]) await expect(field).toHaveAttribute("aria-invalid", "true");

  const plain = await another({ javaScriptEnabled: false });
  await signIn(plain, EVERYONE, "/recordings?period=all");
  await plain.getByRole("button", { name: filter.add, exact: true }).click();
  await plain.locator("#filter").getByLabel(filter.score_min).fill("1");
  await plain.locator("#filter").getByLabel(filter.evaluated, { exact: true }).check();
  await plain.locator("#filter").getByRole("button", { name: filter.apply }).click();
  await expect(plain).toHaveURL(/evaluated=yes&score-min=1/);
  await expect(rows(plain)).toHaveCount(found);
  await chip(plain, filter.score).getByRole("link").click();
  await expect(plain).toHaveURL(/evaluated=yes/);
  await expect(plain).not.toHaveURL(/score-min/);
});

test("what a deed takes out of the list is chosen no longer", async ({ page }) => {
  await signIn(page, EVERYONE, "/recordings?period=all&flag=none&sort=length");
  const bar = page.getByRole("region", { name: list.chosen });
  const first = (await rows(page).first().getAttribute("data-id")) ?? "";
  await rows(page).first().locator(".pick input[name='id']").check();
  await expect(bar.getByText(list.chosen_one)).toBeVisible();
  await expect(page.getByRole("searchbox", { name: filter.search })).toBeVisible();
  await bar.getByRole("button", { name: list.set_flag }).click();
  await page.locator("#bulk-flag").getByRole("button", { name: filter.flag_red }).click();
  await expect(page.locator(`.calls tr[data-id="${first}"]`)).toHaveCount(0);
  await expect(bar).toHaveCount(0);
  await page.getByRole("button", { name: list.undo }).click();
  await expect(page.locator(`.calls tr[data-id="${first}"]`)).toHaveCount(1);
});

test("the same form works by its button where no code may run", async ({ another }) => {
  const page = await another({ javaScriptEnabled: false });
  await signIn(page, EVERYONE);
  await page.getByRole("button", { name: filter.add, exact: true }).click();
  const panel = page.locator("#filter");
  await panel.getByLabel(word.all, { exact: true }).first().check();
  await panel.locator("[name='flag'][value='red']").check();
  await panel.getByRole("button", { name: filter.apply }).click();
  await expect(page).toHaveURL(/period=all.*flag=red/);
  await expect(page.locator(".calls tbody .flag").first()).toBeVisible();
  for (const flag of await page.locator(".calls tbody .flag").all()) await expect(flag).toHaveAttribute("data-c", "red");
  await chip(page, word.flag).getByRole("link").click();
  await expect(page).toHaveURL(/^[^?]*\?period=all/);
  // What can be chosen among is fetched by a link, and the list stays what it was.
  await page.getByRole("button", { name: filter.add, exact: true }).click();
  await panel.getByRole("link", { name: filter.choices }).click();
  await page.getByRole("button", { name: filter.add, exact: true }).click();
  const departments = panel.locator("[data-criterion='department']");
  await departments.locator("summary").click();
  await departments.getByRole("checkbox").first().check();
  await panel.getByRole("button", { name: filter.apply }).click();
  await expect(page).toHaveURL(/period=all.*department=\d+/);
  await expect(rows(page).first()).toBeVisible();
});

test("an internal call is one conversation that opens into both its recordings", async ({ page }) => {
  await signIn(page, EVERYONE);
  const both = page.locator(".calls tr.both").first();
  const sides = page.locator(".calls tr.both:first-of-type ~ tr[data-side]");
  await expect(both).toBeVisible();
  await expect(sides.first()).toBeHidden();
  await both.locator(".unfold input").check();
  const shown = page.locator(".calls tr[data-side]:visible");
  await expect(shown).toHaveCount(2);
  const names = await shown.locator(".who").allTextContents();
  for (const name of names) await expect(both.locator(".who")).toContainText(name);
  await shown.last().locator(".who a").click();
  await expect(page.locator(".detail .titled h2")).toContainText(names[1]);
  const arrow = page.locator(".calls tr.both .get a").first();
  const [zip] = await Promise.all([page.waitForEvent("download"), arrow.click()]);
  expect((await read(zip, "latin1")).match(/\.wavPK|\.wav/g)?.length).toBeGreaterThanOrEqual(2);
});

test("columns are chosen, moved and widened, and stay with the account", async ({ page, another }) => {
  await signIn(page, OWN);
  await page.getByRole("button", { name: list.columns }).click();
  const panel = page.getByRole("dialog", { name: list.columns });
  const stored = () => page.waitForResponse(/set-columns/);
  for (const act of [
    () => panel.getByLabel(word.channel, { exact: true }).uncheck(),
    () => panel.getByRole("button", { name: fill(list.earlier, { name: word.user }) }).click(),
    () => panel.getByRole("spinbutton", { name: fill(list.width_of, { name: word.tag }) }).fill("300"),
  ]) {
    const answer = stored();
    await act();
    await page.keyboard.press("Tab");
    await answer;
  }
  const heads = () => page.locator(".calls thead th").allInnerTexts();
  await expect(page.locator(".calls th.channel")).toHaveCount(0);
  const order = (await heads()).map((head) => head.trim());
  expect(order.indexOf(word.user)).toBeLessThan(order.indexOf(word.extension));
  const copy = await another();
  await signIn(copy, OWN);
  await expect(copy.locator(".calls th.channel")).toHaveCount(0);
  const width = await copy.locator(".calls th.tag").evaluate((head) => head.getBoundingClientRect().width);
  expect(Math.round(width), "as wide as was said, also where there is more room").toBe(300);
  const answer = stored();
  await panel.getByRole("button", { name: list.columns_reset }).click();
  await answer;
  await expect(page.locator(".calls th.channel")).toHaveCount(1);
});

test("a head sorts, and once more the other way", async ({ page }) => {
  await signIn(page, EVERYONE, "/recordings?period=all");
  const lengths = async () => (await page.locator(".calls tbody tr:not([data-side]) td.len").allTextContents()).map((text) => text.trim());
  await page.getByRole("columnheader", { name: word.length }).getByRole("link").click();
  await expect(page).toHaveURL(/sort=-length/);
  await settled(page);
  await expect(page.getByRole("columnheader", { name: word.length })).toHaveAttribute("aria-sort", "descending");
  const down = await lengths();
  expect(down[0]).toBe("30:14");
  await page.getByRole("columnheader", { name: word.length }).getByRole("link").click();
  await expect(page).toHaveURL(/sort=length/);
  await settled(page);
  const up = await lengths();
  expect(up).toEqual([...up].sort());
});

test("the keyboard leads from call to call, chooses and opens", async ({ page }) => {
  await signIn(page, EVERYONE, "/recordings?period=all");
  await page.locator("section.rows").focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  const second = rows(page).nth(1);
  await expect(second.locator(".who a")).toBeFocused();
  await page.keyboard.press("x");
  await expect(second).toHaveAttribute("data-picked", "");
  await page.keyboard.press("Shift+ArrowDown");
  await page.keyboard.press("Shift+ArrowDown");
  await expect(page.getByText(fill(list.chosen_count, { count: "" }).trim(), { exact: false }).first()).toBeVisible();
  await expect(page.locator(".calls tr[data-picked]:not([data-side])")).toHaveCount(3);
  await page.keyboard.press("x");
  await expect(page.locator(".calls tr[data-picked]:not([data-side])")).toHaveCount(2);
  // To what can be done with them, and back to where one was.
  await page.keyboard.press("b");
  await expect(page.locator(".bulk button").first()).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(page.locator("section.rows")).toBeFocused();
  await second.locator(".who a").focus();
  await page.keyboard.press("Enter");
  await expect(page.locator(".detail .titled h2")).toBeVisible();
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: list.clear }).click();
  await page.keyboard.press("/");
  await expect(page.getByRole("searchbox", { name: filter.search })).toBeFocused();
});

test("Shift reaches over a range, and all that is found are chosen at once", async ({ page }) => {
  await signIn(page, EVERYONE, "/recordings?period=all");
  const ticks = page.locator(".calls tr:not([data-side]):not(.both) .pick input[name='id']");
  await ticks.nth(0).check();
  await ticks.nth(3).click({ modifiers: ["Shift"] });
  const picked = page.locator(".calls tr[data-picked]:not([data-side])");
  expect(await picked.count()).toBeGreaterThanOrEqual(4);
  await page.getByLabel(list.pick_page).check();
  await expect(picked).toHaveCount(await rows(page).count());
  const bar = page.getByRole("region", { name: list.chosen });
  await bar.getByRole("button", { name: list.clear }).click();
  await expect(bar).toBeHidden();
  await expect(picked).toHaveCount(0);
});

test("a flag and a tag for all that is found, and back again", async ({ page }) => {
  await signIn(page, EVERYONE, "/recordings?period=all&flag=none");
  const bar = page.getByRole("region", { name: list.chosen });
  const total = (await page.locator(".head .sum b").first().textContent()) ?? "";
  await rows(page).first().locator(".pick input[name='id']").check();
  await bar.getByRole("button", { name: fill(list.choose_all, { count: total }) }).click();
  await bar.getByRole("button", { name: list.set_tag }).click();
  await page.locator("#bulk-tag-words").fill("Vårkampanj");
  await page.locator("#bulk-tag").getByRole("button", { name: list.set_tag }).click();
  await expect(page.getByText(fill(list.tagged, { count: `${total} ${word.recordings}`, tag: "Vårkampanj" }))).toBeVisible();
  await settled(page);
  for (const tag of await page.locator(".calls td.tag:visible").allTextContents()) expect(tag).toBe("Vårkampanj");
  await page.getByRole("button", { name: list.undo }).click();
  await expect(page.getByText(fill(list.undone, { deed: fill(list.deed_tag, { tag: "Vårkampanj" }), count: `${total} ${word.recordings}` }))).toBeVisible();
  await settled(page);
  await expect(page.locator(".calls td.tag").filter({ hasText: "Vårkampanj" })).toHaveCount(0);
  await accessible(page);
});

test("the list is taken along as it is shown, and its sounds in one file", async ({ page }) => {
  await signIn(page, EVERYONE, "/recordings?period=all&flag=green");
  const shown = await page.locator(".calls tr:not([data-side]) td.who").allTextContents();
  const take = page.locator(".head").getByRole("button", { name: words("sv", "player").download });
  await take.click();
  const [csv] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: list.as_csv }).click()]);
  const text = await read(csv);
  const lines = text.replace(/^\uFEFF/, "").trim().split(/\r?\n/);
  expect(lines[0].split(";").slice(0, 3)).toEqual([word.direction, word.date, word.time].map((head) => `"${head}"`));
  expect(lines.length - 1).toBe(shown.length);
  // A length is the same in the list, in the file and beside the player.
  const lengths = (await page.locator(".calls tr:not([data-side]) td.len").allTextContents()).map((text) => text.trim());
  const column = lines[0].split(";").indexOf(`"${word.length}"`);
  expect(lines.slice(1).map((line) => line.split(";")[column])).toEqual(lengths.map((length) => `"00:${length}"`));
  await take.click();
  const [zip] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: list.as_zip }).click()]);
  expect(zip.suggestedFilename()).toMatch(/^Samtalsinspelningar .*\.zip$/);
  expect((await read(zip, "latin1")).startsWith("PK")).toBe(true);
  await expect(page.getByText(fill(list.packed_all, { done: String(shown.length) }))).toBeVisible();
});

async function read(download: import("@playwright/test").Download, coding: BufferEncoding = "utf8"): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of await download.createReadStream()) parts.push(part as Buffer);
  return Buffer.concat(parts).toString(coding);
}

test("a view is kept, says when it is changed, and opens first", async ({ page }) => {
  await signIn(page, EVERYONE, "/recordings?period=all&flag=none&length-min=20");
  await page.getByRole("button", { name: list.view_save, exact: true }).click();
  await page.locator("#view-menu").getByLabel(words("sv", "fields").view).fill("Långa oflaggade");
  await page.locator("#view-menu").getByRole("button", { name: list.view_save_new }).click();
  const link = page.getByRole("link", { name: "Långa oflaggade" });
  await expect(link).toHaveAttribute("aria-current", "page");
  await expect(link.locator(".changed")).toHaveCount(0);
  await chip(page, word.flag).getByRole("link").click();
  await expect(link.locator(".changed")).toBeVisible();
  await page.getByRole("link", { name: list.view_discard }).click();
  await expect(page).toHaveURL(/flag=none/);
  await chip(page, word.length).getByRole("link").click();
  // Columns belong to the view, and stay as they are shown when it is kept.
  await page.getByRole("button", { name: list.columns }).click();
  await page.getByRole("dialog", { name: list.columns }).getByLabel(word.channel, { exact: true }).uncheck();
  await expect(page.locator(".calls th.channel")).toHaveCount(0);
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: list.view_update }).click();
  await expect(link.locator(".changed")).toHaveCount(0);
  await settled(page);
  await expect(page.locator(".calls th.channel")).toHaveCount(0);
  await page.getByRole("button", { name: list.view, exact: true }).click();
  await page.getByRole("button", { name: list.view_start }).click();
  // The panel goes once it is done.
  await expect(page.locator("#view-menu")).toBeHidden();
  await page.goto("/");
  await awake(page);
  await page.locator(".top > nav").getByRole("link", { name: word.title }).click();
  await expect(page).toHaveURL(/period=all&flag=none&view=/);
  await page.getByRole("button", { name: list.view, exact: true }).click();
  await page.getByRole("button", { name: list.view_remove }).click();
  const asked = page.locator("#view-remove");
  await expect(asked).toContainText("Långa oflaggade");
  await asked.getByRole("button", { name: words("sv", "configuration").cancel }).click();
  await expect(link).toHaveCount(1);
  await page.getByRole("button", { name: list.view_remove }).click();
  await asked.getByRole("button", { name: list.view_remove }).click();
  await expect(link).toHaveCount(0);
});

test("who goes back finds the list as it was left", async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 600 });
  await signIn(page, EVERYONE, "/recordings?period=all");
  const frame = page.locator("section.rows");
  await rows(page).nth(2).locator(".pick input[name='id']").check();
  await frame.evaluate((rows) => rows.scrollTo(0, 300));
  await page.locator(".top > nav").getByRole("link", { name: words("sv", "shell").help_above }).click();
  await expect(page).toHaveURL("/help");
  await page.goBack();
  await expect(page).toHaveURL("/recordings?period=all");
  await settled(page);
  await expect.poll(() => frame.evaluate((rows) => rows.scrollTop)).toBe(300);
  await expect(rows(page).nth(2)).toHaveAttribute("data-picked", "");
});
