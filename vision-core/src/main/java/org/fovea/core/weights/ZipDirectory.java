package org.fovea.core.weights;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.fovea.core.io.FormatErrors;

/**
 * Place of a zip file's central directory, from the records at the file's end.
 *
 * @param begin position of the directory's first byte
 * @param size length in bytes; the end records follow immediately
 * @param count number of entries that it declares
 * @see <a href="https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT">APPNOTE.TXT, 4.3.14 to 4.3.16</a>
 */
record ZipDirectory(long begin, int size, long count) {
    private static final int END_SIGNATURE = 0x06054b50;
    private static final int END_BYTES = 22;
    private static final int MAX_COMMENT = 0xffff;
    private static final int LOCATOR_SIGNATURE = 0x07064b50;
    private static final int LOCATOR_BYTES = 20;
    private static final int END64_SIGNATURE = 0x06064b50;
    private static final int END64_BYTES = 56;
    private static final int ENTRY_BYTES = 46;
    private static final int MAX_BYTES = 100_000_000; // for a million entries
    private static final long SATURATED = 0xffff_ffffL;

    /** Finds the directory and checks that it lies within the file, before its end records. */
    static ZipDirectory find(DataFile file) {
        int tailBytes = (int) Math.min(file.length(), END_BYTES + MAX_COMMENT);
        ByteBuffer tail = bytes(file, file.length() - tailBytes, tailBytes);
        int at = tailBytes - END_BYTES;
        while (at >= 0 && !isEnd(tail, at)) {
            at--;
        }
        if (at < 0) {
            throw wrong(file, "a zip file must end with its directory's end record", "none");
        }
        long end = file.length() - tailBytes + at;
        int disks = tail.getInt(at + 4) | (tail.getShort(at + 8) ^ tail.getShort(at + 10));
        long count = tail.getShort(at + 10) & 0xffff;
        long size = tail.getInt(at + 12) & SATURATED;
        long begin = tail.getInt(at + 16) & SATURATED;
        if (disks != 0) {
            throw wrong(file, "the zip file must be whole, not a part of several", "part number or counts that differ");
        }
        boolean has64 = at >= LOCATOR_BYTES && tail.getInt(at - LOCATOR_BYTES) == LOCATOR_SIGNATURE;
        ZipDirectory found = has64
                ? find64(file, end - LOCATOR_BYTES, tail.getLong(at - LOCATOR_BYTES + 8), count, size, begin)
                : checked(file, begin, size, count, end);
        return found;
    }

    private static boolean isEnd(ByteBuffer tail, int at) {
        return tail.getInt(at) == END_SIGNATURE
                && at + END_BYTES + (tail.getShort(at + 20) & 0xffff) == tail.capacity();
    }

    /** Reads the zip64 record, which must agree with the plain one wherever that is not saturated. */
    private static ZipDirectory find64(DataFile file, long locator, long at, long count, long size, long begin) {
        if (at < 0 || at != locator - END64_BYTES) {
            throw wrong(file, "the zip64 end record must lie before its locator, at " + (locator - END64_BYTES), at);
        }
        ByteBuffer record = bytes(file, at, END64_BYTES);
        if (record.getInt(0) != END64_SIGNATURE || record.getLong(16) != 0) {
            throw wrong(file, "the zip64 end record must start with its signature and be of one part", "another");
        }
        long count64 = record.getLong(32);
        long size64 = record.getLong(40);
        long begin64 = record.getLong(48);
        if (record.getLong(24) != count64
                || count != Math.min(count64, 0xffff)
                || size != SATURATED && size != size64
                || begin != SATURATED && begin != begin64) {
            throw wrong(file, "the two end records of the zip file must agree", "two that differ");
        }
        return checked(file, begin64, size64, count64, at);
    }

    private static ZipDirectory checked(DataFile file, long begin, long size, long count, long end) {
        if (begin < 0 || size < 0 || begin > end || size != end - begin) {
            throw wrong(
                    file,
                    "the zip directory must end where its end record begins, at " + end,
                    size + " bytes from " + begin);
        }
        if (size > MAX_BYTES || count < 0 || count > size / ENTRY_BYTES) {
            throw wrong(
                    file,
                    "the zip directory takes at most " + MAX_BYTES + " bytes, each entry at least " + ENTRY_BYTES,
                    count + " entries in " + size + " bytes");
        }
        return new ZipDirectory(begin, (int) size, count);
    }

    private static ByteBuffer bytes(DataFile file, long from, int count) {
        ByteBuffer bytes = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
        file.read(from, bytes);
        return bytes;
    }

    private static RuntimeException wrong(DataFile file, String rule, Object actual) {
        return FormatErrors.file(file.path(), rule, actual, TorchFile.DAMAGED);
    }
}
