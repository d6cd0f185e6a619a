package org.fovea.cli.ask;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.fovea.cli.images.ImageOutput;
import org.fovea.cli.images.ImageRunOptions;
import org.fovea.cli.images.PictureFiles;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * {@code fovea ask}. Its members mention no classes of visual question answering, since picocli inspects the members of all
 * commands at every start and would load them.
 */
@Command(
        name = "ask",
        description = "Answers questions about images.",
        sortOptions = false,
        modelTransformer = OptionalPaths.class,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:all questions were answered",
            "1:some images were not read, each line says why; or the checkpoint or a file is wrong",
            "2:the command line is wrong"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  fovea ask -m vilt-b32-finetuned-vqa -q 'how many cats are there?' cat.jpg",
            "  fovea ask -m vilt-b32-finetuned-vqa -q 'what color is it?' --top 5 --attention maps cat.jpg",
            "  fovea ask -m blip-vqa-base -q 'what animal is it?' --answers animals.txt photos",
            "  fovea ask -m blip-vqa-base --questions questions.jsonl -f json --resume done.jsonl",
            "  fovea ask -m blip-vqa-base -i cat.jpg"
        })
public final class AskCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private AskOptions options;

    @Mixin
    private ImageRunOptions run;

    @Override
    public Integer call() throws IOException {
        options.check(run.paths());
        run.check();
        List<String> candidates = options.answerFile == null ? List.of() : AnswerFile.read(options.answerFile);
        if (options.interactive) {
            return new AskPrompt(spec, options, candidates, run).answerLines();
        }
        Questions questions = questions();
        Optional<PictureFiles> figures = PictureFiles.wanted(options.attention, "-gaze");
        List<ImageOutput> outputs = figures.<List<ImageOutput>>map(List::of).orElse(List.of());
        return run.run(
                new AskView(questions),
                options.dump,
                outputs,
                (backend, batch) -> AskTask.load(options, questions, candidates, figures, backend, batch));
    }

    private Questions questions() throws IOException {
        if (options.questionFile == null) {
            return new Questions(List.copyOf(options.questions), Map.of());
        }
        Questions questions = QuestionFile.read(options.questionFile);
        run.setPaths(List.copyOf(questions.ofEach().keySet()));
        return questions;
    }
}
