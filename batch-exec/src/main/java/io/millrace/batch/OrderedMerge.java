package io.millrace.batch;

import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** Merges sorted sequences; of equal records the one of the older comes first. Confined. */
final class OrderedMerge implements FoldSequence {
    private final PriorityQueue<Head> heads;

    private static final class Head {
        private final FoldSequence sequence;
        private final int age;
        private FoldFormat.Fold record;

        Head(FoldSequence sequence, int age) {
            this.sequence = sequence;
            this.age = age;
        }
    }

    /**
     * @param sequences oldest first
     */
    OrderedMerge(List<FoldSequence> sequences, Comparator<FoldFormat.Fold> order) throws Exception {
        this.heads =
                new PriorityQueue<>(
                        (a, b) -> {
                            int byRecord = order.compare(a.record, b.record);
                            return byRecord != 0 ? byRecord : Integer.compare(a.age, b.age);
                        });
        for (int i = 0; i < sequences.size(); i++) {
            advance(new Head(sequences.get(i), i));
        }
    }

    private void advance(Head head) throws Exception {
        head.record = head.sequence.next();
        if (head.record != null) {
            heads.add(head);
        }
    }

    @Override
    public FoldFormat.Fold next() throws Exception {
        Head first = heads.poll();
        if (first == null) {
            return null;
        }
        FoldFormat.Fold record = first.record;
        advance(first);
        return record;
    }
}
