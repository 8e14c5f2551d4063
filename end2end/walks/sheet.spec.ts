import type { Locator, Page } from "@playwright/test";

import { EVERYONE, OWN, accessible, asleep, awake, expect, fill, own, signIn, words } from "./house.ts";
import { call } from "./sound.ts";

const evaluation = words("sv", "evaluation");
const review = words("sv", "review");
const save = words("sv", "configuration").save;

const sheet = (page: Page): Locator => page.getByRole("form", { name: evaluation.evaluate });
const kept = (page: Page): Locator => page.locator(".keeping");
const draftSaved = new RegExp(evaluation.kept.split("{{")[0]);
const at = (id: string): string => `/recordings/${id}?period=all&part=evaluate`;

/** Chooses an answer as one does: by what one sees of it. */
async function choose(question: Locator, value: string): Promise<void> {
  await question.locator("label", { has: question.page().locator(`input[value='${value}']`) }).click();
}

/** Answers all that is asked with the first that is offered, and saves it. */
async function judge(page: Page, id: string): Promise<void> {
  await page.goto(at(id));
  await awake(page);
  await expect(sheet(page)).toBeVisible();
  const open = page.locator(".ask:visible", { has: page.getByRole("radio") }).filter({ hasNot: page.locator("input:checked") });
  for (let left = await open.count(); left > 0; left = await open.count()) {
    const key = await open.first().getAttribute("id");
    await open.first().locator("label", { has: page.getByRole("radio") }).first().click();
    await expect(page.locator(`#${key} input:checked`)).toHaveCount(1);
  }
  for (const number of await page.locator(".ask:visible .count input").all()) await number.fill("3");
  await page.getByRole("button", { name: save, exact: true }).click();
  await expect(page.locator(".judged")).toContainText("%");
}

/** Throws away what is written, in the dialog that asks once more. */
async function discard(page: Page): Promise<void> {
  await page.getByRole("button", { name: evaluation.discard }).click();
  await page.getByRole("dialog").getByRole("button", { name: evaluation.discard }).click();
}

own("a number outside every interval says at once what it comes to, and is kept", async ({ page, hark }) => {
  const id = call(hark, "c-1", [[2, true, false]]);
  await signIn(page, EVERYONE, at(id));
  await choose(page.locator("#q-8"), "yes");
  const question = page.locator("#q-9");
  const number = question.getByRole("textbox").first();
  await number.fill("120");
  await expect(kept(page)).toHaveText(draftSaved);
  await expect(question.locator(".unsure")).toBeHidden();
  await number.fill("120,5");
  const told = fill(evaluation.outside_nothing, { ranges: "0–120 sekunder" });
  await expect(question.locator(".unsure")).toHaveText(told);
  await expect(number).toHaveAccessibleDescription(told);
  await accessible(page);
  await expect(kept(page)).toHaveText(draftSaved);
  await page.reload();
  await awake(page);
  await expect(number).toHaveValue("120,5");
  await expect(question.locator(".unsure")).toHaveText(told);
  await number.fill("30");
  await expect(question.locator(".unsure")).toBeHidden();
});

own("what is no number stays where one looks at another part", async ({ page, hark }) => {
  const id = call(hark, "c-1", [[2, true, false]]);
  await signIn(page, EVERYONE, at(id));
  await choose(page.locator("#q-8"), "yes");
  const number = page.locator("#q-9").getByRole("textbox").first();
  await number.fill("ungefär 30");
  await expect(page.locator("#q-9")).toContainText(evaluation.no_number);
  await expect(number).toHaveAccessibleDescription(evaluation.no_number);
  await expect(kept(page)).toHaveText(draftSaved);
  const parts = page.getByRole("navigation", { name: review.parts });
  await parts.getByRole("link", { name: review.history }).click();
  await expect(sheet(page)).toHaveCount(0);
  await parts.getByRole("link", { name: evaluation.evaluate }).click();
  await expect(number).toHaveValue("ungefär 30");
  await expect(number).toHaveAttribute("aria-invalid", "true");
  await number.fill("30");
  await expect(page.locator("#q-9")).not.toContainText(evaluation.no_number);
  // What is thrown away does not come back.
  await number.fill("ungefär 40");
  await expect(kept(page)).toHaveText(draftSaved);
  await discard(page);
  await expect(page.locator(".ask input:checked")).toHaveCount(0);
  await choose(page.locator("#q-8"), "yes");
  await expect(number).toHaveValue("");
});

own("what another tab has answered is not thrown away unseen", async ({ page, context, hark }) => {
  const id = call(hark, "c-1", [[2, true, false]]);
  await signIn(page, EVERYONE, at(id));
  await choose(page.locator("#q-1"), "yes");
  await expect(kept(page)).toHaveText(draftSaved);
  const other = await context.newPage();
  await other.goto(at(id));
  await awake(other);
  await choose(other.locator("#q-2"), "4");
  await expect(kept(other)).toHaveText(draftSaved);
  await discard(page);
  await expect(page.getByText(evaluation.not_thrown, { exact: true })).toBeInViewport();
  await expect(page.locator("#unthrown")).toBeFocused();
  // What is there now is shown, and can be thrown away as it is.
  await expect(page.locator("#q-1 input[value='yes']")).toBeChecked();
  await expect(page.locator("#q-2 input[value='4']")).toBeChecked();
  await accessible(page);
  await choose(page.locator("#q-1"), "no");
  await expect(kept(page)).toHaveText(draftSaved);
  await discard(page);
  await expect(page.locator(".ask input:checked")).toHaveCount(0);
  await expect(page.getByText(evaluation.not_thrown, { exact: true })).toHaveCount(0);
});

own("what could not be kept after a save in vain does not stand in the way of throwing away", async ({ page, context, hark }) => {
  const id = call(hark, "c-1", [[2, true, false]]);
  await signIn(page, EVERYONE, at(id));
  await choose(page.locator("#q-1"), "yes");
  await expect(kept(page)).toHaveText(draftSaved);
  const sent = page.waitForResponse("**/fn/evaluation/send");
  await page.getByRole("button", { name: save, exact: true }).click();
  await sent;
  await expect(page.locator(".questions")).not.toHaveAttribute("inert");
  await page.route("**/fn/evaluation/keep", (route) => route.fulfill({ status: 429, json: { Busy: { retry_s: 1 } } }));
  await choose(page.locator("#q-1"), "no");
  await expect(kept(page)).toHaveText(evaluation.kept_not_yet);
  const other = await context.newPage();
  await other.goto(at(id));
  await awake(other);
  await choose(other.locator("#q-2"), "4");
  await expect(kept(other)).toHaveText(draftSaved);
  await discard(page);
  await expect(page.locator("#unthrown")).toBeFocused();
  await expect(page.locator("#q-2 input[value='4']")).toBeChecked();
  // What there is has been seen by now.
  await discard(page);
  await expect(page.locator(".ask input:checked")).toHaveCount(0);
  await expect(page.getByText(evaluation.not_thrown, { exact: true })).toHaveCount(0);
});

own("answers that were never kept are thrown away like others", async ({ page, hark }) => {
  const id = call(hark, "c-1", [[2, true, false]]);
  await signIn(page, EVERYONE, at(id));
  // As on a page that is older than the form.
  await page.route("**/fn/evaluation/keep", (route) => {
    const asked = route.request().postData() ?? "";
    return route.continue({ postData: asked.replace(/"version":\d+/, '"version":99') });
  });
  await choose(page.locator("#q-1"), "yes");
  await expect(kept(page)).toHaveText(evaluation.changed);
  await discard(page);
  await expect(page.locator(".ask input:checked")).toHaveCount(0);
  await expect(page.getByText(evaluation.not_thrown, { exact: true })).toHaveCount(0);
  await page.unroute("**/fn/evaluation/keep");
  await choose(page.locator("#q-1"), "no");
  await expect(kept(page)).toHaveText(draftSaved);
});

own("what became of a form is said, and nothing of it stays behind", async ({ page, hark }) => {
  own.slow();
  const id = call(hark, "c-1", [[2, true, false]]);
  const became = page.locator(".became");
  await signIn(page, EVERYONE, at(id));
  await choose(page.locator("#q-1"), "yes");
  await expect(kept(page)).toHaveText(draftSaved);
  await page.getByRole("button", { name: save, exact: true }).click();
  await expect(page.locator(".ask[data-missing]").first()).toContainText(evaluation.missing);
  await discard(page);
  await expect(page.locator(".ask input:checked")).toHaveCount(0);
  await expect(became).toHaveText(evaluation.is_thrown);
  await expect(page.locator(".ask[data-missing]")).toHaveCount(0);
  await expect(page.getByText(evaluation.missing, { exact: true })).toHaveCount(0);
  await accessible(page);
  // Who writes anew is told of that.
  await choose(page.locator("#q-1"), "yes");
  await expect(became).toHaveText("");
  await expect(kept(page)).toHaveText(draftSaved);
  await judge(page, id);
  await expect(became).toContainText(evaluation.is_saved_seen.split("}} ")[1]);
  await expect(page.locator(".judged h3")).toBeFocused();
  await accessible(page);
  await page.locator(".judged").getByRole("button", { name: evaluation.revise, exact: true }).click();
  await expect(sheet(page)).toBeVisible();
  await expect(became).toHaveText("");
});

own("one is told of the keys that answer what one is at", async ({ page, hark }) => {
  const id = call(hark, "c-1", [[2, true, false]]);
  await signIn(page, EVERYONE, at(id));
  const hint = page.locator(".keyhint");
  await expect(hint).toHaveText(new RegExp(`^${evaluation.answer_with}\\s*1\\s*${evaluation.yes}\\s*,\\s*2\\s*${evaluation.no}$`));
  await page.keyboard.press("1");
  await expect(page.locator("#q-1 input[value='yes']")).toBeChecked();
  await expect(hint).toHaveText(new RegExp(`^${evaluation.answer_with}\\s*1\\s*–\\s*5`));
  await choose(page.locator("#q-8"), "yes");
  await page.locator("#q-9").getByRole("textbox").first().focus();
  await expect(hint).toHaveText(evaluation.write_number);
  const text = page.locator(".ask", { has: page.locator(".answer textarea") }).first();
  await text.getByRole("textbox").first().focus();
  await expect(hint).toContainText(evaluation.write_words);
});

own("answers stand under each other", async ({ page, hark }) => {
  const id = call(hark, "c-1", [[2, true, false]]);
  await page.setViewportSize({ width: 1440, height: 900 });
  await signIn(page, EVERYONE, at(id));
  await choose(page.locator("#q-8"), "yes");
  const columns = await page.locator(".ask:visible > .answer").evaluateAll((all) =>
    all.map((answer) => {
      const { left, width } = answer.getBoundingClientRect();
      return `${Math.round(left)} ${Math.round(width)}`;
    }),
  );
  expect(columns.length).toBeGreaterThan(5);
  expect([...new Set(columns)]).toHaveLength(1);
  // And none reaches out of its column.
  const out = await page.locator(".ask:visible > .answer").evaluateAll((all) => all.filter((answer) => answer.scrollWidth > answer.clientWidth).length);
  expect(out).toBe(0);
});

own("what went wrong with the reply to one call is not said on the next", async ({ page, another, hark }) => {
  own.slow();
  const [first, second] = ["c-1", "c-2"].map((name) => call(hark, name, [[2, true, false]]));
  await signIn(page, EVERYONE);
  await judge(page, first);
  await judge(page, second);
  const agent = await another();
  await signIn(agent, OWN);
  const wake = await asleep(agent, at(first));
  const reply = agent.locator(".judged").getByLabel(evaluation.dispute_hint);
  await agent.locator(".judged").getByText(evaluation.dispute).click();
  await reply.fill("Jag frågade\u202e visst");
  await agent.locator(".judged").getByRole("button", { name: evaluation.send }).click();
  await expect(agent).toHaveURL(/__err=/);
  await wake();
  await expect(reply).toHaveAttribute("aria-invalid", "true");
  await agent.locator(`.calls tr[data-id="${second}"] .who a`).click();
  await expect(agent).toHaveURL(new RegExp(`/recordings/${second}\\?`));
  await agent.getByRole("navigation", { name: review.parts }).getByRole("link", { name: evaluation.evaluate }).click();
  await expect(agent.locator(".judged")).toHaveCount(1);
  await agent.locator(".judged").getByText(evaluation.dispute).click();
  await expect(reply).toBeVisible();
  await expect(reply).toHaveValue("");
  await expect(reply).not.toHaveAttribute("aria-invalid", "true");
  await expect(agent.getByRole("alert")).toHaveCount(0);
});

own("a change that alters nothing is none, and what came first is folded away", async ({ page, another, hark }) => {
  own.slow();
  const id = call(hark, "c-1", [[2, true, false]]);
  await signIn(page, EVERYONE);
  await judge(page, id);
  const judged = page.locator(".judged");
  const revise = async (change?: () => Promise<void>): Promise<void> => {
    await judged.getByRole("button", { name: evaluation.revise, exact: true }).click();
    await expect(sheet(page)).toBeVisible();
    await change?.();
    await page.getByRole("button", { name: save, exact: true }).click();
    await expect(sheet(page)).toHaveCount(0);
  };
  await revise();
  await expect(judged.locator(".turns")).toHaveCount(0);
  for (const [question, answer] of [["#q-1", "no"], ["#q-1", "yes"], ["#q-2", "3"], ["#q-2", "5"]]) {
    await revise(() => choose(page.locator(question), answer));
  }
  const steps = judged.locator(".turns > li");
  await expect(steps).toHaveCount(4);
  await expect(steps.filter({ visible: true })).toHaveCount(2);
  await judged.getByText(fill(evaluation.earlier, { count: "2" })).click();
  await expect(steps.filter({ visible: true })).toHaveCount(4);
  await accessible(page);
  const agent = await another();
  await signIn(agent, OWN, at(id));
  await expect(agent.locator(".judged .turns > li").first()).toBeHidden();
});
