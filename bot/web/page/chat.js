// The chat page: sends what the person gives, shows what the bot answers. It decides nothing.

import { announce, greet, hideNotice, keepTranscript, send, show, showTranscript } from "./conversation.js";
import { listen } from "./network.js";

const $ = (id) => document.getElementById(id);
const text = $("text");

// Words already typed go along as the caption.
function sendWith(photos) {
  const words = text.value.trim();
  if (!words && !photos.length) return;
  text.value = "";
  send(words, photos);
}

$("composer").addEventListener("submit", (event) => {
  event.preventDefault();
  sendWith([]);
  text.focus();
});

for (const input of [$("files"), $("camera")]) {
  input.addEventListener("change", () => {
    sendWith([...input.files]);
    input.value = "";
  });
}
for (const button of document.querySelectorAll(".choose")) {
  button.addEventListener("click", () => $("files").click());
}
$("take").addEventListener("click", () => $("camera").click());

document.addEventListener("paste", (event) => {
  const files = [...event.clipboardData.files];
  if (!files.length) return;
  event.preventDefault();
  sendWith(files);
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.isComposing) return;
  hideNotice();
  endDrag();
  text.focus();
});

// ---- drag and drop ----

function holdsFiles(event) {
  return event.dataTransfer.types.includes("Files");
}

let depth = 0; // enter and leave fire for every child that is passed over
function endDrag() {
  depth = 0;
  document.body.classList.remove("dragging");
}
document.addEventListener("dragenter", (event) => {
  if (!holdsFiles(event)) return;
  event.preventDefault();
  depth += 1;
  document.body.classList.add("dragging");
});
document.addEventListener("dragleave", (event) => {
  if (!holdsFiles(event)) return;
  depth -= 1;
  if (depth <= 0) endDrag();
});
document.addEventListener("dragover", (event) => {
  if (holdsFiles(event)) event.preventDefault();
});
document.addEventListener("drop", (event) => {
  if (!holdsFiles(event)) return;
  event.preventDefault();
  endDrag();
  sendWith([...event.dataTransfer.files]);
});

// ---- what comes unasked: the daily picks ----

listen({
  onReplies: (replies) => replies.forEach((reply) => show(reply)),
  onAway: (away) => {
    if ($("away").hidden === !away) return;
    $("away").hidden = !away;
    $("tagline").hidden = away;
    if (away) announce($("away").textContent);
  },
});

addEventListener("pagehide", keepTranscript);
document.addEventListener("visibilitychange", () => document.hidden && keepTranscript());

if (!showTranscript()) greet();
