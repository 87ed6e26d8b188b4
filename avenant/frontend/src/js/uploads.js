// <input type="file" data-limit-mb="10">: a file that would be refused is refused before it travels.
// With data-submits the form goes as soon as a file is chosen.
import { word } from "./words.js";

document.addEventListener("change", (event) => {
  const field = event.target;
  if (field.type !== "file") return;
  const limit = Number(field.dataset.limitMb || 0);
  const isHeavy = limit && [...field.files].some((file) => file.size > limit * 1024 * 1024);
  field.setCustomValidity(isHeavy ? word("file_too_big", { limit }) : "");
  if (isHeavy) field.reportValidity();
  else if (field.files.length && field.hasAttribute("data-submits")) field.form?.requestSubmit();
});
