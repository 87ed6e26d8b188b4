// <span data-elapsed-since="ISO">: how long ago, kept true.
import { word } from "./words.js";

function write() {
  for (const node of document.querySelectorAll("[data-elapsed-since]")) {
    const minutes = Math.floor((Date.now() - Date.parse(node.dataset.elapsedSince)) / 60000);
    const text =
      minutes < 1
        ? word("less_than_a_minute")
        : minutes < 60
          ? word("minutes", { n: minutes })
          : word("hours", { h: Math.floor(minutes / 60), n: minutes % 60 });
    if (node.textContent !== text) node.textContent = text;
  }
}

write();
setInterval(write, 10000);
document.body.addEventListener("htmx:load", write);
