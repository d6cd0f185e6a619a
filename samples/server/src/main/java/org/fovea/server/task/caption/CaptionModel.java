package org.fovea.server.task.caption;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.fovea.captioning.CaptionRequest;
import org.fovea.captioning.CaptionerOptions;
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
            RgbImage image = engine.images().read(request.image(), one -> one);
            return new Call<>(Work.single(() -> captioner.explain(image, wanted)), why -> CaptionJson.of(why, image));
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
        RgbImage image = engine.images().read(request.image(), one -> one);
        InputGeometry geometry = captioner.processor().geometry(image);
        WordListener listener = (index, word, map) -> {
            Map<String, Object> data = new LinkedHashMap<>();
            data.put("index", index);
            data.putAll(CaptionJson.word(word, map.map(weights -> AttentionJson.of(weights, geometry, image))));
            events.accept(new Event("word", data));
        };
        return Optional.of(
                attention(request)
                        ? new Call<>(
                                Work.single(() -> captioner.explain(image, wanted, listener)),
                                why -> CaptionJson.of(why, image))
                        : new Call<>(Work.single(() -> captioner.caption(image, wanted, listener)), CaptionJson::of));
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
    public void close() {
        captioner.close();
    }
}
