package org.fovea.core.weights;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fovea.core.io.FormatErrors;

/**
 * Interprets the instructions with which {@code torch.save} writes a dictionary of tensors, and no others. A closed
 * world: nothing is looked up by name in Java, {@link TorchValues} knows the few imports there are.
 *
 * <p>A stack machine without recursion; values are never compared, hashed or printed, so that ones that contain
 * themselves do no harm. Lists, floats and what is set on an object afterwards carry no tensors of a state dictionary:
 * they are passed over.
 *
 * @see <a href="https://github.com/python/cpython/blob/main/Lib/pickletools.py">the instructions</a>
 */
final class Unpickler {
    private static final int PROTOCOL = 2;
    /**
     * Maximum number of values of a file, far above what the largest models need, about 25 for each tensor; bounds the memory
     * that a file can use.
     */
    private static final int MAX_VALUES = 1 << 21;

    private static final Object MARK = new Object();

    private final PickleInput in;
    private final TorchValues values;
    private final List<Object> stack = new ArrayList<>();
    private final Map<Integer, Object> memo = new HashMap<>();
    private int pushed;

    Unpickler(PickleInput in, TorchValues values) {
        this.in = in;
        this.values = values;
    }

    /** Value of the whole pickle. */
    Object read() {
        for (int code = in.u8(); code != '.'; code = in.u8()) {
            step(code);
        }
        return pop();
    }

    private void step(int code) {
        switch (code) {
            case 0x80 -> protocol();
            case '(' -> push(MARK);
            case 'N' -> push(Other.NONE);
            case 0x88 -> push(true);
            case 0x89 -> push(false);
            case 'J' -> push((long) in.i32());
            case 'K' -> push((long) in.u8());
            case 'M' -> push((long) in.u16());
            case 0x8a -> push(in.number());
            case 'G' -> push(in.f64());
            case 'X' -> push(in.text(in.i32()));
            case ']' -> push(Other.LIST);
            case '}' -> push(new Dict());
            case ')' -> push(new Tuple(List.of()));
            case 't' -> push(new Tuple(popToMark()));
            case 0x85, 0x86, 0x87 -> push(new Tuple(pop(code - 0x84)));
            case 'q' -> memo.put(in.u8(), top());
            case 'r' -> memo.put(in.i32(), top());
            case 'h' -> push(memoized(in.u8()));
            case 'j' -> push(memoized(in.i32()));
            default -> construct(code);
        }
    }

    private void construct(int code) {
        switch (code) {
            case 'c' -> push(values.imported(in.line(), in.line()));
            case 'Q' -> push(values.storage(tuple()));
            case 'R' -> {
                Tuple arguments = tuple();
                push(values.call(pop(), arguments));
            }
            case 'b' -> {
                pop();
                dict();
            }
            case 's' -> put(pop(2));
            case 'u' -> put(popToMark());
            case 'a' -> {
                pop();
                list();
            }
            case 'e' -> {
                popToMark();
                list();
            }
            default ->
                throw in.wrong(
                        "an instruction must be one of those that torch.save writes for a state dictionary",
                        String.format("0x%02x", code),
                        TorchFile.CONVERT);
        }
    }

    private void protocol() {
        int protocol = in.u8();
        if (protocol != PROTOCOL) {
            throw in.wrong("the pickle protocol must be " + PROTOCOL, protocol, TorchFile.CONVERT);
        }
    }

    private void put(List<Object> items) {
        Dict dict = dict();
        if (items.size() % 2 != 0) {
            throw in.wrong("a dictionary takes pairs", items.size() + " values");
        }
        for (int i = 0; i < items.size(); i += 2) {
            Object key = items.get(i);
            if (key instanceof String name) {
                if (dict.entries.put(name, items.get(i + 1)) != null) {
                    throw in.wrong("a name may occur once", "'" + FormatErrors.shown(name) + "' twice");
                }
            } else if (!(key instanceof Long)) { // numeric keys contain the state of optimizers
                throw in.wrong("a dictionary's keys must be texts or numbers", kind(key), TorchFile.CONVERT);
            }
        }
    }

    private void push(Object value) {
        if (++pushed > MAX_VALUES) {
            throw in.wrong("a pickle of weights makes at most " + MAX_VALUES + " values", "more", TorchFile.CONVERT);
        }
        stack.add(value);
    }

    private Object top() {
        if (stack.isEmpty() || stack.get(stack.size() - 1) == MARK) {
            throw in.wrong("an instruction needs its operand", "none");
        }
        return stack.get(stack.size() - 1);
    }

    private Object pop() {
        Object top = top();
        stack.remove(stack.size() - 1);
        return top;
    }

    private List<Object> pop(int count) {
        Object[] out = new Object[count];
        for (int i = count - 1; i >= 0; i--) {
            out[i] = pop();
        }
        return List.of(out);
    }

    private List<Object> popToMark() {
        int mark = stack.lastIndexOf(MARK);
        if (mark < 0) {
            throw in.wrong("an instruction needs the mark before its operands", "none");
        }
        List<Object> from = stack.subList(mark, stack.size());
        List<Object> out = List.copyOf(from.subList(1, from.size()));
        from.clear();
        return out;
    }

    private Object memoized(int index) {
        Object value = memo.get(index);
        if (value == null) {
            throw in.wrong("a value must be kept before it is used again", "number " + Integer.toUnsignedString(index));
        }
        return value;
    }

    private Tuple tuple() {
        if (pop() instanceof Tuple tuple) {
            return tuple;
        }
        throw in.wrong("an instruction needs a tuple", "another value");
    }

    private Dict dict() {
        if (top() instanceof Dict dict) {
            return dict;
        }
        throw in.wrong("values can be put into dictionaries alone", kind(top()), TorchFile.CONVERT);
    }

    private void list() {
        if (top() != Other.LIST) {
            throw in.wrong("values can be appended to lists alone", kind(top()));
        }
    }

    /** Kind of a value, for error messages. */
    static String kind(Object value) {
        if (value instanceof String text) {
            return "the text '" + FormatErrors.shown(text) + "'";
        }
        if (value instanceof Long || value instanceof Double || value instanceof Boolean) {
            return "the number " + value;
        }
        if (value instanceof Other) {
            return value == Other.LIST ? "a list" : "None";
        }
        return value instanceof Tuple ? "a tuple" : value instanceof Dict ? "a dictionary" : "an object of torch";
    }

    /** Values whose content does not matter. */
    private enum Other {
        NONE,
        LIST
    }

    /** Values that belong together, in order. */
    record Tuple(List<Object> items) {}

    /** Values under texts, in the order they were put. */
    static final class Dict {
        private final Map<String, Object> entries = new LinkedHashMap<>(2);

        Map<String, Object> entries() {
            return entries;
        }
    }
}
