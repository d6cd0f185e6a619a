/** Regions of a picture: for each pixel the region it belongs to, 0 for none, and what is known of each region. */
import { colorOf, numbersOf, pixelsOf, rgbOf } from "./pixels.js";

/**
 * @typedef {object} Region
 * @property {number} id from 1
 * @property {string} label
 * @property {number} area pixels
 * @property {number} score
 * @property {number[]} color red, green, blue
 * @property {boolean} object whether it is one object, not all of a class
 */

export class Regions {
    /**
     * @param {Uint32Array} ids of the pixels' regions, row by row
     * @param {number} width pixels of a row
     * @param {Region[]} all
     */
    constructor(ids, width, all) {
        this.ids = ids;
        this.width = width;
        this.height = ids.length / width;
        this.all = all;
        this.byId = new Map(all.map(region => [region.id, region]));
    }

    get objects() {
        return this.all.filter(region => region.object);
    }

    /** The regions of an answer in the form of one map for all. */
    static async ofMap(answer) {
        const classes = numbersOf(await pixelsOf(answer.map));
        const areas = tally(classes);
        const code = color => rgbOf(color).reduce((sum, value, i) => sum | (value << (8 * i)), 0);
        const regions = answer.classes.map((each, i) => ({
            ...each, id: i + 1, color: rgbOf(each.color), area: areas.get(code(each.color)) ?? 0, object: false,
        }));
        const idOfColor = new Map(answer.classes.map((each, i) => [code(each.color), i + 1]));
        const ids = classes.map(color => idOfColor.get(color) ?? 0);
        return answer.objects_map ? withObjects(ids, regions, answer) : new Regions(ids, answer.width, regions);
    }

    /** The regions of an answer in the form of masks, later ones over earlier ones. */
    static async ofMasks(answer, { width, height }) {
        const ids = new Uint32Array(width * height);
        const regions = [];
        for (const [i, each] of answer.entries()) {
            const mask = await pixelsOf(each.mask);
            let area = 0;
            for (let p = 0; p < ids.length; p++) {
                if (mask[4 * p] > 127) {
                    ids[p] = i + 1;
                    area++;
                }
            }
            regions.push({ id: i + 1, label: each.label ?? `mask ${i + 1}`, score: each.score, area, color: colorOf(i), object: true });
        }
        return new Regions(ids, width, regions);
    }
}

/** Objects take the place of their class's pixels; each has a color of its own. */
async function withObjects(ids, regions, answer) {
    const objects = numbersOf(await pixelsOf(answer.objects_map));
    const first = regions.length;
    objects.forEach((object, p) => {
        if (object) {
            ids[p] = first + object;
        }
    });
    const each = answer.objects.map((object, i) => ({ ...object, id: first + object.id, color: colorOf(i), object: true }));
    return new Regions(ids, answer.width, [...regions, ...each]);
}

function tally(values) {
    const out = new Map();
    values.forEach(value => out.set(value, (out.get(value) ?? 0) + 1));
    return out;
}
