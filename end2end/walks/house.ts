import AxeBuilder from "@axe-core/playwright";
import { expect, test as base, type Page } from "@playwright/test";

export const PASSWORD = "Lingon-2026!";
export const EVERYONE = "erik.almhojd@lingonkullen.example";
export const OWN = "pelle.persson@lingonkullen.example";
export const SOME = "karin.lindqvist@lingonkullen.example";

/** Every walk fails when the browser's console has complained. */
export const test = base.extend<{ quiet: void }>({
  quiet: [
    async ({ page }, use) => {
      const complaints: string[] = [];
      page.on("console", (message) => {
        // What the walk provokes on purpose is the browser's own note of an answer's status.
        const own = /Failed to load resource: the server responded with a status of 4\d\d/.test(message.text());
        if (["error", "warning"].includes(message.type()) && !own) complaints.push(message.text());
      });
      page.on("pageerror", (error) => complaints.push(String(error)));
      await use();
      expect(complaints, "the console complains").toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };

/** The page has been taken over by the compiled code. */
export async function awake(page: Page): Promise<void> {
  await page.locator("html[data-hydrated]").waitFor({ state: "attached" });
}

export async function speak(page: Page, language: "sv" | "en"): Promise<void> {
  await page.context().addCookies([{ name: "locale", value: language, url: page.url() === "about:blank" ? base_url(page) : page.url() }]);
}

function base_url(page: Page): string {
  // @ts-expect-error the context keeps its options
  return page.context()._options.baseURL;
}

export async function signIn(page: Page, email: string, path = "/recordings", language: "sv" | "en" = "sv"): Promise<void> {
  await speak(page, language);
  await page.goto(`/signin?next=${encodeURIComponent(path)}`);
  await awake(page);
  await page.getByLabel(language === "sv" ? "E-post" : "E-mail").fill(email);
  await page.getByLabel(language === "sv" ? "Lösenord" : "Password", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: language === "sv" ? "Logga in" : "Sign in", exact: true }).click();
  await page.waitForURL((url) => url.pathname + url.search === path);
  await awake(page);
}

/** No violation of WCAG 2.2 A and AA nor of best practice, contrast included. */
export async function accessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const told = violations.map((v) => `${v.id}: ${v.help}\n  ${v.nodes.map((n) => n.html + "\n    " + n.failureSummary).join("\n  ")}`);
  expect(told, `${page.url()}`).toEqual([]);
}
