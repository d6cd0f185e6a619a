package org.fovea.cli.images;

import java.io.IOException;
import java.util.List;
import org.fovea.cli.model.EngineOptions;
import org.fovea.cli.model.PendingBackend;
import org.fovea.cli.terminal.StandardOptions;
import org.fovea.cli.terminal.StopWatch;
import org.fovea.core.backend.Backend;
import org.fovea.core.image.ImageDecoder;
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
     * Checks everything that can be checked before models load.
     *
     * @throws ParameterException for a value out of its range
     */
    public void check() {
        images.check();
        engine.check();
    }

    /** Images as given by the user; empty if a command takes them from elsewhere. */
    public List<String> paths() {
        return images.paths == null ? List.of() : List.copyOf(images.paths);
    }

    /** Replaces the images that were given. */
    public void setPaths(List<String> paths) {
        images.paths = List.copyOf(paths);
    }

    /** Sets the default number of images computed together. */
    public void setUsualBatch(int batch) {
        images.setUsualBatch(batch);
    }

    /** Image decoder with the pixel limit. */
    public ImageDecoder decoder() {
        return images.decoder();
    }

    /** Starts to load the libraries, for work that does not call {@link #run}. */
    public Backend startBackend() {
        OpenCvLibrary.preload();
        return PendingBackend.start(engine::load);
    }

    /**
     * Runs a task over the images; libraries load in parallel with its checkpoint.
     *
     * @param view view of the results
     * @param dump dump option of the task
     * @param outputs writers of files for each image, beside the report
     * @return exit code of the command
     */
    public <R> int run(
            ResultView<R> view, DumpOption dump, List<? extends ImageOutput> outputs, ImageTask.Loader<R> loader)
            throws IOException {
        StopWatch watch = new StopWatch(spec.commandLine().getErr(), standard.isVerbose());
        Backend backend = startBackend();
        List<ImageOutput> files = List.copyOf(outputs);
        return new ImageJob<>(spec, images, view, files)
                .run(new ImageRun<>(spec, images, dump, files, loader, backend, watch));
    }
}
