package org.fovea.cli.images;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.fovea.cli.terminal.ExitCode;
import org.fovea.cli.terminal.Progress;
import org.fovea.cli.terminal.Screen;
import org.fovea.core.data.Outcome;
import org.fovea.core.image.ImageInput;
import picocli.CommandLine.Model.CommandSpec;

/**
 * A run of a command over images: finds them, skips those that are done, reports each and counts the failures.
 *
 * @param outputs writers of files for each image, beside the report
 * @param <R> type of the result for an image
 */
public record ImageJob<R>(CommandSpec spec, ImageOptions options, ResultView<R> view, List<ImageOutput> outputs) {
    /** Number of images from which on a progress bar is shown. */
    private static final int MANY = 8;

    /** The work of a task on its images. */
    public interface Work<R> {
        /** Reports an outcome for each image, in order. */
        void run(Selection selection, Consumer<Outcome<ImageInput, R>> results) throws IOException;
    }

    /** Runs the job and returns the command's exit code. */
    public int run(Work<R> work) throws IOException {
        PrintWriter err = spec.commandLine().getErr();
        try (Output<R> output =
                Output.open(spec.commandLine().getOut(), Report.of(options.format, view), view, options.resume)) {
            Selection selection = new Selection(options.paths, output.resume(), view::objectsOf, outputs);
            showProgress(output, selection.count(), err);
            work.run(selection, output::add);
            return conclude(output, selection, err);
        }
    }

    private void showProgress(Output<R> output, OptionalLong count, PrintWriter err) {
        if (Screen.isErr() && count.orElse(MANY) >= MANY) {
            output.show(Progress.show(spec.name(), err, Screen.isOut(), count.orElse(-1)));
        }
    }

    /** Determines the exit code; that of a resumed run is the same as in a single run. */
    private static int conclude(Output<?> output, Selection selection, PrintWriter err) {
        output.end();
        long failed = output.failed() + selection.skippedFailures();
        if (selection.skipped() > 0) {
            err.println("fovea: " + selection.skipped() + " images were done already");
        }
        if (failed > 0 && output.done() + selection.skipped() > 1) {
            err.println("fovea: " + failed + " of " + (output.done() + selection.skipped()) + " images failed");
        }
        return failed > 0 ? ExitCode.FAILED : ExitCode.DONE;
    }
}
