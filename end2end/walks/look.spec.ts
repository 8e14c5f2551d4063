import type { Page } from "@playwright/test";
import { readFileSync } from "node:fs";

import {
  EVERYONE, LANGUAGES, type Language, OWN, PASSWORD, SOME, accessible, awake, enter, expect, own, passwordLink, signIn, speak, test, words,
} from "./house.ts";
import { call } from "./sound.ts";

const pages = [
  { name: "home", path: "/" },
  { name: "list", path: "/recordings" },
  { name: "list-long", path: "/recordings?period=all" },
  { name: "help", path: "/help" },
  { name: "missing", path: "/recordings/1" },
  { name: "account", path: "/account" },
  { name: "configuration", path: "/configuration" },
  { name: "people", path: "/configuration/people" },
  { name: "people-none", path: "/configuration/people?q=ingen" },
  { name: "person-new", path: "/configuration/people/new" },
  { name: "person-gone", path: "/configuration/people/1" },
  { name: "import", path: "/configuration/people/import" },
  { name: "roles", path: "/configuration/roles" },
  { name: "roles-none", path: "/configuration/roles?email=ingen" },
  { name: "role-new", path: "/configuration/roles/new" },
  { name: "role-gone", path: "/configuration/roles/1" },
  { name: "rights", path: "/configuration/rights" },
  { name: "sign-in-settings", path: "/configuration/sign-in" },
  { name: "hours", path: "/configuration/hours" },
  { name: "call-results", path: "/configuration/call-results" },
  { name: "evaluation-forms", path: "/configuration/evaluation-forms" },
  { name: "evaluation-form", path: "/configuration/evaluation-forms/1" },
  { name: "evaluation-form-audience", path: "/configuration/evaluation-forms/1?part=audience" },
  { name: "evaluation-form-preview", path: "/configuration/evaluation-forms/1?part=preview" },
  { name: "evaluation-form-versions", path: "/configuration/evaluation-forms/1?part=versions" },
  { name: "evaluation-form-version", path: "/configuration/evaluation-forms/1?part=versions&version=1" },
  { name: "evaluation-form-import", path: "/configuration/evaluation-forms/import" },
  { name: "customer-responses", path: "/configuration/customer-responses" },
  { name: "mail", path: "/configuration/mail" },
  { name: "list-nothing", path: "/recordings?period=all&flag=red&tag=ingen" },
];

/** What is shown to those who are not inside yet. */
const gates = [
  { name: "sign-in", path: "/signin" },
  { name: "sign-in-changed", path: "/signin?changed=1" },
  { name: "forgot", path: "/forgot" },
  { name: "forgot-sent", path: "/forgot?sent=1" },
  { name: "link-dead", path: "/set-password/none" },
];

/** Pages that one comes to from a list. */
const inner = [
  { name: "recording", list: "/recordings", row: "" },
  { name: "recording-evaluate", list: "/recordings?period=all&evaluated=no", row: "", part: "evaluate" },
  { name: "recording-judged", list: "/recordings?period=all&evaluated=yes", row: "", part: "evaluate" },
  { name: "recording-share", list: "/recordings?period=all", row: "", part: "share" },
  { name: "recording-history", list: "/recordings?period=all", row: "", part: "history" },
  { name: "person", list: "/configuration/people", row: "Karin Lindqvist" },
  { name: "role", list: "/configuration/roles", row: "karin.lindqvist@lingonkullen.example" },
];

for (const language of LANGUAGES) {
  for (const theme of ["light", "dark"] as const) {
    for (const width of [1440, 390] as const) {
      /** A browser of that width, in that language and light. */
      const dress = async (page: Page) => {
        await page.setViewportSize({ width, height: width === 390 ? 844 : 900 });
        await speak(page, language);
        await page.context().addCookies([{ name: "theme", value: theme, domain: "127.0.0.1", path: "/" }]);
      };

      test(`every page in ${language}, ${theme}, ${width} wide`, async ({ page }, info) => {
        test.setTimeout(240_000);
        await dress(page);
        for (const { name, path } of gates) await look(page, info.outputPath(`${name}.png`), path, language);
        await signIn(page, EVERYONE, "/recordings", language);
        for (const { name, path } of pages) await look(page, info.outputPath(`${name}.png`), path, language);
        for (const { name, list, row, part } of inner) {
          await page.goto(list);
          const line = page.locator("tbody tr").filter({ hasText: row }).first();
          const path = (await line.getByRole("link").first().getAttribute("href"))!;
          const open = part ? `${path}${path.includes("?") ? "&" : "?"}part=${part}` : path;
          await look(page, info.outputPath(`${name}.png`), open, language);
        }
      });

      own(`a link in ${language}, ${theme}, ${width} wide`, async ({ page, another, hark }, info) => {
        own.setTimeout(120_000);
        const sharing = words(language, "sharing");
        const see = (page: Page, name: string, path: string) => look(page, info.outputPath(`${name}.png`), path, language);
        const id = call(hark, "c-1", [[20, true, false], [20, false, true]]);
        await dress(page);
        await signIn(page, EVERYONE, `/recordings/${id}?period=all&part=share`, language);
        const form = page.getByRole("form", { name: sharing.title });
        await form.getByLabel(sharing.to, { exact: true }).fill("gun@kund.example");
        await form.getByLabel(sharing.subject).fill("Att höra");
        await form.getByLabel(sharing.language).selectOption(language);
        await form.getByLabel(sharing.allow_download).check();
        await form.getByLabel(sharing.ask_passcode).check();
        await form.getByRole("button", { name: sharing.send }).click();
        const code = (await page.locator("code.passcode").textContent())!;
        await page.screenshot({ path: info.outputPath("share-sent.png"), fullPage: true });
        const letter = await hark.letter("gun@kund.example", "Att höra");
        const address = letter.text.match(/^http:\S+\/shared\/\S+$/m)![0];
        const guest = await another();
        await dress(guest);
        await see(guest, "link", address);
        await guest.getByLabel(sharing.passcode).fill(code);
        await guest.getByRole("button", { name: sharing.open }).click();
        await guest.waitForURL(`${hark.url}/shared`);
        await see(guest, "shared", `${hark.url}/shared`);
        await see(guest, "link-gone", `${hark.url}/shared/none`);
      });

      own.describe("what one meets once", () => {
        own.use({ demo: false });

        own(`in ${language}, ${theme}, ${width} wide`, async ({ page, hark, another }, info) => {
          own.setTimeout(120_000);
          const [account, field] = [words(language, "account"), words(language, "fields")];
          const see = (page: Page, name: string, path: string) => look(page, info.outputPath(`${name}.png`), path, language);
          await dress(page);
          await see(page, "setup", "/setup");
          await page.getByLabel(field.code).fill(hark.run(["setup-code"]));
          await page.getByLabel(field.company).fill("Blåklintens Redovisning AB");
          await page.getByLabel(field.email).fill("eva@blaklinten.example");
          await page.getByLabel(field.password, { exact: true }).fill("Kaprifol-09-regn!");
          await page.getByRole("button", { name: words(language, "setup").submit }).click();
          await page.waitForURL(/agreement/);
          await see(page, "agreement", "/agreement");
          await page.getByLabel(account.agreement_accept).check();
          await page.getByRole("button", { name: account.agreement_submit }).click();
          await page.waitForURL(`${hark.url}/`);

          // Who gets a link, and who gets a password.
          const guest = await another();
          await dress(guest);
          hark.run(["user", "add", "tove@blaklinten.example", "--role", "MyConsole", "--invite"]);
          await expect.poll(() => hark.letters("tove@blaklinten.example").length, { timeout: 15_000 }).toBe(1);
          await see(guest, "set-password", passwordLink(hark.letters("tove@blaklinten.example")[0]));
          hark.run(["user", "add", "olle@blaklinten.example", "--role", "MyConsole"], PASSWORD);
          await guest.goto(`${hark.url}/signin`);
          await awake(guest);
          await enter(guest, "olle@blaklinten.example", PASSWORD, language);
          await guest.waitForURL(/new-password/);
          await see(guest, "new-password", `${hark.url}/new-password`);

          await see(page, "mail", "/configuration/mail");
          await page.goto("/configuration/people/import");
          await awake(page);
          const table = "Förnamn;Efternamn;Anknytning;Avdelning\nTilda;Ny;a7;Support\nFel;Rad;a b;\n";
          await page.getByLabel(field.table).setInputFiles({ name: "personal.csv", mimeType: "text/csv", buffer: Buffer.from(table) });
          await page.getByRole("button", { name: words(language, "import").read }).click();
          await page.waitForURL(/import\/\d+/);
          await see(page, "import-plan", page.url());
        });
      });
    }
  }
}

/** One page, as it is for everyone: titled, headed once, in one language, within the window, and in reach. */
async function look(page: Page, picture: string, path: string, language: Language): Promise<void> {
  await page.goto(path);
  await awake(page);
  expect(await page.title(), path).toMatch(/ – Hark$/);
  await expect(page.locator("h1")).toHaveCount(1);
  await expect(page.locator("html")).toHaveAttribute("lang", language);
  if (language === "sv") {
    const text = await page.locator("body").innerText();
    expect(text).not.toMatch(/\b(Recording|Call|Sign|Loading|Today|Search|Duration|Download|Play|Password|Account|Save|Cancel|People|Department|Role|Letter|Send|Settings)\b/);
  }
  // Nothing sticks out at the side, however narrow.
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), path).toBeLessThanOrEqual(0);
  await page.screenshot({ path: picture, fullPage: true });
  await accessible(page);
}

test("the menu and the list are by role", async ({ page }) => {
  for (const [email, rows, menu] of [
    [OWN, /Pelle Persson/, ["Samtalsinspelningar", "Hjälp"]],
    [SOME, /Lisa Larsson|Björn Ängsmo/, ["Hem", "Samtalsinspelningar", "Hjälpen"]],
  ] as const) {
    await page.context().clearCookies();
    await signIn(page, email, "/recordings?period=all");
    await expect(page.getByRole("row").filter({ hasText: rows }).first()).toBeVisible();
    await expect(page.getByRole("row").filter({ hasText: "Åsa Öström" })).toHaveCount(0);
    await expect(page.locator(".top > nav a")).toHaveText([...menu]);
  }
});

test("on a narrow page the focus goes along to the recording, and back to its row", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await signIn(page, OWN);
  const row = page.getByRole("row").nth(1).getByRole("link").first();
  await row.focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("region", { name: words("sv", "recordings").opened })).toBeFocused();
  await page.goBack();
  await expect(row).toBeFocused();
});

test("sign-in, list, play and download work with the compiled code blocked", async ({ browser }) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto("/recordings");
  await enter(page, OWN, "fel", "sv");
  await expect(page.getByText(words("sv", "errors").wrong_credentials).first()).toBeVisible();
  await expect(page.getByLabel(words("sv", "fields").email)).toHaveValue(OWN);
  await enter(page, OWN, PASSWORD, "sv");
  await page.goto("/recordings");
  await page.getByRole("row").nth(1).getByRole("link").first().click();
  const audio = page.locator("audio[controls]");
  await expect(audio).toBeVisible();
  await expect(page.locator(".wave-svg path").first()).toBeAttached();
  const answer = await context.request.get((await audio.getAttribute("src"))!, { headers: { range: "bytes=0-3" } });
  expect([answer.status(), (await answer.body()).toString()]).toEqual([206, "RIFF"]);
  const waiting = page.waitForEvent("download");
  await page.getByRole("link", { name: words("sv", "player").download, exact: true }).first().click();
  const file = readFileSync(await (await waiting).path());
  expect(file.equals(readFileSync(new URL("../../server/demo/sound/offert.wav", import.meta.url)))).toBe(true);
  await context.close();
});
