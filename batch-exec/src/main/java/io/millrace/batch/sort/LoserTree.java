package io.millrace.batch.sort;

import java.util.Arrays;

/**
 * Finds the first of the heads of several sequences with one comparison for each of the tree's
 * levels (Knuth, TAOCP 3, 5.4.1). Confined to one thread.
 */
abstract class LoserTree {
    private static final int NOBODY = -1;

    private final int sources;
    // Who lost at each inner node; at 0 who won all.
    private final int[] losers;

    LoserTree(int sources) {
        this.sources = sources;
        this.losers = new int[Math.max(1, sources)];
    }

    /** Whether the head of one comes before that of the other; an exhausted one never does. */
    abstract boolean before(int one, int other);

    /** Plays all; each source has its first head. */
    final void build() {
        Arrays.fill(losers, NOBODY);
        for (int i = 0; i < sources; i++) {
            play(i);
        }
    }

    final int winner() {
        return losers[0];
    }

    /** The winner has another head. */
    final void replay() {
        play(losers[0]);
    }

    private void play(int source) {
        int winner = source;
        for (int node = (source + sources) >>> 1; node > 0; node >>>= 1) {
            int other = losers[node];
            if (winner != NOBODY && (other == NOBODY || before(other, winner))) {
                losers[node] = winner;
                winner = other;
            }
        }
        losers[0] = winner;
    }
}
