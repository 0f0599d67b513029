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
  byId("apis").previousElementSibling.hidden = !data.apis.length;
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

apis();
