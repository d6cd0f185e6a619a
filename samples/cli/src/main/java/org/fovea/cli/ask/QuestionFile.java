package org.fovea.cli.ask;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fovea.cli.terminal.FailureException;
import org.fovea.cli.terminal.JsonLines;

/** The file of {@code --questions}: an image and a question a line. */
final class QuestionFile {
    private static final String FORM = "{\"image\": \"photo.jpg\", \"question\": \"what is it?\"}";

    private QuestionFile() {}

    private record Asked(String image, String question) {}

    /**
     * Reads the questions of each image, with the images in the order of their first occurrence.
     *
     * @param file file, to whose folder the images' paths are relative; {@code -} for standard input, with paths relative to
     *     the working directory
     */
    static Questions read(String file) throws IOException {
        Path folder =
                file.equals(JsonLines.STANDARD_INPUT) ? null : Path.of(file).getParent();
        Map<String, List<String>> out = new LinkedHashMap<>();
        for (Asked asked : new JsonLines(file, "question", FORM).read(line -> asked(line, folder))) {
            out.computeIfAbsent(asked.image(), image -> new ArrayList<>()).add(asked.question());
        }
        return new Questions(List.of(), out);
    }

    private static Asked asked(JsonLines.Line line, Path folder) {
        String image = line.text("image");
        try {
            Path path = folder == null ? Path.of(image) : folder.resolve(image);
            return new Asked(path.toString(), line.text("question"));
        } catch (InvalidPathException e) {
            throw new FailureException(
                    line.place() + " must name an image, got '" + image + "', no path on this system", e);
        }
    }
}
