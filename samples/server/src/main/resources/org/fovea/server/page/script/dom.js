/** Elements and small helpers. Text goes in as text nodes only, so that no answer of a server becomes markup. */

/** The element of an id. */
export const byId = id => document.getElementById(id);

/** A part of a card, named by data-part. */
export const part = (root, name) => root.querySelector(`[data-part="${name}"]`);

/**
 * Makes an element.
 *
 * @param {string} tag
 * @param {object} properties functions become listeners ("click"), keys with a dash become attributes, others properties
 * @param {...(Node|string)} children
 */
export function element(tag, properties = {}, ...children) {
    const out = document.createElement(tag);
    for (const [key, value] of Object.entries(properties)) {
        if (typeof value === "function") {
            out.addEventListener(key, value);
        } else if (key.includes("-") || key === "role") {
            out.setAttribute(key, value);
        } else {
            out[key] = value;
        }
    }
    out.append(...children);
    return out;
}

/** Says something to a screen reader when it is done with what it is saying. */
export function announce(text) {
    byId("status").textContent = text;
}

/** A share in percent, with a digit after the point where it is small. */
export function percent(share) {
    const value = 100 * share;
    return `${value.toFixed(value >= 99.95 || value === 0 ? 0 : 1)} %`;
}

/** Shows or hides a toggle button's state. */
export function press(button, on) {
    button.setAttribute("aria-pressed", String(on));
}
