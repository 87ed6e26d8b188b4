// Changing the language loses nothing: plain forms are laid aside for one page load, autosaved ones
// are sent first. Secrets, files and hidden fields are never laid aside.
import { flushAll } from "./autosave.js";

const KEY = "avenant:kept-fields";
const SKIPPED = new Set(["password", "file", "hidden", "submit", "button", "reset", "image"]);

document.addEventListener("submit", async (event) => {
  const form = event.target.closest("[data-language-switch]");
  if (!form || form.dataset.ready) return;
  const submitter = event.submitter;
  event.preventDefault();
  await flushAll();
  layAside();
  form.dataset.ready = "1";
  // A form cannot be sent again while its own submit event is still being handled.
  setTimeout(() => form.requestSubmit(submitter));
});

function fields() {
  const kept = [];
  for (const form of document.forms) {
    if (form.matches("[data-language-switch], [data-autosave-url], dialog form")) continue;
    const position = [...document.forms].indexOf(form);
    for (const [order, field] of [...form.elements].entries()) {
      if (field.name && !SKIPPED.has(field.type) && field.dataset.keep !== "never") {
        kept.push({ place: `${position}/${order}/${field.name}`, field });
      }
    }
  }
  return kept;
}

function layAside() {
  const values = Object.fromEntries(fields().map(({ place, field }) => [place, read(field)]));
  sessionStorage.setItem(KEY, JSON.stringify({ path: location.pathname, values }));
}

function takeBack() {
  const text = sessionStorage.getItem(KEY);
  if (!text) return;
  sessionStorage.removeItem(KEY);
  const { path, values } = JSON.parse(text);
  if (path !== location.pathname) return;
  for (const { place, field } of fields()) {
    if (!(place in values) || JSON.stringify(read(field)) === JSON.stringify(values[place])) continue;
    write(field, values[place]);
    field.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

function read(field) {
  if (field.type === "checkbox" || field.type === "radio") return field.checked;
  return field.multiple ? [...field.selectedOptions].map((one) => one.value) : field.value;
}

function write(field, value) {
  if (field.type === "checkbox" || field.type === "radio") field.checked = value;
  else if (field.multiple) for (const one of field.options) one.selected = value.includes(one.value);
  else field.value = value;
}

takeBack();
