package org.fovea.cli.ask;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.fovea.cli.images.ImageOutput;
import org.fovea.cli.images.ImageTask;
import org.fovea.cli.images.PictureFiles;
import org.fovea.cli.images.SelectedImages;
import org.fovea.core.backend.Backend;
import org.fovea.core.data.Outcome;
import org.fovea.core.image.ImageInput;
import org.fovea.core.image.RgbImage;
import org.fovea.core.view.Panels;
import org.fovea.vqa.AnswerExplanation;
import org.fovea.vqa.AnswerRequest;
import org.fovea.vqa.AnswererOptions;
import org.fovea.vqa.Answers;
import org.fovea.vqa.VisualAnswerer;

/** The work of {@code fovea ask}. */
record AskTask(
        VisualAnswerer answerer,
        AnswerRequest request,
        AskOptions options,
        Questions questions,
        Optional<PictureFiles> figures)
        implements ImageTask<List<Answers>> {
    static AskTask load(
            AskOptions options,
            Questions questions,
            List<String> candidates,
            Optional<PictureFiles> figures,
            Backend backend,
            int batch) {
        VisualAnswerer answerer = open(options, backend, batch);
        try {
            AnswerRequest request = new AnswerRequest(options.top, candidates);
            answerer.check(request);
            questions.all().forEach(answerer::check);
            return new AskTask(answerer, request, options, questions, figures);
        } catch (RuntimeException e) {
            answerer.close();
            throw e;
        }
    }

    static VisualAnswerer open(AskOptions options, Backend backend, int batch) {
        VisualAnswerer answerer =
                VisualAnswerer.load(options.folder(), new AnswererOptions(backend, options.precision(), batch));
        int images = answerer.spec().model().images();
        if (images != 1) {
            answerer.close();
            throw new IllegalArgumentException("--model must be one whose questions are about one image, got one of "
                    + images + "; ask it through the library, VisualAnswerer.embed(first, second)");
        }
        return answerer;
    }

    @Override
    public void run(SelectedImages images, Consumer<Outcome<ImageInput, List<Answers>>> results) {
        if (figures.isPresent()) {
            answerer.explainAll(
                    images.inputs(),
                    images::decode,
                    input -> questions.about(input.name()),
                    request,
                    outcome -> results.accept(outcome.map(why -> draw(outcome.input(), why))));
        } else {
            answerer.askAll(images.inputs(), images::decode, input -> questions.about(input.name()), request, results);
        }
    }

    private List<Answers> draw(ImageInput input, List<AnswerExplanation> all) {
        Panels panels = Panels.inColumns(1);
        for (AnswerExplanation why : all) {
            panels = panels.with("", why.draw());
        }
        RgbImage figure = all.size() == 1 ? all.get(0).draw() : panels.draw();
        ImageOutput.write(input, () -> figures.orElseThrow().write(input, figure));
        return all.stream().map(AnswerExplanation::answers).toList();
    }

    @Override
    public List<Answers> dump(ImageInput input, RgbImage image) {
        List<String> asked = questions.about(input.name());
        options.dump.write(input, answerer.dump(image, asked.get(0), request));
        if (figures.isPresent()) {
            return draw(input, List.of(answerer.explain(answerer.embed(image), asked.get(0), request)));
        }
        return answerer.ask(answerer.embed(image), asked, request);
    }

    @Override
    public void close() {
        answerer.close();
    }
}
