package org.fovea.core.text;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.fovea.core.ModelFormatException;

/**
 * Pieces of a SentencePiece model: the part of its protocol buffer that a unigram tokenizer needs.
 *
 * @param pieces pieces in the order of their ids
 */
record SentencePieceModel(List<Piece> pieces) {
    private static final long LARGEST_FILE = 64L << 20; // the largest known model, with 250,000 pieces, has 5 MB
    private static final int VARINT = 0;
    private static final int FIXED64 = 1;
    private static final int BYTES = 2;
    private static final int FIXED32 = 5;

    /**
     * One piece.
     *
     * @param score logarithm of the piece's probability
     * @param type type: 1 normal, 2 unknown, 3 control, 4 user-defined, 5 unused, 6 byte
     */
    record Piece(String text, float score, int type) {
        static final int NORMAL = 1;
        static final int UNKNOWN = 2;
    }

    static SentencePieceModel read(Path file) {
        try {
            if (Files.size(file) > LARGEST_FILE) {
                throw new ModelFormatException(file + ": must have at most " + LARGEST_FILE + " bytes, got "
                        + Files.size(file) + ". Download it again.");
            }
            ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
            return new SentencePieceModel(pieces(bytes));
        } catch (IOException | IndexOutOfBoundsException | java.nio.BufferUnderflowException e) {
            throw new ModelFormatException(
                    file + ": must be a SentencePiece model, got one that ends too early. Download it again.", e);
        }
    }

    private static List<Piece> pieces(ByteBuffer bytes) {
        List<Piece> out = new ArrayList<>();
        while (bytes.hasRemaining()) {
            long tag = varint(bytes);
            if (tag == (1 << 3 | BYTES)) {
                out.add(piece(field(bytes)));
            } else {
                skip(bytes, (int) (tag & 7));
            }
        }
        return out;
    }

    private static Piece piece(ByteBuffer bytes) {
        String text = "";
        float score = 0;
        int type = Piece.NORMAL;
        while (bytes.hasRemaining()) {
            int tag = (int) varint(bytes);
            switch (tag) {
                case 1 << 3 | BYTES ->
                    text = StandardCharsets.UTF_8.decode(field(bytes)).toString();
                case 2 << 3 | FIXED32 -> score = bytes.getFloat();
                case 3 << 3 | VARINT -> type = (int) varint(bytes);
                default -> skip(bytes, tag & 7);
            }
        }
        return new Piece(text, score, type);
    }

    private static ByteBuffer field(ByteBuffer bytes) {
        long length = varint(bytes);
        if (length < 0 || length > bytes.remaining()) {
            throw new IndexOutOfBoundsException();
        }
        ByteBuffer out = bytes.slice(bytes.position(), (int) length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.position(bytes.position() + (int) length);
        return out;
    }

    private static void skip(ByteBuffer bytes, int wire) {
        switch (wire) {
            case VARINT -> varint(bytes);
            case FIXED64 -> bytes.getLong();
            case BYTES -> field(bytes);
            case FIXED32 -> bytes.getInt();
            default -> throw new IndexOutOfBoundsException("wire type " + wire);
        }
    }

    private static long varint(ByteBuffer bytes) {
        long out = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            byte next = bytes.get();
            out |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return out;
            }
        }
        throw new IndexOutOfBoundsException("varint");
    }
}
