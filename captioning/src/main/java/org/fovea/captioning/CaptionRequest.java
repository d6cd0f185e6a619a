package org.fovea.captioning;

import java.util.function.UnaryOperator;
import org.fovea.core.generate.GenerationOptions;

/**
 * Request for captions; {@link ImageCaptioner#request} is the start.
 *
 * @param prompt words that each caption begins with; may be empty
 * @param options of generation
 */
public record CaptionRequest(String prompt, GenerationOptions options) {
    /** The same with other words to begin with. */
    public CaptionRequest withPrompt(String words) {
        return new CaptionRequest(words, options);
    }

    /** The same with other options, made of these. */
    public CaptionRequest with(UnaryOperator<GenerationOptions> change) {
        return new CaptionRequest(prompt, change.apply(options));
    }
}
