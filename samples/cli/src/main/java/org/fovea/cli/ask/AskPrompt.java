package org.fovea.cli.ask;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import org.fovea.cli.images.ImageRunOptions;
import org.fovea.cli.terminal.ExitCode;
import org.fovea.cli.terminal.Screen;
import org.fovea.core.image.ImageException;
import org.fovea.vqa.AnswerRequest;
import org.fovea.vqa.EmbeddedImage;
import org.fovea.vqa.VisualAnswerer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Questions one after another about an image that is looked at once. */
record AskPrompt(CommandSpec spec, AskOptions options, List<String> candidates, ImageRunOptions run) {
    private static final String OTHER_IMAGE = "@";

    /** Runs the prompt until the input ends and returns the command's exit code. */
    int answerLines() throws IOException {
        AnswerRequest request = new AnswerRequest(options.top, candidates);
        try (VisualAnswerer answerer = open(request)) {
            EmbeddedImage image = embed(answerer, run.paths().get(0));
            BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            for (String line = next(lines); line != null; line = next(lines)) {
                if (line.startsWith(OTHER_IMAGE)) {
                    image = other(answerer, image, line.substring(OTHER_IMAGE.length()));
                } else if (!line.isBlank()) {
                    answer(answerer, image, line.strip(), request);
                }
            }
        }
        return ExitCode.DONE;
    }

    private VisualAnswerer open(AnswerRequest request) {
        try {
            VisualAnswerer answerer = AskTask.open(options, run.startBackend(), 1);
            try {
                answerer.check(request);
                return answerer;
            } catch (RuntimeException e) {
                answerer.close();
                throw e;
            }
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage());
        }
    }

    private String next(BufferedReader lines) throws IOException {
        if (Screen.isErr()) {
            err().print("? ");
            err().flush();
        }
        return lines.readLine();
    }

    private EmbeddedImage embed(VisualAnswerer answerer, String path) {
        return answerer.embed(run.decoder().decode(Path.of(path)));
    }

    private EmbeddedImage other(VisualAnswerer answerer, EmbeddedImage image, String path) {
        try {
            return embed(answerer, path.strip());
        } catch (ImageException | InvalidPathException e) {
            say(e.getMessage());
            return image;
        }
    }

    private void answer(VisualAnswerer answerer, EmbeddedImage image, String question, AnswerRequest request) {
        try {
            answerer.check(question);
        } catch (IllegalArgumentException e) {
            say(e.getMessage());
            return;
        }
        PrintWriter out = spec.commandLine().getOut();
        AskView.lines(answerer.ask(image, List.of(question), request).get(0)).forEach(out::println);
        out.flush();
    }

    private void say(String problem) {
        err().println("fovea: " + problem);
        err().flush();
    }

    private PrintWriter err() {
        return spec.commandLine().getErr();
    }
}
