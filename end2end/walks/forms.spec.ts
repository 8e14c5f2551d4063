import type { BrowserContext, Locator, Page } from "@playwright/test";

import { EVERYONE, OWN, PASSWORD, accessible, awake, enter, expect, fill, own, signIn, speak, words } from "./house.ts";

const forms = words("sv", "forms");
const FORMS = "/configuration/evaluation-forms";

const question = (page: Page, number: number): Locator => page.locator(".question").nth(number - 1);
const bar = (page: Page): Locator => page.locator(".bench-bar");
const saved = new RegExp(forms.draft_saved.split("{{")[0]);

async function begin(page: Page): Promise<void> {
  await signIn(page, EVERYONE, FORMS);
  await awake(page);
  await page.getByRole("button", { name: forms.begin, exact: true }).click();
  await expect(page).toHaveURL(/evaluation-forms\/\d+$/);
}

/** Two pages change the title of one form: the other one first, so that this one is asked. */
async function contest(page: Page, context: BrowserContext): Promise<Page> {
  await signIn(page, EVERYONE, `${FORMS}/1`);
  await awake(page);
  const other = await context.newPage();
  await other.goto(`${FORMS}/1`);
  await awake(other);
  await other.locator("#form-title").fill("Den andras");
  await expect(bar(other)).toContainText(saved);
  await page.locator("#form-title").fill("Min");
  await expect(bar(page)).toContainText(forms.draft_changed);
  return other;
}

own("one builds a form, and it is kept as it is typed", async ({ page }) => {
  await begin(page);
  // Nothing is wrong with what is only begun, until one has left a field or asks to publish.
  await expect(page.locator("#q1-words")).toBeVisible();
  await expect(page.locator(".faults, .builder .wrong")).toHaveCount(0);
  await page.locator("#q1-words").focus();
  await page.keyboard.press("Tab");
  await expect(page.locator("#q1-words-wrong")).toBeVisible();
  await expect(page.locator(".faults li")).toHaveCount(1);
  await page.getByRole("button", { name: forms.publish }).first().click();
  await expect(page.getByRole("dialog")).toContainText(forms.flaw_missing);
  await page.keyboard.press("Escape");
  await expect(page.locator(".faults li")).toHaveCount(2);
  await page.getByLabel(forms.heading, { exact: true }).fill("Kundsamtal");
  await page.locator("#s0-title").fill("Öppning");
  await page.locator("#q1-words").fill("Hälsar med namn");
  await page.locator("#q1-yes-help").fill("Namnet hörs tydligt.");
  await expect(page.locator(".faults")).toHaveCount(0);
  await expect(bar(page)).toContainText(saved);
  await accessible(page);
  await page.reload();
  await expect(page.locator("#q1-words")).toHaveValue("Hälsar med namn");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Kundsamtal");
});

own("what is removed comes back, and the focus goes on where one is", async ({ page }) => {
  await begin(page);
  await awake(page);
  await page.locator("#q1-words").fill("Första");
  await page.getByRole("button", { name: forms.add_question }).click();
  await expect(page.locator("#q2-words")).toBeFocused();
  await page.keyboard.type("Andra");
  await page.getByRole("button", { name: fill(forms.up, { name: "Andra" }) }).click();
  await expect(question(page, 1)).toContainText("Andra");
  await expect(page.getByRole("button", { name: fill(forms.down, { name: "Andra" }) })).toBeFocused();
  await page.getByRole("button", { name: fill(forms.remove, { name: "Andra" }) }).click();
  await expect(page.locator(".question")).toHaveCount(1);
  await expect(page.locator("#undo")).toBeFocused();
  const removed = fill(forms.removed_question, { name: "Andra" });
  await expect(bar(page)).toContainText(removed);
  await page.keyboard.press("Enter");
  await expect(page.locator("#q2-words")).toHaveValue("Andra");
  await expect(page.locator("#q2-words")).toBeFocused();
  // What was told has been taken back, and is told no longer.
  await expect(page.locator("#undo")).toHaveCount(0);
  await expect(bar(page)).toContainText(saved);
});

own("each step back says what it takes back, and leads forward again", async ({ page }) => {
  await begin(page);
  await awake(page);
  const [back, on] = [page.locator("#undo-last"), page.locator("#redo")];
  await expect(bar(page)).toBeHidden();
  await page.locator("#q1-words").fill("Hälsar");
  const changed = fill(forms.changed_question, { name: "Hälsar" });
  await expect(back).toHaveAccessibleName(fill(forms.undo_what, { what: changed }));
  // Where one writes, the keys are the browser's own.
  await page.locator("#q1-kind").selectOption("choice");
  await expect(bar(page)).toContainText(fill(forms.changed_answers, { name: "Hälsar" }));
  await page.locator("#q1-choice-0").fill("Ja, tydligt");
  await expect(page.locator("#undo")).toHaveCount(0);
  const choice = fill(forms.changed_choice, { name: "Ja, tydligt" });
  await back.click();
  await expect(bar(page)).toContainText(fill(forms.undone, { what: choice }));
  await expect(page.locator("#q1-choice-0")).toHaveValue("");
  await expect(back).toBeFocused();
  await page.keyboard.press("Control+z");
  await expect(page.locator("#q1-kind")).toHaveValue("yes_no");
  await page.keyboard.press("Control+z");
  await expect(page.locator("#q1-words")).toHaveValue("");
  await expect(back).toBeDisabled();
  for (const key of ["Control+Shift+z", "Control+y", "Control+y"]) await page.keyboard.press(key);
  await expect(page.locator("#q1-choice-0")).toHaveValue("Ja, tydligt");
  await expect(on).toBeDisabled();
  await expect(bar(page)).toContainText(fill(forms.redone, { what: choice }));
  await page.locator("#q1-choice-0").fill("Annat");
  await expect(bar(page)).not.toContainText(choice);
  await accessible(page);
});

own("a number counts as soon as it has intervals", async ({ page }) => {
  await begin(page);
  await awake(page);
  await page.locator("#q1-kind").selectOption("number");
  await expect(page.locator("#q1-weight")).toHaveValue("0");
  await expect(page.locator("#q1")).not.toContainText(forms.weighs_nothing);
  await page.getByRole("button", { name: forms.add_band }).click();
  await expect(page.locator("#q1-weight")).toHaveValue("10");
  await page.locator("#q1-weight").fill("0");
  await expect(page.locator("#q1 .fields")).toContainText(forms.weighs_nothing);
});

own("a question hangs on an earlier one", async ({ page }) => {
  await begin(page);
  await awake(page);
  await page.locator("#q1-words").fill("Får kunden vänta?");
  await page.getByRole("button", { name: forms.add_question }).click();
  await page.locator("#q2-words").fill("Hur länge?");
  await page.locator("#q2-condition").selectOption("1");
  await expect(page.locator("#q2-when-yes")).toHaveValue("yes");
  await page.locator("#q1-kind").selectOption("scale");
  await expect(page.locator(".faults")).toContainText(forms.flaw_unset);
  await page.locator("#undo").click();
  await expect(page.locator("#q2-when-yes")).toHaveValue("yes");
  await accessible(page);
});

own("one publishes, and versions tell what was asked", async ({ page }) => {
  await signIn(page, EVERYONE, `${FORMS}/1`);
  await awake(page);
  await question(page, 1).locator("summary").click();
  await page.locator("#q1-words").fill("Hälsar");
  await page.getByRole("button", { name: forms.publish }).first().click();
  await expect(page.getByRole("dialog")).toContainText(fill(forms.publish_new, { version: "2" }));
  await page.getByRole("dialog").getByRole("button", { name: forms.publish }).click();
  await expect(page.locator(".head .lead")).toHaveText(fill(forms.state_in_use, { version: "2" }));
  await page.getByRole("navigation", { name: forms.parts }).getByRole("link", { name: forms.versions }).click();
  await page.getByRole("link", { name: fill(forms.version_of, { version: "1" }), exact: true }).click();
  await expect(page.locator(".old-form")).toContainText("Presenterar sig med namn och företag");
  await accessible(page);
  // The old version is the draft again, and not for good.
  await page.getByRole("button", { name: forms.restore_version }).first().click();
  await page.getByRole("dialog").getByRole("button", { name: forms.restore_version }).click();
  await expect(bar(page)).toContainText(fill(forms.restored_version, { version: "1" }));
  await expect(page.locator("#q1-words")).toHaveValue("Presenterar sig med namn och företag");
  await page.locator("#undo").click();
  await expect(page.locator("#q1-words")).toHaveValue("Hälsar");
  await expect(bar(page)).toContainText(saved);
});

own("a section that comes in the place of one that is gone lacks nothing yet", async ({ page }) => {
  await begin(page);
  await awake(page);
  const add = page.getByRole("button", { name: forms.add_section });
  await add.click();
  await expect(page.locator("#s1-title")).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(page.locator("#s1-title-wrong")).toBeVisible();
  await page.locator('button[value="remove-section 1"]').click();
  await expect(page.locator("#s1-title")).toHaveCount(0);
  await add.click();
  await expect(page.locator("#s1-title")).toBeFocused();
  await expect(page.locator("#s1-title-wrong")).toHaveCount(0);
});

own("what is new is not covered by the bar that saves", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 700 });
  await signIn(page, EVERYONE, `${FORMS}/1`);
  await awake(page);
  await page.locator("#form-title").fill("Kundsamtal");
  await expect(bar(page)).toBeVisible();
  await page.locator(".section").last().getByRole("button", { name: forms.add_question }).click();
  const field = page.locator("#q15-words");
  await expect(field).toBeFocused();
  const [top, covered] = [await bar(page).boundingBox(), await field.boundingBox()];
  expect(covered!.y + covered!.height).toBeLessThanOrEqual(top!.y);
});

own("a file that is no form leaves nothing in the address", async ({ page }) => {
  await signIn(page, EVERYONE, `${FORMS}/import`);
  await awake(page);
  await page.locator("#table").setInputFiles({ name: "x.json", mimeType: "application/json", buffer: Buffer.from("{}") });
  await page.getByRole("button", { name: forms.import, exact: true }).click();
  await expect(page.getByText(forms.import_other_format).first()).toBeVisible();
  await expect(page).toHaveURL(/evaluation-forms\/import$/);
  await page.reload();
  await expect(page.getByText(forms.import_other_format)).toHaveCount(0);
});

own("of two who build at once the second is asked", async ({ page, context }) => {
  const other = await contest(page, context);
  await expect(page.locator("#form-title")).toHaveValue("Min");
  await page.getByRole("button", { name: forms.save_over }).click();
  await expect(bar(page)).toContainText(saved);
  await other.reload();
  await expect(other.locator("#form-title")).toHaveValue("Min");
});

own("what is typed just before one leaves or publishes is kept", async ({ page }) => {
  await begin(page);
  await awake(page);
  const address = page.url();
  await page.locator("#s0-title").fill("Öppning");
  await page.locator("#q1-words").fill("Hälsar");
  // One save is on its way, slowly, while more is typed and the page is left.
  await page.route("**/fn/forms/save", async (route) => {
    await new Promise((done) => setTimeout(done, 1500));
    await route.continue();
  });
  const under = page.waitForRequest("**/fn/forms/save");
  await page.locator("#form-title").fill("Kund");
  await under;
  await page.locator("#form-title").fill("Kundsamtal");
  await page.getByRole("link", { name: forms.title }).first().click();
  await expect(page).toHaveURL(/evaluation-forms$/);
  await page.goBack();
  await expect(page).toHaveURL(address);
  await expect(page.locator("#form-title")).toHaveValue("Kundsamtal");
  await expect(bar(page)).toContainText(saved, { timeout: 15_000 });
  await question(page, 1).locator("summary").click();
  await page.locator("#q1-words").fill("Hälsar med namn");
  await page.getByRole("button", { name: forms.publish }).first().click();
  await page.getByRole("dialog").getByRole("button", { name: forms.publish }).click();
  await expect(page.locator(".head .lead")).toHaveText(fill(forms.state_in_use, { version: "1" }), { timeout: 15_000 });
  await page.reload();
  await expect(page.locator("#form-title")).toHaveValue("Kundsamtal");
  await expect(page.locator("#q1-words")).toHaveValue("Hälsar med namn");
});

own("what could not be kept is there when the form is opened again", async ({ page, context }) => {
  await contest(page, context);
  await page.getByRole("link", { name: forms.title }).first().click();
  await expect(page).toHaveURL(/evaluation-forms$/);
  await page.goBack();
  await expect(page.locator("#form-title")).toHaveValue("Min");
  await expect(page.locator(".notice", { hasText: forms.brought })).toBeVisible();
  await expect(bar(page)).toContainText(forms.draft_changed);
  await page.getByRole("button", { name: forms.save_over }).click();
  await expect(bar(page)).toContainText(saved);
  await expect(page.locator(".notice", { hasText: forms.brought })).toHaveCount(0);
});

own("what arrived after one left stays under what came later", async ({ page, context }) => {
  await signIn(page, EVERYONE, `${FORMS}/1`);
  await awake(page);
  await page.locator("#form-title").fill("Gammal");
  await page.goto(FORMS);
  const other = await context.newPage();
  await expect(async () => {
    await other.goto(`${FORMS}/1`);
    await expect(other.locator("#form-title")).toHaveValue("Gammal", { timeout: 500 });
  }).toPass();
  await awake(other);
  await other.locator("#form-title").fill("Ny");
  await expect(bar(other)).toContainText(saved);
  await page.goto(`${FORMS}/1`);
  await awake(page);
  await expect(page.locator("#form-title")).toHaveValue("Ny");
  await expect(page.locator(".notice", { hasText: forms.brought })).toHaveCount(0);
  // What was refused before one left is asked about as it was.
  await other.locator("#form-title").fill("Nyare");
  await expect(bar(other)).toContainText(saved);
  await page.locator("#form-title").fill("Min");
  await expect(bar(page)).toContainText(forms.draft_changed);
  await page.reload();
  await expect(page.locator("#form-title")).toHaveValue("Min");
  await expect(bar(page)).toContainText(forms.draft_changed);
});

own("who is signed out while building signs in again and has lost nothing", async ({ page, context }) => {
  await signIn(page, EVERYONE, `${FORMS}/1`);
  await awake(page);
  await context.clearCookies();
  await speak(page, "sv");
  await page.locator("#form-title").fill("Skrivet utan inloggning");
  await expect(bar(page)).toContainText(forms.draft_signed_out, { timeout: 15_000 });
  const [door] = await Promise.all([
    context.waitForEvent("page"),
    bar(page).getByRole("link", { name: words("sv", "errors").to_sign_in }).click(),
  ]);
  await awake(door);
  await enter(door, EVERYONE, PASSWORD, "sv");
  await door.waitForURL((url) => url.pathname === FORMS);
  await expect(bar(page)).toContainText(saved, { timeout: 15_000 });
  // The same where one goes to the door in the same tab, over a whole new page.
  await context.clearCookies();
  await page.locator("#form-title").fill("Skrivet en gång till");
  await expect(bar(page)).toContainText(forms.draft_signed_out, { timeout: 15_000 });
  await signIn(page, EVERYONE, `${FORMS}/1`);
  await expect(page.locator("#form-title")).toHaveValue("Skrivet en gång till");
  await expect(bar(page)).toContainText(saved, { timeout: 15_000 });
  await page.reload();
  await expect(page.locator("#form-title")).toHaveValue("Skrivet en gång till");
});

own("it is built without scripts", async ({ another }) => {
  const page = await another({ javaScriptEnabled: false });
  await signIn(page, EVERYONE, `${FORMS}/1`);
  await question(page, 1).locator("summary").click();
  await page.locator("#q1-words").fill("Hälsar");
  await page.locator(".section").first().getByRole("button", { name: forms.add_question }).click();
  await expect(page.locator("#q1-words")).toHaveValue("Hälsar");
  await expect(page.locator("#q15")).toBeVisible();
  await page.getByRole("button", { name: fill(forms.remove, { name: forms.no_words }) }).click();
  await page.locator("#undo").click();
  await expect(page.locator("#q15")).toHaveCount(1);
});

own("a form fits a hand", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await signIn(page, EVERYONE, `${FORMS}/1`);
  await awake(page);
  await question(page, 2).locator("summary").click();
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(wide).toBeLessThanOrEqual(0);
  await accessible(page);
});

own("what answers mean is read before one gives them, in a hand as well", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await signIn(page, EVERYONE, `${FORMS}/1?part=preview`);
  await awake(page);
  const evaluation = words("sv", "evaluation");
  const scale = page.locator(".ask", { has: page.locator(".scale") }).first();
  await expect(scale.locator(".ends > span").first()).toBeVisible();
  await expect(scale.locator("dd").first()).toBeHidden();
  await scale.getByText(evaluation.how_to_judge).click();
  await expect(scale.locator("dd").first()).toBeVisible();
  await expect(page.locator(".ask > .guide dd").first()).toBeVisible();
  await expect(page.locator(".ask input:checked")).toHaveCount(0);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(wide).toBeLessThanOrEqual(0);
  await accessible(page);
});

own("a form that was not moved takes no focus later", async ({ page }) => {
  await begin(page);
  for (let more = 0; more < 2; more++) {
    await page.goto(FORMS);
    await awake(page);
    await page.getByRole("button", { name: forms.begin, exact: true }).click();
    await expect(page).toHaveURL(/evaluation-forms\/\d+$/);
  }
  await page.goto(FORMS);
  await awake(page);
  await page.route("**/fn/forms/move", (route) => route.fulfill({ status: 429, json: { Busy: { retry_s: 1 } } }));
  const up = page.locator('button[id^="up-"]:not([disabled])').first();
  const id = (await up.getAttribute("id"))!;
  await up.click();
  await expect(page.getByRole("alert")).toBeVisible();
  // Another deed makes the list anew.
  const begun = page.locator(`button.ib[aria-label="${forms.delete} Nytt formulär"]`);
  const count = await begun.count();
  await begun.and(page.locator(`:not([popovertarget="${id.replace("up", "away")}"])`)).first().click();
  await page.getByRole("dialog").getByRole("button", { name: forms.delete, exact: true }).click();
  await expect(begun).toHaveCount(count - 1);
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  await expect(page.locator(`#${id}`)).not.toBeFocused();
});

own("nobody else finds it", async ({ page }) => {
  await signIn(page, OWN, FORMS);
  await expect(page.getByRole("heading", { name: forms.title })).toHaveCount(0);
});
