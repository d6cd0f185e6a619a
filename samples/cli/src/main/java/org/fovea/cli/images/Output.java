package org.fovea.cli.images;

import java.io.Closeable;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import org.fovea.cli.terminal.ClosedPipeException;
import org.fovea.cli.terminal.Progress;
import org.fovea.core.data.Outcome;
import org.fovea.core.image.ImageInput;

/**
 * Destination of a run's outcomes: the standard output, the file of {@code --resume}, the progress bar.
 *
 * @param <R> type of the result for an image
 */
final class Output<R> implements Closeable {
    private final PrintWriter out;
    private final Report<R> report;
    private final JsonReport<R> record;
    private final Optional<ResumeFile> resume;
    private Optional<Progress> progress = Optional.empty();
    private long done;
    private long failed;

    private Output(PrintWriter out, Report<R> report, JsonReport<R> record, Optional<ResumeFile> resume) {
        this.out = out;
        this.report = report;
        this.record = record;
        this.resume = resume;
    }

    /**
     * Opens the file and prints the header.
     *
     * @param resumeFile null for none
     */
    static <R> Output<R> open(PrintWriter out, Report<R> report, ResultView<R> view, Path resumeFile)
            throws IOException {
        Optional<ResumeFile> resume = resumeFile == null ? Optional.empty() : Optional.of(ResumeFile.open(resumeFile));
        Output<R> output = new Output<>(out, report, new JsonReport<>(view), resume);
        out.print(report.header());
        return output;
    }

    /** Shows a progress bar from now on. */
    void show(Progress bar) {
        progress = Optional.of(bar);
    }

    /** Results of earlier runs. */
    Optional<ResumeFile> resume() {
        return resume;
    }

    /** Adds an outcome; when this returns, it is printed and stored. */
    void add(Outcome<ImageInput, R> outcome) {
        resume.ifPresent(file -> file.add(outcome.input().name(), record.lines(outcome)));
        done++;
        failed += outcome instanceof Outcome.Failed ? 1 : 0;
        String lines = report.lines(outcome);
        if (progress.isPresent()) {
            progress.get().above(() -> {
                out.print(lines);
                out.flush();
            });
            progress.get().add(1);
        } else {
            out.print(lines);
        }
        checkReader();
    }

    /** Ends the progress bar; all output is flushed. */
    void end() {
        progress.ifPresent(Progress::close);
        progress = Optional.empty();
        checkReader();
    }

    private void checkReader() {
        out.flush();
        if (out.checkError()) {
            throw new ClosedPipeException();
        }
    }

    /** Number of images of this run so far. */
    long done() {
        return done;
    }

    /** Number of images of this run that failed. */
    long failed() {
        return failed;
    }

    @Override
    public void close() throws IOException {
        progress.ifPresent(Progress::close);
        if (resume.isPresent()) {
            resume.get().close();
        }
    }
}
