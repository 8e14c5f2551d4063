// node shot.mjs OUT EMAIL PASSWORD LANG THEME WIDTH PATH...
import { chromium } from "@playwright/test";
const [out, email, password, lang, theme, width, ...paths] = process.argv.slice(2);
const base = process.env.BASE ?? "http://127.0.0.1:3990";
const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"] });
const ctx = await browser.newContext({ viewport: { width: +width, height: +width < 500 ? 844 : 900 }, deviceScaleFactor: 1, colorScheme: theme });
const page = await ctx.newPage();
page.on("console", (m) => ["error", "warning"].includes(m.type()) && console.log("console:", m.text()));
page.on("pageerror", (e) => console.log("pageerror:", String(e)));
await ctx.addCookies([{ name: "locale", value: lang, url: base }, { name: "theme", value: theme, url: base }]);
if (email !== "-") {
  await page.goto(base + "/signin");
  await page.locator("html[data-hydrated]").waitFor({ state: "attached" });
  await page.fill("#email", email);
  await page.fill("#password", password);
  await page.click("form button[data-kind=primary]");
  await page.waitForURL((u) => !u.pathname.startsWith("/signin"), { timeout: 15000 });
}
let n = 0;
for (const p of paths) {
  if (p !== ".") { await page.goto(base + p); }
  await page.locator("html[data-hydrated]").waitFor({ state: "attached" });
  await page.waitForTimeout(300);
  await page.screenshot({ path: `${out}-${n++}.png`, fullPage: process.env.FULL === "1" });
  console.log(page.url(), await page.title());
}
await browser.close();
