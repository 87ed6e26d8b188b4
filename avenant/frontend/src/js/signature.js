// Draw or type a signature. Strokes are kept as points alone: no timing, no pressure.
import SignaturePad from "signature_pad";
import { word } from "./words.js";

const LEAST_POINTS = 8;
const LEAST_SPAN = 24; // pixels: a dot or a tick is not a signature

class Signature {
  constructor(form) {
    this.form = form;
    this.canvas = form.querySelector("[data-signature-canvas]");
    this.name = form.querySelector("[data-signature-name]");
    this.error = form.querySelector("[data-signature-error]");
    this.pad = new SignaturePad(this.canvas, { penColor: "#10233f", minWidth: 1, maxWidth: 2.8 });
    this.fit();
    new ResizeObserver(() => this.fit()).observe(this.canvas);
    form.querySelector("[data-signature-erase]").addEventListener("click", () => this.erase());
    for (const way of form.querySelectorAll('[name="way"]')) {
      way.addEventListener("change", () => this.choose(way.value));
    }
    this.pad.addEventListener("beginStroke", () => this.complain(""));
    this.pad.addEventListener("endStroke", () => this.keep());
    this.name.addEventListener("input", () => this.complain(""));
    form.addEventListener("submit", (event) => this.submit(event));
  }

  get way() {
    return this.form.querySelector('[name="way"]:checked').value;
  }

  choose(way) {
    for (const block of this.form.querySelectorAll("[data-way]")) block.hidden = block.dataset.way !== way;
    this.complain("");
  }

  /** Remember the drawing in the size of the pad at its first stroke, and as it was drawn there:
   * turning the screen back and forth scales from that, never from what was scaled before. */
  keep() {
    this.drawnAt ??= { width: this.width, height: this.height };
    this.ink = scaled(this.pad.toData(), 1 / this.scale);
  }

  get scale() {
    if (!this.drawnAt) return 1;
    return Math.min(this.width / this.drawnAt.width, this.height / this.drawnAt.height);
  }

  /** The drawing keeps its shape when the screen turns or the window changes. */
  fit() {
    const { clientWidth: width, clientHeight: height } = this.canvas;
    if (!width || (width === this.width && height === this.height)) return;
    this.width = width;
    this.height = height;
    const ratio = Math.max(devicePixelRatio || 1, 1);
    this.canvas.width = width * ratio;
    this.canvas.height = height * ratio;
    this.canvas.getContext("2d").scale(ratio, ratio);
    this.pad.clear();
    if (this.ink) this.pad.fromData(scaled(this.ink, this.scale));
  }

  erase() {
    this.pad.clear();
    this.ink = this.drawnAt = undefined;
    this.complain("");
  }

  strokes() {
    return (this.ink ?? []).map((stroke) =>
      stroke.points.map(({ x, y }) => [Math.round(x * 10) / 10, Math.round(y * 10) / 10]),
    );
  }

  submit(event) {
    const value = this.way === "typed" ? this.typed() : this.drawn();
    if (!value) {
      event.preventDefault();
      event.stopImmediatePropagation();
      return;
    }
    this.form.querySelector("[data-signature-value]").value = JSON.stringify(value);
  }

  typed() {
    const name = this.name.value.trim().replace(/\s+/g, " ");
    if (name.length < 3) return this.complain(word("name_missing"), this.name);
    return { kind: "typed", name };
  }

  drawn() {
    const strokes = this.strokes();
    if (!strokes.length) return this.complain(word("signature_empty"));
    const points = strokes.flat();
    const span = (axis) => {
      const values = points.map((point) => point[axis]);
      return Math.max(...values) - Math.min(...values);
    };
    if (points.length < LEAST_POINTS || Math.max(span(0), span(1)) < LEAST_SPAN) {
      this.erase(); // a stray tap: the next try begins on a clean pad
      return this.complain(word("signature_dot"));
    }
    return { kind: "drawn", ...this.drawnAt, strokes };
  }

  complain(text, field) {
    this.error.hidden = !text;
    this.error.querySelector("span").textContent = text;
    if (text) field?.focus();
    return null;
  }
}

function scaled(strokes, scale) {
  return strokes.map((stroke) => ({
    ...stroke,
    points: stroke.points.map((point) => ({ ...point, x: point.x * scale, y: point.y * scale })),
  }));
}

function attach() {
  for (const form of document.querySelectorAll("[data-signature]:not([data-signature-ready])")) {
    form.dataset.signatureReady = "1";
    new Signature(form);
  }
}

attach();
document.body.addEventListener("htmx:load", attach);
