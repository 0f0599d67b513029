// A line through all rows, at the moment under the pointer or under the slider, which the keyboard moves from one
// thing that happened to the next; a click, or the slider, finds that moment in the log.
let undrawn = new AbortController();
function cursor() {
  undrawn.abort();
  undrawn = new AbortController();
  const { signal } = undrawn;
  const line = element("div", "cursor"), slider = element("input"), label = element("label", "name mono", "moment"), told = element("p", "told mono");
  Object.assign(slider, { type: "range", id: "moment", min: 0, max: 1000, step: "any", value: 0 });
  label.htmlFor = "moment";
  told.setAttribute("aria-hidden", "true");
  line.hidden = true;
  rows.append(label, slider, told, line);
  const lane = () => rows.querySelector("svg.lane")?.getBoundingClientRect();
  const show = share => {
    const at = lane();
    if (at) line.style.left = `${at.left - rows.getBoundingClientRect().left + at.width * share}px`;
  };
  const underPointer = event => {
    const at = lane();
    return !at || event.clientX < at.left || event.clientX > at.right || event.target === slider ? null : (event.clientX - at.left) / at.width;
  };
  function go(at) {
    slider.value = place(at) * 1000;
    line.hidden = false;
    show(place(at));
    const near = findInLog(at);
    told.textContent = near ? `${near.time}  ${near.text}` : clock(at);
    slider.setAttribute("aria-valuetext", near ? `${clock(at)}: ${near.text}` : clock(at));
  }
  rows.addEventListener("pointermove", event => {
    const share = underPointer(event);
    if (share === null) return;
    line.hidden = false;
    show(share);
  }, { signal });
  rows.addEventListener("click", event => {
    const share = underPointer(event);
    if (share !== null) go(momentAt(share));
  }, { signal });
  slider.addEventListener("input", () => go(momentAt(slider.value / 1000)));
  slider.addEventListener("keydown", event => {
    const by = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, PageUp: 10, PageDown: -10 }[event.key];
    if (!by) return;
    event.preventDefault();
    const now = momentAt(slider.value / 1000), close = end / 2000;
    const at = by > 0 ? moments.findIndex(moment => moment > now + close) : moments.findLastIndex(moment => moment < now - close);
    const from = at < 0 ? (by > 0 ? moments.length - 1 : 0) : at;
    go(moments[Math.max(0, Math.min(moments.length - 1, from + by - Math.sign(by)))]);
  });
}
