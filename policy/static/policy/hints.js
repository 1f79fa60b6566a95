// Hints on the compose page: one-tap mends, and a word in the live region when the count changes.
const letters = (text) => Array.from(text); // places are counted in code points, as on the server

const near = (text, words, start) => {
  // Where `words` stand, closest to `start`: the text may have grown or lost white space since it was checked.
  const places = [];
  for (let at = 0; at + words.length <= text.length; at += 1) {
    if (words.every((letter, offset) => text[at + offset] === letter)) places.push(at);
  }
  return places.sort((one, two) => Math.abs(one - start) - Math.abs(two - start))[0];
};

const mend = (field, places, replacement) => {
  const text = letters(field.value);
  let done = 0;
  // From the end, so that earlier places keep their numbers.
  for (const place of [...places].sort((one, two) => two.start - one.start)) {
    const at = near(text, letters(place.words), place.start);
    if (at === undefined) continue;
    text.splice(at, place.end - place.start, ...letters(replacement));
    done += 1;
  }
  if (!done) return false;
  field.value = text.join("");
  field.dispatchEvent(new Event("input", { bubbles: true }));
  return true;
};

const grouped = (places) => {
  const byField = new Map();
  for (const place of places) byField.set(place.field, [...(byField.get(place.field) ?? []), place]);
  return byField;
};

const say = (words) => document.body.dispatchEvent(new CustomEvent("announce", { detail: { value: words } }));

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-mend]");
  if (!button) return;
  const form = document.getElementById("compose");
  const byField = grouped(JSON.parse(button.dataset.mend));
  let changed = null;
  for (const [name, places] of byField) {
    const field = form.elements[name];
    if (field && mend(field, places, button.dataset.replacement)) changed = field;
  }
  if (changed) changed.focus();
  button.disabled = true;
  say(changed ? "Changed. Read it once more." : "Those words are not there any more.");
});

let said = "";
document.body.addEventListener("htmx:afterSwap", (event) => {
  const hints = event.detail.target?.querySelector?.(".policy-hints");
  if (!hints) return;
  const status = hints.dataset.status;
  if (status && status !== said) say(status);
  said = status;
});
