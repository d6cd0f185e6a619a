/** The list of what a segmentation found: a swatch, a switch, a count and a share for each class. */
import { element, percent } from "./dom.js";

/** Classes that are off to begin with, since they are what is left over. */
const LEFT_OVER = /^background$/i;

export class Legend {
    /**
     * @param {HTMLElement} list
     * @param {function(): void} changed told when a switch is turned
     */
    constructor(list, changed) {
        this.list = list;
        this.changed = changed;
        this.off = new Set();
    }

    /** Lists the classes of regions. */
    fill(regions) {
        const pixels = regions.ids.length;
        const kinds = kindsOf(regions);
        this.off = new Set(kinds.filter(kind => LEFT_OVER.test(kind.label)).map(kind => kind.label));
        this.list.replaceChildren(...kinds.map(kind => this.row(kind, pixels)));
    }

    shows(region) {
        return !this.off.has(region.label);
    }

    row(kind, pixels) {
        const box = element("input", { type: "checkbox", checked: !this.off.has(kind.label), change: () => this.turn(kind, box) });
        const swatch = element("span", { className: "swatch", "aria-hidden": "true" });
        swatch.style.background = kind.swatch;
        const count = kind.objects ? `${kind.objects} ${kind.objects === 1 ? "object" : "objects"}, ` : "";
        const figures = element("span", { className: "aside" }, `${count}${percent(kind.area / pixels)}`);
        return element("li", {}, element("label", {}, box, swatch, element("span", {}, kind.label), figures));
    }

    turn(kind, box) {
        this.off[box.checked ? "delete" : "add"](kind.label);
        this.changed();
    }
}

/** Regions of a label together; where objects are told apart, the class's own area has what they cover already. */
function kindsOf(regions) {
    const kinds = new Map();
    for (const region of regions.all) {
        const kind = kinds.get(region.label) ?? { label: region.label, area: 0, objects: 0, colors: [], whole: false };
        kinds.set(region.label, kind);
        kind.objects += region.object ? 1 : 0;
        kind.area = kind.whole ? kind.area : kind.area + region.area;
        kind.whole ||= !region.object;
        kind.colors.push(`rgb(${region.color})`);
    }
    return [...kinds.values()].map(kind => ({ ...kind, swatch: swatchOf(kind) }));
}

/** The class's color, or stripes of the first objects' colors. */
function swatchOf({ colors, objects }) {
    const some = objects > 1 ? colors.slice(-Math.min(4, objects)) : colors.slice(-1);
    return `linear-gradient(90deg, ${some.flatMap((color, i) => [`${color} ${(100 * i) / some.length}%`, `${color} ${(100 * (i + 1)) / some.length}%`]).join(", ")})`;
}
