// Waits for a change in the text and loads the page anew. Only previews have it.
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
