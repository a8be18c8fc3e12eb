// The page of differences: one at a time, by keyboard too. Without this script everything stands below each other.
const all = (selector, from = document) => [...from.querySelectorAll(selector)];
const sections = all("section");
const entries = all("nav li");
const WIDE = 1700;
const BLINK = 700;
let mode = innerWidth >= WIDE ? "beside" : "slide";
let blinking = 0;
let here = 0;

function show(index) {
  here = Math.max(0, Math.min(sections.length - 1, index));
  sections.forEach((one, place) => one.classList.toggle("-here", place === here));
  entries.forEach((one, place) => one.classList.toggle("-here", place === here));
  all("a", entries[here])[0].setAttribute("aria-current", "true");
  entries.filter((_, place) => place !== here).forEach((one) => all("a", one)[0].removeAttribute("aria-current"));
  entries[here].scrollIntoView({ block: "nearest" });
  history.replaceState(null, "", `#${sections[here].id}`);
  look(mode);
}

function look(wanted) {
  clearInterval(blinking);
  mode = wanted;
  const section = sections[here];
  const only = section.dataset.only;
  section.dataset.mode = only && wanted !== "text" ? only : wanted === "blink" ? "was" : wanted;
  if (wanted === "blink" && !only) blinking = setInterval(turn, BLINK);
  all("button[data-mode]", section).forEach((one) => one.setAttribute("aria-pressed", String(one.dataset.mode === wanted)));
}

function turn() {
  const section = sections[here];
  if (!section.dataset.only) section.dataset.mode = section.dataset.mode === "was" ? "now" : "was";
}

function switchOver() {
  const shown = sections[here].dataset.mode;
  look(shown === "was" ? "now" : "was");
}

function command() {
  const ticked = all("nav input:checked");
  const quoted = (text) => (/^[\w./,-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`);
  const paths = [...new Set(ticked.map((one) => one.dataset.path))].map((path) => quoted(path.replace(/^-/, "./-")));
  const names = ticked.map((one) => one.value);
  const lists = [names.filter((name) => !name.includes(",")).join(","), ...names.filter((name) => name.includes(","))];
  const accepts = lists.filter(Boolean).map((list) => `--accept ${quoted(list)}`);
  const output = document.querySelector(".accept output");
  if (!output) return;
  output.textContent = names.length
    ? `esis play ${[...paths, ...accepts].join(" ")}`
    : "Vink aan wat goed is.";
}

const KEYS = {
  ArrowDown: () => show(here + 1),
  j: () => show(here + 1),
  ArrowUp: () => show(here - 1),
  k: () => show(here - 1),
  1: () => look("beside"),
  2: () => look("was"),
  3: () => look("now"),
  4: () => look("slide"),
  5: () => look("blink"),
  6: () => look("text"),
  " ": switchOver,
  m: () => document.body.classList.toggle("-unmarked"),
  a: () => all("input", entries[here]).forEach((one) => one.click()),
};

document.addEventListener("keydown", (event) => {
  const field = event.target.matches("input[type=range]") || (event.target.matches("button, input") && event.key === " ");
  if (field || event.ctrlKey || event.metaKey || event.altKey || !KEYS[event.key]) return;
  event.preventDefault();
  KEYS[event.key]();
});
entries.forEach((one, place) => {
  all("a", one)[0].addEventListener("click", (event) => {
    event.preventDefault();
    show(place);
  });
});
all("button[data-mode]").forEach((one) => one.addEventListener("click", () => look(one.dataset.mode)));
all(".bar input").forEach((one) =>
  one.addEventListener("input", () => document.body.style.setProperty("--cut", `${one.value}%`)),
);
all("nav input").forEach((one) => one.addEventListener("change", command));
if (sections.length) {
  document.body.classList.add("-live");
  command();
  show(Math.max(0, sections.findIndex((one) => `#${one.id}` === location.hash)));
}
