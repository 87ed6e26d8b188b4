// When a request fails the page says what to do, and after an error list appears it gets the focus.
import { toast } from "./toasts.js";
import { word } from "./words.js";

document.body.addEventListener("htmx:sendError", () => toast(word("request_failed"), "problem"));
document.body.addEventListener("htmx:timeout", () => toast(word("request_failed"), "problem"));
document.body.addEventListener("htmx:responseError", (event) => {
  const { xhr, elt } = event.detail;
  if (elt.matches('[hx-trigger*="avenant:look"]')) return; // the next look will do
  toast(word(xhr.status === 401 || xhr.status === 403 ? "sign_in_again" : "server_failed"), "problem");
});

function focusErrors(root) {
  const errors = root.matches?.("[data-focus-first]") ? root : root.querySelector?.("[data-focus-first]");
  errors?.focus();
}

focusErrors(document);
document.body.addEventListener("htmx:load", (event) => focusErrors(event.detail.elt));

// The link to a wrong answer puts the cursor into it.
document.addEventListener("click", (event) => {
  const link = event.target.closest?.('[data-focus-first] a[href^="#"]');
  const place = link && document.getElementById(link.hash.slice(1));
  const field = place?.matches("input, select, textarea") ? place : place?.querySelector("input, select, textarea");
  if (!field) return;
  event.preventDefault();
  field.focus();
  field.scrollIntoView({ block: "center" });
});

// A plain form is sent once, however often its button is pressed.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post" || form.hasAttribute("hx-post")) return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  if (form.target === "_blank" || form.matches("[data-language-switch], [data-download]")) return;
  form.dataset.sent = "1";
});
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});
