"use strict";
const byId = id => document.getElementById(id);

// Names come from outside: they are only ever set as text, never as markup.
function element(tag, className, text) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}
const whole = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });

function tell(problem) {
  byId("problem").hidden = !problem;
  byId("problem").textContent = problem ?? "";
}

async function act(request) {
  const answer = await fetch("/_target-drain/act", {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-Target-Drain": "page" },
    body: JSON.stringify(request),
  });
  tell(answer.ok ? null : await answer.text());
  await refresh();
}

function button(label, act, instance, title, enabled) {
  const made = element("button", "", label);
  Object.assign(made.dataset, { act, instance });
  made.title = title;
  // Not "disabled": the keyboard would lose its place whenever a button has done its work.
  if (!enabled) made.setAttribute("aria-disabled", "true");
  return made;
}

function instanceCard(one) {
  const card = element("article", `panel instance${one.state === "terminated" ? " over" : ""}`);
  const alive = one.state === "running" || one.state === "pending";
  const leaving = one.lifecycle && one.lifecycle !== "InService";
  const head = element("header");
  const state = one.hook ? `waits on ${one.hook}, ${one.hookLeft} s left` : leaving ? one.lifecycle : one.state;
  head.append(element("h3", "", one.name), element("span", leaving || !alive ? "state leaving" : "state", state),
    element("span", "id mono", `${one.id} · ${one.address || "no address"}${one.scaling ? ` · group ${one.scaling}` : ""}${one.spot ? " · Spot" : ""}`));
  card.append(head);
  for (const registration of one.registrations) {
    const row = element("div", `registration ${registration.state}`);
    row.title = registration.state === "registered" ? `deregistration delay ${registration.delay} s` : `taken out by ${registration.by}, delay ${registration.delay} s`;
    const track = element("div", "track"), bar = element("i");
    bar.style.width = `${registration.progress * 100}%`;
    track.append(bar);
    const how = registration.state === "draining" ? `${whole.format(registration.progress * registration.delay)} of ${registration.delay} s` : registration.state;
    row.append(element("span", "what mono", `${registration.group} ${registration.target}`), element("span", "how", how), track);
    card.append(row);
  }
  if (!one.registrations.length) card.append(element("span", "soft", "in no target group"));
  const buttons = element("div", "buttons");
  if (one.scaling) buttons.append(button("Scale in", "scale-in", one.id, "TerminateInstanceInAutoScalingGroup", alive && !leaving));
  buttons.append(button("Terminate", "terminate", one.id, "TerminateInstances of EC2", alive));
  if (one.spot) buttons.append(button("Interrupt", "interrupt", one.id, "Spot interruption: two minutes left", alive));
  card.append(buttons);
  return card;
}

function figure(value, label, className) {
  const made = element("div", `figure ${className ?? ""}`);
  made.append(element("b", "", value), element("span", "", label));
  return made;
}

// Only what has changed is drawn again: focus, selections and scroll positions elsewhere stay as they are.
const drawn = {};
function redraw(id, part, draw) {
  const now = JSON.stringify(part);
  if (drawn[id] === now) return;
  drawn[id] = now;
  const place = byId(id), focused = place.contains(document.activeElement) ? document.activeElement.dataset : null;
  place.replaceChildren(...draw());
  if (!focused?.act) return;
  const same = place.querySelector(`button[data-act="${focused.act}"][data-instance="${focused.instance}"]`)
    ?? place.querySelector(`button[data-instance="${focused.instance}"]`);
  same?.focus({ preventScroll: true });
}
const ways = { throttle: "is throttled", error: "answers 500", deny: "is denied", cut: "loses its connection" };

function show(world) {
  byId("where").textContent = `${world.where}, up for ${whole.format(world.seconds)} s`;
  redraw("work", [world.delayed, world.visible, world.inFlight, world.running, world.invocations, world.billed, world.dead], () => [
    figure(whole.format(world.delayed), "tickets wait in the queue"),
    figure(whole.format(world.visible + world.inFlight), "messages to do or in work"),
    figure(world.running ? "running" : "at rest", "the function", world.running ? "busy" : ""),
    figure(whole.format(world.invocations), "invocations"),
    figure(`${whole.format(world.billed)} ms`, "billed"),
    figure(whole.format(world.dead), "dead letters", world.dead ? "bad" : "")]);
  redraw("operation", world.operations, () => world.operations.map(name => element("option", "", name)));
  redraw("broken", world.broken, () => world.broken.map(one => element("li", "bad", `${one.operation} ${ways[one.kind]}, ${one.left === 1 ? "once" : `${one.left} times`} still`)));
  if (!world.broken.length && document.activeElement === byId("heal")) byId("break").focus();
  byId("heal").hidden = !world.broken.length;
  redraw("instances", [world.instances, world.instanceCount], () => [
    ...world.instances.map(instanceCard),
    ...(world.instanceCount > world.instances.length ? [element("p", "soft", `and ${world.instanceCount - world.instances.length} more`)] : []),
    ...(world.instances.length ? [] : [element("p", "soft", "No instances yet. Add one, or use any AWS client.")])]);
  redraw("hooks", world.hooks, () => world.hooks.length ? world.hooks.map(hook => {
    const item = element("li");
    item.append(element("b", "", hook.name), ` ${hook.who}: `,
      hook.result ? element("span", hook.by === "TargetDrain" ? "ok" : "bad", `${hook.result} by ${hook.by} after ${hook.seconds} s`) : `waits ${hook.seconds} s`,
      hook.beats ? `, ${hook.beats} heartbeats` : "");
    return item;
  }) : [element("li", "soft", "No lifecycle action pending: scale in an instance of a group.")]);
  redraw("lines", world.lines, () => world.lines.slice().reverse().map(line => {
    const item = element("li");
    item.append(element("span", "soft", `${line.at.toFixed(1).padStart(4, "0")}s`), element("span", "soft", line.source), element("span", line.tone, line.text));
    return item;
  }));
}

// A pressed button must not be replaced under the finger.
let pressed = false;
addEventListener("pointerdown", () => { pressed = true; });
addEventListener("pointerup", () => { setTimeout(() => { pressed = false; }, 50); });
addEventListener("pointercancel", () => { pressed = false; });

async function refresh() {
  const answer = await fetch("/_target-drain/state");
  show(await answer.json());
}
async function poll() {
  try {
    if (!pressed) await refresh();
    document.body.classList.remove("lost");
  } catch {
    byId("where").textContent = "The playground has stopped. Start it again with: target-drain serve";
  }
  setTimeout(poll, 700);
}

document.addEventListener("click", event => {
  const { act: name, instance, kind } = event.target.dataset ?? {};
  if (name && event.target.getAttribute("aria-disabled") !== "true") act({ act: name, instance: instance ?? "", kind: kind ?? "" });
});
byId("fail").addEventListener("submit", event => {
  event.preventDefault();
  const form = event.target;
  act({ act: "fail", operation: form.operation.value, kind: form.kind.value, times: Number(form.times.value) });
});
poll();
