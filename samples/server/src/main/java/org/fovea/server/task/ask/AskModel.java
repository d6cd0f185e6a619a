package org.fovea.server.task.ask;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.fovea.core.image.RgbImage;
import org.fovea.server.queue.Work;
import org.fovea.server.request.ApiException;
import org.fovea.server.request.ImageRequest;
import org.fovea.server.request.Parameters;
import org.fovea.server.task.Call;
import org.fovea.server.task.Engine;
import org.fovea.server.task.FieldTensors;
import org.fovea.server.task.GrayImage;
import org.fovea.server.task.TaskModel;
import org.fovea.server.task.TensorModel;
import org.fovea.server.task.TensorSpec;
import org.fovea.server.task.WeightedCache;
import org.fovea.vqa.AnswerRequest;
import org.fovea.vqa.AnswererOptions;
import org.fovea.vqa.EmbeddedImage;
import org.fovea.vqa.VisualAnswerer;
import org.fovea.vqa.model.GenerativeAnswerer;

/** An answerer that is served. */
final class AskModel implements TaskModel {
    private static final int USUAL_TOP = 5;
    private static final int MOST_ANSWERS = 10_000;
    private static final int BYTES_OF_FLOAT = 4;
    private static final String WARMING_QUESTION = "what is it?";

    private final VisualAnswerer answerer;
    private final Engine engine;
    private final WeightedCache<EmbeddedImage> looks =
            new WeightedCache<>(WeightedCache.usualBytes(), look -> {}); // the cache holds no native memory

    private AskModel(VisualAnswerer answerer, Engine engine) {
        this.answerer = answerer;
        this.engine = engine;
    }

    static AskModel load(Path directory, Engine engine) {
        VisualAnswerer answerer = VisualAnswerer.load(
                directory, new AnswererOptions(engine.backend(), engine.precision(), engine.batch()));
        int images = answerer.spec().model().images();
        if (images != 1) {
            answerer.close();
            throw new IllegalArgumentException("questions of a served model must be about one image, got " + images
                    + "; ask it through the library, VisualAnswerer.embed(first, second)");
        }
        return new AskModel(answerer, engine);
    }

    private boolean isFreeText() {
        return answerer.spec().model() instanceof GenerativeAnswerer;
    }

    @Override
    public Map<String, Object> facts() {
        return Map.of("free_text", isFreeText());
    }

    @Override
    public Call<?> open(ImageRequest request) {
        Parameters wanted = request.parameters();
        String question = wanted.text(AskTask.QUESTION)
                .orElseThrow(() -> ApiException.badRequest("question must be given, got none"));
        AnswerRequest answers = answers(question, wanted);
        Supplier<EmbeddedImage> look = look(request);
        if (wanted.flag(AskTask.ATTENTION).orElse(false)) {
            return new Call<>(
                    Work.single(() -> new AskJson.Explained(
                            answerer.explain(look.get(), question, answers),
                            look.get().image())),
                    AskJson::of);
        }
        return new Call<>(
                Work.single(() ->
                        answerer.ask(look.get(), List.of(question), answers).get(0)),
                AskJson::of);
    }

    @Override
    public TensorModel tensors() {
        return new FieldTensors(
                List.of(TensorSpec.texts(TensorModel.IMAGE), TensorSpec.texts(AskTask.QUESTION)),
                List.of(TensorSpec.texts("answer"), TensorSpec.numbers("score", -1)),
                this::open,
                FieldTensors::first);
    }

    private AnswerRequest answers(String question, Parameters wanted) {
        List<String> candidates = wanted.texts(AskTask.ANSWERS);
        int usual = isFreeText() && candidates.isEmpty() ? 1 : USUAL_TOP;
        int top = wanted.integer(AskTask.TOP_K, 1, MOST_ANSWERS).orElse(usual);
        try {
            AnswerRequest out = new AnswerRequest(top, candidates);
            answerer.check(question);
            answerer.check(out);
            return out;
        } catch (IllegalArgumentException e) {
            throw ApiException.badRequest(e.getMessage(), e);
        }
    }

    /**
     * Image embedding from the cache, or else one that is computed when the request's turn comes, from the image decoded now.
     */
    private Supplier<EmbeddedImage> look(ImageRequest request) {
        String key = WeightedCache.key(request.image());
        Optional<EmbeddedImage> before = looks.get(key);
        if (before.isPresent()) {
            return before::get;
        }
        Supplier<RgbImage> image = engine.images().later(request.image(), answerer.processor()::geometry);
        return () -> looks.get(key).orElseGet(() -> {
            EmbeddedImage look = answerer.embed(image.get());
            looks.put(key, look, bytes(look));
            return look;
        });
    }

    private static long bytes(EmbeddedImage look) {
        long pixels = 3L * look.image().height() * look.image().width();
        return pixels
                + look.tokens().stream()
                        .mapToLong(tokens -> BYTES_OF_FLOAT * tokens.shape().size())
                        .sum();
    }

    @Override
    public void warm() {
        EmbeddedImage look = answerer.embed(GrayImage.create());
        answerer.explain(look, WARMING_QUESTION);
        answerer.ask(look, WARMING_QUESTION);
    }

    @Override
    public void close() {
        answerer.close();
    }
}
