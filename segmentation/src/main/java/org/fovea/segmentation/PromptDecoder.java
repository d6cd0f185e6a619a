package org.fovea.segmentation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.fovea.core.backend.WeightSource;
import org.fovea.core.hub.ProgramCache;
import org.fovea.core.tensor.Tensor;
import org.fovea.segmentation.model.Sam;

/** Decodes prompts in batches of one form; programs are compiled when they are first needed. Thread-safe. */
final class PromptDecoder implements AutoCloseable {
    private final int batch;
    private final ProgramCache<Sam.Form> programs;

    /** @param weights weights with the image's positional features, see {@link Sam#prepared} */
    PromptDecoder(Sam model, WeightSource weights, PromptSegmenterOptions options) {
        this.batch = options.batch();
        this.programs = new ProgramCache<>(
                "PromptSegmenter", form -> options.backend().compile(model.masks(form), weights, options.precision()));
    }

    /** Masks and scores of each prompt, in the prompts' order. */
    List<Decoded> decode(List<Prompt> prompts, MaskFrame frame, Tensor tokens) {
        Map<PromptInputs.Form, List<Integer>> alike = new LinkedHashMap<>();
        for (int i = 0; i < prompts.size(); i++) {
            alike.computeIfAbsent(PromptInputs.Form.of(prompts.get(i)), form -> new ArrayList<>())
                    .add(i);
        }
        Decoded[] out = new Decoded[prompts.size()];
        alike.forEach((form, indices) -> {
            int from = 0;
            while (from < indices.size()) {
                int left = indices.size() - from;
                int rows = 2 * left > batch ? batch : 1; // a last batch that is more than half full is padded
                List<Integer> part = indices.subList(from, Math.min(indices.size(), from + rows));
                List<Prompt> some = part.stream().map(prompts::get).toList();
                List<Decoded> decoded =
                        split(run(form.of(rows, false), () -> PromptInputs.of(some, rows, frame, tokens)));
                for (int i = 0; i < part.size(); i++) {
                    out[part.get(i)] = decoded.get(i);
                }
                from += rows;
            }
        });
        return List.of(out);
    }

    /** All outputs of the model for one prompt. */
    Map<String, Tensor> decode(Prompt prompt, MaskFrame frame, Tensor tokens, boolean attention) {
        PromptInputs.Form form = PromptInputs.Form.of(prompt);
        return run(form.of(1, attention), () -> PromptInputs.of(List.of(prompt), 1, frame, tokens));
    }

    private Map<String, Tensor> run(Sam.Form form, Supplier<Map<String, Tensor>> inputs) {
        return programs.get(form).run(inputs.get());
    }

    /** Splits outputs into the results of each prompt. */
    static List<Decoded> split(Map<String, Tensor> results) {
        float[] logits = results.get(Sam.MASKS).toFloats();
        float[] scores = results.get(Sam.SCORES).toFloats();
        int rows = results.get(Sam.SCORES).shape().dim(0);
        int pixels = logits.length / rows;
        int masks = scores.length / rows;
        List<Decoded> out = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
            out.add(new Decoded(
                    Arrays.copyOfRange(logits, i * pixels, (i + 1) * pixels),
                    Arrays.copyOfRange(scores, i * masks, (i + 1) * masks)));
        }
        return out;
    }

    @Override
    public void close() {
        programs.close();
    }
}
