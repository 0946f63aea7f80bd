package io.millrace.batch;

import io.millrace.api.error.TraversableOnceException;
import io.millrace.api.function.KeySelector;
import io.millrace.batch.sort.SortedRecords;
import java.util.Iterator;
import java.util.NoSuchElementException;

/** Walks over sorted records once, a key at a time or all at once. Confined to its operator. */
final class PartitionWalk {
    private final SortedRecords<Object> records;
    // Null if all records belong together.
    private final KeySelector<Object, Object> keySelector;
    private boolean hasNext;
    private Object next;
    private Object nextKey;
    private Values current;

    PartitionWalk(SortedRecords<Object> records, KeySelector<Object, Object> keySelector)
            throws Exception {
        this.records = records;
        this.keySelector = keySelector;
        step();
    }

    private void step() throws Exception {
        hasNext = records.advance();
        next = hasNext ? records.record() : null;
        nextKey = hasNext && keySelector != null ? keySelector.getKey(next) : null;
    }

    /** Skips what is left of the key before. */
    boolean hasNextKey() {
        while (current != null && current.hasNext()) {
            current.next();
        }
        return hasNext;
    }

    /** The records of the next key; there must be one. */
    Iterable<Object> nextKey() {
        current = new Values(nextKey);
        return current;
    }

    /** All records. */
    Iterable<Object> all() {
        return new Values(null);
    }

    /** The records that are left, of one key perhaps. */
    private final class Values implements Iterable<Object>, Iterator<Object> {
        // Null for all records.
        private final Object key;
        private boolean begun;

        Values(Object key) {
            this.key = key;
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
            return hasNext && (key == null || key.equals(nextKey));
        }

        @Override
        public Object next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            Object record = next;
            try {
                step();
            } catch (RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new IllegalStateException("a key selector failed on a sorted record", e);
            }
            return record;
        }
    }
}
