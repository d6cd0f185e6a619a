/** Points on the picture for a model that segments what is pointed at; with the pointer or with a cross that keys move. */
import { announce, part } from "./dom.js";

const WANTED = 1;
const BACKGROUND = 0;
const STEP = 0.05; // of the longer side
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

export class Prompts {
    /**
     * @param {HTMLElement} root the card
     * @param {Stage} stage
     * @param {function(): void} changed told when there are other points
     */
    constructor(root, stage, changed) {
        this.root = root;
        this.stage = stage;
        this.changed = changed;
        this.points = [];
        this.cross = null;
        this.active = false;
        stage.frame.addEventListener("click", event => this.click(event));
        stage.frame.addEventListener("keydown", event => this.key(event));
        part(root, "undo").addEventListener("click", () => this.undo());
        part(root, "clear").addEventListener("click", () => this.replace([]));
    }

    /** Turns pointing on or off: the picture takes clicks and the keyboard's focus. */
    turn(on) {
        this.active = on;
        const { frame } = this.stage;
        part(this.root, "prompts").hidden = !on;
        frame.classList.toggle("pointing", on);
        const name = `Points on the picture: ${this.stage.image.alt}`;
        const attributes = { tabindex: "0", role: "application", "aria-label": name, "aria-describedby": "prompts-help" };
        for (const [name, value] of Object.entries(attributes)) {
            on ? frame.setAttribute(name, value) : frame.removeAttribute(name);
        }
        this.draw();
    }

    /** Forgets all points without telling. */
    clear() {
        this.points = [];
        this.cross = null;
        this.draw();
    }

    replace(points) {
        this.points = points;
        this.draw();
        this.changed();
    }

    add(x, y, kind) {
        this.replace([...this.points, [x, y, kind]]);
        announce(`${kind === WANTED ? "Wanted" : "Background"} point at ${x}, ${y}`);
    }

    undo() {
        this.replace(this.points.slice(0, -1));
    }

    click(event) {
        if (this.active) {
            const { x, y } = this.stage.pixelOf(event);
            const background = event.shiftKey || part(this.root, "background").checked;
            this.add(x, y, background ? BACKGROUND : WANTED);
        }
    }

    key(event) {
        if (!this.active) {
            return;
        }
        const { width, height } = this.stage.picture;
        this.cross ??= { x: Math.floor(width / 2), y: Math.floor(height / 2) };
        const acts = {
            Enter: () => this.add(this.cross.x, this.cross.y, WANTED),
            Delete: () => this.add(this.cross.x, this.cross.y, BACKGROUND),
            Backspace: () => this.undo(),
        };
        const act = event.key in ARROWS ? () => this.move(ARROWS[event.key], event.shiftKey) : acts[event.key];
        if (act) {
            event.preventDefault();
            act();
        }
    }

    move([right, down], fine) {
        const { width, height } = this.stage.picture;
        const step = fine ? 1 : Math.max(1, Math.round(STEP * Math.max(width, height)));
        this.cross.x = Math.max(0, Math.min(width - 1, this.cross.x + step * right));
        this.cross.y = Math.max(0, Math.min(height - 1, this.cross.y + step * down));
        this.draw();
        announce(`${this.cross.x}, ${this.cross.y}`);
    }

    draw() {
        const canvas = this.stage.points;
        const context = canvas.getContext("2d");
        const unit = Math.max(canvas.width, canvas.height) / 100;
        context.clearRect(0, 0, canvas.width, canvas.height);
        if (!this.active) {
            return;
        }
        this.points.forEach(([x, y, kind]) => dot(context, x, y, unit, kind === WANTED ? "#1fae5c" : "#d3302f"));
        if (this.cross) {
            crosshair(context, this.cross, unit);
        }
    }
}

function dot(context, x, y, unit, color) {
    context.beginPath();
    context.arc(x, y, 1.3 * unit, 0, 2 * Math.PI);
    context.fillStyle = color;
    context.strokeStyle = "#ffffff";
    context.lineWidth = 0.5 * unit;
    context.fill();
    context.stroke();
}

function crosshair(context, { x, y }, unit) {
    for (const [color, thick] of [["#000000", 0.9], ["#ffffff", 0.4]]) {
        context.strokeStyle = color;
        context.lineWidth = thick * unit;
        context.beginPath();
        context.moveTo(x - 4 * unit, y);
        context.lineTo(x + 4 * unit, y);
        context.moveTo(x, y - 4 * unit);
        context.lineTo(x, y + 4 * unit);
        context.stroke();
    }
}
