package org.fovea.core.data.scenes;

import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.fovea.core.data.scenes.SceneQuestion.Kind;

/**
 * Asks about a scene. Answers "yes" and "no" are about equally frequent, and a question that speaks of "the star" is asked
 * only where one star alone is meant.
 */
public final class QuestionWriter {
    private static final int TRIES = 60;

    private final Scene scene;
    private final List<Relation> relations; // alternatives of yes-or-no questions
    private final RandomGenerator random;
    private final boolean wanted; // answer wanted, for yes-or-no questions

    private QuestionWriter(Scene scene, List<Relation> relations, RandomGenerator random) {
        this.scene = scene;
        this.relations = relations;
        this.random = random;
        this.wanted = random.nextBoolean();
    }

    /**
     * Writes a random question of a kind.
     *
     * @return empty if the scene does not permit it, such as a relation in a scene of one object
     */
    public static Optional<SceneQuestion> write(Scene scene, Kind kind, RandomGenerator random) {
        return write(scene, kind, List.of(Relation.values()), random);
    }

    /**
     * Writes a random question of a kind, with given relations.
     *
     * @param relations relations of yes-or-no questions about two objects
     * @return empty if the scene does not permit it
     */
    public static Optional<SceneQuestion> write(
            Scene scene, Kind kind, List<Relation> relations, RandomGenerator random) {
        QuestionWriter writer = new QuestionWriter(scene, relations, random);
        for (int i = 0; i < TRIES; i++) {
            Optional<SceneQuestion> question =
                    switch (kind) {
                        case EXISTENCE -> Optional.of(writer.existence());
                        case COUNT -> Optional.of(writer.count());
                        case ATTRIBUTE -> writer.attribute();
                        case COMPARISON -> writer.comparison();
                        case RELATION -> writer.relation();
                    };
            if (question.isPresent()) {
                return question;
            }
        }
        return Optional.empty();
    }

    private SceneQuestion existence() {
        NounPhrase phrase = wanted ? description(object()) : invented();
        for (int i = 0; i < TRIES && phrase.in(scene).isEmpty() == wanted; i++) {
            phrase = wanted ? description(object()) : invented();
        }
        List<Integer> found = phrase.in(scene);
        return new QuestionWords()
                .say("is there")
                .say(NounPhrase.article(phrase.text(false)))
                .name(phrase.text(false), found)
                .ask(Kind.EXISTENCE, yes(!found.isEmpty()), found);
    }

    private SceneQuestion count() {
        NounPhrase phrase = random.nextDouble() < 0.2 ? invented() : description(object());
        List<Integer> found = phrase.in(scene);
        return new QuestionWords()
                .say("how many")
                .name(phrase.text(true), found)
                .say("are there")
                .ask(Kind.COUNT, Integer.toString(found.size()), found);
    }

    private Optional<SceneQuestion> attribute() {
        int index = random.nextInt(scene.objects().size());
        Property property = pick(Property.values());
        return unique(index, property).map(phrase -> new QuestionWords()
                .say("what " + property.word() + " is the")
                .name(phrase.text(false), List.of(index))
                .ask(Kind.ATTRIBUTE, property.of(scene.objects().get(index)), List.of(index)));
    }

    private Optional<SceneQuestion> comparison() {
        if (random.nextBoolean()) {
            NounPhrase a = description(object());
            NounPhrase b = description(object());
            boolean more = random.nextBoolean();
            int difference = a.in(scene).size() - b.in(scene).size();
            boolean holds = more ? difference > 0 : difference < 0;
            if (a.equals(b) || holds != wanted || difference == 0 && random.nextInt(3) > 0) {
                return Optional.empty();
            }
            List<Integer> both = Stream.concat(a.in(scene).stream(), b.in(scene).stream())
                    .distinct()
                    .toList();
            return Optional.of(new QuestionWords()
                    .say("are there " + (more ? "more" : "fewer"))
                    .name(a.text(true), a.in(scene))
                    .say("than")
                    .name(b.text(true), b.in(scene))
                    .ask(Kind.COMPARISON, yes(holds), both));
        }
        return pair((a, b) -> {
            Property property = pick(Property.values());
            String first = property.of(scene.objects().get(a));
            boolean same = first.equals(property.of(scene.objects().get(b)));
            if (same != wanted) {
                return Optional.empty();
            }
            return unique(a, property).flatMap(x -> unique(b, property).map(y -> new QuestionWords()
                    .say("are the")
                    .name(x.text(false), List.of(a))
                    .say("and the")
                    .name(y.text(false), List.of(b))
                    .say("of the same " + property.word())
                    .ask(Kind.COMPARISON, yes(same), List.of(a, b))));
        });
    }

    private Optional<SceneQuestion> relation() {
        return pair((a, b) -> random.nextBoolean() ? isRelated(a, b) : whatIsRelated(a, b));
    }

    private Optional<SceneQuestion> isRelated(int a, int b) {
        Relation relation = relations.get(random.nextInt(relations.size()));
        boolean holds = relation.isClear(scene, a, b);
        boolean unclear = relation.holds(scene, a, b) != holds || relation == Relation.NEXT_TO && nearestUnclear(b);
        if (unclear || holds != wanted) {
            return Optional.empty();
        }
        return unique(a, null).flatMap(x -> unique(b, null).map(y -> new QuestionWords()
                .say("is the")
                .name(x.text(false), List.of(a))
                .say(relation.phrases().get(0) + " the")
                .name(y.text(false), List.of(b))
                .ask(Kind.RELATION, yes(holds), List.of(a, b))));
    }

    /** Asks for a property of object a, the only one in a relation to object b. */
    private Optional<SceneQuestion> whatIsRelated(int a, int b) {
        Relation relation = pick(Relation.values());
        Property property = pick(Property.values());
        boolean alone = relation.isClear(scene, a, b)
                && scene.where(o -> true).stream().allMatch(i -> i == a || !relation.holds(scene, i, b));
        if (!alone) {
            return Optional.empty();
        }
        return unique(b, null).map(y -> new QuestionWords()
                .say("what " + property.word() + " is the")
                .name(NounPhrase.ANY, List.of(a))
                .say(relation.phrases().get(0) + " the")
                .name(y.text(false), List.of(b))
                .ask(Kind.RELATION, property.of(scene.objects().get(a)), List.of(a, b)));
    }

    private boolean nearestUnclear(int b) {
        return scene.nearest(b).isEmpty();
    }

    /** Tries pairs of different objects for a question about two. */
    private Optional<SceneQuestion> pair(PairQuestion question) {
        int count = scene.objects().size();
        if (count < 2) {
            return Optional.empty();
        }
        int a = random.nextInt(count);
        int b = (a + 1 + random.nextInt(count - 1)) % count;
        return question.ask(a, b);
    }

    /** Description that fits only this object and does not reveal the property asked for. */
    private Optional<NounPhrase> unique(int index, Property hidden) {
        for (int i = 0; i < TRIES; i++) {
            NounPhrase phrase = description(scene.objects().get(index));
            phrase = hidden == null ? phrase : hidden.removedFrom(phrase);
            if (phrase.in(scene).size() == 1) {
                return Optional.of(phrase);
            }
        }
        return Optional.empty();
    }

    /** Description by a random subset of an object's properties, at least one. */
    private NounPhrase description(SceneObject o) {
        int said = 1 + random.nextInt(15);
        boolean plain = o.texture() == ObjectTexture.PLAIN;
        return new NounPhrase(
                (said & 8) > 0 && random.nextBoolean() ? o.size() : null,
                (said & 1) > 0 || said == 8 ? o.color() : null,
                (said & 4) > 0 && !plain ? o.texture() : null,
                (said & 2) > 0 || said == 4 ? o.shape() : null);
    }

    private NounPhrase invented() {
        return new NounPhrase(
                random.nextInt(4) == 0 ? pick(ObjectSize.values()) : null,
                random.nextInt(4) == 0 ? null : pick(ObjectColor.values()),
                random.nextInt(6) == 0 ? pick(ObjectTexture.values()) : null,
                random.nextInt(4) == 0 ? null : pick(ObjectShape.values()));
    }

    private SceneObject object() {
        return scene.objects().get(random.nextInt(scene.objects().size()));
    }

    private <T> T pick(T[] values) {
        return values[random.nextInt(values.length)];
    }

    private static String yes(boolean is) {
        return is ? "yes" : "no";
    }

    /** A question about two objects; empty where they give no occasion. */
    private interface PairQuestion {
        Optional<SceneQuestion> ask(int a, int b);
    }

    /** Property that a question can ask for. */
    private enum Property {
        COLOR("color") {
            @Override
            String of(SceneObject o) {
                return o.color().word();
            }

            @Override
            NounPhrase removedFrom(NounPhrase p) {
                return new NounPhrase(p.size(), null, p.texture(), p.shape());
            }
        },
        SHAPE("shape") {
            @Override
            String of(SceneObject o) {
                return o.shape().word();
            }

            @Override
            NounPhrase removedFrom(NounPhrase p) {
                return new NounPhrase(p.size(), p.color(), p.texture(), null);
            }
        },
        SIZE("size") {
            @Override
            String of(SceneObject o) {
                return o.size().word();
            }

            @Override
            NounPhrase removedFrom(NounPhrase p) {
                return new NounPhrase(null, p.color(), p.texture(), p.shape());
            }
        },
        TEXTURE("texture") {
            @Override
            String of(SceneObject o) {
                return o.texture().word();
            }

            @Override
            NounPhrase removedFrom(NounPhrase p) {
                return new NounPhrase(p.size(), p.color(), null, p.shape());
            }
        };

        private final String word;

        Property(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }

        abstract String of(SceneObject o);

        abstract NounPhrase removedFrom(NounPhrase phrase);
    }
}
