// Below the terminal: keys to tap, for who has no keyboard, and a switch that lets a screen reader read the terminal. What the screen
// in front offers comes from the server as ["keys", [[WHAT IS TYPED, LABEL], ...]] (app/serving/page.py).
const row = find(".keys");
const offered = find(".of-screen");

// textual.js keeps the terminal to itself: its owner is caught as it is made, at the first thing that it notes.
let owner;
Object.defineProperty(Object.prototype, "websocket_url", {
  configurable: true,
  set(address) {
    delete Object.prototype.websocket_url;
    owner = this;
    this.websocket_url = address;
  },
});

function button([types, label]) {
  const made = document.createElement("button");
  made.type = "button";
  made.dataset.types = JSON.stringify(types).slice(1, -1);
  made.textContent = label;
  return made;
}

told.keys = (keys) => offered.replaceChildren(...keys.map(button));

// A tap types, and leaves the keyboard where it was: with the terminal, and on a tablet on the screen or not.
row.addEventListener("pointerdown", (event) => event.preventDefault());
row.addEventListener("click", ({ target }) => {
  const types = target.closest("button")?.dataset.types;
  if (types) owner?.socket?.send(JSON.stringify(["stdin", JSON.parse(`"${types}"`)]));
});

function fit() {
  window.dispatchEvent(new Event("resize"));
}

// A browser that keeps no settings for a page forgets these two.
function kept(name, otherwise) {
  try {
    return JSON.parse(localStorage.getItem(name)) ?? otherwise;
  } catch {
    return otherwise;
  }
}

function switched(id, name, otherwise, set) {
  const knob = find(id);
  const put = (on) => {
    knob.setAttribute("aria-pressed", on);
    set(on);
  };
  knob.addEventListener("pointerdown", (event) => event.preventDefault());
  knob.addEventListener("click", () => {
    const on = knob.getAttribute("aria-pressed") !== "true";
    put(on);
    try {
      localStorage.setItem(name, JSON.stringify(on));
    } catch {}
    find(".xterm-helper-textarea")?.focus();
  });
  put(kept(name, otherwise));
}

window.addEventListener("load", () => {
  const { terminal } = owner;
  terminal.constructor.strings.tooMuchOutput = "Er staat te veel om voor te lezen; ga er regel voor regel doorheen.";
  terminal.textarea?.setAttribute("aria-label", "ESIS: hier typt u");
  switched("#show-keys", "esis-keys", matchMedia("(pointer: coarse)").matches, (on) => {
    row.hidden = !on;
    fit();
  });
  switched("#screen-reader", "esis-screen-reader", false, (on) => (terminal.options.screenReaderMode = on));
});

// A keyboard on the screen covers the lower part of the page in browsers that do not make the page less high for it.
window.visualViewport?.addEventListener("resize", () => {
  const { height, offsetTop, scale } = window.visualViewport;
  const covered = scale === 1 ? Math.max(0, window.innerHeight - height - offsetTop) : 0;
  document.body.style.setProperty("--covered", `${covered}px`);
  fit();
});
