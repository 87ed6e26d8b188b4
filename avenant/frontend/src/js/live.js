// The live session: the server says "look again", the page looks. The truth is in the server's rows;
// an event only carries its number. A lost connection is said calmly and heals by itself.
import { word } from "./words.js";

const FIRST_WAIT = 1000;
const LONGEST_WAIT = 20000;
const POLL_EVERY = 5000;
const SILENCE = 45000; // the server sends a heartbeat at least every 15 s
const SLEEPS_AFTER = 10000; // another tab is looked into and left again without a word to the server
const SAID_AFTER = 2500; // a blink of the network is not worth a word

class Live {
  constructor(url) {
    this.url = url;
    this.seen = "";
    this.wait = FIRST_WAIT;
    this.connect();
    setInterval(() => this.watch(), POLL_EVERY);
    addEventListener("online", () => this.retryNow());
    addEventListener("pageshow", (event) => event.persisted && this.retryNow());
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden") this.tire();
      else this.wake();
    });
  }

  /** A page that nobody looks at gives its connection back: over plain HTTP a browser has six of them
   * for all its tabs, and saving needs one. The client's page stays: its stream says they are there. */
  tire() {
    if (document.body.classList.contains("client")) return;
    this.sleepTimer = setTimeout(() => {
      this.isAsleep = true;
      clearTimeout(this.retryTimer);
      this.source.close();
    }, SLEEPS_AFTER);
  }

  wake() {
    clearTimeout(this.sleepTimer);
    if (this.isAsleep) {
      this.isAsleep = false;
      if (this.isOver) return;
      this.retryNow();
      look(); // whatever was said meanwhile
    } else if (this.isLost) this.retryNow();
  }

  connect() {
    this.source?.close();
    this.heardAt = Date.now();
    // A new EventSource does not send Last-Event-ID by itself, so the address says it too.
    const url = new URL(this.url, location.href);
    if (this.seen) url.searchParams.set("since", this.seen);
    this.source = new EventSource(url);
    this.source.addEventListener("open", () => this.opened());
    this.source.addEventListener("error", () => this.lost());
    for (const name of ["message", "look", "beat"]) {
      this.source.addEventListener(name, (event) => this.heard(event));
    }
    this.source.addEventListener("ended", () => this.ended());
  }

  /** The call is over, or another browser took this one's place: see it once, and listen no more. */
  ended() {
    this.isOver = true;
    this.source.close();
    look();
  }

  opened() {
    this.heardAt = Date.now();
    this.wait = FIRST_WAIT;
    clearTimeout(this.sayTimer);
    if (!this.isLost) return;
    this.isLost = false;
    say("connection_back", { back: true });
    look(); // whatever was said meanwhile
  }

  heard(event) {
    this.heardAt = Date.now();
    if (event.lastEventId) this.seen = event.lastEventId;
    if (event.type === "beat") return;
    look(event.lastEventId || sequenceIn(event.data));
  }

  lost() {
    if (this.isAsleep) return;
    if (!this.isLost) {
      this.isLost = true;
      clearTimeout(this.sayTimer);
      this.sayTimer = setTimeout(() => this.isLost && say("connection_lost"), SAID_AFTER);
    }
    // While connecting again by itself the browser is in CONNECTING; closed, we do it.
    if (this.source.readyState !== EventSource.CLOSED) return;
    clearTimeout(this.retryTimer);
    this.retryTimer = setTimeout(() => this.connect(), this.wait * (0.75 + Math.random() / 2));
    this.wait = Math.min(this.wait * 2, LONGEST_WAIT);
  }

  retryNow() {
    if (this.isOver || this.isAsleep) return;
    clearTimeout(this.retryTimer);
    this.wait = FIRST_WAIT;
    this.connect();
  }

  watch() {
    if (this.isOver || this.isAsleep) return;
    if (this.isLost && document.visibilityState === "visible") look();
    if (!this.isLost && Date.now() - this.heardAt > SILENCE) {
      this.lost();
      this.retryNow();
    }
  }
}

// An answer says up to which number of the call it is true, so that the "look" which the window's own
// act set off is not followed a second time. One that comes while the act is under way waits for it.
let shown = 0;
let waiting = null;
const acts = new Set(); // requests under way; a request always ends, whatever becomes of its form

function look(seq = "") {
  if (seq && Number(seq) <= shown) return;
  if (acts.size) {
    waiting = seq;
    return;
  }
  document.body.dispatchEvent(new CustomEvent("avenant:look", { detail: { seq }, bubbles: true }));
}

document.body.addEventListener("htmx:beforeSend", ({ detail: { xhr, requestConfig } }) => {
  if (requestConfig.verb === "get") return;
  acts.add(xhr);
  let isSaid = false;
  const slow = setTimeout(() => (isSaid = say("server_slow")), SAID_AFTER);
  xhr.addEventListener("loadend", () => {
    acts.delete(xhr);
    clearTimeout(slow);
    if (isSaid) unsay("server_slow");
    if (acts.size || waiting === null) return;
    const seq = waiting;
    waiting = null;
    look(seq);
  });
});
document.body.addEventListener("htmx:afterRequest", ({ detail: { xhr } }) => {
  shown = Math.max(shown, Number(xhr?.getResponseHeader("Avenant-Sequence")) || 0);
});

// After an act the reader goes on at the top of what came of it.
document.body.addEventListener("htmx:afterSettle", ({ detail }) => {
  if (detail.requestConfig?.verb === "post" && detail.target?.id === "stage") {
    document.getElementById("stage")?.focus();
  }
});

function sequenceIn(data) {
  try {
    return JSON.parse(data).seq ?? "";
  } catch {
    return "";
  }
}

/** Whether there is a place to say it. */
function say(name, { back = false } = {}) {
  const banner = document.getElementById("connection");
  if (!banner) return false;
  banner.textContent = word(name);
  banner.dataset.said = name;
  banner.classList.toggle("connection-back", back);
  banner.hidden = false;
  if (back) setTimeout(() => (banner.hidden = true), 3000);
  return true;
}

/** Take it back, unless something else is said by now. */
function unsay(name) {
  const banner = document.getElementById("connection");
  if (banner?.dataset.said === name) banner.hidden = true;
}

const url =
  document.body.dataset.liveUrl?.trim() ||
  document.querySelector("[data-live-url]:not(body)")?.dataset.liveUrl;
if (url) new Live(url);

// A region that says so is not redrawn under the hands of someone typing in it.
document.body.addEventListener("htmx:beforeSwap", (event) => {
  const target = event.detail.target;
  const field = document.activeElement;
  if (!target.matches?.("[data-quiet-while-typing]") || !target.contains(field)) return;
  if (!field.matches("input:not([type=radio], [type=checkbox]), textarea, select")) return;
  event.detail.shouldSwap = false;
  field.addEventListener("blur", () => look(""), { once: true });
});
