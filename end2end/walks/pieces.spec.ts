import type { Page } from "@playwright/test";

import { EVERYONE, awake, enter, expect, own, PASSWORD, signIn, words } from "./house.ts";
import { call } from "./sound.ts";

const errors = words("sv", "errors");
const configuration = words("sv", "configuration");
const review = words("sv", "review");
const shell = words("sv", "shell");

const notes = (page: Page) => page.getByRole("navigation", { name: review.parts });

/** A page that hears of no piece of the compiled code any more: the server has others by now. The console says so. */
async function without(pieces: string, page: Page): Promise<void> {
  await page.route(pieces, (route) => route.fulfill({ status: 404, body: "" }));
}

own("who only looks through the list fetches the list, and the rest when it is gone to", async ({ page, hark }) => {
  const id = call(hark, "c-1", [[2, true, false]]);
  const fetched: string[] = [];
  page.on("request", (request) => {
    const piece = /split_([a-z]+)-/.exec(request.url());
    if (piece) fetched.push(piece[1]);
  });
  await page.goto("/signin?next=/recordings%3Fperiod%3Dall");
  await awake(page);
  await enter(page, EVERYONE, PASSWORD, "sv");
  await page.waitForURL((url) => url.pathname === "/recordings");
  await awake(page);
  expect(fetched).toEqual([]);
  await page.locator(`.calls tr[data-id="${id}"] .who a`).click();
  await expect(notes(page)).toBeVisible();
  expect(fetched).toEqual(["review"]);
  await page.getByRole("link", { name: shell.configuration, exact: true }).first().click();
  await expect(page.getByRole("heading", { level: 1, name: configuration.title })).toBeVisible();
  expect(fetched).toEqual(["review", "configuration"]);
});

own("where a piece does not come the page comes from the server, and what is part of a page says so", async ({ browser, hark }) => {
  const id = call(hark, "c-1", [[2, true, false]]);
  // What the console says here is said on purpose.
  const context = await browser.newContext({ baseURL: hark.url, locale: "sv-SE" });
  const page = await context.newPage();
  await page.goto("/signin?next=/recordings%3Fperiod%3Dall");
  await awake(page);
  await enter(page, EVERYONE, PASSWORD, "sv");
  await page.waitForURL((url) => url.pathname === "/recordings");
  await awake(page);
  await without("**/split_*.wasm", page);
  await page.locator(`.calls tr[data-id="${id}"] .who a`).click();
  await expect(page.locator(".detail").getByText(review.not_fetched)).toBeVisible();
  await page.getByRole("link", { name: shell.configuration, exact: true }).first().click();
  await expect(page).toHaveURL("/configuration");
  await expect(page.getByRole("heading", { level: 1, name: configuration.title })).toBeVisible();
  await expect(page.locator("html")).not.toHaveAttribute("data-hydrated");
  // Once they can be had, everything is as it was.
  await page.unroute("**/split_*.wasm");
  await page.goto(`/recordings/${id}?period=all`);
  await awake(page);
  await expect(notes(page)).toBeVisible();
  await expect(page.getByText(errors.unreachable)).toHaveCount(0);
  await context.close();
});

own("a page is asleep only until it is pressed: then all of it is there at once", async ({ page, hark }) => {
  const id = call(hark, "c-1", [[2, true, false]]);
  await signIn(page, EVERYONE, "/recordings?period=all");
  // The page gives the browser its first turn, takes its frame over, and is given no second turn.
  await page.addInitScript(() => {
    const post = MessagePort.prototype.postMessage;
    const held: (() => void)[] = [];
    let turns = 0;
    MessagePort.prototype.postMessage = function (...message: [unknown]) {
      if (turns++ === 0 || turns > 1_000) post.apply(this, message);
      else held.push(() => post.apply(this, message));
    };
    Object.assign(window, {
      isHeld: () => held.length > 0,
      goOn: () => {
        turns = 1_000;
        for (const message of held) message();
      },
    });
  });
  await page.goto("/recordings?period=all");
  await page.waitForFunction("isHeld()");
  await expect(page.locator("html")).not.toHaveAttribute("data-hydrated");
  // What only an awake list knows: a key of its own, and which row it is pressed on.
  await page.locator(`.calls tr[data-id="${id}"] .who a`).focus();
  await page.keyboard.press("x");
  await expect(page.locator(`.calls tr[data-id="${id}"] input`)).toBeChecked();
  await expect(page.locator(".bulk")).toBeVisible();
  await page.locator(`.calls tr[data-id="${id}"] .who a`).click();
  await expect(notes(page)).toBeVisible();
  expect(await page.evaluate("isHeld()"), "no other page was fetched").toBe(true);
  await page.evaluate("goOn()");
  await awake(page);
});
