package org.fovea.captioning.hub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.fovea.captioning.CaptionExplanation;
import org.fovea.captioning.ImageCaptioner;
import org.fovea.captioning.model.ShowAttendTell;
import org.fovea.captioning.model.ShowAttendTell.Looking;
import org.fovea.captioning.model.TrainableCaptioner;
import org.fovea.captioning.model.TrainableCaptioner.Chance;
import org.fovea.captioning.model.WordVocabulary;
import org.fovea.core.data.scenes.SceneDataset;
import org.fovea.core.data.scenes.SceneOptions;
import org.fovea.core.graph.Graph;
import org.fovea.core.image.RgbImage;
import org.fovea.core.nn.ProjectedEncoder;
import org.fovea.core.nn.Scope;
import org.fovea.core.nn.SpatialFront;
import org.fovea.core.nn.StraightenedEncoder;
import org.fovea.core.train.InitialParameters;
import org.fovea.core.weights.Parameters;
import org.fovea.vit.model.ConvEncoder;
import org.fovea.vit.model.MobileNetV1Encoder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CaptionerWriterTest {
    private static final ConvEncoder ENCODER = new ConvEncoder(16, 8);
    private static final ProjectedEncoder PUBLISHED = new ProjectedEncoder(
            MobileNetV1Encoder.standard()
                    .withMultiplier(0.125)
                    .withImage(16, 16)
                    .withLayers(8),
            8);
    private static final WordVocabulary VOCABULARY =
            WordVocabulary.of(Stream.of("a red star and two rings", "a blue star , a ring"), 1);

    @TempDir
    Path folder;

    static Stream<TrainableCaptioner> models() {
        int words = VOCABULARY.size();
        return Stream.of(
                new ShowAttendTell(ENCODER, words, 9, 6, 8, 5, Looking.SOFT),
                new ShowAttendTell(ENCODER, words, 9, 6, 8, 5, Looking.HARD),
                new ShowAttendTell(PUBLISHED, words, 9, 6, 8, 5, Looking.SOFT),
                new ShowAttendTell(
                        new StraightenedEncoder(SpatialFront.AFFINE, ENCODER), words, 9, 6, 8, 5, Looking.SOFT),
                CaptionerWriter.transformer(PUBLISHED, words, 9, 8, 2, 2, 16),
                CaptionerWriter.transformer(ENCODER, words, 9, 8, 2, 2, 16));
    }

    @ParameterizedTest
    @MethodSource("models")
    void facadeRunsWhatIsSaved(TrainableCaptioner model) throws IOException {
        Graph graph = new Graph();
        model.write(Scope.of(graph), 1, graph.indexInput("before", 1, 1), Chance.NONE);
        Parameters weights = InitialParameters.of(graph, 3);
        CaptionerWriter.saveDescription(folder, model, VOCABULARY);
        CaptionerWriter.saveWeights(folder, model, weights);
        try (PretrainedCaptioner read = PretrainedCaptioner.open(folder)) {
            assertEquals(model, read.model());
        }
        RgbImage picture =
                new SceneDataset(SceneOptions.defaults(), 1, 1, 40, 1).get(0).picture();
        try (ImageCaptioner captioner = ImageCaptioner.load(folder)) {
            CaptionExplanation explained = captioner.explain(picture, captioner.request());
            assertEquals(
                    captioner.caption(picture, captioner.request()).best().text(),
                    explained.caption().text());
            for (int word = 0; word < explained.caption().words().size(); word++) {
                assertEquals(
                        List.of(2, 2),
                        List.of(
                                explained.map(word).shape().dim(0),
                                explained.map(word).shape().dim(1)));
            }
            int beams = captioner
                    .caption(picture, captioner.request().with(o -> o.withBeams(3)
                            .withSequences(2)))
                    .all()
                    .size();
            assertEquals(2, beams);
            assertEquals(
                    "a red star , two <unk> rings",
                    captioner.tokenizer().decode(captioner.tokenizer().encode("A red star , two green rings")));
        }
    }

    @Test
    void modelsOfOthersAreNamed() {
        TrainableCaptioner model = new ShowAttendTell(new ConvEncoder(16, 8), 5, 9, 6, 8, 5, Looking.SOFT);
        assertTrue(FoveaCaptioner.config(model, VOCABULARY.tokens()).containsValue("soft"));
        assertThrows(
                IllegalArgumentException.class,
                () -> CaptionerWriter.saveDescription(
                        folder, new Blip().preset("blip-image-captioning-base").model(), VOCABULARY));
    }
}
