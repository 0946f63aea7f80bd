package io.millrace.batch.join;

import io.millrace.batch.sort.SortSettings;
import java.util.ArrayList;
import java.util.List;

/**
 * Joins two sides that are sorted by the hashes of their keys, a bounded part at a time. Confined
 * to its operator; close removes the files of both and its own.
 */
/* Records of one hash are mostly of one key, and few. As many kept ones as there is memory for are taken
 * as a block; those that ask are compared with each of the block, by their keys. If kept ones are left, the
 * asking ones are written down again, with whether they were matched, to be compared with the next block.
 * So any number of records of one key is joined in bounded memory, and that any hashes meet does not
 * matter.
 */
final class MergeJoin implements AutoCloseable {
    private static final int COMPARED_PER_STEP = 2048;
    private static final int OBJECT_BYTES = 64;

    private final HashSorted kept;
    private final HashSorted asking;
    private final JoinSide keptSide;
    private final JoinSide askingSide;
    private final JoinResults results;
    private final long blockLimitBytes;
    private final SortSettings againSettings;
    private final List<Member> block = new ArrayList<>();
    private Phase phase = Phase.BEGIN;
    private boolean hasKept;
    private boolean hasAsking;
    private int hash;
    private boolean moreBlocks;
    private int unmatchedMembers;
    // Those that asked the block before and ask the present one; null for the first block.
    private HashSorted asked;
    // Those that ask the present block and will ask the next one; null if there is none.
    private HashSorted again;
    // The record that asks now, null between two.
    private Object asker;
    private Object askerKey;
    private boolean askerMatched;
    private int at;

    private enum Phase {
        BEGIN,
        SEEK,
        COMPARE,
        END_BLOCK,
        DONE
    }

    /** A kept record that is compared. */
    private static final class Member {
        private final Object record;
        private final Object key;
        private boolean matched;

        Member(Object record, Object key) {
            this.record = record;
            this.key = key;
        }
    }

    /**
     * @param blockLimitBytes of records of one hash that are in memory at once
     * @param againSettings of each of two sorts that keep what asks again
     */
    MergeJoin(
            HashSorted kept,
            JoinSide keptSide,
            HashSorted asking,
            JoinSide askingSide,
            JoinResults results,
            long blockLimitBytes,
            SortSettings againSettings) {
        this.kept = kept;
        this.keptSide = keptSide;
        this.asking = asking;
        this.askingSide = askingSide;
        this.results = results;
        this.blockLimitBytes = blockLimitBytes;
        this.againSettings = againSettings;
    }

    /** Does some work; true when all is done. */
    public boolean step() throws Exception {
        int left = COMPARED_PER_STEP;
        while (left > 0 && phase != Phase.DONE) {
            left -=
                    switch (phase) {
                        case BEGIN -> begin();
                        case SEEK -> seek();
                        case COMPARE -> compare(left);
                        case END_BLOCK -> endBlock(left);
                        case DONE -> 0;
                    };
        }
        return phase == Phase.DONE;
    }

    private int begin() {
        hasKept = kept.advance();
        hasAsking = asking.advance();
        phase = Phase.SEEK;
        return 1;
    }

    /** Goes on by one record, or comes to a hash that both have. */
    private int seek() throws Exception {
        if (!hasKept && !hasAsking) {
            phase = Phase.DONE;
            return 1;
        }
        int order =
                !hasKept
                        ? 1
                        : !hasAsking ? -1 : Integer.compareUnsigned(kept.hash(), asking.hash());
        if (order < 0) {
            if (results.wantsKept()) {
                results.kept(kept.value(), false);
            }
            hasKept = kept.advance();
        } else if (order > 0) {
            if (results.wantsAsked()) {
                results.asked(asking.value(), false);
            }
            hasAsking = asking.advance();
        } else {
            hash = kept.hash();
            nextBlock();
        }
        return 1;
    }

    private void nextBlock() throws Exception {
        block.clear();
        long bytes = 0;
        // One at least.
        while (hasKept && kept.hash() == hash && (bytes < blockLimitBytes || block.isEmpty())) {
            bytes += OBJECT_BYTES + 2L * kept.length();
            Object record = kept.value();
            block.add(new Member(record, keptSide.keyOf(record)));
            hasKept = kept.advance();
        }
        unmatchedMembers = block.size();
        moreBlocks = hasKept && kept.hash() == hash;
        asked = again;
        again = moreBlocks ? HashSorted.inSequence(askingSide, againSettings) : null;
        phase = Phase.COMPARE;
    }

    private int compare(int most) throws Exception {
        if (asker == null && !nextAsker()) {
            at = 0;
            phase = Phase.END_BLOCK;
            return 1;
        }
        boolean pairs = results.wantsPairs();
        int from = at;
        int end = Math.min(block.size(), at + most);
        while (at < end && !isKnown(pairs)) {
            compare(block.get(at++), pairs);
        }
        if (at == block.size() || isKnown(pairs)) {
            endAsker();
        }
        return 1 + at - from;
    }

    /** Who only wants to know whether somebody has a partner knows it soon. */
    private boolean isKnown(boolean pairs) {
        return !pairs
                && (askerMatched || !results.wantsAsked())
                && (unmatchedMembers == 0 || !results.wantsKept());
    }

    private void compare(Member member, boolean pairs) throws Exception {
        if (!member.key.equals(askerKey)) {
            return;
        }
        askerMatched = true;
        if (!member.matched) {
            member.matched = true;
            unmatchedMembers--;
        }
        if (pairs) {
            boolean once = block.size() == 1 && !moreBlocks;
            results.pair(keptSide.toGive(member.record), once ? asker : askingSide.toGive(asker));
        }
    }

    private boolean nextAsker() throws Exception {
        if (asked == null) {
            if (!hasAsking || asking.hash() != hash) {
                return false;
            }
            take(asking.value(), false);
            hasAsking = asking.advance();
            return true;
        }
        if (!asked.advance()) {
            return false;
        }
        take(asked.value(), asked.isMatched());
        return true;
    }

    private void take(Object record, boolean matched) throws Exception {
        asker = record;
        askerKey = askingSide.keyOf(record);
        askerMatched = matched;
        at = 0;
    }

    private void endAsker() throws Exception {
        if (moreBlocks) {
            again.addAgain(asker, askerMatched);
        } else if (results.wantsAsked()) {
            results.asked(asker, askerMatched);
        }
        asker = null;
        askerKey = null;
    }

    private int endBlock(int most) throws Exception {
        int from = at;
        if (results.wantsKept()) {
            for (int end = Math.min(block.size(), at + most); at < end; at++) {
                Member member = block.get(at);
                results.kept(member.record, member.matched);
            }
            if (at < block.size()) {
                return at - from;
            }
        }
        if (asked != null) {
            asked.close();
        }
        if (moreBlocks) {
            nextBlock();
        } else {
            block.clear();
            asked = null;
            again = null;
            phase = Phase.SEEK;
        }
        return 1 + at - from;
    }

    @Override
    public void close() {
        try (kept;
                asking) {
            if (asked != null) {
                asked.close();
            }
            if (again != null) {
                again.close();
            }
        }
    }
}
