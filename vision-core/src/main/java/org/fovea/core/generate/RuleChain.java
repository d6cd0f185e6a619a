package org.fovea.core.generate;

import java.util.ArrayList;
import java.util.List;

/** The rules that options ask for, in the reference's order. */
final class RuleChain implements TokenRule {
    private final List<TokenRule> rules = new ArrayList<>();

    RuleChain(GenerationOptions options, int prompt) {
        TokenRules tokens = options.rules();
        List<Integer> end = options.tokens().end();
        LengthLimits lengths = options.lengths();
        add(tokens.repetitionPenalty() != 1, TokenRule.repetitionPenalty(tokens.repetitionPenalty()));
        add(tokens.noRepeatNgram() > 0, TokenRule.noRepeatNgram(tokens.noRepeatNgram()));
        List<List<Integer>> bad = tokens.badWords().stream()
                .filter(word -> word.size() > 1 || !end.contains(word.get(0))) // the end token is never a bad word
                .toList();
        add(!bad.isEmpty(), TokenRule.badWords(bad));
        add(lengths.minLength(prompt) > 0, TokenRule.minLength(lengths.minLength(prompt), end));
        add(tokens.forcedBegin() != TokenIds.NONE, TokenRule.forced(1, List.of(tokens.forcedBegin())));
        add(!tokens.forcedEnd().isEmpty(), TokenRule.forced(lengths.maxLength(prompt) - 1, tokens.forcedEnd()));
        if (options.sampling().enabled()) {
            addSampling(options.sampling(), options.search().beams() > 1 ? end.size() + 1 : 1);
        }
        add(tokens.renormalize(), TokenRule.renormalize());
    }

    private void addSampling(Sampling s, int kept) {
        add(s.temperature() != 1, SamplingRule.temperature(s.temperature()));
        add(s.topK() > 0, SamplingRule.topK(s.topK(), kept));
        add(s.topP() < 1, SamplingRule.topP(s.topP(), kept));
        add(s.minP() > 0, SamplingRule.minP(s.minP(), kept));
        add(s.typicalP() < 1, SamplingRule.typical(s.typicalP(), kept));
    }

    private void add(boolean wanted, TokenRule rule) {
        if (wanted) {
            rules.add(rule);
        }
    }

    @Override
    public void apply(int[] text, float[] scores) {
        rules.forEach(rule -> rule.apply(text, scores));
    }
}
