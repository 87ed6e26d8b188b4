// Dialogs, and confirmations worded by their effect.
//   data-opens="id"    opens a dialog        data-closes    closes the one it is in
//   data-confirm="id"  asks first; the dialog's [data-confirmed] button then lets the click through.
//   Enter in a field clicks the form's button, so it asks as well.

let asking = null;

document.addEventListener(
  "click",
  (event) => {
    const button = event.target.closest?.("[data-confirm]");
    if (!button) return;
    if (button.dataset.confirmedOnce) {
      delete button.dataset.confirmedOnce;
      return;
    }
    const dialog = document.getElementById(button.dataset.confirm);
    if (!dialog) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (button.form && !button.formNoValidate && !button.form.reportValidity()) return;
    asking = button;
    open(dialog);
  },
  true,
);

document.addEventListener("click", (event) => {
  const opener = event.target.closest?.("[data-opens]");
  if (opener) open(document.getElementById(opener.dataset.opens));
  const dialog = event.target.closest?.("dialog");
  if (!dialog) return;
  if (event.target.closest("[data-closes]") || event.target === dialog) dialog.close();
  if (event.target.closest("[data-confirmed]")) confirmed(dialog);
});

function open(dialog) {
  if (dialog && !dialog.open) dialog.showModal();
}

function confirmed(dialog) {
  const button = asking;
  asking = null;
  dialog.close();
  if (!button?.isConnected) return;
  button.dataset.confirmedOnce = "1";
  button.click();
}
