/** Sliders with their value written beside them. */
import { byId } from "./dom.js";

/**
 * A slider by its id.
 *
 * @param {function(number): string} text of a value
 * @param {function(): void} changed told at every change
 */
export function slider(id, text = String, changed = () => {}) {
    const input = byId(id);
    const output = input.parentElement.querySelector("output");
    const refresh = () => {
        output.textContent = text(Number(input.value));
        input.setAttribute("aria-valuetext", output.textContent);
    };
    input.addEventListener("input", () => {
        refresh();
        changed();
    });
    refresh();
    return {
        get value() {
            return Number(input.value);
        },
        set value(to) {
            input.value = to;
            refresh();
        },
    };
}
