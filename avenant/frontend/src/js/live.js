// The live session: the server says "look again", the page looks. The truth is in the server's rows;
// an event only carries its number. A lost connection is said calmly and heals by itself.
import { word } from "./words.js";

const FIRST_WAIT = 1000;
const LONGEST_WAIT = 20000;
const POLL_EVERY = 5000;
const SILENCE = 45000; // the server sends a heartbeat at least every 15 s
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
      if (document.visibilityState === "visible" && this.isLost) this.retryNow();
    });
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
  }

  opened() {
    this.heardAt = Date.now();
    this.wait = FIRST_WAIT;
    clearTimeout(this.sayTimer);
    if (!this.isLost) return;
    this.isLost = false;
    say("connection_back", { back: true });
    look(this.seen); // whatever was said meanwhile
  }

  heard(event) {
    this.heardAt = Date.now();
    if (event.lastEventId) this.seen = event.lastEventId;
    if (event.type === "beat") return;
    look(event.lastEventId || sequenceIn(event.data));
  }

  lost() {
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
    clearTimeout(this.retryTimer);
    this.wait = FIRST_WAIT;
    this.connect();
  }

  watch() {
    if (this.isLost && document.visibilityState === "visible") look(this.seen);
    if (!this.isLost && Date.now() - this.heardAt > SILENCE) {
      this.lost();
      this.retryNow();
    }
  }
}

function look(seq) {
  document.body.dispatchEvent(new CustomEvent("avenant:look", { detail: { seq }, bubbles: true }));
}

function sequenceIn(data) {
  try {
    return JSON.parse(data).seq ?? "";
  } catch {
    return "";
  }
}

function say(name, { back = false } = {}) {
  const banner = document.getElementById("connection");
  if (!banner) return;
  banner.textContent = word(name);
  banner.classList.toggle("connection-back", back);
  banner.hidden = false;
  if (back) setTimeout(() => (banner.hidden = true), 3000);
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
