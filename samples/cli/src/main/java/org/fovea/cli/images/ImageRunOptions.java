package org.fovea.cli.images;

import java.io.IOException;
import java.util.List;
import org.fovea.cli.model.EngineOptions;
import org.fovea.cli.model.PendingBackend;
import org.fovea.cli.terminal.StandardOptions;
import org.fovea.cli.terminal.StopWatch;
import org.fovea.core.image.OpenCvLibrary;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that every command over images has behind its own, and the run that they describe. */
public final class ImageRunOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Mixin
    private ImageOptions images;

    @Mixin
    private EngineOptions engine;

    @Mixin
    private StandardOptions standard;

    /**
     * Checks what can be checked before anything loads.
     *
     * @throws ParameterException for a value out of its range
     */
    public void check() {
        images.check();
        engine.check();
    }

    /**
     * Runs a task over the images; libraries load beside its checkpoint.
     *
     * @param view of the results
     * @param dump of the task's options
     * @param outputs files for each image beside the report
     * @return the command's exit code
     */
    public <R> int run(
            ResultView<R> view, DumpOption dump, List<? extends ImageOutput> outputs, ImageTask.Loader<R> loader)
            throws IOException {
        StopWatch watch = new StopWatch(spec.commandLine().getErr(), standard.isVerbose());
        OpenCvLibrary.preload();
        PendingBackend backend = PendingBackend.start(engine::load);
        List<ImageOutput> files = List.copyOf(outputs);
        return new ImageJob<>(spec, images, view, files)
                .run(new ImageRun<>(spec, images, dump, files, loader, backend, watch));
    }
}
