package io.millrace.savepoint;

import java.util.ArrayList;
import java.util.List;

/**
 * Finds where the values of rows lie in a unit's bytes: rows of scalars, names, and groups of them
 * that may be absent. For each row a slot has the place of a value, or what was said of an absent
 * one. Confined.
 */
/* The steps are numbers in one array, so that all forms share one loop; fields of fixed width that follow one
 * another are one step. A row that is not as most are (damaged, a subclass, a text without UTF-8) is left to
 * those who read value by value. */
final class RowScan {
    /** Rows that are looked at before their values are taken: their places stay in the cache. */
    static final int ROWS = 256;

    /** No row. */
    private static final int OTHER = -1;

    // Steps, and what follows each.
    private static final int FIXED = 0; // slot, bytes
    private static final int TEXT = 1; // slot
    private static final int NAME = 2; // slot, first of the names, how many
    private static final int DECIMAL = 3; // slot
    private static final int EXACT = 4; // slot
    private static final int BITS = 5; // number, bytes
    private static final int FLAG = 6; // number
    private static final int OPTIONAL = 7; // bits, bit, first slot, last, place, next step

    private final int[] steps;
    private final int[] names; // place and length of each
    private final int[][] places;
    private final int[][] lengths; // of texts and names
    private final int[] bits;
    private int behind;

    private RowScan(int[] steps, int[] names, int slots, int bits) {
        this.steps = steps;
        this.names = names;
        this.places = new int[slots][ROWS];
        this.lengths = new int[slots][];
        this.bits = new int[bits];
    }

    /** Where the values of a slot are; what is negative stands for none. */
    int[] places(int slot) {
        return places[slot];
    }

    /** Lengths of the texts or names of a slot. */
    int[] lengths(int slot) {
        if (lengths[slot] == null) {
            lengths[slot] = new int[ROWS];
        }
        return lengths[slot];
    }

    /** Behind the last row that was found. */
    int behind() {
        return behind;
    }

    /**
     * Finds the next rows.
     *
     * @param rows as many as there are
     * @return how many were found, at most {@link #ROWS}; the next one is none for this scan, or
     *     there is none
     */
    int find(byte[] bytes, int from, int end, int rows) {
        int most = Math.min(rows, ROWS);
        int at = from;
        int row = 0;
        while (row < most) {
            int next = findRow(bytes, at, end, row);
            if (next < 0) {
                break;
            }
            at = next;
            row++;
        }
        behind = at;
        return row;
    }

    /** Gives what is behind the row, or {@link #OTHER}. */
    private int findRow(byte[] bytes, int from, int end, int row) {
        int[] all = steps;
        int at = from;
        for (int step = 0; step < all.length; ) {
            switch (all[step]) {
                case FIXED -> {
                    places[all[step + 1]][row] = at;
                    at += all[step + 2];
                    step += 3;
                }
                case TEXT -> {
                    int length = at < end ? bytes[at++] : OTHER;
                    if (length < 0) {
                        length = at < end ? longLength(bytes, at, end, length & 0x7F) : OTHER;
                        at += 1 + (length >= 1 << 14 ? 1 : 0) + (length >= 1 << 21 ? 1 : 0);
                        at += length >= 1 << 28 ? 1 : 0;
                    }
                    if (length < 0 || length > end - at) {
                        return OTHER;
                    }
                    places[all[step + 1]][row] = at;
                    lengths[all[step + 1]][row] = length;
                    at += length;
                    step += 2;
                }
                case NAME -> {
                    int index = at < end ? bytes[at++] : OTHER;
                    if (index < 0 || index >= all[step + 3]) {
                        return OTHER;
                    }
                    int name = 2 * (all[step + 2] + index);
                    places[all[step + 1]][row] = names[name];
                    lengths[all[step + 1]][row] = names[name + 1];
                    step += 4;
                }
                case DECIMAL -> {
                    // A scale, and the length of digits that fit into a number.
                    int digits = at + Integer.BYTES < end ? bytes[at + Integer.BYTES] : OTHER;
                    if (digits <= 0) {
                        return OTHER;
                    }
                    places[all[step + 1]][row] = at;
                    at += Integer.BYTES + 1 + digits;
                    step += 2;
                }
                case EXACT -> {
                    if (at >= end || bytes[at] != 0) {
                        return OTHER;
                    }
                    places[all[step + 1]][row] = at++;
                    step += 2;
                }
                case BITS -> {
                    int width = all[step + 2];
                    if (width > end - at) {
                        return OTHER;
                    }
                    int read = 0;
                    for (int i = 0; i < width; i++) {
                        read |= (bytes[at++] & 0xFF) << Byte.SIZE * i;
                    }
                    bits[all[step + 1]] = read;
                    step += 3;
                }
                case FLAG -> {
                    if (at >= end) {
                        return OTHER;
                    }
                    bits[all[step + 1]] = bytes[at++] == 0 ? 0 : 1;
                    step += 2;
                }
                case OPTIONAL -> {
                    if ((bits[all[step + 1]] >>> all[step + 2] & 1) != 0) {
                        step += 7;
                    } else {
                        for (int slot = all[step + 3]; slot < all[step + 4]; slot++) {
                            places[slot][row] = all[step + 5];
                        }
                        step = all[step + 6];
                    }
                }
                default -> throw new AssertionError(all[step]);
            }
        }
        return at <= end ? at : OTHER;
    }

    /** The rest of a length of more than one byte; {@link #OTHER} if it is not the shortest. */
    private static int longLength(byte[] bytes, int from, int end, int low) {
        int length = low;
        int at = from;
        for (int shift = 7; shift < 35 && at < end; shift += 7) {
            byte next = bytes[at++];
            length |= (next & 0x7F) << shift;
            if (next >= 0) {
                return next == 0 ? OTHER : length;
            }
        }
        return OTHER;
    }

    /** Collects the steps of a form. Confined. */
    static final class Builder {
        private final List<Integer> steps = new ArrayList<>();
        private final List<Integer> names = new ArrayList<>();
        private final List<Integer> withLength = new ArrayList<>();
        private int nameBytes;
        private int slots;
        private int bits;
        private int open = -1; // the step of a run of fixed widths that may go on

        /** The slot that comes next. */
        int slots() {
            return slots;
        }

        /** Values of a fixed width; fields in a row share a slot. */
        Slot fixed(int bytes) {
            if (open < 0) {
                open = add(FIXED, slots++, 0);
            }
            int before = steps.get(open + 2);
            steps.set(open + 2, before + bytes);
            return new Slot(steps.get(open + 1), before);
        }

        int text() {
            add(TEXT, slots);
            withLength.add(slots);
            return slots++;
        }

        /** One of some names, as the number that it has among them. */
        int name(List<byte[]> all) {
            int first = names.size() / 2;
            for (byte[] name : all) {
                names.add(nameBytes);
                names.add(name.length);
                nameBytes += name.length;
            }
            // Two bytes of a number are rare enough to be left to others.
            add(NAME, slots, first, Math.min(all.size(), Byte.MAX_VALUE + 1));
            withLength.add(slots);
            return slots++;
        }

        int decimal() {
            add(DECIMAL, slots);
            return slots++;
        }

        /** A value that is not of a subclass. */
        int exact() {
            add(EXACT, slots);
            return slots++;
        }

        /** Presence bits, by their number. */
        int bits(int bytes) {
            add(BITS, bits, bytes);
            return bits++;
        }

        /** A truth value that is used like a presence bit. */
        int flag() {
            add(FLAG, bits);
            return bits++;
        }

        /**
         * What follows up to {@link #endOptional} may be absent.
         *
         * @param place what slots have then; negative
         * @return what ends it
         */
        int beginOptional(int number, int bit, int place) {
            return add(OPTIONAL, number, bit, slots, 0, place, 0);
        }

        void endOptional(int step) {
            open = -1;
            steps.set(step + 4, slots);
            steps.set(step + 6, steps.size());
        }

        /** Nothing that follows shares a slot with what was before. */
        int mark() {
            open = -1;
            return fixed(0).number();
        }

        private int add(int... step) {
            int at = steps.size();
            open = -1;
            for (int each : step) {
                steps.add(each);
            }
            return at;
        }

        RowScan build() {
            RowScan scan =
                    new RowScan(
                            steps.stream().mapToInt(each -> each).toArray(),
                            names.stream().mapToInt(each -> each).toArray(),
                            slots,
                            bits);
            withLength.forEach(scan::lengths);
            return scan;
        }
    }

    /**
     * Where a value is.
     *
     * @param shift from the slot's place
     */
    record Slot(int number, int shift) {}
}
