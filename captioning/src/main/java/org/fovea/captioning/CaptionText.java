package org.fovea.captioning;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.fovea.core.generate.TextGeneration;
import org.fovea.core.text.Tokenizer;

/** Converts tokens to text and words. */
record CaptionText(Tokenizer tokenizer) {
    Caption caption(TextGeneration generation) {
        int[] ids = generation.ids();
        String text = tokenizer.decode(ids).strip();
        return new Caption(text, generation.score(), generation.tokens(), words(generation, text));
    }

    /** Words of the new tokens: a token belongs to the word in which the text up to it ends, special tokens to none. */
    private List<CaptionWord> words(TextGeneration generation, String text) {
        int[] ids = generation.ids();
        String[] all = text.isEmpty() ? new String[0] : text.split("\\s+");
        List<CaptionWord> out = new ArrayList<>();
        String before =
                tokenizer.decode(Arrays.copyOf(ids, generation.promptLength())).strip();
        int open = -1; // index of the word that the last entry of the list stands for
        for (int i = 0; i < generation.newTokens().size(); i++) {
            String now = tokenizer
                    .decode(Arrays.copyOf(ids, generation.promptLength() + i + 1))
                    .strip();
            int word = Math.min(count(now), all.length) - 1;
            double log = generation.logProbabilities().get(i);
            if (now.equals(before) || word < 0) {
                continue;
            }
            if (word == open) {
                CaptionWord last = out.remove(out.size() - 1);
                int tokens = i + 1 - last.firstToken();
                out.add(new CaptionWord(all[word], last.logProbability() + log, last.firstToken(), tokens));
            } else {
                out.add(new CaptionWord(all[word], log, i, 1));
            }
            open = word;
            before = now;
        }
        return out;
    }

    private static int count(String text) {
        return text.isEmpty() ? 0 : text.split("\\s+").length;
    }
}
