package org.fovea.server.task.caption;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.fovea.captioning.CaptionExplanation;
import org.fovea.captioning.CaptionRequest;
import org.fovea.captioning.CaptionerOptions;
import org.fovea.captioning.Captions;
import org.fovea.captioning.ImageCaptioner;
import org.fovea.captioning.WordListener;
import org.fovea.core.image.InputGeometry;
import org.fovea.core.image.RgbImage;
import org.fovea.core.tensor.Tensor;
import org.fovea.server.queue.Work;
import org.fovea.server.request.ApiException;
import org.fovea.server.request.ImageRequest;
import org.fovea.server.task.AttentionJson;
import org.fovea.server.task.Call;
import org.fovea.server.task.Engine;
import org.fovea.server.task.Event;
import org.fovea.server.task.FieldTensors;
import org.fovea.server.task.GrayImage;
import org.fovea.server.task.TaskModel;
import org.fovea.server.task.TensorModel;
import org.fovea.server.task.TensorSpec;

/** A captioner that is served. */
final class CaptionModel implements TaskModel {
    private final ImageCaptioner captioner;
    private final Engine engine;

    private CaptionModel(ImageCaptioner captioner, Engine engine) {
        this.captioner = captioner;
        this.engine = engine;
    }

    static CaptionModel load(Path directory, Engine engine) {
        CaptionerOptions options = new CaptionerOptions(engine.backend(), engine.precision(), engine.batch());
        return new CaptionModel(ImageCaptioner.load(directory, options), engine);
    }

    @Override
    public Map<String, Object> facts() {
        return Map.of("defaults", SearchParameters.defaults(captioner.request().options()));
    }

    @Override
    public Call<?> open(ImageRequest request) {
        CaptionRequest wanted = wanted(request);
        if (attention(request)) {
            Supplier<RgbImage> image = later(request);
            return new Call<>(Work.single(() -> captioner.explain(image.get(), wanted)), CaptionJson::of);
        }
        Tensor pixels = engine.images().read(request.image(), captioner.processor()::prepare);
        boolean greedy =
                wanted.options().search().beams() == 1 && wanted.options().sequences() == 1;
        CaptionBatch batch = new CaptionBatch(captioner, wanted, greedy ? engine.batch() : 1);
        return new Call<>(new Work<>(batch, pixels), CaptionJson::of);
    }

    @Override
    public Optional<Call<?>> stream(ImageRequest request, Consumer<Event> events) {
        CaptionRequest wanted = wanted(request);
        Supplier<RgbImage> image = later(request);
        return Optional.of(
                attention(request)
                        ? new Call<>(Work.single(() -> explain(image.get(), wanted, events)), CaptionJson::of)
                        : new Call<>(Work.single(() -> caption(image.get(), wanted, events)), CaptionJson::of));
    }

    private Supplier<RgbImage> later(ImageRequest request) {
        return engine.images().later(request.image(), captioner.processor()::geometry);
    }

    private Captions caption(RgbImage image, CaptionRequest wanted, Consumer<Event> events) {
        return captioner.caption(image, wanted, told(image, events));
    }

    private CaptionExplanation explain(RgbImage image, CaptionRequest wanted, Consumer<Event> events) {
        return captioner.explain(image, wanted, told(image, events));
    }

    private WordListener told(RgbImage image, Consumer<Event> events) {
        InputGeometry geometry = captioner.processor().geometry(image);
        return (index, word, map) -> {
            Map<String, Object> data = new LinkedHashMap<>();
            data.put("index", index);
            data.putAll(CaptionJson.word(word, map.map(weights -> AttentionJson.of(weights, geometry, image))));
            events.accept(new Event("word", data));
        };
    }

    @Override
    public TensorModel tensors() {
        return new FieldTensors(
                List.of(TensorSpec.texts(TensorModel.IMAGE)),
                List.of(TensorSpec.texts("generated_text"), TensorSpec.numbers("score", -1)),
                this::open,
                FieldTensors::first);
    }

    private static boolean attention(ImageRequest request) {
        return request.parameters().flag(CaptionTask.ATTENTION).orElse(false);
    }

    private CaptionRequest wanted(ImageRequest request) {
        CaptionRequest wanted = SearchParameters.over(captioner.request(), request.parameters());
        try {
            captioner.check(wanted);
        } catch (IllegalArgumentException e) {
            throw ApiException.badRequest(e.getMessage(), e);
        }
        return wanted;
    }

    @Override
    public void warm() {
        captioner.explain(GrayImage.create(), captioner.request());
        captioner.caption(GrayImage.create(), captioner.request());
    }

    @Override
    public void close() {
        captioner.close();
    }
}
