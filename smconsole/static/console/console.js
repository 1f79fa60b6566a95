// Starts the GOV.UK and MoJ components, also in what htmx brings later, and says aloud what changed.
import { initAll as initGovuk } from "../govuk/govuk-frontend.min.js";
import { initAll as initMoj } from "../moj/moj-frontend.min.js";

const start = (scope) => {
  initGovuk({ scope });
  initMoj({ scope });
};

const announce = (words) => {
  const status = document.getElementById("status");
  status.textContent = "";
  // An empty moment in between, or the same words twice would be heard once.
  requestAnimationFrame(() => { status.textContent = words; });
};

const trouble = (words) => {
  const place = document.getElementById("trouble");
  const box = document.createElement("div");
  box.className = "console-alert console-alert--error";
  const text = document.createElement("p");
  text.textContent = words;
  box.append(text);
  place.replaceChildren(box);
  place.scrollIntoView({ block: "nearest" });
};

const asked = (event) => !event.detail.elt.closest("[data-quiet]");

start(document);

document.body.addEventListener("htmx:load", (event) => {
  if (event.detail.elt !== document.body) start(event.detail.elt);
});
// A poll that brings the same again changes nothing: nothing is read out twice, no focus is lost.
const lastAnswers = new WeakMap();
document.body.addEventListener("htmx:beforeSwap", (event) => {
  const { elt, target, xhr } = event.detail;
  if (!elt.closest("[data-quiet]")) return;
  if (lastAnswers.get(target) === xhr.responseText) event.detail.shouldSwap = false;
  lastAnswers.set(target, xhr.responseText);
});

document.body.addEventListener("htmx:afterSwap", (event) => {
  const said = event.detail.elt.querySelector?.("[data-announce]");
  if (said) announce(said.dataset.announce);
});
// A view says aloud by the header HX-Trigger: {"announce": "Saved at 14:02"}.
document.body.addEventListener("announce", (event) => announce(event.detail.value));

document.body.addEventListener("htmx:beforeRequest", (event) => {
  if (asked(event)) document.body.classList.add("console-working");
});
document.body.addEventListener("htmx:afterRequest", (event) => {
  document.body.classList.remove("console-working");
  // Not detail.successful: htmx counts a refusal that is swapped in as a success.
  const status = event.detail.xhr?.status ?? 0;
  if (asked(event) && status >= 200 && status < 400) document.getElementById("trouble").replaceChildren();
});
document.addEventListener("submit", (event) => {
  if (!event.defaultPrevented) document.body.classList.add("console-working");
});
window.addEventListener("pageshow", () => document.body.classList.remove("console-working"));

document.body.addEventListener("htmx:sendError", (event) => {
  if (asked(event)) trouble("The console could not be reached. What you typed is still here. Check your signal and try again.");
});
document.body.addEventListener("htmx:responseError", (event) => {
  if (!asked(event)) return;
  const words = {
    403: "You may not do that, so nothing was changed. If you have just signed in again, open this page anew.",
    404: "That is no longer there, or it is not yours to see. Nothing was changed.",
    413: "That was too large to take. Nothing was changed; try a smaller picture.",
  };
  trouble(words[event.detail.xhr.status] ?? "Something went wrong on our side. What you typed is still here; try again in a moment.");
});

// The menu behind the name closes when one looks elsewhere.
const you = document.querySelector(".console-you");
document.addEventListener("click", (event) => {
  if (you?.open && !you.contains(event.target)) you.open = false;
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && you?.open) {
    you.open = false;
    you.querySelector("summary").focus();
  }
});
