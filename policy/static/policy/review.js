// Reviewing by keys: A, R, D, J, K and ?. They rest while one types, and can be switched off (WCAG 2.1.4).
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

// Choosing a reason begins the sentence; words of one's own are never replaced.
const reason = element("id_reason");
const note = element("id_note");
let begun = "";
reason?.addEventListener("change", () => {
  const starter = reason.selectedOptions[0].dataset.starter ?? "";
  if (note.value.trim() && note.value !== begun) return;
  note.value = begun = starter;
  note.focus();
  note.setSelectionRange(starter.length, starter.length);
});

if (keys) keys.hidden = false;
if (on) {
  on.checked = localStorage.getItem(KEY) !== "off";
  on.addEventListener("change", () => localStorage.setItem(KEY, on.checked ? "on" : "off"));
}
