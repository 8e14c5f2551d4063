import type { Locator, Page } from "@playwright/test";

import { EVERYONE, OWN, accessible, asleep, awake, expect, fill, own, signIn, words } from "./house.ts";
import { call } from "./sound.ts";

const evaluation = words("sv", "evaluation");
const recordings = words("sv", "recordings");
const review = words("sv", "review");
const save = words("sv", "configuration").save;

const sheet = (page: Page): Locator => page.getByRole("form", { name: evaluation.evaluate });
const total = (page: Page): Locator => page.locator(".total");
const kept = (page: Page): Locator => page.locator(".keeping");
const turn = (page: Page): Locator => page.locator(".ask[data-turn]");
const draftSaved = new RegExp(evaluation.kept.split("{{")[0]);

/** What a key answers is seen before the next one is pressed, as by people. */
async function press(page: Page, keys: string): Promise<void> {
  for (const key of keys) {
    const before = await page.locator(".ask:not([hidden]) input:checked").count();
    await page.keyboard.press(key);
    await expect(page.locator(".ask:not([hidden]) input:checked")).toHaveCount(before + 1);
  }
}

/** Chooses an answer as one does: by what one sees of it. */
async function choose(question: Locator, value: string): Promise<void> {
  await question.locator("label", { has: question.page().locator(`input[value='${value}']`) }).click();
}

/** Answers everything with the first that is offered, and a scale with its fourth step: as long as there is something left. */
async function answerAll(page: Page): Promise<void> {
  const open = page.locator(".ask:visible", { has: page.getByRole("radio") }).filter({ hasNot: page.locator("input:checked") });
  for (let left = await open.count(); left > 0; left = await open.count()) {
    const group = open.first();
    const scale = group.locator("label", { has: page.locator("input[value='4']") });
    const key = await group.getAttribute("id");
    await ((await scale.count()) > 0 ? scale : group.locator("label", { has: page.getByRole("radio") })).first().click();
    await expect(page.locator(`#${key} input:checked`)).toHaveCount(1);
  }
  for (const number of await page.locator(".ask:visible .count input").all()) await number.fill("3");
}

own("one evaluates by keys, and the draft is there after everything", async ({ page, another, hark }) => {
  own.slow();
  const id = call(hark, "c-1", [[20, true, false]]);
  await signIn(page, EVERYONE, `/recordings/${id}?period=all&part=evaluate`);
  await expect(sheet(page)).toBeVisible();
  await expect(page.locator(".rows")).toBeHidden();
  await accessible(page);
  await press(page, "14");
  await expect(total(page)).toContainText("2 av");
  await expect(turn(page)).toHaveAttribute("id", "q-3");
  await expect(kept(page)).toHaveText(draftSaved);
  // Digits answer here, and lead into no sound.
  await expect(page.locator(".clock").first()).toContainText("00:00");
  await page.keyboard.press("j");
  await expect(turn(page)).toHaveAttribute("id", "q-3");
  await page.keyboard.press("Shift+?");
  await expect(page.getByRole("dialog")).toContainText(evaluation.key_answer);
  await page.keyboard.press("Escape");
  const remark = page.locator("#q-3");
  await remark.getByText(evaluation.remark).first().click();
  // What one types next is meant for it, and not for the keys of the player.
  await expect(remark.getByRole("textbox", { name: evaluation.remark })).toBeFocused();
  await page.keyboard.type("Hörs tydligt");
  await remark.getByRole("button", { name: new RegExp(evaluation.evidence_at) }).click();
  await expect(remark.getByRole("link", { name: fill(review.to_moment, { at: "00:00" }) })).toBeVisible();
  await expect(page.locator(".wave-pins text")).toHaveText("3");
  await expect(kept(page)).toHaveText(draftSaved);
  await accessible(page);
  // Another browser, after the server was started again.
  await hark.restart();
  const later = await another();
  await signIn(later, EVERYONE, `/recordings/${id}?period=all&part=evaluate`);
  await expect(later.locator("#q-2 input[value='4']")).toBeChecked();
  await expect(later.locator("#r-3")).toHaveValue("Hörs tydligt");
  await expect(later.locator("#q-3 .place a")).toHaveText("00:00");
});

own("what is typed as one leaves goes along", async ({ page, hark }) => {
  const id = call(hark, "c-1", [[2, true, false]]);
  await signIn(page, EVERYONE, `/recordings/${id}?period=all&part=evaluate`);
  await page.locator("#q-1").getByText(evaluation.remark).first().click();
  await page.locator("#r-1").fill("Det sista jag skrev");
  await page.goto("/help");
  await page.goto(`/recordings/${id}?period=all&part=evaluate`);
  await expect(page.locator("#r-1")).toHaveValue("Det sista jag skrev");
});

own("what cannot be kept now is kept later", async ({ page, hark }) => {
  const id = call(hark, "c-1", [[2, true, false]]);
  await signIn(page, EVERYONE, `/recordings/${id}?period=all&part=evaluate`);
  await page.route("**/fn/evaluation/keep", (route) => route.fulfill({ status: 429, json: { Busy: { retry_s: 1 } } }));
  await choose(page.locator("#q-1"), "yes");
  await expect(kept(page)).toHaveText(evaluation.kept_not_yet);
  await page.getByRole("navigation", { name: review.parts }).getByRole("link", { name: review.notes }).click();
  await expect(page.getByRole("form", { name: review.notes })).toBeVisible();
  await page.unroute("**/fn/evaluation/keep");
  await page.getByRole("navigation", { name: review.parts }).getByRole("link", { name: evaluation.evaluate }).click();
  await expect(page.locator("#q-1 input[value='yes']")).toBeChecked();
  await expect(kept(page)).toHaveText(draftSaved, { timeout: 10_000 });
});

own("saved and on to the next through the list", async ({ page, hark }) => {
  const ids = ["c-1", "c-2", "c-3"].map((name) => call(hark, name, [[2, true, false]]));
  await signIn(page, EVERYONE, "/recordings?period=all&evaluated=no");
  await page.locator(ids.map((id) => `.calls tr[data-id="${id}"] .who a`).join(", ")).first().click();
  await page.getByRole("navigation", { name: review.parts }).getByRole("link", { name: evaluation.evaluate }).click();
  const first = /recordings\/(\d+)/.exec(page.url())![1];
  await page.getByRole("button", { name: evaluation.save_and_next }).click();
  // What must be answered is said, at the first of it.
  await expect(page.locator(".ask[data-missing]").first()).toContainText(evaluation.missing);
  expect(page.url()).toContain(first);
  await answerAll(page);
  await page.getByRole("button", { name: evaluation.save_and_next }).click();
  await expect(page).toHaveURL(new RegExp(`/recordings/(?!${first})\\d+\\?.*part=evaluate`));
  await expect(sheet(page)).toBeVisible();
  await expect(page.locator(".ask input:checked")).toHaveCount(0);
  const second = /recordings\/(\d+)/.exec(page.url())![1];
  expect(ids).toContain(second);
  await page.goto("/recordings?period=all&evaluated=no");
  await awake(page);
  await expect(page.locator(`.calls tr[data-id="${second}"]`)).toHaveCount(1);
  await expect(page.locator(`.calls tr[data-id="${first}"]`)).toHaveCount(0);
  await page.goto(`/recordings/${first}?period=all&part=evaluate`);
  await expect(page.locator(".judged")).toContainText("%");
});

own("the judged person disputes, the evaluator changes, and both see what was said", async ({ page, another, hark }) => {
  own.slow();
  const id = call(hark, "c-1", [[3, true, false]]);
  await signIn(page, EVERYONE, `/recordings/${id}?period=all&part=evaluate`);
  await answerAll(page);
  // The critical question, answered wrongly.
  const critical = page.locator(".ask", { has: page.getByText(evaluation.critical, { exact: true }) });
  await choose(critical, "no");
  await expect(total(page)).toContainText(evaluation.failed);
  await page.getByRole("button", { name: save, exact: true }).click();
  const judged = page.locator(".judged");
  await expect(judged).toContainText(evaluation.failed);
  await expect(judged).toContainText(evaluation.state_shown);
  await accessible(page);
  const agent = await another();
  await signIn(agent, OWN, `/recordings/${id}?period=all&part=evaluate`);
  const seen = agent.locator(".judged");
  await expect(seen).toContainText("0 %");
  await seen.getByText(evaluation.show_answers).click();
  await expect(seen.locator(".answers .wrong")).toContainText(evaluation.no);
  await accessible(agent);
  await seen.getByText(evaluation.dispute).click();
  await seen.getByLabel(evaluation.dispute_hint).fill("Kunden legitimerade sig i växeln.");
  // What is not sent is there when one comes back from another part.
  const parts = agent.getByRole("navigation", { name: review.parts });
  await parts.getByRole("link", { name: review.history }).click();
  await expect(seen).toHaveCount(0);
  await parts.getByRole("link", { name: evaluation.evaluate }).click();
  await expect(seen.getByLabel(evaluation.dispute_hint)).toHaveValue("Kunden legitimerade sig i växeln.");
  await seen.getByRole("button", { name: evaluation.send }).click();
  await expect(seen).toContainText(evaluation.state_disputed);
  await page.reload();
  await awake(page);
  await expect(judged.locator(".turns")).toContainText("Kunden legitimerade sig i växeln.");
  await judged.getByRole("button", { name: evaluation.revise }).click();
  await expect(sheet(page)).toBeVisible();
  await choose(critical, "yes");
  await page.getByRole("button", { name: save, exact: true }).click();
  await expect(judged).toContainText(evaluation.state_shown);
  await agent.reload();
  await awake(agent);
  await expect(seen).not.toContainText(evaluation.failed);
  await seen.getByRole("button", { name: evaluation.acknowledge }).click();
  await expect(seen).toContainText(evaluation.state_acknowledged);
  await agent.getByRole("navigation", { name: review.parts }).getByRole("link", { name: review.history }).click();
  const told = agent.locator(".history li p");
  await expect(told.first()).toContainText(review.did_acknowledge.split("{{")[0]);
  await expect(told.filter({ hasText: "Kunden legitimerade sig i växeln." })).toHaveCount(1);
});

own("a form is answered and finished where no code may run", async ({ another, hark }) => {
  const plain = await another({ javaScriptEnabled: false });
  const id = call(hark, "c-1", [[2, true, false]]);
  await signIn(plain, EVERYONE, `/recordings/${id}?period=all&part=evaluate`);
  await choose(plain.locator("#q-1"), "yes");
  await plain.getByRole("button", { name: evaluation.keep_draft }).click();
  await expect(plain.locator("#q-1 input[value='yes']")).toBeChecked();
  await expect(kept(plain)).toHaveText(draftSaved);
  await plain.getByRole("button", { name: save, exact: true }).click();
  await expect(plain.locator("main")).toContainText(evaluation.not_done);
  await answerAll(plain);
  await plain.getByRole("button", { name: save, exact: true }).click();
  // What hangs on an answer is asked once that is known.
  await answerAll(plain);
  await plain.getByRole("button", { name: save, exact: true }).click();
  await expect(plain.locator(".judged")).toContainText("%");
});

own("the judged person finds what was said of them at home, by letter and on the call, also on a phone", async ({ page, another, hark }) => {
  const id = call(hark, "c-1", [[3, true, false]]);
  await signIn(page, EVERYONE, `/recordings/${id}?period=all&part=evaluate`);
  await answerAll(page);
  await page.getByRole("button", { name: save, exact: true }).click();
  const judged = page.locator(".judged");
  await expect(judged).toContainText(evaluation.state_shown);
  await hark.letter(OWN, words("sv", "letters").evaluation_shown);

  const agent = await another();
  await agent.setViewportSize({ width: 390, height: 844 });
  await signIn(agent, OWN, "/");
  const waiting = agent.getByRole("region", { name: evaluation.to_read });
  await accessible(agent);
  // The demo company has one that he has not read either.
  await waiting.locator(`a[href^="/recordings/${id}"]`).click();
  await expect(agent).toHaveURL(new RegExp(`/recordings/${id}\\?.*part=evaluate`));
  const tab = agent.getByRole("navigation", { name: review.parts }).getByRole("link", { name: evaluation.evaluate });
  await expect(tab).toContainText(evaluation.waits_reading);
  await expect(tab.locator(".waits")).toBeInViewport();
  const seen = agent.locator(".judged");
  await expect(seen).toContainText("%");
  await expect(sheet(agent)).toHaveCount(0);
  await accessible(agent);
  // What is missing is asked for where it is written.
  await seen.getByText(evaluation.dispute).click();
  await seen.getByRole("button", { name: evaluation.send }).click();
  const reply = seen.getByLabel(evaluation.dispute_hint);
  await expect(reply).toHaveAttribute("aria-invalid", "true");
  await expect(reply).toBeFocused();
  await accessible(agent);
  await seen.getByRole("button", { name: evaluation.acknowledge }).click();
  await expect(seen).toContainText(evaluation.state_acknowledged);
  await expect(tab).not.toContainText(evaluation.waits_reading);

  // The evaluator finds that she was wrong: it is shown anew, and says so.
  await page.reload();
  await awake(page);
  await judged.getByRole("button", { name: evaluation.revise, exact: true }).click();
  await expect(sheet(page)).toBeVisible();
  await choose(page.locator(".ask", { has: page.getByText(evaluation.critical, { exact: true }) }), "no");
  await page.getByRole("button", { name: save, exact: true }).click();
  await expect(judged).toContainText(evaluation.state_shown);
  await agent.reload();
  await awake(agent);
  await expect(seen).toContainText(evaluation.changed_by.split(" {{")[0]);
  await expect(seen.getByRole("button", { name: evaluation.acknowledge })).toBeVisible();
  await expect(tab).toContainText(evaluation.waits_reading);
});

own("a dispute waits at home for its evaluator, and the list says what the call came to and whose step it is", async ({ page, another, hark }) => {
  const id = call(hark, "c-1", [[2, true, false]]);
  const address = `/recordings/${id}?period=all&part=evaluate`;
  await signIn(page, EVERYONE, address);
  await answerAll(page);
  await page.getByRole("button", { name: save, exact: true }).click();
  const judged = page.locator(".judged");
  await expect(judged).toContainText(evaluation.state_shown);

  const agent = await another();
  await signIn(agent, OWN, address);
  const seen = agent.locator(".judged");
  await seen.getByText(evaluation.dispute).click();
  await seen.getByLabel(evaluation.dispute_hint).fill("Jag frågade visst.");
  await seen.getByRole("button", { name: evaluation.send }).click();
  await expect(seen).toContainText(evaluation.state_disputed);

  // The list says it in words too, and so does it where nothing wakes.
  for (const javaScriptEnabled of [true, false]) {
    const reader = await another({ javaScriptEnabled });
    await signIn(reader, EVERYONE, "/recordings?period=all&evaluated=waiting");
    const row = reader.locator(`.calls tbody tr[data-id="${id}"]`);
    await expect(row.locator(".eval")).toContainText("%");
    await expect(row.locator(".eval")).toContainText(recordings.waits_evaluator);
  }

  await page.goto("/");
  await awake(page);
  const waiting = page.getByRole("region", { name: evaluation.to_answer });
  await accessible(page);
  await waiting.locator(`a[href^="/recordings/${id}"]`).click();
  await expect(page).toHaveURL(new RegExp(`/recordings/${id}\\?.*part=evaluate`));
  await judged.locator("summary", { hasText: evaluation.answer }).click();
  await judged.getByLabel(evaluation.answer_hint).fill("Det hördes inte.");
  await judged.getByRole("button", { name: evaluation.send }).click();
  await expect(judged).toContainText(evaluation.state_shown);
  await page.goto("/");
  await awake(page);
  await expect(page.locator(".figures")).toBeVisible();
  await expect(waiting).toHaveCount(0);
});

own("a reply that is sent back before the page is awake is still there when it is", async ({ page, another, hark }) => {
  const id = call(hark, "c-1", [[2, true, false]]);
  await signIn(page, EVERYONE, `/recordings/${id}?period=all&part=evaluate`);
  await answerAll(page);
  await page.getByRole("button", { name: save, exact: true }).click();
  await expect(page.locator(".judged")).toContainText(evaluation.state_shown);
  const agent = await another();
  await signIn(agent, OWN);
  const wake = await asleep(agent, `/recordings/${id}?period=all&part=evaluate`);
  const seen = agent.locator(".judged");
  const reply = seen.getByLabel(evaluation.dispute_hint);
  // A sign that turns what follows around is not taken.
  const written = "Jag frågade\u202e visst";
  await seen.getByText(evaluation.dispute).click();
  await reply.fill(written);
  await seen.getByRole("button", { name: evaluation.send }).click();
  await expect(agent).toHaveURL(/__err=/);
  await expect(reply).toHaveValue(written);
  await wake();
  // What the compiled half does, it has done once the field is told to it anew.
  await expect(reply).toHaveValue(written);
  await expect(reply).toHaveAttribute("aria-invalid", "true");
  const parts = agent.getByRole("navigation", { name: review.parts });
  await parts.getByRole("link", { name: review.history }).click();
  await expect(seen).toHaveCount(0);
  await parts.getByRole("link", { name: evaluation.evaluate }).click();
  await expect(reply).toHaveValue(written);
  await reply.fill("Jag frågade visst");
  await seen.getByRole("button", { name: evaluation.send }).click();
  await expect(seen).toContainText(evaluation.state_disputed);
});

own("a number that is sent back before the page is awake is told once it is", async ({ page, hark }) => {
  const id = call(hark, "c-1", [[2, true, false]]);
  await signIn(page, EVERYONE, `/recordings/${id}?period=all&part=evaluate`);
  await answerAll(page);
  await expect(kept(page)).toHaveText(draftSaved);
  const wake = await asleep(page, `/recordings/${id}?period=all&part=evaluate`);
  const number = sheet(page).locator(".count input");
  await expect(number).toHaveValue("3");
  await number.fill("12 säck");
  await page.getByRole("button", { name: save, exact: true }).click();
  await expect(page).toHaveURL(/__err=/);
  await expect(number).toHaveValue("12 säck");
  await wake();
  await expect(number).toHaveAttribute("aria-invalid", "true");
  await expect(number).toHaveValue("12 säck");
  await expect(sheet(page)).toContainText(evaluation.no_number);
  await number.fill("12");
  await expect(number).not.toHaveAttribute("aria-invalid", "true");
  await page.getByRole("button", { name: save, exact: true }).click();
  await expect(page.locator(".judged")).toContainText(evaluation.state_shown);
});

own("a company lets people judge themselves, who then ask for the form", async ({ page, another, hark }) => {
  const id = call(hark, "c-1", [[2, true, false]]);
  const configuration = words("sv", "configuration");
  const agent = await another();
  await signIn(agent, OWN, `/recordings/${id}?period=all&part=evaluate`);
  await expect(agent.locator(".evaluating")).toContainText(evaluation.no_right_own);
  await signIn(page, EVERYONE, "/configuration/rights");
  await page.getByLabel(configuration.own_evaluate).check();
  await page.locator("#own").getByRole("button", { name: configuration.save }).click();
  await expect(page).toHaveURL(/saved=own/);
  await agent.reload();
  await awake(agent);
  await expect(sheet(agent)).toHaveCount(0);
  await agent.getByRole("link", { name: evaluation.by_oneself }).click();
  await expect(sheet(agent)).toBeVisible();
  await expect(agent.getByRole("heading", { name: /Kundsamtal/ })).toBeFocused();
  await answerAll(agent);
  await agent.getByRole("button", { name: save, exact: true }).click();
  await expect(agent.locator(".judged")).toContainText("%");
  await agent.goBack();
  await expect(sheet(agent)).toHaveCount(0);
});

own("on a phone the player stays in sight while one evaluates, and covers nothing that has the focus", async ({ page, hark }) => {
  const id = call(hark, "c-1", [[30, true, false]]);
  await page.setViewportSize({ width: 390, height: 844 });
  await signIn(page, EVERYONE, `/recordings/${id}?period=all&part=evaluate`);
  const row = page.getByRole("group", { name: evaluation.player_here });
  const play = row.getByRole("button", { name: words("sv", "player").play });
  const last = page.locator(".ask").last();
  await last.scrollIntoViewIfNeeded();
  await expect(row).toBeInViewport({ ratio: 1 });
  await expect(page.locator(".sound")).not.toBeInViewport();
  await play.click();
  await expect(row.locator(".clock")).toContainText("00:02", { timeout: 15_000 });
  await row.getByRole("button", { name: words("sv", "player").pause }).click();
  await expect(page.locator(".player")).toBeHidden();
  await accessible(page);
  // Back through the form: what has the focus is below the row.
  await last.locator("input, summary, button").first().focus();
  for (let back = 0; back < 25; back += 1) {
    await page.keyboard.press("Shift+Tab");
    const clear = await page.evaluate(() => {
      const focused = document.activeElement!;
      if (!focused.closest("#sheet")) return true;
      const shown = focused.closest("label") ?? focused;
      return shown.getBoundingClientRect().top >= document.querySelector(".compact")!.getBoundingClientRect().bottom - 1;
    });
    expect(clear, `after ${back + 1} steps back`).toBe(true);
  }
  // At 400 % there is no room for it, and nothing reaches out of the page.
  await page.setViewportSize({ width: 320, height: 256 });
  await expect(row).toBeHidden();
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
});
