// Where things are drawn: at their time, or, where idle time is skipped, on a scale that leaves out what nobody did.
const moments = [...new Set([0, end, ...data.drains.flat(), ...data.hooks.flatMap(hook => [hook.from, hook.to ?? end, ...hook.beats]),
  ...data.invocations.flatMap(run => [run.from, run.to ?? end]), ...data.log.map(line => line.at)])].filter(at => at >= 0 && at <= end).sort((a, b) => a - b);
const longIdle = Math.max(5, end / 12), shortened = 0.02;
const idle = moments.slice(1).map((at, i) => [moments[i], at]).filter(([from, to]) => to - from > longIdle);
let skips = [];
const skipped = until => skips.reduce((sum, [from, to]) => sum + Math.max(0, Math.min(until, to) - from), 0);
const begun = until => skips.reduce((sum, [from, to]) => sum + Math.max(0, Math.min(1, (until - from) / (to - from))), 0);
const lasting = () => (end - skipped(end)) || 1;
const place = at => (Math.max(0, Math.min(end, at)) - skipped(at)) / lasting() * (1 - skips.length * shortened) + begun(at) * shortened;
// The other way round, by halves: the scale only ever grows.
function momentAt(share) {
  let from = 0, to = end;
  for (let i = 0; i < 40; i++) {
    const half = (from + to) / 2;
    if (place(half) < share) from = half; else to = half;
  }
  return to;
}
const percent = seconds => `${(place(seconds) * 100).toFixed(3)}%`;
const breadth = (from, to) => `${Math.max(0, (place(to) - place(from)) * 100).toFixed(3)}%`;

const rows = byId("rows");
function row(name, title, draw, className = "") {
  const label = element("div", `name mono ${className}`, name);
  label.title = title;
  const svg = shape("svg", { role: "img", "aria-label": title });
  svg.classList.add("lane");
  for (const [from, to] of skips) svg.append(shape("rect", { class: "skip", x: percent(from), width: breadth(from, to), y: 0, height: 17 }, `${clock(to - from)} skipped`));
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
    const told = one.left ? "LEFT BEHIND: its instance is gone, it is still registered"
      : one.drain === null && one.gone === null ? "stays registered"
      : one.drain === null ? `gone at ${clock(one.gone)}, taken out by ${one.by}`
      : `drains from ${clock(one.drain)}${one.gone === null ? ", not gone by the end" : ` to ${clock(one.gone)}`}, taken out by ${one.by}`;
    row(name, `${one.target} in ${one.group}: ${told} (delay ${one.delay} s)`, svg => {
      const until = one.drain ?? one.gone ?? end;
      if (one.left) bar(svg, "bar-bad", one.from, end, told, 5, 7);
      else if (until > one.from) bar(svg, "bar-healthy", one.from, until, `registered until ${clock(until)}`, 7, 3);
      if (one.drain !== null) bar(svg, "bar-draining", one.drain, one.gone ?? end, told);
      if (one.gone !== null) svg.append(shape("circle", { class: "dot-gone", cx: percent(one.gone), cy: 8.5, r: 4.5 }, `gone at ${clock(one.gone)}`));
    }, one.left ? "bad" : "");
  }
  const hidden = data.taken + data.left + data.untouched - data.registrations.length;
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
  const path = points.map(([x, y]) => `${(place(x) * 1000).toFixed(1)},${(100 - y / most * 96).toFixed(1)}`).join(" L");
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

// Runs at the same time stand below one another.
function invocations() {
  rows.append(element("div", "who", "Function"));
  const least = end / 400, most = 12, lanes = [];
  for (const run of data.invocations) {
    const until = Math.max(run.to ?? end, run.from + least);
    let lane = lanes.findIndex(one => one.until <= run.from);
    if (lane < 0) lane = lanes.length < most ? lanes.push({ until: 0, runs: [] }) - 1 : most - 1;
    lanes[lane].until = Math.max(lanes[lane].until, until);
    lanes[lane].runs.push([run, until]);
  }
  if (!lanes.length) rows.append(element("div", "name soft", "no invocation"), element("div"));
  lanes.forEach((lane, i) => row(i ? "at the same time" : "invocations", `${lane.runs.length} invocations${lanes.length > 1 ? `, up to ${lanes.length} at once` : ""}`, svg => {
    for (const [run, until] of lane.runs)
      bar(svg, run.outcome === "ok" && !run.failed ? "bar-lambda" : "bar-bad", run.from, until,
        `${clock(run.from)}: ${run.outcome}, ${run.messages} messages, ${whole.format(run.billed)} ms billed${run.failed ? `, ${run.failed} go back` : ""}`);
  }));
}

function axis() {
  const svg = shape("svg", { class: "axis" });
  const step = [1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200, 14400].find(size => lasting() / size <= (innerWidth < 640 ? 4 : 8)) ?? 36000;
  let last = -1;
  for (let at = 0; at <= end; at += step) {
    const x = place(at);
    if (x - last < 0.06 || skips.some(([from, to]) => at > from && at < to)) continue;
    last = x;
    svg.append(Object.assign(shape("text", { x: percent(at), y: 15, "text-anchor": at === 0 ? "start" : x > 0.96 ? "end" : "middle" }), { textContent: clock(at) }));
  }
  for (const [from, to] of skips)
    svg.append(Object.assign(shape("text", { x: percent((from + to) / 2), y: 15, "text-anchor": "middle" }, `${clock(to - from)} skipped`), { textContent: "⋯" }));
  rows.append(element("div", "name"), svg);
}

function drawTimeline() {
  rows.replaceChildren();
  registrations();
  curve();
  hooks();
  invocations();
  axis();
  cursor();
}
byId("skipping").hidden = !idle.length;
byId("skip").addEventListener("change", event => {
  skips = event.target.checked ? idle : [];
  drawTimeline();
});
drawTimeline();
