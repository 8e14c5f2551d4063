import type { Locator, Page } from "@playwright/test";
import { readFileSync } from "node:fs";

import {
  EVERYONE, type Hark, LANGUAGES, type Language, OWN, PASSWORD, accessible, awake, ends, enter, expect, fill, own as test, passwordLink,
  signIn, speak, words,
} from "./house.ts";

const NEW = "Kaprifol-09-regn!";
const NEWER = "Plommon/1987/moln";
const COMPANY = "Blåklintens Redovisning AB";

/** Whoever has chosen no language gets letters in the company's. */
const letters = words("sv", "letters");

/** Live in both languages, and once with the compiled code blocked. */
const ways = [...LANGUAGES.map((language) => ({ language, live: true })), { language: "sv" as const, live: false }];

for (const { language, live } of ways) {
  const account = words(language, "account");
  const configuration = words(language, "configuration");
  const errors = words(language, "errors");
  const field = words(language, "fields");
  const people = words(language, "people");
  const role = words(language, "roles");
  const setup = words(language, "setup");
  const shell = words(language, "shell");
  /** Where no code runs the page has fewer buttons: what it is for those who do not see it is compared once. */
  const rests = async (page: Page, name: string, where?: Locator) => {
    if (live) await ends(page, name, language, where);
  };

  test.describe(`in ${language}${live ? "" : ", with the compiled code blocked"}`, () => {
    test.use({ javaScriptEnabled: live });

    test.describe("in a house that nobody has taken into use", () => {
      test.use({ demo: false });

      test("one takes Hark into use, and invites someone who hears one department", async ({ page, hark, another }) => {
        test.setTimeout(120_000);
        // The company speaks as whoever claims it.
        const letters = words(language, "letters");
        await speak(page, language);
        await page.goto("/recordings");
        await expect(page).toHaveURL(`${hark.url}/setup`);
        await awake(page);
        await press(page, setup.submit);
        const said = page.getByRole("alert").getByRole("listitem");
        await expect(said.last()).toContainText(`${field.password}: `);
        for (const name of [field.code, field.company, field.email, field.password]) {
          await expect(said.filter({ hasText: `${name}: ` })).toHaveText(`${name}: ${errors.missing}`);
        }
        await awake(page);
        await rests(page, "setup");
        await page.getByLabel(field.code).fill("ABCD-EFGH-IJKL");
        await page.getByLabel(field.company).fill(COMPANY);
        await page.getByLabel(field.email).fill("eva@blaklinten.example");
        await page.getByLabel(field.password, { exact: true }).fill(NEW);
        await press(page, setup.submit);
        await faults(page, [`${field.code}: ${errors.wrong_setup_code}`]);
        await page.getByLabel(field.code).fill(hark.run(["setup-code"]));
        await expect(page.getByLabel(field.company)).toHaveValue(COMPANY);
        // A password is never sent back.
        await page.getByLabel(field.password, { exact: true }).fill(NEW);
        await press(page, setup.submit);

        // The agreement comes before everything else, whatever one asks for.
        await expect(page).toHaveURL(/\/agreement/);
        await page.goto("/configuration");
        await expect(page).toHaveURL(/\/agreement\?next=/);
        await awake(page);
        await press(page, account.agreement_submit);
        await faults(page, [`${field.agreement}: ${errors.not_accepted}`]);
        await rests(page, "agreement");
        await page.getByLabel(account.agreement_accept).check();
        await press(page, account.agreement_submit);
        await expect(page).toHaveURL(`${hark.url}/configuration`);
        await awake(page);
        await expect(page.locator(".top > nav a")).toHaveText([shell.home, shell.recordings, shell.configuration, shell.help_above]);

        // Two departments, each with a person and a recording.
        hark.run(["person", "add", "--first-name", "Olle", "--last-name", "Alm", "--extension", "a300", "--department", "Ekonomi"]);
        await page.getByRole("navigation", { name: configuration.title }).getByRole("link", { name: people.title }).click();
        await page.getByRole("link", { name: people.add }).click();
        await expect(page.locator("h1")).toHaveText(people.add);
        await awake(page);
        await press(page, configuration.save);
        await faults(page, [`${field.first_name}: ${errors.missing}`]);
        await page.getByLabel(field.first_name).fill("Tove");
        await page.getByLabel(field.last_name).fill("Ek");
        await page.getByLabel(field.email).fill("tove@blaklinten.example");
        await page.getByLabel(field.extension).fill("a301");
        await page.getByLabel(field.department).fill("Kundtjänst");
        await press(page, configuration.save);
        await expect(page.locator("h1")).toHaveText("Tove Ek");
        await expect(page.getByRole("status").filter({ hasText: configuration.saved_at_once })).toBeVisible();
        await awake(page);
        for (const extension of ["a300", "a301"]) {
          const about = ["--call-id", extension, "--direction", "incoming", "--start", "2026-11-24T10:00:00", "--extension", extension];
          hark.run(["push", new URL("../../server/demo/sound/offert.wav", import.meta.url).pathname, ...about]);
        }

        await page.getByRole("radio", { name: shell.role_restricted }).check();
        await page.getByRole("checkbox", { name: "Kundtjänst" }).check();
        await press(page, people.save_role);
        await expect(page).toHaveURL(/saved=role/);
        await expect(page.getByText(role.status_invited, { exact: true })).toBeVisible();
        await expect(page.getByRole("radio", { name: shell.role_restricted })).toBeChecked();

        const invitation = await hark.letter("tove@blaklinten.example", fill(letters.invitation, { company: COMPANY }));
        expect(invitation.text).toContain(fill(letters.hello, { name: "Tove" }));
        // The letter has left: now the page says until when.
        await page.locator("main").getByRole("link", { name: people.title }).click();
        await page.getByRole("link", { name: "Tove Ek" }).click();
        await expect(page.getByText(role.invited_until.split(" {{")[0])).toBeVisible();
        await rests(page, "person", page.locator("#role"));
        const link = passwordLink(invitation);
        const guest = await another();
        await speak(guest, language);
        // Mail programs look at links before people do: looking uses nothing up.
        for (const _ of ["once", "twice"]) {
          await guest.goto(link);
          await awake(guest);
          await expect(guest.getByText(fill(account.link_for, { email: "tove@blaklinten.example" }))).toBeVisible();
        }
        await choose(guest, "sommar", "sommar2");
        await press(guest, account.link_submit);
        await faults(guest, [
          `${field.new_password}: ${fill(errors.too_short, { least: "8" })}`, `${field.new_password}: ${errors.lacks_upper}`,
          `${field.new_password}: ${errors.lacks_digit}`, `${field.new_password}: ${errors.lacks_special}`,
          `${field.again}: ${errors.differs}`,
        ]);
        await rests(guest, "link");
        await choose(guest, "Password-1!", "Password-1!");
        await press(guest, account.link_submit);
        await faults(guest, [`${field.new_password}: ${errors.guessable}`]);
        if (live) await ticks(guest, language);
        await choose(guest, NEWER, NEWER);
        await press(guest, account.link_submit);
        await expect(guest).toHaveURL(/\/signin/);
        await expect(guest.getByRole("status")).toContainText(account.changed_why);
        await awake(guest);
        await enter(guest, "tove@blaklinten.example", NEWER, language);
        await agree(guest, language);

        await expect(guest.locator(".top > nav a")).toHaveText([shell.home, shell.recordings, shell.help_above]);
        await guest.goto("/recordings?period=all");
        await awake(guest);
        await expect(guest.locator(".calls tbody tr")).toHaveCount(1);
        await expect(guest.locator(".calls tbody tr")).toContainText("Tove Ek");
        const answer = await guest.goto("/configuration");
        expect(answer!.status()).toBe(404);
        await awake(guest);
        await expect(guest.locator("h1")).toHaveText(errors.not_found_title);
        await guest.goto(link);
        await awake(guest);
        await expect(guest.getByText(account.link_dead)).toBeVisible();
        await rests(guest, "link-dead");
        // Whoever is at the top hears both: what was not there above was kept from them.
        await page.goto("/recordings?period=all");
        await expect(page.locator(".calls tbody tr")).toHaveCount(2);
      });
    });

    test("a forgotten password is replaced, and nobody learns who has an account", async ({ page, hark, another }) => {
      const elsewhere = await another();
      await signIn(elsewhere, OWN, "/recordings", language);

      await speak(page, language);
      const said: string[] = [];
      // Letters leave in the order in which they are asked for: when the second is there the first never comes.
      for (const email of ["okand@lingonkullen.example", OWN]) {
        await page.goto("/signin");
        await awake(page);
        await page.getByRole("link", { name: account.no_access }).click();
        await expect(page.locator("h1")).toHaveText(account.forgot_title);
        await awake(page);
        await page.getByLabel(field.email).fill(email);
        await press(page, account.forgot_submit);
        await expect(page.getByText(account.forgot_sent, { exact: true })).toBeVisible();
        await awake(page);
        said.push(page.url() + (await page.locator("body").innerText()));
      }
      expect(said[0]).toBe(said[1]);
      await rests(page, "forgot-sent");
      const reset = await hark.letter(OWN, letters.reset);
      expect(hark.letters("okand@lingonkullen.example")).toEqual([]);

      await page.goto(passwordLink(reset));
      await awake(page);
      await expect(page.getByText(account.link_reset)).toBeVisible();
      await choose(page, PASSWORD, PASSWORD);
      await press(page, account.link_submit);
      await faults(page, [`${field.new_password}: ${fill(errors.used, { last: "10" })}`]);
      await choose(page, NEW, NEW);
      await press(page, account.link_submit);
      await expect(page.getByRole("status")).toContainText(account.changed);
      await awake(page);
      await rests(page, "sign-in-changed");
      await enter(page, OWN, PASSWORD, language);
      await faults(page, [errors.wrong_credentials]);
      await enter(page, OWN, NEW, language);
      await expect(page.locator(".top > nav a").first()).toHaveText(shell.recordings);

      const changed = await hark.letter(OWN, letters.changed);
      expect(changed.text).toContain(letters.changed_alarm);
      await elsewhere.goto("/recordings");
      await expect(elsewhere).toHaveURL(/\/signin/);
    });

    test("a password that was given by letter is changed before anything else", async ({ page, hark, another }) => {
      const email = "maja.holm@lingonkullen.example";
      await signIn(page, EVERYONE, "/configuration/sign-in", language);
      await expect(page.getByLabel(configuration.invitation_link, { exact: false })).toBeChecked();
      await page.getByRole("radio", { name: configuration.invitation_two }).check();
      await press(page.locator("#sign-in"), configuration.save);
      await expect(page.locator("#sign-in").getByRole("status")).toContainText(configuration.saved);
      await page.reload();
      await awake(page);
      await expect(page.getByRole("radio", { name: configuration.invitation_two })).toBeChecked();
      await rests(page, "sign-in-settings");

      await page.goto("/configuration/roles/new");
      await awake(page);
      await press(page, role.invite);
      await faults(page, [`${field.email}: ${errors.missing}`]);
      await page.getByLabel(field.email).fill(email);
      await page.getByRole("radio", { name: shell.role_restricted }).check();
      await page.getByRole("checkbox", { name: "Support" }).check();
      await press(page, role.invite);
      await expect(page.locator("h1")).toHaveText(email);
      await expect(page.getByRole("radio", { name: shell.role_restricted })).toBeChecked();

      const welcome = await hark.letter(email, fill(letters.invitation, { company: "Lingonkullens Möbler AB" }));
      expect(welcome.text).toContain(fill(letters.welcome_2, { email }));
      expect(welcome.text).not.toContain("set-password");
      const code = (await hark.letter(email, letters.code)).text.match(/^ {4}(\S+)$/m)![1];
      expect(welcome.text + welcome.html).not.toContain(code);

      const guest = await another();
      await speak(guest, language);
      await guest.goto("/recordings");
      await awake(guest);
      await enter(guest, email, code, language);
      await expect(guest).toHaveURL(/\/new-password/);
      await guest.goto("/recordings");
      await expect(guest).toHaveURL(/\/new-password\?next=/);
      await awake(guest);
      await guest.getByLabel(field.old_password, { exact: true }).fill("något annat");
      await choose(guest, NEW, NEW);
      await press(guest, account.owed_submit);
      await faults(guest, [`${field.old_password}: ${errors.wrong}`]);
      await rests(guest, "new-password");
      await guest.getByLabel(field.old_password, { exact: true }).fill(code);
      await choose(guest, NEW, NEW);
      await press(guest, account.owed_submit);
      await expect(guest.getByRole("status")).toContainText(account.changed);
      await awake(guest);
      await enter(guest, email, code, language);
      await faults(guest, [errors.wrong_credentials]);
      await enter(guest, email, NEW, language);
      await agree(guest, language);
      await expect(guest.locator(".top > nav a")).toHaveText([shell.home, shell.recordings, shell.help_above]);
    });
  });
}

for (const language of LANGUAGES) {
  const account = words(language, "account");
  const configuration = words(language, "configuration");
  const errors = words(language, "errors");
  const field = words(language, "fields");
  const imports = words(language, "import");
  const outbox = words(language, "outbox");
  const people = words(language, "people");
  const role = words(language, "roles");
  const shell = words(language, "shell");

  test.describe(`in ${language}`, () => {
    test("one looks after one's own account", async ({ page, hark, another }) => {
      await signIn(page, OWN, "/recordings", language);
      const [one, two] = [await another(), await another()];
      for (const other of [one, two]) await signIn(other, OWN, "/recordings", language);
      await page.getByRole("button", { name: fill(shell.account, { initials: "PP", name: "Pelle Persson" }) }).click();
      await page.locator("#account").getByRole("link", { name: shell.my_account }).click();
      await expect(page.locator("h1")).toHaveText(account.own_title);
      const places = page.getByRole("listitem").filter({ hasText: account.own_place_since.split(" {{")[0] });
      await expect(places).toHaveCount(3);
      await expect(places.filter({ hasText: account.own_place_here })).toHaveCount(1);
      await expect(places.filter({ hasText: account.own_place_here }).getByRole("button")).toHaveCount(0);

      // One of the two is out at its next step, the other stays in.
      await places.getByRole("button", { name: account.own_place_end }).first().click();
      await expect(places).toHaveCount(2);
      await awake(page);
      for (const other of [one, two]) await other.goto("/recordings");
      const out = [one, two].filter((other) => new URL(other.url()).pathname === "/signin");
      expect(out).toHaveLength(1);

      const change = page.locator("#password");
      await change.getByLabel(field.old_password, { exact: true }).fill("inte det");
      await choose(page, NEW, NEW);
      await press(change, account.own_password_submit);
      await faults(page, [`${field.old_password}: ${errors.wrong}`]);
      await accessible(page);
      await change.getByLabel(field.old_password, { exact: true }).fill(PASSWORD);
      await press(change, account.own_password_submit);
      await expect(page).toHaveURL(/\/signin/);
      await expect(page.getByRole("status")).toContainText(account.changed);
      await hark.letter(OWN, letters.changed);
      for (const other of [one, two]) {
        await other.goto("/recordings");
        await expect(other).toHaveURL(/\/signin/);
      }

      for (const other of [page, one]) {
        await other.goto("/signin?next=/account");
        await awake(other);
        await enter(other, OWN, NEW, language);
        await expect(other.locator("h1")).toHaveText(account.own_title);
        await awake(other);
      }
      await ends(page, "account", language);
      await press(page, account.own_places_end);
      await expect(page).toHaveURL(/\/signin/);
      await shutOut(one, language);
    });

    test("the list of roles is narrowed under its headings, and keeps a Super user", async ({ page, hark, another }) => {
      await signIn(page, EVERYONE, "/configuration/roles", language);
      const rows = page.locator("tbody tr");
      await expect(rows).toHaveCount(5);
      await ends(page, "roles", language);
      await page.getByLabel(role.user_type).selectOption({ label: shell.role_restricted });
      await press(page, people.search);
      await expect(page).toHaveURL(/[?&]type=Restricted/);
      await expect(rows).toHaveCount(2);
      await awake(page);
      await expect(page.getByLabel(role.user_type)).toHaveValue("Restricted");
      await page.getByRole("searchbox", { name: role.email }).fill("OSTROM");
      await page.keyboard.press("Enter");
      await expect(rows).toHaveCount(1);
      await expect(page).toHaveURL(/[?&]email=OSTROM/);
      await expect(rows).toContainText("asa.ostrom@lingonkullen.example");
      await awake(page);
      await page.getByLabel(role.status).selectOption({ label: role.status_off });
      await press(page, people.search);
      await expect(page.getByText(role.nobody, { exact: true })).toBeVisible();
      await awake(page);
      await page.getByRole("link", { name: people.show_all }).click();
      await expect(rows).toHaveCount(5);

      await page.getByRole("link", { name: fill(role.edit_one, { email: EVERYONE }) }).click();
      await expect(page.locator("h1")).toHaveText(EVERYONE);
      await page.getByRole("radio", { name: shell.role_my_console }).check();
      await press(page, configuration.save);
      await faults(page, [errors.last_super]);
      await press(page, role.turn_off);
      await expect(page.getByRole("alert").filter({ hasText: errors.last_super })).toHaveCount(2);
      await press(page, role.remove);
      await page.getByRole("dialog").getByRole("button", { name: role.remove_do, exact: true }).click();
      await expect(page.getByRole("alert").filter({ hasText: errors.last_super })).toHaveCount(3);
      await accessible(page);
      await page.goto("/configuration/roles");
      await awake(page);
      await page.getByRole("button", { name: fill(role.delete_one, { email: EVERYONE }) }).click();
      await page.getByRole("dialog").getByRole("button", { name: role.remove_do, exact: true }).click();
      await faults(page, [errors.last_super]);
      await expect(rows).toHaveCount(5);

      const other = await another();
      await signIn(other, OWN, "/help", language);
      await page.getByRole("link", { name: fill(role.edit_one, { email: OWN }) }).click();
      await expect(page.locator("h1")).toHaveText(OWN);
      await press(page, role.turn_off);
      await expect(page.getByRole("button", { name: role.turn_on, exact: true })).toBeVisible();
      await shutOut(other, language);
      await enter(other, OWN, PASSWORD, language);
      await faults(other, [errors.wrong_credentials]);
      await hark.letter(OWN, letters.off);
      await page.getByRole("link", { name: role.title }).first().click();
      await expect(rows.filter({ hasText: OWN })).toContainText(role.status_off);
      // And gone for good.
      await page.getByRole("button", { name: fill(role.delete_one, { email: OWN }) }).click();
      await page.getByRole("dialog").getByRole("button", { name: role.remove_do, exact: true }).click();
      await expect(rows).toHaveCount(4);
      await expect(page.getByRole("status").filter({ hasText: configuration.saved_at_once })).toBeVisible();
    });

    test("what the list of roles shows of a filter is what it is narrowed to", async ({ page }) => {
      await signIn(page, EVERYONE, "/configuration/roles?type=MyConsole&email=erik", language);
      await page.getByRole("link", { name: people.show_all }).click();
      await expect(page.locator("tbody tr")).toHaveCount(5);
      await expect(page.getByLabel(role.user_type)).toHaveValue("");
      await expect(page.getByRole("searchbox", { name: role.email })).toHaveValue("");
    });

    test("what the list of people shows of a search is what it is narrowed to", async ({ page }) => {
      await signIn(page, EVERYONE, "/configuration/people", language);
      const search = page.getByRole("searchbox", { name: people.search });
      await search.fill("ingen sådan");
      await page.getByLabel(field.department, { exact: true }).selectOption("Support");
      await press(page, people.search);
      await expect(page.getByText(people.not_found, { exact: true })).toBeVisible();
      await awake(page);
      await page.getByRole("link", { name: people.show_all }).click();
      await expect(page.locator("tbody tr")).toHaveCount(12);
      await expect(search).toHaveValue("");
      await expect(page.getByLabel(field.department, { exact: true })).toHaveValue("");
      // And back again, which the browser does without loading a page.
      await page.goBack();
      await expect(page.getByText(people.not_found, { exact: true })).toBeVisible();
      await expect(search).toHaveValue("ingen sådan");
    });

    test("people are found by a number in any writing, switched, and read from a file", async ({ page }) => {
      await signIn(page, EVERYONE, "/configuration/people", language);
      const rows = page.locator("tbody tr");
      await expect(rows).toHaveCount(12);
      await ends(page, "people", language);
      for (const number of ["+46 8 465 004 11", "08-465 004 11", "0046846500411", "a166947070"]) {
        await page.getByRole("searchbox", { name: people.search }).fill(number);
        await page.keyboard.press("Enter");
        await expect(page.getByRole("status").filter({ hasText: fill(people.sum_found, { total: "1", everyone: "12" }) })).toBeVisible();
        await expect(rows).toHaveCount(1);
        await expect(rows).toContainText("Pelle Persson");
        await awake(page);
      }
      await page.goto("/configuration/people");
      await awake(page);

      const recorded = (name: string) => page.getByRole("switch", { name: fill(people.record, { name }) });
      await recorded("Lisa Larsson").click();
      await expect(recorded("Lisa Larsson")).toHaveAttribute("aria-checked", "false");
      await expect(page.getByText(fill(people.sum, { total: "12", recorded: "10" }))).toBeVisible();
      await recorded("Karin Lindqvist").focus();
      await page.keyboard.press("Space");
      await expect(recorded("Karin Lindqvist")).toHaveAttribute("aria-checked", "false");
      await expect(recorded("Karin Lindqvist")).toBeFocused();
      await page.keyboard.press("Enter");
      await expect(recorded("Karin Lindqvist")).toHaveAttribute("aria-checked", "true");
      await expect(recorded("Karin Lindqvist")).toBeFocused();
      await page.reload();
      await awake(page);
      await expect(recorded("Lisa Larsson")).toHaveAttribute("aria-checked", "false");
      await expect(recorded("Karin Lindqvist")).toHaveAttribute("aria-checked", "true");

      await page.getByRole("link", { name: people.import }).click();
      await expect(page.locator("h1")).toHaveText(imports.title);
      const waiting = page.waitForEvent("download");
      await page.getByRole("link", { name: "CSV" }).click();
      const table = readFileSync(await (await waiting).path());
      expect(table.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
      const [heading, ...lines] = table.subarray(3).toString().trim().split(/\r?\n/);
      expect(heading).toContain([field.first_name, field.last_name, field.email].map((word) => `"${word}"`).join(";"));
      expect(lines).toHaveLength(12);

      const file = [
        [field.first_name, field.last_name, field.extension, field.email, field.title],
        ["Nora", "Nyberg", "a166949001", "nora.nyberg@lingonkullen.example", "Säljare"],
        ["Pelle", "Persson", "a166947070", OWN, "Säljchef"],
        ["Lisa", "Larsson", "a166946563", "lisa.larsson@lingonkullen.example", "Kundrådgivare"],
        ["Fel", "Felsson", "a166949002", "ingen adress", ""],
      ];
      const csv = Buffer.from(`\ufeff${file.map((line) => line.join(";")).join("\r\n")}\r\n`);
      await page.getByLabel(field.table).setInputFiles({ name: "personal.csv", mimeType: "text/csv", buffer: csv });
      await press(page, imports.read);
      await expect(page.locator("h1")).toHaveText(imports.plan);
      await awake(page);
      await expect(page.getByText(fill(imports.sum, { new: "1", changed: "1", same: "1", wrong: "1" }))).toBeVisible();
      await expect(rows).toHaveText([
        new RegExp(`5\\s*Fel Felsson\\s*${imports.kind_wrong} ${field.email}: .*@`),
        new RegExp(`2\\s*Nora Nyberg\\s*${imports.kind_add}`),
        new RegExp(`3\\s*Pelle Persson\\s*${imports.kind_edit} ${field.title}: ${fill(imports.quoted, { value: "Säljare" })} → ${fill(imports.quoted, { value: "Säljchef" })}`),
      ]);
      await ends(page, "import-plan", language);
      // Nothing has happened yet.
      const plan = page.url();
      await page.goto("/configuration/people");
      await awake(page);
      await expect(rows).toHaveCount(12);
      await expect(rows.filter({ hasText: "Pelle Persson" })).not.toContainText("Säljchef");
      await page.goto(plan);
      await awake(page);
      await press(page, imports.carry_out);
      await expect(page).toHaveURL(/\/configuration\/people\?saved=import/);
      await expect(rows).toHaveCount(13);
      await expect(rows.filter({ hasText: "Pelle Persson" })).toContainText("Säljchef");
      await expect(rows.filter({ hasText: "Nora Nyberg" })).toContainText("a166949001");
      await expect(page.getByRole("status").filter({ hasText: configuration.saved_at_once })).toBeVisible();
    });

    test("a letter proves the way, and can be sent again", async ({ page, hark }) => {
      await signIn(page, EVERYONE, "/configuration/mail", language);
      await expect(page.getByText(outbox.none, { exact: true })).toBeVisible();
      await expect(page.getByLabel(field.receiver)).toHaveValue(EVERYONE);
      await page.getByLabel(field.receiver).fill("ingen adress");
      await press(page, outbox.send_test);
      await faults(page, [`${field.receiver}: ${errors.email_form}`]);
      await page.getByLabel(field.receiver).fill("drift@lingonkullen.example");
      await press(page, outbox.send_test);
      await expect(page.getByText(outbox.test_sent, { exact: true })).toBeVisible();
      // Nobody's account is at that address: the letter is in the language of whoever asked for it.
      const { test: subject, test_1: text } = words(language, "letters");
      const letter = await hark.letter("drift@lingonkullen.example", subject);
      expect(letter.text).toContain(text);
      const row = page.getByRole("row").filter({ hasText: "drift@lingonkullen.example" });
      const sent = outbox.sent.split(" {{")[0];
      await expect(async () => {
        await press(page, outbox.refresh);
        await expect(row).toContainText(sent, { timeout: 500 });
      }).toPass();
      await ends(page, "mail", language, page.getByRole("table"));
      await row.getByRole("button", { name: fill(outbox.send_again_to, { to: "drift@lingonkullen.example" }) }).click();
      const again = await hark.letter("drift@lingonkullen.example", subject);
      expect(again).toEqual(letter);
    });
  });
}

test("the language one chooses inside goes along to other browsers and into letters", async ({ page, hark, another }) => {
  const english = { account: words("en", "account"), letters: words("en", "letters"), shell: words("en", "shell") };
  await signIn(page, OWN, "/recordings", "sv");
  await page.getByRole("button", { name: "Svenska" }).first().click();
  const stored = page.waitForResponse((answer) => answer.url().includes("/fn/") && answer.request().method() === "POST");
  await page.locator("#languages").getByRole("button", { name: "English" }).click();
  await stored;
  await expect(page.locator("h1")).toHaveText(words("en", "recordings").title);

  const other = await another();
  await signIn(other, OWN, "/recordings", "sv");
  await expect(other.locator("html")).toHaveAttribute("lang", "en");
  await expect(other.locator("h1")).toHaveText(words("en", "recordings").title);
  await expect(other.locator(".top > nav a").first()).toHaveText(english.shell.recordings);

  await ask(page, hark, OWN);
  expect((await hark.letter(OWN, english.letters.reset)).text).toContain(english.letters.reset_ignore);
  // Others go on in the company's language.
  await ask(page, hark, "lisa.larsson@lingonkullen.example");
  await hark.letter("lisa.larsson@lingonkullen.example", letters.reset);
});

/** Asks for a new password in a browser of its own kind: no cookies, no page. */
async function ask(page: Page, hark: Hark, email: string): Promise<void> {
  const answer = await page.request.post(`${hark.url}/fn/account/forgot`, { form: { email }, headers: { origin: hark.url }, maxRedirects: 0 });
  expect(answer.status()).toBeLessThan(400);
}

function press(where: Page | Locator, name: string): Promise<void> {
  return where.getByRole("button", { name, exact: true }).click();
}

/** What the page says went wrong: these lines, in this order, and no other. */
async function faults(page: Page, lines: string[]): Promise<void> {
  await expect(page.getByRole("alert").getByRole("listitem")).toHaveText(lines);
  await awake(page);
}

async function choose(page: Page, password: string, again: string): Promise<void> {
  const field = words((await page.locator("html").getAttribute("lang")) as Language, "fields");
  await page.getByLabel(field.new_password, { exact: true }).fill(password);
  await page.getByLabel(field.again, { exact: true }).fill(again);
}

/** One who was signed out elsewhere is told so at the next click, in the page that is open, and led to the door. */
async function shutOut(page: Page, language: Language): Promise<void> {
  const errors = words(language, "errors");
  await page.locator(".top > nav").getByRole("link", { name: words(language, "shell").recordings }).click();
  const said = page.getByRole("alert").filter({ hasText: errors.signed_out });
  await expect(said.first()).toBeVisible();
  await expect(page.locator(".calls tbody tr")).toHaveCount(0);
  await said.first().getByRole("link", { name: errors.to_sign_in }).click();
  await expect(page).toHaveURL(/\/signin\?next=.*recordings/);
  await awake(page);
}

async function agree(page: Page, language: Language): Promise<void> {
  const account = words(language, "account");
  await expect(page).toHaveURL(/\/agreement/);
  await awake(page);
  await page.getByLabel(account.agreement_accept).check();
  await press(page, account.agreement_submit);
  await expect(page.locator("html[data-hydrated], .shell").first()).toBeAttached();
  await expect(page).not.toHaveURL(/\/agreement/);
  await awake(page);
}

/** Each rule is ticked off by the sign that meets it, and not before. */
async function ticks(page: Page, language: Language): Promise<void> {
  const account = words(language, "account");
  const field = words(language, "fields");
  const [password, again] = [field.new_password, field.again].map((name) => page.getByLabel(name, { exact: true }));
  const length = fill(account.rule_length, { least: "8" });
  const rules = [length, account.rule_lower, account.rule_upper, account.rule_digit, account.rule_special, account.rule_same];
  const met = async (those: string[]) => {
    for (const rule of rules) {
      const line = page.getByRole("list", { name: account.rules }).getByRole("listitem").filter({ hasText: rule });
      await expect(line).toContainText(those.includes(rule) ? account.rule_met : account.rule_unmet);
    }
  };
  await password.fill("");
  await again.fill("");
  await met([]);
  const steps: [string, string][] = [["é", account.rule_lower], ["Å", account.rule_upper], ["7", account.rule_digit], ["!", account.rule_special]];
  const already: string[] = [];
  for (const [sign, rule] of steps) {
    await password.pressSequentially(sign);
    already.push(rule);
    await met(already);
  }
  await password.pressSequentially("snö");
  await met(already);
  await password.pressSequentially("n");
  await met([...already, length]);
  await again.fill("éÅ7!snö");
  await met([...already, length]);
  await again.pressSequentially("n");
  await met([...already, length, account.rule_same]);
}
