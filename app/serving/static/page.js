// What a page of ESIS does beyond drawing, which textual.js does: it says why it stopped, asks before something is lost, and copies
// and pastes. The connection of textual.js is ours: besides what is drawn, the server sends ["say", SENTENCE], ["stake", WHAT] and
// ["ended", WHY] (app/serving/page.py).
const find = (selector) => document.querySelector(selector);
const terminal = find("#terminal");
const ended = find(".ended");
const notice = find(".notice");

function say(sentence, untilUsed = false) {
  notice.textContent = sentence;
  notice.hidden = !sentence;
  notice.untilUsed = untilUsed;
}

const told = {
  say: (sentence) => say(sentence, true),
  stake: (what) => (ended.dataset.stake = what),
  ended: (why) => (find("#why").textContent = why),
};

class Connection extends WebSocket {
  constructor(address) {
    super(address);
    this.addEventListener("message", ({ data }) => {
      if (typeof data !== "string") return;
      const [kind, what] = JSON.parse(data);
      if (Object.hasOwn(told, kind)) told[kind](what);
    });
  }

  send(message) {
    if (this.readyState !== WebSocket.OPEN) return;
    const typed = message.startsWith('["stdin"');
    if (typed && new TextEncoder().encode(message).length > Number(terminal.dataset.largest)) {
      say("Dat is te veel om in één keer te plakken. Er is niets geplakt, en wat u had ingevuld, staat er nog. Plak een kleiner stuk.");
      return;
    }
    if (typed && notice.untilUsed) say("");
    super.send(message);
  }
}
window.WebSocket = Connection;

// Whoever opens the page can type at once: the terminal gets the keyboard as soon as it has drawn something.
new MutationObserver(() => find(".xterm-helper-textarea")?.focus()).observe(document.body, {
  attributes: true,
  attributeFilter: ["class"],
});

// Nothing is lost unasked: the browser asks itself, in its own words.
window.addEventListener("beforeunload", (event) => {
  if (ended.dataset.stake && !document.body.classList.contains("-closed")) {
    event.preventDefault();
    event.returnValue = true;
  }
});

// What the program copies comes here by way of textual.js. On plain http the browser has no clipboard for a page, and then an older
// way often works. Where none does, the page says so, and Ctrl+V pastes what the program copied itself.
const computers = navigator.clipboard;
let copiedHereOnly = false;

function copyTheOldWay(text) {
  const field = document.createElement("textarea");
  field.value = text;
  document.body.append(field);
  field.select();
  const copied = document.execCommand("copy");
  field.remove();
  find(".xterm-helper-textarea")?.focus();
  return copied;
}

async function copy(text) {
  try {
    await computers.writeText(text);
    copiedHereOnly = false;
  } catch {
    copiedHereOnly = !copyTheOldWay(text);
  }
  if (copiedHereOnly) {
    say("De browser laat ESIS hier niet kopiëren naar de computer. In ESIS plakt u het met Ctrl+V; elders niet. Wat u elders kopieert, plakt u hier met Ctrl+Shift+V.");
  }
}

Object.defineProperty(navigator, "clipboard", { value: { writeText: copy, readText: async () => "" } });

// Ctrl+V is the browser's own key to paste, which needs no leave: kept from the terminal, it gives the terminal what to paste.
window.addEventListener(
  "keydown",
  (event) => {
    if (event.key !== "Control" && event.key !== "Shift") say("");
    const pastes = event.ctrlKey && !event.shiftKey && !event.altKey && !event.metaKey && event.key.toLowerCase() === "v";
    if (pastes && !copiedHereOnly) event.stopImmediatePropagation();
  },
  true,
);
window.addEventListener("mousedown", () => say(""), true);
