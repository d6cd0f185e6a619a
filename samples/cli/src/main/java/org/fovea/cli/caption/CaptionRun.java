package org.fovea.cli.caption;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.fovea.captioning.CaptionExplanation;
import org.fovea.captioning.CaptionRequest;
import org.fovea.captioning.CaptionerOptions;
import org.fovea.captioning.Captions;
import org.fovea.captioning.ImageCaptioner;
import org.fovea.cli.images.ImageJob;
import org.fovea.cli.images.ImageOptions;
import org.fovea.cli.images.ImageOutput;
import org.fovea.cli.images.PictureFiles;
import org.fovea.cli.images.Selection;
import org.fovea.cli.terminal.StopWatch;
import org.fovea.core.backend.Backend;
import org.fovea.core.data.Outcome;
import org.fovea.core.image.ImageDecoder;
import org.fovea.core.image.ImageInput;
import org.fovea.core.image.RgbImage;
import org.fovea.core.tensor.Tensor;
import picocli.CommandLine.Model.CommandSpec;

/** The work of {@code fovea caption}. */
record CaptionRun(
        CaptionOptions options,
        Search search,
        ImageOptions images,
        Optional<PictureFiles> figures,
        Optional<Sidecars> sidecars,
        Backend backend,
        StopWatch watch)
        implements ImageJob.Work<Captions> {
    /** Runs it; the result is the command's exit code. */
    int run(CommandSpec spec) throws IOException {
        List<ImageOutput> outputs =
                Stream.<ImageOutput>concat(figures.stream(), sidecars.stream()).toList();
        return new ImageJob<>(spec, images, new CaptionView(), outputs).run(this);
    }

    @Override
    public void run(Selection selection, Consumer<Outcome<ImageInput, Captions>> results) {
        options.dump.check(selection);
        int most = images.batch;
        int batch = selection.total().orElse(most) < most ? 1 : most; // the same for a run that is resumed
        try (ImageCaptioner captioner = load(batch)) {
            CaptionRequest request = request(captioner);
            watch.step("read the checkpoint");
            run(captioner, request, batch, selection.inputs(), results);
            watch.step("described");
        }
    }

    private ImageCaptioner load(int batch) {
        try {
            return ImageCaptioner.load(options.folder(), new CaptionerOptions(backend, options.precision(), batch));
        } catch (IllegalArgumentException e) {
            throw options.usage(e.getMessage());
        }
    }

    private CaptionRequest request(ImageCaptioner captioner) {
        CaptionRequest request = captioner.request().withPrompt(options.prompt).with(search::over);
        try {
            captioner.check(request);
        } catch (IllegalArgumentException e) {
            throw options.usage(e.getMessage());
        }
        return request;
    }

    private void run(
            ImageCaptioner captioner,
            CaptionRequest request,
            int batch,
            Iterable<ImageInput> inputs,
            Consumer<Outcome<ImageInput, Captions>> results) {
        ImageDecoder decoder = images.decoder();
        Function<ImageInput, RgbImage> decode = input -> {
            sidecars.ifPresent(files -> files.check(input));
            return input.read(decoder);
        };
        Consumer<Outcome<ImageInput, Captions>> written = outcome -> results.accept(outcome.map(captions -> {
            sidecars.ifPresent(files -> files.write(outcome.input(), captions));
            return captions;
        }));
        if (options.dump.isWanted()) {
            inputs.forEach(input ->
                    written.accept(Outcome.of(input, decode).map(image -> dump(captioner, request, input, image))));
        } else if (figures.isPresent()) {
            captioner.explainAll(
                    inputs, decode, request, outcome -> written.accept(outcome.map(why -> draw(outcome.input(), why))));
        } else {
            captioner.captionAll(inputs, decode, batch, request, written);
        }
    }

    /** Writes what the model computed of an image, and its figure where one is asked for. */
    private Captions dump(ImageCaptioner captioner, CaptionRequest request, ImageInput input, RgbImage image) {
        Map<String, Tensor> all = captioner.dump(image, request);
        options.dump.write(input, all);
        return figures.isPresent() ? draw(input, captioner.explain(image, request)) : captioner.caption(image, request);
    }

    private Captions draw(ImageInput input, CaptionExplanation why) {
        RgbImage figure;
        try {
            figure = options.layer == null
                    ? why.draw()
                    : why.drawWords(word -> options.head == null
                            ? why.map(word, options.layer)
                            : why.map(word, options.layer, options.head));
        } catch (IllegalArgumentException e) {
            throw options.usage(e.getMessage());
        }
        ImageOutput.write(input, () -> figures.orElseThrow().write(input, figure));
        return why.captions();
    }
}
