package org.fovea.core.data.scenes;

import java.awt.Color;

/** Color of an object; shading and texture vary around it. */
public enum ObjectColor {
    RED("red", 0xd62c2c),
    GREEN("green", 0x2f9e3f),
    BLUE("blue", 0x2b59d9),
    YELLOW("yellow", 0xf2d22e),
    PURPLE("purple", 0x8a35b5),
    ORANGE("orange", 0xf0851e),
    WHITE("white", 0xf7f7f5),
    BLACK("black", 0x1c1c20);

    private final String word;
    private final Color rgb;

    ObjectColor(String word, int rgb) {
        this.word = word;
        this.rgb = new Color(rgb);
    }

    /** Adjective that names the color. */
    public String word() {
        return word;
    }

    /** Color value without shading. */
    Color rgb() {
        return rgb;
    }
}
