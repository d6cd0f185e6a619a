package org.fovea.studies.sequences;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.fovea.core.backend.Backend;
import org.fovea.core.backend.Precision;
import org.fovea.core.backend.Program;
import org.fovea.core.graph.Graph;
import org.fovea.core.graph.Value;
import org.fovea.core.metric.Likeliest;
import org.fovea.core.nn.Scope;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.train.Checkpoints;
import org.fovea.core.train.InitialParameters;
import org.fovea.core.train.Losses;
import org.fovea.core.train.Optimizer;
import org.fovea.core.train.Schedule;
import org.fovea.core.train.TrainingPlan;
import org.fovea.core.weights.Parameters;
import org.fovea.studies.StudyTask;

/**
 * Trains a translator on pairs drawn anew in every step, and lets it answer questions word by word.
 *
 * @param batch pairs of one step
 * @param rate the highest learning rate; it rises for a twentieth of the steps and falls along a cosine
 */
record SequenceStudy(Backend backend, SequenceTask task, Translator translator, int batch, int steps, double rate) {
    private static final String QUESTION = "question";
    private static final String SEEN = "seen";
    private static final String BEFORE = "before";
    private static final String ANSWER = "answer";
    private static final String LOGITS = "logits";
    private static final String ALIGNMENT = "alignment";

    /**
     * Answers to a batch of questions.
     *
     * @param alignment {@code [B, T, S]}
     */
    record Answers(List<SequenceTask.Pair> asked, List<String> given, Tensor alignment) {
        double exact() {
            long right = IntStream.range(0, given.size())
                    .filter(i -> given.get(i).equals(asked.get(i).answer()))
                    .count();
            return (double) right / given.size();
        }
    }

    private Graph graph() {
        Graph graph = new Graph();
        int words = task.alphabet().size();
        Value question = graph.indexInput(QUESTION, batch, task.questionLength());
        Value seen = graph.input(SEEN, batch, task.questionLength());
        Value before = graph.indexInput(BEFORE, batch, task.answerLength());
        Translator.Scores scores = translator.build(Scope.of(graph), words, question, seen, before);
        graph.output(LOGITS, scores.logits());
        graph.output(ALIGNMENT, scores.alignment());
        return graph;
    }

    /** Trains from a seed and returns the weights. */
    Parameters train(long seed) {
        StudyTask<Map<String, Tensor>> study = new StudyTask<>(
                this::loss, graph -> InitialParameters.of(graph, seed), inputs -> inputs, (inputs, outputs) -> {});
        TrainingPlan plan = TrainingPlan.builder(
                        Optimizer.adamW(0), new Schedule.Cosine(rate, rate / 10, 0, steps / 20, steps))
                .clipNorm(1)
                .epochs(StudyTask.parts(steps))
                .build();
        return study.train(
                backend,
                plan,
                StudyTask.drawn(batch, steps, step -> inputs(draw(new Random((seed << Integer.SIZE) + step)))),
                Checkpoints.none(),
                () -> "");
    }

    private Value loss() {
        Graph graph = graph();
        int words = task.alphabet().size();
        int places = batch * task.answerLength();
        Value logits = graph.outputs().get(LOGITS).reshape(places, words);
        return Losses.crossEntropy(logits, graph.input(ANSWER, places, words), 0);
    }

    private List<SequenceTask.Pair> draw(Random random) {
        return Stream.generate(() -> task.draw(random)).limit(batch).toList();
    }

    private Map<String, Tensor> inputs(List<SequenceTask.Pair> pairs) {
        int length = task.answerLength();
        int words = task.alphabet().size();
        int[] answers = new int[batch * length];
        float[] targets = new float[batch * length * words];
        for (int i = 0; i < batch; i++) {
            task.alphabet().encode(pairs.get(i).answer(), answers, i * length, length);
        }
        for (int i = 0; i < answers.length; i++) {
            targets[i * words + answers[i]] = 1;
        }
        Map<String, Tensor> inputs = questions(pairs);
        inputs.put(BEFORE, Tensor.of(shifted(answers), batch, length));
        inputs.put(ANSWER, Tensor.of(targets, batch * length, words));
        return inputs;
    }

    private int[] shifted(int[] answers) {
        int[] out = new int[answers.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = i % task.answerLength() == 0 ? Alphabet.START : answers[i - 1];
        }
        return out;
    }

    private Map<String, Tensor> questions(List<SequenceTask.Pair> pairs) {
        int length = task.questionLength();
        int[] questions = new int[batch * length];
        float[] seen = new float[batch * length];
        for (int i = 0; i < batch; i++) {
            task.alphabet().encode(pairs.get(i).question(), questions, i * length, length);
        }
        for (int i = 0; i < seen.length; i++) {
            seen[i] = questions[i] == Alphabet.PADDING ? 0 : 1;
        }
        Map<String, Tensor> inputs = new HashMap<>();
        inputs.put(QUESTION, Tensor.of(questions, batch, length));
        inputs.put(SEEN, Tensor.of(seen, batch, length));
        return inputs;
    }

    /** Answers to one batch of a task's pairs, each character the likeliest after those said before it. */
    Answers answer(Parameters learned, Random random) {
        int length = task.answerLength();
        int words = task.alphabet().size();
        List<SequenceTask.Pair> asked = draw(random);
        int[] said = new int[batch * length];
        Map<String, Tensor> inputs = questions(asked);
        Tensor alignment = null;
        try (Program program = backend.compile(graph(), learned, Precision.F32)) {
            for (int t = 0; t < length; t++) {
                inputs.put(BEFORE, Tensor.of(shifted(said), batch, length));
                Map<String, Tensor> results = program.run(inputs);
                float[] logits = results.get(LOGITS).toFloats();
                for (int i = 0; i < batch; i++) {
                    said[i * length + t] = Likeliest.of(logits, (i * length + t) * words, words);
                }
                alignment = results.get(ALIGNMENT);
            }
        }
        List<String> given = IntStream.range(0, batch)
                .mapToObj(i -> task.alphabet().decode(said, i * length, length))
                .toList();
        return new Answers(asked, given, alignment);
    }
}
