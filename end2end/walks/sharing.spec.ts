import type { Locator, Page } from "@playwright/test";

import { EVERYONE, type Hark, type Letter, accessible, awake, expect, fill, own, signIn, words } from "./house.ts";
import { call } from "./sound.ts";

const sharing = words("sv", "sharing");
const review = words("sv", "review");
const recordings = words("sv", "recordings");
const errors = words("sv", "errors");
const player = words("sv", "player");
const configuration = words("sv", "configuration");

/** The form under the player. */
const form = (page: Page): Locator => page.getByRole("form", { name: sharing.title });
const links = (page: Page): Locator => page.getByRole("region", { name: sharing.links }).getByRole("listitem");

async function open(page: Page, id: string): Promise<void> {
  await signIn(page, EVERYONE, `/recordings/${id}?period=all`);
  await page.getByRole("navigation", { name: review.parts }).getByRole("link", { name: sharing.tab }).click();
  await expect(form(page)).toBeVisible();
}

/** The link in a letter, as it stands in the text and in the HTML. */
async function link(hark: Hark, to: string, subject: string): Promise<string> {
  const letter: Letter = await hark.letter(to, subject);
  const link = letter.text.match(/^http:\S+\/shared\/\S+$/m)![0];
  expect(letter.html).toContain(`href="${link}"`);
  return link;
}

own("one passes a call on, and whoever gets the letter hears it", async ({ page, another, hark }) => {
  own.slow();
  const id = call(hark, "c-1", [[20, true, false]]);
  await open(page, id);
  await accessible(page);
  // What is wrong is said at its field, and nothing that was typed is lost.
  await form(page).getByLabel(sharing.to, { exact: true }).fill("gun@kund.example, ove");
  await form(page).getByLabel(sharing.subject).fill("Pelles inspelning");
  await form(page).getByLabel(sharing.message).fill("Hör på slutet.");
  await form(page).getByLabel(sharing.ask_passcode).check();
  await form(page).getByRole("button", { name: sharing.send }).click();
  await expect(page.getByRole("alert")).toContainText(fill(errors.no_address, { text: "ove" }));
  await expect(form(page).getByLabel(sharing.message)).toHaveValue("Hör på slutet.");
  await accessible(page);
  await form(page).getByLabel(sharing.to, { exact: true }).fill("gun@kund.example, ove@kund.example");
  await form(page).getByRole("button", { name: sharing.send }).click();
  // What is shown this once is in sight, and one press copies it.
  const told = page.getByRole("group", { name: fill(sharing.sent_times, { count: "2" }) });
  await expect(told).toBeFocused();
  const code = await page.locator("code.passcode").textContent();
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.getByRole("button", { name: sharing.copy_passcode }).click();
  await expect(told.getByText(sharing.passcode_copied)).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(code);
  await page.evaluate(() => Object.defineProperty(navigator, "clipboard", { value: undefined }));
  await page.getByRole("button", { name: sharing.copy_passcode }).click();
  await expect(told.getByText(sharing.passcode_not_copied)).toBeVisible();
  await expect(links(page)).toHaveCount(2);
  await expect(form(page).getByLabel(sharing.to, { exact: true })).toHaveValue("");
  await accessible(page);

  const address = await link(hark, "gun@kund.example", "Pelles inspelning");
  const guest = await another();
  await guest.goto(address);
  await awake(guest);
  await expect(guest.locator("main")).not.toContainText("Pelle");
  await accessible(guest);
  await guest.getByLabel(sharing.passcode).fill("AAAA-AAAA");
  await guest.getByRole("button", { name: sharing.open }).click();
  await expect(guest.getByRole("alert")).toContainText(errors.wrong);
  await guest.getByLabel(sharing.passcode).fill(code!.toLowerCase());
  await guest.getByRole("button", { name: sharing.open }).click();
  await expect(guest).toHaveURL(`${hark.url}/shared`);
  await awake(guest);
  await expect(guest.locator("main")).toContainText("Pelle Persson");
  await expect(guest.locator("main")).toContainText("Hör på slutet.");
  await expect(guest.locator(".facts")).toContainText(recordings.extension);
  await expect(guest.getByRole("navigation")).toHaveCount(0);
  await expect(guest.getByRole("link", { name: sharing.download })).toHaveCount(0);
  await accessible(guest);
  await guest.locator(".transport").getByRole("button", { name: player.play }).click();
  await expect(guest.locator(".detail .clock")).toContainText("00:03", { timeout: 15_000 });
  const heard = guest.waitForResponse(/sharing\/heard/);
  await guest.locator(".transport").getByRole("button", { name: player.pause }).click();
  await heard;

  await page.reload();
  const guns = links(page).filter({ hasText: "gun@kund.example" });
  await expect(guns).toContainText(sharing.opened_once.split(",")[0]);
  await guns.getByRole("button", { name: fill(sharing.close_to, { to: "gun@kund.example" }) }).click();
  // It is asked once more; who thinks better of it has closed nothing.
  const question = page.getByRole("dialog", { name: sharing.close });
  await expect(question).toContainText(fill(sharing.close_about, { to: "gun@kund.example" }));
  await accessible(page);
  await question.getByRole("button", { name: configuration.cancel }).click();
  await expect(question).toBeHidden();
  await expect(guns).toContainText(sharing.valid);
  await guns.getByRole("button", { name: fill(sharing.close_to, { to: "gun@kund.example" }) }).click();
  await question.getByRole("button", { name: sharing.close, exact: true }).click();
  await expect(guns.locator(".state")).toHaveText(sharing.closed);
  await expect(page.getByRole("status").filter({ hasText: sharing.is_closed })).toHaveCount(1);
  await expect(page.getByRole("heading", { name: sharing.links })).toBeFocused();
  await guest.reload();
  await expect(guest.locator("main")).toContainText(sharing.dead);
  await accessible(guest);
  await page.getByRole("navigation", { name: review.parts }).getByRole("link", { name: review.history }).click();
  await expect(page.locator(".history li p").filter({ hasText: "gun@kund.example" }).first()).toBeVisible();
  await expect(page.locator(".history")).toContainText(/gun@kund\.example lyssnade, 00:0[2-5] hört/);
});

own("a link is sent, opened and heard where no code may run", async ({ another, hark }) => {
  const id = call(hark, "c-1", [[5, true, false]]);
  const page = await another({ javaScriptEnabled: false });
  await open(page, id);
  await form(page).getByLabel(sharing.to, { exact: true }).fill("gun@kund.example");
  await form(page).getByLabel(sharing.subject).fill("Utan skript");
  await expect(form(page).getByLabel(sharing.tell_internal)).toBeChecked();
  await form(page).getByLabel(sharing.tell_internal).uncheck();
  await form(page).getByLabel(sharing.allow_download).check();
  await form(page).getByRole("button", { name: sharing.send }).click();
  await expect(page.getByText(sharing.sent_once)).toBeVisible();
  const guest = await another({ javaScriptEnabled: false });
  await guest.goto(await link(hark, "gun@kund.example", "Utan skript"));
  await guest.getByRole("button", { name: sharing.open }).click();
  await expect(guest).toHaveURL(`${hark.url}/shared`);
  await expect(guest.locator("audio.fallback")).toBeVisible();
  await expect(guest.locator(".facts")).not.toContainText(recordings.extension);
  const [file] = await Promise.all([guest.waitForEvent("download"), guest.getByRole("link", { name: sharing.download }).click()]);
  expect(file.suggestedFilename()).toMatch(/\.wav$/);
});

own("long words reach out of no page", async ({ page, another, hark }) => {
  own.slow();
  const id = call(hark, "c-1", [[2, true, false]]);
  const fits = async (page: Page): Promise<void> => {
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), page.url()).toBeLessThanOrEqual(0);
  };
  await page.setViewportSize({ width: 320, height: 640 });
  await open(page, id);
  const to = `${"g".repeat(30)}@${"k".repeat(30)}.example`;
  await form(page).getByLabel(sharing.to, { exact: true }).fill("o".repeat(120));
  await form(page).getByLabel(sharing.message).fill("x".repeat(1_000));
  await form(page).getByRole("button", { name: sharing.send }).click();
  await expect(page.getByRole("alert")).toContainText("o".repeat(40));
  await fits(page);
  await form(page).getByLabel(sharing.to, { exact: true }).fill(to);
  await form(page).getByLabel(sharing.subject).fill("Långt");
  await form(page).getByRole("button", { name: sharing.send }).click();
  await expect(links(page)).toHaveCount(1);
  await fits(page);
  await links(page).getByRole("button", { name: fill(sharing.close_to, { to }) }).click();
  const question = page.getByRole("dialog", { name: sharing.close });
  await expect(question).toBeVisible();
  expect(await question.evaluate((box) => box.scrollWidth - box.clientWidth)).toBeLessThanOrEqual(0);
  await question.getByRole("button", { name: configuration.cancel }).click();
  const letter = await hark.letter(to, "Långt");
  const guest = await another({ viewport: { width: 320, height: 640 } });
  await guest.goto(letter.text.match(/^http:\S+\/shared\/\S+$/m)![0]);
  await awake(guest);
  await guest.getByRole("button", { name: sharing.open }).click();
  await expect(guest.locator(".message")).toContainText("x".repeat(1_000));
  await fits(guest);
  await page.getByRole("navigation", { name: review.parts }).getByRole("link", { name: review.history }).click();
  await expect(page.locator(".history li p").filter({ hasText: to }).first()).toBeVisible();
  await fits(page);
  await guest.goto("about:blank");
  await guest.setContent(letter.html);
  await fits(guest);
});

own("what is typed is there again when one has looked at another part", async ({ page, hark }) => {
  const id = call(hark, "c-1", [[5, true, false]]);
  await open(page, id);
  await awake(page);
  const part = (name: string): Locator => page.getByRole("navigation", { name: review.parts }).getByRole("link", { name });
  const to = form(page).getByLabel(sharing.to, { exact: true });
  const begun = await form(page).getByLabel(sharing.subject).inputValue();
  await to.fill("gun@kund.example");
  await form(page).getByLabel(sharing.subject).fill("Halvskrivet");
  await form(page).getByLabel(sharing.message).fill("Hör på slutet.");
  await form(page).getByLabel(sharing.language).selectOption("en");
  await form(page).getByLabel(sharing.ask_passcode).check();
  await part(review.history).click();
  await expect(form(page)).toHaveCount(0);
  await part(sharing.tab).click();
  await expect(to).toHaveValue("gun@kund.example");
  await expect(form(page).getByLabel(sharing.subject)).toHaveValue("Halvskrivet");
  await expect(form(page).getByLabel(sharing.message)).toHaveValue("Hör på slutet.");
  await expect(form(page).getByLabel(sharing.language)).toHaveValue("en");
  await expect(form(page).getByLabel(sharing.ask_passcode)).toBeChecked();
  // Sent is sent: the form begins anew, here and when one comes back.
  await form(page).getByRole("button", { name: sharing.send }).click();
  await expect(links(page)).toHaveCount(1);
  await expect(to).toHaveValue("");
  await expect(form(page).getByLabel(sharing.subject)).toHaveValue(begun);
  await part(review.history).click();
  await part(sharing.tab).click();
  await expect(to).toHaveValue("");
  await expect(form(page).getByLabel(sharing.message)).toHaveValue("");
});
