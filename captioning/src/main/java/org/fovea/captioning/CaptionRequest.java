package org.fovea.captioning;

import java.util.function.UnaryOperator;
import org.fovea.core.generate.GenerationOptions;

/**
 * Request for captions; {@link ImageCaptioner#request} is the start.
 *
 * @param prompt words that each caption begins with; may be empty
 * @param options options of generation
 */
public record CaptionRequest(String prompt, GenerationOptions options) {
    /** Copy with another prompt. */
    public CaptionRequest withPrompt(String words) {
        return new CaptionRequest(words, options);
    }

    /** Copy with changed options. */
    public CaptionRequest with(UnaryOperator<GenerationOptions> change) {
        return new CaptionRequest(prompt, change.apply(options));
    }
}
