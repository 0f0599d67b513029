const lines = byId("lines");
function log() {
  const half = data.lineCount > data.log.length ? data.log.length / 2 : -1;
  data.log.forEach((line, i) => {
    if (i === half) lines.append(element("li", "cut", `… ${whole.format(data.lineCount - data.log.length)} lines left out …`));
    const item = element("li", line.source === "log" ? "from-log" : "from-aws");
    item.dataset.at = line.at;
    item.append(element("time", "", line.time), element("span", "source", line.source), element("span", `text ${line.tone}`, line.text));
    lines.append(item);
  });
  for (const kind of ["log", "aws"])
    byId(`show-${kind}`).addEventListener("change", event => {
      for (const item of lines.getElementsByClassName(`from-${kind}`)) item.hidden = !event.target.checked, item.style.display = item.hidden ? "none" : "";
    });
}

// Marks what was logged nearest to a moment, brings it into view, and returns the first line of it.
function findInLog(at) {
  const items = [...lines.children].filter(item => item.dataset.at !== undefined);
  if (!items.length) return null;
  const near = items.reduce((best, item) => Math.abs(item.dataset.at - at) < Math.abs(best.dataset.at - at) ? item : best, items[0]);
  for (const item of items) item.classList.toggle("here", Math.abs(item.dataset.at - near.dataset.at) < 0.05);
  lines.scrollTop = near.offsetTop - lines.offsetTop - 60;
  return { time: near.querySelector("time").textContent, text: near.querySelector(".text").textContent };
}

log();
