package io.millrace.connector.parquet.write;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.parquet.column.ColumnDescriptor;

/**
 * Repetition and definition level of each value of a page, null or not; none are kept where they
 * are always 0. Confined to its column.
 */
/* In most pages of columns that are not repeated nothing is null, or everything: as long as definitions are
 * all the same they are only counted. */
final class Levels {
    /** A byte is enough for each. */
    private static final int MAX_LEVEL = 127;

    private static final int FIRST_LEVELS = 64;
    private static final int NOT_THE_SAME = -1;

    private final boolean repeated;
    private final boolean optional;
    private byte[] repetitions = {};
    private byte[] definitions = {};
    private int count;

    /** The definition of all values so far, none of which lie in the array. */
    private int same = NOT_THE_SAME;

    Levels(ColumnDescriptor column) {
        int deepest = Math.max(column.getMaxDefinitionLevel(), column.getMaxRepetitionLevel());
        if (deepest > MAX_LEVEL) {
            throw new IllegalArgumentException(
                    "column '"
                            + String.join(".", column.getPath())
                            + "' is nested "
                            + deepest
                            + " deep, columns of more than "
                            + MAX_LEVEL
                            + " are not written");
        }
        this.repeated = column.getMaxRepetitionLevel() > 0;
        this.optional = column.getMaxDefinitionLevel() > 0;
    }

    void add(int repetition, int definition) {
        if (definition == same) {
            count++;
        } else if (optional) {
            addOther(repetition, definition);
        }
    }

    private void addOther(int repetition, int definition) {
        if (count == 0 && !repeated) {
            same = definition;
            count = 1;
            return;
        }
        if (same != NOT_THE_SAME) {
            grow();
            Arrays.fill(definitions, 0, count, (byte) same);
            same = NOT_THE_SAME;
        }
        if (count == definitions.length) {
            grow();
        }
        definitions[count] = (byte) definition;
        if (repeated) {
            repetitions[count] = (byte) repetition;
        }
        count++;
    }

    /**
     * Those of rows that are not repeated.
     *
     * @param definition of what is present
     * @param places negative where nothing is: the complement of the definition there
     */
    void addAll(int definition, int[] places, int from, int rows) {
        int signs = 0;
        for (int i = from; i < from + rows; i++) {
            signs |= places[i];
        }
        if (signs >= 0) {
            addSame(definition, rows);
            return;
        }
        for (int i = from; i < from + rows; i++) {
            int place = places[i];
            add(0, place < 0 ? ~place : definition);
        }
    }

    /** As many times, where nothing is repeated. */
    void addSame(int definition, int times) {
        int left = times;
        while (left > 0 && definition != same) {
            if (!optional) {
                return;
            }
            addOther(0, definition);
            left--;
        }
        count += left;
    }

    /** Room for one more at least. */
    private void grow() {
        if (count < definitions.length) {
            return;
        }
        int larger = Math.max(FIRST_LEVELS, Math.multiplyExact(count, 2));
        definitions = Arrays.copyOf(definitions, larger);
        if (repeated) {
            repetitions = Arrays.copyOf(repetitions, larger);
        }
    }

    /**
     * All values of the page.
     *
     * @param present those that are not null
     */
    int count(int present) {
        return optional ? count : present;
    }

    /** Each kind with the number of its bytes in front, or nothing where there are no levels. */
    void write(int repetitionBits, int definitionBits, int present, Scratch scratch) {
        if (repeated) {
            writeLevels(repetitions, repetitionBits, NOT_THE_SAME, scratch);
        }
        if (optional) {
            boolean allThere = count == present && count > 0 && same == NOT_THE_SAME;
            writeLevels(definitions, definitionBits, allThere ? definitions[0] : same, scratch);
        }
    }

    private void writeLevels(byte[] levels, int bits, int all, Scratch scratch) {
        PageBytes page = scratch.page;
        int start = page.length;
        page.putInt(0);
        if (all != NOT_THE_SAME) {
            HybridEncoding.writeRun(all, count, bits, page);
        } else {
            int[] numbers = scratch.numbers(count);
            for (int i = 0; i < count; i++) {
                numbers[i] = levels[i];
            }
            HybridEncoding.write(numbers, count, bits, page);
        }
        PageBytes.setInt(page.bytes, start, page.length - start - Integer.BYTES);
    }

    /** How often each level is there; empty where that says nothing, as parquet-java has it. */
    List<Long> repetitionCounts(int max) {
        return max > 0 ? counts(repetitions, NOT_THE_SAME, max) : List.of();
    }

    List<Long> definitionCounts(int max) {
        return max > 1 ? counts(definitions, same, max) : List.of();
    }

    private List<Long> counts(byte[] levels, int each, int max) {
        long[] counts = new long[max + 1];
        if (each != NOT_THE_SAME) {
            counts[each] = count;
        } else {
            for (int i = 0; i < count; i++) {
                counts[levels[i]]++;
            }
        }
        List<Long> all = new ArrayList<>();
        for (long one : counts) {
            all.add(one);
        }
        return all;
    }

    void clear() {
        count = 0;
        same = NOT_THE_SAME;
    }
}
