package org.fovea.cli.classify;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.fovea.cli.images.ImageJob;
import org.fovea.cli.images.ImageOptions;
import org.fovea.cli.images.PictureFiles;
import org.fovea.cli.model.EngineOptions;
import org.fovea.cli.model.PendingBackend;
import org.fovea.cli.terminal.StandardOptions;
import org.fovea.cli.terminal.StopWatch;
import org.fovea.core.image.OpenCvLibrary;
import org.fovea.vit.Classification;
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
public final class ClassifyCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private ClassifyOptions options;

    @Mixin
    private ImageOptions images;

    @Mixin
    private EngineOptions engine;

    @Mixin
    private StandardOptions standard;

    @Override
    public Integer call() throws IOException {
        options.check();
        images.check();
        engine.check();
        StopWatch watch = new StopWatch(spec.commandLine().getErr(), standard.isVerbose());
        OpenCvLibrary.preload();
        PendingBackend backend = PendingBackend.start(engine::load);
        Optional<PictureFiles> heatMaps = options.heatMaps == null
                ? Optional.empty()
                : Optional.of(PictureFiles.in(options.heatMaps, "-attention"));
        ImageJob<Classification> job = new ImageJob<>(
                spec,
                images,
                new ClassificationView(options.scores),
                List.copyOf(heatMaps.stream().toList()));
        return job.run(new ClassifyRun(options, images, heatMaps, backend, watch));
    }
}
