// Short messages at the bottom of the page, read aloud, gone after a while unless they are errors.
const STAYS = 6000;

/** Say something: `tone` is done, problem or empty. */
export function toast(text, tone = "") {
  const region = document.getElementById("toasts");
  const template = document.getElementById("toast-template");
  if (!region || !template) return;
  const card = template.content.firstElementChild.cloneNode(true);
  card.querySelector("p").textContent = text;
  if (tone) card.classList.add(`tone-${tone}`);
  region.append(card);
  fade(card);
}

function fade(card) {
  if (card.classList.contains("tone-problem")) return;
  setTimeout(() => {
    if (card.matches(":hover, :focus-within")) fade(card);
    else card.remove();
  }, STAYS);
}

// What is on the page once the cause of a refusal is gone.
const GONE = { no_client: ".presence-present", client_required: ".presence-present" };

/** A refusal leaves with its cause: nobody is told that the client is missing who sees them come. */
function settle() {
  for (const card of document.querySelectorAll("[data-toast][data-cause]")) {
    const sign = GONE[card.dataset.cause];
    if (sign && document.querySelector(sign)) card.remove();
  }
}

document.body.addEventListener("htmx:oobAfterSwap", settle);
document.addEventListener("click", (event) => {
  event.target.closest?.("[data-dismiss]")?.closest("[data-toast]")?.remove();
});
document.body.addEventListener("avenant:toast", (event) => toast(event.detail.text, event.detail.tone));
for (const card of document.querySelectorAll("#toasts [data-toast]")) fade(card);
