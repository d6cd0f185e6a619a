/** Where on the picture attention lies, in words: the heat map for who cannot see it. */

const ROWS = ["upper", "middle", "lower"];
const COLUMNS = ["left", "center", "right"];
/** Above this share of cells that take part, attention is called spread out. */
const SPREAD = 0.6;

/** A phrase such as "mostly at the upper left" or "all over the picture". */
export function placeOf(attention) {
    const { rows, columns, weights, region } = attention;
    const total = weights.reduce((sum, w) => sum + w, 0);
    if (!(total > 0) || takingPart(weights, total) > SPREAD) {
        return "all over the picture";
    }
    const peak = weights.indexOf(Math.max(...weights));
    const x = along((peak % columns) + 0.5, columns, region.left, region.right);
    const y = along(Math.floor(peak / columns) + 0.5, rows, region.top, region.bottom);
    return `mostly at the ${name(ROWS[third(y)], COLUMNS[third(x)])}`;
}

/** The share of cells that equal weights of the same entropy would cover, 0 to 1. */
function takingPart(weights, total) {
    const entropy = weights.filter(w => w > 0).reduce((sum, w) => sum - (w / total) * Math.log(w / total), 0);
    return Math.exp(entropy) / weights.length;
}

const along = (cell, cells, start, end) => start + (cell / cells) * (end - start);

const third = fraction => Math.max(0, Math.min(2, Math.floor(3 * fraction)));

function name(row, column) {
    if (row === "middle") {
        return column === "center" ? "center" : `${column} side`;
    }
    return column === "center" ? `${row} middle` : `${row} ${column}`;
}
