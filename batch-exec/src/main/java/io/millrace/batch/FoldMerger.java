package io.millrace.batch;

import io.millrace.batch.FoldSerializer.Fold;
import io.millrace.batch.sort.SortedRecords;
import java.util.ArrayList;
import java.util.List;

/** Folds the sorted folds of each key into one. Confined to its operator. */
/* Folds come by hash, older before younger. All of one hash are gathered and folded by key; different
 * keys of one hash are rare, so a list is searched.
 */
final class FoldMerger {
    private final SortedRecords<Fold> folds;
    private final Folding folding;
    private final List<Fold> sameHash = new ArrayList<>();
    private int position;
    // The first of the next hash; null at the end.
    private Fold head;

    FoldMerger(SortedRecords<Fold> folds, Folding folding) {
        this.folds = folds;
        this.folding = folding;
        step();
    }

    private void step() {
        head = folds.advance() ? folds.record() : null;
    }

    /** The next key with its fold, or null after the last. */
    Fold next() throws Exception {
        if (position == sameHash.size()) {
            gather();
        }
        return position == sameHash.size() ? null : sameHash.get(position++);
    }

    private void gather() throws Exception {
        sameHash.clear();
        position = 0;
        if (head == null) {
            return;
        }
        int keyHash = head.keyHash();
        while (head != null && head.keyHash() == keyHash) {
            fold(head);
            step();
        }
    }

    private void fold(Fold younger) throws Exception {
        for (int i = 0; i < sameHash.size(); i++) {
            Fold older = sameHash.get(i);
            if (older.key().equals(younger.key())) {
                sameHash.set(
                        i,
                        new Fold(
                                older.keyHash(),
                                older.key(),
                                folding.fold(older.value(), younger.value())));
                return;
            }
        }
        sameHash.add(younger);
    }
}
