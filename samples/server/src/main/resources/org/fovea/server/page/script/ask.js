/** Questions about the picture, their answers, the gaze of each, and those asked before. */
import { fillBars } from "./bars.js";
import { Card } from "./card.js";
import { announce, byId, element, part, percent } from "./dom.js";
import { saveJson } from "./download.js";
import { gazeButton } from "./gaze.js";
import { anyQuestions } from "./samples.js";
import { address, send, timingsOf } from "./server.js";
import { Words } from "./words.js";

export class Asking {
    constructor(stage, models) {
        this.root = byId("ask");
        this.stage = stage;
        this.card = new Card(this.root, "ask", models);
        this.words = new Words(part(this.root, "words"), stage);
        this.gaze = gazeButton(part(this.root, "gaze"), stage);
        this.question = byId("question");
        part(this.root, "form").addEventListener("submit", event => {
            event.preventDefault();
            this.ask(this.question.value.trim());
        });
        part(this.root, "save-json").addEventListener("click", () => saveJson(this.asked, this.picture.fileName("answers.json")));
    }

    /** Takes another picture. */
    use(picture) {
        this.picture = picture;
        this.asked = [];
        this.card.reset();
        part(this.root, "result").hidden = true;
        part(this.root, "past").hidden = true;
        const questions = picture.origin.questions?.length ? picture.origin.questions : anyQuestions;
        part(this.root, "suggestions").replaceChildren(...questions.map(text => element("li", {}, this.suggestion(text))));
    }

    suggestion(text) {
        const ask = () => {
            this.question.value = text;
            this.ask(text);
        };
        return element("button", { type: "button", className: "choice", click: ask }, text);
    }

    /** Asks a question about the picture. */
    async ask(question) {
        if (!question || !this.picture || !this.card.ready) {
            this.question.focus();
            return;
        }
        await this.card.run(async (signal, onWait) => {
            const response = await send(
                address("ask", { model: this.card.model.name, question, attention: true }),
                { method: "POST", body: this.picture.blob, headers: { "Content-Type": this.picture.blob.type }, signal },
                onWait);
            const entry = { question, answers: await response.json() };
            entry.model = response.headers.get("X-Fovea-Model");
            entry.timings = timingsOf(response);
            this.asked.push(entry);
            this.show(entry);
            announce(`Answer: ${entry.answers[0].answer}${scored(entry.answers[0])}`);
        });
    }

    /** Shows a question that has been answered. */
    show(entry) {
        const [best] = entry.answers;
        part(this.root, "result").hidden = false;
        this.stage.unpin();
        this.words.clear();
        (best.words ?? [{ text: entry.question }]).forEach(word => this.words.add(word));
        this.unknown(best.unknown_words ?? []);
        fillBars(part(this.root, "answers"), entry.answers.map(each => ({ name: each.answer, share: each.score })));
        this.gaze.set(best.attention, `“${entry.question}”`);
        this.card.finished(entry.model, entry.timings);
        this.gaze.show();
        this.past(entry);
    }

    unknown(words) {
        const line = part(this.root, "unknown");
        line.hidden = words.length === 0;
        line.textContent = `The model does not know: ${words.join(", ")}.`;
    }

    past(current) {
        part(this.root, "past").hidden = this.asked.length < 2;
        const row = entry => {
            const [best] = entry.answers;
            const properties = { type: "button", click: () => this.show(entry), "aria-current": String(entry === current) };
            const answer = element("span", { className: "aside" }, `${best.answer}${scored(best)}`);
            return element("li", {}, element("button", properties, entry.question, answer));
        };
        part(this.root, "history").replaceChildren(...this.asked.map(row).reverse());
    }
}

const scored = answer => (Number.isFinite(answer.score) ? ` (${percent(answer.score)})` : "");
