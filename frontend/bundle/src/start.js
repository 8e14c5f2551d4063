// The sound of a recording's page plays and pauses already; the player goes on with it as it is, and tells why it does not play.
const sound = document.querySelector("[data-player]");
const show = (button, plays) => {
  const deed = plays ? "pause" : "play";
  button.setAttribute("aria-label", button.closest(".playback").dataset[deed]);
  const use = button.querySelector("use");
  use.setAttribute("href", use.getAttribute("href").replace(/\w+$/, deed));
};
addEventListener("click", ({ target }) => {
  if (document.documentElement.hasAttribute("data-hydrated")) return;
  const button = target.closest(".playback [data-kind=play]");
  if (!button) return;
  if (!sound.src) sound.src = button.closest(".playback").dataset.sound;
  show(button, sound.paused);
  if (sound.paused) sound.play().catch(({ name }) => name === "AbortError" || show(button, false));
  else sound.pause();
});

// What one fills in meanwhile, and what a form was sent back with, the compiled half would overwrite with what it knows: it is
// remembered, put back, and told once more in its order, as if it were filled in then; before the page sees to what one does,
// where that comes first.
const early = new Map();
const remember = ({ target }) => {
  early.delete(target);
  early.set(target, [target.value, target.checked]);
};
for (const target of document.querySelectorAll("[data-back]")) remember({ target });
addEventListener("input", remember, true);
const putBack = () => {
  removeEventListener("input", remember, true);
  for (const [field, [value, checked]] of early) {
    early.delete(field);
    if (!field.isConnected || field.type === "file") continue;
    field.value = value;
    field.checked = checked;
    for (const name of ["input", "change"]) field.dispatchEvent(new Event(name, { bubbles: true }));
  }
};

// The page is whole without the compiled half, which comes once it has been seen: a narrow line carries what is looked at first.
if (!document.hidden) await new Promise((seen) => requestAnimationFrame(() => setTimeout(seen)));
try {
  const wasm = fetch(new URL("./WASM", import.meta.url));
  const [{ default: init, hydrate, initSync }, { lend }] = await Promise.all([import("./GLUE"), import("./FETCHER")]);
  lend(initSync);
  await init({ module_or_path: wasm });
  await hydrate(() => queueMicrotask(putBack));
} catch (error) {
  // What is there for where no script runs is of use here too.
  for (const plain of document.querySelectorAll("noscript")) plain.outerHTML = plain.textContent;
  throw error;
}
await new Promise((settled) => setTimeout(settled));
putBack();
