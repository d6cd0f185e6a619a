package org.fovea.core.data.scenes;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Judge of captions: whether what a caption says is so in the scene. It understands what {@link CaptionWriter} writes and
 * some more; what it does not understand counts as untrue.
 *
 * <p>"a red star" is true where there is one at least, "two stars" where there are exactly two; things that are listed
 * must be different objects.
 */
public final class CaptionTruth {
    private static final List<String> OPENINGS = List.of(
            "there is", "there are", "a picture of", "an image of", "a photo of", "this picture shows", "i see");

    private CaptionTruth() {}

    /** Verdicts on a caption. */
    public enum Verdict {
        TRUE,
        FALSE,
        /** The text is not of the language of scenes. */
        NOT_UNDERSTOOD
    }

    /** Returns whether a caption is true of a scene. */
    public static boolean isTrue(Scene scene, String caption) {
        return judge(scene, caption) == Verdict.TRUE;
    }

    /** Judges a caption. */
    public static Verdict judge(Scene scene, String caption) {
        String text =
                " " + caption.toLowerCase(Locale.ROOT).replaceAll("[.!]", " ").replace(",", " , ") + " ";
        text = text.replaceAll("\\s+", " ");
        for (Background background : Background.values()) {
            String ending = " on a " + background.word() + " background ";
            if (text.endsWith(ending)) {
                Verdict rest = statement(scene, text.substring(0, text.length() - ending.length()) + " ");
                return rest == Verdict.TRUE && background != scene.background() ? Verdict.FALSE : rest;
            }
        }
        return statement(scene, text);
    }

    private static Verdict statement(Scene scene, String text) {
        String rest = text;
        for (String opening : OPENINGS) {
            if (rest.startsWith(" " + opening + " ")) {
                rest = rest.substring(opening.length() + 1);
                break;
            }
        }
        for (Relation relation : Relation.values()) {
            for (String phrase : relation.phrases()) {
                int at = rest.indexOf(" " + phrase + " ");
                if (at >= 0) {
                    return relation(scene, relation, rest.substring(0, at), rest.substring(at + phrase.length() + 1));
                }
            }
        }
        return list(scene, rest);
    }

    private static Verdict relation(Scene scene, Relation relation, String left, String right) {
        String subject = left.strip();
        for (String verb : List.of(" is", " are")) {
            subject = subject.endsWith(verb) ? subject.substring(0, subject.length() - verb.length()) : subject;
        }
        Optional<Counted> a = Counted.parse(subject);
        Optional<Counted> b = Counted.parse(right);
        if (a.isEmpty() || b.isEmpty()) {
            return Verdict.NOT_UNDERSTOOD;
        }
        for (int i : a.get().phrase().in(scene)) {
            for (int j : b.get().phrase().in(scene)) {
                if (relation.holds(scene, i, j)) {
                    return Verdict.TRUE;
                }
            }
        }
        return Verdict.FALSE;
    }

    private static Verdict list(Scene scene, String text) {
        List<Counted> parts = new ArrayList<>();
        for (String part : text.split(" , and | and | , ")) {
            Optional<Counted> counted = Counted.parse(part);
            if (counted.isEmpty()) {
                return Verdict.NOT_UNDERSTOOD;
            }
            parts.add(counted.get());
        }
        List<List<Integer>> candidates = new ArrayList<>();
        for (Counted part : parts) {
            List<Integer> matching = part.phrase().in(scene);
            if (part.exact() && matching.size() != part.count()) {
                return Verdict.FALSE;
            }
            for (int i = 0; i < part.count(); i++) {
                candidates.add(matching);
            }
        }
        return distinct(candidates, 0, new HashSet<>()) ? Verdict.TRUE : Verdict.FALSE;
    }

    /** Returns whether each place of the list can have an object of its own. */
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

    /** A description with its number; {@code exact} where a number was said. */
    private record Counted(NounPhrase phrase, int count, boolean exact) {
        private static final int MOST = 8; // objects of a scene

        static Optional<Counted> parse(String text) {
            List<String> words = new ArrayList<>(Arrays.asList(text.strip().split(" ")));
            if (words.get(0).isEmpty()) {
                return Optional.empty();
            }
            int count = 1;
            boolean exact = false;
            if (List.of("a", "an", "the").contains(words.get(0))) {
                words.remove(0);
            } else if (Numbers.parse(words.get(0)).isPresent()) {
                count = Numbers.parse(words.remove(0)).getAsInt();
                exact = true;
            }
            return count < 1 || count > MOST ? Optional.empty() : with(words, count, exact);
        }

        private static Optional<Counted> with(List<String> words, int count, boolean exact) {
            return Vocabulary.phrase(words).map(phrase -> new Counted(phrase, count, exact));
        }
    }
}
