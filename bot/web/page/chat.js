// The chat page: sends what the person gives, shows what the bot answers. It decides nothing.

// Heavier photos, and those beyond what one message may weigh, are announced, not uploaded.
const MAX_PHOTO_BYTES = 20_000_000;
const MAX_MESSAGE_BYTES = 60_000_000;

const $ = (id) => document.getElementById(id);
const log = $("log");
const text = $("text");

function element(tag, { children = [], ...properties } = {}) {
  const node = Object.assign(document.createElement(tag), properties);
  node.append(...children);
  return node;
}

function fromTemplate(id) {
  return $(id).content.firstElementChild.cloneNode(true);
}

function add(node) {
  log.append(node);
  node.scrollIntoView({ block: "nearest" });
  return node;
}

// ---- what the bot says ----

function button({ label, action, url }) {
  if (url) {
    return element("a", { className: "button", href: url, target: "_blank", rel: "noopener", textContent: label });
  }
  const node = element("button", { type: "button", textContent: label });
  node.addEventListener("click", () => tap(node, action));
  return node;
}

function keyboard(rows) {
  return element("div", {
    className: "buttons",
    children: rows.map((row) => element("div", { className: "row", children: row.map(button) })),
  });
}

function card({ rank, title, details, url, picture }) {
  const frame = element("div", { className: "picture", children: [element("span", { className: "rank", textContent: rank })] });
  if (picture) frame.prepend(element("img", { src: picture, alt: "", loading: "lazy" }));
  const words = element("div", {
    className: "words",
    children: [
      element("span", { className: "title", textContent: title }),
      element("span", { className: "details", textContent: details }),
    ],
  });
  if (url) {
    const link = element("a", { href: url, target: "_blank", rel: "noopener", textContent: "Buy" });
    link.setAttribute("aria-label", `Buy: ${title}`);
    words.append(link);
  }
  return element("li", { className: "card", children: [frame, words] });
}

function show(reply, tapped) {
  if (reply.notice) notify(reply.notice);
  if (reply.replaces_buttons && tapped) {
    renew(tapped, reply.buttons);
    return;
  }
  if (reply.album.length) {
    const album = element("ol", { className: "album", children: reply.album.map(card) });
    album.setAttribute("aria-label", "Matches");
    add(album);
  }
  if (reply.text) {
    const bubble = element("div", { className: "bubble bot", children: [element("p", { textContent: reply.text })] });
    if (reply.picture) bubble.append(preview(fromBase64(reply.picture), "A sample photo"));
    if (reply.buttons.length) bubble.append(keyboard(reply.buttons));
    add(bubble);
  }
}

// The focus stays where it was; when that button is gone, just before what comes next.
function renew(bubble, rows) {
  const old = bubble.querySelector(".buttons");
  const focused = [...old.querySelectorAll("button, a")].indexOf(document.activeElement);
  const renewed = keyboard(rows);
  renewed.tabIndex = -1;
  old.replaceWith(renewed);
  if (focused < 0) return;
  const buttons = [...renewed.querySelectorAll("button, a")];
  (buttons[focused] ?? buttons.at(-1) ?? renewed).focus({ preventScroll: true });
}

let noticeTimer;
function notify(words) {
  const notice = $("notice");
  notice.textContent = words;
  notice.classList.add("shown");
  clearTimeout(noticeTimer);
  noticeTimer = setTimeout(() => notice.classList.remove("shown"), 3500);
}

// ---- what the person says ----

async function post(path, body) {
  const response = await fetch(path, { method: "POST", body });
  if (response.status >= 500) throw new Error(response.statusText);
  if (!response.ok) return [{ text: await response.text(), album: [], buttons: [] }];
  return (await response.json()).replies;
}

// Shows that the bot is at work until it has answered; offers to try again when it was not reached.
// `tapped` is the bubble of the button that asked: most taps are answered before one need be told.
async function ask(request, tapped) {
  const waiting = fromTemplate("waiting");
  const timer = setTimeout(() => add(waiting), tapped ? 400 : 0);
  try {
    const replies = await request().finally(() => {
      clearTimeout(timer);
      waiting.remove();
    });
    replies.forEach((reply) => show(reply, tapped));
  } catch {
    const sorry = add(fromTemplate("unreachable"));
    sorry.querySelector("button").addEventListener("click", () => {
      log.focus({ preventScroll: true });
      sorry.remove();
      ask(request, tapped);
    });
  }
}

// A button at work is only marked: the browser takes the focus away from a disabled one.
async function tap(node, action) {
  if (node.ariaDisabled) return;
  node.ariaDisabled = "true";
  await ask(() => post("api/taps", JSON.stringify({ action })), node.closest(".bubble"));
  node.ariaDisabled = null;
}

function send(words, photos) {
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
  if (words || photos.length) {
    const bubble = element("div", { className: "bubble me" });
    bubble.append(...photos.map((photo) => preview(photo, "Your photo")));
    if (words) bubble.append(element("p", { textContent: words }));
    add(bubble);
  }
  return ask(() => post("api/messages", form));
}

function fromBase64(text) {
  return new Blob([Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0))], { type: "image/jpeg" });
}

function preview(photo, alt) {
  const image = element("img", { src: URL.createObjectURL(photo), alt });
  image.addEventListener("load", () => {
    URL.revokeObjectURL(image.src);
    image.scrollIntoView({ block: "nearest" });
  });
  image.addEventListener("error", () => image.replaceWith(element("p", { textContent: photo.name || alt })));
  return image;
}

// Words already typed go along as the caption.
function sendWith(photos) {
  const words = text.value.trim();
  if (!words && !photos.length) return;
  send(words, photos);
  text.value = "";
}

$("composer").addEventListener("submit", (event) => {
  event.preventDefault();
  sendWith([]);
  text.focus();
});

$("choose").addEventListener("click", () => $("file").click());
$("file").addEventListener("change", () => {
  sendWith([...$("file").files]);
  $("file").value = "";
});

document.addEventListener("paste", (event) => {
  const files = [...event.clipboardData.files];
  if (!files.length) return;
  event.preventDefault();
  sendWith(files);
});

function holdsFiles(event) {
  return event.dataTransfer.types.includes("Files");
}

let depth = 0; // enter and leave fire for every child that is passed over
document.addEventListener("dragenter", (event) => {
  if (!holdsFiles(event)) return;
  event.preventDefault();
  depth += 1;
  document.body.classList.add("dragging");
});
document.addEventListener("dragleave", (event) => {
  if (!holdsFiles(event)) return;
  depth -= 1;
  if (depth <= 0) document.body.classList.remove("dragging");
});
document.addEventListener("dragover", (event) => {
  if (holdsFiles(event)) event.preventDefault();
});
document.addEventListener("drop", (event) => {
  if (!holdsFiles(event)) return;
  event.preventDefault();
  depth = 0;
  document.body.classList.remove("dragging");
  sendWith([...event.dataTransfer.files]);
});

// ---- what comes unasked: the daily picks ----

new EventSource("api/events").addEventListener("message", (event) => {
  JSON.parse(event.data).replies.forEach((reply) => show(reply));
});

ask(() => {
  const form = new FormData();
  form.append("text", "/start");
  return post("api/messages", form);
});
