// Reviewing by keys: A, S, R, C, D, X, J, K and ?. They rest while one types, and can be switched off (WCAG 2.1.4).
const KEY = "review-keys";
const element = (id) => document.getElementById(id);
const walk = element("review").dataset;
const on = element("keys-on");
const keys = element("keys-panel");

const open = (field) => {
  const there = element(field);
  if (!there) return;
  there.closest("details").open = true;
  there.focus();
};
const acts = {
  a: () => element("approve")?.click(),
  r: () => open("id_reason"),
  d: () => open("id_refer_note"),
  s: () => open("id_suggestion"),
  c: () => { quoteSelection(); open("id_comment_place"); },
  x: () => open("id_reject_reason"),
  j: () => { if (walk.after) location.assign(walk.after); },
  k: () => { if (walk.before) location.assign(walk.before); },
  "?": () => { if (keys) keys.open = !keys.open; },
};
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-open]");
  if (!button) return;
  event.preventDefault();
  open(button.dataset.open);
});

const typing = (target) => target.closest?.("input:not([type=checkbox]), textarea, select, [contenteditable]");

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || typing(event.target)) return;
  const act = acts[event.key === "?" ? "?" : event.key.toLowerCase()];
  if (!act || (on && !on.checked && event.key !== "?")) return;
  event.preventDefault();
  act();
});

// Choosing a reason begins the sentence and offers what is often said; words of one's own are never replaced.
const begun = {};
const put = (note, words) => {
  note.value = words;
  note.focus();
  note.setSelectionRange(words.length, words.length);
};
for (const reason of document.querySelectorAll("select[data-begins]")) {
  const note = element(reason.dataset.begins);
  const offers = document.querySelector(`.policy-snippets[data-for="${reason.id}"]`);
  const offer = () => {
    for (const group of offers.querySelectorAll("[data-reason]")) group.hidden = group.dataset.reason !== reason.value;
    offers.hidden = !reason.value;
  };
  reason.addEventListener("change", () => {
    offer();
    const starter = reason.selectedOptions[0].dataset.starter ?? "";
    if (note.value.trim() && note.value !== begun[note.id]) return;
    begun[note.id] = starter;
    put(note, starter);
  });
  offer();
}
document.addEventListener("click", (event) => {
  const chosen = event.target.closest("[data-snippet]");
  if (!chosen) return;
  const note = element(chosen.closest("[data-into]").dataset.into);
  const own = note.value !== begun[note.id] ? note.value.trim() : "";
  put(note, [own, chosen.dataset.snippet].filter(Boolean).join(" "));
});

// Words marked in a preview are what a comment is about: which text, which words, and where they begin.
const quotes = document.querySelector("[data-quotes]");
const quoteSelection = () => {
  const marked = document.getSelection();
  const text = marked.rangeCount && marked.getRangeAt(0).startContainer.parentElement?.closest(".console-preview__text");
  if (!text || !quotes?.contains(text) || marked.isCollapsed) return;
  const before = document.createRange();
  before.setStart(text, 0);
  before.setEnd(marked.getRangeAt(0).startContainer, marked.getRangeAt(0).startOffset);
  const quote = element("id_comment_quote");
  if (!quote) return;
  quote.value = marked.toString();
  element("id_comment_near").value = [...before.toString()].length;
  const at = [...quotes.querySelectorAll(".console-preview__text")].indexOf(text);
  const channel = element("id_comment_place").dataset.channels.split(" ")[at];
  const same = [...element("id_comment_place").options].find((option) => option.value === `${channel}:`);
  if (same) same.selected = true;
};
quotes?.addEventListener("mouseup", quoteSelection);
quotes?.addEventListener("touchend", quoteSelection);

if (keys) keys.hidden = false;
if (on) {
  on.checked = localStorage.getItem(KEY) !== "off";
  on.addEventListener("change", () => localStorage.setItem(KEY, on.checked ? "on" : "off"));
}
