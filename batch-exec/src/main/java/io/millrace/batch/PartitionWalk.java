package io.millrace.batch;

import io.millrace.api.error.TraversableOnceException;
import java.util.Iterator;
import java.util.NoSuchElementException;

/** Walks over sorted records once, a key at a time or all at once. Confined to its operator. */
final class PartitionWalk {
    private final FoldSequence records;
    // The next record; null at the end.
    private FoldFormat.Fold head;
    private Values current;

    PartitionWalk(FoldSequence records) throws Exception {
        this.records = records;
        this.head = records.next();
    }

    /** Skips what is left of the key before. */
    boolean hasNextKey() {
        while (current != null && current.hasNext()) {
            current.next();
        }
        return head != null;
    }

    /** The records of the next key; there must be one. */
    Iterable<Object> nextKey() {
        current = new Values(head);
        return current;
    }

    /** All records. */
    Iterable<Object> all() {
        return new Values(null);
    }

    /** The records that are left, of one key perhaps. */
    private final class Values implements Iterable<Object>, Iterator<Object> {
        // Null for all keys.
        private final FoldFormat.Fold first;
        private boolean begun;

        Values(FoldFormat.Fold first) {
            this.first = first;
        }

        @Override
        public Iterator<Object> iterator() {
            if (begun) {
                throw new TraversableOnceException();
            }
            begun = true;
            return this;
        }

        @Override
        public boolean hasNext() {
            return head != null
                    && (first == null
                            || first.keyHash() == head.keyHash() && first.key().equals(head.key()));
        }

        @Override
        public Object next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            Object value = head.value();
            try {
                head = records.next();
            } catch (RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new IllegalStateException("The records cannot be read back.", e);
            }
            return value;
        }
    }
}
