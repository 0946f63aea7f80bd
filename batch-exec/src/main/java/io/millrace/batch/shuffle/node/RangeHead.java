package io.millrace.batch.shuffle.node;

import java.nio.charset.StandardCharsets;

/**
 * What a shuffle service writes before each range. Confined to the thread that brings the bytes.
 *
 * <pre>
 *  head := number length, name of the result, number stored bytes, number raw bytes, number range
 *  number := one byte from −112 to 127, which is it; or −113 to −120 for 1 to 8 bytes that follow,
 *            big endian; −121 to −128 the same, inverted
 * </pre>
 */
final class RangeHead {
    private static final int LONGEST_NAME = 1_000;
    private static final int SMALLEST_SINGLE = -112;
    private static final int LAST_POSITIVE = -120;

    private byte[] name;
    private long storedBytes;
    private long range;

    private Field field = Field.LENGTH;
    private int left;
    private long value;
    private boolean inverted;

    private enum Field {
        LENGTH,
        NAME,
        STORED_BYTES,
        RAW_BYTES,
        RANGE,
        WHOLE
    }

    /**
     * Takes the next byte; returns whether the head is whole.
     *
     * @throws BadAnswerException if this is no head
     */
    boolean add(byte next) {
        if (field == Field.NAME) {
            name[name.length - left] = next;
            left--;
        } else if (left > 0) {
            value = value << 8 | next & 0xFF;
            left--;
        } else if (next < SMALLEST_SINGLE) {
            inverted = next < LAST_POSITIVE;
            left = (inverted ? LAST_POSITIVE : SMALLEST_SINGLE) - next;
            value = 0;
        } else {
            inverted = false;
            value = next;
        }
        if (left == 0) {
            endField();
        }
        return field == Field.WHOLE;
    }

    private void endField() {
        long number = inverted ? ~value : value;
        field =
                switch (field) {
                    case LENGTH -> {
                        if (number < 1 || number > LONGEST_NAME) {
                            throw new BadAnswerException("a name of " + number + " bytes");
                        }
                        name = new byte[(int) number];
                        left = name.length;
                        yield Field.NAME;
                    }
                    case NAME -> Field.STORED_BYTES;
                    case STORED_BYTES -> {
                        storedBytes = number;
                        yield Field.RAW_BYTES;
                    }
                    case RAW_BYTES -> Field.RANGE;
                    case RANGE, WHOLE -> {
                        range = number;
                        yield Field.WHOLE;
                    }
                };
    }

    String name() {
        return new String(name, StandardCharsets.UTF_8);
    }

    long storedBytes() {
        return storedBytes;
    }

    long range() {
        return range;
    }

    /** The service answers with something else than was asked for. */
    static final class BadAnswerException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        BadAnswerException(String what) {
            super(what);
        }
    }
}
