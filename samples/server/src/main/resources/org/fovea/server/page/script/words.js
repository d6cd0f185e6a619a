/** Words that show where the model looked: with the pointer, with the keyboard, or pinned by a click. */
import { element, percent, press } from "./dom.js";
import { placeOf } from "./place.js";

let names = 0;

export class Words {
    /**
     * @param {HTMLElement} line where the words stand
     * @param {Stage} stage
     */
    constructor(line, stage) {
        this.line = line;
        this.stage = stage;
        line.addEventListener("keydown", event => this.move(event));
    }

    clear() {
        this.line.replaceChildren();
    }

    /** Adds a word, {text, attention, weight}; without attention it is plain text. */
    add(word) {
        const before = this.line.childNodes.length ? [" "] : [];
        this.line.append(...before, word.attention ? this.button(word) : plain(word));
    }

    /** Takes all words anew where they differ from those there, and else leaves them, and the focus, alone. */
    set(words) {
        const there = [...this.line.querySelectorAll(".word")].map(each => each.dataset.word);
        if (JSON.stringify(there) !== JSON.stringify(words.map(word => word.text))) {
            this.clear();
            words.forEach(word => this.add(word));
        }
    }

    button(word) {
        const weight = Number.isFinite(word.weight) ? `(${percent(word.weight)} of the reading) ` : "";
        const text = `${weight}looked ${placeOf(word.attention)}`;
        const map = { attention: word.attention, name: word.text, text };
        const description = element("span", { id: `place-${++names}`, className: "spoken", textContent: text });
        const button = element("button", { type: "button", className: "word", "aria-describedby": description.id }, word.text);
        button.dataset.word = word.text;
        press(button, false);
        button.addEventListener("pointerenter", () => this.stage.hover(map));
        button.addEventListener("pointerleave", () => this.stage.hover(null));
        button.addEventListener("focus", () => this.stage.focus(map));
        button.addEventListener("blur", () => this.stage.focus(null));
        button.addEventListener("click", () => this.stage.pin(map, button));
        const whole = element("span", {}, button, description);
        description.hidden = true; // a description is read even so, and only with its word
        return whole;
    }

    /** Arrow keys, Home and End go from word to word. */
    move(event) {
        const buttons = [...this.line.querySelectorAll("button")];
        const at = buttons.indexOf(document.activeElement);
        const to = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: buttons.length - 1 }[event.key];
        if (to !== undefined && at >= 0) {
            event.preventDefault();
            buttons[Math.max(0, Math.min(buttons.length - 1, to))].focus();
        }
    }
}

function plain(word) {
    const out = element("span", { className: "word bare" }, word.text);
    out.dataset.word = word.text;
    return out;
}
