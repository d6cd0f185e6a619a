/** The ways a picture comes in: dropped, pasted, chosen, taken, or a sample. */
import { byId, element } from "./dom.js";
import { Failure, show } from "./failure.js";
import { Picture } from "./picture.js";
import { samples } from "./samples.js";

/** Calls back with each picture that comes in. */
export function onPicture(use) {
    const take = (blob, origin) => offer(blob, origin, use);
    for (const id of ["file", "camera"]) {
        byId(id).addEventListener("change", event => {
            takeFirst(event.target.files, take);
            event.target.value = ""; // the same file again is a change, too
        });
    }
    document.addEventListener("paste", event => takeFirst(event.clipboardData.files, take));
    dropping(take);
    byId("samples").append(...samples.map(sample => element("li", {}, sampleButton(sample, take))));
}

async function offer(blob, origin, use) {
    const failure = byId("intake-failure");
    show(failure, null);
    try {
        const picture = await Picture.of(await blob, origin);
        markSample(origin);
        use(picture);
    } catch (thrown) {
        show(failure, thrown);
    }
}

function takeFirst(files, take) {
    const image = [...files].find(file => file.type.startsWith("image/"));
    if (image) {
        take(image, { name: image.name || "pasted.png" });
    } else if (files.length) {
        show(byId("intake-failure"), new Failure("That is no picture.", "Choose a JPEG, PNG or WebP file."));
    }
}

function dropping(take) {
    const stage = byId("stage");
    const over = event => {
        if (event.dataTransfer.types.includes("Files")) {
            event.preventDefault();
            stage.classList.add("over");
        }
    };
    document.addEventListener("dragover", over);
    document.addEventListener("dragleave", event => event.relatedTarget ?? stage.classList.remove("over"));
    document.addEventListener("drop", event => {
        over(event);
        stage.classList.remove("over");
        takeFirst(event.dataTransfer.files, take);
    });
}

function sampleButton(sample, take) {
    const url = `samples/${sample.name}`;
    const load = () => fetch(url).then(response => response.blob());
    return element(
        "button",
        { type: "button", className: "sample", "aria-pressed": "false", title: sample.title, click: () => take(load(), sample) },
        element("img", { src: url, alt: sample.title, width: 96, height: 96 }));
}

function markSample(origin) {
    [...byId("samples").querySelectorAll("button")].forEach((button, i) =>
        button.setAttribute("aria-pressed", String(samples[i] === origin)));
}
