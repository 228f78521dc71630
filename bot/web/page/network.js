// The way to the bot and back.

// Thrown when the bot was not reached. `status` is what somebody else answered, 0 for nobody.
export class NotReached extends Error {
  constructor(status) {
    super(`not reached: ${status}`);
    this.status = status;
  }
}

// The bot's replies; `onSent` hears how much of the body is away, from 0 to 1.
export function post(path, body, onSent = () => {}) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", path);
    request.responseType = "json";
    request.upload.addEventListener("progress", ({ loaded, total }) => onSent(loaded / total));
    request.addEventListener("load", () => {
      if (request.response?.replies) resolve(request.response.replies);
      else reject(new NotReached(request.status));
    });
    request.addEventListener("error", () => reject(new NotReached(0)));
    request.send(body);
  });
}

const SOON_MS = 2_000; // a restart that is quicker than this is nobody's business
const AGAIN_MS = 5_000;

// Hears what comes unasked, for as long as the page is open.
export function listen({ onReplies, onAway }) {
  let away;
  function open() {
    const events = new EventSource("api/events");
    events.addEventListener("message", (event) => onReplies(JSON.parse(event.data).replies));
    events.addEventListener("open", () => {
      clearTimeout(away);
      away = undefined;
      onAway(false);
    });
    events.addEventListener("error", () => {
      away ??= setTimeout(onAway, SOON_MS, true);
      // After an answer that is no stream, as from a proxy, the browser gives up.
      if (events.readyState === EventSource.CLOSED) setTimeout(open, AGAIN_MS);
    });
  }
  open();
}
