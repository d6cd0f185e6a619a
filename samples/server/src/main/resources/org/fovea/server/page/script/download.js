/** Files for the person to keep. */
import { element } from "./dom.js";

/** Offers a blob as a file. */
export function save(blob, name) {
    const url = URL.createObjectURL(blob);
    element("a", { href: url, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(url), 1000);
}

export const saveText = (text, name) => save(new Blob([text, "\n"], { type: "text/plain" }), name);

export const saveJson = (value, name) =>
    save(new Blob([JSON.stringify(value, null, 2), "\n"], { type: "application/json" }), name);

/** Offers canvases, drawn over each other in the first one's size, as a PNG file. */
export function saveLayers(layers, width, height, name) {
    const canvas = element("canvas", { width, height });
    const context = canvas.getContext("2d");
    layers.forEach(layer => context.drawImage(layer, 0, 0, width, height));
    canvas.toBlob(blob => save(blob, name), "image/png");
}

/** The bytes of a base64 text. */
export const bytesOf = base64 => Uint8Array.from(atob(base64), letter => letter.charCodeAt(0));
