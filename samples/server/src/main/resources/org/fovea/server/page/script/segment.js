/** Masks over the picture: classes and objects, or what a person points at. */
import { Card } from "./card.js";
import { announce, byId, part, percent } from "./dom.js";
import { saveJson, saveLayers } from "./download.js";
import { Legend } from "./legend.js";
import { ObjectPicker } from "./objects.js";
import { paintRegions } from "./overlay.js";
import { Prompts } from "./prompts.js";
import { Regions } from "./regions.js";
import { address, send, timingsOf } from "./server.js";
import { slider } from "./sliders.js";

export class Segmenting {
    constructor(stage, models) {
        this.root = byId("segment");
        this.stage = stage;
        this.prompts = new Prompts(this.root, stage, () => this.run());
        this.card = new Card(this.root, "segment", models, () => this.fitPrompts());
        this.legend = new Legend(part(this.root, "classes"), () => this.paint());
        this.objects = new ObjectPicker(this.root, stage, () => this.paint());
        this.opacity = slider("opacity", value => `${value} %`, () => this.paint());
        part(this.root, "run").addEventListener("click", () => this.run());
        part(this.root, "save-mask").addEventListener("click", () => this.saveMask());
        part(this.root, "save-json").addEventListener("click", () => saveJson(this.answer, this.picture.fileName("masks.json")));
    }

    /** Whether the model waits for points. */
    get asksForPoints() {
        return Boolean(this.card.model?.prompts);
    }

    fitPrompts() {
        this.prompts.turn(this.asksForPoints && this.card.ready && Boolean(this.picture));
        part(this.root, "run").hidden = this.asksForPoints;
    }

    /** Takes another picture. */
    use(picture) {
        this.picture = picture;
        this.regions = null;
        this.card.reset();
        this.prompts.clear();
        this.objects.fill(null);
        this.fitPrompts();
        part(this.root, "result").hidden = true;
    }

    /** Segments the picture; of a model that asks for points, what the points are on. */
    async run() {
        if (this.asksForPoints && this.prompts.points.length === 0) {
            this.erase();
            return;
        }
        await this.card.run(async (signal, onWait) => {
            const response = await send(
                address("segment", this.parameters()),
                { method: "POST", body: this.picture.blob, headers: { "Content-Type": this.picture.blob.type }, signal },
                onWait);
            this.answer = await response.json();
            this.regions = await (this.asksForPoints
                ? Regions.ofMasks(this.answer, this.picture)
                : Regions.ofMap(this.answer));
            this.show(response);
        });
    }

    /** Segments a picture that has come in; a model that asks for points waits for them. */
    begin() {
        if (!this.asksForPoints) {
            this.run();
        }
    }

    parameters() {
        const model = this.card.model.name;
        return this.asksForPoints
            ? { model, points: JSON.stringify(this.prompts.points) }
            : { model, format: "map" };
    }

    show(response) {
        this.legend.fill(this.regions);
        this.objects.fill(this.regions);
        part(this.root, "result").hidden = false;
        this.stage.unpin();
        this.paint();
        this.card.finished(response.headers.get("X-Fovea-Model"), timingsOf(response));
        this.stage.rest(this.summary());
        announce(`Masks: ${this.summary()}`);
    }

    summary() {
        const { all, objects, ids } = this.regions;
        if (objects.length) {
            return objects.length === 1 ? "1 object" : `${objects.length} objects`;
        }
        return all.map(region => `${region.label} ${percent(region.area / ids.length)}`).join(", ");
    }

    erase() {
        this.regions = null;
        this.card.reset();
        const { masks } = this.stage;
        masks.getContext("2d").clearRect(0, 0, masks.width, masks.height);
        this.objects.fill(null);
        this.stage.rest("");
        part(this.root, "result").hidden = true;
    }

    paint() {
        if (this.regions) {
            const look = { opacity: this.opacity.value / 100, shown: region => this.legend.shows(region), marked: this.objects.marked };
            paintRegions(this.stage.masks, this.regions, look);
        }
    }

    saveMask() {
        const canvas = new OffscreenCanvas(this.picture.width, this.picture.height);
        paintRegions(canvas, this.regions, { opacity: 1, shown: region => this.legend.shows(region), marked: 0 });
        saveLayers([canvas], canvas.width, canvas.height, this.picture.fileName("mask.png"));
    }
}
