package org.fovea.core.data.scenes;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.fovea.core.data.scenes.CaptionStatement.Counted;

/**
 * Amount that a caption says, be it true or not. A description that it repeats counts once.
 *
 * @param objects number of objects that it names: three for "two stars and a ring"
 * @param properties number of shapes, colors, sizes, textures and counts that it states
 * @param relations number of relations that it states: 0 or 1
 * @param backgrounds number of backgrounds that it states: 0 or 1
 */
public record CaptionContent(int objects, int properties, int relations, int backgrounds) {
    /** Content of a caption that says nothing. */
    public static final CaptionContent NONE = new CaptionContent(0, 0, 0, 0);

    /** Reads a caption; {@link #NONE} if it is not in the language of {@link CaptionTruth}. */
    public static CaptionContent of(String caption) {
        return CaptionStatement.parse(caption).map(CaptionContent::of).orElse(NONE);
    }

    private static CaptionContent of(CaptionStatement statement) {
        Set<NounPhrase> said = new HashSet<>();
        List<Counted> different = statement.objects().stream()
                .filter(each -> said.add(each.phrase()))
                .toList();
        return new CaptionContent(
                different.stream().mapToInt(Counted::count).sum(),
                different.stream().mapToInt(CaptionContent::properties).sum(),
                count(statement.relation()),
                count(statement.background()));
    }

    private static int properties(Counted said) {
        NounPhrase p = said.phrase();
        long named = Stream.of(p.size(), p.color(), p.texture(), p.shape())
                .filter(Objects::nonNull)
                .count();
        return (int) named + (said.exact() ? 1 : 0);
    }

    private static int count(Optional<?> value) {
        return value.isPresent() ? 1 : 0;
    }

    /** Number of facts: properties, relations and backgrounds. */
    public int facts() {
        return properties + relations + backgrounds;
    }
}
