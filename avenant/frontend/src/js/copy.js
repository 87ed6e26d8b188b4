// data-copy="text" or data-copy-from="#id": copies and says so. data-print: prints the page.
// data-back: goes back in history instead of following its link.
import { toast } from "./toasts.js";
import { word } from "./words.js";

document.addEventListener("click", async (event) => {
  const button = event.target.closest?.("[data-copy], [data-copy-from]");
  if (button) {
    const source = button.dataset.copyFrom && document.querySelector(button.dataset.copyFrom);
    const text = button.dataset.copy ?? source?.value ?? source?.textContent.trim() ?? "";
    try {
      await navigator.clipboard.writeText(text);
      toast(word("copied"), "done");
    } catch {
      toast(word("copy_failed"), "problem");
    }
  }
  if (event.target.closest?.("[data-print]")) print();
  if (event.target.closest?.("[data-back]") && history.length > 1) {
    event.preventDefault();
    history.back();
  }
});
