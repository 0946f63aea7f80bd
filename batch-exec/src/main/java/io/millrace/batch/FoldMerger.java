package io.millrace.batch;

import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;

/** Merges sorted sequences of folds, so that each key comes once. Confined to its operator. */
/* Sequences are merged by hash, older before younger. All folds of one hash are gathered and folded by
 * key; different keys of one hash are rare, so a list is searched.
 */
final class FoldMerger {
    private final Folding folding;
    private final PriorityQueue<Head> heads =
            new PriorityQueue<>(
                    (a, b) -> {
                        int byHash = Integer.compare(a.fold.keyHash(), b.fold.keyHash());
                        return byHash != 0 ? byHash : Integer.compare(a.age, b.age);
                    });
    private final List<FoldFormat.Fold> sameHash = new ArrayList<>();
    private int position;

    private static final class Head {
        private final FoldSequence sequence;
        private final int age;
        private FoldFormat.Fold fold;

        Head(FoldSequence sequence, int age) {
            this.sequence = sequence;
            this.age = age;
        }
    }

    /**
     * @param sequences oldest first
     */
    FoldMerger(List<FoldSequence> sequences, Folding folding) throws Exception {
        this.folding = folding;
        for (int i = 0; i < sequences.size(); i++) {
            advance(new Head(sequences.get(i), i));
        }
    }

    private void advance(Head head) throws Exception {
        head.fold = head.sequence.next();
        if (head.fold != null) {
            heads.add(head);
        }
    }

    /** The next key with its fold, or null after the last. */
    FoldFormat.Fold next() throws Exception {
        if (position == sameHash.size()) {
            gather();
        }
        return position == sameHash.size() ? null : sameHash.get(position++);
    }

    private void gather() throws Exception {
        sameHash.clear();
        position = 0;
        Head head = heads.peek();
        if (head == null) {
            return;
        }
        int keyHash = head.fold.keyHash();
        while (head != null && head.fold.keyHash() == keyHash) {
            heads.remove();
            fold(head.fold);
            advance(head);
            head = heads.peek();
        }
    }

    private void fold(FoldFormat.Fold younger) throws Exception {
        for (int i = 0; i < sameHash.size(); i++) {
            FoldFormat.Fold older = sameHash.get(i);
            if (older.key().equals(younger.key())) {
                sameHash.set(
                        i,
                        new FoldFormat.Fold(
                                older.keyHash(),
                                older.key(),
                                folding.fold(older.value(), younger.value())));
                return;
            }
        }
        sameHash.add(younger);
    }
}
