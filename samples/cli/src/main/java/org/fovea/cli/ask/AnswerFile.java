package org.fovea.cli.ask;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.fovea.cli.terminal.FailureException;

/** The file of {@code --answers}: an answer a line. */
final class AnswerFile {
    private AnswerFile() {}

    /**
     * Answers, stripped of surrounding space.
     *
     * @throws FailureException when there are no answers, or one occurs twice
     */
    static List<String> read(Path file) throws IOException {
        List<String> lines;
        try {
            lines = Files.readAllLines(file);
        } catch (MalformedInputException e) {
            throw new FailureException(file + ": must be text in UTF-8, got other bytes; convert it with iconv", e);
        }
        List<String> out = new ArrayList<>();
        Map<String, Integer> numbers = new HashMap<>();
        for (int i = 0; i < lines.size(); i++) {
            String answer = lines.get(i).strip();
            if (answer.isEmpty()) {
                continue;
            }
            Integer before = numbers.put(answer, i + 1);
            if (before != null) {
                throw new FailureException(file + ": every answer must be there once, got '" + answer + "' in lines "
                        + before + " and " + (i + 1) + "; remove one, or run sort -u");
            }
            out.add(answer);
        }
        if (out.isEmpty()) {
            throw new FailureException(file + ": must hold answers, one a line, got none");
        }
        return out;
    }
}
