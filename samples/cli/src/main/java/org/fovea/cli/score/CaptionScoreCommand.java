package org.fovea.cli.score;

import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fovea score captions}. */
@Command(
        name = "captions",
        description = {
            "BLEU-1 to BLEU-4, ROUGE-L and CIDEr-D of captions, as the COCO evaluation computes them.",
            "",
            "Each line of FILE is an image: {\"hypothesis\": \"a cat\", \"references\": [\"a small cat\", …]}"
        },
        sortOptions = false,
        footerHeading = "%nExample:%n",
        footer = "  fovea score captions flickr8k.jsonl --format json")
final class CaptionScoreCommand extends ScoreKind {
    @Parameters(paramLabel = "FILE", description = "JSON lines; - for the standard input.")
    private String file;

    @Option(
            names = "--tokenized",
            order = ScoreKind.OWN,
            description = "The texts are tokens with spaces between them; else they are split as the Penn Treebank"
                    + " is, in lower case, without punctuation.")
    private boolean tokenized;

    @Override
    String scores(boolean json) throws IOException {
        return CaptionScoring.run(file, tokenized, json);
    }
}
