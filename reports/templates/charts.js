/* A finding as a small chart: dabiao.reports.page.charts gives the points, and draws the same for
   those who have no scripts. */

const CHART = { width: 340, height: 130, left: 44, right: 44, top: 22, bottom: 38 };

/* Read points: role, year, value, and the value as it is written. */
function pointsOf(text) {
  return text.split("|").filter(Boolean).map((point) => {
    const [role, year, value, ...label] = point.split("·");
    return { role, year: Number(year), value: Number(value.replaceAll(",", "")), text: label.join("·") };
  });
}

function chartWords(points) {
  return points.map((point) => say("point", point.year, words.roles[point.role], point.text)).join(words.semicolon);
}

function drawn(tag, attributes, ...children) {
  const element = document.createElementNS(byId("drawing").namespaceURI, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  element.append(...children);
  return element;
}

function chart(text) {
  const points = pointsOf(text);
  if (points.length < 2) return "";
  const { width, height, left, right, top, bottom } = CHART;
  const years = points.map((point) => point.year);
  const values = points.map((point) => point.value);
  const [first, last, low, high] = [Math.min(...years), Math.max(...years), Math.min(...values), Math.max(...values)];
  const across = (year) => left + (width - left - right) * (year - first) / (last - first || 1);
  const up = (value) => top + (height - top - bottom) * (1 - (value - low) / (high - low || 1));
  const way = (name, roles) => {
    const on = points.filter((point) => roles.includes(point.role));
    return on.length < 2 ? [] : [drawn("polyline", { class: name, points: on.map((point) => `${across(point.year)},${up(point.value)}`).join(" ") })];
  };
  return drawn("svg", { class: "chart", role: "img", viewBox: `0 0 ${width} ${height}`, "aria-label": chartWords(points) },
    ...way("way", "bt"), ...way("seen", "s"),
    ...points.flatMap((point) => {
      const [x, y] = [across(point.year), up(point.value)];
      const over = points.some((other) => other.year === point.year && other.value > point.value);
      const place = point.role === "l" ? { class: "l", x: x + 7, y: y + 4 } : { x, y: y + (over ? 16 : -8) };
      return [drawn("circle", { class: point.role, cx: x, cy: y, r: 3.5 }), drawn("text", place, point.role === "l" ? `${words.roles.l} ${point.text}` : point.text)];
    }),
    ...[...new Set(years)].sort().map((year) => drawn("text", { class: "year", x: across(year), y: height - 4 }, String(year))));
}
