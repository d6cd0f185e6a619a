/** Pixels of the server's PNG pictures, as they are in the file. */
import { bytesOf } from "./download.js";

/** The RGBA values of a base64 PNG. */
export async function pixelsOf(base64) {
    const blob = new Blob([bytesOf(base64)], { type: "image/png" });
    const bitmap = await createImageBitmap(blob, { colorSpaceConversion: "none", premultiplyAlpha: "none" });
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
    const context = canvas.getContext("2d", { willReadFrequently: true });
    context.drawImage(bitmap, 0, 0);
    bitmap.close();
    return context.getImageData(0, 0, canvas.width, canvas.height).data;
}

/** One number for each pixel: red, green and blue from low to high. */
export function numbersOf(rgba) {
    const out = new Uint32Array(rgba.length / 4);
    for (let i = 0; i < out.length; i++) {
        out[i] = rgba[4 * i] | (rgba[4 * i + 1] << 8) | (rgba[4 * i + 2] << 16);
    }
    return out;
}

/** Red, green and blue of a color such as "#ff8800". */
export const rgbOf = color => [1, 3, 5].map(at => parseInt(color.slice(at, at + 2), 16));

/** The n-th of colors that are easy to tell apart: hues a golden angle from each other. */
export function colorOf(n) {
    const hue = (n * 137.508) % 360;
    const channel = shift => {
        const k = (shift + hue / 30) % 12;
        return Math.round(255 * (0.58 - 0.4 * Math.max(-1, Math.min(k - 3, 9 - k, 1))));
    };
    return [channel(0), channel(8), channel(4)];
}
