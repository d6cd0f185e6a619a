package org.fovea.cli.segment;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.fovea.cli.images.ImageOutput;
import org.fovea.cli.images.ImageRunOptions;
import org.fovea.cli.images.PictureFiles;
import org.fovea.cli.segment.SegmentTask.Figures;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * {@code fovea segment}. Its members mention no classes of segmentation, since picocli inspects the members of all commands at
 * every start and would load them.
 */
@Command(
        name = "segment",
        description = "Gives each pixel of an image a class, and each object a mask.",
        sortOptions = false,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:all images were segmented",
            "1:some were not, each line says why; or the checkpoint is wrong",
            "2:the command line is wrong"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  fovea segment -m segformer-b0-finetuned-ade-512-512 street.jpg",
            "  fovea segment -m segformer-b0-finetuned-ade-512-512 -o out -w mask,overlay,csv photos",
            "  fovea segment -m segformer-b2-land --tile 512 -o out -w geotiff region.tif",
            "  fovea segment -m segformer-b0-finetuned-ade-512-512 -o out --resume done.jsonl photos",
            "  fovea segment -m segformer-b0-finetuned-ade-512-512 --attention maps --at 480,310 street.jpg",
            "  fovea segment -m sam-vit-base --point 480,310 --point 520,90,0 -o out -w mask,overlay desk.jpg",
            "  fovea segment -m sam-vit-base --everything -o out -w instances,coco desk.jpg",
            "",
            "In tiles, memory grows with the width of an image, not with its height: 3 bytes a pixel and 4 bytes a class",
            "and place of the model's grid (of SegFormer a place is 4 x 4 pixels) of one row of tiles; with objects 7 bytes",
            "a pixel of as many rows as the tallest clump of objects has, at most 512, where it is cut."
        })
public final class SegmentCommand implements Callable<Integer> {
    @Mixin
    private SegmentOptions options;

    @Mixin
    private TilingOptions tiling;

    @Mixin
    private AttentionOptions attention;

    @Mixin
    private PromptOptions prompts;

    @Mixin
    private ImageRunOptions run;

    @Override
    public Integer call() throws IOException {
        options.check();
        tiling.check();
        attention.check();
        prompts.check(options.dump.isWanted());
        if (prompts.isWanted()) {
            tiling.checkNone("--point, --box and --everything");
            attention.checkNone("--point, --box and --everything");
        }
        run.check();
        Optional<SegmentFiles> files = options.files();
        Optional<PictureFiles> figures = attention.figures();
        return run.run(
                new SegmentView(),
                options.dump,
                Stream.<ImageOutput>concat(files.stream(), figures.stream()).toList(),
                (backend, batch) -> prompts.isWanted()
                        ? PromptTask.load(options, prompts, files, backend)
                        : SegmentTask.load(options, tiling, new Figures(attention, figures), files, backend, batch));
    }
}
