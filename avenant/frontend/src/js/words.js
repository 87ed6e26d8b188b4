// Sentences come from the page, in its language: no text lives in a script.
const node = document.getElementById("avenant-words");
const words = node ? JSON.parse(node.textContent) : {};

/** The sentence of this name, its `{x}` filled in. */
export function word(name, values = {}) {
  return (words[name] ?? name).replace(/\{(\w+)\}/g, (_, key) => values[key] ?? "");
}

/** An hour as the page's language writes it: 14 h 32, 2:32 p.m. */
export function hour(moment) {
  const language = document.documentElement.lang;
  if (language.startsWith("fr")) {
    return `${moment.getHours()}\u00a0h\u00a0${String(moment.getMinutes()).padStart(2, "0")}`;
  }
  return moment.toLocaleTimeString("en-CA", { hour: "numeric", minute: "2-digit" });
}

/** The token that the server asks of every change. */
export function csrfToken() {
  return JSON.parse(document.body.getAttribute("hx-headers") || "{}")["x-csrftoken"] ?? "";
}
