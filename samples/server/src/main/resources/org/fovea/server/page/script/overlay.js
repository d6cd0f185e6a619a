/** Regions painted over the picture: in their colors, each with an edge, one of them brought out. */

const EDGE_ALPHA = 255;
const FAINT = 0.35;

/**
 * Paints regions.
 *
 * @param {HTMLCanvasElement} canvas of the picture's shape; a smaller one shows every so many pixels
 * @param {Regions} regions
 * @param {{opacity: number, shown: function(Region): boolean, marked: number}} look opacity from 0 to 1, which regions show,
 *     and the id of the one to be brought out, 0 for none
 */
export function paintRegions(canvas, regions, { opacity, shown, marked }) {
    const { width, height } = canvas;
    const image = new ImageData(width, height);
    const visible = new Map(regions.all.filter(shown).map(region => [region.id, region.color]));
    const ids = sampled(regions, width, height);
    for (let y = 0, p = 0; y < height; y++) {
        for (let x = 0; x < width; x++, p++) {
            const id = ids[p];
            const color = visible.get(id);
            if (color) {
                const edge = isEdge(ids, id, p, x, y, width, height);
                write(image.data, 4 * p, id === marked && edge ? [255, 255, 255] : color, alpha(opacity, edge, id, marked));
            }
        }
    }
    canvas.getContext("2d").putImageData(image, 0, 0);
}

/** The regions of the pixels nearest to those of another size. */
function sampled({ ids, width, height }, columns, rows) {
    if (columns === width && rows === height) {
        return ids;
    }
    const out = new Uint32Array(columns * rows);
    for (let y = 0, p = 0; y < rows; y++) {
        const start = Math.floor(((y + 0.5) / rows) * height) * width;
        for (let x = 0; x < columns; x++) {
            out[p++] = ids[start + Math.floor(((x + 0.5) / columns) * width)];
        }
    }
    return out;
}

function alpha(opacity, edge, id, marked) {
    const strength = marked && id !== marked ? FAINT : 1;
    return strength * (edge && opacity > 0 ? EDGE_ALPHA * Math.min(1, opacity + 0.35) : 255 * opacity);
}

function isEdge(ids, id, p, x, y, width, height) {
    return (x > 0 && ids[p - 1] !== id) || (x < width - 1 && ids[p + 1] !== id)
        || (y > 0 && ids[p - width] !== id) || (y < height - 1 && ids[p + width] !== id);
}

function write(data, at, [red, green, blue], opacity) {
    data[at] = red;
    data[at + 1] = green;
    data[at + 2] = blue;
    data[at + 3] = opacity;
}
