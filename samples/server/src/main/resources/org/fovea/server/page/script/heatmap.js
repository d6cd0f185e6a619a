/** Attention drawn as the library draws it: smooth between the cells, and dark where the model did not look. */
import { paint } from "./viridis.js";

const ALPHA = 153; // of 255: the library's 0.6
const UNSEEN_ALPHA = 140;

/**
 * Draws attention on a canvas that covers the picture.
 *
 * @param {HTMLCanvasElement} canvas of any size
 * @param {{rows, columns, weights, region}} attention weights by row; region in fractions of the picture
 */
export function drawHeat(canvas, attention) {
    const { rows, columns, weights, region } = attention;
    const { width, height } = canvas;
    const low = Math.min(...weights);
    const range = Math.max(...weights) - low;
    const shares = weights.map(w => (range > 0 ? (w - low) / range : 0));
    const down = taps(height, region.top, region.bottom, rows);
    const across = taps(width, region.left, region.right, columns);
    const image = new ImageData(width, height);
    for (let y = 0, at = 0; y < height; y++) {
        const line = blendRows(shares, columns, down[y]);
        for (let x = 0; x < width; x++, at += 4) {
            const seen = down[y].inside && across[x].inside;
            if (seen) {
                paint(clamp(sum(across[x], i => line[i]), 0, 1), image.data, at);
            }
            image.data[at + 3] = seen ? ALPHA : UNSEEN_ALPHA;
        }
    }
    canvas.getContext("2d").putImageData(image, 0, 0);
}

function blendRows(shares, columns, tap) {
    return Array.from({ length: columns }, (_, x) => sum(tap, y => shares[y * columns + x]));
}

const sum = (tap, value) => tap.weights.reduce((total, w, i) => total + w * value(tap.cells[i]), 0);

/** For each pixel the four cells about it and their weights: Keys' cubic convolution, a = -0.5. */
function taps(pixels, start, end, cells) {
    return Array.from({ length: pixels }, (_, p) => {
        const place = (((p + 0.5) / pixels - start) / (end - start)) * cells;
        const first = Math.floor(place - 0.5) - 1;
        const near = [0, 1, 2, 3].map(t => first + t);
        return {
            inside: place >= 0 && place < cells,
            cells: near.map(cell => clamp(cell, 0, cells - 1)),
            weights: near.map(cell => cubic(Math.abs(place - 0.5 - cell))),
        };
    });
}

function cubic(d) {
    if (d < 1) {
        return (1.5 * d - 2.5) * d * d + 1;
    }
    return d < 2 ? (((d - 5) * d + 8) * d - 4) * -0.5 : 0;
}

export const clamp = (value, low, high) => Math.max(low, Math.min(high, value));
