/** A button that shows and hides where the model looked for a whole answer. */
import { placeOf } from "./place.js";

/** Returns what gives the button its map; without one it is hidden. */
export function gazeButton(button, stage) {
    let map = null;
    button.addEventListener("click", () => stage.pin(map, button));
    return {
        /**
         * @param {object} attention may be undefined
         * @param {string} name what the map is for
         */
        set(attention, name) {
            map = attention ? { attention, name, text: `looked ${placeOf(attention)}` } : null;
            button.hidden = !map;
        },
        /** Shows the map at once. */
        show() {
            if (map && stage.pinned !== map) {
                stage.pin(map, button);
            }
        },
    };
}
