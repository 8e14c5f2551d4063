import type { Locator, Page } from "@playwright/test";

import { EVERYONE, OWN, accessible, asleep, awake, expect, fill, own, signIn, words } from "./house.ts";
import { call } from "./sound.ts";

const review = words("sv", "review");
const recordings = words("sv", "recordings");
const filter = words("sv", "filter");
const save = words("sv", "configuration").save;

/** The form of the notes. */
const notes = (page: Page): Locator => page.getByRole("form", { name: review.notes });
const history = (page: Page): Locator => page.locator(".history li p");

const part = (page: Page, name: string): Locator => page.getByRole("navigation", { name: review.parts }).getByRole("link", { name });

async function tell(page: Page): Promise<void> {
  await part(page, review.history).click();
  await expect(page).toHaveURL(/part=history/);
}

own("one judges a call, and the list and the history say so", async ({ page, hark }) => {
  const id = call(hark, "c-1", [[20, true, false]]);
  await signIn(page, EVERYONE, `/recordings/${id}?period=all`);
  await notes(page).getByLabel(review.call_result).selectOption({ label: review.complaint });
  await notes(page).getByText(filter.flag_red).click();
  await notes(page).getByLabel(recordings.call_tag).fill("Retur, Vår");
  await accessible(page);
  await notes(page).getByRole("button", { name: save }).click();
  await expect(notes(page).getByRole("status")).toContainText(words("sv", "configuration").saved);
  const row = page.locator(`.calls tr[data-id="${id}"]`);
  await expect(row.locator(".tag")).toHaveText("Retur, Vår");
  await expect(row.locator(".flags svg")).toHaveAttribute("data-c", "red");
  await tell(page);
  // Who looks has not listened.
  await expect(history(page)).toHaveText([review.did_tag, review.did_flag, review.did_result].map((words) => new RegExp(words.split("{{")[0])));
  await expect(history(page).first()).toContainText(fill(review.did_tag, { from: "–", to: "”Retur, Vår”" }));
  await accessible(page);
  await page.reload();
  await expect(history(page)).toHaveCount(3);
});

own("what one fills in before the page is awake is there when it is", async ({ page, hark }) => {
  const id = call(hark, "c-1", [[2, true, false]]);
  await signIn(page, EVERYONE);
  let wake = (): void => undefined;
  const held = new Promise<void>((resolve) => (wake = resolve));
  await page.route("**/*.wasm", async (route) => {
    await held;
    await route.continue();
  });
  await page.goto(`/recordings/${id}?period=all`, { waitUntil: "domcontentloaded" });
  await notes(page).getByLabel(review.call_result).selectOption({ label: review.complaint });
  await notes(page).getByText(filter.flag_red).click();
  await notes(page).getByLabel(recordings.call_tag).fill("Tidig");
  wake();
  await awake(page);
  await notes(page).getByRole("button", { name: save }).click();
  await expect(page.locator(`.calls tr[data-id="${id}"] .tag`)).toHaveText("Tidig");
  await expect(notes(page).getByRole("radio", { name: filter.flag_red })).toBeChecked();
  await expect(notes(page).getByLabel(review.call_result).locator("option:checked")).toHaveText(review.complaint);
});

own("a comment that is sent back before the page is awake is still there when it is", async ({ page, hark }) => {
  const id = call(hark, "c-1", [[2, true, false]]);
  await signIn(page, EVERYONE);
  const wake = await asleep(page, `/recordings/${id}?period=all`);
  const field = page.getByLabel(review.comment, { exact: true });
  const at = page.getByLabel(review.at, { exact: true });
  await field.fill("Bra fråga");
  await at.fill("strax");
  await page.getByRole("button", { name: review.add_comment }).click();
  await expect(page).toHaveURL(/__err=/);
  await expect(field).toHaveValue("Bra fråga");
  await wake();
  await expect(field).toHaveValue("Bra fråga");
  await expect(at).toHaveValue("strax");
  await expect(at).toHaveAttribute("aria-invalid", "true");
  await at.fill("00:01");
  await page.getByRole("button", { name: review.add_comment }).click();
  await expect(page.locator(".comments ol > li")).toContainText("Bra fråga");
  // What was wrong then is not said again.
  await expect(page.getByRole("alert")).toHaveCount(0);
});

own("what is typed stays where one goes on to another call, and of two who write nobody loses anything", async ({ page, another, hark }) => {
  const [first, second] = ["c-1", "c-2"].map((name) => call(hark, name, [[2, true, false]]));
  await signIn(page, EVERYONE, `/recordings/${first}?period=all`);
  await notes(page).getByLabel(recordings.call_tag).fill("Evas tagg");
  await page.locator(`.calls tr[data-id="${second}"] .who a`).click();
  await expect(notes(page).getByLabel(recordings.call_tag)).toHaveValue("");
  const other = await another();
  await signIn(other, OWN, `/recordings/${first}?period=all`);
  await notes(other).getByText(filter.flag_blue).click();
  await notes(other).getByLabel(recordings.call_tag).fill("Pelles tagg");
  await notes(other).getByRole("button", { name: save }).click();
  await expect(notes(other).getByRole("status")).toContainText(words("sv", "configuration").saved);
  await page.locator(`.calls tr[data-id="${first}"] .who a`).click();
  await expect(notes(page).getByLabel(recordings.call_tag)).toHaveValue("Evas tagg");
  await notes(page).getByRole("button", { name: save }).click();
  await expect(notes(page).getByRole("status")).toContainText(review.news.split("{{")[0]);
  await expect(notes(page).getByLabel(recordings.call_tag)).toHaveValue("Pelles tagg, Evas tagg");
  await expect(notes(page).getByRole("radio", { name: filter.flag_blue })).toBeChecked();
  // Both change the flag: nobody but a person can tell.
  await notes(other).getByText(filter.flag_green).click();
  await notes(other).getByRole("button", { name: save }).click();
  await expect(notes(other).getByRole("radio", { name: filter.flag_green })).toBeChecked();
  await notes(page).getByText(filter.flag_red).click();
  await notes(page).getByRole("button", { name: save }).click();
  await expect(notes(page).getByRole("status")).toContainText(filter.flag_green);
  await expect(notes(page).getByRole("radio", { name: filter.flag_red })).toBeChecked();
  await notes(page).getByRole("button", { name: save }).click();
  await expect(notes(page).getByRole("status")).toContainText(words("sv", "configuration").saved);
});

own("what was saved is asked for anew once the notes are out of sight, and the sound never", async ({ page, hark }) => {
  const id = call(hark, "c-1", [[2, true, false]]);
  await signIn(page, EVERYONE, `/recordings/${id}?period=all`);
  const asked: string[] = [];
  page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  const times = (path: string): number => asked.filter((other) => other === path).length;
  await notes(page).getByText(filter.flag_red).click();
  const told = page.waitForResponse("**/fn/recordings/row");
  await notes(page).getByRole("button", { name: save }).click();
  await expect(page.locator(`.calls tr[data-id="${id}"] .flag`)).toHaveAttribute("data-c", "red");
  await told;
  expect(times("/fn/review/read")).toBe(0);
  await tell(page);
  await expect.poll(() => times("/fn/review/read")).toBe(1);
  // Between two other parts nothing has changed.
  await part(page, words("sv", "sharing").tab).click();
  await expect(page.getByRole("form", { name: words("sv", "sharing").title })).toBeVisible();
  await part(page, review.notes).click();
  await expect(notes(page).getByRole("radio", { name: filter.flag_red })).toBeChecked();
  expect(times("/fn/review/read")).toBe(1);
  expect(times("/fn/recordings/detail")).toBe(0);
});

own("who may not share sees the notes instead, and they stay as they are while one writes", async ({ page, another, hark }) => {
  const id = call(hark, "c-1", [[2, true, false]]);
  const configuration = words("sv", "configuration");
  await signIn(page, EVERYONE, "/configuration/rights");
  const rights = page.locator("#own");
  await rights.getByLabel(configuration.own_share).setChecked(false);
  await rights.getByRole("button", { name: save }).click();
  await expect(page).toHaveURL(/saved=own/);
  const agent = await another();
  await signIn(agent, OWN, `/recordings/${id}?period=all&part=share`);
  const asked: string[] = [];
  agent.on("request", (request) => asked.push(new URL(request.url()).pathname));
  await notes(agent).getByText(filter.flag_red).click();
  const told = agent.waitForResponse("**/fn/recordings/row");
  await notes(agent).getByRole("button", { name: save }).click();
  await expect(agent.locator(`.calls tr[data-id="${id}"] .flag`)).toHaveAttribute("data-c", "red");
  await told;
  // The part that is opened next is asked for after whatever that answer would have asked for.
  await tell(agent);
  await expect(history(agent).first()).toBeVisible();
  expect(asked.filter((path) => path === "/fn/review/read").length).toBe(1);
});

own("a comment keeps its moment, in the list and in the wave, and a private one is one's own", async ({ page, another, hark }) => {
  const id = call(hark, "c-1", [[20, true, false]]);
  await signIn(page, EVERYONE, `/recordings/${id}?t=12`);
  await expect(page.locator(".detail .wave-range")).toHaveAttribute("aria-valuetext", /^12 sekunder/);
  const field = page.getByLabel(review.comment, { exact: true });
  await field.pressSequentially("Bra fråga");
  await expect(page.getByLabel(review.at, { exact: true })).toHaveValue("00:12");
  await page.getByRole("button", { name: review.add_comment }).click();
  const comments = page.locator(".comments li");
  await expect(comments).toHaveCount(1);
  await expect(field).toHaveValue("");
  await expect(page.locator(".wave-pins text")).toHaveText("1");
  await page.locator(".detail .wave-range").focus();
  await page.keyboard.press("0");
  await expect(page.locator(".detail .clock")).toContainText("00:00");
  await page.locator(".wave-pins text").click();
  await expect(page.locator(".detail .clock")).toContainText("00:12");
  await page.keyboard.press("0");
  await page.getByRole("link", { name: fill(review.to_moment, { at: "00:12" }) }).click();
  await expect(page.locator(".detail .clock")).toContainText("00:12");
  await field.fill("Hemligt");
  await page.getByLabel(review.private).check();
  await page.getByRole("button", { name: review.add_comment }).click();
  await expect(comments).toHaveCount(2);
  await accessible(page);
  const other = await another();
  await signIn(other, OWN, `/recordings/${id}`);
  await expect(other.locator(".comments li")).toHaveCount(1);
  await tell(other);
  await expect(history(other).filter({ hasText: "Bra fråga" })).toHaveCount(1);
  await expect(history(other).filter({ hasText: "Hemligt" })).toHaveCount(0);
  // Its author changes it; the other has no way to.
  await expect(other.getByRole("button", { name: review.change_comment })).toHaveCount(0);
  await comments.first().getByRole("button", { name: review.change_comment }).click();
  await comments.first().getByLabel(review.comment, { exact: true }).fill("Mycket bra fråga");
  await comments.first().getByRole("button", { name: save }).click();
  await expect(comments.first()).toContainText("Mycket bra fråga");
  await comments.first().getByRole("button", { name: review.remove_comment }).click();
  await expect(comments).toHaveCount(1);
});

own("who listens is told with how much was heard", async ({ page, hark }) => {
  const id = call(hark, "c-1", [[20, true, false]]);
  await signIn(page, EVERYONE, `/recordings/${id}`);
  await page.keyboard.press("k");
  await expect(page.locator(".detail .clock")).toContainText("00:03", { timeout: 15_000 });
  const told = page.waitForResponse(/history\/heard/);
  await page.keyboard.press("k");
  await told;
  await tell(page);
  await expect(history(page)).toHaveCount(1);
  await expect(history(page).first()).toContainText(/lyssnade, 00:0[2-5] hört/);
});

own("the history goes on to what is older, by keyboard and where no code may run", async ({ page, another, hark }) => {
  own.slow();
  const id = call(hark, "c-1", [[2, true, false]]);
  await signIn(page, EVERYONE, `/recordings/${id}?period=all`);
  await page.evaluate(async (id) => {
    for (let number = 0; number < 205; number++) {
      const body = new URLSearchParams({ id, at: "", comment: `nr ${number}` });
      await fetch("/fn/review/add-comment", { method: "POST", body });
    }
  }, id);
  await tell(page);
  await expect(history(page)).toHaveCount(200);
  const older = page.getByRole("link", { name: review.older });
  await older.focus();
  await page.keyboard.press("Enter");
  // What is shown stays, and one reads on where it goes on.
  await expect(history(page)).toHaveCount(205);
  await expect(history(page).first()).toContainText("nr 204");
  await expect(page.locator(".history li:focus")).toContainText("nr 4");
  await expect(older).toHaveCount(0);
  await accessible(page);
  const plain = await another({ javaScriptEnabled: false });
  await signIn(plain, EVERYONE, `/recordings/${id}?part=history`);
  await expect(history(plain)).toHaveCount(200);
  await plain.getByRole("link", { name: review.older }).click();
  await expect(history(plain)).toHaveCount(5);
  await expect(history(plain).first()).toContainText("nr 4");
  await plain.getByRole("link", { name: review.newest }).click();
  await expect(history(plain).first()).toContainText("nr 204");
});

own("notes and comments work where no code may run", async ({ another, hark }) => {
  const id = call(hark, "c-1", [[5, true, false]]);
  const page = await another({ javaScriptEnabled: false });
  await signIn(page, EVERYONE, `/recordings/${id}`);
  await notes(page).getByLabel(recordings.call_tag).fill("Kampanj");
  await notes(page).getByRole("button", { name: save }).click();
  await expect(notes(page).getByLabel(recordings.call_tag)).toHaveValue("Kampanj");
  await page.getByLabel(review.comment, { exact: true }).fill("Utan skript");
  await page.getByLabel(review.at, { exact: true }).fill("0:03");
  await page.getByRole("button", { name: review.add_comment }).click();
  await expect(page.locator(".comments li")).toContainText("Utan skript");
  await page.getByRole("link", { name: review.history }).click();
  await expect(page.locator(".history li")).toHaveCount(2);
});

own("the company's own values are added, renamed, moved and taken away", async ({ page, hark }) => {
  const id = call(hark, "c-1", [[2, true, false]]);
  await signIn(page, EVERYONE, "/configuration/call-results");
  const lines = page.locator(".values > li");
  await expect(lines.first()).toContainText(review.undefined);
  await page.locator("#outcome").fill("Ny kund");
  await page.getByRole("button", { name: review.add_value, exact: true }).click();
  await expect(lines.last()).toContainText("Ny kund");
  await expect(page.locator("#outcome")).toHaveValue("");
  await accessible(page);
  await page.getByRole("button", { name: fill(review.value_up, { name: "Ny kund" }) }).click();
  await expect(lines.nth(4)).toContainText("Ny kund");
  await page.goto(`/recordings/${id}`);
  await notes(page).getByLabel(review.call_result).selectOption({ label: "Ny kund" });
  await notes(page).getByRole("button", { name: save }).click();
  await expect(notes(page).getByRole("status")).toContainText(words("sv", "configuration").saved);
  await page.goto("/configuration/call-results");
  const line = lines.filter({ hasText: "Ny kund" });
  await line.locator("summary").click();
  await line.locator("form input[name='outcome']").fill("Återkommande kund");
  await line.getByRole("button", { name: save }).click();
  await expect(lines.filter({ hasText: "Återkommande kund" })).toHaveCount(1);
  await expect(lines.last()).toContainText("Ny kund");
  await expect(lines.last()).toContainText(review.retired);
  await page.goto(`/recordings/${id}`);
  await expect(notes(page).getByLabel(review.call_result).locator("option:checked")).toHaveText("Ny kund");
});
