"use strict";
/* The library: only rules in which every word that is searched for stands are shown, in a table that
   is sorted and paged, and below it in full. The table is made of what stands there. */

const PAGE_ROWS = 25;
const byId = (id) => document.getElementById(id);
const folded = (text) => text.normalize("NFKC").toLowerCase();
const box = byId("q");
const columns = byId("rows").dataset.columns.split("|");
const volumes = [...document.querySelectorAll("main > section[aria-labelledby]")];
const rules = [...document.querySelectorAll("article")].map(described);
const order = new Intl.Collator(document.documentElement.lang, { numeric: true }).compare;
let shown = rules;
let sorted = {};
let page = 1;
let waiting;

/* A rule is also found by its document and its topic. */
function described(element) {
  const topic = element.closest(".topic");
  const above = topic.parentElement.querySelector("h2");
  const facts = new Map([...element.querySelectorAll("dt")].map((each) => [each.textContent, each.nextElementSibling.textContent]));
  const norm = element.querySelector("p").firstChild.textContent.trim();
  const cells = [element.querySelector("h4").textContent, norm, above.textContent, ...columns.slice(3).map((name) => facts.get(name) || "")];
  const text = folded([topic.querySelector("h3"), above, element].map((each) => each.textContent).join(" "));
  return { element, cells, text };
}

function made(name, attributes, ...inside) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...inside);
  return element;
}

/* Give a heading that sorts: first one way, then the other, then as the documents stand. */
function heading(label, at) {
  const current = sorted.at === at;
  const button = made("button", { type: "button" }, label, made("span", { "aria-hidden": "true" }, current ? (sorted.down ? " ▼" : " ▲") : " ↕"));
  button.addEventListener("click", () => {
    sorted = current && sorted.down ? {} : { at, down: current };
    page = 1;
    draw();
    byId("rows").querySelectorAll("thead button")[at].focus();
  });
  return made("th", current ? { scope: "col", "aria-sort": sorted.down ? "descending" : "ascending" } : { scope: "col" }, button);
}

function row({ element, cells }) {
  const [title, ...others] = cells;
  return made("tr", {}, made("th", { scope: "row" }, made("a", { href: `#${element.id}` }, title)), ...others.map((text) => made("td", {}, text)));
}

function draw() {
  const way = sorted.down ? -1 : 1;
  const rows = sorted.at === undefined ? shown : [...shown].sort((one, other) => way * order(one.cells[sorted.at], other.cells[sorted.at]));
  const pages = Math.max(1, Math.ceil(rows.length / PAGE_ROWS));
  page = Math.min(Math.max(1, page), pages);
  byId("rows").replaceChildren(made("thead", {}, made("tr", {}, ...columns.map(heading))), made("tbody", {}, ...rows.slice((page - 1) * PAGE_ROWS, page * PAGE_ROWS).map(row)));
  byId("page").textContent = byId("page").dataset.page.replace("{}", page).replace("{}", pages);
  byId("pages").hidden = pages === 1;
  byId("before").disabled = page === 1;
  byId("after").disabled = page === pages;
}

function search() {
  const terms = folded(box.value).split(/\s+/).filter(Boolean);
  shown = rules.filter(({ text }) => terms.every((term) => text.includes(term)));
  const kept = new Set(shown);
  for (const rule of rules) rule.element.hidden = !kept.has(rule);
  for (const part of document.querySelectorAll(".topic")) part.hidden = !part.querySelector("article:not([hidden])");
  for (const volume of volumes) volume.hidden = !volume.querySelector(".topic:not([hidden])");
  const status = byId("count");
  status.textContent = terms.length ? status.dataset.found.replace("{}", shown.length.toLocaleString("en-US")) : "";
  page = 1;
  draw();
}

box.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(search, 150);
});
/* An address may ask for words (#q=…); a link to a rule that the search hides shows all again. */
function follow() {
  const address = location.hash.slice(1);
  const words = new URLSearchParams(address).get("q");
  const target = document.getElementById(decodeURIComponent(address));
  if (words !== null || (target && target.closest("[hidden]"))) {
    box.value = words || "";
    search();
  }
  if (target) target.scrollIntoView();
}

addEventListener("hashchange", follow);
for (const [id, step] of [["before", -1], ["after", 1]]) byId(id).addEventListener("click", () => { page += step; draw(); });
for (const id of ["search", "listed"]) byId(id).hidden = false;
draw();
follow();
