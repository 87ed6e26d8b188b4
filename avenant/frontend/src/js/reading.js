// A text that has to be read to its end before the next step.
//   data-read-gate="id"     the text's block, which holds one [data-notices-end]
//   data-after-reading="id" what stays disabled until then    data-read-field="id"  hidden proof
//   data-read-skip="id"     « Aller à la fin »: takes a thumb or a screen reader there
import { word } from "./words.js";

function attach() {
  for (const text of document.querySelectorAll("[data-read-gate]:not([data-read-watched])")) {
    text.dataset.readWatched = "1";
    const end = text.querySelector("[data-notices-end]");
    const gate = text.dataset.readGate;
    close(gate);
    if (!end) continue;
    const watcher = new IntersectionObserver((entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      watcher.disconnect();
      reached(gate);
    });
    watcher.observe(end);
    end.addEventListener("focus", () => reached(gate), { once: true });
  }
}

function held(gate) {
  return document.querySelectorAll(`[data-after-reading="${CSS.escape(gate)}"]`);
}

function close(gate) {
  for (const node of held(gate)) {
    node.disabled = true;
    hint(node, word("read_first"));
  }
}

function reached(gate) {
  for (const node of held(gate)) {
    node.disabled = false;
    hint(node, "");
  }
  for (const field of document.querySelectorAll(`[data-read-field="${CSS.escape(gate)}"]`)) {
    field.value = "1";
  }
  document.dispatchEvent(new CustomEvent("avenant:read", { detail: { gate } }));
}

function hint(node, text) {
  const place = node.querySelector("[data-gate-hint]") ?? node.parentElement?.querySelector("[data-gate-hint]");
  if (place) place.textContent = text;
}

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-read-skip]");
  if (!button) return;
  const text = document.querySelector(`[data-read-gate="${CSS.escape(button.dataset.readSkip)}"]`);
  const end = text?.querySelector("[data-notices-end]");
  end?.scrollIntoView({ block: "center" });
  end?.focus({ preventScroll: true });
});

attach();
document.body.addEventListener("htmx:load", attach);
