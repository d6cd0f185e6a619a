/** Where on the picture attention lies, in words: the heat map for who cannot see it. */

const ROWS = ["upper", "middle", "lower"];
const COLUMNS = ["left", "center", "right"];
/** The surroundings of the peak reach a sixth of the picture to each side. */
const REACH = 1 / 6;
/** Attention is spread out where the surroundings of its peak hold less than so many times their share of the picture. */
const PEAKED = 2;

/** A phrase such as "mostly at the upper left" or "all over the picture". */
export function placeOf(attention) {
    const { rows, columns, weights, region } = attention;
    const peak = weights.indexOf(Math.max(...weights));
    if (!(weights[peak] > 0) || concentration(attention, peak) < PEAKED) {
        return "all over the picture";
    }
    const x = along((peak % columns) + 0.5, columns, region.left, region.right);
    const y = along(Math.floor(peak / columns) + 0.5, rows, region.top, region.bottom);
    return `mostly at the ${name(ROWS[third(y)], COLUMNS[third(x)])}`;
}

/** Mean weight around the peak over the mean of all. */
function concentration({ rows, columns, weights }, peak) {
    const near = (cell, center, cells) => Math.abs(cell - center) <= Math.floor(cells * REACH);
    const around = weights.filter((_, i) =>
        near(Math.floor(i / columns), Math.floor(peak / columns), rows) && near(i % columns, peak % columns, columns));
    return mean(around) / mean(weights);
}

const mean = numbers => numbers.reduce((sum, n) => sum + n, 0) / numbers.length;

const along = (cell, cells, start, end) => start + (cell / cells) * (end - start);

const third = fraction => Math.max(0, Math.min(2, Math.floor(3 * fraction)));

function name(row, column) {
    if (row === "middle") {
        return column === "center" ? "center" : `${column} side`;
    }
    return column === "center" ? `${row} middle` : `${row} ${column}`;
}
