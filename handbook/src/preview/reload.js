// Waits for a change in the text and loads the page anew, and says how much is open in the whole
// book. Only previews have it.
"use strict";
const shown = document.currentScript.dataset.generation;
(async function wait() {
  try {
    const answer = await fetch("/_preview/changes?since=" + shown);
    if (answer.ok && (await answer.text()) !== shown) {
      location.reload();
      return;
    }
    if (!answer.ok) throw new Error(answer.statusText);
  } catch {
    // The preview has ended or is being started again.
    await new Promise((done) => setTimeout(done, 1000));
  }
  wait();
})();
(async function open() {
  const header = document.querySelector("body > header");
  if (!header || !/^\/[^/]+\/[^/]+\//.test(location.pathname)) return;
  const answer = await fetch("_problems.txt");
  const count = answer.ok ? await answer.text() : "";
  if (!count) return;
  const line = document.createElement("p");
  const link = document.createElement("a");
  line.className = "banner";
  link.href = "_problems";
  link.textContent = count;
  line.append(link);
  header.prepend(line);
})().catch(() => {});
