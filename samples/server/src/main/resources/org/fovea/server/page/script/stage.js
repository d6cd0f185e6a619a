/** The picture with its layers: masks below, the heat map over them, and points on top. */
import { byId, press } from "./dom.js";
import { saveLayers } from "./download.js";
import { drawHeat } from "./heatmap.js";

const HEAT_SIDE = 320; // pixels of the longer side; the browser smooths the rest
const MASKS_SIDE = 1280; // of canvases that change under the pointer
const LEAST_SAVED_SIDE = 640;

export class Stage {
    constructor() {
        this.picture = null;
        this.image = byId("image");
        this.frame = byId("frame");
        this.masks = byId("masks");
        this.heat = byId("heat");
        this.points = byId("points");
        this.legend = byId("legend");
        this.shown = null; // the map that is drawn; a map is {attention, name, text}
        this.hovered = null;
        this.focused = null;
        this.pinned = null;
        this.resting = "";
        byId("save-heat").addEventListener("click", () => this.saveHeat());
        document.addEventListener("keydown", event => event.key === "Escape" && this.clear());
    }

    /** Shows another picture, without anything drawn on it. */
    show(picture) {
        this.picture?.close();
        this.picture = picture;
        this.image.src = picture.url;
        this.image.alt = picture.origin.title ?? `Your picture ${picture.origin.name}`;
        this.frame.style.setProperty("--aspect", picture.width / picture.height);
        const scale = HEAT_SIDE / Math.max(picture.width, picture.height);
        size(this.heat, Math.max(1, picture.width * scale), Math.max(1, picture.height * scale));
        const masks = Math.min(1, MASKS_SIDE / Math.max(picture.width, picture.height));
        size(this.masks, Math.max(1, picture.width * masks), Math.max(1, picture.height * masks));
        size(this.points, picture.width, picture.height);
        byId("empty").hidden = true;
        this.frame.hidden = this.legend.hidden = false;
        byId("stage").classList.add("filled");
        this.rest("");
        this.clear();
    }

    /** The text below the picture while no heat map is there. */
    rest(text) {
        this.resting = text;
        if (!this.shown) {
            this.legend.textContent = text || "Results are drawn here.";
        }
    }

    /** Takes the map of what the pointer is over, null for none. */
    hover(map) {
        this.hovered = map;
        this.draw();
    }

    /** Takes the map of what has the keyboard's focus, null for none. */
    focus(map) {
        this.focused = map;
        this.draw();
    }

    /** Keeps a map until another is pinned or Escape; the button that stands for it is shown as pressed. */
    pin(map, button) {
        const again = this.pinned === map;
        this.unpin();
        if (!again) {
            this.pinned = map;
            this.pinButton = button;
            press(button, true);
            this.draw();
        }
    }

    /** Ends the pinning. */
    unpin() {
        if (this.pinButton) {
            press(this.pinButton, false);
        }
        this.pinned = this.pinButton = null;
        this.draw();
    }

    /** Shows no map, whatever is pointed at. */
    clear() {
        this.hovered = this.focused = null;
        this.unpin();
    }

    draw() {
        const map = this.hovered ?? this.focused ?? this.pinned;
        if (this.shown === map) {
            return;
        }
        this.shown = map;
        byId("save-heat").hidden = !map;
        this.masks.style.opacity = map ? "0" : "1";
        if (map) {
            drawHeat(this.heat, map.attention);
            this.legend.replaceChildren(bold(map.name), ` ${map.text}`);
        } else {
            this.heat.getContext("2d").clearRect(0, 0, this.heat.width, this.heat.height);
            this.rest(this.resting);
        }
    }

    saveHeat() {
        const { width, height, bitmap } = this.picture;
        const scale = Math.max(1, LEAST_SAVED_SIDE / Math.max(width, height));
        saveLayers([bitmap, this.heat], Math.round(width * scale), Math.round(height * scale), this.picture.fileName("heat.png"));
    }

    /** The pixel of the picture that a pointer event is at. */
    pixelOf(event) {
        const box = this.image.getBoundingClientRect();
        const along = (at, start, length, pixels) => Math.min(pixels - 1, Math.max(0, Math.floor(((at - start) / length) * pixels)));
        return {
            x: along(event.clientX, box.left, box.width, this.picture.width),
            y: along(event.clientY, box.top, box.height, this.picture.height),
        };
    }
}

function size(canvas, width, height) {
    canvas.width = Math.round(width);
    canvas.height = Math.round(height);
}

function bold(text) {
    const out = document.createElement("b");
    out.textContent = text;
    return out;
}
