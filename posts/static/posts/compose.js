// The compose page while one types: counts at once, chips and texts that follow each other, and saving that says how it went.
// Everything works without this file through the ordinary buttons; the server's count and answer are the ones that hold.
const form = document.getElementById("compose");
const element = (id) => document.getElementById(id);

// ---- the count, as X weighs it, good enough for ordinary text until the server answers ---------------------------------
const ADDRESS = /https?:\/\/\S+|(?<![@\w./-])(?:[a-z0-9-]+\.)+(?:com|org|net|uk|info|london|police|io|eu)\b(?:\/\S*)?/gi;
const EMOJI = /\p{Regional_Indicator}{2}|[0-9#*]\uFE0F?\u20E3|\p{Extended_Pictographic}(?:\uFE0F|\p{Emoji_Modifier})?(?:\u200D\p{Extended_Pictographic}(?:\uFE0F|\p{Emoji_Modifier})?)*/gu;
const LIGHT = [[0, 4351], [8192, 8205], [8208, 8223], [8242, 8247]];

const weight = (text) => {
  let total = 0;
  const plain = text.replace(EMOJI, (found) => {
    if (/^[©®0-9#*]$/u.test(found)) return found;
    total += 2;
    return "";
  });
  for (const letter of plain) {
    const code = letter.codePointAt(0);
    total += LIGHT.some(([low, high]) => low <= code && code <= high) ? 1 : 2;
  }
  return total;
};
const lengthOn = (network, typed) => {
  const text = typed.trim().normalize("NFC");
  if (network !== "x") return [...text].length;
  let links = 0;
  const rest = text.replace(ADDRESS, () => { links += 23; return ""; });
  return links + weight(rest);
};

const said = (number) => number.toLocaleString("en-GB");
const count = () => {
  for (const ring of form.querySelectorAll(".posts-count")) {
    const limit = Number(ring.dataset.limit);
    const length = lengthOn(ring.dataset.network, element(ring.dataset.text).value);
    const over = length - limit;
    ring.classList.toggle("posts-count--over", over > 0);
    ring.classList.toggle("posts-count--near", over <= 0 && over >= -20);
    ring.querySelector(".posts-ring__filled").setAttribute("stroke-dasharray", `${Math.min(100, Math.round((100 * length) / limit))} 100`);
    ring.querySelector(".posts-count__words").textContent = over > 0 ? `${said(over)} too long` : `${said(length)} of ${said(limit)}`;
  }
};

// ---- one text or a text each: what is hidden keeps its words ------------------------------------------------------------
const arrange = () => {
  element("when-fields").classList.toggle("posts-when__closed", !element("id_when_at").checked);
  const same = form.querySelector("[name=same_text]");
  const shared = !same || same.type === "hidden" || same.checked;
  element("shared-text").hidden = !shared;
  for (const box of form.querySelectorAll("[name=channels]")) {
    const own = form.querySelector(`.posts-own[data-for="${box.value}"]`);
    own.hidden = shared || !box.checked;
    form.querySelector(`#counts [data-for="${box.value}"]`).hidden = !box.checked;
  }
};
const fill = () => {
  const shared = element("id_text");
  const owns = [...form.querySelectorAll(".posts-own textarea")];
  if (element("id_same_text").checked) {
    if (!shared.value.trim()) shared.value = owns.map((own) => own.value).find((text) => text.trim()) ?? "";
  } else {
    for (const own of owns) if (!own.value.trim()) own.value = shared.value;
  }
};

// ---- saving ----------------------------------------------------------------------------------------------------------
const AGAIN = 5000;
let unsaved = false;
let leaving = false;
let saving = false;
let sent = false;
let held = null; // the button that was pressed while the words were on their way: it waits for the answer
let retry = 0;
const state = (words) => {
  const line = element("saved").querySelector("p");
  if (line) line.textContent = words;
};
const stopped = () => "stopped" in element("saved").dataset;

form.addEventListener("input", (event) => {
  unsaved = true;
  sent = false; // whoever types on has stopped what was being sent
  if (event.target.id === "id_same_text") fill();
  if (event.target.type === "checkbox" || event.target.type === "radio") arrange();
  count();
  if (!stopped()) state(event.target.type === "file" ? "Adding your picture…" : "Saving…");
});
form.addEventListener("submit", (event) => {
  if (saving) {
    held ??= event.submitter ?? form.querySelector("[name=action]");
    event.preventDefault();
    state("Saving first…");
    return;
  }
  leaving = sent = true;
});
const goOn = (status) => {
  const pressed = held;
  saving = false;
  held = null;
  if (!pressed || stopped() || (status !== 200 && status !== 422)) return;
  form.requestSubmit(pressed.isConnected ? pressed : form.querySelector(`[name=action][value="${pressed.value}"]`));
};
window.addEventListener("pageshow", (event) => { if (event.persisted) leaving = sent = saving = false; });
document.addEventListener("click", (event) => { if (event.target.closest("[data-leave]")) leaving = true; });
window.addEventListener("beforeunload", (event) => { if (unsaved && !leaving) event.preventDefault(); });

const ours = (event) => event.target === form || form.contains(event.target);
document.body.addEventListener("htmx:configRequest", (event) => {
  if (event.target === form) event.detail.path = form.dataset.save;
});
document.body.addEventListener("htmx:beforeRequest", (event) => {
  // After a conflict nothing is saved by itself until one of the two texts was chosen.
  // Nor once a button carries everything with it.
  if (ours(event) && event.target.id !== "hints" && (stopped() || sent)) event.preventDefault();
  else if (event.target === form) { unsaved = false; saving = true; clearTimeout(retry); }
});
const failed = (event) => {
  if (event.target !== form) return;
  unsaved = true;
  state("Not saved: no answer from the console. Your words are still here; trying again.");
  clearTimeout(retry);
  retry = setTimeout(() => window.htmx.trigger(form, "input"), AGAIN);
};
document.body.addEventListener("htmx:sendError", failed);
document.body.addEventListener("htmx:responseError", (event) => { if (event.detail.xhr.status >= 500) failed(event); });
// Signed out, or no longer allowed: trying again by itself would not help, and what was typed stays on the page.
document.body.addEventListener("htmx:afterRequest", (event) => {
  const status = event.detail.xhr?.status ?? 0;
  if (event.target !== form || status < 400 || status >= 500 || status === 409 || status === 422) return;
  unsaved = true;
  state("Not saved. Your words are still here.");
});

document.body.addEventListener("htmx:afterRequest", (event) => {
  if (event.target === form) goOn(event.detail.xhr?.status ?? 0);
});

document.body.addEventListener("htmx:afterSwap", (event) => {
  if (event.detail.target?.id !== "saved") return;
  const saved = element("saved");
  if (saved.dataset.saveUrl && form.dataset.save !== saved.dataset.saveUrl) {
    // The first words made the draft: from here on it has an address of its own.
    form.dataset.save = saved.dataset.saveUrl;
    form.action = saved.dataset.saveUrl;
    history.replaceState(history.state, "", saved.dataset.composeUrl);
  }
  arrange();
  if (unsaved) { count(); if (!stopped()) state("Saving…"); }
  if (stopped()) element("conflict-title")?.focus();
});

arrange();
