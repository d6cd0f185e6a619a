/** The server's models: which there are, whether they are ready, and the selectors that choose among them. */
import { element } from "./dom.js";
import { send } from "./server.js";

const POLL_MILLIS = 700;
const MARKS = { loading: " (loading …)", failed: " (failed)" };

export class Models {
    constructor() {
        this.all = [];
        this.listeners = [];
    }

    /** Calls back whenever something about the models changes. */
    onChange(listener) {
        this.listeners.push(listener);
    }

    /** Reads the models, again and again while some are loading. */
    async watch() {
        const response = await send("v1/models");
        const { models } = await response.json();
        if (JSON.stringify(models) !== JSON.stringify(this.all)) {
            this.all = models;
            this.listeners.forEach(listener => listener());
        }
        if (models.some(model => model.state === "loading")) {
            setTimeout(() => this.watch().catch(() => {}), POLL_MILLIS);
        }
    }

    /** The models of a task. */
    of(task) {
        return this.all.filter(model => model.task === task);
    }

    /** The model of a name. */
    named(name) {
        return this.all.find(model => model.name === name);
    }

    /** Fills a selector with the models of a task; the choice stays, else it is the task's default. */
    fill(select, task) {
        const models = this.of(task);
        const chosen = select.value || models.find(model => model.default)?.name;
        select.replaceChildren(
            ...models.map(model =>
                element("option", {
                    value: model.name,
                    textContent: model.name + (MARKS[model.state] ?? ""),
                    disabled: model.state === "failed",
                    selected: model.name === chosen,
                })));
        select.hidden = models.length === 0;
    }
}

/** A sentence about a model: what it knows, or why it cannot be used. */
export function about(model) {
    if (!model) {
        return "No model of this task is there: start the server with --models NAME=FOLDER.";
    }
    if (model.state === "failed") {
        return `${model.name} did not load: ${model.reason}`;
    }
    if (model.state === "loading") {
        return `${model.name} is loading …`;
    }
    return model.summary ?? Object.values(model.description ?? {})[0] ?? "";
}
