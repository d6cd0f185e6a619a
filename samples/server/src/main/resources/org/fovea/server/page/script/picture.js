/** A picture as it is shown and sent. The server turns photographs upright as browsers do, so both mean the same pixels. */
import { Failure } from "./failure.js";

/** Kinds that server and browser both read; others are sent as PNG. GIFs too, since the server takes their first frame. */
const SENT_AS_THEY_ARE = ["image/jpeg", "image/png", "image/webp", "image/bmp"];
const LARGEST_SIDE = 6000;
const SENT_SIDE = 2400;
const LARGEST_BYTES = 15_000_000;

export class Picture {
    /**
     * @param {Blob} blob what is sent
     * @param {ImageBitmap} bitmap what it shows
     * @param {{name, questions, tasks}} origin the name for files, and of samples what to do with them
     */
    constructor(blob, bitmap, origin) {
        this.blob = blob;
        this.bitmap = bitmap;
        this.origin = origin;
        this.width = bitmap.width;
        this.height = bitmap.height;
        this.url = URL.createObjectURL(blob);
    }

    /** The picture of a file. */
    static async of(blob, origin) {
        const bitmap = await createImageBitmap(blob).catch(() => {
            throw new Failure(
                `This browser cannot show ${origin.name}.`,
                "Choose a JPEG, PNG or WebP picture. The server itself reads TIFF and others too.");
        });
        const large = Math.max(bitmap.width, bitmap.height) > LARGEST_SIDE || blob.size > LARGEST_BYTES;
        if (SENT_AS_THEY_ARE.includes(blob.type) && !large) {
            return new Picture(blob, bitmap, origin);
        }
        return converted(bitmap, large, origin);
    }

    /** The name of a file about this picture. */
    fileName(ending) {
        return `${this.origin.name.replace(/\.\w+$/, "")}-${ending}`;
    }

    /** Frees what the browser keeps for it. */
    close() {
        URL.revokeObjectURL(this.url);
        this.bitmap.close();
    }
}

/** The same picture in a format that the server reads, made smaller where it is very large. */
async function converted(bitmap, large, origin) {
    const scale = Math.min(1, SENT_SIDE / Math.max(bitmap.width, bitmap.height));
    const canvas = new OffscreenCanvas(Math.round(bitmap.width * scale), Math.round(bitmap.height * scale));
    canvas.getContext("2d").drawImage(bitmap, 0, 0, canvas.width, canvas.height);
    bitmap.close();
    const type = large ? { type: "image/jpeg", quality: 0.92 } : { type: "image/png" };
    const blob = await canvas.convertToBlob(type);
    return new Picture(blob, await createImageBitmap(blob), origin);
}
