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

byId("title").textContent = data.title;
document.title = `${data.title} · TargetDrain`;
byId("note").textContent = data.note;
byId("note").hidden = !data.note;
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
    ...(data.left ? [[whole.format(data.left), "left behind: their instance is gone, they are not", true]] : []),
    [whole.format(data.untouched), "of others, untouched"],
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

function leftBehind() {
  const left = data.registrations.filter(one => one.left);
  byId("left").hidden = !left.length;
  for (const one of left) byId("left").querySelector("ul").append(element("li", "", `${one.group} ${one.target}, of ${one.who}`));
  if (data.left > left.length) byId("left").querySelector("ul").append(element("li", "", `and ${whole.format(data.left - left.length)} more`));
}

figures();
verdict();
leftBehind();
