package org.fovea.cli.gallery;

import java.util.List;
import java.util.stream.Stream;

/** Everything the gallery shows, in the order of its page. */
final class Exhibits {
    private Exhibits() {}

    static List<Exhibit> all() {
        return Stream.of(
                        WordExhibits.all(),
                        PositionExhibits.all(),
                        PatchExhibits.all(),
                        TrainedExhibits.all(),
                        LookingExhibits.all(),
                        GlimpseExhibits.all(),
                        AgentExhibits.all(),
                        GridExhibits.all(),
                        ClipExhibits.all(),
                        ChannelExhibits.all(),
                        TransformerExhibits.all(),
                        RelationExhibits.all(),
                        HyperExhibits.all())
                .flatMap(List::stream)
                .toList();
    }
}
