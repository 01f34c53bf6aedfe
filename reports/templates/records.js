"use strict";
/* The findings of a page: read from columns, searched, sorted, grouped. Nothing here draws.

   dabiao.reports.page.packing wrote them, and says how. */

const HOLE = "\u0001";
const MORE = "\u0002";
const FIRST_LINES = ["observed", "required", "gap", "reason", "remedy", "worked", "applies", "chart", "short", "notes", "before", "case", "governed"];
const WITHIN = " › ";

/* Undo runs of value and length. */
function spread(runs, length) {
  const column = new Int32Array(length);
  let at = 0;
  for (let i = 0; i < runs.length; i += 2) {
    column.fill(runs[i], at, at + runs[i + 1]);
    at += runs[i + 1];
  }
  return column;
}

function readRecords(packed) {
  const size = packed.subject.length;
  return {
    size,
    outcomes: packed.outcomes,
    documents: packed.documents,
    places: packed.places,
    names: packed.names,
    rules: packed.rules,
    subjects: packed.subjects,
    shapes: packed.shapes,
    lines: packed.lines,
    pieces: packed.lines.map((line) => line.split(HOLE)),
    rule: spread(packed.runs.rule, size),
    year: spread(packed.runs.year, size),
    outcome: spread(packed.runs.outcome, size),
    gap: spread(packed.runs.gap, size),
    since: spread(packed.runs.since, size),
    sinces: packed.since,
    subject: Int32Array.from(packed.subject),
    shape: Int32Array.from(packed.shape),
    numbers: packed.numbers.split("\n"),
  };
}

/* Give the lines of a finding, or the first of them: observed, required, gap, reason, remedy, then
   what it rests on. */
function linesOf(records, at, most) {
  const [lines, refs, always = []] = records.shapes[records.shape[at]];
  const numbers = [...always, ...records.numbers[at].split(" ")];
  let ref = 0;
  const texts = [];
  for (const line of most === undefined ? lines : lines.slice(0, most)) {
    const pieces = records.pieces[line];
    let text = pieces[0];
    for (let i = 1; i < pieces.length; i++) text += numbers[refs[ref++]] + pieces[i];
    if (text.startsWith(MORE)) texts[texts.length - 1] += text.slice(1);
    else texts.push(text);
  }
  return texts;
}

/* Give one of the first lines. */
function lineOf(records, at, wanted) {
  const place = FIRST_LINES.indexOf(wanted);
  return linesOf(records, at, place + 1)[place];
}

/* Give what an opened finding says: its first lines by name, and each value with where it stands. */
function wholeOf(records, at) {
  const lines = linesOf(records, at);
  const told = Object.fromEntries(FIRST_LINES.map((name, place) => [name, lines[place]]));
  told.inputs = lines.slice(FIRST_LINES.length).map((line) => {
    const [text, places] = line.split(" ← ");
    return { text, places: places ? places.split("；") : [] };
  });
  return told;
}

/* Read a place: file, sheet if it has one, and cells. */
function placeOf(text) {
  const parts = text.split(WITHIN);
  return { file: parts[0], sheet: parts.length > 2 ? parts.slice(1, -1).join(WITHIN) : "", cells: parts.length > 1 ? parts[parts.length - 1] : "" };
}

/* Read an address such as F12 or F4:F20: columns and rows from and to; nothing where it is none. */
function rangeOf(cells) {
  const found = /^([A-Z]{1,3})(\d+)(?::([A-Z]{1,3})(\d+))?$/.exec(cells);
  if (!found) return undefined;
  const [, column, row, last, end] = found;
  return { columns: [columnNumber(column), columnNumber(last || column)], rows: [Number(row), Number(end || row)] };
}

function columnNumber(letters) {
  return [...letters].reduce((sum, letter) => 26 * sum + letter.charCodeAt(0) - 64, 0);
}

/* Tell whether one place of a finding shares a cell with another. */
function shares(one, other) {
  if (one.file !== other.file || one.sheet !== other.sheet) return false;
  if (one.cells === other.cells) return true;
  const ranges = (place) => place.cells.split("+").map(rangeOf).filter(Boolean);
  const meets = ([a, b], [c, d]) => a <= d && c <= b;
  return ranges(one).some((x) => ranges(other).some((y) => meets(x.columns, y.columns) && meets(x.rows, y.rows)));
}

/* Write what is required in words: a sign is short in a column, and no word of a sentence. */
function inWords(required, words) {
  if (required === words.yes || required === words.no) return words.be.replace("{}", required);
  const range = /^([^～]+)～([^～]+)$|^(.+) – (.+)$/.exec(required);
  if (range) return words.between.replace("{}", range[1] || range[3]).replace("{}", range[2] || range[4]);
  const told = required.replace(/[≥≤><=](?=[\d-])/g, (sign) => words.signs[sign]);
  return /^0(?![.\d])/.test(told) ? words.exactly.replace("{}", told) : told;
}

/* Letters are compared without case and width. */
function folded(text) {
  return text.normalize("NFKC").toLowerCase();
}

/* Give a test of rows: whether a term stands anywhere in a finding.

   What many findings share is looked at once. A term without a digit stands in a line whatever its
   numbers are; one with a digit may stand across them, so that the whole text is looked at. */
function mentions(records, term) {
  const has = (text) => folded(String(text)).includes(term);
  const names = records.names.map(has);
  const documents = records.documents.map((each) => each.some(has));
  const places = records.places.map((each) => each.some(has));
  const rules = records.rules.map((rule) =>
    has(rule.title) || has(rule.id) || has(rule.clause || "") || documents[rule.document] ||
    names[rule.topic] || [...(rule.lead || []), ...(rule.responsible || [])].some((n) => names[n]));
  const subjects = records.subjects.map(([code, label, , home, school]) =>
    has(code) || has(label) || places[home] || (school >= 0 && places[school]));
  const outcomes = records.outcomes.map(([, label]) => has(label));
  const digits = /\d/.test(term);
  const lines = digits ? [] : records.lines.map(has);
  const shapes = digits ? [] : records.shapes.map(([numbers]) => numbers.some((n) => lines[n]));
  return (at) =>
    rules[records.rule[at]] || subjects[records.subject[at]] || outcomes[records.outcome[at]] ||
    (digits
      ? records.year[at] === Number(term) || folded(linesOf(records, at).join("\n")).includes(term)
      : shapes[records.shape[at]]);
}

/* What can be filtered by: whether a finding is of the value wanted. */
const FILTERS = {
  outcome: (records, value) => {
    const wanted = new Set(value.split(","));
    const kept = records.outcomes.map(([name]) => wanted.has(name));
    return (at) => kept[records.outcome[at]];
  },
  year: (records, value) => (at) => records.year[at] === Number(value),
  document: (records, value) => ofRule(records, (rule) => records.documents[rule.document][0] === value),
  topic: (records, value) => ofRule(records, (rule) => named(records, [rule.topic], value)),
  rule: (records, value) => ofRule(records, (rule) => rule.id === value),
  lead: (records, value) => ofRule(records, (rule) => named(records, rule.lead || [], value)),
  unit: (records, value) =>
    ofRule(records, (rule) => named(records, [...(rule.lead || []), ...(rule.responsible || [])], value)),
  responsible: (records, value) => ofRule(records, (rule) => named(records, rule.responsible || [], value)),
  due: (records, value) => {
    const due = records.rules.map((rule) => rule.due);
    const state = (last, year) => (last === undefined ? "standing" : last <= year ? "due" : "pending");
    return (at) => state(due[records.rule[at]], records.year[at]) === value;
  },
  kind: (records, value) => ofRule(records, (rule) => Boolean(rule.aspiration) === (value === "aspiration")),
  home: (records, value) => ofSubject(records, (subject) => records.places[subject[3]][0] === value),
  school: (records, value) => ofSubject(records, (subject) => subject[4] >= 0 && records.places[subject[4]][0] === value),
  since: (records, value) => (at) => records.sinces[records.since[at]] === value,
  cell: (records, value) => {
    const wanted = placeOf(value);
    return (at) => wholeOf(records, at).inputs.some((given) => given.places.some((place) => shares(placeOf(place), wanted)));
  },
  subject: (records, value) => ofSubject(records, (subject) => subject[0] === value),
  reason: (records, value) => (at) => records.lines[records.shapes[records.shape[at]][0][3]] === value,
};

function ofRule(records, test) {
  const kept = records.rules.map(test);
  return (at) => kept[records.rule[at]];
}

function ofSubject(records, test) {
  const kept = records.subjects.map(test);
  return (at) => kept[records.subject[at]];
}

/* Nobody is asked for by an empty name. */
function named(records, numbers, value) {
  const given = numbers.filter((number) => number !== undefined);
  return value === "" ? given.length === 0 : given.some((number) => records.names[number] === value);
}

/* Give the rows that every filter and every searched term lets through, in their order. */
function matching(records, query) {
  const tests = [];
  for (const [name, value] of Object.entries(query)) {
    if (name in FILTERS) tests.push(FILTERS[name](records, value));
  }
  for (const term of folded(query.q || "").split(/\s+/)) {
    if (term) tests.push(mentions(records, term));
  }
  const rows = [];
  for (let at = 0; at < records.size; at++) {
    if (tests.every((test) => test(at))) rows.push(at);
  }
  return rows;
}

const collator = new Intl.Collator(["zh-CN", "en"], { numeric: true });

/* Give each place of a list its rank among all of them. */
function ranks(texts) {
  const order = texts.map((_, at) => at).sort((a, b) => collator.compare(texts[a], texts[b]));
  const rank = new Int32Array(texts.length);
  order.forEach((at, place) => { rank[at] = place; });
  return rank;
}

/* Read the number a text begins with; texts without one stand behind those with one. */
function numberIn(text) {
  const found = /-?\d[\d,]*(?:\.\d+)?/.exec(text || "");
  return found ? Number(found[0].replaceAll(",", "")) : Infinity;
}

/* What can be sorted by: a number for each row. What matters is the order they are kept in. */
const KEYS = {
  matters: () => (at) => at,
  outcome: (records) => (at) => records.outcome[at],
  subject: (records) => {
    const rank = ranks(records.subjects.map(([code, label, , home]) => `${records.places[home][0]} ${label} ${code}`));
    return (at) => rank[records.subject[at]];
  },
  title: (records) => {
    const rank = ranks(records.rules.map((rule) => rule.title));
    return (at) => rank[records.rule[at]];
  },
  lead: (records) => {
    const rank = ranks(records.rules.map((rule) => leadOf(records, rule)));
    return (at) => rank[records.rule[at]];
  },
  observed: (records) => (at) => numberIn(lineOf(records, at, "observed")),
  required: (records) => (at) => numberIn(lineOf(records, at, "required")),
  gap: (records) => (at) => records.gap[at],
};

function leadOf(records, rule) {
  return (rule.lead || []).map((number) => records.names[number]).join(" ") || "\uffff";
}

/* Sort rows; those that are level keep their order, which is that of what matters. */
function sorted(records, rows, key, descending) {
  const value = (KEYS[key] || KEYS.matters)(records);
  const values = new Map(rows.map((at) => [at, value(at)]));
  const way = descending ? -1 : 1;
  const compare = (a, b) => {
    const [x, y] = [values.get(a), values.get(b)];
    return x === y ? a - b : way * (x < y ? -1 : 1);
  };
  return [...rows].sort(compare);
}

/* What can be grouped by: the keys of a row, each with the name that is shown. */
const GROUPS = {
  rule: (records) => (at) => [[records.rules[records.rule[at]].id, records.rules[records.rule[at]].title]],
  home: (records) => (at) => [records.places[records.subjects[records.subject[at]][3]]],
  school: (records) => (at) => {
    const school = records.subjects[records.subject[at]][4];
    return school < 0 ? [] : [records.places[school]];
  },
  lead: (records) => (at) => unitsOf(records, records.rules[records.rule[at]].lead),
  responsible: (records) => (at) => unitsOf(records, records.rules[records.rule[at]].responsible),
  document: (records) => (at) => [records.documents[records.rules[records.rule[at]].document]],
  topic: (records) => (at) => {
    const topic = records.rules[records.rule[at]].topic;
    return topic === undefined ? [] : [[records.names[topic], records.names[topic]]];
  },
  year: (records) => (at) => [[String(records.year[at]), String(records.year[at])]],
  reason: (records) => (at) => {
    const line = records.lines[records.shapes[records.shape[at]][0][3]];
    return [[line, line.replaceAll(HOLE, "…")]];
  },
};

function unitsOf(records, numbers) {
  const names = (numbers || []).map((number) => records.names[number]);
  return names.length ? names.map((name) => [name, name]) : [["", ""]];
}

/* Count rows by group and outcome; groups with most to mend first. Of some rows only, where these
   are given, the groups that have any. */
function grouped(records, rows, by, some = rows) {
  const keysOf = GROUPS[by](records);
  const found = new Map();
  for (const at of rows) {
    for (const [key, label] of keysOf(at)) {
      let group = found.get(key);
      if (!group) found.set(key, group = { key, label, counts: records.outcomes.map(() => 0) });
      group.counts[records.outcome[at]]++;
    }
  }
  const [met, missing, apart] = ["compliant", "missing", "not_applicable"].map((name) => outcomeNumber(records, name));
  const kept = new Set(some === rows ? found.keys() : some.flatMap((at) => keysOf(at).map(([key]) => key)));
  const groups = [...found.values()].filter((group) => kept.has(group.key));
  for (const group of groups) {
    group.judged = group.counts.reduce((sum, count) => sum + count, 0) - group.counts[apart];
    group.rate = group.judged ? group.counts[met] / group.judged : null;
    group.open = 2 * group.counts[missing] > group.judged; // so that the rate may turn out higher
  }
  return groups.sort((a, b) => {
    for (let outcome = 0; outcome < a.counts.length; outcome++) {
      if (a.counts[outcome] !== b.counts[outcome]) return b.counts[outcome] - a.counts[outcome];
    }
    return collator.compare(a.label, b.label);
  });
}

function outcomeNumber(records, name) {
  return records.outcomes.findIndex(([value]) => value === name);
}

/* Sort groups by name, by rate, or by how many findings have an outcome, the most first; what is
   level keeps its order. Behind the rates that are known stand those of which most is missing. */
function sortedGroups(records, groups, key, descending) {
  const outcome = outcomeNumber(records, key);
  const way = descending ? -1 : 1;
  const compare = (a, b) => {
    if (key === "label") return collator.compare(a.label, b.label);
    if (outcome >= 0) return b.counts[outcome] - a.counts[outcome];
    const place = (group) => (group.rate === null ? 4 : group.rate + (group.open ? 2 : 0));
    return place(a) - place(b);
  };
  return key === "label" || key === "rate" || outcome >= 0 ? [...groups].sort((a, b) => way * compare(a, b)) : groups;
}

/* The name of a finding within a page, the same in every report about it. */
function anchorOf(records, at) {
  const parts = [records.rules[records.rule[at]].id.replaceAll("/", "."), records.subjects[records.subject[at]][0], records.year[at]];
  const plain = (letter) => `~${letter.charCodeAt(0).toString(16).toUpperCase()}`;
  return encodeURIComponent(parts.join(".")).replace(/[!'()*]/g, plain).replaceAll("%", "~");
}

if (typeof module !== "undefined") {
  module.exports = { inWords, readRecords, linesOf, wholeOf, matching, sorted, grouped, sortedGroups, anchorOf };
}
