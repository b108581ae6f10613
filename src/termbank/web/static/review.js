// Keys and small moves of the review page; every change itself is a request to the server.
"use strict";
(() => {
  const find = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const card = () => find("#card");
  const row = (id) => all("#list .row").find((one) => one.dataset.id === id);
  let busy = false;

  // A key pressed before the next card is there is not taken for a decision on it.
  function wait(on) {
    busy = on;
    find(".work")?.setAttribute("aria-busy", String(on));
  }

  function send(url, context) {
    if (busy) return;
    wait(true);
    htmx.ajax("POST", document.documentElement.dataset.root + url, { target: "#card", swap: "outerHTML", ...context })
      .finally(() => wait(false));
  }

  function post(url, values) {
    const source = card();
    if (!source) return;
    const following = row(source.dataset.id)?.nextElementSibling?.dataset.id ?? "";
    const shared = { queue: queue(), q: find("#q")?.value ?? "", next: following };
    send(url, { source, values: { ...shared, ...values } });
  }

  const queue = () => find('.search input[name="queue"]')?.value ?? "";

  function decide(action) {
    if (find('#list input[name="ticked"]:checked')) return many(action);
    post("/decide", { verdict: action });
  }

  function many(action) {
    const form = find("#many");
    if (!action) {
      all('#list input[name="ticked"]:checked').forEach((box) => { box.checked = false; });
      return showTicked();
    }
    const ticked = all('#list input[name="ticked"]:checked').map((box) => box.value);
    if (!form || !ticked.length) return;
    send("/decide-many", { source: form, values: { verdict: action } });
  }

  function showTicked() {
    const count = all('#list input[name="ticked"]:checked').length;
    const form = find("#many");
    if (!form) return;
    form.hidden = count === 0;
    find("#ticked-count").textContent = String(count);
  }

  function choose() {
    const leads = all('input[name="preferred"]', card())
      .filter((one) => all('input[name="member"]', card())[Number(one.value)]?.checked);
    if (!leads.length) return;
    const at = leads.findIndex((one) => one.checked);
    leads[(at + 1) % leads.length].checked = true;
  }

  function toggle(number) {
    const box = all('input[type="checkbox"][name="member"]', card())[number - 1];
    if (box && !box.disabled) {
      box.checked = !box.checked;
      const lead = find('input[name="preferred"]:checked', card());
      if (lead && lead.value === box.value && !box.checked) choose();
    }
  }

  function move(step) {
    const rows = all("#list .row");
    const at = rows.findIndex((one) => one.dataset.id === card()?.dataset.id);
    rows[Math.min(Math.max(at + step, 0), rows.length - 1)]?.querySelector("a")?.click();
  }

  function show(name) {
    const panel = find(`#${name}`, card());
    if (!panel) return;
    panel.hidden = !panel.hidden;
    if (!panel.hidden) find("input", panel)?.focus();
  }

  const doings = {
    choose,
    help: () => { const help = find("#help"); help?.open ? help.close() : help?.showModal(); },
    note: () => {
      const why = find(".why", card());
      if (why) { why.hidden = false; find("input", why).focus(); }
    },
  };

  function press(button) {
    const { action, mark, show: panel, undo, do: doing } = button.dataset;
    if (action) decide(action);
    else if (mark) post("/mark", { verdict: mark });
    else if (undo) post("/undo", {});
    else if (panel) show(panel);
    else if (doing) doings[doing]?.();
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    if (button.dataset.key !== undefined) {
      event.preventDefault();
      press(button);
    } else if (button.dataset.many !== undefined) many(button.dataset.many);
    else if (button.dataset.post) post(button.dataset.post, {});
    else if (button.dataset.close) find(`#${button.dataset.close}`).close();
  });

  document.addEventListener("change", (event) => {
    if (event.target.name === "ticked") showTicked();
  });

  const typing = (element) =>
    element.matches("textarea, select, input:not([type=checkbox]):not([type=radio])");

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (!card() || find("dialog[open]")) {
      if (event.key === "?" && find("dialog[open]")) doings.help();
      return;
    }
    if (typing(event.target)) {
      if (event.key === "Escape") event.target.blur();
      if (event.key === "Enter" && event.target.name === "why") {
        event.preventDefault();
        event.target.blur();
      } else if (event.key === "Enter" && event.target.closest(".panel")) {
        event.preventDefault();
        find("button[data-post]", event.target.closest(".panel"))?.click();
      } else if (event.key === "Enter" && card().contains(event.target)) {
        event.preventDefault();
        event.target.blur();
      }
      return;
    }
    const onButton = event.target.matches("button, a, summary");
    if (onButton && (event.key === "Enter" || event.key === " ")) return;
    if (event.key === "/") find("#q")?.focus();
    else if (event.key === "j" || event.key === "ArrowDown") move(1);
    else if (event.key === "k" || event.key === "ArrowUp") move(-1);
    else if (event.key === "v") {
      const box = row(card().dataset.id)?.querySelector("input");
      if (box) { box.checked = !box.checked; showTicked(); move(1); }
    } else if (event.key === "Escape") many("");
    else if (/^[1-9]$/.test(event.key)) toggle(Number(event.key));
    else {
      const button = all("button[data-key]", card()).find((one) => one.dataset.key === event.key);
      if (!button) return;
      press(button);
    }
    event.preventDefault();
  });

  function settle() {
    all("#list .row.current").forEach((one) => {
      one.classList.remove("current");
      find("a", one)?.removeAttribute("aria-current");
    });
    const current = row(card()?.dataset.id);
    if (current) {
      current.classList.add("current");
      find("a", current)?.setAttribute("aria-current", "true");
      current.scrollIntoView({ block: "nearest" });
    }
  }

  document.addEventListener("htmx:after:swap", (event) => {
    settle();
    showTicked();
    // The heading of a new card takes the focus, so that it is read out and keys work.
    const swapped = event.detail?.ctx?.target?.id === "card" || event.target?.id === "card";
    if (swapped || document.activeElement === document.body) {
      find("h2", card() ?? document)?.focus({ preventScroll: true });
    }
  });
  document.addEventListener("DOMContentLoaded", () => {
    settle();
    if (card()) find("h2", card())?.focus({ preventScroll: true });
  });
})();
