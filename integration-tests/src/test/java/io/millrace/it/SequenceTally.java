package io.millrace.it;

import java.util.BitSet;

/**
 * Counts lines {@code key,number}, each of which must come once: record {@code i} is number {@code
 * i / keys} of key {@code i % keys}. Confined to one thread.
 */
final class SequenceTally {
    private final int records;
    private final int keys;
    private final BitSet seen;
    private long doubled;
    private long gaps;
    private String firstWrong = "";

    SequenceTally(int records, int keys) {
        this.records = records;
        this.keys = keys;
        this.seen = new BitSet(records);
    }

    /** The line of record {@code i}. */
    static String line(long i, int keys) {
        return i % keys + "," + i / keys;
    }

    void add(String line) {
        int comma = line.indexOf(',');
        if (line.startsWith("GAP") || comma < 0) {
            gaps++;
            noteWrong(line);
            return;
        }
        long key = Long.parseLong(line, 0, comma, 10);
        long i = Long.parseLong(line, comma + 1, line.length(), 10) * keys + key;
        if (i < 0 || i >= records || key < 0 || key >= keys) {
            gaps++;
            noteWrong(line);
        } else if (seen.get((int) i)) {
            doubled++;
            noteWrong(line);
        } else {
            seen.set((int) i);
        }
    }

    private void noteWrong(String line) {
        if (firstWrong.isEmpty()) {
            firstWrong = line;
        }
    }

    long distinct() {
        return seen.cardinality();
    }

    long lost() {
        return records - distinct();
    }

    long doubled() {
        return doubled;
    }

    /** Lines that say that state did not fit, or that no record has. */
    long gaps() {
        return gaps;
    }

    boolean isExact() {
        return lost() == 0 && doubled == 0 && gaps == 0;
    }

    @Override
    public String toString() {
        String missing = lost() == 0 ? "" : ", first missing " + line(seen.nextClearBit(0), keys);
        String wrong = firstWrong.isEmpty() ? "" : ", first wrong line: " + firstWrong;
        return "read "
                + (distinct() + doubled + gaps)
                + ", lost "
                + lost()
                + ", doubled "
                + doubled
                + ", gaps "
                + gaps
                + missing
                + wrong;
    }
}
