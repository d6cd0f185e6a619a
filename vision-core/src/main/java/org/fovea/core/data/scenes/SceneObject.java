package org.fovea.core.data.scenes;

/**
 * One object of a scene. Positions and lengths are shares of the picture's shorter side.
 *
 * @param x x of the center, from the left
 * @param y y of the center, from the top
 * @param radius radius of the circle around it
 * @param rotation rotation in radians, clockwise
 */
public record SceneObject(
        ObjectShape shape,
        ObjectColor color,
        ObjectTexture texture,
        ObjectSize size,
        double x,
        double y,
        double radius,
        double rotation) {
    /** Distance between the centers of two objects. */
    double distance(SceneObject other) {
        return Math.hypot(x - other.x, y - other.y);
    }

    /** Distance between the centers divided by the sum of the radii: below 1, the circles around the objects intersect. */
    double separation(SceneObject other) {
        return distance(other) / (radius + other.radius);
    }
}
