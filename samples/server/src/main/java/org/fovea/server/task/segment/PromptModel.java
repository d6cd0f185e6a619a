package org.fovea.server.task.segment;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fovea.core.image.RgbImage;
import org.fovea.segmentation.ImageEmbedding;
import org.fovea.segmentation.MaskPainting;
import org.fovea.segmentation.PredictedMask;
import org.fovea.segmentation.Prompt;
import org.fovea.segmentation.PromptMasks;
import org.fovea.segmentation.PromptSegmenter;
import org.fovea.segmentation.PromptSegmenterOptions;
import org.fovea.segmentation.output.Palette;
import org.fovea.server.queue.Work;
import org.fovea.server.request.ApiException;
import org.fovea.server.request.ImageRequest;
import org.fovea.server.task.Call;
import org.fovea.server.task.Engine;
import org.fovea.server.task.FieldTensors;
import org.fovea.server.task.GrayImage;
import org.fovea.server.task.TaskModel;
import org.fovea.server.task.TensorModel;
import org.fovea.server.task.TensorSpec;
import org.fovea.server.task.WeightedCache;

/** A SAM that is served. The images that were asked about last stay embedded, so that the next prompt is fast. */
final class PromptModel implements TaskModel {
    private static final long EMBEDDING_BYTES = 8L << 20;
    private static final String LABEL = MaskPainting.LABELS.get(1);

    private final PromptSegmenter segmenter;
    private final Engine engine;
    /** Embeddings of recent images; used only by the computing thread, so that none is closed while in use. */
    private final WeightedCache<ImageEmbedding> looks =
            new WeightedCache<>(WeightedCache.usualBytes(), ImageEmbedding::close);

    /** Masks and the size of their image. */
    private record Found(List<PredictedMask> masks, int height, int width) {}

    private PromptModel(PromptSegmenter segmenter, Engine engine) {
        this.segmenter = segmenter;
        this.engine = engine;
    }

    static PromptModel load(Path directory, Engine engine) {
        PromptSegmenterOptions options =
                PromptSegmenterOptions.defaults().withBackend(engine.backend()).withPrecision(engine.precision());
        return new PromptModel(PromptSegmenter.load(directory, options), engine);
    }

    @Override
    public Map<String, Object> facts() {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("labels", MaskPainting.LABELS);
        out.put("instances", true);
        out.put("prompts", true);
        return out;
    }

    @Override
    public Call<?> open(ImageRequest request) {
        OutputFormat format = OutputFormat.of(request.parameters());
        List<Prompt> prompts = Prompts.of(request.parameters());
        boolean all = request.parameters().flag(SegmentTask.MULTIMASK).orElse(false);
        return new Call<>(
                Work.single(() -> find(request.image(), prompts, all)),
                found -> format == OutputFormat.MASKS
                        ? MaskJson.of(found.masks(), LABEL)
                        : MapJson.of(
                                MaskPainting.paint(found.height(), found.width(), found.masks()), Palette.stable()));
    }

    @Override
    public TensorModel tensors() {
        return new FieldTensors(
                List.of(
                        TensorSpec.texts(TensorModel.IMAGE),
                        TensorSpec.numbers(SegmentTask.POINTS, -1, 3),
                        TensorSpec.numbers(SegmentTask.BOXES, -1, 4)),
                List.of(TensorSpec.texts("mask"), TensorSpec.numbers("score", -1)),
                this::open,
                answer -> (List<?>) answer);
    }

    private Found find(byte[] file, List<Prompt> prompts, boolean all) {
        String key = WeightedCache.key(file);
        ImageEmbedding look = looks.get(key).orElseGet(() -> {
            RgbImage image = engine.images().read(file, one -> {
                checked(() -> segmenter.check(one, prompts));
                return one;
            });
            ImageEmbedding made = segmenter.embed(image);
            looks.put(key, made, EMBEDDING_BYTES);
            return made;
        });
        List<PromptMasks> found = new ArrayList<>();
        checked(() -> found.addAll(segmenter.masks(look, prompts)));
        List<PredictedMask> masks = all
                ? found.stream().flatMap(each -> each.all().stream()).toList()
                : found.stream().map(PromptMasks::best).toList();
        return new Found(masks, look.height(), look.width());
    }

    /** Runs work and reports a point outside the image as an error in the request. */
    private static void checked(Runnable work) {
        try {
            work.run();
        } catch (IllegalArgumentException e) {
            throw ApiException.badRequest(e.getMessage(), e);
        }
    }

    @Override
    public void warm() {
        try (ImageEmbedding look = segmenter.embed(GrayImage.create())) {
            segmenter.masks(look, Prompt.at(1, 1));
        }
    }

    @Override
    public void close() {
        looks.clear();
        segmenter.close();
    }
}
