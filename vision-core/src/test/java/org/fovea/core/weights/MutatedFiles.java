package org.fovea.core.weights;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.function.Function;
import org.fovea.core.ModelFormatException;

/** Mutants of a valid file, each of which must be read or refused, in memory of the order of the file's size. */
final class MutatedFiles {
    /** Fixed costs of opening a file, measured at 60 KB, with a margin. */
    private static final long ALLOWED_BYTES = 1 << 20;

    private static final int[] EXTREMES = {0, 1, -1, Integer.MAX_VALUE, Integer.MIN_VALUE, 0xffff, 1 << 16};

    private final byte[] valid;
    private final byte[] likely;
    private final Random random;

    /** @param likely bytes that mean something in the format */
    MutatedFiles(byte[] valid, byte[] likely, long seed) {
        this.valid = valid;
        this.likely = likely;
        this.random = new Random(seed);
    }

    /** Opens mutants and reads all their tensors; the number refused. */
    int refused(int count, Path path, Function<Path, ? extends TensorFile> opener) throws IOException {
        loadClasses(path, opener);
        int refused = 0;
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        for (int i = 0; i < count; i++) {
            byte[] mutant = mutant();
            Files.deleteIfExists(path); // some file systems flush a file to disk that replaces its content
            Files.write(path, mutant);
            long before = threads.getCurrentThreadAllocatedBytes();
            refused += isRefused(path, opener, i % 16 == 0) ? 1 : 0;
            long allocated = threads.getCurrentThreadAllocatedBytes() - before;
            assertTrue(allocated < ALLOWED_BYTES + 16L * mutant.length, () -> "allocated " + allocated + " bytes");
        }
        return refused;
    }

    /** Opens the valid file, so that what loading classes allocates is not counted, whatever test comes first. */
    private void loadClasses(Path path, Function<Path, ? extends TensorFile> opener) throws IOException {
        Files.write(path, valid);
        assertFalse(isRefused(path, opener, true));
    }

    private static boolean isRefused(Path path, Function<Path, ? extends TensorFile> opener, boolean mapped) {
        try (TensorFile file = opener.apply(path)) {
            for (String name : file.names()) {
                long size = file.info(name).shape().size();
                assertTrue(size <= Files.size(path), () -> name + " of " + size + " elements");
                file.readFloats(name, 0, FloatBuffer.allocate((int) size));
                if (mapped) {
                    file.tensor(name).toFloats();
                }
            }
            return false;
        } catch (ModelFormatException e) {
            assertTrue(e.getMessage().length() < 3000, e::getMessage);
            return true;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private byte[] mutant() {
        byte[] bytes = valid.clone();
        for (int n = random.nextInt(3); n >= 0; n--) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(8)) {
                case 0, 1 -> bytes[at] = (byte) random.nextInt(256);
                case 2 ->
                    ByteBuffer.wrap(bytes)
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .putInt(Math.min(at, bytes.length - 4), EXTREMES[random.nextInt(EXTREMES.length)]);
                case 3 ->
                    System.arraycopy(valid, random.nextInt(valid.length - 8), bytes, Math.min(at, bytes.length - 8), 8);
                default -> bytes[at] = likely[random.nextInt(likely.length)];
            }
        }
        return random.nextInt(10) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length + 20)) : bytes;
    }
}
