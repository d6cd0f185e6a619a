package org.fovea.cli.images;

import org.fovea.cli.terminal.Failures;
import org.fovea.cli.terminal.Format;
import org.fovea.core.data.Outcome;
import org.fovea.core.image.ImageInput;

/**
 * Prints outcomes, each as it comes.
 *
 * @param <R> type of the result for an image
 */
interface Report<R> {
    /** Lines of one outcome, each ending in a line end. */
    String lines(Outcome<ImageInput, R> outcome);

    /** Text before the first outcome. */
    default String header() {
        return "";
    }

    /** Report in a format. */
    static <R> Report<R> of(Format format, ResultView<R> view) {
        return switch (format) {
            case TEXT -> outcome -> text(outcome, view);
            case JSON -> new JsonReport<>(view);
            case CSV -> new CsvReport<>(view);
        };
    }

    /** Text for people: the file, then the result's lines or the error. */
    private static <R> String text(Outcome<ImageInput, R> outcome, ResultView<R> view) {
        StringBuilder out = new StringBuilder(outcome.input().name()).append(System.lineSeparator());
        if (outcome instanceof Outcome.Failed<ImageInput, R> failed) {
            out.append("  error: ").append(error(failed)).append(System.lineSeparator());
        } else {
            view.lines(outcome.get())
                    .forEach(line -> out.append("  ").append(line).append(System.lineSeparator()));
        }
        return out.toString();
    }

    /** Text of a failure, beside the file. */
    static String error(Outcome.Failed<ImageInput, ?> failed) {
        return failed.failure().getCause() instanceof OutOfMemoryError e
                ? Failures.text(e)
                : failed.failure().problem();
    }
}
