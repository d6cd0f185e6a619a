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

function begin(picture) {
    stage.show(picture);
    Object.values(tasks).forEach(task => task.use(picture));
    const wanted = picture.origin.tasks ?? AT_ONCE;
    AT_ONCE.filter(name => wanted.includes(name) && tasks[name].card.ready && !tasks[name].asksForPoints)
        .forEach(name => tasks[name].run());
}

onPicture(begin);
models.watch().catch(thrown => show(byId("intake-failure"), thrown));
