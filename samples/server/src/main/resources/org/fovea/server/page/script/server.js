/** Requests to the server: the token, waiting where it is busy, and failures in plain words. */
import { failureOf } from "./failure.js";
import { askForToken, forgetToken, token } from "./token.js";

const TRIES = 6;
const LONGEST_WAIT_SECONDS = 30;

/**
 * Sends a request and answers with a response whose status is good.
 *
 * @param {string} path relative, with its query
 * @param {object} options of fetch
 * @param {function(number): void} onWait told the seconds until the next try while the server is busy
 */
export async function send(path, options = {}, onWait = () => {}) {
    for (let tries = 1; ; tries++) {
        const sent = token();
        const response = await fetch(path, withToken(options, sent));
        if (response.ok) {
            return response;
        }
        if (response.status === 401 && (await renewedToken(sent))) {
            continue;
        }
        if (![429, 503].includes(response.status) || tries === TRIES) {
            throw await failureOf(response);
        }
        const seconds = waitOf(response);
        onWait(seconds);
        await pause(seconds, options.signal);
    }
}

/** The address of a task with parameters; those that are null or empty are left out. */
export function address(task, parameters) {
    const query = new URLSearchParams();
    for (const [name, value] of Object.entries(parameters)) {
        if (value !== null && value !== undefined && value !== "") {
            query.set(name, value);
        }
    }
    return `v1/${task}?${query}`;
}

/** Milliseconds of the parts of a request, from its Server-Timing header. */
export function timingsOf(response) {
    const header = response.headers.get("Server-Timing") ?? "";
    const parts = [...header.matchAll(/([\w-]+)\s*;\s*dur=([\d.]+)/g)];
    return Object.fromEntries(parts.map(([, name, millis]) => [name, Number(millis)]));
}

function withToken(options, value) {
    const headers = new Headers(options.headers);
    if (value) {
        headers.set("Authorization", `Bearer ${value}`);
    }
    return { ...options, headers };
}

/** Whether there is another token than the one that was refused. */
async function renewedToken(refused) {
    if (token() !== refused) {
        return true;
    }
    forgetToken();
    return askForToken();
}

function waitOf(response) {
    const seconds = Number(response.headers.get("Retry-After") ?? 1);
    return Math.min(LONGEST_WAIT_SECONDS, Math.max(1, Number.isFinite(seconds) ? seconds : 1));
}

function pause(seconds, signal) {
    return new Promise((resolve, reject) => {
        const timer = setTimeout(resolve, 1000 * seconds);
        signal?.addEventListener("abort", () => {
            clearTimeout(timer);
            reject(signal.reason);
        });
    });
}
