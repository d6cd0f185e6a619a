package org.fovea.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.fovea.core.image.ImageDecoder;
import org.fovea.core.image.OpenCvLibrary;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code fovea classify}. */
@Command(
        name = "classify",
        description = "Says what is on images.",
        sortOptions = false,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:all images were classified",
            "1:some were not, each line says why; or the checkpoint is wrong",
            "2:the command line is wrong"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  fovea classify -m vit-base-patch16-224 cat.jpg",
            "  fovea classify -m vit-base-patch16-224 --heatmap maps cat.jpg",
            "  fovea classify -m deit-tiny-patch16-224 --format csv photos > photos.csv",
            "  find . -name '*.jpg' | fovea classify -m deit-tiny-patch16-224 -f json -",
            "  fovea classify -m dinov2-small --precision bf16 --resume done.jsonl photos"
        })
final class ClassifyCommand implements Callable<Integer> {
    /** From how many images on a progress bar helps. */
    private static final int MANY = 8;

    @Spec
    private CommandSpec spec;

    @Mixin
    private ClassifyOptions options;

    @Mixin
    private EngineOptions engine;

    @Mixin
    private StandardOptions standard;

    @Override
    public Integer call() throws IOException {
        options.check();
        engine.check();
        ImageDecoder decoder = options.decoder();
        PrintWriter err = spec.commandLine().getErr();
        StopWatch watch = new StopWatch(err, standard.isVerbose());
        OpenCvLibrary.preload();
        PendingBackend backend = PendingBackend.start(engine::load);
        Optional<HeatMapFiles> heatMaps =
                options.heatMaps == null ? Optional.empty() : Optional.of(HeatMapFiles.in(options.heatMaps));
        Report report = Report.of(options.format, options.scores);
        try (Output output = Output.open(spec.commandLine().getOut(), report, options.resume)) {
            Selection selection = new Selection(options.paths, output.resume(), heatMaps);
            checkDump(selection.count());
            ClassifyRun run = new ClassifyRun(options, decoder, backend, selection, output, watch);
            showProgress(output, selection.count(), err);
            if (heatMaps.isPresent() || options.dump != null) {
                run.explain(heatMaps, Optional.ofNullable(options.dump));
            } else {
                run.classify();
            }
            return conclude(output, selection, err);
        }
    }

    private void checkDump(OptionalLong count) {
        if (options.dump != null && count.orElse(0) != 1) {
            throw options.usage("--dump takes exactly one image, got "
                    + (count.isPresent() ? String.valueOf(count.getAsLong()) : "a list on the standard input"));
        }
    }

    private static void showProgress(Output output, OptionalLong count, PrintWriter err) {
        if (Screen.isErr() && count.orElse(MANY) >= MANY) {
            output.show(Progress.show(err, Screen.isOut(), count.orElse(-1)));
        }
    }

    /** A resumed run ends as it would have ended in one go. */
    private static int conclude(Output output, Selection selection, PrintWriter err) throws IOException {
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
