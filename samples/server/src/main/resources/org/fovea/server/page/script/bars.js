/** Scores as a list of bars. */
import { element, percent } from "./dom.js";

/**
 * Fills a list with named scores.
 *
 * @param {HTMLElement} list
 * @param {{name: string, share: number, text: string}[]} rows share from 0 to 1 is the bar's length; text stands beside it,
 *     by default the share in percent
 */
export function fillBars(list, rows) {
    list.replaceChildren(...rows.map(bar));
}

function bar({ name, share, text }) {
    const fill = element("i");
    fill.style.width = `${100 * Math.max(0, Math.min(1, share))}%`;
    return element(
        "li",
        {},
        element("span", { className: "name" }, name),
        element("span", { className: "track", "aria-hidden": "true" }, fill),
        element("span", { className: "share" }, text ?? percent(share)));
}
