package org.fovea.core.data.scenes;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.random.RandomGenerator;
import javax.imageio.ImageIO;
import org.fovea.core.io.AtomicFile;
import org.fovea.core.io.JsonText;

/**
 * Scenes as files that other tools read: {@code images/}, masks in {@code instances/} (0 for the background, i + 1 for object
 * i) and {@code shapes/} (0, or the shape's number from 1), {@code captions.jsonl} and {@code questions.jsonl}. The lists come
 * last, and each file appears whole or not at all.
 */
public final class SceneFolder {
    private static final String CAPTIONS = "captions.jsonl";

    private final Path folder;
    private final SceneDataset scenes;
    private final List<String> captions = new ArrayList<>();
    private final List<String> questions = new ArrayList<>();

    private SceneFolder(Path folder, SceneDataset scenes) {
        this.folder = folder;
        this.scenes = scenes;
    }

    /**
     * Writes all samples of a data set.
     *
     * @param folder created if it is missing
     * @param written called after each picture
     * @throws IllegalArgumentException when the folder contains scenes already
     * @throws IOException when a file cannot be written
     */
    public static void write(Path folder, SceneDataset scenes, Runnable written) throws IOException {
        if (Files.exists(folder.resolve(CAPTIONS))) {
            throw new IllegalArgumentException(
                    folder + ": must not hold scenes already, got one with " + CAPTIONS + "; name another folder");
        }
        SceneFolder out = new SceneFolder(folder, scenes);
        for (String name : List.of("images", "instances", "shapes")) {
            Files.createDirectories(folder.resolve(name));
        }
        for (int i = 0; i < scenes.size(); i++) {
            out.add(i);
            written.run();
        }
        AtomicFile.write(folder.resolve("questions.jsonl"), String.join("", out.questions));
        AtomicFile.write(folder.resolve(CAPTIONS), String.join("", out.captions));
    }

    private void add(int index) throws IOException {
        SceneSample sample = scenes.get(index);
        String file = String.format(Locale.ROOT, "%06d.png", index);
        sample.picture().writePng(folder.resolve("images").resolve(file));
        int width = sample.picture().width();
        mask("instances", file, SceneMasks.instances(sample.scene(), scenes.pixels()), width);
        mask("shapes", file, SceneMasks.shapes(sample.scene(), scenes.pixels()), width);
        String image = "images/" + file;
        captions.add(JsonText.line(captionLine(image, sample)) + "\n");
        RandomGenerator random = scenes.random(~(long) index);
        for (SceneQuestion.Kind kind : SceneQuestion.Kind.values()) {
            QuestionWriter.write(sample.scene(), kind, random)
                    .ifPresent(question -> questions.add(JsonText.line(questionLine(image, question)) + "\n"));
        }
    }

    private static Map<String, Object> captionLine(String image, SceneSample sample) {
        List<List<List<Integer>>> objects = sample.captions().stream()
                .map(caption ->
                        caption.words().stream().map(SceneCaption.Word::objects).toList())
                .toList();
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("image", image);
        line.put("captions", sample.texts());
        line.put("objects", objects); // for each word of each caption
        return line;
    }

    private static Map<String, Object> questionLine(String image, SceneQuestion question) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("image", image);
        line.put("question", question.text());
        line.put("answer", question.answer());
        line.put("question_type", question.kind().name().toLowerCase(Locale.ROOT));
        line.put("objects", question.objects());
        return line;
    }

    private void mask(String kind, String file, int[] values, int width) throws IOException {
        BufferedImage image = new BufferedImage(width, values.length / width, BufferedImage.TYPE_BYTE_GRAY);
        image.getRaster().setSamples(0, 0, width, values.length / width, 0, values);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(image, "png", bytes);
        AtomicFile.write(folder.resolve(kind).resolve(file), bytes.toByteArray());
    }
}
