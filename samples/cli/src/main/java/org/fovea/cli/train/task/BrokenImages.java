package org.fovea.cli.train.task;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import org.fovea.cli.terminal.Table;
import org.fovea.core.data.BrokenImage;

/** Broken images, which a score leaves out, in its report. */
public final class BrokenImages {
    private BrokenImages() {}

    /** Adds a row with their number, if there are any. */
    public static void row(Table table, List<BrokenImage> broken) {
        if (!broken.isEmpty()) {
            table.row("broken images", broken.size());
        }
    }

    /** Writes the field {@code broken}, their names. */
    public static void field(JsonGenerator json, List<BrokenImage> broken) throws IOException {
        json.writeArrayFieldStart("broken");
        for (BrokenImage image : broken) {
            json.writeString(image.name());
        }
        json.writeEndArray();
    }
}
