// What needs a script: marking the passages of an item, the list of items on a passage, filters. All reading works
// without it. Text goes from element to element as text; nothing here makes markup.
"use strict";

(() => {
  const byId = (id) => document.getElementById(id);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const listed = (value) => (value || "").split(" ").filter(Boolean);
  const calm = matchMedia("(prefers-reduced-motion: reduce)");

  const items = all(".item");
  const pieces = all("[data-items]");
  const pane = byId("article");
  const bar = byId("bar");

  document.documentElement.classList.add("js");

  // ---- what belongs to an item: its pieces of text, its shapes on the map, its lines of the timeline
  const belongings = new Map(items.map((item) => [item.id, { pieces: [], others: [] }]));
  for (const piece of pieces) for (const id of listed(piece.dataset.items)) belongings.get(id)?.pieces.push(piece);
  for (const shape of all("[data-map]")) for (const id of listed(shape.dataset.map)) belongings.get(id)?.others.push(shape);
  for (const line of all("[data-for]")) belongings.get(line.dataset.for)?.others.push(line);

  let marked = null; // the item whose passages are marked
  let pinned = null; // an item chosen by a click stays marked

  function mark(item) {
    if (item === marked) return;
    all(".on").forEach((one) => one.classList.remove("on"));
    marked = item;
    if (!item) return;
    const own = belongings.get(item.id);
    [item, ...own.pieces, ...own.others].forEach((one) => one.classList.add("on"));
  }

  // ---- moving: the article scrolls in its own pane where it stands beside the summary
  const beside = () => getComputedStyle(pane).position === "sticky";
  const behavior = () => (calm.matches ? "instant" : "smooth");

  function reveal(element) {
    if (!element) return;
    if (!pane.contains(element) || !beside()) {
      element.scrollIntoView({ block: "center", behavior: behavior() });
      return;
    }
    const box = element.getClientRects()[0], frame = pane.getBoundingClientRect();
    if (!box || (box.top > frame.top + 24 && box.bottom < frame.bottom - 60)) return;
    pane.scrollTo({ top: pane.scrollTop + box.top - frame.top - frame.height / 3, behavior: behavior() });
  }

  function arrive(target) {
    all(".here").forEach((one) => one.classList.remove("here"));
    if (!target) return;
    unfilter(target);
    reveal(target);
    target.focus({ preventScroll: true });
    if (target.matches(".passage")) target.classList.add("here");
    if (target.matches(".item")) { pinned = target; mark(target); }
  }

  function go(id) {
    history.pushState(null, "", `#${id}`);
    arrive(byId(id));
  }

  addEventListener("popstate", () => {
    const target = byId(location.hash.slice(1));
    if (target && target.matches(".item, .passage")) arrive(target);
  });

  // ---- from an item to its passages
  let waiting = 0;
  const ready = (item) => { mark(item); reveal(inView(belongings.get(item.id).pieces) ? null : belongings.get(item.id).pieces[0]); };
  function inView(some) {
    const frame = pane.getBoundingClientRect();
    return !beside() || some.some((one) => { const box = one.getBoundingClientRect(); return box.top > frame.top && box.bottom < frame.bottom; });
  }

  for (const item of items) {
    item.addEventListener("pointerenter", (event) => {
      if (event.pointerType !== "mouse" || pinned) return;
      mark(item);
      clearTimeout(waiting);
      waiting = setTimeout(() => { if (marked === item) ready(item); }, 350); // passing over is no wish to go there
    });
    item.addEventListener("pointerleave", () => { clearTimeout(waiting); if (!pinned) mark(null); });
    item.addEventListener("focusin", () => { pinned = item; if (beside()) ready(item); else mark(item); });
    item.addEventListener("click", (event) => {
      if (event.target.closest("a, summary, button") || String(getSelection())) return;
      pinned = pinned === item ? null : item;
      if (pinned) { mark(null); ready(item); }
    });
  }
  addEventListener("pointerdown", (event) => {
    if (pinned && !event.target.closest(".item, #article, .resting, .bar, [data-for]")) { pinned = null; mark(null); }
  });
  addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !document.querySelector(":popover-open")) { pinned = null; mark(null); }
  });

  const returning = byId("return");
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    if (!link || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const id = link.getAttribute("href").slice(1), target = byId(id);
    if (!target?.matches(".item, .passage") || link.matches(".passage")) return;
    event.preventDefault();
    const from = link.closest(".item");
    if (resting.matches(":popover-open")) resting.hidePopover();
    go(id);
    const leads = target.matches(".passage") && from;
    returning.hidden = !leads;
    if (leads) { returning.href = `#${from.id}`; returning.textContent = `Back to: ${title(from)}`; }
  });

  // ---- from a passage to its items
  const resting = byId("resting"), heading = byId("resting-title"), list = byId("resting-items");
  const text = (element) => (element ? element.textContent.replace(/\s+/g, " ").trim() : "");
  const label = (item) => text(item.querySelector(".kind")) || text(byId(`${item.dataset.section}-title`).firstElementChild);
  const what = (item) => item.querySelector(".item.s-party .what > bdi") || item.querySelector(".what");
  const title = (item) => [text(item.querySelector(".number")), text(what(item))].filter(Boolean).join(" ");
  let opener = null;

  for (const passage of all(".passage")) {
    passage.setAttribute("aria-haspopup", "dialog");
    passage.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      const piece = event.detail ? event.target.closest("[data-items]") : null; // by keyboard: the whole passage
      const ids = new Set(piece ? listed(piece.dataset.items) : all("[data-items]", passage).flatMap((one) => listed(one.dataset.items)));
      openList(passage, items.filter((item) => ids.has(item.id)), event);
    });
  }

  function openList(passage, found, event) {
    opener = passage;
    returning.hidden = true;
    heading.textContent = found.length === 1 ? "One item rests on this passage" : `${found.length} items rest on this passage`;
    list.replaceChildren(...found.map((item) => {
      const line = document.createElement("li"), link = document.createElement("a"), kind = document.createElement("span"), words = document.createElement("span");
      line.className = `s-${item.dataset.section}`;
      link.href = `#${item.id}`;
      kind.className = "kind";
      kind.textContent = label(item);
      words.dir = "auto";
      words.textContent = title(item);
      link.append(kind, words);
      line.append(link);
      return line;
    }));
    all(".linked, .chosen").forEach((one) => one.classList.remove("linked", "chosen"));
    passage.classList.add("chosen");
    found.forEach((item) => item.classList.add("linked"));
    resting.showPopover();
    place(passage, event);
    heading.focus({ preventScroll: true });
  }

  function place(passage, event) {
    resting.removeAttribute("style");
    if (matchMedia("(max-width: 40rem)").matches) return; // a sheet at the bottom
    const boxes = [...passage.getClientRects()], first = boxes[0], last = boxes[boxes.length - 1];
    const own = resting.getBoundingClientRect();
    const left = event.detail ? event.clientX - own.width / 2 : last.left;
    const below = last.bottom + 8 + own.height < innerHeight;
    resting.style.left = `${Math.max(12, Math.min(left, innerWidth - own.width - 12))}px`;
    resting.style.top = `${below ? last.bottom + 8 : Math.max(12, first.top - own.height - 8)}px`;
  }

  resting.addEventListener("toggle", (event) => {
    if (event.newState !== "closed") return;
    all(".linked, .chosen").forEach((one) => one.classList.remove("linked", "chosen"));
    if (!document.activeElement || document.activeElement === document.body) opener?.focus({ preventScroll: true });
  });

  // ---- filters
  const fields = { text: byId("filter-text"), section: byId("filter-section"), party: byId("filter-party"), said: byId("filter-said"), verdict: byId("filter-verdict") };
  const found = byId("found");
  const fold = (words) => words.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const haystack = new Map(items.map((item) => [item, fold(`${text(item)} ${item.closest(".holder") ? text(item.closest(".holder").querySelector("h4")) : ""}`)]));

  function fits(item) {
    const wanted = fold(fields.text.value).split(/\s+/).filter(Boolean);
    return wanted.every((word) => haystack.get(item).includes(word))
      && (!fields.section.value || item.dataset.section === fields.section.value)
      && (!fields.verdict.value || item.dataset.verdict === fields.verdict.value)
      && (!fields.said.value || item.dataset.said === fields.said.value)
      && (!fields.party.value || listed(item.dataset.parties).includes(fields.party.value));
  }

  let started = false;
  function filter() {
    const set = Object.values(fields).filter((field) => field.value);
    const shown = new Set(items.filter(fits).map((item) => item.id));
    const some = (ids) => listed(ids).some((id) => shown.has(id));
    items.forEach((item) => item.classList.toggle("filtered", !shown.has(item.id)));
    for (const group of all("[data-group]")) group.classList.toggle("filtered", set.length > 0 && !group.querySelector(".item:not(.filtered)"));
    for (const piece of pieces) piece.classList.toggle("quiet", !some(piece.dataset.items));
    for (const line of all("[data-for]")) line.classList.toggle("filtered", !shown.has(line.dataset.for));
    for (const day of all("[data-day]")) day.classList.toggle("filtered", set.length > 0 && !day.querySelector("[data-for]:not(.filtered)"));
    for (const place of all("[data-place]")) place.classList.toggle("filtered", set.length > 0 && !some(place.dataset.place));
    for (const dot of all(".dot")) dot.classList.toggle("quiet", set.length > 0 && !some(dot.dataset.map));
    Object.values(fields).forEach((field) => field.classList.toggle("set", Boolean(field.value)));
    document.documentElement.classList.toggle("filtering", set.length > 0);
    byId("active-filters").textContent = set.length ? `(${set.length})` : "";
    const top = byId("summary").getBoundingClientRect().top - bar.getBoundingClientRect().height;
    if (started && top < 0) scrollBy({ top, behavior: "instant" }); // what is left may have moved out of view
    found.textContent = set.length ? `${shown.size} of ${items.length} items` : `${items.length} items`;
    measure();
  }

  function clear() {
    Object.values(fields).forEach((field) => { field.value = ""; });
    filter();
  }

  function unfilter(target) {
    if (target.matches(".filtered")) clear();
  }

  Object.values(fields).forEach((field) => field.addEventListener("input", filter));
  byId("reset").addEventListener("click", () => { clear(); fields.text.focus(); });

  // ---- the section that one is reading
  const ways = new Map(all("nav a").map((way) => [way.getAttribute("href").slice(1), way]));
  const seen = new Set();
  const reading = new IntersectionObserver((changes) => {
    for (const change of changes) seen[change.isIntersecting ? "add" : "delete"](change.target.id);
    const current = [...ways.keys()].find((id) => seen.has(id));
    for (const [id, way] of ways) {
      if (id === current) way.setAttribute("aria-current", "true");
      else way.removeAttribute("aria-current");
    }
  }, { rootMargin: "-30% 0px -60%" });
  all(".section").forEach((section) => reading.observe(section));

  // ---- the bar's height, below which the article stands
  function measure() {
    document.documentElement.style.setProperty("--bar", `${Math.ceil(bar.getBoundingClientRect().height)}px`);
  }
  new ResizeObserver(measure).observe(bar);
  if (matchMedia("(max-width: 40rem)").matches) byId("filters").open = false;
  filter();
  started = true;
  arrive(location.hash.length > 1 ? document.querySelector(".item:target, .passage:target") : null);
})();
