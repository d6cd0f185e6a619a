package org.fovea.core.data.scenes;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.fovea.core.data.scenes.SceneCaption.Word;

/** Says true things of a scene, in many phrasings. */
public final class CaptionWriter {
    private static final List<String> OPENINGS =
            List.of("", "", "there is", "a picture of", "an image of", "this picture shows", "i see");
    private static final double RELATE = 0.55;
    private static final double SAY_BACKGROUND = 0.15;
    private static final double SAY_IS = 0.4;
    private static final int LONGEST_LIST = 3;

    private final Scene scene;
    private final RandomGenerator random;
    private final List<Word> words = new ArrayList<>();

    private CaptionWriter(Scene scene, RandomGenerator random) {
        this.scene = scene;
        this.random = random;
    }

    /** Writes a random caption. */
    public static SceneCaption write(Scene scene, RandomGenerator random) {
        CaptionWriter writer = new CaptionWriter(scene, random);
        if (!(random.nextDouble() < RELATE && writer.relation())) {
            writer.list();
        }
        if (random.nextDouble() < SAY_BACKGROUND) {
            writer.plain("on a " + scene.background().word() + " background");
        }
        return new SceneCaption(writer.words);
    }

    /** Writes a relation that clearly holds, such as "a red star to the left of a blue ring"; returns whether there is one. */
    private boolean relation() {
        List<int[]> pairs = new ArrayList<>();
        for (int a = 0; a < scene.objects().size(); a++) {
            for (int b = 0; b < scene.objects().size(); b++) {
                for (Relation relation : Relation.values()) {
                    if (relation.isClear(scene, a, b)) {
                        pairs.add(new int[] {relation.ordinal(), a, b});
                    }
                }
            }
        }
        if (pairs.isEmpty()) {
            return false;
        }
        int[] chosen = pairs.get(random.nextInt(pairs.size()));
        Relation relation = Relation.values()[chosen[0]];
        phrase(NounPhrase.of(scene.objects().get(chosen[1]), random), List.of(chosen[1]), 1);
        if (random.nextDouble() < SAY_IS) {
            plain("is");
        }
        List<String> phrases = relation.phrases();
        plain(phrases.get(random.nextBoolean() ? 0 : random.nextInt(phrases.size())));
        phrase(NounPhrase.of(scene.objects().get(chosen[2]), random), List.of(chosen[2]), 1);
        return true;
    }

    /** Writes a list, such as "two circles and a red star"; objects with the same description are counted together. */
    private void list() {
        plain(OPENINGS.get(random.nextInt(OPENINGS.size())));
        List<Map.Entry<NounPhrase, List<Integer>>> groups = groups();
        for (int i = 0; i < groups.size(); i++) {
            if (i > 0) {
                plain(i == groups.size() - 1 ? "and" : ",");
            }
            List<Integer> objects = groups.get(i).getValue();
            phrase(groups.get(i).getKey(), objects, objects.size());
        }
    }

    /** Descriptions of some of the objects, each with all objects that fit it. */
    private List<Map.Entry<NounPhrase, List<Integer>>> groups() {
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < scene.objects().size(); i++) {
            order.add(i);
        }
        Collections.shuffle(order, new java.util.Random(random.nextLong()));
        Map<NounPhrase, List<Integer>> out = new LinkedHashMap<>();
        List<Integer> said = new ArrayList<>();
        for (int i : order) {
            NounPhrase phrase = NounPhrase.of(scene.objects().get(i), random);
            List<Integer> matching = phrase.in(scene);
            if (out.size() < LONGEST_LIST && Collections.disjoint(matching, said)) {
                said.addAll(matching);
                out.put(phrase, matching);
            }
        }
        return List.copyOf(out.entrySet());
    }

    private void phrase(NounPhrase phrase, List<Integer> objects, int count) {
        List<String> content = phrase.words(count > 1);
        plain(count > 1 ? Numbers.word(count) : NounPhrase.article(content.get(0)));
        content.forEach(word -> words.add(new Word(word, objects)));
    }

    private void plain(String text) {
        for (String word : text.split(" ")) {
            if (!word.isEmpty()) {
                words.add(new Word(word, List.of()));
            }
        }
    }
}
