package org.fovea.studies.captions;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fovea.captioning.CaptionExplanation;
import org.fovea.captioning.CaptionerOptions;
import org.fovea.captioning.ImageCaptioner;
import org.fovea.captioning.hub.PretrainedCaptioner;
import org.fovea.captioning.train.CaptionTask;
import org.fovea.captioning.train.CaptionedImage;
import org.fovea.captioning.train.WrittenCaption;
import org.fovea.core.backend.Backend;
import org.fovea.core.backend.Precision;
import org.fovea.core.backend.onednn.OneDnnBackend;
import org.fovea.core.data.scenes.SceneDataset;
import org.fovea.core.data.scenes.SceneOptions;
import org.fovea.core.data.scenes.SceneSample;
import org.fovea.core.graph.Graph;
import org.fovea.core.generate.GenerationOptions;
import org.fovea.core.image.ImageDecoder;
import org.fovea.core.io.JsonText;
import org.fovea.core.metric.Metrics;
import org.fovea.core.nn.Scope;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.weights.SafetensorsWriter;
import org.fovea.vit.model.MobileNetV1Config;
import org.fovea.vit.model.MobileNetV1Encoder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scenes instead of photographs, and an encoder with random weights of which the last layer is missing. */
class DescribePhotosTest {
    private static final int PIXELS = 40;
    private static final int TRAIN = PhotoStudy.IMAGES;

    @TempDir
    Path folder;

    private final Backend backend = OneDnnBackend.create();

    @Test
    void aTrainedCaptionerReadsThePhotographsThemselves() throws IOException {
        writePhotos();
        writeEncoder();
        Path runs = folder.resolve("runs");
        DescribePhotos.main(new String[] {data().toString(), encoder().toString(), runs.toString(), "1", "soft"});
        assertTrue(Files.exists(runs.resolve("soft-1/scores.json")));
        try (PhotoStudy study = PhotoStudy.open(data(), encoder(), runs.resolve("features.safetensors"), backend);
                PretrainedCaptioner saved = PretrainedCaptioner.open(runs.resolve("soft-1"));
                ImageCaptioner captioner = ImageCaptioner.load(
                        runs.resolve("soft-1"), CaptionerOptions.defaults().withBackend(backend))) {
            List<CaptionedImage> photos = study.photos("test");
            CaptionTask task =
                    new PhotoRun(study, PhotoModel.SOFT, 1, runs, encoder(), backend).words(Optional.empty());
            List<WrittenCaption> ofFeatures = new ArrayList<>();
            task.score(
                    writer -> {
                        ofFeatures.addAll(writer.write(study.features().of(photos)));
                        return Metrics.none();
                    },
                    GenerationOptions.defaults(),
                    saved.parameters(),
                    backend,
                    Precision.F32);
            for (int i = 0; i < photos.size(); i++) {
                CaptionExplanation ofPhoto =
                        captioner.explain(photos.get(i).decode(ImageDecoder.create()), captioner.request());
                WrittenCaption ofMap = ofFeatures.get(i);
                assertFalse(ofMap.text().isEmpty());
                assertEquals(ofMap.text(), ofPhoto.caption().text());
                for (int word = 0; word < ofMap.attention().size(); word++) {
                    assertArrayEquals(
                            ofMap.attention().get(word), ofPhoto.map(word).toFloats(), 1e-5f);
                }
            }
        }
    }

    @Test
    void theNearestPhotographOfAKnownOneIsItself() throws IOException {
        writePhotos();
        writeEncoder();
        try (PhotoStudy study = PhotoStudy.open(data(), encoder(), folder.resolve("f.safetensors"), backend)) {
            List<CaptionedImage> known = study.photos("train");
            NearestPhoto nearest = new NearestPhoto(known, study.features());
            known.forEach(photo -> assertEquals(photo.name(), nearest.to(photo).name()));
            assertEquals(
                    PhotoStudy.CAPTIONS, nearest.scores(study.photos("test")).size());
        }
    }

    @Test
    void mirroredPixelsGoFromRightToLeft() {
        Tensor pixels = Tensor.of(new float[] {1, 2, 3, 4, 5, 6}, 1, 1, 2, 3);
        assertArrayEquals(
                new float[] {3, 2, 1, 6, 5, 4}, PhotoFeatures.mirrored(pixels).toFloats());
    }

    private Path data() {
        return folder.resolve("photos");
    }

    private Path encoder() {
        return folder.resolve("encoder");
    }

    private void writePhotos() throws IOException {
        SceneDataset scenes = new SceneDataset(SceneOptions.defaults(), 9, TRAIN + 4, 64, PhotoStudy.CAPTIONS);
        Files.createDirectories(data());
        List<Object> list = new ArrayList<>();
        for (int i = 0; i < scenes.size(); i++) {
            SceneSample scene = scenes.get(i);
            scene.picture().writePng(data().resolve(i + ".png"));
            list.add(Map.of(
                    "image",
                    i + ".png",
                    "split",
                    i < TRAIN ? "train" : i < TRAIN + 2 ? "val" : "test",
                    "captions",
                    scene.texts()));
        }
        Files.writeString(data().resolve("captions.json"), JsonText.of(Map.of("images", list)));
    }

    private void writeEncoder() throws IOException {
        Files.createDirectories(encoder());
        MobileNetV1Encoder net = MobileNetV1Encoder.standard()
                .withMultiplier(0.25)
                .withImage(PIXELS, PIXELS)
                .withLayers(13);
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("model_type", "mobilenet_v1");
        config.put("image_size", PIXELS);
        config.put("depth_multiplier", 0.25);
        Files.writeString(encoder().resolve("config.json"), JsonText.of(config));
        Files.writeString(encoder().resolve("preprocessor_config.json"), """
                {"image_processor_type": "MobileNetV1ImageProcessor", "size": {"shortest_edge": 48}, "crop_size": 40}""");
        Graph graph = new Graph();
        net.build(Scope.of(graph), graph.input("x", 1, 3, PIXELS, PIXELS));
        var random = new MobileNetV1Config(net, 1).randomParameters(1);
        SafetensorsWriter writer = new SafetensorsWriter();
        graph.parameters().keySet().forEach(name -> writer.add(hub(name), random.tensor(name)));
        writer.write(encoder().resolve("model.safetensors"));
    }

    private static String hub(String ours) {
        return ours.replace("stem", "conv_stem")
                .replace("layers.", "layer.")
                .replace("norm.running_variance", "normalization.running_var")
                .replace("norm.running_mean", "normalization.running_mean")
                .replace("norm.scale", "normalization.weight")
                .replace("norm.shift", "normalization.bias")
                .replaceAll("^(conv_stem|layer\\.\\d+)\\.weight$", "$1.convolution.weight");
    }
}
