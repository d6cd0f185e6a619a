package org.fovea.core.weights;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.fovea.core.io.FormatErrors;

/**
 * Entries of a zip file that holds them uncompressed, so that they can be mapped: what {@code torch.save} writes. Every
 * entry lies in the file, before the directory, and none overlaps another.
 *
 * <p>Not {@code java.util.zip}: it does not tell where in the file an entry's bytes lie.
 */
final class StoredZip {
    private static final int ENTRY_SIGNATURE = 0x02014b50;
    private static final int ENTRY_BYTES = 46;
    private static final int LOCAL_SIGNATURE = 0x04034b50;
    private static final int LOCAL_BYTES = 30;
    private static final int ENCRYPTED = 0x2041; // flag bits 0, 6 and 13
    private static final int SIZES_FOLLOW = 8; // flag bit 3: the local header has no sizes
    private static final long SATURATED = 0xffff_ffffL;
    private static final int ZIP64_FIELD = 1;

    private final DataFile file;
    private final ZipDirectory directory;
    private final ByteBuffer bytes;

    private StoredZip(DataFile file) {
        this.file = file;
        this.directory = ZipDirectory.find(file);
        this.bytes = ByteBuffer.allocate(directory.size()).order(ByteOrder.LITTLE_ENDIAN);
        file.read(directory.begin(), bytes);
    }

    /** Reads the directory: entries by name. */
    static Map<String, Entry> read(DataFile file) {
        return new StoredZip(file).entries();
    }

    private Map<String, Entry> entries() {
        List<Entry> entries = new ArrayList<>();
        Map<String, Entry> byName = new HashMap<>();
        int at = 0;
        for (long i = 0; i < directory.count(); i++) {
            if (at > bytes.capacity() - ENTRY_BYTES || bytes.getInt(at) != ENTRY_SIGNATURE) {
                throw wrong("the directory", "entry " + i + " must start with its signature", "another");
            }
            int end = at + ENTRY_BYTES + u16(at + 28) + u16(at + 30) + u16(at + 32);
            if (end > bytes.capacity()) {
                throw wrong("the directory", "entry " + i + " must end in the directory", "one beyond its end");
            }
            Entry entry = entry(at);
            entries.add(entry);
            if (byName.put(entry.name, entry) != null) {
                throw wrong(entry.name, "an entry may occur once", "it twice");
            }
            at = end;
        }
        if (at != bytes.capacity()) {
            throw wrong("the directory", "must end with its last entry", bytes.capacity() - at + " more bytes");
        }
        checkDisjoint(entries);
        return byName;
    }

    private Entry entry(int at) {
        int nameBytes = u16(at + 28);
        String name = new String(bytes.array(), at + ENTRY_BYTES, nameBytes, StandardCharsets.UTF_8);
        if ((u16(at + 8) & ENCRYPTED) != 0) {
            throw wrong(name, "entries must not be encrypted", "flags " + u16(at + 8));
        }
        if (u16(at + 10) != 0) {
            throw wrong(
                    name, "entries must be stored uncompressed, as torch.save writes them", "method " + u16(at + 10));
        }
        if (u16(at + 34) != 0) {
            throw wrong(name, "must lie in this file", "part " + u16(at + 34));
        }
        // uncompressed size, compressed size, position of the local header
        long[] sizes = {u32(at + 24), u32(at + 20), u32(at + 42)};
        widen(name, sizes, at + ENTRY_BYTES + nameBytes, u16(at + 30));
        if (sizes[0] != sizes[1]) {
            throw wrong(name, "a stored entry has one size", sizes[0] + " unpacked and " + sizes[1] + " packed");
        }
        return local(name, sizes[2], sizes[0], at);
    }

    /** Replaces saturated values by those of the zip64 extra field, which has them in this order. */
    private void widen(String name, long[] values, int from, int length) {
        int field = from;
        int end = from + length;
        while (end - field >= 4 && u16(field) != ZIP64_FIELD) {
            field += 4 + u16(field + 2);
        }
        int fieldEnd = end - field < 4 ? field : Math.min(end, field + 4 + u16(field + 2));
        int next = field + 4;
        for (int i = 0; i < values.length; i++) {
            if (values[i] == SATURATED) {
                if (fieldEnd - next < Long.BYTES || bytes.getLong(next) < 0) {
                    throw wrong(name, "a size or place of more than 32 bits must stand in a zip64 field", "none");
                }
                values[i] = bytes.getLong(next);
                next += Long.BYTES;
            }
        }
    }

    /** Reads the header before an entry's bytes, which determines their position and must agree with the directory. */
    private Entry local(String name, long at, long size, int central) {
        int nameBytes = u16(central + 28);
        if (at > directory.begin() - LOCAL_BYTES - nameBytes) {
            throw wrong(name, "must lie before the directory at " + directory.begin(), "a header at " + at);
        }
        ByteBuffer header = ByteBuffer.allocate(LOCAL_BYTES + nameBytes).order(ByteOrder.LITTLE_ENDIAN);
        file.read(at, header);
        long stated = header.getInt(22) & SATURATED;
        boolean agrees = header.getInt(0) == LOCAL_SIGNATURE
                && (header.getShort(6) & ENCRYPTED) == 0
                && header.getShort(8) == 0
                && (header.getShort(26) & 0xffff) == nameBytes
                && header.slice(LOCAL_BYTES, nameBytes).equals(bytes.slice(central + ENTRY_BYTES, nameBytes))
                && (stated == size || stated == SATURATED || (header.getShort(6) & SIZES_FOLLOW) != 0);
        if (!agrees) {
            throw wrong(name, "the header before an entry must agree with the directory", "another at " + at);
        }
        long begin = at + LOCAL_BYTES + nameBytes + (header.getShort(28) & 0xffff);
        if (size > directory.begin() - begin) {
            throw wrong(name, "must end before the directory at " + directory.begin(), size + " bytes from " + begin);
        }
        return new Entry(name, at, begin, begin + size);
    }

    private void checkDisjoint(List<Entry> entries) {
        entries.sort(Comparator.comparingLong(Entry::header));
        for (int i = 1; i < entries.size(); i++) {
            if (entries.get(i).header < entries.get(i - 1).end) {
                throw wrong(
                        entries.get(i).name,
                        "entries must not overlap",
                        "its header in '" + FormatErrors.shown(entries.get(i - 1).name) + "'");
            }
        }
    }

    private int u16(int at) {
        return bytes.getShort(at) & 0xffff;
    }

    private long u32(int at) {
        return bytes.getInt(at) & SATURATED;
    }

    private RuntimeException wrong(String entry, String rule, Object actual) {
        return FormatErrors.file(
                file.path(), "zip entry '" + FormatErrors.shown(entry) + "': " + rule, actual, TorchFile.DAMAGED);
    }

    /**
     * Place of an entry in the file.
     *
     * @param header position of the header before the entry
     * @param begin position of the entry's first byte
     * @param end position after the entry's last byte
     */
    record Entry(String name, long header, long begin, long end) {
        long size() {
            return end - begin;
        }
    }
}
