package org.fovea.vqa.hub;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.fovea.core.ModelFormatException;
import org.fovea.core.image.ImageDecoder;
import org.fovea.core.image.RgbImage;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.weights.SafetensorsFile;
import org.fovea.core.weights.SafetensorsWriter;
import org.fovea.vqa.Answer;
import org.fovea.vqa.AnswerRequest;
import org.fovea.vqa.AnswererFixtures;
import org.fovea.vqa.Answers;
import org.fovea.vqa.EmbeddedImage;
import org.fovea.vqa.VisualAnswerer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The heads of ViLT beside that of question answering, over the same body; each head computed here by hand. */
class HfViltTest {
    private static final int WIDTH = 48;
    private static final String QUESTION = "what color is the cup?";

    @TempDir
    Path folder;

    private final Random random = new Random(5);

    /** A checkpoint with the fixture's body, another class, and more tensors. */
    private void write(String architecture, Map<String, Tensor> more, String... keys) throws IOException {
        Path body = AnswererFixtures.directory(AnswererFixtures.VILT);
        for (String file : List.of("preprocessor_config.json", "tokenizer.json", "tokenizer_config.json")) {
            Files.copy(body.resolve(file), folder.resolve(file));
        }
        String config = Files.readString(body.resolve("config.json")).replace("ViltForQuestionAnswering", architecture);
        for (String key : keys) {
            config = config.replaceFirst("\"" + key.split(":")[0] + "\": [^,}]+", "\"" + key.replace(":", "\": "));
        }
        Files.writeString(folder.resolve("config.json"), config);
        SafetensorsWriter writer = new SafetensorsWriter();
        try (SafetensorsFile file = SafetensorsFile.open(body.resolve("model.safetensors"))) {
            file.names().stream()
                    .filter(name -> name.startsWith("vilt.") && !more.containsKey(name))
                    .forEach(name -> writer.add(name, file.tensor(name)));
            more.forEach(writer::add);
            writer.write(folder.resolve("model.safetensors"));
        }
    }

    private Tensor random(int... sizes) {
        int count = Arrays.stream(sizes).reduce(1, (a, b) -> a * b);
        float[] out = new float[count];
        for (int i = 0; i < count; i++) {
            out[i] = (float) random.nextGaussian() / 5;
        }
        return Tensor.of(out, sizes);
    }

    private static RgbImage image(int from) {
        byte[] rgb = new byte[3 * 60 * 70];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) ((i * 31 + from) % 253);
        }
        return RgbImage.of(60, 70, rgb);
    }

    private static float[] pooled(RgbImage image) {
        try (VisualAnswerer vqa = VisualAnswerer.load(AnswererFixtures.directory(AnswererFixtures.VILT))) {
            return vqa.dump(image, QUESTION, AnswerRequest.best())
                    .get("pooler_output")
                    .toFloats();
        }
    }

    private static double[] linear(double[] x, Tensor weight, Tensor bias) {
        float[] w = weight.toFloats();
        double[] out = new double[bias.shape().dim(0)];
        for (int i = 0; i < out.length; i++) {
            out[i] = bias.toFloats()[i];
            for (int j = 0; j < x.length; j++) {
                out[i] += w[i * x.length + j] * x[j];
            }
        }
        return out;
    }

    private static double[] doubles(float[] values) {
        double[] out = new double[values.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = values[i];
        }
        return out;
    }

    @Test
    void matchingHasOneScore() throws IOException {
        Tensor weight = random(1, WIDTH);
        Tensor bias = random(1);
        write("ViltForImageAndTextRetrieval", Map.of("rank_output.weight", weight, "rank_output.bias", bias));
        RgbImage image = ImageDecoder.create().decode(AnswererFixtures.image(AnswererFixtures.VILT));
        double logit = linear(doubles(pooled(image)), weight, bias)[0];
        try (VisualAnswerer matcher = VisualAnswerer.load(folder)) {
            Answers answers = matcher.ask(matcher.embed(image), QUESTION);
            assertEquals("match", answers.best().text());
            assertEquals(1 / (1 + Math.exp(-logit)), answers.best().score(), 1e-5);
        }
    }

    /** The second image has the third kind of token; where the kinds are alike, pooling is that of one image. */
    @Test
    void twoImagesAreReadOneAfterTheOther() throws IOException {
        Tensor kinds;
        try (SafetensorsFile file = SafetensorsFile.open(
                AnswererFixtures.directory(AnswererFixtures.VILT).resolve("model.safetensors"))) {
            float[] two =
                    file.tensor("vilt.embeddings.token_type_embeddings.weight").toFloats();
            float[] three = Arrays.copyOf(two, 3 * WIDTH);
            System.arraycopy(two, WIDTH, three, 2 * WIDTH, WIDTH);
            kinds = Tensor.of(three, 3, WIDTH);
        }
        Tensor in = random(2 * WIDTH, 2 * WIDTH);
        Tensor inBias = random(2 * WIDTH);
        Tensor scale = random(2 * WIDTH);
        Tensor shift = random(2 * WIDTH);
        Tensor out = random(7, 2 * WIDTH);
        Tensor outBias = random(7);
        write(
                "ViltForImagesAndTextClassification",
                Map.of(
                        "vilt.embeddings.token_type_embeddings.weight", kinds,
                        "classifier.0.weight", in,
                        "classifier.0.bias", inBias,
                        "classifier.1.weight", scale,
                        "classifier.1.bias", shift,
                        "classifier.3.weight", out,
                        "classifier.3.bias", outBias),
                "num_images:2",
                "modality_type_vocab_size:3");
        RgbImage first = image(0);
        RgbImage second =
                ImageDecoder.create().decode(AnswererFixtures.image(AnswererFixtures.VILT)); // of another size
        double[] both = new double[2 * WIDTH];
        System.arraycopy(doubles(pooled(first)), 0, both, 0, WIDTH);
        System.arraycopy(doubles(pooled(second)), 0, both, WIDTH, WIDTH);
        double[] logits = linear(geluOfNorm(linear(both, in, inBias), scale, shift), out, outBias);
        double sum = Arrays.stream(logits).map(Math::exp).sum();
        double[] expected =
                Arrays.stream(logits).map(Math::exp).map(p -> p / sum).sorted().toArray();
        try (VisualAnswerer two = VisualAnswerer.load(folder)) {
            EmbeddedImage pair = two.embed(first, second);
            AnswerRequest all = AnswerRequest.best().withTop(7);
            double[] scores = two.ask(pair, List.of(QUESTION), all).get(0).all().stream()
                    .mapToDouble(Answer::score)
                    .sorted()
                    .toArray();
            assertArrayEquals(expected, scores, 1e-5);
            IllegalArgumentException one = assertThrows(IllegalArgumentException.class, () -> two.embed(first));
            assertTrue(one.getMessage().contains("about 2 images"), one.getMessage());
        }
    }

    private static double[] geluOfNorm(double[] x, Tensor scale, Tensor shift) {
        double mean = Arrays.stream(x).average().orElseThrow();
        double variance =
                Arrays.stream(x).map(v -> (v - mean) * (v - mean)).average().orElseThrow();
        double[] out = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            double y = (x[i] - mean) / Math.sqrt(variance + 1e-5) * scale.toFloats()[i] + shift.toFloats()[i];
            out[i] = y * 0.5 * (1 + erf(y / Math.sqrt(2)));
        }
        return out;
    }

    /** To 1.5e-7: Abramowitz and Stegun, formula 7.1.26. */
    private static double erf(double x) {
        double t = 1 / (1 + 0.3275911 * Math.abs(x));
        double series =
                t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
        return Math.copySign(1 - series * Math.exp(-x * x), x);
    }

    @Test
    void otherClassesAreRefusedByName() throws IOException {
        write("ViltForMaskedLM", Map.of());
        ModelFormatException e = assertThrows(ModelFormatException.class, () -> VisualAnswerer.load(folder));
        assertTrue(e.getMessage().contains("ViltForMaskedLM"), e.getMessage());
        assertTrue(e.getMessage().contains("dandelin/vilt-b32-finetuned-vqa"), e.getMessage());
    }

    @Test
    void presetsAreThePublishedSizes() {
        assertEquals(List.of("blip-vqa-base", "vilt-b32-finetuned-vqa"), Presets.names());
        PretrainedAnswerer vilt = Presets.named("vilt-b32-finetuned-vqa", 1);
        assertEquals(3129, vilt.spec().answers().size());
        assertEquals(117_588_537L, vilt.parameters().count());
        vilt.close();
        PretrainedAnswerer blip = Presets.named("blip-vqa-base", 1);
        assertTrue(
                Math.abs(blip.parameters().count() - 361_000_000L) < 30_000_000L,
                "" + blip.parameters().count());
        blip.close();
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> Presets.named("vilt-b32-finetuned-vq", 1));
        assertTrue(e.getMessage().contains("Did you mean \"vilt-b32-finetuned-vqa\"?"), e.getMessage());
    }
}
