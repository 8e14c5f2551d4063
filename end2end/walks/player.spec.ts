import type { Locator, Page } from "@playwright/test";

import { EVERYONE, OWN, awake, expect, signIn, test, words } from "./house.ts";

const word = words("sv", "recordings");
const player = words("sv", "player");

test("what begins to play in one tab pauses in the other", async ({ page, context }) => {
  await signIn(page, OWN);
  await open(page, 0);
  await plays(page, true);
  const other = await context.newPage();
  await other.goto("/recordings");
  await awake(other);
  await plays(page, true);
  await open(other, 1);
  await plays(page, false);
  await plays(other, true);
  // And back, from where it was left.
  const left = await time(page);
  await page.keyboard.press("k");
  await plays(other, false);
  await plays(page, true);
  expect(await time(page)).toBeGreaterThanOrEqual(left);
  await page.keyboard.press("k");
  await plays(page, false);
  await plays(other, false);
});

test("the focus stays on a button of the zoom at its end", async ({ page }) => {
  await signIn(page, OWN);
  await open(page, 0);
  await page.keyboard.press("k");
  const [closer, out] = [player.zoom_in, player.zoom_out].map((name) => page.getByRole("button", { name }));
  const wave = page.locator(".detail .wave");
  await expect(out).toHaveAttribute("aria-disabled", "true");
  await closer.focus();
  for (let press = 0; press < 12; press++) await page.keyboard.press("Enter");
  await expect(closer).toHaveAttribute("aria-disabled", "true");
  await expect(closer).toBeFocused();
  await expect(wave).toHaveAttribute("data-zoomed", "");
  await out.focus();
  for (let press = 0; press < 12; press++) await page.keyboard.press("Space");
  await expect(out).toHaveAttribute("aria-disabled", "true");
  await expect(out).toBeFocused();
  await expect(wave).not.toHaveAttribute("data-zoomed");
  // Dead looks dead.
  const colour = (button: Locator) => button.evaluate((element) => getComputedStyle(element).color);
  expect(await colour(out)).not.toBe(await colour(closer));
});

test("the focus stays where a step leads to the last recording", async ({ page }) => {
  await signIn(page, OWN);
  const rows = await page.locator(".calls tbody tr").count();
  await page.getByRole("row").nth(rows - 1).getByRole("link").first().click();
  const next = page.getByRole("link", { name: word.next, exact: true });
  await next.focus();
  await page.keyboard.press("Enter");
  await expect(page.locator(".calls tbody tr").last()).toHaveAttribute("aria-current", "true");
  await expect(next).toHaveAttribute("aria-disabled", "true");
  await expect(next).toBeFocused();
});

test("the focus stays where a step leads to the last page", async ({ page }) => {
  await signIn(page, EVERYONE, "/help");
  // The demo company's list is one page long: here its first page ends after three rows.
  await page.route("**/fn/recordings/list", async (route) => {
    const answer = await route.fetch();
    const list = await answer.json();
    if (!route.request().postDataJSON().query.after) {
      list.rows.length = 3;
      list.next = { moment: list.rows[2].start.at * 2 ** 20, passed: 3, key: null };
    }
    await route.fulfill({ response: answer, json: list });
  });
  await page.locator(".top > nav").getByRole("link", { name: word.title }).click();
  const [next, first] = [word.next_page, word.first_page].map((name) => page.getByRole("link", { name, exact: true }));
  await expect(first).toHaveAttribute("aria-disabled", "true");
  await next.focus();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/after=/);
  await expect(next).toHaveAttribute("aria-disabled", "true");
  await expect(next).toBeFocused();
  await first.focus();
  await page.keyboard.press("Enter");
  await expect(page).not.toHaveURL(/after=/);
  await expect(first).toHaveAttribute("aria-disabled", "true");
  await expect(first).toBeFocused();
});

test("the focus stays where one was when a sound cannot be played", async ({ page }) => {
  await signIn(page, OWN);
  await page.getByRole("row").nth(1).getByRole("link").first().click();
  await page.route("**/media/*", (route) => route.fulfill({ status: 404, body: "" }));
  const pane = page.getByRole("region", { name: word.opened });
  const play = pane.getByRole("button", { name: player.play });
  await play.focus();
  await page.keyboard.press("Enter");
  await expect(pane.getByRole("alert")).toContainText(player.gone);
  await expect(play).toBeFocused();
  await expect(pane.getByRole("button", { name: player.stop })).toHaveAttribute("aria-disabled", "true");
  await page.unroute("**/media/*");
  await page.keyboard.press("Enter");
  await plays(page, true);
  await expect(pane.getByRole("alert")).toHaveCount(0);
  await expect(pane.getByRole("button", { name: player.pause })).toBeFocused();
});

test("the focus goes on to what is left when its button goes away", async ({ page }) => {
  await signIn(page, OWN);
  await page.getByRole("row").nth(1).getByRole("link").first().click();
  const pane = page.getByRole("region", { name: word.opened });
  const row = page.getByRole("region", { name: player.player, exact: true });
  let reachable = false;
  // Neither the sound nor who one is: the server does not answer.
  for (const path of ["**/media/*", "**/fn/account/me"]) {
    await page.route(path, (route) => (reachable ? route.continue() : route.fulfill({ status: 404, body: "" })));
  }
  await pane.getByRole("button", { name: player.play }).click();
  const again = words("sv", "errors").retry;
  for (const place of [row, pane]) {
    await place.getByRole("alert").getByRole("button", { name: again }).focus();
    await page.keyboard.press("Enter");
    await expect(place.getByRole("button", { name: player.play })).toBeFocused();
    await expect(place.getByRole("alert")).toBeVisible();
  }
  reachable = true;
  await page.keyboard.press("Enter");
  await plays(page, true);
  await row.getByRole("button", { name: player.close }).focus();
  await page.keyboard.press("Enter");
  await expect(row).toHaveCount(0);
  await expect(pane.getByRole("button", { name: player.play })).toBeFocused();
  await pane.getByRole("button", { name: player.play }).click();
  await page.locator(".top > nav").getByRole("link", { name: "Hjälp" }).click();
  await row.getByRole("button", { name: player.close }).focus();
  await page.keyboard.press("Enter");
  await expect(page.locator("main h1")).toBeFocused();
});

test("keys lead to the next recording and back, and what played goes on there", async ({ page }) => {
  await signIn(page, OWN);
  await open(page, 0);
  const first = page.url();
  await page.keyboard.press("n");
  await expect(page).not.toHaveURL(first);
  // The first sounds until the second's page is there.
  const second = `/media/${page.url().match(/recordings\/(\d+)/)![1]}`;
  await expect(page.locator("audio[data-player]")).toHaveAttribute("src", second);
  await plays(page, true);
  await page.keyboard.press("k");
  await plays(page, false);
  await page.keyboard.press("p");
  await expect(page).toHaveURL(first);
  await plays(page, false);
});

test("who pauses on the way to the next recording hears nothing there", async ({ page }) => {
  await signIn(page, OWN);
  await open(page, 0);
  const first = await page.locator("audio[data-player]").getAttribute("src");
  const next = await page.locator("a[data-step='next']").getAttribute("href");
  let [asked, arrive] = [0, () => {}];
  const arrives = new Promise<void>((resolve) => (arrive = resolve));
  await page.route("**/fn/recordings/*", async (route) => {
    asked += 1;
    await arrives;
    await route.continue();
  });
  await page.keyboard.press("n");
  await expect.poll(() => asked).toBeGreaterThan(0);
  await page.keyboard.press("k");
  await plays(page, false);
  arrive();
  const second = next!.match(/\d+/)![0];
  await expect(page.locator(`.transport a[href='/media/${second}/download']`)).toBeVisible();
  await plays(page, false);
  await expect(page.locator("audio[data-player]")).toHaveAttribute("src", first!);
});

test("who pauses as the next recording is about to sound hears nothing of it", async ({ page }) => {
  await signIn(page, OWN);
  await open(page, 0);
  const first = await page.locator("audio[data-player]").getAttribute("src");
  // It has been bidden to play then, and has not said yet that it does.
  await page.locator("audio[data-player]").evaluate((audio) => {
    new MutationObserver((_, observer) => {
      observer.disconnect();
      document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "k", code: "KeyK", bubbles: true }));
      audio.setAttribute("data-hushed", "");
    }).observe(audio, { attributes: true, attributeFilter: ["src"] });
  });
  await page.keyboard.press("n");
  const sound = page.locator("audio[data-hushed]");
  await expect(sound).not.toHaveAttribute("src", first!);
  await plays(page, false);
  await page.keyboard.press("k");
  await plays(page, true);
});

for (const touch of [false, true]) {
  test.describe(touch ? "with fingers" : "with a mouse", () => {
    test.use({ hasTouch: touch, isMobile: touch });

    test("nothing of the player lies over another thing or sticks out", async ({ page }) => {
      // A recording that is long, of a caller with a long name, at a speed of four signs.
      await page.addInitScript(() => localStorage.setItem("hark-player", "125 60"));
      await signIn(page, EVERYONE, "/recordings?period=all");
      const long = page.getByRole("row").filter({ has: page.locator(".len", { hasText: "30:14" }) });
      await long.getByRole("link", { name: begins }).click();
      await expect.poll(() => time(page)).toBeGreaterThan(0.2);
      for (const width of [320, 360, 390, 430, 480, 520, 560, 768, 1024, 1100, 1440, 1600, 1800]) {
        await page.setViewportSize({ width, height: 900 });
        for (const part of [".transport", ".player"]) {
          expect(await untidy(page.locator(part)), `${part} on a page ${width} wide`).toEqual([]);
        }
      }
    });
  });
}

/** What sticks out of a row of controls, and what lies over what. */
function untidy(row: Locator): Promise<string[]> {
  return row.evaluate((row) => {
    const name = (element: Element) => element.getAttribute("aria-label") ?? element.className;
    const seen = [...row.querySelectorAll("button, a, input, .clock, .wave, small")].filter(
      (element) => !element.closest("[popover]") && element.getClientRects().length > 0,
    );
    const outer = row.getBoundingClientRect();
    const out = seen.filter((element) => {
      const box = element.getBoundingClientRect();
      // A range reaches half a thumb over its ends.
      const by = element.matches(".wave-range") ? box.width - element.parentElement!.clientWidth + 1 : 1;
      return box.left < outer.left - by || box.right > outer.right + by || box.top < outer.top - 1 || box.bottom > outer.bottom + 1;
    });
    const over = seen.flatMap((one, index) =>
      seen.slice(index + 1).filter((two) => {
        if (one.contains(two)) return false;
        const [a, b] = [one.getBoundingClientRect(), two.getBoundingClientRect()];
        const [wide, high] = [Math.min(a.right, b.right) - Math.max(a.left, b.left), Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top)];
        return wide > 1 && high > 1;
      }).map((two) => `${name(one)} and ${name(two)} lie over one another`),
    );
    const cut = seen.filter((element) => element.matches(".player .now a, small") && (element.scrollWidth > element.clientWidth || element.scrollHeight > element.clientHeight));
    return [...out.map((element) => `${name(element)} sticks out`), ...over, ...cut.map((element) => `${element.textContent} is cut`)];
  });
}

const begins = new RegExp(`^${word.play.split(" {{")[0]}`);

async function open(page: Page, index: number): Promise<void> {
  const row = page.getByRole("row").filter({ hasText: "Pelle Persson" }).nth(index);
  await row.getByRole("link", { name: begins }).click();
  await expect.poll(() => time(page)).toBeGreaterThan(0.2);
}

async function plays(page: Page, does: boolean): Promise<void> {
  const paused = () => page.locator("audio[data-player]").evaluate((audio: HTMLAudioElement) => audio.paused);
  await expect.poll(paused).toBe(!does);
}

function time(page: Page): Promise<number> {
  return page.locator("audio[data-player]").evaluate((audio: HTMLAudioElement) => audio.currentTime);
}
