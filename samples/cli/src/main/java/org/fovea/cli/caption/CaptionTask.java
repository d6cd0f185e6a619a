package org.fovea.cli.caption;

import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.fovea.captioning.CaptionExplanation;
import org.fovea.captioning.CaptionRequest;
import org.fovea.captioning.CaptionerOptions;
import org.fovea.captioning.Captions;
import org.fovea.captioning.ImageCaptioner;
import org.fovea.cli.images.ImageOutput;
import org.fovea.cli.images.ImageTask;
import org.fovea.cli.images.PictureFiles;
import org.fovea.cli.images.SelectedImages;
import org.fovea.core.backend.Backend;
import org.fovea.core.data.Outcome;
import org.fovea.core.image.ImageInput;
import org.fovea.core.image.RgbImage;
import org.fovea.core.tensor.Tensor;

/** The work of {@code fovea caption}. */
record CaptionTask(
        ImageCaptioner captioner,
        CaptionRequest request,
        CaptionOptions options,
        Optional<PictureFiles> figures,
        Optional<Sidecars> sidecars)
        implements ImageTask<Captions> {
    static CaptionTask load(
            CaptionOptions options,
            Search search,
            Optional<PictureFiles> figures,
            Optional<Sidecars> sidecars,
            Backend backend,
            int batch) {
        CaptionerOptions wanted =
                new CaptionerOptions(backend, options.precision(), options.decoderWeights.get(), batch);
        ImageCaptioner captioner = ImageCaptioner.load(options.folder(), wanted);
        try {
            CaptionRequest request =
                    captioner.request().withPrompt(options.prompt).with(search::over);
            captioner.check(request);
            return new CaptionTask(captioner, request, options, figures, sidecars);
        } catch (RuntimeException e) {
            captioner.close();
            throw e;
        }
    }

    @Override
    public void run(SelectedImages images, Consumer<Outcome<ImageInput, Captions>> results) {
        if (figures.isPresent()) {
            captioner.explainAll(
                    images.inputs(),
                    images::decode,
                    request,
                    outcome -> results.accept(outcome.map(why -> draw(outcome.input(), why))));
        } else {
            captioner.captionAll(images.inputs(), images::decode, images.batch(), request, results);
        }
    }

    /** Writes all intermediate results for an image, and its figure if requested. */
    @Override
    public Captions dump(ImageInput input, RgbImage image) {
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

    @Override
    public void write(ImageInput input, Captions captions) {
        sidecars.ifPresent(files -> files.write(input, captions));
    }

    @Override
    public void close() {
        captioner.close();
    }
}
