// The conversation as it is seen: what was said, with its buttons, and its transcript.

import { NotReached, post } from "./network.js";

const $ = (id) => document.getElementById(id);
const log = $("log");
const TRANSCRIPT = "twinset";
const KEPT = 200;
const PATIENCE_MS = 200; // most answers are there before one need be told that they are worked on

const entries = new WeakMap(); // a message in the log → what the transcript keeps of it

export function fromTemplate(id) {
  return $(id).content.firstElementChild.cloneNode(true);
}

function element(tag, { children = [], ...properties } = {}) {
  const node = Object.assign(document.createElement(tag), properties);
  node.append(...children);
  return node;
}

function add(node, { before = null, entry } = {}) {
  log.insertBefore(node, before);
  if (entry) entries.set(node, entry);
  return node;
}

function addInView(node, options) {
  add(node, options).scrollIntoView({ block: "nearest" });
  return node;
}

// ---- what the bot says ----

function button({ label, action, url }, answer) {
  if (url) {
    return element("a", { className: "button", href: url, target: "_blank", rel: "noopener", textContent: label });
  }
  const node = element("button", { type: "button", className: "button", textContent: label });
  node.addEventListener("click", () => tap(node, action, answer));
  return node;
}

// Those buttons that are about a card are on that card.
function keyboard(rows, answer) {
  const others = rows
    .map((row) => row.filter(({ rank }) => !answer.querySelector(`[data-rank="${rank}"]`)))
    .filter((row) => row.length);
  return element("div", {
    className: "buttons",
    tabIndex: -1,
    children: others.map((row) => element("div", { className: "row", children: row.map((one) => button(one, answer)) })),
  });
}

function card({ rank, title, details, url, buy, picture }) {
  const node = fromTemplate("a-card");
  const part = (selector) => node.querySelector(selector);
  node.dataset.rank = rank;
  part(".rank").textContent = rank;
  part(".title").textContent = part(".title").title = title;
  const [first, ...rest] = details.split(" · ");
  part(".details b").textContent = first;
  part(".details span").textContent = rest.join(" · ");
  if (picture) {
    const image = element("img", { src: picture, alt: "", loading: "lazy", decoding: "async" });
    image.addEventListener("error", () => image.remove());
    part(".picture").prepend(image);
  }
  const link = part("a");
  if (url) {
    link.href = url;
    link.querySelector("span").textContent = buy;
    link.ariaLabel = `${buy}: ${title}`;
  } else {
    link.remove();
  }
  return node;
}

function setHearts(answer, rows) {
  const hearts = rows.flat().filter(({ rank, action }) => rank !== null && action);
  for (const card of answer.querySelectorAll(".card")) {
    const wish = hearts.find(({ rank }) => String(rank) === card.dataset.rank);
    let heart = card.querySelector(".heart");
    if (!wish) {
      heart?.remove();
      continue;
    }
    if (!heart) {
      heart = fromTemplate("a-heart");
      heart.ariaLabel += `: ${card.querySelector(".title").textContent}`;
      heart.addEventListener("click", () => tap(heart, heart.dataset.action, answer));
      card.append(heart);
    }
    heart.dataset.action = wish.action;
    heart.ariaPressed = wish.is_on;
  }
}

// Words in which a command can be tapped, as in other chats.
function withCommands(words) {
  return words.split(/(?<=^|\s)(\/[a-z]+)/).map((part, at) => {
    if (at % 2 === 0) return part;
    const node = element("button", { type: "button", className: "command", textContent: part });
    node.addEventListener("click", () => send(part, []));
    return node;
  });
}

function fromBase64(base64) {
  return new Blob([Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0))]);
}

function download({ name, base64 }) {
  const href = URL.createObjectURL(fromBase64(base64));
  return element("p", { children: [element("a", { className: "button", href, download: name, textContent: name })] });
}

function answerNode({ text, album, buttons, picture, document: file }) {
  const answer = element("section", { className: "answer" });
  const isOutfit = album.length && picture;
  if (isOutfit) {
    answer.classList.add("outfit");
    answer.append(photoNode(fromBase64(picture), "an-outfit"));
  }
  if (album.length) {
    const list = fromTemplate("an-album");
    list.append(...album.map((one) => card(isOutfit ? { ...one, picture: null } : one)));
    answer.append(list);
    setHearts(answer, buttons);
  }
  if (text) {
    const [first, ...rest] = text.split("\n");
    const headed = album.length && rest.length;
    const words = (headed ? rest : [first, ...rest]).join("\n");
    const bubble = element("div", { className: "bubble bot", dir: "auto" });
    if (headed) bubble.append(element("h2", { textContent: first }));
    bubble.append(element("p", { children: album.length ? [words] : withCommands(words) }));
    if (picture && !isOutfit) bubble.append(photoNode(fromBase64(picture), "a-sample"));
    if (file) bubble.append(download(file));
    bubble.append(keyboard(buttons, answer));
    answer.append(bubble);
  }
  return answer;
}

// `place` is what the answer comes before, `tapped` the answer whose button asked for it.
export function show(reply, { place = null, tapped } = {}) {
  if (reply.notice) notify(reply.notice);
  if (reply.replaces_buttons && tapped) {
    renew(tapped, reply.buttons);
  } else if (reply.replaces_message && tapped?.isConnected) {
    replaceAnswer(tapped, reply);
  } else if (reply.text || reply.album.length) {
    // What was handed over as a file is not kept here as well.
    addInView(answerNode(reply), { before: place, entry: { reply: { ...reply, document: null } } });
    announce(reply.text);
  }
}

function renew(answer, rows) {
  const old = answer.querySelector(".buttons");
  const focused = focusedButton(old);
  setHearts(answer, rows);
  const renewed = keyboard(rows, answer);
  old.replaceWith(renewed);
  entries.get(answer).reply.buttons = rows;
  focusButton(renewed, focused);
}

function replaceAnswer(old, reply) {
  const focused = focusedButton(old.querySelector(".buttons"));
  const answer = answerNode(reply);
  old.replaceWith(answer);
  entries.set(answer, { reply });
  focusButton(answer.querySelector(".buttons"), focused);
  announce(reply.text);
}

function focusedButton(buttons) {
  return [...buttons.querySelectorAll(".button")].indexOf(document.activeElement);
}

// The focus stays where it was; when that button is gone, just before what comes next.
function focusButton(keyboard, focused) {
  if (focused < 0) return;
  const buttons = [...keyboard.querySelectorAll(".button")];
  (buttons[focused] ?? buttons.at(-1) ?? keyboard).focus({ preventScroll: true });
}

// ---- what passes by ----

let noticeTimer;
function notify(words) {
  const notice = $("notice");
  notice.textContent = words;
  notice.classList.add("shown");
  clearTimeout(noticeTimer);
  noticeTimer = setTimeout(hideNotice, 4000);
}

export function hideNotice() {
  $("notice").classList.remove("shown");
}

// For those who hear the page: once, and not to be come upon later.
export function announce(words) {
  const news = element("p", { textContent: words });
  $("announced").append(news);
  setTimeout(() => news.remove(), 10_000);
}

// ---- what the person says ----

function photoNode(photo, template) {
  const frame = fromTemplate(template);
  const image = frame.firstElementChild;
  image.src = URL.createObjectURL(photo);
  image.addEventListener("load", () => URL.revokeObjectURL(image.src));
  image.addEventListener("error", () => frame.replaceWith(element("bdi", { className: "file", textContent: photo.name || image.alt })));
  return frame;
}

function messageNode(words, photos) {
  const node = element("div", { className: "bubble me", dir: "auto" });
  if (photos.length) node.append(element("div", { className: "photos", children: photos }));
  if (words) node.append(element("p", { textContent: words }));
  return node;
}

// Heavier photos, and those beyond what one message may weigh, are announced, not uploaded.
const MAX_PHOTO_BYTES = 20_000_000;
const MAX_MESSAGE_BYTES = 60_000_000;

function formOf(words, photos) {
  const form = new FormData();
  form.append("text", words);
  let left = MAX_MESSAGE_BYTES;
  for (const photo of photos) {
    if (photo.size > Math.min(left, MAX_PHOTO_BYTES)) {
      form.append("heavy", String(photo.size));
    } else {
      form.append("photo", photo, "photo");
      left -= photo.size;
    }
  }
  return form;
}

export function send(words, photos) {
  endWelcome();
  const entry = { words, photos: photos.length, isOpen: true };
  const message = addInView(messageNode(words, photos.map((photo) => photoNode(photo, "a-photo"))), { entry });
  return ask("api/messages", formOf(words, photos), { after: message });
}

// The focus, if it was there, goes just before what comes next.
function endWelcome() {
  const welcome = $("welcome");
  if (welcome?.contains(document.activeElement)) log.focus({ preventScroll: true });
  welcome?.remove();
}

export function greet() {
  return ask("api/messages", formOf("/start", []), {});
}

// A button at work is only marked: the browser takes the focus away from a disabled one.
async function tap(node, action, answer) {
  if (node.ariaDisabled) return;
  endWelcome();
  node.ariaDisabled = "true";
  await ask("api/taps", JSON.stringify({ action }), { tapped: answer });
  node.ariaDisabled = null;
}

// The second click of a double click is on whatever has come there since.
log.addEventListener(
  "click",
  (event) => {
    if (event.detail !== 2) return;
    event.preventDefault();
    event.stopPropagation();
  },
  { capture: true },
);

// Each answer comes right after what it answers, however many are under way; a tap's at the end.
async function ask(path, body, { after, tapped }) {
  const waiting = fromTemplate("a-wait");
  const place = document.createComment("");
  log.insertBefore(place, after ? after.nextSibling : null);
  const timer = setTimeout(() => {
    addInView(waiting, { before: place });
    announce(waiting.querySelector(".looking").textContent);
  }, PATIENCE_MS);
  try {
    const replies = await post(path, body, (share) => tellSent(waiting, share)).finally(() => {
      clearTimeout(timer);
      waiting.remove();
    });
    if (after) entries.get(after).isOpen = false;
    replies.forEach((reply) => show(reply, { place, tapped }));
    const language = replies.at(-1)?.language;
    if (language && language !== document.documentElement.lang) location.reload();
  } catch (failure) {
    if (!(failure instanceof NotReached)) throw failure;
    const sorry = failure.status === 413 ? fromTemplate("a-too-heavy") : unreached("an-unreached", path, body, { after, tapped });
    addInView(sorry, { before: place });
    announce(sorry.querySelector("p").textContent);
  } finally {
    place.remove();
  }
}

function tellSent(waiting, share) {
  const underWay = share < 1;
  waiting.querySelector(".sending").hidden = !underWay;
  waiting.querySelector(".looking").hidden = underWay;
  waiting.querySelector(".sending span").textContent = Math.floor(share * 100);
}

function unreached(template, path, body, { after, tapped }) {
  const sorry = fromTemplate(template);
  sorry.querySelector("button").addEventListener("click", () => {
    log.focus({ preventScroll: true });
    sorry.remove();
    ask(path, body, { after, tapped });
  });
  return sorry;
}

// The page was left before the answer came. Words can be sent again, photos are not there any more.
function unanswered({ words, photos }, after) {
  const sorry = unreached("an-unanswered", "api/messages", formOf(words, []), { after });
  if (photos) sorry.querySelector("button").remove();
  return sorry;
}

// ---- the transcript: in this tab alone, gone with it, and without the photos ----

export function keepTranscript() {
  const kept = [...log.children].map((node) => entries.get(node)).filter(Boolean).slice(-KEPT);
  const bare = kept.map((entry) => (entry.reply ? { reply: { ...entry.reply, picture: null } } : entry));
  for (const some of [kept, bare]) {
    try {
      sessionStorage.setItem(TRANSCRIPT, JSON.stringify(some));
      return;
    } catch {
      // No room for pictures, or no storage at all: then a reload begins anew.
    }
  }
}

// Whether there was one.
export function showTranscript() {
  history.scrollRestoration = "manual";
  let kept = [];
  try {
    kept = JSON.parse(sessionStorage.getItem(TRANSCRIPT)) ?? [];
  } catch {
    // As above.
  }
  if (kept.length > 1) $("welcome").remove(); // more than the greeting
  for (const entry of kept) {
    if (entry.reply) {
      add(answerNode(entry.reply), { entry });
    } else {
      const photos = Array.from({ length: entry.photos }, () => fromTemplate("a-photo-gone"));
      const message = add(messageNode(entry.words, photos), { entry });
      if (entry.isOpen) add(unanswered(entry, message));
    }
  }
  scrollTo({ top: document.body.scrollHeight, behavior: "instant" });
  return kept.length > 0;
}
