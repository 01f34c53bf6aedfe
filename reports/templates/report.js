"use strict";
/* The page: what is asked for stands in its address, and is drawn from there.

   Everything is put in as text, never as markup. */

const PAGE_ROWS = 50;
const NEAR = 3; // columns shown beside a cell
const MOST_NEAR = 14; // rows shown of a sheet
const MOST_SHEETS = 1000; // findings or subjects printed at once, as many as a browser lays out
const packed = JSON.parse(document.getElementById("packed").textContent);
const records = readRecords(packed);
const words = packed.words;
const severalYears = packed.years.length > 1;
const OPEN = "violation,behind";
const NAMES = Object.keys(FILTERS);
let state = {};
let opener; // what opened the sheets, and is gone back to

const byId = (id) => document.getElementById(id);
const say = (name, ...values) => values.reduce((text, value) => text.replace("{}", value), words[name]);
const count = (number) => number.toLocaleString("en-US");

/* Make an element: attributes by name, what is to be heard under "on", children as text or element. */
function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "click") element.addEventListener("click", value);
    else if (value !== undefined && value !== false) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat().filter((child) => child !== undefined && child !== ""));
  return element;
}

/* Address and state */

function usual() {
  const open = packed.listed.filter((name) => OPEN.split(",").includes(name));
  const outcome = open.length ? open.join(",") : packed.listed.join(",");
  return severalYears ? { outcome, year: String(packed.asOf) } : { outcome };
}

function asked() {
  const address = location.hash.slice(1);
  if (address.includes("=")) return Object.fromEntries(new URLSearchParams(address));
  return undefined;
}

function go(change, keepPage = false) {
  const next = { ...state, ...change };
  if (!keepPage) delete next.page;
  for (const name of Object.keys(next)) if (next[name] === undefined) delete next[name];
  state = next;
  history.replaceState(null, "", `#${new URLSearchParams(state)}`);
  const had = document.activeElement;
  draw();
  if (!had.isConnected) refocus(had);
}

/* Give the focus to what stands where something had it that was drawn anew; else to the heading. */
function refocus(had) {
  const chip = had.matches(".chip") ? byId("chips").querySelector("button") || byId("q") : null;
  (byId(had.id) || chip || byId("findings-name")).focus({ preventScroll: true });
}

function only(filter) {
  const { sort, down } = state;
  state = { sort, down };
  go({ ...(severalYears ? { year: String(packed.asOf) } : {}), ...filter });
  byId("findings-name").focus({ preventScroll: true });
  byId("findings").scrollIntoView();
}

/* Names of what is filtered by */

const labelled = (what, value) => `${what}${words.colon}${value}`;

function labelOf(name, value) {
  const place = () => (records.places.find(([code]) => code === value) || [value, value])[1];
  switch (name) {
    case "outcome":
      return value.split(",").map((each) => (records.outcomes.find(([known]) => known === each) || [each, each])[1]).join(words.comma);
    case "document": return (records.documents.find(([id]) => id === value) || [value, value])[1];
    case "rule": return (records.rules.find((rule) => rule.id === value) || { title: value }).title;
    case "subject": return (records.subjects.find(([code]) => code === value) || [value, value])[1];
    case "home": case "school": return place();
    case "due": return words.dues[value] || value;
    case "kind": return value === "aspiration" ? words.aspiration : words.hard;
    case "since": return words.sinces[value] || value;
    case "reason": return value.replaceAll(HOLE, "…");
    default: return value || words.unwritten;
  }
}

/* The table of findings */

const COLUMNS = ["outcome", "subject", "title", "observed", "required", "gap", "lead"];
const NUMBERS = new Set(["observed", "required", "gap"]);

/* Give a heading that sorts: first one way, then the other, then as it matters. The widest gap comes first. */
function heading(name, label, number) {
  const current = state.sort === name, first = name === "gap" ? "1" : undefined;
  const way = current ? (state.down ? "descending" : "ascending") : undefined;
  const turned = current && state.down !== first;
  const turn = () => go(turned ? { sort: undefined, down: undefined } : { sort: name, down: current === !first ? "1" : undefined });
  const arrow = make("span", { "aria-hidden": "true" }, current ? (state.down ? " ▼" : " ▲") : " ↕");
  return make("th", { scope: "col", role: "columnheader", class: number ? "number" : undefined, "aria-sort": way }, make("button", { type: "button", id: `sort-${name}`, click: turn }, label, arrow));
}

function word(outcome) {
  const [value, label] = records.outcomes[outcome];
  return make("span", { class: `word ${value}` }, label);
}

function unitNames(numbers) {
  return (numbers || []).map((number) => records.names[number]).join(words.semicolon);
}

function whoIs(at) {
  const [code, label, level, home] = records.subjects[records.subject[at]];
  const place = records.places[home][1];
  const told = [place === label || label.startsWith(place) ? "" : place, words.levels[level], code];
  if (severalYears) told.unshift(String(records.year[at]));
  return [label, told.filter(Boolean).join(" · ")];
}

function rowFor(at) {
  const rule = records.rules[records.rule[at]];
  const [observed, required, gap] = linesOf(records, at);
  const [label, below] = whoIs(at);
  const opened = state.open === anchorOf(records, at);
  const id = `detail-${at}`;
  const open = make("button", { type: "button", class: "open", "aria-expanded": String(opened), "aria-controls": id, "aria-label": say("open", `${label} ${rule.title}`) },
    make("span", { "aria-hidden": "true" }, opened ? "▾" : "▸"));
  const cell = (name, ...children) => make("td", { role: "cell", class: NUMBERS.has(name) ? "number" : undefined, "data-label": words[name] }, children);
  const row = make("tr", { role: "row", class: opened ? "opened" : undefined },
    cell("outcome", open, word(records.outcome[at])),
    make("th", { scope: "row", role: "rowheader" }, label, make("span", { class: "code" }, below)),
    cell("title", rule.title, rule.aspiration ? make("span", { class: "mark behind" }, words.strives) : ""),
    cell("observed", observed), cell("required", required), cell("gap", gap === "—" ? "" : gap),
    cell("lead", unitNames(rule.lead) || ((rule.responsible || []).length ? make("span", { class: "soft" }, unitNames(rule.responsible)) : "")));
  const detail = make("tr", { role: "row", id, class: "detail", hidden: !opened });
  const fill = () => detail.replaceChildren(make("td", { role: "cell", colspan: COLUMNS.length }, whole(at)));
  if (opened) fill();
  const turn = (now) => {
    if (now) fill();
    detail.hidden = !now;
    open.setAttribute("aria-expanded", String(now));
    open.firstChild.textContent = now ? "▾" : "▸";
    row.classList.toggle("opened", now);
  };
  row.addEventListener("click", (event) => {
    if (!event.target.closest("a") && !String(getSelection())) turn(detail.hidden);
  });
  for (const part of [row, detail]) {
    part.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || detail.hidden) return;
      const shown = detail.querySelector("button.cell[aria-expanded=true]"); // what was opened last goes first
      (shown || open).focus();
      if (shown) shown.click();
      else turn(false);
    });
  }
  return [row, detail];
}

function filterLink(filter, text) {
  return make("a", { href: `#${new URLSearchParams(filter)}`, click: (event) => { event.preventDefault(); only(filter); } }, text);
}

/* The whole reasoning of a finding. */
function whole(at) {
  const rule = records.rules[records.rule[at]];
  const said = wholeOf(records, at);
  const [code, label, , , school] = records.subjects[records.subject[at]];
  const other = (id) => {
    const known = records.rules.find((each) => each.id === id);
    return known ? filterLink({ rule: id, subject: code }, known.title) : id;
  };
  const year = records.year[at];
  const state = words.dues[rule.due === undefined ? "standing" : rule.due <= year ? "due" : "pending"];
  const group = records.rules.filter((each) => rule.group && each.group === rule.group && each.id !== rule.id);
  const sheets = make("div", { class: "sheets" });
  const told = [
    [words.reason, said.reason],
    [words.before, said.before],
    [words.case, said.case],
    [words.remedy, said.remedy],
    [words.chart, said.chart ? chart(said.chart) : ""],
    [words.condition, rule.condition ? (said.applies ? say("condition_state", rule.condition, said.applies) : rule.condition) : ""],
    [words.worked, said.worked],
    [words.inputs, said.inputs.length ? make("ul", { class: "inputs" }, said.inputs.map((given) => make("li", {}, given.text, placesOf(given.places, sheets))), make("li", {}, sheets)) : ""],
    [words.norm, rule.norm],
    [words.compared, comparedOf(at, said)],
    [words.short, membersOf(said.short)],
    [words.notes, said.notes ? make("ul", { class: "inputs" }, said.notes.split("\n").map((line) => make("li", {}, line))) : ""],
    [words.due, rule.timing === state ? state : `${rule.timing}${words.semicolon}${state}`],
    [words.clause, [`${records.documents[rule.document][1]} ${rule.clause || ""}`]],
    [words.kind, rule.aspiration ? words.aspiration : words.hard],
    [words.lead, unitNames(rule.lead)],
    [words.responsible, unitNames(rule.responsible)],
    [words.contradicts, (rule.contradicts || []).flatMap((id) => [other(id), " "])],
    [words.governed, said.governed ? make("ul", { class: "inputs" }, said.governed.split("\n").map((line) => make("li", {}, line.split("\t")[1], " ", other(line.split("\t")[0])))) : ""],
    [words.group, group.flatMap((each) => [other(each.id), each.id === each.group ? words.counted : "", " "])],
    [words.remarks, rule.remarks],
    [words.rule, [filterLink({ rule: rule.id }, rule.id), " ", packed.library && make("a", { href: `${packed.library}#${encodeURIComponent(rule.id.replace("/", "--"))}` }, words.library)]],
  ];
  const list = make("dl", { class: "told" }, told.filter(([, text]) => text && text.length !== 0).flatMap(([name, text]) => [make("dt", {}, name), make("dd", {}, text)]));
  const links = make("p", { class: "actions" }, filterLink({ subject: code }, label));
  if (school >= 0) {
    const [schoolCode, schoolName] = records.places[school];
    links.append(" ", make("button", { type: "button", click: () => showSheets("school", [[schoolCode, schoolName]]) }, labelled(words.sheet, schoolName)));
  }
  return [list, links];
}

/* What was compared with what, and whether it holds; nothing where nothing was. */
function comparedOf(at, said) {
  const [outcome] = records.outcomes[records.outcome[at]];
  const lacks = said.observed === "—";
  if (!(outcome in words.holds) || (lacks && outcome !== "missing")) return "";
  const told = say("against", lacks ? words.lacks : said.observed, inWords(said.required, words), words.holds[outcome]);
  return [told, make("span", { class: "code" }, records.rules[records.rule[at]].precision)];
}

/* Who falls short, each with a way to all that is known of it. */
function membersOf(text) {
  if (!text) return "";
  return text.split("\n").flatMap((line) => {
    const [name, code] = line.split("\t");
    const known = records.subjects.some((subject) => subject[0] === code);
    return [known ? filterLink({ subject: code }, name) : name, " "];
  });
}

/* Where a value stands; a cell shows what was submitted around it, and who reads it, or hides it again. */
function placesOf(places, sheets) {
  return places.flatMap((place) => {
    const { cells } = placeOf(place);
    if (!rangeOf(cells.split("+")[0])) return [" ← ", place];
    const cell = make("button", { type: "button", class: "cell", "aria-expanded": "false", click: (event) => { event.stopPropagation(); turnCell(cell, place, sheets); } }, place);
    return [" ← ", cell];
  });
}

function turnCell(cell, place, sheets) {
  const shows = cell.getAttribute("aria-expanded") === "true";
  for (const other of sheets.closest("ul").querySelectorAll("button.cell")) other.setAttribute("aria-expanded", String(other === cell && !shows));
  if (shows) {
    sheets.replaceChildren();
    return;
  }
  const link = filterLink({ cell: place }, say("readers", place.split(WITHIN).slice(1).join(" ")));
  sheets.replaceChildren(excerptOf(place), make("p", { class: "actions" }, link));
}

/* The sheet as it was submitted, around some cells. */
function excerptOf(text) {
  const place = placeOf(text);
  const sheet = packed.sheets.find((each) => each.file === place.file && (each.sheet || "") === place.sheet);
  const { columns, rows } = rangeOf(place.cells.split("+")[0]);
  const numbers = sheet ? sheet.columns.map(columnNumber) : [];
  const near = numbers.map((number, at) => at).filter((at) => at < sheet.named || (numbers[at] >= columns[0] - NEAR && numbers[at] <= columns[1] + NEAR));
  const kept = sheet ? sheet.rows.filter(([number]) => number >= rows[0] - 1 && number <= rows[1] + 1).slice(0, MOST_NEAR) : [];
  if (!kept.length) return "";
  const wanted = (row, at) => row >= rows[0] && row <= rows[1] && numbers[at] >= columns[0] && numbers[at] <= columns[1];
  return make("table", { class: "excerpt" }, make("caption", {}, say("excerpt", text)),
    make("thead", {}, make("tr", {}, make("td"), near.map((at) => make("th", { scope: "col" }, sheet.columns[at]))),
      make("tr", {}, make("td"), near.map((at) => make("td", {}, sheet.heads[at])))),
    make("tbody", {}, kept.map(([number, ...cells]) => make("tr", {}, make("th", { scope: "row" }, String(number)),
      near.map((at) => make("td", { class: wanted(number, at) ? "wanted" : undefined }, cells[at]))))));
}

function drawRows(rows) {
  const pages = Math.max(1, Math.ceil(rows.length / PAGE_ROWS));
  const page = Math.min(Math.max(1, Number(state.page) || 1), pages);
  const shown = rows.slice((page - 1) * PAGE_ROWS, page * PAGE_ROWS);
  byId("count").textContent = say("found", count(rows.length));
  byId("rows").replaceChildren(make("thead", {}, make("tr", { role: "row" }, COLUMNS.map((name) => heading(name, words[name], NUMBERS.has(name))))), make("tbody", {}, shown.flatMap(rowFor)));
  drawPages(page, pages);
}

function drawPages(page, pages) {
  byId("page").textContent = pages > 1 ? say("pages", count(page), count(pages)) : "";
  for (const [id, to] of [["first", 1], ["before", page - 1], ["after", page + 1], ["last", pages]]) {
    const button = byId(id);
    button.disabled = to < 1 || to > pages || to === page;
    button.onclick = () => {
      go({ page: String(to) }, true);
      if (button.disabled) byId(to === 1 ? "after" : "before").focus();
      byId("rows").scrollIntoView();
    };
  }
  byId("pages").hidden = pages === 1;
}

/* Findings counted by rule, county, school, unit …: those groups that have what is asked for, each
   with all its outcomes, so that a rate is one of all. */

function drawGroups(rows) {
  const by = state.by;
  const there = grouped(records, asAsked(undefined), by, rows);
  const groups = sortedGroups(records, there, state.sort, Boolean(state.down));
  const pages = Math.max(1, Math.ceil(groups.length / PAGE_ROWS));
  const page = Math.min(Math.max(1, Number(state.page) || 1), pages);
  byId("count").textContent = say("groups", count(groups.length), count(rows.length));
  const whole = packed.listed.length === records.outcomes.length;
  const told = records.outcomes.map((_, at) => at).filter((at) => packed.listed.includes(records.outcomes[at][0]));
  const heads = [words[by === "rule" ? "title" : by === "home" ? "place" : by], ...told.map((at) => records.outcomes[at][1]), ...(whole ? [words.rate] : [])];
  const keys = ["label", ...told.map((at) => records.outcomes[at][0]), "rate"];
  const sheets = by === "school" || by === "lead" || by === "responsible" || by === "home";
  const head = make("thead", {}, make("tr", { role: "row" }, heads.map((label, at) => heading(keys[at], label, at > 0)), sheets ? make("td", { role: "cell" }) : ""));
  const body = groups.slice((page - 1) * PAGE_ROWS, page * PAGE_ROWS).map((group) => {
    const cells = told.map((at, column) => make("td", { role: "cell", class: `number${group.counts[at] ? "" : " zero"}`, "data-label": heads[column + 1] }, count(group.counts[at])));
    const open = make("a", { href: `#${by}`, click: (event) => { event.preventDefault(); go({ [by]: group.key, by: undefined, sort: undefined, down: undefined }); } }, group.label || words.unwritten);
    return make("tr", { role: "row" }, make("th", { scope: "row", role: "rowheader" }, open), cells,
      whole ? make("td", { role: "cell", class: "number", "data-label": words.rate }, rateOf(group)) : "",
      sheets ? make("td", { role: "cell" }, group.key ? make("button", { type: "button", "aria-label": labelled(words.sheet, group.label), click: () => showSheets(by, [[group.key, group.label]]) }, words.sheet) : "") : "");
  });
  byId("rows").replaceChildren(head, make("tbody", {}, body));
  drawPages(page, pages);
}

/* Write a rate; where most is missing it is the least that it may come to, or not known at all. */
function rateOf(group) {
  if (group.rate === null) return "—";
  if (group.open && group.rate === 0) return labelOf("outcome", "missing");
  return (group.open ? "≥" : "") + percent(group.rate);
}

/* A share that is neither all nor none is never written so. */
function percent(share) {
  if (share === 0 || share === 1) return `${100 * share}%`;
  return `${Math.max(0.1, Math.min(99.9, 100 * share)).toFixed(1)}%`;
}

/* Filters */

function options(select, values, label) {
  const first = make("option", { value: "*" }, label);
  select.replaceChildren(first, ...values.map(([value, text]) => make("option", { value }, text)));
}

function unitChoices(key) {
  const numbers = new Set(records.rules.flatMap((rule) => rule[key] || []));
  const names = [...numbers].map((number) => records.names[number]).sort(collator.compare);
  return names.length ? [...names.map((name) => [name, name]), ["", words.unwritten]] : [];
}

function schoolChoices() {
  const found = new Set();
  for (const [, , , home, school] of records.subjects) {
    if (school >= 0 && (state.home === undefined || records.places[home][0] === state.home)) found.add(school);
  }
  return [...found].map((number) => records.places[number]).sort((a, b) => collator.compare(a[0], b[0]));
}

const CHOICES = {
  year: () => packed.years.map((year) => [String(year), String(year)]),
  document: () => records.documents,
  topic: () => [...new Set(records.rules.map((rule) => rule.topic))].filter((n) => n !== undefined).map((n) => [records.names[n], records.names[n]]),
  home: () => [...new Set(records.subjects.map((subject) => subject[3]))].map((n) => records.places[n]).sort((a, b) => collator.compare(a[0], b[0])),
  school: schoolChoices,
  lead: () => unitChoices("lead"),
  responsible: () => unitChoices("responsible"),
  due: () => Object.entries(words.dues),
  since: () => (records.since.some(Boolean) ? Object.entries(words.sinces) : []),
  kind: () => (records.rules.some((rule) => rule.aspiration) ? [["hard", words.hard], ["aspiration", words.aspiration]] : []),
};

function drawFilters() {
  byId("q").value = state.q || "";
  const outcomes = new Set((state.outcome || "").split(",").filter(Boolean));
  const totals = records.outcomes.map(() => 0);
  for (const at of asAsked(undefined)) totals[records.outcome[at]]++;
  for (const button of byId("outcomes").children) {
    button.setAttribute("aria-pressed", String(outcomes.has(button.value)));
    button.querySelector(".count").textContent = count(totals[outcomeNumber(records, button.value)]);
  }
  for (const [name, choices] of Object.entries(CHOICES)) {
    const select = byId("filters").elements[name];
    if (name === "school") options(select, choices(), labelled(words.school, words.all));
    select.value = state[name] === undefined ? "*" : state[name];
  }
  byId("filters").elements.by.value = state.by || "";
  const shown = ["q", ...NAMES].filter((name) => state[name] !== undefined && name !== "outcome");
  byId("chips").replaceChildren(...shown.map((name) => {
    const text = name === "q" ? say("search", state.q) : labelled(words[name === "home" ? "place" : name === "rule" ? "title" : name] || "", labelOf(name, state[name]));
    return make("button", { type: "button", id: `chip-${name}`, class: "chip", "aria-label": say("remove", text), click: () => go({ [name]: undefined }) }, text, make("span", { "aria-hidden": "true" }, " ✕"));
  }));
}

/* Give the rows that are asked for: in whatever order, or as they are listed. */
function asAsked(outcome) {
  const query = Object.fromEntries(Object.entries({ ...state, outcome }).filter(([name, value]) => value !== undefined && (name === "q" || NAMES.includes(name))));
  return matching(records, query);
}

function asListed() {
  const rows = asAsked(state.outcome);
  return state.sort in KEYS && !state.by ? sorted(records, rows, state.sort, Boolean(state.down)) : rows;
}

function draw() {
  drawFilters();
  const rows = asListed();
  if (state.by in GROUPS) drawGroups(rows);
  else drawRows(rows);
  byId("reasons").hidden = rows.length === 0;
  drawSheetOfOne();
  byId("nothing").hidden = rows.length > 0;
  byId("everywhere").hidden = state.outcome === undefined;
  byId("every-school").hidden = !rows.some((at) => records.subjects[records.subject[at]][4] >= 0);
}

/* Offer a sheet to print of the one county, school or unit that is asked for. */
function drawSheetOfOne() {
  const by = ["school", "home", "unit", "lead", "responsible"].find((name) => state[name]);
  const button = byId("one-sheet");
  button.hidden = by === undefined;
  if (by === undefined) return;
  const label = labelOf(by, state[by]);
  button.textContent = labelled(words.sheet, label);
  button.onclick = () => showSheets(by === "unit" ? "lead" : by, [[state[by], label]]);
}

/* Sheets to print: one for each school, unit or county. */

function showSheets(by, subjects) {
  const query = severalYears ? { year: String(packed.asOf) } : {};
  const asked = by === "lead" || by === "responsible" ? "unit" : by;
  const shown = subjects.slice(0, MOST_SHEETS);
  show(shown.map(([key, label]) => sheet(by, key, label, matching(records, { ...query, [asked]: key }))), subjects.length);
}

/* The whole reasoning of what the table lists, to be put behind a report. */
function showReasons() {
  const rows = asListed();
  const each = rows.slice(0, MOST_SHEETS).map((at) => make("section", { class: "reasoned" },
    make("h2", {}, `${whoIs(at)[0]}　${records.rules[records.rule[at]].title}　`, word(records.outcome[at])), whole(at)[0]));
  show([make("article", { class: "sheet", tabindex: "0", "aria-label": words.annex }, make("h1", {}, words.annex), make("p", { class: "note" }, document.title), make("p", {}, say("found", count(rows.length))), each, foot())], rows.length);
}

/* What every report ends with: which run it is of, and how it is made again. */
function foot() {
  return document.querySelector(".page > footer").cloneNode(true);
}

function show(articles, number) {
  opener = document.activeElement;
  const left = number > MOST_SHEETS ? [make("p", {}, say("shortened", count(MOST_SHEETS), count(number)))] : [];
  byId("sheet").replaceChildren(...left, ...articles);
  document.body.classList.add("sheeted");
  byId("sheets").hidden = false;
  byId("sheets").focus();
  scrollTo(0, 0);
}

function closeSheets() {
  document.body.classList.remove("sheeted");
  byId("sheets").hidden = true;
  byId("findings").scrollIntoView();
  opener.focus({ preventScroll: true });
}

function sheet(by, key, label, rows) {
  const [open, missing, met] = [OPEN, "missing", "compliant"].map((names) => rows.filter((at) => names.split(",").includes(records.outcomes[records.outcome[at]][0])));
  const heads = [words.number, words.subject, words.title, words.observed, words.required, words.mending, by === "school" || by === "home" ? words.lead : words.place];
  const table = (caption, some) => some.length === 0 ? "" : make("table", {}, make("caption", {}, `${caption} ${count(some.length)}`),
    make("thead", {}, make("tr", {}, heads.map((head) => make("th", { scope: "col" }, head)))),
    make("tbody", {}, some.map((at, place) => {
      const rule = records.rules[records.rule[at]];
      const [observed, required, , reason, remedy] = linesOf(records, at);
      const [, name, , home] = records.subjects[records.subject[at]];
      return make("tr", {}, make("td", {}, String(place + 1)), make("th", { scope: "row" }, name),
        make("td", {}, rule.title, rule.aspiration ? make("span", { class: "mark behind" }, words.strives) : "", make("span", { class: "code" }, rule.clause || "")),
        make("td", {}, observed), make("td", {}, required), make("td", {}, remedy || reason),
        make("td", {}, by === "school" || by === "home" ? unitNames(rule.lead) || unitNames(rule.responsible) : records.places[home][1]));
    })));
  const leads = (at) => (records.rules[records.rule[at]].lead || []).some((number) => records.names[number] === key);
  const parts = by === "lead" || by === "responsible"
    ? [[say("bracketed", words.leads), leads], [say("bracketed", words.takesPart), (at) => !leads(at)]]
    : [["", () => true]];
  const listed = (name) => packed.listed.includes(name);
  const tallied = records.outcomes.map(([value, name], outcome) => listed(value) ? `${name} ${count(rows.filter((at) => records.outcome[at] === outcome).length)}` : "").filter(Boolean).join("　");
  return make("article", { class: "sheet", tabindex: "0", "aria-label": label }, make("h1", {}, label), make("p", { class: "note" }, document.title), make("p", {}, tallied),
    parts.flatMap(([name, own]) => [table(`${words.problems}${name}`, open.filter(own)), table(`${words.lacking}${name}`, missing.filter(own))]),
    make("p", { class: "note" }, listed("compliant") ? say("compliant", count(met.length)) : words.listed),
    make("p", { class: "signatures" }, words.signatures.map((text) => make("span", {}, text))), foot());
}

/* Begin */

function begin() {
  for (const [value, label] of records.outcomes.filter(([name]) => packed.listed.includes(name))) {
    byId("outcomes").append(make("button", { type: "button", value, class: `chip ${value}`, click: () => {
      const chosen = new Set((state.outcome || "").split(",").filter(Boolean));
      if (!chosen.delete(value)) chosen.add(value);
      go({ outcome: [...chosen].join(",") || undefined });
    } }, `${label} `, make("span", { class: "count" })));
  }
  const form = byId("filters");
  for (const [name, choices] of Object.entries(CHOICES)) {
    const select = form.elements[name];
    const known = choices();
    options(select, known, labelled(words[name === "home" ? "place" : name], words.all));
    select.closest("label").hidden = known.length < 2;
    select.addEventListener("change", () => go({ [name]: select.value === "*" ? undefined : select.value, ...(name === "home" ? { school: undefined } : {}) }));
  }
  for (const option of [...form.elements.by.options]) {
    const enough = { year: severalYears, topic: records.rules.some((rule) => rule.topic !== undefined) };
    if (enough[option.value] === false) option.remove();
  }
  form.elements.by.addEventListener("change", () => go({ by: form.elements.by.value || undefined, sort: undefined, down: undefined }));
  let waiting;
  byId("q").addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => go({ q: byId("q").value.trim() || undefined }), 150);
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  byId("reset").addEventListener("click", () => { state = {}; go(usual()); });
  byId("everywhere").addEventListener("click", () => {
    go({ outcome: undefined });
    byId("findings-name").focus({ preventScroll: true });
  });
  byId("every-school").addEventListener("click", () => {
    const schools = new Set(asListed().map((at) => records.subjects[records.subject[at]][4]).filter((n) => n >= 0));
    showSheets("school", [...schools].map((number) => records.places[number]));
  });
  byId("reasons").addEventListener("click", showReasons);
  byId("print").addEventListener("click", () => print());
  byId("close").addEventListener("click", closeSheets);
  document.addEventListener("keydown", (event) => { if (event.key === "Escape" && document.body.classList.contains("sheeted")) closeSheets(); });
  for (const link of document.querySelectorAll("[data-filter]")) {
    link.addEventListener("click", (event) => { event.preventDefault(); only(Object.fromEntries(new URLSearchParams(link.dataset.filter))); });
  }
  for (const link of document.querySelectorAll("#matrix tbody a")) {
    const cell = link.closest("td, th");
    const filter = { ...cell.parentElement.dataset };
    const column = byId("matrix").querySelectorAll("thead th")[cell.cellIndex].dataset;
    const outcome = cell.matches(".lacking") ? `${OPEN},missing` : OPEN;
    link.addEventListener("click", (event) => { event.preventDefault(); only({ outcome, ...filter, ...column }); });
  }
  const homes = document.querySelectorAll("details.home");
  if (homes.length > 1) for (const home of homes) home.open = false;
  addEventListener("beforeprint", () => { for (const home of homes) home.open = true; });
  addEventListener("hashchange", follow);
  document.body.classList.add("scripted");
  byId("findings").hidden = false;
  state = usual();
  if (asked() || location.hash) follow();
  else draw();
}

/* Show what the address asks for: a sheet (#sheet=school&of=code), a search, or a single finding;
   anything else is a place on the page. */
function follow() {
  const query = asked();
  if (query && query.sheet in GROUPS) {
    draw();
    showSheets(query.sheet, [[query.of, labelOf(query.sheet, query.of)]]);
    return;
  }
  if (query) {
    state = query;
    draw();
    byId("findings").scrollIntoView();
    return;
  }
  const anchor = location.hash.slice(1);
  for (let at = 0; anchor && !byId(anchor) && at < records.size; at++) {
    if (anchorOf(records, at) === anchor) {
      state = { rule: records.rules[records.rule[at]].id, subject: records.subjects[records.subject[at]][0], year: String(records.year[at]), open: anchor };
      draw();
      byId("findings").scrollIntoView();
      return;
    }
  }
  const place = byId(anchor);
  if (place && place.matches("details")) place.open = true;
  draw();
}

begin();
