package org.fovea.captioning.hub;

import java.util.List;
import java.util.Map;
import org.fovea.captioning.model.CaptionerModel;
import org.fovea.core.config.ConfigFile;
import org.fovea.core.generate.TextModel;
import org.fovea.core.generate.TokenIds;
import org.fovea.core.hub.ModelDescription;
import org.fovea.core.hub.ModelPass;
import org.fovea.core.hub.ModelSpec;
import org.fovea.core.hub.ModelSummary;
import org.fovea.core.hub.NameTable;
import org.fovea.core.nn.VisionEncoder;
import org.fovea.core.tensor.Shape;

/**
 * A captioner as its {@code config.json} tells it.
 *
 * @param names of the weights
 * @param options configurations that may hold generation options, in order of precedence
 * @param tokens special tokens that the family fixes, whatever the options say
 */
public record CaptionerSpec(CaptionerModel model, NameTable names, List<ConfigFile> options, TokenIds tokens)
        implements ModelSpec {
    private static final int CAPTION_TOKENS = 20; // length of the caption whose operations are counted

    /** Copies the list. */
    public CaptionerSpec {
        options = List.copyOf(options);
    }

    @Override
    public Map<String, Shape> parameterShapes() {
        return model.parameterShapes();
    }

    @Override
    public ModelDescription describe() {
        VisionEncoder encoder = model.encoder();
        int seen = model.memoryTokens();
        ModelSummary summary = ModelSummary.empty()
                .row("encoder", encoder.describe())
                .row("decoder", model.describeDecoder())
                .image(encoder.channels(), encoder.imageHeight(), encoder.imageWidth())
                .row("image tokens", seen + ", the grid " + model.gridRows() + " x " + model.gridColumns())
                .fact("tokens", seen)
                .row("vocabulary", model.vocabulary() + " tokens, captions of " + model.positions() + " at most")
                .fact("vocabulary", model.vocabulary())
                .fact("positions", model.positions());
        int length = Math.min(CAPTION_TOKENS, model.positions());
        return new ModelDescription(
                summary,
                parameterShapes(),
                List.of(
                        ModelPass.of("encoder", "an image", model.look(1, length)),
                        ModelPass.of("decoder", "a token", model.step(new TextModel.Step(1, 1, 1, length, false)))));
    }
}
