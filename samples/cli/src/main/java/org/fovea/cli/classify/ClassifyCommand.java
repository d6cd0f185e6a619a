package org.fovea.cli.classify;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.fovea.cli.images.ImageRunOptions;
import org.fovea.cli.images.PictureFiles;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

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
    @Mixin
    private ClassifyOptions options;

    @Mixin
    private ImageRunOptions run;

    @Override
    public Integer call() throws IOException {
        options.check();
        run.check();
        Optional<PictureFiles> heatMaps = PictureFiles.wanted(options.heatMaps, "-attention");
        return run.run(
                new ClassificationView(options.scores),
                options.dump,
                heatMaps.stream().toList(),
                (backend, batch) -> ClassifyTask.load(options, heatMaps, backend, batch));
    }
}
