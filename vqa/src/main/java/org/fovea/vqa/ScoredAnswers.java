package org.fovea.vqa;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.fovea.core.graph.Graph;
import org.fovea.core.hub.ProgramCache;
import org.fovea.core.tensor.Tensor;
import org.fovea.vqa.hub.AnswererSpec;
import org.fovea.vqa.hub.PretrainedAnswerer;
import org.fovea.vqa.model.AnswererModel;
import org.fovea.vqa.model.AnswererModel.Detail;
import org.fovea.vqa.model.ClosedAnswerer;

/** A model that scores every answer of a list. */
final class ScoredAnswers implements Answering {
    private final ClosedAnswerer model;
    private final AnswererSpec spec;
    private final Map<String, Integer> numbers = new LinkedHashMap<>();
    private final int batch;
    private final ProgramCache<Key> programs;

    private record Key(AnswererModel.Size size, Detail detail) {}

    ScoredAnswers(ClosedAnswerer model, PretrainedAnswerer pretrained, AnswererOptions options) {
        this.model = model;
        this.spec = pretrained.spec();
        this.batch = options.batch();
        for (int i = 0; i < spec.answers().size(); i++) {
            numbers.putIfAbsent(spec.answers().get(i), i);
        }
        this.programs = new ProgramCache<>(VisualAnswerer.NAME, VisualAnswerer.MOST_PROGRAMS, key -> options.backend()
                .compile(graph(key), pretrained.parameters(), options.precision()));
    }

    private Graph graph(Key key) {
        return model.answer(key.size(), key.detail());
    }

    @Override
    public void check(AnswerRequest request) {
        List<String> lacking = request.candidates().stream()
                .filter(answer -> !numbers.containsKey(answer))
                .toList();
        if (!lacking.isEmpty()) {
            throw new IllegalArgumentException("ask: answers to choose among must be some of the model's "
                    + spec.answers().size() + ", got " + lacking.size() + " others, the first being \""
                    + lacking.get(0) + "\"; remove them, or ask a model that writes its answers");
        }
    }

    @Override
    public List<Answers> answer(List<Query> queries, AnswerRequest request) {
        check(request);
        return QueryRows.run(model, queries, batch, (rows, count) -> {
            float[] logits = run(rows, Detail.ANSWER).get(AnswererModel.LOGITS).toFloats();
            return IntStream.range(0, count)
                    .mapToObj(row -> rows.queries().get(row).answers(ranked(logits, row, request)))
                    .toList();
        });
    }

    private Map<String, Tensor> run(QueryRows rows, Detail detail) {
        Key key = new Key(rows.size(), detail);
        Map<String, Tensor> inputs = rows.inputs();
        inputs.keySet().retainAll(model.inputs());
        return programs.run(key, inputs);
    }

    private List<Answer> ranked(float[] logits, int row, AnswerRequest request) {
        int count = model.answers();
        float[] scores = Arrays.copyOfRange(logits, row * count, (row + 1) * count);
        double[] probabilities = probabilities(scores);
        List<Integer> among = new ArrayList<>();
        if (request.candidates().isEmpty()) {
            IntStream.range(0, count).forEach(among::add);
        } else {
            request.candidates().forEach(answer -> among.add(numbers.get(answer)));
        }
        return among.stream()
                .sorted(Comparator.comparingDouble(answer -> -scores[answer]))
                .limit(request.top())
                .map(answer -> new Answer(spec.answers().get(answer), probabilities[answer]))
                .toList();
    }

    private double[] probabilities(float[] logits) {
        if (spec.link() == AnswererSpec.Link.SIGMOID) {
            return IntStream.range(0, logits.length)
                    .mapToDouble(i -> 1 / (1 + Math.exp(-logits[i])))
                    .toArray();
        }
        double most = IntStream.range(0, logits.length)
                .mapToDouble(i -> logits[i])
                .max()
                .orElseThrow();
        double[] out = IntStream.range(0, logits.length)
                .mapToDouble(i -> Math.exp(logits[i] - most))
                .toArray();
        double sum = Arrays.stream(out).sum();
        return Arrays.stream(out).map(p -> p / sum).toArray();
    }

    @Override
    public Explained explain(Query query, AnswerRequest request) {
        check(request);
        QueryRows rows = QueryRows.exact(model, query);
        Map<String, Tensor> outputs = run(rows, Detail.GAZE);
        List<Answer> ranked = ranked(outputs.get(AnswererModel.LOGITS).toFloats(), 0, request);
        return new Explained(
                query.answers(ranked),
                model.gaze(outputs, query.ids().size(), query.image().grid()));
    }

    @Override
    public Map<String, Tensor> dump(Query query, AnswerRequest request) {
        QueryRows rows = QueryRows.exact(model, query);
        Map<String, Tensor> out = new LinkedHashMap<>();
        out.put(AnswererModel.QUESTION, rows.inputs().get(AnswererModel.QUESTION));
        out.putAll(run(rows, Detail.EVERYTHING));
        return out;
    }

    @Override
    public void close() {
        programs.close();
    }
}
