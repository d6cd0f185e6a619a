package org.fovea.core.data.scenes;

/**
 * One object of a scene. Positions and lengths are shares of the picture's shorter side.
 *
 * @param x of the center, from the left
 * @param y of the center, from the top
 * @param radius of the circle around it
 * @param rotation in radians, clockwise
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
    /** Distance between the centers. */
    double distance(SceneObject other) {
        return Math.hypot(x - other.x, y - other.y);
    }

    /** Distance between the centers in units of both radii: below 1 the circles around them meet. */
    double separation(SceneObject other) {
        return distance(other) / (radius + other.radius);
    }
}
