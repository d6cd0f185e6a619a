/** The caption: words as they are made, alternatives, and how the search goes. */
import { fillBars } from "./bars.js";
import { Card } from "./card.js";
import { announce, byId, part } from "./dom.js";
import { saveJson, saveText } from "./download.js";
import { eventsOf } from "./events.js";
import { failure } from "./failure.js";
import { address, send } from "./server.js";
import { slider } from "./sliders.js";
import { Words } from "./words.js";

/** Captions drawn by chance at once, where there is a temperature. */
const DRAWN = 3;

export class Captioning {
    constructor(stage, models) {
        this.root = byId("caption");
        this.stage = stage;
        this.card = new Card(this.root, "caption", models, () => this.takeDefaults());
        this.words = new Words(part(this.root, "output"), stage);
        this.beams = slider("beams");
        this.temperature = slider("temperature", value => (value ? value.toFixed(1) : "off"));
        this.longest = slider("longest");
        this.onClick("run", () => this.run());
        this.onClick("save-text", () => saveText(this.result[0].generated_text, this.picture.fileName("caption.txt")));
        this.onClick("save-json", () => saveJson(this.result, this.picture.fileName("caption.json")));
    }

    onClick(name, listener) {
        part(this.root, name).addEventListener("click", listener);
    }

    /** The sliders begin where the model's own settings are. */
    takeDefaults() {
        const { model } = this.card;
        if (model?.defaults && model.name !== this.defaultsOf) {
            this.defaultsOf = model.name;
            this.beams.value = model.defaults.beams;
            this.temperature.value = model.defaults.sample ? model.defaults.temperature : 0;
            this.longest.value = model.defaults.max_new_tokens;
        }
    }

    /** Takes another picture. */
    use(picture) {
        this.picture = picture;
        this.card.reset();
        this.forget();
    }

    forget() {
        this.words.clear();
        part(this.root, "alternatives").hidden = true;
        part(this.root, "hint").hidden = false;
    }

    /** Begins with a picture that has come in. */
    begin() {
        this.run();
    }

    /** Describes the picture. */
    run() {
        return this.card.run(async (signal, onWait) => {
            this.forget();
            const response = await send(
                address("caption", this.parameters()),
                { method: "POST", body: this.picture.blob, headers: this.headers(), signal },
                onWait);
            for await (const event of eventsOf(response)) {
                this.take(event);
            }
        });
    }

    headers() {
        return { Accept: "text/event-stream", "Content-Type": this.picture.blob.type };
    }

    parameters() {
        const sample = this.temperature.value > 0;
        return {
            model: this.card.model.name,
            attention: true,
            beams: this.beams.value,
            count: sample ? Math.max(DRAWN, this.beams.value) : this.beams.value,
            sample,
            temperature: sample ? this.temperature.value : null,
            max_new_tokens: this.longest.value,
        };
    }

    take({ name, data }) {
        if (name === "word") {
            this.words.add(data);
        } else if (name === "done") {
            this.finish(data);
        } else if (name === "error") {
            throw failure(data.status, data.error);
        }
    }

    finish({ model, result, timings }) {
        this.result = result;
        this.words.set(result[0].words);
        this.list(result);
        this.card.finished(model, timings);
        announce(`Caption: ${result[0].generated_text}`);
    }

    /** Lists the captions where there are several; a bar's length is the probability in relation to the likeliest. */
    list(captions) {
        const block = part(this.root, "alternatives");
        block.hidden = captions.length === 1;
        const best = Math.max(...captions.map(each => each.score));
        const row = each => ({ name: each.generated_text, share: Math.exp(each.score - best), text: each.score.toFixed(2) });
        fillBars(block.querySelector("ol"), captions.map(row));
    }
}
