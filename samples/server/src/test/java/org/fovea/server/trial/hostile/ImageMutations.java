package org.fovea.server.trial.hostile;

import static org.fovea.server.trial.hostile.SoundRequests.one;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntBinaryOperator;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;

/** Images that are damaged, or that say they are huge. */
final class ImageMutations {
    private static final List<Integer> SIZES = List.of(
            0,
            1,
            -1,
            7,
            2000,
            7000,
            8192,
            30_000,
            65_535,
            65_536,
            1 << 20,
            1 << 30,
            Integer.MAX_VALUE,
            Integer.MIN_VALUE);
    private static final int LINES = 3000;

    private ImageMutations() {}

    static HostileRequest damaged(SplittableRandom random) {
        byte[] image = SampleImages.any(random);
        for (int i = 0; i <= random.nextInt(3); i++) {
            image = Damage.of(image, random);
        }
        return HostileRequest.whole(
                "damaged image", SoundRequests.about(image, random).bytes());
    }

    /** A small file of an image that is large when decoded, or says so. */
    static HostileRequest bomb(SplittableRandom random) {
        int width = one(SIZES, random);
        int height = one(SIZES, random);
        byte[] image =
                switch (random.nextInt(7)) {
                    case 0, 1 -> png(width, height, random);
                    case 2 -> jpeg(width, height);
                    case 3 -> gif(width, height);
                    case 4 -> bmp(width, height, random);
                    case 5 -> tiff(width, height, random);
                    default -> pnm(width, height, random);
                };
        return HostileRequest.whole(
                "image bomb " + width + " x " + height,
                SoundRequests.about(image, random).bytes());
    }

    private static byte[] png(int width, int height, SplittableRandom random) {
        byte[] kinds = {0, 2, 3, 4, 6, 7};
        byte[] depths = {1, 8, 16, 99};
        ByteBuffer header = ByteBuffer.allocate(13).putInt(width).putInt(height);
        header.put(depths[random.nextInt(4)])
                .put(kinds[random.nextInt(6)])
                .put((byte) 0)
                .put((byte) 0);
        header.put((byte) random.nextInt(2));
        byte[] signature = {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10};
        return Draft.join(
                signature,
                chunk("IHDR", header.array()),
                chunk(random.nextBoolean() ? "iCCP" : "zTXt", Draft.join(new byte[] {'a', 0, 0}, zeros(LINES))),
                chunk("IDAT", zeros(random.nextInt(LINES))),
                chunk("IEND", new byte[0]));
    }

    /** Thousands of bytes of nothing, in few. */
    private static byte[] zeros(int thousands) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflater = new DeflaterOutputStream(out)) {
            for (int i = 0; i < thousands; i++) {
                deflater.write(new byte[1000]);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static byte[] chunk(String type, byte[] data) {
        byte[] body = Draft.join(type.getBytes(StandardCharsets.US_ASCII), data);
        CRC32 sum = new CRC32();
        sum.update(body);
        return Draft.join(
                ByteBuffer.allocate(4).putInt(data.length).array(),
                body,
                ByteBuffer.allocate(4).putInt((int) sum.getValue()).array());
    }

    /** A JPEG whose frame is of another size. */
    private static byte[] jpeg(int width, int height) {
        byte[] out = SampleImages.ALL.get(1).clone();
        for (int i = 2; i + 8 < out.length; i++) {
            if (out[i] == (byte) 0xff && out[i + 1] == (byte) 0xc0) {
                ByteBuffer.wrap(out).putShort(i + 5, (short) height).putShort(i + 7, (short) width);
            }
        }
        return out;
    }

    private static byte[] gif(int width, int height) {
        byte[] out = SampleImages.ALL.get(2).clone();
        ByteBuffer file = ByteBuffer.wrap(out).order(ByteOrder.LITTLE_ENDIAN);
        file.putShort(6, (short) width).putShort(8, (short) height);
        for (int i = 13; i + 8 < out.length; i++) {
            if (out[i] == ',' && out[i + 1] == 0 && out[i + 2] == 0) {
                file.putShort(i + 5, (short) width).putShort(i + 7, (short) height);
                return out;
            }
        }
        return out;
    }

    private static byte[] bmp(int width, int height, SplittableRandom random) {
        byte[] out = SampleImages.ALL.get(3).clone();
        ByteBuffer file = ByteBuffer.wrap(out).order(ByteOrder.LITTLE_ENDIAN);
        file.putInt(18, width).putInt(22, height);
        if (random.nextBoolean()) {
            file.putShort(28, (short) random.nextInt(64)).putInt(30, random.nextInt(6)); // bits and compression
        }
        if (random.nextInt(4) == 0) {
            file.putInt(10, one(SIZES, random)); // where the pixels begin
        }
        return out;
    }

    /** A TIFF whose entries say other numbers. */
    private static byte[] tiff(int width, int height, SplittableRandom random) {
        byte[] out = SampleImages.ALL.get(4).clone();
        ByteBuffer file = ByteBuffer.wrap(out).order(out[0] == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        int directory = file.getInt(4);
        IntBinaryOperator size = (tag, old) -> tag == 256 ? width : tag == 257 ? height : old;
        int entries = file.getShort(directory);
        for (int i = 0; i < entries; i++) {
            int at = directory + 2 + 12 * i;
            int value = size.applyAsInt(file.getShort(at), file.getInt(at + 8));
            file.putInt(at + 8, random.nextInt(12) == 0 ? one(SIZES, random) : value);
            if (random.nextInt(12) == 0) {
                file.putInt(at + 4, one(SIZES, random)); // the number of values
            }
        }
        if (random.nextInt(8) == 0) {
            file.putInt(directory + 2 + 12 * entries, directory); // the next directory is this one
        }
        return out;
    }

    private static byte[] pnm(int width, int height, SplittableRandom random) {
        String head =
                "P" + (1 + random.nextInt(7)) + " " + width + " # comment\n" + height + " " + one(SIZES, random) + "\n";
        return Draft.join(head.getBytes(StandardCharsets.US_ASCII), Damage.noise(random.nextInt(4000), random));
    }
}
