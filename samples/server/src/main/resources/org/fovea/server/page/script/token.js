/** The server's token: asked for once, kept by this tab only. */
import { byId } from "./dom.js";

const KEY = "fovea-token";
let asking = null;

/** The token, empty where there is none. */
export const token = () => sessionStorage.getItem(KEY) ?? "";

/** Forgets a token that was refused. */
export const forgetToken = () => sessionStorage.removeItem(KEY);

/** Asks the person for a token, once for all requests that wait for it; false where they would rather not say. */
export function askForToken() {
    asking ??= ask().finally(() => (asking = null));
    return asking;
}

function ask() {
    const dialog = byId("token-dialog");
    byId("token").value = "";
    dialog.returnValue = "cancel";
    dialog.showModal();
    return new Promise(resolve => {
        dialog.addEventListener("close", () => resolve(keep(dialog.returnValue)), { once: true });
    });
}

function keep(returned) {
    const value = byId("token").value.trim();
    if (returned !== "use" || !value) {
        return false;
    }
    sessionStorage.setItem(KEY, value);
    return true;
}
