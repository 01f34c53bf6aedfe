"use strict";
/* The library: only rules in which every word that is searched for stands are shown. */

const folded = (text) => text.normalize("NFKC").toLowerCase();
const box = document.getElementById("q");
const rules = [...document.querySelectorAll("article")].map((element) => ({ element, text: "" }));
const volumes = [...document.querySelectorAll("main > section")];
let waiting;

/* A rule is also found by its document and its topic. */
function prepare() {
  for (const rule of rules) {
    if (rule.text) return;
    const topic = rule.element.closest(".topic");
    const above = [topic.querySelector("h3"), topic.parentElement.querySelector("h2"), rule.element];
    rule.text = folded(above.map((each) => each.textContent).join(" "));
  }
}

function search() {
  prepare();
  const terms = folded(box.value).split(/\s+/).filter(Boolean);
  let found = 0;
  for (const { element, text } of rules) {
    element.hidden = !terms.every((term) => text.includes(term));
    if (!element.hidden) found++;
  }
  for (const part of document.querySelectorAll(".topic")) part.hidden = !part.querySelector("article:not([hidden])");
  for (const volume of volumes) volume.hidden = !volume.querySelector(".topic:not([hidden])");
  const status = document.getElementById("count");
  status.textContent = terms.length ? status.dataset.found.replace("{}", found.toLocaleString("en-US")) : "";
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
  if (words === null && !(target && target.closest("[hidden]"))) return;
  box.value = words || "";
  search();
  if (target) target.scrollIntoView();
}

addEventListener("hashchange", follow);
document.getElementById("search").hidden = false;
follow();
