package org.fovea.cli.caption;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.fovea.cli.images.ImageOutput;
import org.fovea.cli.images.ImageRunOptions;
import org.fovea.cli.images.PictureFiles;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * {@code fovea caption}. Its members mention no classes of captioning, since picocli inspects the members of all commands at
 * every start and would load them.
 */
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
    /**
     * Default number of images computed together: more need much memory for their keys and values (42 MB each for BLIP base)
     * and save little time.
     */
    private static final int BATCH = 4;

    @Mixin
    private CaptionOptions options;

    @Mixin
    private SearchOptions search;

    @Mixin
    private SidecarOptions sidecar;

    @Mixin
    private ImageRunOptions run;

    @Override
    public Integer call() throws IOException {
        options.check();
        search.check();
        sidecar.check();
        run.check();
        Optional<PictureFiles> figures = PictureFiles.wanted(options.attention, "-words");
        Optional<Sidecars> sidecars = sidecar.sidecars();
        List<ImageOutput> outputs =
                Stream.<ImageOutput>concat(figures.stream(), sidecars.stream()).toList();
        run.setUsualBatch(BATCH);
        return run.run(
                new CaptionView(),
                options.dump,
                outputs,
                (backend, batch) -> CaptionTask.load(options, new Search(search), figures, sidecars, backend, batch));
    }
}
