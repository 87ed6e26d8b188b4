// <details class="menu">: closes on Escape, on a click elsewhere and when the keyboard leaves it.
document.addEventListener("click", (event) => closeMenus(event.target));
document.addEventListener("focusin", (event) => closeMenus(event.target));
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const open = document.querySelector("details.menu[open]");
  if (!open) return;
  open.open = false;
  open.querySelector("summary").focus();
});

function closeMenus(target) {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(target)) menu.open = false;
  }
}

// The list of sections folds on small screens, where it would push the form out of sight.
const narrow = matchMedia("(max-width: 60rem), (max-height: 30rem)");
const fold = () => {
  for (const list of document.querySelectorAll("details.sections-fold")) list.open = !narrow.matches;
};
fold();
narrow.addEventListener("change", fold);
document.addEventListener("click", (event) => {
  if (!narrow.matches && event.target.closest?.(".sections-fold > summary")) event.preventDefault();
});
