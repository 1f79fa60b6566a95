// Dragging a post onto another day opens the page that moves it, with that day filled in. Nothing changes before it is confirmed there.
// With the keys: M on a post opens the same page, Alt with an arrow for the day before or after.
const move = (entry, day) => {
  const url = new URL(entry.dataset.move, location.href);
  if (day) url.searchParams.set("day", day);
  location.assign(url);
};

const shifted = (day, by) => {
  const [year, month, date] = day.split("-").map(Number);
  return new Date(Date.UTC(year, month - 1, date + by)).toISOString().slice(0, 10);
};

let dragged = null;
for (const entry of document.querySelectorAll("[data-move]")) {
  entry.addEventListener("dragstart", (event) => {
    dragged = entry;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", entry.dataset.move);
  });
  entry.addEventListener("dragend", () => { dragged = null; });
  entry.addEventListener("keydown", (event) => {
    const day = entry.closest("[data-day]").dataset.day;
    if (event.key === "m" && !event.ctrlKey && !event.metaKey && !event.altKey) move(entry, day);
    else if (event.altKey && ["ArrowLeft", "ArrowRight"].includes(event.key)) {
      event.preventDefault();
      move(entry, shifted(day, event.key === "ArrowLeft" ? -1 : 1));
    }
  });
}
for (const day of document.querySelectorAll("[data-day]")) {
  day.addEventListener("dragover", (event) => {
    if (!dragged) return;
    event.preventDefault();
    day.classList.add("calendar-day--over");
  });
  day.addEventListener("dragleave", () => day.classList.remove("calendar-day--over"));
  day.addEventListener("drop", (event) => {
    event.preventDefault();
    day.classList.remove("calendar-day--over");
    if (dragged && !day.contains(dragged)) move(dragged, day.dataset.day);
  });
}
