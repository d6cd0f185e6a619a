/** The page: a picture on the stage and four tasks that take it. */
import { Asking } from "./ask.js";
import { Captioning } from "./caption.js";
import { Classifying } from "./classify.js";
import { byId } from "./dom.js";
import { show } from "./failure.js";
import { onPicture } from "./intake.js";
import { Models } from "./models.js";
import { Segmenting } from "./segment.js";
import { Stage } from "./stage.js";

const stage = new Stage();
const models = new Models();
const tasks = {
    caption: new Captioning(stage, models),
    ask: new Asking(stage, models),
    segment: new Segmenting(stage, models),
    classify: new Classifying(stage, models),
};

/** The tasks that a picture of the person's own is given to at once; questions wait to be asked, and so do points. */
const AT_ONCE = ["caption", "segment", "classify"];

/** Tasks that run as soon as their model has loaded. */
let waiting = new Set();

function begin(picture) {
    stage.show(picture);
    Object.values(tasks).forEach(task => task.use(picture));
    waiting = new Set(AT_ONCE.filter(name => picture.origin.tasks?.includes(name) ?? true));
    runReady();
}

function runReady() {
    for (const name of waiting) {
        if (tasks[name].card.ready) {
            waiting.delete(name);
            tasks[name].begin();
        }
    }
}

models.onChange(runReady);
onPicture(begin);
models.watch().catch(thrown => show(byId("intake-failure"), thrown));
