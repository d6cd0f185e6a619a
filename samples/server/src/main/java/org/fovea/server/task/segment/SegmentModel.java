package org.fovea.server.task.segment;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.fovea.core.image.RgbImage;
import org.fovea.segmentation.ImageSegmenter;
import org.fovea.segmentation.SegmenterOptions;
import org.fovea.segmentation.mask.Segmentation;
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

/** A segmenter that is served. Images are decoded when their turn comes, so that those that wait are small. */
final class SegmentModel implements TaskModel {
    private final ImageSegmenter segmenter;
    private final Engine engine;

    private SegmentModel(ImageSegmenter segmenter, Engine engine) {
        this.segmenter = segmenter;
        this.engine = engine;
    }

    static SegmentModel load(Path directory, Engine engine) {
        SegmenterOptions options = SegmenterOptions.defaults()
                .withBackend(engine.backend())
                .withPrecision(engine.precision())
                .withBatch(1);
        return new SegmentModel(ImageSegmenter.load(directory, options), engine);
    }

    @Override
    public Map<String, Object> facts() {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("labels", segmenter.labels());
        out.put("instances", segmenter.tellsObjectsApart());
        out.put("prompts", false);
        return out;
    }

    @Override
    public Call<?> open(ImageRequest request) {
        OutputFormat format = OutputFormat.of(request.parameters());
        for (String name : List.of(SegmentTask.POINTS, SegmentTask.BOXES, SegmentTask.MULTIMASK)) {
            if (request.parameters().values().containsKey(name)) {
                throw ApiException.badRequest(name + " is for a SAM, and this model is none; leave it out");
            }
        }
        int classes = segmenter.labels().size();
        if (format == OutputFormat.MAP && classes > MapJson.MOST_CLASSES) {
            throw ApiException.badRequest("format=map takes models of at most " + MapJson.MOST_CLASSES
                    + " classes, got one of " + classes + "; ask for masks");
        }
        return call(
                request,
                result -> format == OutputFormat.MAP ? MapJson.of(result, segmenter.palette()) : MaskJson.of(result));
    }

    private Call<Segmentation> call(ImageRequest request, Function<Segmentation, Object> answer) {
        return new Call<>(
                Work.single(() -> {
                    RgbImage image = engine.images().read(request.image(), one -> {
                        check(one);
                        return one;
                    });
                    return segmenter.segment(image);
                }),
                answer);
    }

    @Override
    public TensorModel tensors() {
        return new FieldTensors(
                List.of(TensorSpec.texts(TensorModel.IMAGE)),
                List.of(TensorSpec.texts("mask")),
                request -> call(request, result -> List.of(Map.of("mask", MaskJson.ofClasses(result)))),
                FieldTensors::first);
    }

    /** Checks that an image can be preprocessed; otherwise the request is wrong. */
    private void check(RgbImage image) {
        if (!segmenter.isTiled()) {
            segmenter.processor().geometry(image);
        }
    }

    @Override
    public void warm() {
        segmenter.segment(GrayImage.create());
    }

    @Override
    public void close() {
        segmenter.close();
    }
}
