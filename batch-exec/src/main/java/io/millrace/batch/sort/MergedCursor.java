package io.millrace.batch.sort;

import java.util.Arrays;
import java.util.List;

/** Merges sorted cursors; of equal entries that of the earlier one comes first. Confined. */
final class MergedCursor extends EntryCursor {
    private static final Object UNKNOWN = new Object();

    private final EntryCursor[] sources;
    private final TieBreaker.Keys keys;
    private final boolean[] ended;
    // Of the sources' entries, as far as somebody needed them.
    private final Object[] known;
    private final LoserTree tree;
    private boolean begun;

    /**
     * @param sources oldest first
     */
    MergedCursor(List<EntryCursor> sources, TieBreaker.Keys keys) {
        this.sources = sources.toArray(EntryCursor[]::new);
        this.keys = keys;
        this.ended = new boolean[this.sources.length];
        this.known = new Object[this.sources.length];
        this.tree =
                new LoserTree(this.sources.length) {
                    @Override
                    boolean before(int one, int other) {
                        return isBefore(one, other);
                    }
                };
    }

    private boolean isBefore(int one, int other) {
        if (ended[one] || ended[other]) {
            return !ended[one];
        }
        EntryCursor mine = sources[one];
        int order = mine.compareBytes(sources[other]);
        if (order == 0 && mine.undecided) {
            order = keys.compare(key(one), key(other));
        }
        return order != 0 ? order < 0 : one < other;
    }

    private Object key(int source) {
        if (known[source] == UNKNOWN) {
            known[source] = keys.of(sources[source]);
        }
        return known[source];
    }

    @Override
    boolean advance() {
        if (begun) {
            advance(tree.winner());
            tree.replay();
        } else {
            begun = true;
            Arrays.fill(known, UNKNOWN);
            for (int i = 0; i < sources.length; i++) {
                advance(i);
            }
            tree.build();
        }
        int winner = tree.winner();
        if (ended[winner]) {
            return false;
        }
        same(sources[winner]);
        return true;
    }

    private void advance(int source) {
        if (!ended[source]) {
            known[source] = UNKNOWN;
            ended[source] = !sources[source].advance();
        }
    }
}
