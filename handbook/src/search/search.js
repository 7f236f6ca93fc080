// The search of one book. The index has stems and their places; a word that the book does not
// have is looked up by the longest stem it begins with, so that its endings do not matter.
"use strict";
(() => {
  const index = globalThis.ictekoIndex;
  const form = document.querySelector("form.search");
  if (!index || !form) return;
  const names = Object.keys(index.stems);
  const known = (word) => Object.hasOwn(index.stems, word);

  function stemOf(word) {
    if (Object.hasOwn(index.forms, word)) return index.forms[word];
    for (let end = word.length; end >= 3 && word.length - end <= 8; end--) {
      if (known(word.slice(0, end))) return word.slice(0, end);
    }
    return null;
  }

  function alike(a, b) {
    const least = Math.max(4, Math.min(a.length, b.length) - 2);
    return Math.abs(a.length - b.length) <= 3 && a.slice(0, least) === b.slice(0, least);
  }

  // Places of a word with their weight: its own stem, words it begins, words much like it.
  function places(word) {
    const found = new Map();
    const add = (stem, weight) => {
      const all = index.stems[stem];
      for (const place of all) {
        const doc = place >> 1;
        const worth = (weight * (place & 1 ? 6 : 1)) / Math.sqrt(all.length);
        found.set(doc, Math.max(found.get(doc) || 0, worth));
      }
    };
    const stem = stemOf(word);
    if (stem) add(stem, 10);
    for (const name of names) if (word.length > 2 && name.startsWith(word)) add(name, 6);
    if (found.size < 4) {
      for (const name of names) if (alike(name, stem || word)) add(name, 2);
    }
    return found;
  }

  function search(text) {
    const words = text.toLowerCase().replaceAll("\u00ad", "").match(/[\p{L}\p{N}]+/gu) || [];
    const all = words.filter((word) => word.length > 1).map(places);
    const sums = new Map();
    for (const found of all) {
      for (const [doc, worth] of found) {
        const sum = sums.get(doc) || { worth: 0, words: 0 };
        sums.set(doc, { worth: sum.worth + worth, words: sum.words + 1 });
      }
    }
    const ranked = [...sums].sort(
      ([a, x], [b, y]) => y.words - x.words || y.worth - x.worth || a - b,
    );
    const most = ranked.length ? ranked[0][1].words : 0;
    return ranked.filter(([, sum]) => sum.words === most).map(([doc]) => doc);
  }

  const results = document.getElementById("results");
  const status = document.getElementById("found");
  function show() {
    const text = form.q.value.trim();
    const found = text.length < 2 ? [] : search(text).slice(0, 30);
    results.replaceChildren(
      ...found.map((doc) => {
        const [title, context, to, text] = index.docs[doc];
        const item = document.createElement("li");
        const link = item.appendChild(document.createElement("a"));
        link.href = to;
        link.textContent = title;
        for (const [kind, words] of [["context", context], ["snippet", text]]) {
          const line = item.appendChild(document.createElement("p"));
          line.className = kind;
          line.textContent = words;
        }
        return item;
      }),
    );
    const words = found.length ? form.dataset.found.replace("#", found.length) : form.dataset.none;
    status.textContent = text.length < 2 ? "" : words;
  }

  form.hidden = false;
  form.q.value = new URLSearchParams(location.search).get("q") || "";
  form.addEventListener("input", show);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    show();
  });
  show();
})();
