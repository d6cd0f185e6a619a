/* Light or dark, before anything is drawn: the person's choice, else the system's. No module, so that it runs at once. */
"use strict";
(() => {
    const root = document.documentElement;
    const system = matchMedia("(prefers-color-scheme: dark)");

    /** The stored choice, null where there is none or storage is refused. */
    function chosen() {
        try {
            return localStorage.getItem("theme");
        } catch {
            return null;
        }
    }

    function apply() {
        root.dataset.theme = chosen() ?? (system.matches ? "dark" : "light");
        document.getElementById("theme")?.setAttribute("aria-pressed", String(root.dataset.theme === "dark"));
    }

    function toggle() {
        const next = root.dataset.theme === "dark" ? "light" : "dark";
        try {
            localStorage.setItem("theme", next);
            apply();
        } catch {
            root.dataset.theme = next;
        }
    }

    apply();
    system.addEventListener("change", apply);
    document.addEventListener("DOMContentLoaded", () => {
        apply();
        document.getElementById("theme").addEventListener("click", toggle);
    });
})();
