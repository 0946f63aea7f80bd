package io.millrace.batch.sort;

import java.util.Arrays;

/**
 * Orders entries whose prefixes are equal: by the next eight bytes of their keys, and so on; by the
 * keys themselves where the bytes do not decide. Confined to its sorter.
 */
/* While entries are compared by further bytes, those behind what all have in common, these stand in place
 * of the prefix: one look at each entry, and then a sort of numbers. Keys themselves are made for some entries at a time, and sorted;
 * then such runs are merged, up to 64 at once, with one key of each. The prefixes' places, which are
 * equal and so not needed, take the merged order.
 */
final class TieBreaker {
    private static final int KEYS_AT_ONCE = 1024;
    private static final int MERGED_AT_ONCE = 64;

    private final Keys keys;
    private final long keyBytesAtOnce;
    private final Look first = new Look();
    private final Look one = new Look();

    /** Makes and compares keys. */
    interface Keys {
        /** The key of the record of an entry. */
        Object of(EntryCursor entry);

        int compare(Object one, Object other);
    }

    /** At one entry. */
    private static final class Look extends EntryCursor {
        @Override
        boolean advance() {
            return false;
        }
    }

    private record Keyed(Object key, long place) {}

    /**
     * @param keyBytesAtOnce bytes of records of which the keys may be in memory together
     */
    TieBreaker(Keys keys, long keyBytesAtOnce) {
        this.keys = keys;
        this.keyBytesAtOnce = keyBytesAtOnce;
    }

    /** The pairs are in the order of prefix and place. */
    void resolve(SortBuffer buffer, long[] pairs, int from, int to) {
        resolve(buffer, pairs, from, to, 0);
    }

    private void resolve(SortBuffer buffer, long[] pairs, int from, int to, int depth) {
        int start = from;
        while (start < to) {
            int end = start + 1;
            while (end < to && pairs[2 * end] == pairs[2 * start]) {
                end++;
            }
            if (end - start > 1) {
                resolveEqual(buffer, pairs, start, end, depth);
            }
            start = end;
        }
    }

    /** Entries of which all bytes before the depth are equal. */
    private void resolveEqual(SortBuffer buffer, long[] pairs, int from, int to, int depth) {
        long prefix = pairs[2 * from];
        int common = commonBytes(buffer, pairs, from, to, depth);
        // No key is the beginning of another, so all end there or none does.
        if (common < first.restLength) {
            for (int i = from; i < to; i++) {
                pairs[2 * i] = further(look(buffer, pairs, i, one), common);
            }
            PrefixSort.sort(pairs, from, to);
            resolve(buffer, pairs, from, to, common + Long.BYTES);
        } else if (first.undecided) {
            sortKeys(buffer, pairs, from, to);
        } else {
            return;
        }
        for (int i = from; i < to; i++) {
            pairs[2 * i] = prefix;
        }
    }

    /** How far the rests of all entries are equal, if they are up to the depth. */
    private int commonBytes(SortBuffer buffer, long[] pairs, int from, int to, int depth) {
        look(buffer, pairs, from, first);
        int common = first.restLength;
        for (int i = from + 1; i < to && common > depth; i++) {
            look(buffer, pairs, i, one);
            int different =
                    Arrays.mismatch(
                            first.bytes,
                            first.restAt,
                            first.restAt + common,
                            one.bytes,
                            one.restAt,
                            one.restAt + Math.min(common, one.restLength));
            common = different < 0 ? common : different;
        }
        return Math.max(depth, common);
    }

    private static EntryCursor look(SortBuffer buffer, long[] pairs, int index, Look at) {
        long place = pairs[2 * index + 1];
        at.at(pairs[2 * index], buffer.page(place), (int) place);
        return at;
    }

    /** The next eight bytes of the rest, as a prefix. */
    private static long further(EntryCursor entry, int depth) {
        int length = Math.min(Long.BYTES, entry.restLength - depth);
        long value = 0;
        for (int i = 0; i < length; i++) {
            value = value << Byte.SIZE | entry.bytes[entry.restAt + depth + i] & 0xFF;
        }
        return value << Byte.SIZE * (Long.BYTES - length) ^ Long.MIN_VALUE;
    }

    private void sortKeys(SortBuffer buffer, long[] pairs, int from, int to) {
        int[] ends = sortRuns(buffer, pairs, from, to);
        while (ends.length > 1) {
            int[] merged = new int[(ends.length + MERGED_AT_ONCE - 1) / MERGED_AT_ONCE];
            int start = from;
            for (int i = 0; i < merged.length; i++) {
                int first = i * MERGED_AT_ONCE;
                int last = Math.min(ends.length, first + MERGED_AT_ONCE);
                mergeRuns(buffer, pairs, start, Arrays.copyOfRange(ends, first, last));
                start = ends[last - 1];
                merged[i] = start;
            }
            ends = merged;
        }
    }

    /** Sorts some entries at a time; answers where each run ends. */
    private int[] sortRuns(SortBuffer buffer, long[] pairs, int from, int to) {
        int[] ends = new int[(to - from) / KEYS_AT_ONCE + 1];
        int runs = 0;
        Keyed[] some = new Keyed[Math.min(KEYS_AT_ONCE, to - from)];
        int start = from;
        while (start < to) {
            int size = 0;
            long bytes = 0;
            while (start + size < to && size < some.length && bytes < keyBytesAtOnce) {
                EntryCursor entry = look(buffer, pairs, start + size, one);
                some[size++] = new Keyed(keys.of(entry), pairs[2 * (start + size) - 1]);
                bytes += entry.recordLength;
            }
            // Stable, and the places ascend.
            Arrays.sort(some, 0, size, (a, b) -> keys.compare(a.key, b.key));
            for (int i = 0; i < size; i++) {
                pairs[2 * (start + i) + 1] = some[i].place;
            }
            start += size;
            if (runs == ends.length) {
                ends = Arrays.copyOf(ends, 2 * ends.length);
            }
            ends[runs++] = start;
        }
        return Arrays.copyOf(ends, runs);
    }

    private void mergeRuns(SortBuffer buffer, long[] pairs, int from, int[] ends) {
        int[] next = new int[ends.length];
        Object[] heads = new Object[ends.length];
        for (int i = 0; i < ends.length; i++) {
            next[i] = i == 0 ? from : ends[i - 1];
            heads[i] = keys.of(look(buffer, pairs, next[i], one));
        }
        LoserTree tree =
                new LoserTree(ends.length) {
                    @Override
                    boolean before(int one, int other) {
                        if (next[one] == ends[one] || next[other] == ends[other]) {
                            return next[one] != ends[one];
                        }
                        int order = keys.compare(heads[one], heads[other]);
                        return order != 0 ? order < 0 : one < other;
                    }
                };
        tree.build();
        int end = ends[ends.length - 1];
        // Taken from a range that is not yet overwritten: only the prefixes' places are written.
        for (int i = from; i < end; i++) {
            int run = tree.winner();
            pairs[2 * i] = pairs[2 * next[run] + 1];
            next[run]++;
            heads[run] =
                    next[run] == ends[run] ? null : keys.of(look(buffer, pairs, next[run], one));
            tree.replay();
        }
        for (int i = from; i < end; i++) {
            pairs[2 * i + 1] = pairs[2 * i];
        }
    }
}
