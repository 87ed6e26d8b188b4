// Nothing typed is ever lost: each changed field is sent by itself, in order, until it is received.
//   <form data-autosave-url="…">   sends only the fields that changed, one request at a time, with
//   Avenant-Window (this tab) and Avenant-Seq (rising): a late copy of an older answer is recognised.
import { toast } from "./toasts.js";
import { csrfToken, hour, word } from "./words.js";

const TYPING_PAUSE = 700;
const SAID_AFTER = 2000; // a server that takes its time is worth a word, not an alarm
const FIRST_WAIT = 1000;
const LONGEST_WAIT = 15000;

const tab = crypto.randomUUID?.() ?? String(Math.random()).slice(2);
const savers = new Map(); // by address: the server may draw a form again while it is being filled
let sequence = 0;

class Saver {
  constructor(form) {
    this.form = form;
    this.pending = new Map();
    this.sent = new Map();
    this.wait = FIRST_WAIT;
  }

  changed(field, pause) {
    if (!field.name || field.type === "file" || field.closest("[data-autosave-skip]")) return;
    const values = valuesOf(this.form, field.name);
    if (pause === 0 && !this.pending.has(field.name) && this.sent.get(field.name) === String(values)) {
      return; // the change event of a text that typing has already sent
    }
    this.pending.set(field.name, values);
    this.say("saving");
    if (this.isWaiting) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.send(), pause);
  }

  /** The server drew the form again: what was typed meanwhile is newer than what it drew. */
  adopt(form) {
    this.form = form;
    for (const [name, values] of this.pending) writeTo(form, name, values);
  }

  get isUnsent() {
    return this.pending.size > 0 || Boolean(this.flying);
  }

  /** Send what is pending now; resolves when it was received or refused. */
  async flush() {
    clearTimeout(this.timer);
    if (this.flying) await this.flying;
    if (this.pending.size) await this.send();
  }

  send() {
    if (this.flying) return this.flying;
    clearTimeout(this.timer);
    const batch = new Map(this.pending);
    this.pending.clear();
    this.flying = this.post(batch).finally(() => {
      this.flying = null;
      if (this.pending.size && !this.isWaiting) this.timer = setTimeout(() => this.send(), 0);
    });
    return this.flying;
  }

  async post(batch) {
    const body = new URLSearchParams();
    for (const [name, values] of batch) for (const value of values) body.append(name, value);
    let answer;
    const slow = setTimeout(() => this.unsaved(batch, "saving_waits"), SAID_AFTER);
    try {
      answer = await fetch(this.form.dataset.autosaveUrl, {
        method: "POST",
        body,
        credentials: "same-origin",
        redirect: "manual",
        signal: AbortSignal.timeout(20000),
        headers: {
          "X-CSRFToken": csrfToken(),
          "HX-Request": "true",
          "Avenant-Window": tab,
          "Avenant-Seq": String(++sequence),
        },
      });
    } catch {
      return this.retryLater(batch, "not_saved_yet");
    } finally {
      clearTimeout(slow);
    }
    if (answer.status >= 500 || answer.status === 429) return this.retryLater(batch, "not_saved_yet");
    if (answer.type === "opaqueredirect" || answer.status === 401 || answer.status === 403) {
      return this.retryLater(batch, "sign_in_again");
    }
    this.wait = FIRST_WAIT;
    for (const [name, values] of batch) this.sent.set(name, String(values));
    await this.show(answer);
    const wrong = this.tell(batch);
    if (answer.ok || wrong.size) this.received(batch, wrong);
    else this.unsaved(batch, "not_accepted");
  }

  received(batch, wrong) {
    const text = word("saved_at", { time: hour(new Date()) });
    for (const name of batch.keys()) if (!wrong.has(name)) this.mark(name, text, false);
    if (wrong.size) this.unsaved(wrong, "not_accepted");
    else if (!this.pending.size) this.say(text, { isSentence: true });
  }

  /** Put what the server says of each field beside it, or take away what it said before; what was
   * typed stays as it is. Returns those that are wrong. */
  tell(batch) {
    const wrong = new Map();
    for (const [name, values] of batch) {
      const field = this.form.querySelector(`[data-field="${CSS.escape(name)}"]`);
      const said = document.querySelector(`#field-messages [data-said-of="${CSS.escape(name)}"]`);
      if (!field || !said) continue;
      const isWrong = said.textContent.trim() !== "";
      if (isWrong) wrong.set(name, values);
      field.querySelector(".field-error")?.remove();
      if (isWrong) field.insertBefore(said, field.querySelector(":scope > .field-mark"));
      field.classList.toggle("field-wrong", isWrong);
      if (field.matches("fieldset")) describe(field, said.id, isWrong);
      else
        for (const control of field.querySelectorAll("input, select, textarea")) {
          if (isWrong) control.setAttribute("aria-invalid", "true");
          else control.removeAttribute("aria-invalid");
          describe(control, said.id, isWrong);
        }
    }
    return wrong;
  }

  /** Said at the head of the page and beside each field: whoever types sees the one or the other. */
  unsaved(batch, what) {
    for (const name of batch.keys()) this.mark(name, word(what), true);
    this.say(what, { isPending: true });
  }

  retryLater(batch, reason) {
    // What was typed since is newer: it wins over the batch that did not arrive.
    this.pending = new Map([...batch, ...this.pending]);
    this.unsaved(this.pending, reason);
    this.isWaiting = true;
    const again = () => {
      removeEventListener("online", again);
      clearTimeout(this.retryTimer);
      this.isWaiting = false;
      this.send();
    };
    addEventListener("online", again);
    this.retryTimer = setTimeout(again, this.wait * (0.75 + Math.random() / 2));
    this.wait = Math.min(this.wait * 2, LONGEST_WAIT);
  }

  /** Put in place what the server sent along: states of sections, questions that now apply. */
  async show(answer) {
    const html = answer.headers.get("content-type")?.includes("html") ? await answer.text() : "";
    const triggers = answer.headers.get("HX-Trigger");
    if (html.trim()) window.htmx?.swap(document.body, html, { swapStyle: "none" });
    if (!answer.ok && answer.headers.get("content-type")?.includes("json")) {
      const { error } = await answer.json();
      if (error) toast(error, "problem");
    }
    if (triggers?.startsWith("{")) {
      for (const [name, detail] of Object.entries(JSON.parse(triggers))) {
        document.body.dispatchEvent(new CustomEvent(name, { detail, bubbles: true }));
      }
    } else if (triggers) {
      for (const name of triggers.split(",")) {
        document.body.dispatchEvent(new CustomEvent(name.trim(), { bubbles: true }));
      }
    }
  }

  say(what, { isSentence = false, isPending = false } = {}) {
    const text = isSentence ? what : word(what);
    for (const mark of document.querySelectorAll("[data-saved-mark]")) {
      (mark.querySelector("span") ?? mark).textContent = text;
      mark.classList.toggle("saved-mark-pending", isPending);
    }
  }

  mark(name, text, isPending) {
    const mark = this.form.querySelector(`[data-saved-for="${CSS.escape(name)}"]`);
    if (!mark) return;
    mark.textContent = text;
    mark.classList.toggle("field-mark-pending", isPending);
  }

  async beforeSubmit(event) {
    if (!this.isUnsent || this.form.dataset.flushed) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    await this.flush();
    if (this.isUnsent) return; // still offline: the mark says so
    this.form.dataset.flushed = "1";
    this.form.requestSubmit(event.submitter);
    delete this.form.dataset.flushed;
  }
}

/** Have a control described by a message too, or no more. */
function describe(control, id, isDescribed) {
  const ids = (control.getAttribute("aria-describedby") ?? "").split(" ").filter((one) => one && one !== id);
  if (isDescribed) ids.push(id);
  if (ids.length) control.setAttribute("aria-describedby", ids.join(" "));
  else control.removeAttribute("aria-describedby");
}

function valuesOf(form, name) {
  const fields = [...form.elements].filter((field) => field.name === name && !field.disabled);
  const values = fields.flatMap((field) => {
    if (field.type === "checkbox" || field.type === "radio") return field.checked ? [field.value] : [];
    if (field.multiple) return [...field.selectedOptions].map((one) => one.value);
    return [field.value];
  });
  return values.length ? values : [""];
}

function writeTo(form, name, values) {
  for (const field of form.elements) {
    if (field.name !== name) continue;
    if (field.type === "checkbox" || field.type === "radio") field.checked = values.includes(field.value);
    else if (field.multiple) for (const one of field.options) one.selected = values.includes(one.value);
    else if (field.value !== values[0]) field.value = values[0];
  }
}

/** Send what any form of the page still holds. */
export async function flushAll() {
  await Promise.all([...savers.values()].map((saver) => saver.flush()));
}

function saverOf(form) {
  const url = form.dataset.autosaveUrl;
  const saver = savers.get(url) ?? new Saver(form);
  savers.set(url, saver);
  if (saver.form !== form) saver.adopt(form);
  return saver;
}

function formOf(field) {
  const form = field.form ?? field.closest?.("form");
  return form?.matches("[data-autosave-url]") ? form : null;
}

document.addEventListener("input", ({ target }) => {
  const form = formOf(target);
  if (form) saverOf(form).changed(target, TYPING_PAUSE);
});
document.addEventListener("change", ({ target }) => {
  const form = formOf(target);
  if (form) saverOf(form).changed(target, 0);
});
document.addEventListener(
  "submit",
  (event) => {
    if (event.target.matches("[data-autosave-url]")) saverOf(event.target).beforeSubmit(event);
  },
  true,
);

// At once, before another key is pressed: htmx then puts the focus and the caret back.
for (const name of ["htmx:oobAfterSwap", "htmx:afterSwap"]) {
  document.body.addEventListener(name, () => {
    for (const form of document.querySelectorAll("form[data-autosave-url]")) {
      if (savers.has(form.dataset.autosaveUrl)) saverOf(form);
    }
  });
}

// Any other request (sending a section, leaving it) waits until what was typed has been received.
document.body.addEventListener("htmx:confirm", (event) => {
  if (![...savers.values()].some((saver) => saver.isUnsent)) return;
  // A look waits too: else it would find its own save and draw the form again under the hand.
  const isLook = event.detail.elt.matches?.('[hx-trigger*="avenant:look"]');
  if (event.detail.verb === "get" && !isLook) return;
  event.preventDefault();
  flushAll().then(() => event.detail.issueRequest(true));
});

addEventListener("beforeunload", (event) => {
  const unsent = [...savers.values()].filter((saver) => saver.isUnsent);
  if (!unsent.length) return;
  for (const saver of unsent) saver.flush();
  event.preventDefault();
  event.returnValue = word("leave_unsent");
});
