package org.fovea.studies.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ObjIntConsumer;
import org.fovea.core.graph.Value;
import org.fovea.core.nn.Scope;

/** Collects mechanisms, and makes the inputs that many have. */
final class MechanismList {
    /** Channels of tokens and maps. */
    static final int WIDTH = 64;

    /** Attention heads. */
    static final int HEADS = 4;

    private final List<Mechanism> all = new ArrayList<>();

    /** Adds a block with inputs of one size. */
    interface Block {
        Value build(Scope scope, int size);
    }

    List<Mechanism> all() {
        return List.copyOf(all);
    }

    void add(String name, String grows, int timePower, int memoryPower, int[] sizes, Block block) {
        ObjIntConsumer<Scope> builder = (scope, n) -> scope.graph().output("y", block.build(scope, n));
        List<Integer> list = Arrays.stream(sizes).boxed().toList();
        all.add(new Mechanism(name, grows, timePower, memoryPower, list, builder));
    }

    /** An input of one sequence: {@code [1, n, WIDTH]}. */
    static Value in(Scope scope, String name, int n) {
        return scope.graph().input(name, 1, n, WIDTH);
    }

    /** An input of one feature map: {@code [1, WIDTH, side, side]}. */
    static Value map(Scope scope, int side) {
        return scope.graph().input("x", 1, WIDTH, side, side);
    }

    /** An input of one grid of tokens: {@code [1, side, side, WIDTH]}. */
    static Value grid(Scope scope, int side) {
        return scope.graph().input("x", 1, side, side, WIDTH);
    }
}
