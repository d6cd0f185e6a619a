/** Failures in plain words: what happened and what helps. */

export class Failure extends Error {
    /**
     * @param {string} text what happened
     * @param {string} cure what helps
     */
    constructor(text, cure = "") {
        super(text);
        this.cure = cure;
    }
}

const CURES = {
    401: ["This server asks for a token.", "Reload the page and enter the text after --token."],
    404: ["The server does not know that model.", "Reload the page to see the models that it has."],
    408: ["The picture came too slowly.", "Try again, or choose a smaller picture."],
    413: ["The picture is too large for this server.", "Choose a smaller one, or start the server with a larger --max-body."],
    415: ["The server does not take this kind of file.", "Choose a JPEG, PNG or WebP picture."],
    429: ["The server is busy.", "Wait a moment and try again."],
    503: ["The server cannot answer now.", "Wait a moment and try again."],
};

/** The failure that an answer stands for; its own text, where there is one, comes with ours. */
export async function failureOf(response) {
    const own = await response.json().then(body => body.error, () => "");
    return failure(response.status, own);
}

/** The failure of a status and the server's text. */
export function failure(status, own) {
    const [text, cure] = CURES[status] ?? [own || `The server answered with status ${status}.`, ""];
    return new Failure(text, own && own !== text ? `${cure} (${own})`.trim() : cure);
}

/** What can be shown of anything that was thrown. */
export function readable(thrown) {
    if (thrown instanceof Failure) {
        return thrown;
    }
    if (thrown instanceof TypeError && /fetch|network|load failed/i.test(thrown.message)) {
        return new Failure("The server does not answer.", "See whether fovea serve is still running, then try again.");
    }
    return new Failure(`Something went wrong: ${thrown.message}`, "Reload the page and try again.");
}

/** Shows a failure in an element, or hides the element where there is none. */
export function show(element, thrown) {
    element.hidden = !thrown;
    element.replaceChildren();
    if (thrown) {
        const said = readable(thrown);
        const strong = document.createElement("b");
        strong.textContent = said.message;
        element.append(strong, ` ${said.cure}`);
    }
}
