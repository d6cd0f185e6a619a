/** Samples that come with the page: what they show, the tasks whose shipped model knows such pictures, and questions. */

const scene = (name, title, questions) => ({ name, title, questions, tasks: ["caption", "ask"] });

export const samples = [
    scene("meadow.jpg", "Drawn scene: a heart, a square, a ring and a circle on grass", [
        "what color is the heart?", "is there a ring?", "how many circles are there?", "is the ring below the red object?",
    ]),
    scene("tiles.jpg", "Drawn scene: a heart, a circle, a cross and two stars on tiles", [
        "what color is the cross?", "is there a black diamond?", "how many stars are there?", "is the circle below the heart?",
    ]),
    scene("wood.jpg", "Drawn scene: a triangle, a square and a diamond on wood", [
        "what color is the diamond?", "what texture is the square?", "how many objects are there?", "is there a cross?",
    ]),
    scene("plain.jpg", "Drawn scene: a circle, a heart and a triangle", [
        "what shape is the yellow object?", "what color is the heart?", "are there more hearts than triangles?",
    ]),
    { name: "cat.jpg", title: "Photograph: the face of a cat", questions: [], tasks: ["classify"] },
    { name: "nuclei.png", title: "Micrograph: cell nuclei", questions: [], tasks: ["segment"] },
];

/** Questions to begin with where a picture has none of its own. */
export const anyQuestions = ["what is in the picture?", "how many objects are there?", "what color is it?"];
