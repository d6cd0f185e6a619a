package org.fovea.cli.score;

import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code fovea score answers}. */
@Command(
        name = "answers",
        description = {
            "The accuracy of answers about images, in percent, as the VQA challenge computes it: an answer is right as far",
            "as others gave it too, entirely from three of them on.",
            "",
            "Each line of FILE is a question: {\"answers\": [\"yes\", …], \"predicted\": \"yes\", \"answer_type\": \"yes/no\",",
            "\"question_type\": \"is there\"}, the types where they are to be told apart."
        },
        sortOptions = false,
        footerHeading = "%nExample:%n",
        footer = "  fovea score answers vqa.jsonl --format json")
final class AnswerScoreCommand extends ScoreKind {
    @Parameters(paramLabel = "FILE", description = "JSON lines; - for the standard input.")
    private String file;

    @Override
    String scores(boolean json) throws IOException {
        return AnswerScoring.run(file, json);
    }
}
