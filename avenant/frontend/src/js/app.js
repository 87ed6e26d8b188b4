// What every page runs. Each part looks for its own data attributes and does nothing without them.
import "./menus.js";
import "./dialogs.js";
import "./toasts.js";
import "./copy.js";
import "./keep.js";
import "./search.js";
import "./live.js";
import "./autosave.js";
import "./elapsed.js";
import "./reading.js";
import "./requests.js";
import "./uploads.js";
import "./address.js";

document.documentElement.classList.remove("no-js");
