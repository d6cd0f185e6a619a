package org.fovea.cli.caption;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.fovea.cli.images.ImageOptions;
import org.fovea.cli.images.PictureFiles;
import org.fovea.cli.model.EngineOptions;
import org.fovea.cli.model.PendingBackend;
import org.fovea.cli.terminal.StandardOptions;
import org.fovea.cli.terminal.StopWatch;
import org.fovea.core.image.OpenCvLibrary;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code fovea caption}. Its members name no class of captioning: every command reads them when it starts. */
@Command(
        name = "caption",
        description = "Describes images in words.",
        sortOptions = false,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:all images were described",
            "1:some were not, each line says why; or the checkpoint is wrong",
            "2:the command line is wrong"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  fovea caption -m blip-image-captioning-base cat.jpg",
            "  fovea caption -m git-base-coco --beams 4 --count 3 cat.jpg",
            "  fovea caption -m vit-gpt2-image-captioning --attention maps cat.jpg",
            "  fovea caption -m blip-image-captioning-base --sidecar txt \\",
            "      --prefix 'xyz style, ' --resume done.jsonl photos",
            "  find . -name '*.jpg' | fovea caption -m git-base-coco -f json -"
        })
public final class CaptionCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private CaptionOptions options;

    @Mixin
    private SearchOptions search;

    @Mixin
    private SidecarOptions sidecar;

    @Mixin
    private ImageOptions images;

    @Mixin
    private EngineOptions engine;

    @Mixin
    private StandardOptions standard;

    @Override
    public Integer call() throws IOException {
        options.check();
        search.check();
        sidecar.check();
        images.check();
        engine.check();
        StopWatch watch = new StopWatch(spec.commandLine().getErr(), standard.isVerbose());
        OpenCvLibrary.preload();
        PendingBackend backend = PendingBackend.start(engine::load);
        Optional<PictureFiles> figures = options.attention == null
                ? Optional.empty()
                : Optional.of(PictureFiles.in(options.attention, "-words"));
        return new CaptionRun(options, new Search(search), images, figures, sidecar.sidecars(), backend, watch)
                .run(spec);
    }
}
