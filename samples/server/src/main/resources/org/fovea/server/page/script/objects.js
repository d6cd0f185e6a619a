/** One region brought out: the one below the pointer, or the one that the keyboard stepped to. */
import { announce, part, percent } from "./dom.js";

export class ObjectPicker {
    /**
     * @param {HTMLElement} root the card
     * @param {Stage} stage
     * @param {function(): void} changed told when another region is brought out
     */
    constructor(root, stage, changed) {
        this.root = root;
        this.stage = stage;
        this.changed = changed;
        this.regions = null;
        this.marked = 0;
        part(root, "previous").addEventListener("click", () => this.step(-1));
        part(root, "next").addEventListener("click", () => this.step(1));
        stage.frame.addEventListener("pointermove", event => this.point(event));
        stage.frame.addEventListener("pointerleave", () => this.mark(0));
    }

    /** Takes other regions, null for none. */
    fill(regions) {
        this.regions = regions;
        this.marked = 0;
        this.say("");
        part(this.root, "stepper").hidden = !regions?.objects.length;
    }

    point(event) {
        if (this.regions && !this.stage.shown) {
            const { x, y } = this.stage.pixelOf(event);
            const id = this.regions.ids[y * this.stage.picture.width + x];
            this.mark(this.regions.byId.get(id)?.object ? id : 0);
        }
    }

    step(by) {
        const { objects } = this.regions;
        const at = objects.findIndex(region => region.id === this.marked);
        const first = by > 0 ? 0 : objects.length - 1;
        const next = objects[at < 0 ? first : (at + by + objects.length) % objects.length];
        this.stage.unpin();
        this.mark(next.id);
        announce(part(this.root, "object").textContent);
    }

    mark(id) {
        if (!this.regions || id === this.marked) {
            return;
        }
        this.marked = id;
        this.say(id ? this.describe(this.regions.byId.get(id)) : "");
        this.changed();
    }

    describe(region) {
        const { objects } = this.regions;
        const number = objects.indexOf(region) + 1;
        const sure = Number.isFinite(region.score) ? `, ${percent(region.score)} sure` : "";
        return `${region.label} ${number} of ${objects.length}: ${region.area} pixels${sure}`;
    }

    say(text) {
        part(this.root, "object").textContent = text;
        if (this.regions && this.marked) {
            this.stage.legend.textContent = text;
        } else {
            this.stage.rest(this.stage.resting);
        }
    }
}
