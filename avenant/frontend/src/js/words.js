// Sentences come from the page, in its language: no text lives in a script.
const node = document.getElementById("avenant-words");
const words = node ? JSON.parse(node.textContent) : {};

/** The sentence of this name, its `{x}` filled in. */
export function word(name, values = {}) {
  return (words[name] ?? name).replace(/\{(\w+)\}/g, (_, key) => values[key] ?? "");
}

/** An hour as the page's language writes it, where the carrier is: 14 h 32, 2:32 p.m. */
export function hour(moment) {
  const { lang, dataset } = document.documentElement;
  const time = { hour: "numeric", minute: "2-digit", timeZone: dataset.zone || undefined };
  if (!lang.startsWith("fr")) return moment.toLocaleTimeString("en-CA", time);
  const parts = new Intl.DateTimeFormat("fr-CA", { ...time, hourCycle: "h23" }).formatToParts(moment);
  const [hours, minutes] = ["hour", "minute"].map((type) => parts.find((part) => part.type === type).value);
  return `${Number(hours)}\u00a0h\u00a0${minutes}`;
}

/** The token that the server asks of every change. */
export function csrfToken() {
  return JSON.parse(document.body.getAttribute("hx-headers") || "{}")["x-csrftoken"] ?? "";
}
