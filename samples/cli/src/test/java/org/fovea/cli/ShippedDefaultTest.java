package org.fovea.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.fovea.vit.hub.ClassifierWriter;
import org.fovea.vit.hub.Preprocessing;
import org.fovea.vit.hub.PretrainedModel;
import org.fovea.vit.model.CctConfig;
import org.fovea.vit.model.CctPresets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands that work without {@code --model} where a jar with the default model comes first on the class path. */
class ShippedDefaultTest {
    private static final String MODELS = "org/fovea/vit/models/";
    private static final List<String> LABELS =
            List.of("airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck");

    @TempDir
    Path folder;

    private Path jar;

    @BeforeEach
    void makeJar() throws IOException {
        Path checkpoint = folder.resolve("checkpoint");
        CctConfig config = CctPresets.cct2();
        List<Double> half = List.of(0.5, 0.5, 0.5);
        ClassifierWriter.of(config, LABELS, new Preprocessing(32, 32, Preprocessing.Fit.STRETCH, half, half))
                .save(checkpoint, config.randomParameters(1));
        jar = folder.resolve("models.jar");
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file)) {
            add(out, "names.txt", "cifar10\n".getBytes(StandardCharsets.UTF_8));
            add(out, "cifar10/card.md", "# cifar10\n\nTen classes.\n".getBytes(StandardCharsets.UTF_8));
            for (String name : List.of("config.json", "preprocessor_config.json", "model.safetensors")) {
                add(out, "cifar10/" + name, Files.readAllBytes(checkpoint.resolve(name)));
            }
        }
    }

    private static void add(JarOutputStream jar, String name, byte[] content) throws IOException {
        jar.putNextEntry(new JarEntry(MODELS + name));
        jar.write(content);
        jar.closeEntry();
    }

    private Cli run(Object... arguments) throws IOException, InterruptedException {
        ProcessBuilder process = Cli.process(arguments);
        List<String> command = process.command();
        int classPath = command.indexOf("-cp") + 1;
        command.set(classPath, jar + System.getProperty("path.separator") + command.get(classPath));
        process.environment().put("XDG_CACHE_HOME", folder.resolve("cache").toString());
        return Cli.spawn("", process);
    }

    @Test
    void defaultAnswersAndSaysWhichClassesItKnows() throws IOException, InterruptedException {
        Cli unnamed = run("classify", "-f", "json", Cli.photo());
        assertEquals(0, unnamed.exitCode(), unnamed.err());
        assertTrue(
                unnamed.err().contains("cifar10 answers, which knows only " + String.join(", ", LABELS)),
                unnamed.err());
        String label = unnamed.json().get(0).at("/predictions/0/label").asText();
        assertTrue(LABELS.contains(label), unnamed.out());
        Cli named = run("classify", "-m", "cifar10", "-f", "json", Cli.photo());
        assertEquals(unnamed.out(), named.out());
        assertEquals("", named.err());
    }

    @Test
    void trainingStartsFromItByName() throws IOException, InterruptedException {
        Path data = folder.resolve("data");
        Path output = folder.resolve("run");
        ColorSquares.make(data);
        Cli tuned = run("train", "-d", data, "-o", output, "-m", "cifar10", "--freeze-backbone", "-e", 1, "-b", 8);
        assertEquals(0, tuned.exitCode(), tuned.err());
        try (PretrainedModel model = PretrainedModel.open(output)) {
            assertEquals(List.of("green", "red"), model.labels());
        }
    }

    @Test
    void modelsListsIt() throws IOException, InterruptedException {
        Cli models = run("models");
        assertEquals("cifar10  Ten classes.", models.out().strip(), models.err());
    }
}
