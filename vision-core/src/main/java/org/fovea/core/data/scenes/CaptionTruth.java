package org.fovea.core.data.scenes;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.fovea.core.data.scenes.CaptionStatement.Counted;

/**
 * Judge of captions: whether what a caption says is so in the scene. It understands what {@link CaptionWriter} writes and
 * some more; what it does not understand counts as untrue.
 *
 * <p>"a red star" is true where there is one at least, "two stars" where there are exactly two; things that are listed
 * must be different objects. Where a number is said, a relation must hold of all of them.
 */
public final class CaptionTruth {
    private CaptionTruth() {}

    /** Verdicts on a caption. */
    public enum Verdict {
        TRUE,
        FALSE,
        /** The text is not in the language of scenes. */
        NOT_UNDERSTOOD
    }

    /** Returns whether a caption is true of a scene. */
    public static boolean isTrue(Scene scene, String caption) {
        return judge(scene, caption) == Verdict.TRUE;
    }

    /** Judges a caption. */
    public static Verdict judge(Scene scene, String caption) {
        return CaptionStatement.parse(caption)
                .map(statement -> isTrue(scene, statement) ? Verdict.TRUE : Verdict.FALSE)
                .orElse(Verdict.NOT_UNDERSTOOD);
    }

    private static boolean isTrue(Scene scene, CaptionStatement statement) {
        boolean ground =
                statement.background().map(said -> said == scene.background()).orElse(true);
        return ground
                && statement
                        .relation()
                        .map(relation -> holds(scene, relation, statement.objects()))
                        .orElseGet(() -> list(scene, statement.objects()));
    }

    private static boolean holds(Scene scene, Relation relation, List<Counted> two) {
        return meant(scene, two.get(0)).stream().anyMatch(a -> meant(scene, two.get(1)).stream()
                .anyMatch(b -> a.stream().allMatch(i -> b.stream().allMatch(j -> relation.holds(scene, i, j)))));
    }

    /** The objects that one side of a relation may mean: all of a number that is said, else any one. */
    private static List<List<Integer>> meant(Scene scene, Counted side) {
        List<Integer> matching = side.phrase().in(scene);
        if (side.exact()) {
            return matching.size() == side.count() ? List.of(matching) : List.of();
        }
        return matching.stream().map(List::of).toList();
    }

    private static boolean list(Scene scene, List<Counted> parts) {
        List<List<Integer>> candidates = new ArrayList<>();
        for (Counted part : parts) {
            List<Integer> matching = part.phrase().in(scene);
            if (part.exact() && matching.size() != part.count()) {
                return false;
            }
            for (int i = 0; i < part.count(); i++) {
                candidates.add(matching);
            }
        }
        return distinct(candidates, 0, new HashSet<>());
    }

    /** Returns whether different objects can be assigned to all entries of the list from {@code place} on. */
    private static boolean distinct(List<List<Integer>> candidates, int place, Set<Integer> taken) {
        if (place == candidates.size()) {
            return true;
        }
        for (int object : candidates.get(place)) {
            if (taken.add(object)) {
                if (distinct(candidates, place + 1, taken)) {
                    return true;
                }
                taken.remove(object);
            }
        }
        return false;
    }
}
