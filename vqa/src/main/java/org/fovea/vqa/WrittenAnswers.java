package org.fovea.vqa;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.fovea.core.backend.Program;
import org.fovea.core.generate.CachedDecoder;
import org.fovea.core.generate.DecoderSession;
import org.fovea.core.generate.GenerationOptions;
import org.fovea.core.generate.TextGeneration;
import org.fovea.core.generate.TextGenerator;
import org.fovea.core.generate.TokenListener;
import org.fovea.core.hub.ProgramCache;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.text.Tokenizer;
import org.fovea.vqa.hub.PretrainedAnswerer;
import org.fovea.vqa.model.AnswererModel;
import org.fovea.vqa.model.AnswererModel.Detail;
import org.fovea.vqa.model.GenerativeAnswerer;

/** A model that writes its answers, or tells how likely it would write given ones. */
final class WrittenAnswers implements Answering {
    private final GenerativeAnswerer model;
    private final PretrainedAnswerer pretrained;
    private final AnswererOptions options;
    private final Tokenizer tokenizer;
    private final ProgramCache<Key> readers;
    private final CandidateLikelihoods likelihoods;
    private final Map<Integer, CachedDecoder> writers = new ConcurrentHashMap<>();

    private record Key(AnswererModel.Size size, Detail detail) {}

    WrittenAnswers(
            GenerativeAnswerer model, PretrainedAnswerer pretrained, Tokenizer tokenizer, AnswererOptions options) {
        this.model = model;
        this.pretrained = pretrained;
        this.options = options;
        this.tokenizer = tokenizer;
        this.readers = new ProgramCache<>(VisualAnswerer.NAME, key -> options.backend()
                .compile(model.read(key.size(), key.detail()), pretrained.parameters(), options.precision()));
        this.likelihoods = new CandidateLikelihoods(model, pretrained, tokenizer, options);
    }

    /** Generation options for a number of answers. */
    private GenerationOptions search(AnswerRequest request) {
        GenerationOptions own = pretrained.options();
        int beams = Math.max(own.search().beams(), request.top());
        return request.top() == 1 ? own.withSequences(1) : own.withBeams(beams).withSequences(request.top());
    }

    private int[] prompt() {
        return new int[] {pretrained.options().tokens().first()};
    }

    @Override
    public void check(AnswerRequest request) {
        if (request.candidates().isEmpty()) {
            new TextGenerator(search(request)).check(prompt(), model.decoder(model.paddedWords(1)));
        } else {
            likelihoods.check(request.candidates());
        }
    }

    @Override
    public List<Answers> answer(List<Query> queries, AnswerRequest request) {
        check(request);
        return QueryRows.run(model, queries, options.batch(), (rows, count) -> {
            Map<String, Tensor> read = read(rows, Detail.ANSWER);
            List<List<Answer>> all = request.candidates().isEmpty()
                    ? write(rows, read, request, false).stream()
                            .map(this::answers)
                            .toList()
                    : likelihoods.of(rows, read, request);
            return IntStream.range(0, count)
                    .mapToObj(row -> rows.queries().get(row).answers(all.get(row)))
                    .toList();
        });
    }

    /** States of the questions, with the mask that hides their padding. */
    private Map<String, Tensor> read(QueryRows rows, Detail detail) {
        Map<String, Tensor> inputs = rows.inputs();
        Program reader = readers.get(new Key(rows.size(), detail));
        Tensor mask = inputs.get(AnswererModel.QUESTION_MASK);
        inputs.keySet().retainAll(model.inputs());
        Map<String, Tensor> out = new LinkedHashMap<>(reader.run(inputs));
        out.put(AnswererModel.QUESTION_MASK, mask);
        return out;
    }

    private List<List<TextGeneration>> write(
            QueryRows rows, Map<String, Tensor> read, AnswerRequest request, boolean attention) {
        TextGenerator generator = new TextGenerator(search(request));
        int[] prompt = prompt();
        int longest = generator.options().lengths().maxLength(prompt.length);
        Map<String, Tensor> inputs = Map.of(
                GenerativeAnswerer.STATES,
                read.get(GenerativeAnswerer.STATES),
                AnswererModel.QUESTION_MASK,
                read.get(AnswererModel.QUESTION_MASK));
        int questions = rows.size().rows();
        try (DecoderSession session =
                writer(rows.size().words()).start(inputs, questions, generator.rowsPerImage(), longest, attention)) {
            return generator.generate(session, questions, prompt, TokenListener.NONE);
        }
    }

    private CachedDecoder writer(int words) {
        return writers.computeIfAbsent(
                words,
                w -> new CachedDecoder(
                        VisualAnswerer.NAME,
                        model.decoder(w),
                        options.backend(),
                        pretrained.parameters(),
                        options.precision()));
    }

    /** Answers without duplicates: beams may end with the same wording, of which the most likely is kept. */
    private List<Answer> answers(List<TextGeneration> texts) {
        Map<String, Answer> out = new LinkedHashMap<>();
        for (TextGeneration text : texts) {
            String answer = tokenizer.decode(text.ids()).strip();
            double log = text.logProbabilities().stream()
                    .mapToDouble(Double::doubleValue)
                    .sum();
            out.putIfAbsent(answer, new Answer(answer, Math.exp(log)));
        }
        return List.copyOf(out.values());
    }

    /** {@inheritDoc} The question is not padded, since its maps would have to be cropped to its words otherwise. */
    @Override
    public Explained explain(Query query, AnswerRequest request) {
        check(request);
        QueryRows rows = QueryRows.exact(model, query);
        Map<String, Tensor> read = read(rows, Detail.GAZE);
        List<Answer> answers;
        List<Double> words;
        if (request.candidates().isEmpty()) {
            List<TextGeneration> texts = write(rows, read, request, true).get(0);
            answers = answers(texts);
            words = weights(texts.get(0).attention(), query.ids().size());
        } else {
            answers = likelihoods.of(rows, read, request).get(0);
            words = Collections.nCopies(query.ids().size(), 1.0 / query.ids().size());
        }
        return new Explained(
                query.answers(answers), model.gaze(read, words, query.image().grid()));
    }

    /** Attention to each word of the question: the mean over the answer's tokens, layers and heads. */
    private static List<Double> weights(List<Tensor> attention, int words) {
        double[] out = new double[words];
        for (Tensor token : attention) { // [layers, heads, T]
            float[] all = token.toFloats();
            int heads = all.length / words;
            for (int i = 0; i < all.length; i++) {
                out[i % words] += all[i] / ((double) heads * attention.size());
            }
        }
        return Arrays.stream(out).boxed().toList();
    }

    @Override
    public Map<String, Tensor> dump(Query query, AnswerRequest request) {
        QueryRows rows = QueryRows.exact(model, query);
        Map<String, Tensor> read = read(rows, Detail.EVERYTHING);
        Map<String, Tensor> out = new LinkedHashMap<>();
        out.put(AnswererModel.QUESTION, rows.inputs().get(AnswererModel.QUESTION));
        out.putAll(read);
        List<TextGeneration> texts =
                write(rows, read, request.withCandidates(List.of()), false).get(0);
        out.put("sequences", TextGeneration.sequences(texts, search(request).filling()));
        return out;
    }

    @Override
    public void close() {
        try {
            readers.close();
        } finally {
            try {
                likelihoods.close();
            } finally {
                writers.values().forEach(CachedDecoder::close);
            }
        }
    }
}
