// The comfort of a page of items: each answer is saved in the background as it is given.
// Without this script the page's own buttons save it, and that stays the way on. Where there is a
// keyboard, number keys choose an option.
//
// What the server has not acknowledged lies in this tab (sessionStorage) until it has:
//   sent  the save that is under way; it is repeated under the same key until it is answered
//   wait  changes since then, by page and item
//   bad   answers that the server could not keep; the page's button tells why
(() => {
  const form = document.getElementById("answers");
  if (!form || !form.requestSubmit || !window.fetch || !window.AbortController) return;
  const line = document.getElementById("save-state");
  const told = document.getElementById("save-trouble");
  const say = line.dataset;
  const section = form.dataset.section;
  const KEY = "icteko-unsent";
  // A new name each time the page is opened: a copied tab must not count on with the same numbers.
  const tab = [...crypto.getRandomValues(new Uint8Array(8))]
    .map((byte) => byte.toString(16).padStart(2, "0"))
    .join("");
  let number = 0;
  let timer = 0;
  let since = 0;
  let tries = 0;
  let running = null;
  let trouble = "";
  let stopped = false;
  let leaving = false;
  let kept = read();

  function read() {
    try {
      const found = JSON.parse(sessionStorage.getItem(KEY));
      if (found && found.draft === form.dataset.draft) return found;
    } catch {
      // Nothing there, or nothing may be kept there: then the tab's memory has to do.
    }
    return { draft: form.dataset.draft, sent: null, wait: {}, bad: {} };
  }

  function store() {
    try {
      if (unsent() || Object.keys(kept.bad).length) sessionStorage.setItem(KEY, JSON.stringify(kept));
      else sessionStorage.removeItem(KEY);
    } catch {
      // As above.
    }
  }

  const unsent = () => kept.sent !== null || Object.keys(kept.wait).length > 0;

  function put(place, page, item, values) {
    if (!place[page]) place[page] = {};
    place[page][item] = values;
  }

  function drop(place, page, item) {
    if (!place[page]) return;
    delete place[page][item];
    if (!Object.keys(place[page]).length) delete place[page];
  }

  // One clear state: a line that says what is saved, or a warning that says what is not.
  function show() {
    const warning = trouble || (kept.bad[section] ? say.refused : "");
    if (told.textContent !== warning) told.textContent = warning;
    const calm = unsent() ? say.saving : say.saved;
    const text = warning && warning !== say.recovered ? "" : calm;
    if (line.textContent !== text) line.textContent = text;
    line.dataset.state = unsent() ? "unsaved" : "saved";
  }

  function guard(event) {
    event.preventDefault();
  }

  function worry(text) {
    trouble = text;
    addEventListener("beforeunload", guard);
  }

  // Asks for the page anew; a reload would post a form that was refused once more.
  function look() {
    location.replace(form.action);
  }

  function later(wait) {
    clearTimeout(timer);
    timer = setTimeout(flush, wait);
  }

  async function post(save) {
    const body = new URLSearchParams({ go: "keep", tab: save.tab, n: save.n });
    const items = Object.keys(save.items).join(" ");
    body.append("shown", items);
    body.append("changed", items);
    if (form.elements.time) body.append("time", form.elements.time.value);
    for (const [item, values] of Object.entries(save.items)) {
      for (const value of values) body.append("a." + item, value);
    }
    const text = body.toString();
    const ending = new AbortController();
    const bell = setTimeout(() => ending.abort(), 10000);
    try {
      const answer = await fetch(form.action.replace(/[^/]*$/, save.section), {
        method: "POST",
        body,
        redirect: "manual",
        credentials: "same-origin",
        // So that it goes out although the page is left; browsers take 64 kB of these.
        keepalive: text.length < 30000,
        signal: ending.signal,
      });
      if (answer.status === 200) return { kind: "kept", ...(await answer.json()) };
      const again = answer.status >= 500 || answer.status === 429 || answer.status === 408;
      if (again) return { kind: "again", wait: 1000 * Number(answer.headers.get("retry-after")) };
      const gone = answer.type === "opaqueredirect" || [401, 409, 410].includes(answer.status);
      return { kind: gone ? "gone" : "refused" };
    } catch {
      return { kind: "again", wait: 0 };
    } finally {
      clearTimeout(bell);
    }
  }

  function settle(answer) {
    const { section: page, items } = kept.sent;
    for (const item of answer.refused) {
      const newer = kept.wait[page] && kept.wait[page][item];
      if (!newer && items[item]) put(kept.bad, page, item, items[item]);
    }
    kept.sent = null;
    tries = 0;
    store();
    const label = document.getElementById("progress-label");
    const bar = document.querySelector(".progress progress");
    if (label && bar) {
      label.textContent = answer.progress;
      bar.max = Math.max(answer.asked, 1);
      bar.value = answer.answered;
    }
  }

  // Sends what is unsent, one save at a time, and says whether all of it has been acknowledged.
  async function work() {
    while (unsent()) {
      if (!kept.sent) {
        const page = kept.wait[section] ? section : Object.keys(kept.wait)[0];
        number += 1;
        kept.sent = { tab, n: number, section: page, items: kept.wait[page] };
        delete kept.wait[page];
        store();
      }
      show();
      const answer = await post(kept.sent);
      if (answer.kind === "kept") {
        settle(answer);
      } else if (answer.kind === "again") {
        tries += 1;
        worry(say.offline);
        const pause = Math.min(30000, 500 * 2 ** tries) * (0.5 + Math.random());
        later(Math.max(pause, answer.wait || 0));
        show();
        return false;
      } else if (answer.kind === "gone") {
        // Sent from another tab, closed, or the code is asked for again: the server's page says
        // it, and what is unsent stays in the tab until then.
        stopped = true;
        removeEventListener("beforeunload", guard);
        look();
        return false;
      } else if (kept.sent.section !== section) {
        // A page that this questionnaire does not have any more.
        kept.sent = null;
        store();
      } else {
        stopped = true;
        trouble = say.unsaved;
        show();
        return false;
      }
    }
    removeEventListener("beforeunload", guard);
    if (trouble && trouble !== say.recovered) trouble = say.recovered;
    show();
    return true;
  }

  function flush() {
    clearTimeout(timer);
    timer = 0;
    if (stopped) return Promise.resolve(false);
    if (!running) running = work().finally(() => (running = null));
    return running;
  }

  form.addEventListener("input", (event) => {
    const name = event.target.name || "";
    if (!name.startsWith("a.") || stopped) return;
    const item = name.slice(2);
    put(kept.wait, section, item, new FormData(form).getAll(name));
    drop(kept.bad, section, item);
    if (trouble === say.recovered) trouble = "";
    store();
    show();
    // A choice is saved at once, a text at a pause in typing or every ten seconds: a code may save
    // 600 times an hour. A wait after a failure goes on.
    if (tries > 0) return;
    const now = Date.now();
    if (!timer) since = now;
    const typing = event.target.type === "textarea";
    if (typing) later(Math.min(1500, Math.max(0, since + 10000 - now)));
    else later(100);
  });

  // The page's own form goes out. All is saved by then; what could not be kept is sent along, so
  // that the next page tells why.
  function pass() {
    const field = document.createElement("input");
    field.type = "hidden";
    field.name = "changed";
    field.value = Object.keys(kept.bad[section] || {}).join(" ");
    form.append(field);
    delete kept.bad[section];
    store();
    stopped = true;
    removeEventListener("beforeunload", guard);
    // A second press in the same breath finds nothing to press.
    setTimeout(() => setTimeout(() => form.addEventListener("submit", guard, true)));
  }

  async function wait(button) {
    leaving = true;
    if (await flush()) {
      pass();
    } else if (!stopped) {
      leaving = false;
      worry(say.stay);
      return show();
    }
    // Not from within the form's own event, where a browser would not hear of it.
    setTimeout(() => form.requestSubmit(button));
  }

  form.addEventListener("submit", (event) => {
    if (stopped) {
      // The page's own form carries all of it now.
      kept.sent = null;
      delete kept.wait[section];
      store();
    } else if (!unsent() && !running) {
      pass();
    } else {
      event.preventDefault();
      if (!leaving) wait(event.submitter);
    }
  });

  const leave = () => {
    if (document.visibilityState === "hidden") flush();
  };
  document.addEventListener("visibilitychange", leave);
  addEventListener("pagehide", leave);
  addEventListener("online", flush);
  // A page out of the browser's memory may be older than what was saved since.
  addEventListener("pageshow", (event) => {
    if (event.persisted) look();
  });

  // Number keys choose an option, only while a question has the focus, and with an off switch that
  // this tab remembers: typing and screen readers' own keys stay as they are (WCAG 2.1.4).
  const keys = document.getElementById("keys");
  const touchOnly = matchMedia("(pointer: coarse)").matches && !matchMedia("(any-pointer: fine)").matches;
  if (keys && !touchOnly) {
    const box = keys.querySelector("input");
    const OFF = "icteko-keys-off";
    const mark = () => form.classList.toggle("numbered", box.checked);
    try {
      box.checked = !sessionStorage.getItem(OFF);
    } catch {
      // Not remembered, then.
    }
    mark();
    keys.hidden = false;
    box.addEventListener("change", () => {
      mark();
      try {
        if (box.checked) sessionStorage.removeItem(OFF);
        else sessionStorage.setItem(OFF, "1");
      } catch {
        // As above.
      }
    });
    form.addEventListener("keydown", (event) => {
      const other = event.ctrlKey || event.altKey || event.metaKey || event.shiftKey || event.repeat;
      if (!box.checked || other || !/^[1-9]$/.test(event.key)) return;
      if (!event.target.matches("input[type=radio], fieldset, [role=radiogroup]")) return;
      const group = event.target.closest("fieldset, [role=radiogroup]");
      const fields = group.querySelectorAll(".options:not(.declined) input[type=radio]");
      const chosen = fields[Number(event.key) - 1];
      if (!chosen) return;
      event.preventDefault();
      chosen.focus();
      chosen.click();
    });
  }

  // What an earlier look at this page could not send stands in its fields again.
  function restore(items) {
    for (const [item, values] of Object.entries(items || {})) {
      for (const field of form.querySelectorAll(`[name="a.${item}"]`)) {
        if (field.type === "textarea") field.value = values[0] || "";
        else field.checked = values.includes(field.value);
      }
    }
  }
  for (const item of (form.dataset.refused || "").split(" ").filter(Boolean)) {
    put(kept.bad, section, item, new FormData(form).getAll("a." + item));
  }
  restore(kept.bad[section]);
  if (kept.sent && kept.sent.section === section) restore(kept.sent.items);
  restore(kept.wait[section]);
  if (unsent()) flush();
  else if (say.fresh) line.textContent = say.fresh;
  if (kept.bad[section] || !say.fresh) show();
})();
