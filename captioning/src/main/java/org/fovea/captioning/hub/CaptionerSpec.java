package org.fovea.captioning.hub;

import java.util.List;
import org.fovea.captioning.model.CaptionerModel;
import org.fovea.core.config.ConfigFile;
import org.fovea.core.generate.TokenIds;
import org.fovea.core.hub.NameTable;

/**
 * A captioner as its {@code config.json} tells it.
 *
 * @param names of the weights
 * @param options configurations that may hold options of generation, the first being asked first
 * @param tokens that the family fixes, whatever the options say
 */
public record CaptionerSpec(CaptionerModel model, NameTable names, List<ConfigFile> options, TokenIds tokens) {
    /** Copies the list. */
    public CaptionerSpec {
        options = List.copyOf(options);
    }
}
