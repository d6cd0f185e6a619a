package org.fovea.core.data.scenes;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Meaning of a caption: what {@link CaptionWriter} writes and some more.
 *
 * @param objects descriptions in the order of the text; two if there is a relation
 * @param relation relation of the first description to the second; empty for a list of objects
 * @param background background that is stated; empty for none
 */
record CaptionStatement(List<Counted> objects, Optional<Relation> relation, Optional<Background> background) {
    private static final List<String> OPENINGS = List.of(
            "there is", "there are", "a picture of", "an image of", "a photo of", "this picture shows", "i see");

    /** Copies the list. */
    CaptionStatement {
        objects = List.copyOf(objects);
    }

    /** Parses a caption; empty if it is not in the language of scenes. */
    static Optional<CaptionStatement> parse(String caption) {
        String text =
                " " + caption.toLowerCase(Locale.ROOT).replaceAll("[.!]", " ").replace(",", " , ") + " ";
        text = text.replaceAll("\\s+", " ");
        for (Background background : Background.values()) {
            String ending = " on a " + background.word() + " background ";
            if (text.endsWith(ending)) {
                String rest = text.substring(0, text.length() - ending.length()) + " ";
                return statement(rest, Optional.of(background));
            }
        }
        return statement(text, Optional.empty());
    }

    private static Optional<CaptionStatement> statement(String text, Optional<Background> background) {
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
                    List<String> sides =
                            List.of(subject(rest.substring(0, at)), rest.substring(at + phrase.length() + 1));
                    return of(sides, Optional.of(relation), background);
                }
            }
        }
        return of(List.of(rest.split(" , and | and | , ")), Optional.empty(), background);
    }

    private static String subject(String text) {
        String subject = text.strip();
        for (String verb : List.of(" is", " are")) {
            subject = subject.endsWith(verb) ? subject.substring(0, subject.length() - verb.length()) : subject;
        }
        return subject;
    }

    private static Optional<CaptionStatement> of(
            List<String> texts, Optional<Relation> relation, Optional<Background> background) {
        List<Counted> objects = new ArrayList<>();
        for (String text : texts) {
            Optional<Counted> counted = Counted.parse(text);
            if (counted.isEmpty()) {
                return Optional.empty();
            }
            objects.add(counted.get());
        }
        return Optional.of(new CaptionStatement(objects, relation, background));
    }

    /** A description with its number; {@code exact} where a number was said. */
    record Counted(NounPhrase phrase, int count, boolean exact) {
        private static final int MOST = 8; // maximum number of objects of a scene

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
