/** The card of a task: its model, its state, its failure, and the line about what it took. */
import { announce, part } from "./dom.js";
import { show } from "./failure.js";
import { about } from "./models.js";

export class Card {
    /**
     * @param {HTMLElement} root
     * @param {string} task its name at the server
     * @param {Models} models
     * @param {function(): void} changed told when another model is chosen or the chosen one changes
     */
    constructor(root, task, models, changed = () => {}) {
        this.root = root;
        this.task = task;
        this.models = models;
        this.select = part(root, "model");
        this.running = null;
        this.hasPicture = false;
        const refresh = () => {
            this.refresh();
            changed();
        };
        this.select.addEventListener("change", refresh);
        models.onChange(() => {
            models.fill(this.select, task);
            refresh();
        });
    }

    /** The model that is chosen; undefined where the task has none. */
    get model() {
        return this.models.named(this.select.value);
    }

    get ready() {
        return this.model?.state === "ready";
    }

    /** Writes what the model is and lets the task be run where it can be. */
    refresh() {
        part(this.root, "about").textContent = about(this.model);
        part(this.root, "run").disabled = !this.ready || !this.hasPicture;
    }

    /** Ends what is under way and forgets the last outcome. */
    reset() {
        this.running?.abort();
        this.hasPicture = true;
        this.refresh();
        show(part(this.root, "failure"), null);
        part(this.root, "done").hidden = true;
    }

    /**
     * Runs work, ending what was under way.
     *
     * @param {function(AbortSignal, function(number)): Promise} work given a signal and what to tell about waiting
     */
    async run(work) {
        this.reset();
        const control = (this.running = new AbortController());
        this.root.setAttribute("aria-busy", "true");
        try {
            await work(control.signal, seconds => this.waiting(seconds));
        } catch (thrown) {
            if (!control.signal.aborted) {
                show(part(this.root, "failure"), thrown);
                announce(part(this.root, "failure").textContent);
            }
        } finally {
            if (this.running === control) {
                this.running = null;
                this.root.removeAttribute("aria-busy");
            }
        }
    }

    waiting(seconds) {
        this.timings(`The server is busy: trying again in ${seconds} s.`);
    }

    /** Says which model answered and what it took. */
    finished(model, parts) {
        const total = Object.values(parts).reduce((sum, millis) => sum + millis, 0);
        const each = ["decode", "queue", "compute"].filter(name => name in parts);
        const words = { decode: "picture", queue: "waiting", compute: "model" };
        const detail = each.map(name => `${words[name]} ${millis(parts[name])}`).join(", ");
        this.timings(detail ? `${model} · ${millis(total)} ms (${detail})` : model);
    }

    timings(text) {
        part(this.root, "timings").textContent = text;
        part(this.root, "done").hidden = false;
    }
}

const millis = value => value.toFixed(value < 10 ? 1 : 0);
