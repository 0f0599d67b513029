"use strict";
const data = JSON.parse(document.getElementById("data").textContent);
const byId = id => document.getElementById(id);

// Names come from outside: they are only ever set as text, never as markup.
function element(tag, className, text) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}
function shape(tag, attributes, title) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  if (title) made.append(Object.assign(document.createElementNS("http://www.w3.org/2000/svg", "title"), { textContent: title }));
  return made;
}
const whole = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
const short = new Intl.NumberFormat("en", { maximumFractionDigits: 1 });
const clock = seconds => seconds >= 3600 ? `${Math.floor(seconds / 3600)}:${String(Math.floor(seconds / 60) % 60).padStart(2, "0")}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`
  : seconds >= 120 ? `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}` : `${short.format(seconds)} s`;
const end = data.seconds;
const percent = seconds => `${Math.max(0, Math.min(100, seconds / end * 100)).toFixed(3)}%`;
const breadth = (from, to) => `${Math.max(0, (to - from) / end * 100).toFixed(3)}%`;

byId("title").textContent = data.title;
document.title = `${data.title} · TargetDrain`;
byId("subtitle").textContent = `${data.when} · ${clock(end)} · ${data.where}`;

function figures() {
  const longest = data.drains.reduce((most, [from, to]) => Math.max(most, to - from), 0);
  const stuck = data.drains.filter(drain => drain[1] < 0).length;
  const refused = data.apis.reduce((sum, api) => sum + api.refused.reduce((a, b) => a + b, 0), 0);
  const calls = data.apis.reduce((sum, api) => sum + api.ours.reduce((a, b) => a + b, 0), 0);
  const failed = data.invocations.filter(run => run.outcome !== "ok" || run.failed > 0).length;
  const all = [
    [whole.format(data.taken), "registrations taken out"],
    [stuck ? whole.format(stuck) : clock(longest), stuck ? "still draining at the end" : "longest drain", stuck > 0],
    [whole.format(data.untouched), "left in place"],
    [whole.format(data.invocationCount), failed ? `invocations, ${failed} not clean` : "invocations", failed > 0],
    [`${whole.format(data.billed)} ms`, "billed in all"],
    [whole.format(calls), refused ? `API calls, ${refused} throttled` : "API calls by the function", refused > 0],
  ];
  for (const [value, label, bad] of all) {
    const figure = element("div", bad ? "figure bad" : "figure");
    figure.append(element("b", "", value), element("span", "", label));
    byId("figures").append(figure);
  }
}

function verdict() {
  if (!data.verdict.length) return;
  byId("verdict").hidden = false;
  for (const { text, holds } of data.verdict) byId("verdict").querySelector("ul").append(element("li", holds ? "yes" : "no", text));
}

const rows = byId("rows");
function row(name, title, draw) {
  const label = element("div", "name mono", name);
  label.title = title;
  const svg = shape("svg", { role: "img", "aria-label": title });
  svg.classList.add("lane");
  draw(svg);
  rows.append(label, svg);
}
function bar(svg, className, from, to, title, y = 3, height = 11) {
  svg.append(shape("rect", { class: className, x: percent(from), width: breadth(from, to), y, height, rx: 2, style: "min-width:2px" }, title));
}

function registrations() {
  let who = null;
  for (const one of data.registrations) {
    if (one.who !== who) rows.append(element("div", "who", who = one.who));
    const port = one.target.slice(one.target.lastIndexOf(":"));
    const name = `${one.group} ${one.target.startsWith("i-") ? port : one.target}`;
    const told = one.drain === null ? "stays registered" : `drains from ${clock(one.drain)}${one.gone === null ? "" : ` to ${clock(one.gone)}`}, taken out by ${one.by}`;
    row(name, `${one.target} in ${one.group}: ${told} (delay ${one.delay} s)`, svg => {
      const until = one.drain ?? one.gone ?? end;
      if (until > one.from) bar(svg, "bar-healthy", one.from, until, `registered until ${clock(until)}`, 7, 3);
      if (one.drain !== null) bar(svg, "bar-draining", one.drain, one.gone ?? end, told);
      if (one.gone !== null) svg.append(shape("circle", { class: "dot-gone", cx: percent(one.gone), cy: 8.5, r: 4.5 }, `gone at ${clock(one.gone)}`));
    });
  }
  const hidden = data.taken + data.untouched - data.registrations.length;
  if (hidden > 0) rows.append(element("div", "who soft", `… and ${whole.format(hidden)} more registrations, in the curve below`));
}

function curve() {
  if (data.drains.length < 12) return;
  const steps = [];
  for (const [from, to] of data.drains) {
    steps.push([from, 1]);
    if (to >= 0) steps.push([to, -1]);
  }
  steps.sort((a, b) => a[0] - b[0]);
  let count = 0, most = 1;
  const points = [[0, 0]];
  for (const [at, change] of steps) {
    points.push([at, count], [at, count += change]);
    most = Math.max(most, count);
  }
  points.push([end, count]);
  const label = element("div", "name mono", `draining at once, ≤ ${whole.format(most)}`);
  const svg = shape("svg", { viewBox: "0 0 1000 100", preserveAspectRatio: "none", style: "height:64px;margin:8px 0", role: "img", "aria-label": `At most ${most} registrations drain at once` });
  svg.classList.add("lane");
  const path = points.map(([x, y]) => `${(x / end * 1000).toFixed(1)},${(100 - y / most * 96).toFixed(1)}`).join(" L");
  svg.append(shape("path", { class: "area", d: `M0,100 L${path} L1000,100 Z` }), shape("path", { class: "edge", d: `M${path}` }));
  rows.append(label, svg);
}

function hooks() {
  if (!data.hooks.length) return;
  rows.append(element("div", "who", "Lifecycle hooks"));
  for (const hook of data.hooks)
    row(`${hook.name} ${hook.who}`, `${hook.name} waits for ${hook.who} from ${clock(hook.from)}${hook.to === null ? "" : ` to ${clock(hook.to)}`}: ${hook.result} ${hook.by && `by ${hook.by}`}`, svg => {
      bar(svg, hook.by && hook.by !== "TargetDrain" ? "bar-hook bar-bad" : "bar-hook", hook.from, hook.to ?? end, `${hook.result} by ${hook.by || "nobody yet"}`);
      for (const beat of hook.beats) svg.append(shape("rect", { class: "bar-beat", x: percent(beat), y: 1, width: 3, height: 15 }, `heartbeat at ${clock(beat)}`));
    });
  if (data.hookCount > data.hooks.length) rows.append(element("div", "who soft", `… and ${whole.format(data.hookCount - data.hooks.length)} more`));
}

function invocations() {
  rows.append(element("div", "who", "Function"));
  row("invocations", `${data.invocationCount} invocations`, svg => {
    for (const run of data.invocations)
      bar(svg, run.outcome === "ok" && !run.failed ? "bar-lambda" : "bar-bad", run.from, Math.max(run.to ?? end, run.from + end / 400),
        `${clock(run.from)}: ${run.outcome}, ${run.messages} messages, ${whole.format(run.billed)} ms billed${run.failed ? `, ${run.failed} go back` : ""}`);
  });
}

function axis() {
  const svg = shape("svg", { class: "axis" });
  const step = [1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200, 14400].find(size => end / size <= 8) ?? 36000;
  for (let at = 0; at <= end; at += step)
    svg.append(Object.assign(shape("text", { x: percent(at), y: 15, "text-anchor": at === 0 ? "start" : at > end * 0.96 ? "end" : "middle" }), { textContent: clock(at) }));
  rows.append(element("div", "name"), svg);
}

function columns(into, name, note, series, limit, unit, step) {
  const chart = element("div", "chart");
  chart.append(element("h3", "", name), element("p", "", note));
  const totals = series[0].values.map((_, i) => series.reduce((sum, one) => sum + one.values[i], 0));
  const most = Math.max(1e-9, ...totals);
  const top = limit !== undefined && limit < most * 3 ? Math.max(most, limit) * 1.12 : most * 1.12;
  const svg = shape("svg", { height: 84, role: "img", "aria-label": `${name}: at most ${short.format(most)} ${unit}` });
  const y = value => 66 - value / top * 58;
  const count = totals.length;
  totals.forEach((_, i) => {
    let base = 0;
    for (const one of series) {
      if (!one.values[i]) continue;
      svg.append(shape("rect", { class: one.className, x: `${(i / count * 100).toFixed(3)}%`, width: `${(88 / count).toFixed(3)}%`, y: y(base + one.values[i]), height: Math.max(1, y(base) - y(base + one.values[i])) },
        `${clock(i * step)}: ${short.format(one.values[i])} ${unit} ${one.label}`));
      base += one.values[i];
    }
  });
  svg.append(shape("line", { class: "ground", x1: 0, x2: "100%", y1: 66, y2: 66 }));
  if (limit !== undefined && limit <= top) {
    svg.append(shape("line", { class: "limit", x1: 0, x2: "100%", y1: y(limit), y2: y(limit) }));
    svg.append(Object.assign(shape("text", { x: "100%", y: y(limit) - 3, "text-anchor": "end" }), { textContent: `${limit}/s, lasting` }));
  }
  svg.append(Object.assign(shape("text", { x: 0, y: 80 }), { textContent: "0 s" }), Object.assign(shape("text", { x: "100%", y: 80, "text-anchor": "end" }), { textContent: clock(count * step) }));
  svg.append(Object.assign(shape("text", { x: 0, y: 9 }), { textContent: `${short.format(most)} ${unit} at most` }));
  chart.append(svg);
  byId(into).append(chart);
}

function apis() {
  for (const api of data.apis) {
    const perSecond = values => values.map(value => value / data.barSeconds);
    const limit = api.perSecond === undefined ? "" : `Limit ${api.burst} at once, then ${api.perSecond}/s${data.limitsOn ? "" : " (not enforced in this run)"}. `;
    columns("apis", api.name, limit + api.operations, [
      { className: "bar-ours", label: "by the function", values: perSecond(api.ours) },
      { className: "bar-others", label: "by others", values: perSecond(api.others) },
      { className: "bar-bad", label: "throttled", values: perSecond(api.refused) },
    ], api.perSecond, "calls/s", data.barSeconds);
  }
  const step = data.barSeconds, billed = new Array(Math.ceil(end / step) + 1).fill(0);
  for (const run of data.invocations) billed[Math.min(billed.length - 1, Math.floor(run.from / step))] += run.billed;
  columns("billed", `${whole.format(data.billed)} ms in ${whole.format(data.invocationCount)} invocations`, "By the moment each invocation began.",
    [{ className: "bar-lambda", label: "billed", values: billed }], undefined, "ms", step);
}

const lines = byId("lines");
function log() {
  const half = data.lineCount > data.log.length ? data.log.length / 2 : -1;
  data.log.forEach((line, i) => {
    if (i === half) lines.append(element("li", "cut", `… ${whole.format(data.lineCount - data.log.length)} lines left out …`));
    const item = element("li", line.source === "log" ? "from-log" : "from-aws");
    item.dataset.at = line.at;
    item.append(element("time", "", line.at.toFixed(1) + "s"), element("span", "source", line.source), element("span", `text ${line.tone}`, line.text));
    lines.append(item);
  });
  for (const kind of ["log", "aws"])
    byId(`show-${kind}`).addEventListener("change", event => {
      for (const item of lines.getElementsByClassName(`from-${kind}`)) item.hidden = !event.target.checked, item.style.display = item.hidden ? "none" : "";
    });
}

// A line through all rows at the moment under the pointer; a click finds that moment in the log.
function cursor() {
  const line = element("div", "cursor");
  line.hidden = true;
  rows.append(line);
  const moment = event => {
    const lane = rows.querySelector("svg.lane")?.getBoundingClientRect();
    if (!lane || event.clientX < lane.left || event.clientX > lane.right) return null;
    line.style.left = `${event.clientX - rows.getBoundingClientRect().left}px`;
    return (event.clientX - lane.left) / lane.width * end;
  };
  rows.addEventListener("pointermove", event => { line.hidden = moment(event) === null; });
  rows.addEventListener("pointerleave", () => { line.hidden = true; });
  rows.addEventListener("click", event => {
    const at = moment(event);
    if (at === null) return;
    const items = [...lines.children].filter(item => item.dataset.at !== undefined);
    const near = items.reduce((best, item) => Math.abs(item.dataset.at - at) < Math.abs(best.dataset.at - at) ? item : best, items[0]);
    for (const item of items) item.classList.toggle("here", Math.abs(item.dataset.at - near.dataset.at) < 0.05);
    lines.scrollTop = near.offsetTop - lines.offsetTop - 60;
  });
}

figures();
verdict();
registrations();
curve();
hooks();
invocations();
axis();
apis();
log();
cursor();
