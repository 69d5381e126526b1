"use strict";

/* The page draws what the sandbox tells (server-sent events) and sends back what people do. */

const ZONE = "Europe/Kyiv";
const FADE = 700;
const TOAST = 3500;
const TYPING = 5000;
const NOTICE = 5000;
const CATCHING_UP = 30000;  // after a jump the bot looks as if it had stood still all that time
const NARROW = matchMedia("(max-width: 760px)");

const state = {
  words: {},
  story: [],
  language: localStorage.getItem("language") || "uk",
  people: [],
  phones: {},
  lead: 0,        // seconds between the sandbox's clock and this computer's
  offset: 0,
  jumped: 0,      // when, by this computer's clock
  operator: null,
  current: null,  // the phone that a narrow screen shows
  plays: [],
  playing: false,
  began: 0,       // by the sandbox's clock: when the play that runs was begun
  since: Number(sessionStorage.getItem("since")) || 0,  // when the case came that the ladder shows; 0: none yet
  rang: {},       // when each phone first rang for it
  asks: {},       // when somebody wrote words that have no answer yet
  spoke: {},      // when somebody last did something: what comes right after is an answer
  news: new Set(),  // phones that rang while they could not be seen
};
const timers = new Map();
const looking = new IntersectionObserver((seen) => seen.forEach(({ target, isIntersecting }) => {
  target.classList.toggle("in-view", isIntersecting);
  if (isIntersecting && state.news.delete(target.dataset.person)) marked();
}), { threshold: 0.3 });
const following = new ResizeObserver((resized) => resized.forEach(({ target }) => {
  if (!target.dataset.readsBack) toEnd(target);
}));

/* ---- small tools of drawing ---- */

const $ = (selector, root = document) => root.querySelector(selector);
const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];

function make(tag, given = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(given)) {
    if (name === "class") element.className = value;
    else if (name === "click") element.addEventListener("click", value);
    else if (value !== false && value != null) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children);
  return element;
}

function word(name, blanks = {}) {
  const text = (state.words[state.language] || {})[name] ?? name;
  return text.replace(/\{(\w+)\}/g, (whole, blank) => blanks[blank] ?? whole);
}

function later(key, wait, work) {
  clearTimeout(timers.get(key));
  timers.set(key, setTimeout(work, wait));
}

/* ---- time ---- */

const now = () => Date.now() / 1000 + state.lead;
const written = (seconds, how) =>
  new Intl.DateTimeFormat(state.language === "uk" ? "uk-UA" : "en-GB", { timeZone: ZONE, ...how })
    .format(new Date(seconds * 1000));
const hourOf = (seconds) => written(seconds, { hour: "2-digit", minute: "2-digit" });
const dayOf = (seconds) => written(seconds, { weekday: "short", day: "numeric", month: "long" });

function span(seconds) {
  const parts = [
    ["days", Math.floor(seconds / 86400)],
    ["hours", Math.floor(seconds / 3600) % 24],
    ["minutes", Math.floor(seconds / 60) % 60],
  ].filter(([, n]) => n > 0);
  return parts.length ? parts.map(([name, n]) => word(name, { n })).join(" ") : word("seconds", { n: Math.ceil(seconds) });
}

function tick() {
  const moment = now();
  $("#clock").textContent = `${dayOf(moment)}, ${hourOf(moment)}`;
  $("#clock").setAttribute("datetime", new Date(moment * 1000).toISOString());
  waited();
  $("#offset").textContent = state.offset >= 1 ? word("ahead", { time: span(state.offset) }) : "";
}

/* ---- talking to the sandbox ---- */

async function send(path, body = {}) {
  const answer = await fetch(`sandbox/${path}`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(word(answer.status === 409 ? "notThere" : "notUnderstood"));
  return answer.json();
}

async function act(key, what, body) {
  state.spoke[key] = now();
  try {
    await send(`people/${key}/${what}`, body);
  } catch (error) {
    toast(key, error.message);
  }
}

function listen() {
  const source = new EventSource("sandbox/events");
  const on = (name, work) => source.addEventListener(name, (event) => work(JSON.parse(event.data)));
  on("everything", everything);
  on("change", changed);
  on("clock", clock);
  on("operator", operator);
  source.onopen = () => notice("");
  source.onerror = () => {
    notice(word("lost"), true);
    if (source.readyState === EventSource.CLOSED) setTimeout(listen, 1500);
  };
}

/* ---- what comes ---- */

function everything(told) {
  clock(told.clock);
  state.people = told.people;
  state.phones = told.phones;
  const written = Object.fromEntries($$(".phone input").map((input) => [input.id, input.value]));
  const focused = document.activeElement && document.activeElement.id;
  looking.disconnect();
  following.disconnect();
  $("#phones").replaceChildren(...told.people.map(phone));
  state.rang = {};
  state.spoke = {};
  state.asks = {};
  $$(".phone").forEach((root) => looking.observe(root));
  for (const [key, messages] of Object.entries(told.messages)) messages.forEach((message) => { put(key, message); if (state.since) rings(key, message); });
  for (const [id, value] of Object.entries(written)) if ($(`#${id}`)) $(`#${id}`).value = value;
  if (focused && document.getElementById(focused)) document.getElementById(focused).focus();
  translate();
  if (!state.people.some((person) => person.key === state.current)) state.current = (state.people[0] || {}).key;
  people();
  $$(".log").forEach(toEnd);
}

function changed({ what, person, message, phone, words }) {
  if (phone) {
    state.phones[person] = phone;
    around(person);
    if (state.rang[person]) lanes();
  }
  if (what === "came") came(person, message);
  if (what === "edited") put(person, message, true);
  if (what === "deleted") remove(person, message);
  if (what === "toast") answered(person, words);
  if (what === "typing") typing(person);
}

function clock({ now: theirs, offset }) {
  state.lead = theirs - Date.now() / 1000;
  if (offset > state.offset) state.jumped = Date.now();
  state.offset = offset;
  tick();
}

function operator(told) {
  state.operator = told;
  const state_ = $("#bot-state");
  state_.dataset.state = told.state;
  const name = { running: "botRunning", cut: "botCut", off: "botOff", ended: "botEnded" }[told.state];
  settle($("span", state_), word(name, { code: told.exit }));
  settle($("#plug"), word(told.state === "running" ? "cut" : "start"));
  $("#counts").replaceChildren(...counts(told));
  settle($("#log"), told.lines.join("\n") || word("logEmpty"));
}

/* Screen readers read what changes; what has not changed must not be written again. */
function settle(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

function counts({ healthy, gauges }) {
  const behind = Date.now() - state.jumped < CATCHING_UP;
  const health = healthy === null ? "away" : healthy ? "well" : behind ? "behind" : "unwell";
  const outbox = Object.entries(gauges.poruch_outbox_waiting || {});
  const total = outbox.reduce((sum, [, n]) => sum + n, 0);
  const lanes = outbox.filter(([lane, n]) => lane && n).map(([lane, n]) => `${lane} ${n}`).join(" · ");
  const one = (name) => (gauges[name] ? Object.values(gauges[name]).reduce((a, b) => a + b, 0) : "–");
  return [
    [word("health"), word(health), health],
    [word("inbox"), one("poruch_inbox_waiting")],
    [word("outbox"), outbox.length ? total : "–", "", lanes],
    [word("cases"), one("poruch_cases_waiting")],
  ].map(([name, value, kind, more]) =>
    make("div", { class: kind || "" }, make("dt", {}, name),
      make("dd", {}, String(value), ...(more ? [make("small", {}, more)] : []))));
}

/* ---- phones ---- */

const phoneOf = (key) => $(`.phone[data-person="${CSS.escape(key)}"]`);

function phone(person, index) {
  const root = $("#phone").content.firstElementChild.cloneNode(true);
  const input = $("input", root);
  root.dataset.person = person.key;
  root.dataset.tint = index % 6;
  $("h3", root).textContent = person.name;
  $(".face", root).textContent = person.name.slice(0, 1);
  $(".log", root).addEventListener("scroll", ({ target }) => { target.dataset.readsBack = atEnd(target) ? "" : "yes"; });
  following.observe($(".log", root));
  input.id = `write-${index}`;
  $("label", root).htmlFor = input.id;
  $("form", root).addEventListener("submit", (event) => {
    event.preventDefault();
    if (input.value.trim()) act(person.key, "say", { text: input.value });
    input.value = "";
  });
  $(".block", root).addEventListener("click", () =>
    act(person.key, state.phones[person.key].blocked ? "unblock" : "block"));
  for (const button of $$("[data-act]", root)) {
    button.addEventListener("click", () => {
      button.closest("details").open = false;
      act(person.key, button.dataset.act);
    });
  }
  return root;
}

/* Everything around the messages: lock screen, keyboard, commands, blocked or not. */
function around(key) {
  const root = phoneOf(key);
  const told = state.phones[key];
  const person = state.people.find((one) => one.key === key);
  root.setAttribute("aria-label", `${person.name}, ${person[state.language]}`);
  root.classList.toggle("away", told.blocked || told.gone);
  role(key);
  lockScreen(root, told.push);
  $(".block", root).setAttribute("aria-pressed", String(told.blocked));
  $(".block", root).title = word(told.blocked ? "unblock" : "block");
  stranger(key, root, !told.started);
  $(".log", root).setAttribute("aria-label", word("chat", { name: person.name }));
  $("label", root).textContent = word("write", { name: person.name });
  $("input", root).placeholder = told.placeholder || word("placeholder");
  keyboard(key, root, told.keyboard);
  commands(key, root, told.commands);
}

function role(key) {
  const told = state.phones[key];
  const person = state.people.find((one) => one.key === key);
  settle($(".role", phoneOf(key)), told.blocked ? word("blocked") : person[state.language]);
}

function lockScreen(root, push) {
  const words = push ? push.text : word("noPush");
  const when = push ? [...(push.silent ? [word("silent")] : []), hourOf(push.at)].join(" · ") : "";
  $(".lock", root).classList.toggle("empty", !push);
  settle($(".push .words", root), words);
  settle($(".lock .when", root), when);
}

function keyboard(key, root, rows) {
  const place = $(".keyboard", root);
  place.hidden = !rows.length;
  place.replaceChildren(...rows.map((row) => make("div", { class: "row" },
    ...row.map(({ text }) => make("button", { type: "button", click: () => act(key, "key", { label: text }) }, text)))));
}

function commands(key, root, list) {
  const menu = $(".commands", root);
  menu.hidden = !list.length;
  $(".list", menu).replaceChildren(...list.map(({ command, description }) =>
    make("button", {
      type: "button",
      click: () => {
        menu.open = false;
        act(key, "say", { text: `/${command}` });
      },
    }, make("b", {}, `/${command}`), " ", make("span", {}, description))));
}

/* Whoever has not pressed Start cannot be written to. */
function stranger(key, root, unknown) {
  const old = $(".stranger", root);
  if (old) old.remove();
  if (!unknown) return;
  $(".log", root).append(make("div", { class: "stranger" }, word("stranger"),
    make("button", { type: "button", click: () => act(key, "say", { text: "/start" }) }, word("begin"))));
}

/* ---- messages ---- */

function came(key, message) {
  put(key, message);
  rings(key, message);
  if (message.mine) return;
  role(key);
  const root = phoneOf(key);
  root.classList.remove("rings");
  void root.offsetWidth;
  root.classList.add("rings");
  if (root.classList.contains("in-view")) return;
  state.news.add(key);
  marked();
}

function put(key, message, changed = false) {
  const log = $(".log", phoneOf(key));
  const old = $(`[data-message="${message.id}"]`, log);
  const fresh = drawn(key, message);
  const near = atEnd(log);
  if (old) {
    old.replaceWith(fresh);
    if (changed) fresh.classList.add("flash");
    if (near) toEnd(log);
    return;
  }
  if (changed) return;
  separate(log, message);
  log.append(fresh);
  tidy(log);
  if (near || message.mine) toEnd(log);
}

const atEnd = (log) => log.scrollHeight - log.scrollTop - log.clientHeight < 160;
const toEnd = (log) => { log.scrollTop = log.scrollHeight; };

function remove(key, message) {
  const shown = $(`.log [data-message="${message.id}"]`, phoneOf(key));
  if (!shown) return;
  shown.classList.add("leaving");
  $$("button", shown).forEach((button) => { button.disabled = true; });
  setTimeout(() => {
    shown.classList.replace("leaving", "deleted");
    tidy(shown.parentElement);
  }, FADE);
}

function separate(log, { at }) {
  const last = $$(".day", log).pop();
  const day = written(at, { dateStyle: "short" });
  if (!last || last.dataset.day !== day) log.append(make("p", { class: "day", "data-day": day, "data-at": at }, dayOf(at)));
}

/* A day without messages has no heading. */
function tidy(log) {
  let heading = null;
  for (const child of log.children) {
    if (child.matches(".day")) {
      if (heading) heading.hidden = true;
      heading = child;
    } else if (heading && (!child.matches(".deleted") || document.body.dataset.deleted === "shown")) {
      heading.hidden = false;
      heading = null;
    }
  }
  if (heading) heading.hidden = true;
}

function drawn(key, message) {
  const side = message.mine ? "mine" : "bot";
  const article = make("article", { class: `message ${side}${message.deleted ? " deleted" : ""}`, "data-message": message.id });
  article.append(make("div", { class: "bubble" }, ...body(key, message), marks(message)));
  if (message.buttons.length) article.append(buttons(key, message));
  article.classList.toggle("wide", message.buttons.some((row) => row.length >= MANY));
  return article;
}

function body(key, message) {
  const parts = [];
  if (message.reply) parts.push(make("blockquote", { class: "reply" }, message.reply));
  if (message.photo) parts.push(photo(key, message.photo));
  if (message.document) parts.push(file(message.document));
  if (message.voice != null) parts.push(make("p", { class: "thing voice" }, word("voiceOf", { seconds: message.voice })));
  if (message.contact) parts.push(make("p", { class: "thing" }, word("contactOf", {
    name: message.contact.first_name, number: message.contact.phone_number,
  })));
  if (message.text) parts.push(make("p", { class: "text" }, ...formatted(key, message.text, message.entities)));
  return parts;
}

function photo(key, address) {
  const image = make("img", { src: address, alt: word("photoOf") });
  image.addEventListener("load", () => toEnd($(".log", phoneOf(key))));
  return image;
}

const file = ({ name, size, address }) =>
  make("a", { class: "thing file", href: address, download: name }, name, make("small", {}, ` ${Math.max(1, Math.round(size / 1024))} KB`));

function marks(message) {
  const said = [
    ...(message.deleted ? [["deleted", "deleted-mark"]] : []),
    ...(message.edited ? [["edited", ""]] : []),
    ...(message.protected ? [["protected", "padlock"]] : []),
    ...(message.silent ? [["silent", ""]] : []),
  ].map(([name, kind]) => make("span", { class: kind, "data-word": name }, word(name)));
  return make("p", { class: "marks" }, ...said, make("time", { datetime: new Date(message.at * 1000).toISOString() }, hourOf(message.at)));
}

/* Five buttons in a row and more are a calendar or a list of times: they take the whole width, and smaller letters. */
const MANY = 5;

function buttons(key, message) {
  return make("div", { class: "buttons" }, ...message.buttons.map((row) =>
    make("div", { class: row.length < MANY ? "row" : "row many" }, ...row.map((button) => inline(key, message, button)))));
}

function inline(key, message, button) {
  const look = [button.style, { "‹": "step", "›": "step", "·": "blank" }[button.text]].filter(Boolean).join(" ");
  const element = make("button", { type: "button", class: look, disabled: message.deleted }, button.text);
  element.addEventListener("click", () => press(key, message, button, element));
  return element;
}

function press(key, message, button, element) {
  if (button.url) window.open(button.url, "_blank", "noreferrer");
  else if (button.copy_text) copy(key, button.copy_text.text);
  else if (button.callback_data) {
    element.setAttribute("aria-busy", "true");
    later(`busy ${key}`, 30000, () => answered(key, ""));
    act(key, "press", { message: message.id, data: button.callback_data });
  }
}

async function copy(key, text) {
  await navigator.clipboard.writeText(text).catch(() => {});
  toast(key, word("copied"));
}

/* Text with its entities, which are counted in UTF-16 units, as JavaScript's strings are. */
function formatted(key, text, entities) {
  const cuts = [...new Set([0, text.length, ...entities.flatMap((e) => [e.offset, e.offset + e.length])])].sort((a, b) => a - b);
  return cuts.slice(1).map((end, index) => {
    const start = cuts[index];
    const around = entities.filter((e) => e.offset <= start && end <= e.offset + e.length);
    return around.reduceRight((inner, entity) => dressed(key, entity, inner), document.createTextNode(text.slice(start, end)));
  });
}

const TAGS = {
  bold: "b", italic: "i", underline: "u", strikethrough: "s", code: "code", pre: "code",
  blockquote: "q", expandable_blockquote: "q",
};

function dressed(key, entity, inner) {
  if (TAGS[entity.type]) return make(TAGS[entity.type], {}, inner);
  if (entity.type === "text_link") return make("a", { href: entity.url, target: "_blank", rel: "noreferrer" }, inner);
  if (entity.type === "spoiler") {
    return make("button", { type: "button", class: "spoiler", title: word("spoiler"), click: (event) => event.currentTarget.classList.add("seen") }, inner);
  }
  if (entity.type === "bot_command") {
    const command = inner.textContent;
    return make("button", { type: "button", class: "command", click: () => act(key, "say", { text: command }) }, inner);
  }
  return inner;
}

/* ---- small signs ---- */

function answered(key, words) {
  $$("[aria-busy]", phoneOf(key)).forEach((button) => button.removeAttribute("aria-busy"));
  if (words) toast(key, words);
}

function toast(key, words) {
  const place = $(".toast", phoneOf(key));
  place.textContent = words;
  place.classList.add("shown");
  later(`toast ${key}`, TOAST, () => {
    place.classList.remove("shown");
    place.textContent = "";
  });
}

function typing(key) {
  $(".role", phoneOf(key)).textContent = word("typing");
  later(`typing ${key}`, TYPING, () => role(key));
}

function notice(words, stays = false) {
  const place = $("#notice");
  settle(place, words);
  place.hidden = !words;
  clearTimeout(timers.get("notice"));
  if (words && !stays) later("notice", NOTICE, () => notice(""));
}

/* ---- around the phones ---- */

function people() {
  $("#people").replaceChildren(...state.people.map((person) =>
    make("button", {
      type: "button", "data-key": person.key, click: () => show(person.key),
    }, person.name, make("small", {}, person[state.language]), make("span", { class: "news", hidden: true },
      make("span", { class: "unseen" }, word("news"))))));
  marked();
}

/* Which phone is in front, and which have rung where nobody saw it. */
function marked() {
  for (const button of $$("#people button")) {
    if (button.dataset.key === state.current) button.setAttribute("aria-current", "true");
    else button.removeAttribute("aria-current");
    $(".news", button).hidden = !state.news.has(button.dataset.key);
  }
  for (const root of $$(".phone")) root.classList.toggle("current", root.dataset.person === state.current);
}

function show(key) {
  state.current = key;
  if (NARROW.matches) panel(false);
  marked();
  $("#people [aria-current]").scrollIntoView({ block: "nearest", inline: "center" });
  phoneOf(key).scrollIntoView({ block: "nearest", inline: "start" });
  toEnd($(".log", phoneOf(key)));
  if (!NARROW.matches) $("input", phoneOf(key)).focus({ preventScroll: true });
}

function story() {
  const done = new Set($$("#story input:checked").map((box) => box.dataset.step));
  const told = state.story.filter(({ person }) => !person || state.people.some(({ key }) => key === person));
  $("#story").replaceChildren(...told.map((step, index) => {
    const box = make("input", { type: "checkbox", id: `step-${index}`, "data-step": index, "aria-labelledby": `step-${index}-text` });
    box.checked = done.has(String(index));
    return make("li", {}, box, make("p", { id: `step-${index}-text` }, ...sentence(step)));
  }));
}

/* «{name}» becomes a button that leads to the phone. */
function sentence(step) {
  const person = state.people.find(({ key }) => key === step.person);
  const name = () => make("button", { type: "button", class: "link", click: () => show(person.key) }, person.name);
  const pieces = step[state.language].split("{name}");
  return pieces.flatMap((piece, index) => (index && person ? [name(), piece] : [piece]));
}

/* ---- the ladder: whose phone has rung since the case came ---- */

const LANES = { duty: "laneDuty", team: "laneTeam", dispatcher: "laneDispatcher", head: "laneHead", deputy: "laneDeputy" };
const ANSWER = 3;  // seconds
const SLOW_ANSWER = 30;  // the first message after written words is the answer to them, also where the bot takes its time

function rings(key, message) {
  const person = state.people.find((one) => one.key === key);
  if (message.mine) state.asks[key] = state.spoke[key] = message.at;
  else if (message.at - (state.asks[key] || 0) < SLOW_ANSWER) {
    state.spoke[key] = message.at;
    state.asks[key] = 0;
  }
  if (message.mine || message.silent || !person || !person.lane || message.at < state.since) return;
  if (message.at - (state.spoke[key] || 0) < ANSWER || state.rang[key]) return;
  if (!state.since) from(message.at);
  state.rang[key] = message.at;
  lanes();
}

function from(moment) {
  state.since = moment;
  state.rang = {};
  if (moment) sessionStorage.setItem("since", moment);
  else sessionStorage.removeItem("since");
  lanes();
}

function lanes() {
  const known = Object.keys(LANES).filter((lane) => state.people.some((person) => person.lane === lane));
  $("#queue").hidden = !known.length;
  $("#lanes").replaceChildren(...known.map((lane) => make("li", {
    class: state.people.some((person) => person.lane === lane && state.rang[person.key]) ? "rang" : "",
  }, make("span", { class: "step" }, word(LANES[lane])),
    ...state.people.filter((person) => person.lane === lane).map(rung))));
  waited();
}

function rung(person) {
  const at = state.rang[person.key];
  const after = at && Math.round((at - state.since) / 60);
  return make("button", { type: "button", class: at ? "caller rang" : "caller", click: () => show(person.key) },
    make("b", {}, person.name), make("small", at ? { title: hourOf(at) } : {}, at ? word(after ? "queueAfter" : "queueAtOnce", { n: after }) : word("queueQuiet")),
    ...(at ? [make("span", { class: "reads" }, reads(person.key))] : []));
}

/* What its lock screen says, once it has rung: the alert, then by when the time runs out. */
function reads(key) {
  const { push } = state.phones[key];
  return push && push.at >= state.since ? push.text : "";
}

function waited() {
  settle($("#queue-since"), state.since ? word("queueSince", { time: span(Math.max(60, now() - state.since)) }) : word("queueNone"));
  $("#queue-anew").hidden = !state.since || state.playing;
}

/* ---- plays: what a visitor would press, one after another ---- */

const pause = (milliseconds) => new Promise((done) => { setTimeout(done, milliseconds); });
const STEP = 1200;
const AFTER_JUMP = 3500;  // the bot looks at its clock once a second
const LOOKS = 40;

function plays() {
  $("#plays").replaceChildren(...state.plays.map((play) =>
    make("button", { type: "button", disabled: state.playing, click: () => perform(play) }, play[state.language])));
}

async function perform(play) {
  state.playing = true;
  state.began = now();
  from(0);
  plays();
  try {
    for (const step of play.steps) await taken(step);
    settle($("#play-says"), word("playOver"));
  } catch (error) {
    settle($("#play-says"), error.message);
  }
  state.playing = false;
  plays();
  waited();
}

async function taken(step) {
  if (step[state.language]) settle($("#play-says"), step[state.language]);
  if (step.anew) from(0);
  if (step.says) await act(step.person, "say", { text: step.says.replace("{day}", dayAhead(step.day)) });
  if (step.presses) await pressed(step);
  const seconds = step.until ? until(step) : step.forward;
  if (seconds) await send("clock", { forward: seconds });
  await pause(seconds ? AFTER_JUMP : STEP);
}

/* Days are counted from the one on which the play began. */
const dayAhead = (days) => written(state.began + (days || 0) * 86400, { day: "2-digit", month: "2-digit", year: "numeric" }).replaceAll("/", ".");

/* Seconds to a time of day in the centre's zone; a change of clocks in between is made good by the second look. */
function until({ day, until: clock }) {
  const wanted = `${dayAhead(day).split(".").reverse().join("-")}T${clock.padStart(5, "0")}:00Z`;
  const shift = (seconds) => Date.parse(`${new Date(seconds * 1000).toLocaleString("sv", { timeZone: ZONE }).replace(" ", "T")}Z`) / 1000 - Math.floor(seconds);
  const near = Date.parse(wanted) / 1000 - shift(now());
  return Math.max(0, Date.parse(wanted) / 1000 - shift(near) - now());
}

async function pressed({ person, presses, optional, among }) {
  for (let look = 0; look < (optional ? 3 : LOOKS); look += 1) {
    const standing = $$(".message:not(.deleted):not(.leaving) .buttons button", phoneOf(person));
    const button = standing.reverse().find(({ textContent }) => presses.some((label) => (among ? textContent.includes(label) : textContent.trim() === label)));
    if (button) return button.click();
    await pause(250);
  }
  if (optional) return null;
  const { name } = state.people.find((one) => one.key === person);
  throw new Error(word("playStuck", { name, label: presses[0] }));
}

function panel(open) {
  document.body.dataset.panel = open ? "open" : "closed";
  $("#panel-switch").setAttribute("aria-expanded", String(open));
}

function translate() {
  document.documentElement.lang = state.language;
  document.title = word("title");
  for (const element of $$("[data-word]")) settle(element, word(element.dataset.word));
  for (const element of $$("[data-label]")) element.setAttribute("aria-label", word(element.dataset.label));
  for (const button of $$("[data-language]")) button.setAttribute("aria-pressed", String(button.dataset.language === state.language));
  for (const day of $$(".day")) day.textContent = dayOf(Number(day.dataset.at));
  for (const { key } of state.people) around(key);
  people();
  story();
  lanes();
  plays();
  tick();
  if (state.operator) operator(state.operator);
}

async function jump(wanted, stays = false) {
  try {
    const { jumped, seconds, why } = await send("clock", wanted);
    if (NARROW.matches && !stays) panel(false);
    notice(jumped ? word("jumped", { time: span(seconds) }) : word(why === "none" ? "noneDue" : "dueNow"));
  } catch {
    notice(word("lost"));
  }
}

function showDeleted(shown) {
  document.body.dataset.deleted = shown ? "shown" : "hidden";
  $$(".log").forEach(tidy);
}

function wire() {
  $("#jump-next").addEventListener("click", () => jump({ to: "next" }));
  for (const button of $$("[data-forward]")) button.addEventListener("click", () => jump({ forward: Number(button.dataset.forward) }));
  for (const button of $$("[data-wait]")) button.addEventListener("click", () => jump({ forward: Number(button.dataset.wait) }, true));
  $("#queue-anew").addEventListener("click", () => from(0));
  $("#plug").addEventListener("click", () => send(`bot/${state.operator && state.operator.state === "running" ? "cut" : "start"}`).catch(() => notice(word("lost"))));
  $("#show-deleted").addEventListener("change", (event) => showDeleted(event.target.checked));
  $("#panel-switch").addEventListener("click", () => panel(document.body.dataset.panel !== "open"));
  for (const button of $$("[data-language]")) {
    button.addEventListener("click", () => {
      state.language = button.dataset.language;
      localStorage.setItem("language", state.language);
      translate();
    });
  }
  document.addEventListener("click", ({ target }) => closeMenus((menu) => !menu.contains(target)));
  document.addEventListener("keydown", ({ key }) => key === "Escape" && closeMenus(() => true));
}

function closeMenus(which) {
  for (const menu of $$("details.menu[open]")) {
    if (!which(menu)) continue;
    const focused = menu.contains(document.activeElement);
    menu.open = false;
    if (focused) $("summary", menu).focus();
  }
}

async function begin() {
  const read = async (name) => (await fetch(name)).json();
  [state.words, state.story, state.plays] = await Promise.all(["words.json", "story.json", "plays.json"].map(read));
  if (!state.words[state.language]) state.language = "uk";
  wire();
  panel(!NARROW.matches);
  translate();
  setInterval(tick, 1000);
  listen();
}

begin();
