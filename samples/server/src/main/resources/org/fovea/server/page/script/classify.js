/** Classes of the picture as bars. */
import { fillBars } from "./bars.js";
import { Card } from "./card.js";
import { announce, byId, part, percent } from "./dom.js";
import { saveJson } from "./download.js";
import { gazeButton } from "./gaze.js";
import { address, send, timingsOf } from "./server.js";

export class Classifying {
    constructor(stage, models) {
        this.root = byId("classify");
        this.card = new Card(this.root, "classify", models);
        this.gaze = gazeButton(part(this.root, "gaze"), stage);
        part(this.root, "run").addEventListener("click", () => this.run());
        part(this.root, "save-json").addEventListener("click", () => saveJson(this.result, this.picture.fileName("classes.json")));
    }

    /** Takes another picture. */
    use(picture) {
        this.picture = picture;
        this.card.reset();
        part(this.root, "output").replaceChildren();
    }

    /** Begins with a picture that has come in. */
    begin() {
        this.run();
    }

    /** Classifies the picture. */
    run() {
        return this.card.run(async (signal, onWait) => {
            const response = await send(
                address("classify", { model: this.card.model.name, attention: true }),
                { method: "POST", body: this.picture.blob, headers: { "Content-Type": this.picture.blob.type }, signal },
                onWait);
            this.result = await response.json();
            this.show(response);
        });
    }

    show(response) {
        const best = this.result[0];
        fillBars(part(this.root, "output"), this.result.map(each => ({ name: each.label, share: each.score })));
        this.gaze.set(best.attention, `“${best.label}”`);
        this.card.finished(response.headers.get("X-Fovea-Model"), timingsOf(response));
        announce(`Classes: ${best.label}, ${percent(best.score)}`);
    }
}
