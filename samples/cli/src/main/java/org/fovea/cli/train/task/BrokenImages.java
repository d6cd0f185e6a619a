package org.fovea.cli.train.task;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import org.fovea.cli.terminal.Table;
import org.fovea.core.data.BrokenImage;

/** Broken images, which a score leaves out, in its report. */
public final class BrokenImages {
    private BrokenImages() {}

    /** Adds a row with the number of broken images, if there are any. */
    public static void row(Table table, List<BrokenImage> broken) {
        if (!broken.isEmpty()) {
            table.row("broken images", broken.size());
        }
    }

    /** Writes the field {@code broken} with the names of broken images. */
    public static void field(JsonGenerator json, List<BrokenImage> broken) throws IOException {
        json.writeArrayFieldStart("broken");
        for (BrokenImage image : broken) {
            json.writeString(image.name());
        }
        json.writeEndArray();
    }
}
