package org.fovea.core.data.scenes;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** Invents scenes from seeds: the same seed and options give the same scene. Immutable. */
public final class SceneGenerator {
    private static final int TRIES = 40; // attempts to place one object before the scene starts over
    private static final double SIZE_SPREAD = 0.12;
    private static final double TEXTURED = 0.4;
    private static final double NEAR = 0.55; // separation of an object placed in front of another
    private static final double FAR = 0.8;

    private final SceneOptions options;

    /** Creates a generator of one kind of scenes. */
    public SceneGenerator(SceneOptions options) {
        this.options = options;
    }

    /** Generates the scene of a seed. */
    public Scene scene(long seed) {
        RandomGenerator random = new SplittableRandom(seed);
        List<SceneObject> objects;
        do {
            objects = objects(random);
        } while (objects.isEmpty());
        Background[] backgrounds = Background.values();
        Background background = backgrounds[random.nextInt(backgrounds.length)];
        return new Scene(seed, options.aspect(), background, objects);
    }

    /** Objects that keep their distances; empty if they do not fit. */
    private List<SceneObject> objects(RandomGenerator random) {
        int count = random.nextInt(options.fewest(), options.most() + 1);
        boolean overlap = count > 1 && random.nextDouble() < options.overlap();
        List<SceneObject> out = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            boolean before = overlap && i == count - 1;
            SceneObject next = placed(out, before, random);
            if (next == null) {
                return List.of();
            }
            out.add(next);
        }
        return out;
    }

    private SceneObject placed(List<SceneObject> others, boolean before, RandomGenerator random) {
        SceneObject blank = looks(others.isEmpty(), random);
        SceneObject partner = before ? others.get(random.nextInt(others.size())) : null;
        for (int i = 0; i < TRIES; i++) {
            SceneObject next = before ? beside(blank, partner, random) : anywhere(blank, random);
            if (isInside(next) && others.stream().allMatch(o -> o == partner || o.separation(next) > Scene.APART)) {
                return next;
            }
        }
        return null;
    }

    private SceneObject looks(boolean first, RandomGenerator random) {
        ObjectColor color = pick(ObjectColor.values(), random);
        ObjectShape shape = options.combinations().shape(color, first, random);
        ObjectTexture texture =
                random.nextDouble() < TEXTURED ? pick(ObjectTexture.values(), random) : ObjectTexture.PLAIN;
        ObjectSize size = pick(ObjectSize.values(), random);
        double radius = size.radius() * (1 + SIZE_SPREAD * (2 * random.nextDouble() - 1));
        double rotation = (random.nextDouble() - 0.5) * (shape == ObjectShape.SQUARE ? 0.5 : 0.9);
        return new SceneObject(shape, color, texture, size, 0, 0, radius, rotation);
    }

    private SceneObject anywhere(SceneObject looks, RandomGenerator random) {
        return at(
                looks,
                random.nextDouble() * Math.max(1, options.aspect()),
                random.nextDouble() * Math.max(1, 1 / options.aspect()));
    }

    private static SceneObject beside(SceneObject looks, SceneObject partner, RandomGenerator random) {
        double angle = 2 * Math.PI * random.nextDouble();
        double distance = (looks.radius() + partner.radius()) * (NEAR + (FAR - NEAR) * random.nextDouble());
        return at(looks, partner.x() + distance * Math.cos(angle), partner.y() + distance * Math.sin(angle));
    }

    private static SceneObject at(SceneObject o, double x, double y) {
        return new SceneObject(o.shape(), o.color(), o.texture(), o.size(), x, y, o.radius(), o.rotation());
    }

    private boolean isInside(SceneObject o) {
        return o.x() >= o.radius()
                && o.y() >= o.radius()
                && o.x() <= Math.max(1, options.aspect()) - o.radius()
                && o.y() <= Math.max(1, 1 / options.aspect()) - o.radius();
    }

    private static <T> T pick(T[] values, RandomGenerator random) {
        return values[random.nextInt(values.length)];
    }
}
