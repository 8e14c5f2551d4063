import AxeBuilder from "@axe-core/playwright";
import { type Locator, type Page, expect, test as base } from "@playwright/test";
import { readFileSync } from "node:fs";
import { join } from "node:path";

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

export const LANGUAGES = ["sv", "en"] as const;
export type Language = (typeof LANGUAGES)[number];

/** The product's own words: what a test clicks is what a person reads. */
export function words(language: Language, file: string): Record<string, string> {
  return JSON.parse(readFileSync(join(import.meta.dirname, "../../app/locales", language, `${file}.json`), "utf8"));
}

export async function speak(page: Page, language: Language): Promise<void> {
  await page.context().addCookies([{ name: "locale", value: language, domain: "127.0.0.1", path: "/" }]);
}

export async function signIn(page: Page, email: string, path = "/recordings", language: Language = "sv"): Promise<void> {
  await speak(page, language);
  await page.goto(`/signin?next=${encodeURIComponent(path)}`);
  await awake(page);
  await enter(page, email, PASSWORD, language);
  await page.waitForURL((url) => url.pathname + url.search === path);
  await awake(page);
}

/** Fills in the form at the door and sends it. */
export async function enter(page: Page, email: string, password: string, language: Language): Promise<void> {
  const field = words(language, "fields");
  await page.getByLabel(field.email).fill(email);
  await page.getByLabel(field.password, { exact: true }).fill(password);
  await page.getByRole("button", { name: words(language, "account").submit, exact: true }).click();
}

/**
 * How a walk ends: the page is what it was, as those hear it who do not see it, and nothing in it is out of reach.
 * `make snapshots` writes them anew.
 */
export async function ends(page: Page, name: string, language: Language, where: Locator = page.locator("main")): Promise<void> {
  await expect(where).toMatchAriaSnapshot({ name: `${name}.${language}.aria.yml` });
  await accessible(page);
}

/** No violation of WCAG 2.2 A and AA nor of best practice, contrast included. */
export async function accessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const told = violations.map((v) => `${v.id}: ${v.help}\n  ${v.nodes.map((n) => n.html + "\n    " + n.failureSummary).join("\n  ")}`);
  expect(told, `${page.url()}`).toEqual([]);
}
