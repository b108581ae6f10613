"use strict";
(() => {
  const box = document.getElementById("q"), kind = document.getElementById("kind");
  const shown = document.getElementById("shown"), rows = [...document.querySelectorAll("tbody tr")];
  // The same folding as the look-up: width, case, and hiragana as katakana.
  const fold = (text) => text.normalize("NFKC").toLowerCase()
    .replace(/[\u3041-\u3096]/g, (one) => String.fromCharCode(one.charCodeAt(0) + 0x60));
  const keys = rows.map((row) => fold(row.dataset.find));
  function filter() {
    const wanted = fold(box.value.trim());
    let count = 0;
    rows.forEach((row, at) => {
      const fits = keys[at].includes(wanted) && (!kind.value || row.dataset.kind === kind.value);
      row.hidden = !fits;
      count += fits;
    });
    shown.textContent = String(count);
  }
  box.addEventListener("input", filter);
  kind.addEventListener("change", filter);
  const asked = new URLSearchParams(location.search).get("q");
  if (asked) box.value = asked;
  filter();
})();
