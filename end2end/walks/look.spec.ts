import { readFileSync } from "node:fs";

import { EVERYONE, LANGUAGES, OWN, PASSWORD, SOME, accessible, enter, expect, signIn, test, words } from "./house.ts";

const pages = [
  { name: "home", path: "/" },
  { name: "list", path: "/recordings" },
  { name: "list-long", path: "/recordings?period=all" },
  { name: "help", path: "/help" },
  { name: "missing", path: "/recordings/1" },
];

for (const language of LANGUAGES) {
  for (const theme of ["light", "dark"] as const) {
    for (const width of [1440, 390] as const) {
      test(`every page in ${language}, ${theme}, ${width} wide`, async ({ page }, info) => {
        test.setTimeout(120_000);
        await page.setViewportSize({ width, height: width === 390 ? 844 : 900 });
        await signIn(page, EVERYONE, "/recordings", language);
        await page.context().addCookies([{ name: "theme", value: theme, url: page.url() }]);
        const first = await page.getByRole("row").nth(1).getByRole("link").first().getAttribute("href");
        for (const { name, path } of [...pages, { name: "recording", path: first! }]) {
          await page.goto(path);
          await page.locator("html[data-hydrated]").waitFor({ state: "attached" });
          expect(await page.title(), path).toMatch(/ – Hark$/);
          await expect(page.locator("h1")).toHaveCount(1);
          await expect(page.locator("html")).toHaveAttribute("lang", language);
          if (language === "sv") {
            const text = await page.locator("body").innerText();
            expect(text).not.toMatch(/\b(Recording|Call|Sign|Loading|Today|Search|Duration|Download|Play)\b/);
          }
          // Nothing sticks out at the side, however narrow.
          expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), path).toBeLessThanOrEqual(0);
          await page.screenshot({ path: info.outputPath(`${name}.png`) });
          await accessible(page);
        }
      });
    }
  }
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
