package org.fovea.studies.answers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.fovea.core.data.DataFiles;
import org.fovea.vqa.train.AnsweredImage;
import org.fovea.vqa.train.AnsweredQuestion;

/**
 * easy-VQA as its author publishes it: pictures of one shape in one color, with questions about them.
 *
 * @see <a href="https://github.com/vzhou842/easy-VQA">easy-VQA</a>
 */
final class EasyVqaData {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> SHAPES = Set.of("circle", "rectangle", "triangle");

    private EasyVqaData() {}

    /**
     * Reads one part.
     *
     * @param split {@code train} or {@code test}
     * @throws IOException when the list of questions cannot be read
     */
    static List<AnsweredImage> read(DataFiles files, String split) throws IOException {
        Map<Integer, List<AnsweredQuestion>> byImage = new TreeMap<>();
        try (InputStream text = files.stream(split + "/questions.json")) {
            for (JsonNode row : JSON.readTree(text)) { // [question, answer, number of the image]
                String answer = row.get(1).asText();
                AnsweredQuestion question =
                        new AnsweredQuestion(row.get(0).asText(), List.of(answer), "", type(answer));
                byImage.computeIfAbsent(row.get(2).asInt(), number -> new ArrayList<>())
                        .add(question);
            }
        }
        List<AnsweredImage> out = new ArrayList<>();
        byImage.forEach((number, questions) -> {
            String path = split + "/images/" + number + ".png";
            out.add(new AnsweredImage(files.name(path), files.source(path), questions));
        });
        return out;
    }

    private static String type(String answer) {
        if (answer.equals("yes") || answer.equals("no")) {
            return "yes/no";
        }
        return SHAPES.contains(answer) ? "shape" : "color";
    }
}
