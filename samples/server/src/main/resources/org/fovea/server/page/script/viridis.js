/**
 * The color map viridis, the same ten colors as the library's: equal steps look equal, also in gray and to color-blind
 * eyes. https://bids.github.io/colormap/ (Smith and van der Walt 2015), public domain.
 */
const COLORS = [
    [68, 1, 84], [72, 40, 120], [62, 74, 137], [49, 104, 142], [38, 130, 142],
    [31, 158, 137], [53, 183, 121], [109, 205, 89], [180, 222, 44], [253, 231, 37],
];

/** Writes red, green and blue of a value from 0, dark violet, to 1, yellow, into pixels from a place on. */
export function paint(value, pixels, at) {
    const scaled = value * (COLORS.length - 1);
    const below = Math.min(Math.floor(scaled), COLORS.length - 2);
    for (let channel = 0; channel < 3; channel++) {
        const from = COLORS[below][channel];
        pixels[at + channel] = from + (scaled - below) * (COLORS[below + 1][channel] - from);
    }
}
