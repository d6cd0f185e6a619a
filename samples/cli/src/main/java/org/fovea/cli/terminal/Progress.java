package org.fovea.cli.terminal;

import java.io.PrintWriter;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarConsumer;
import me.tongfei.progressbar.ProgressBarStyle;

/** A progress bar on the standard error, which makes room for results on the same terminal. */
public final class Progress implements AutoCloseable {
    private static final int WIDTH = 79;
    private static final int REDRAW_MILLIS = 200;
    private static final String CLEAR_LINE = "\r\u001b[K";

    private final PrintWriter err;
    private final boolean sharesTerminal;
    private final ProgressBar bar;
    private String drawn = "";

    private Progress(String task, PrintWriter err, boolean sharesTerminal, long total) {
        this.err = err;
        this.sharesTerminal = sharesTerminal;
        this.bar = new ProgressBarBuilder()
                .setTaskName(task)
                .setInitialMax(total)
                .setUpdateIntervalMillis(REDRAW_MILLIS)
                .setUnit(" images", 1)
                .setStyle(
                        Screen.charset().name().startsWith("UTF")
                                ? ProgressBarStyle.UNICODE_BLOCK
                                : ProgressBarStyle.ASCII)
                .showSpeed()
                .setConsumer(new Line())
                .build();
    }

    /**
     * Shows a bar.
     *
     * @param task label before the bar
     * @param sharesTerminal whether results are printed to the same terminal
     * @param total number of images, or -1 if it is not known
     */
    public static Progress show(String task, PrintWriter err, boolean sharesTerminal, long total) {
        return new Progress(task, err, sharesTerminal, total);
    }

    /** Counts images. */
    public void add(int images) {
        bar.stepBy(images);
    }

    /** Prints a result above the bar. */
    public synchronized void above(Runnable print) {
        if (sharesTerminal) {
            err.print(CLEAR_LINE);
            err.flush();
        }
        print.run();
        if (sharesTerminal) {
            err.print(drawn);
            err.flush();
        }
    }

    private synchronized void draw(String text) {
        drawn = text;
        err.print('\r' + text);
        err.flush();
    }

    private synchronized void end() {
        err.println();
        err.flush();
    }

    /** Stops and leaves the bar as it is. */
    @Override
    public void close() {
        bar.close();
    }

    private final class Line implements ProgressBarConsumer {
        @Override
        public int getMaxRenderedLength() {
            return WIDTH;
        }

        @Override
        public void accept(String rendered) {
            draw(rendered);
        }

        @Override
        public void close() {
            end();
        }
    }
}
