import type { Locator, Page } from "@playwright/test";

import { EVERYONE, OWN, awake, expect, own, signIn, words } from "./house.ts";
import { call } from "./sound.ts";

const evaluation = words("sv", "evaluation");
const filter = words("sv", "filter");
const forms = words("sv", "forms");
const configuration = words("sv", "configuration");
const player = words("sv", "player");
const recordings = words("sv", "recordings");
const review = words("sv", "review");
const sharing = words("sv", "sharing");

/** Åsa hears Finance and Sales, and may do nothing else until the company says so. */
const COACH = "asa.ostrom@lingonkullen.example";

const part = (page: Page, name: string): Locator => page.getByRole("navigation", { name: review.parts }).getByRole("link", { name });

/** Says of a phrase what stands before its first gap. */
const began = (phrase: string): RegExp => new RegExp(phrase.split("{{")[0]);

own("a form is built, a call is judged by it and passed on, and the judged person disputes", async ({ page, another, hark }) => {
  own.slow();
  const id = call(hark, "c-1", [[20, true, false]]);
  // A Super user builds a form with a critical question.
  await signIn(page, EVERYONE, "/configuration/evaluation-forms");
  await page.getByRole("button", { name: forms.begin, exact: true }).click();
  await expect(page).toHaveURL(/evaluation-forms\/\d+$/);
  await awake(page);
  await page.getByLabel(forms.heading, { exact: true }).fill("Säljsamtal");
  await page.locator("#s0-title").fill("Öppning");
  await page.locator("#q1-words").fill("Legitimerar kunden");
  await page.locator("#q1-critical").check();
  await page.getByRole("button", { name: forms.add_question }).click();
  await page.locator("#q2-words").fill("Lyssnar färdigt");
  await page.locator("#q2-kind").selectOption("scale");
  await expect(page.locator(".faults")).toHaveCount(0);
  await page.getByRole("button", { name: forms.publish }).first().click();
  await page.getByRole("dialog").getByRole("button", { name: forms.publish }).click();
  await expect(page.locator(".head .lead")).toContainText("1");
  // And lets Restricted users do what they are there for.
  await page.goto("/configuration/rights");
  await awake(page);
  for (const right of [configuration.right_comment, configuration.right_tag, configuration.right_evaluate, configuration.right_share]) {
    await page.locator("#restricted").getByLabel(right).check();
  }
  await page.locator("#restricted").getByRole("button", { name: configuration.save }).click();
  await expect(page).toHaveURL(/saved=restricted/);

  // A coach hears the call, comments at 0:12, tags and flags.
  let coach = await another();
  await signIn(coach, COACH, `/recordings/${id}?period=all`);
  const heard = coach.waitForResponse(/history\/heard/);
  await coach.locator(".transport").getByRole("button", { name: player.play }).click();
  await expect(coach.locator(".detail .clock")).toContainText("00:02", { timeout: 15_000 });
  await coach.locator(".transport").getByRole("button", { name: player.pause }).click();
  await heard;
  await coach.getByLabel(review.at, { exact: true }).fill("0:12");
  await coach.getByLabel(review.comment, { exact: true }).fill("Här borde du fråga.");
  await coach.getByRole("button", { name: review.add_comment }).click();
  await expect(coach.locator(".comments li")).toContainText("00:12");
  const notes = coach.getByRole("form", { name: review.notes });
  await notes.getByText(filter.flag_blue).click();
  await notes.getByLabel(recordings.call_tag).fill("Utbildning");
  await notes.getByRole("button", { name: configuration.save }).click();
  await expect(notes.getByRole("status")).toContainText(configuration.saved);

  // Evaluates, and closes the tab midway.
  await part(coach, evaluation.evaluate).click();
  await coach.getByRole("button", { name: evaluation.change_form }).click();
  const ask = coach.getByRole("dialog");
  await ask.getByLabel(evaluation.form).selectOption({ label: "Säljsamtal, version 1" });
  await ask.getByRole("button", { name: evaluation.change_form }).click();
  await expect(coach.locator(".ask")).toHaveCount(2);
  await coach.keyboard.press("2");
  await expect(coach.locator(".total")).toContainText(evaluation.failed);
  await expect(coach.locator(".keeping")).toHaveText(began(evaluation.kept));
  await coach.context().close();
  coach = await another();
  await signIn(coach, COACH, `/recordings/${id}?period=all&part=evaluate`);
  await expect(coach.locator("#q-1 input[value='no']")).toBeChecked();
  await coach.locator("#q-2 label", { hasText: "4" }).click();
  await coach.getByRole("button", { name: configuration.save, exact: true }).click();
  await expect(coach.locator(".judged")).toContainText("0 %");

  // Sends the link; the receiver opens it and hears the call.
  await part(coach, sharing.tab).click();
  const send = coach.getByRole("form", { name: sharing.title });
  await send.getByLabel(sharing.to, { exact: true }).fill("gun@kund.example");
  await send.getByLabel(sharing.subject).fill("Pelles samtal");
  await send.getByRole("button", { name: sharing.send }).click();
  await expect(coach.getByRole("region", { name: sharing.links }).getByRole("listitem")).toHaveCount(1);
  const letter = await hark.letter("gun@kund.example", "Pelles samtal");
  const guest = await another();
  const address = letter.text.match(/^http:\S+\/shared\/\S+$/m)![0];
  await guest.goto(address);
  await awake(guest);
  await guest.getByRole("button", { name: sharing.open }).click();
  await expect(guest).toHaveURL(`${hark.url}/shared`);
  await awake(guest);
  await guest.locator(".transport").getByRole("button", { name: player.play }).click();
  await expect(guest.locator(".detail .clock")).toContainText("00:03", { timeout: 15_000 });
  const told = guest.waitForResponse(/sharing\/heard/);
  await guest.locator(".transport").getByRole("button", { name: player.pause }).click();
  await told;

  // The agent sees the score, and does not agree.
  const agent = await another();
  await signIn(agent, OWN, `/recordings/${id}?period=all&part=evaluate`);
  const judged = agent.locator(".judged", { hasText: "Säljsamtal" });
  await expect(judged).toContainText("0 %");
  await judged.getByText(evaluation.dispute).click();
  await judged.getByLabel(evaluation.dispute_hint).fill("Kunden ringde från sitt eget nummer.");
  await judged.getByRole("button", { name: evaluation.send }).click();
  await expect(judged).toContainText(evaluation.state_disputed);

  // History tells all of it in order.
  await part(agent, review.history).click();
  const lines = agent.locator(".history li p");
  const order = [review.did_dispute, review.did_open_share, review.did_share, review.did_evaluate_failed, review.did_tag, review.did_flag, review.did_comment];
  await expect(lines.filter({ hasText: began(review.did_dispute) })).toHaveCount(1);
  const said = (await lines.allTextContents()).reverse();
  const places = order.map((phrase) => said.findIndex((line) => began(phrase).test(line)));
  expect(places.every((place) => place >= 0), said.join("\n")).toBe(true);
  expect([...places].sort((one, other) => other - one), said.join("\n")).toEqual(places);
  expect(said.some((line) => /Åsa Öström lyssnade, 00:0[1-5] hört/.test(line)), said.join("\n")).toBe(true);
  expect(said.some((line) => /En mottagare lyssnade, 00:0[2-6] hört/.test(line)), said.join("\n")).toBe(true);

  // After a day the link is dead, for who has opened it and for who has not.
  hark.letLinksAge(24);
  await guest.reload();
  await expect(guest.locator("main")).toContainText(sharing.dead);
  const late = await another();
  await late.goto(address);
  await awake(late);
  const open = late.getByRole("button", { name: sharing.open });
  if (await open.isVisible()) await open.click();
  await expect(late.locator("main")).toContainText(sharing.dead);
});
