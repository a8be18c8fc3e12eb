"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const { acts, lines, steps, looks, rows, screens } = data;
  const at = (id) => document.getElementById(id);
  const CELL = 12, HIGH = 24, SIZE = 20, SVG = "http://www.w3.org/2000/svg";
  const WIDE = 1700;
  let current = 0, view = window.innerWidth >= WIDE ? "both" : "now", way = "drawn";

  const make = (tag, className, text) => {
    const node = document.createElement(tag);
    if (className) node.className = className;
    if (text !== undefined) node.textContent = text;
    return node;
  };
  const shape = (tag, attributes, text) => {
    const node = document.createElementNS(SVG, tag);
    for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
    if (text !== undefined) node.textContent = text;
    return node;
  };
  const textOf = (row) => row.map((run) => run[0]).join("");
  const widthOf = (run) => run[2] === undefined ? run[0].length : run[2];
  const different = (act) => {
    const was = screens[act.before], now = screens[act.after], found = new Set();
    for (let row = 0; row < Math.max(was.length, now.length); row++) if (was[row] !== now[row]) found.add(row);
    return found;
  };

  // A screen as the terminal draws it: backgrounds, then texts, each in its own columns.
  const columnsOf = (screen) => Math.max(1, ...screen.map((row) => rows[row].reduce((sum, run) => sum + widthOf(run), 0)));
  const picture = (screen, marked) => {
    const wide = columnsOf(screen);
    const svg = shape("svg", { viewBox: `-8 -4 ${wide * CELL + 16} ${screen.length * HIGH + 8}`, role: "img" });
    const backs = shape("g", { "shape-rendering": "crispEdges" }), letters = shape("g", { "font-size": SIZE });
    screen.forEach((row, y) => {
      let x = 0;
      for (const run of rows[row]) {
        const [text, look] = run, [ink, back, marks] = looks[look], columns = widthOf(run);
        if (back) backs.append(shape("rect", { x: x * CELL, y: y * HIGH, width: columns * CELL, height: HIGH + .4, fill: back }));
        const first = text.length - text.trimStart().length, shown = text.trim();
        if (shown) {
          const short = columns === text.length, begin = short ? x + first : x;
          const attributes = { x: begin * CELL, y: y * HIGH + 18, fill: ink, textLength: (short ? shown.length : columns) * CELL, lengthAdjust: "spacingAndGlyphs" };
          if (marks.includes("b")) attributes["font-weight"] = 700;
          if (marks.includes("i")) attributes["font-style"] = "italic";
          if (/[us]/.test(marks)) attributes["text-decoration"] = `${marks.includes("u") ? "underline" : ""} ${marks.includes("s") ? "line-through" : ""}`;
          letters.append(shape("text", attributes, (short ? shown : text).replaceAll(" ", "\u00a0")));
        }
        x += columns;
      }
      if (marked.has(y)) svg.append(shape("rect", { x: -7, y: y * HIGH, width: 4, height: HIGH, fill: "#5cb8ff" }));
    });
    svg.prepend(backs, letters);
    return svg;
  };
  const words = (screen, marked) => {
    const pre = make("pre");
    pre.style.fontSize = `min(13.5px, calc((100cqw - 28px) / ${columnsOf(screen) * .602}))`;
    screen.forEach((row, y) => pre.append(make(marked.has(y) ? "b" : "span", "", textOf(rows[row]).trimEnd()), "\n"));
    return pre;
  };
  const draw = (id, number, marked) => {
    const place = at(id).querySelector(".screen"), screen = screens[number];
    place.setAttribute("aria-label", screen.map((row) => textOf(rows[row]).trimEnd()).join("\n"));
    place.replaceChildren(!screen.length ? make("p", "", "Het programma is gestopt.") : way === "drawn" ? picture(screen, marked) : words(screen, marked));
  };

  const seconds = (number) => `${number.toFixed(number < 10 ? 2 : 1).replace(".", ",")} s`;
  const lineOf = [], items = [];
  const list = () => {
    const first = new Map();
    acts.forEach((act, place) => { if (!first.has(act.line)) first.set(act.line, place); });
    const last = Math.max(0, ...acts.map((act) => act.line));
    const wrong = new Set(acts.filter((act) => act.wrong).map((act) => act.line));
    let inside = false;
    lines.forEach((text, index) => {
      const item = make("li"), number = index + 1;
      item.id = `line-${number}`;
      item.setAttribute("role", "option");
      item.setAttribute("aria-selected", "false");
      const fence = /^\s*(```|~~~)/.test(text), opens = fence && /esis\s*$/i.test(text);
      item.append(make("span", "number", String(number)), make("span", "", text || " "));
      if (first.has(number)) {
        const here = acts.filter((act) => act.line === number);
        const changed = here.reduce((sum, act) => sum + act.changes.length, 0), spent = here.reduce((sum, act) => sum + act.seconds, 0);
        item.classList.add("does");
        item.append(make("span", "marks", [changed ? `◆\u00a0${changed}` : "", spent >= .5 ? seconds(spent) : ""].filter(Boolean).join(" · ")));
        item.addEventListener("click", () => go(first.get(number)));
        if (changed) item.title = `${changed} wijziging${changed === 1 ? "" : "en"} op het bestuur`;
      } else if (inside && !fence && text.trim() && number > last) item.classList.add("unplayed");
      if (/^#{1,4}\s|^\d{1,3}\.\s/.test(text) && !inside) item.classList.add("heading");
      if (wrong.has(number)) item.classList.add("wrong");
      if (fence) inside = opens && !inside;
      lineOf[number] = item;
      items.push(item);
    });
    at("lines").append(...items);
    const end = Math.max(1, acts.length - 1);
    acts.forEach((act, place) => {
      if (!act.changes.length && !act.wrong) return;
      const tick = make("i", act.wrong ? "wrong" : "");
      tick.style.left = `${place / end * 100}%`;
      at("ticks").append(tick);
    });
  };

  const keysOf = (act) => {
    const found = act.keys.map((key) => make("span", key.length > 1 && key.startsWith('"') ? "typed" : "", key));
    at("keys").replaceChildren(...(found.length ? found.flatMap((key) => [key, " "]) : ["geen"]));
  };
  const KIND = { erbij: "came", weg: "went", gewijzigd: "changed" };
  const boardOf = (act) => {
    if (!act.changes.length) { at("board").replaceChildren(make("p", "none", "Niets gewijzigd.")); return; }
    const table = make("table"), head = make("tr");
    for (const title of ["Wat", "Welke", "", "Veld: was → is"]) head.append(make("th", "", title));
    table.append(head);
    for (const one of act.changes) {
      const row = make("tr"), fields = make("ul");
      for (const field of one.fields) {
        const item = make("li", "", `${field.name}: `);
        if (field.was) item.append(make("del", "", field.was), " → ");
        item.append(make("span", "", field.now));
        fields.append(item);
      }
      const cell = make("td");
      cell.append(fields);
      row.append(make("td", "", one.table), make("td", "", one.record), make("td", KIND[one.what], one.what), cell);
      table.append(row);
    }
    at("board").replaceChildren(table);
  };

  const show = () => {
    const act = acts[current], marked = different(act);
    for (const item of items) if (item.getAttribute("aria-selected") === "true") item.setAttribute("aria-selected", "false");
    const item = lineOf[act.line];
    if (item) {
      item.setAttribute("aria-selected", "true");
      at("lines").setAttribute("aria-activedescendant", item.id);
      item.scrollIntoView({ block: "nearest" });
    }
    const step = act.step ? `stap ${act.step}` : "inleiding";
    at("slider").value = current;
    at("slider").setAttribute("aria-valuetext", `regel ${act.line}: ${act.text}`);
    at("where").textContent = `${current + 1} van ${acts.length} · regel ${act.line} · ${step} · ${seconds(act.seconds)}`;
    at("back").disabled = current === 0;
    at("on").disabled = current === acts.length - 1;
    at("command").textContent = act.text;
    at("wrong").hidden = !act.wrong;
    at("wrong").textContent = act.wrong ? `× ${act.wrong}` : "";
    const number = marked.size;
    at("same").textContent = [number ? `${number} ${number === 1 ? "rij" : "rijen"} anders` : "Het scherm bleef gelijk", act.now && `schooltijd ${act.now}`].filter(Boolean).join(" · ");
    for (const name of ["was", "now", "both"]) at(name).setAttribute("aria-pressed", String(view === name));
    for (const name of ["drawn", "text"]) at(name).setAttribute("aria-pressed", String(way === name));
    at("screens").className = view;
    at("figure-was").hidden = view === "now";
    at("figure-now").hidden = view === "was";
    if (view !== "now") draw("figure-was", act.before, new Set());
    if (view !== "was") draw("figure-now", act.after, marked);
    keysOf(act);
    boardOf(act);
    at("log-part").hidden = !act.log.length;
    at("log").textContent = act.log.join("\n");
    history.replaceState(null, "", `#${current + 1}`);
  };
  const go = (place) => { current = Math.min(acts.length - 1, Math.max(0, place)); show(); };
  const look = (name) => { view = name; show(); };
  const as = (name) => { way = name; show(); };
  const find = (from, step, matches) => {
    for (let place = from; place >= 0 && place < acts.length; place += step) if (matches(acts[place])) return place;
    return -1;
  };
  const toStep = (direction) => {
    const now = acts[current].step;
    if (direction > 0) { const found = find(current, 1, (act) => act.step !== now); go(found < 0 ? acts.length - 1 : found); return; }
    const begin = find(0, 1, (act) => act.step === now);
    if (begin < current) { go(begin); return; }
    go(find(0, 1, (act) => act.step === acts[Math.max(0, begin - 1)].step));
  };
  const toFailed = () => {
    const next = find(current + 1, 1, (act) => act.wrong);
    const found = next < 0 ? find(0, 1, (act) => act.wrong) : next;
    if (found >= 0) go(found);
  };
  const toChanged = () => { const found = find(current + 1, 1, (act) => act.changes.length); if (found >= 0) go(found); };

  const KEYS = {
    ArrowLeft: () => go(current - 1), ArrowRight: () => go(current + 1), Home: () => go(0), End: () => go(acts.length - 1),
    PageUp: () => toStep(-1), PageDown: () => toStep(1), f: toFailed, w: toChanged,
    v: () => look("was"), n: () => look("now"), b: () => look("both"), p: () => as("drawn"), t: () => as("text"),
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const among = document.activeElement === at("lines") || document.activeElement === at("slider");
    const key = among && event.key === "ArrowUp" ? "ArrowLeft" : among && event.key === "ArrowDown" ? "ArrowRight" : event.key;
    const act = KEYS[key.length === 1 ? key.toLowerCase() : key];
    if (act) { event.preventDefault(); act(); }
  });
  at("slider").max = acts.length - 1;
  at("slider").addEventListener("input", () => go(Number(at("slider").value)));
  at("back").addEventListener("click", () => go(current - 1));
  at("on").addEventListener("click", () => go(current + 1));
  for (const name of ["was", "now", "both"]) at(name).addEventListener("click", () => look(name));
  for (const name of ["drawn", "text"]) at(name).addEventListener("click", () => as(name));

  // The letters of the pictures, unpacked; until then, and in an old browser, those of the machine.
  const letters = async () => {
    const packed = Uint8Array.from(atob(at("letters").textContent), (character) => character.charCodeAt(0));
    const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
    const font = new FontFace("Fira Code", await new Response(stream).arrayBuffer(), { weight: "300 700" });
    document.fonts.add(await font.load());
    document.documentElement.dataset.letters = "own";
  };
  list();
  const asked = Number(location.hash.slice(1));
  const failed = find(0, 1, (act) => act.wrong);
  go(asked > 0 ? asked - 1 : failed >= 0 ? failed : 0);
  letters().catch(() => { document.documentElement.dataset.letters = "machine"; });
})();
