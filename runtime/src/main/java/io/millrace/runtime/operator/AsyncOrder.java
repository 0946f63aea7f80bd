package io.millrace.runtime.operator;

import java.util.ArrayDeque;

/** In which order the results of asynchronous records go on. Confined to its task. */
sealed interface AsyncOrder {
    /** A record that is asked for from now on, or a watermark. */
    void add(AsyncEntry entry);

    /** A record has its results. */
    void onDone(AsyncEntry entry);

    /** The next entry that may go on, taken out; or null. */
    AsyncEntry next();

    boolean isEmpty();

    /** In the order of the records. */
    final class Ordered implements AsyncOrder {
        private final ArrayDeque<AsyncEntry> entries = new ArrayDeque<>();

        @Override
        public void add(AsyncEntry entry) {
            entries.add(entry);
        }

        @Override
        public void onDone(AsyncEntry entry) {
            // Its turn comes when it stands at the head.
        }

        @Override
        public AsyncEntry next() {
            return !entries.isEmpty() && entries.peek().isDone() ? entries.remove() : null;
        }

        @Override
        public boolean isEmpty() {
            return entries.isEmpty();
        }
    }

    /** As they come, but never across a watermark: the records between two watermarks together. */
    final class Unordered implements AsyncOrder {
        private final ArrayDeque<Segment> segments = new ArrayDeque<>();

        /** The records between two watermarks. */
        private static final class Segment {
            private final ArrayDeque<AsyncEntry> done = new ArrayDeque<>();
            private int open;
            // The one behind them; null while there is none.
            private AsyncEntry watermark;

            boolean isEmpty() {
                return open == 0 && done.isEmpty();
            }
        }

        Unordered() {
            segments.add(new Segment());
        }

        @Override
        public void add(AsyncEntry entry) {
            Segment last = segments.getLast();
            if (entry.isWatermark()) {
                last.watermark = entry;
                segments.add(new Segment());
            } else {
                last.open++;
                entry.segment = last;
            }
        }

        @Override
        public void onDone(AsyncEntry entry) {
            Segment segment = (Segment) entry.segment;
            segment.open--;
            segment.done.add(entry);
        }

        @Override
        public AsyncEntry next() {
            Segment first = segments.getFirst();
            if (!first.done.isEmpty()) {
                return first.done.remove();
            }
            if (first.open == 0 && first.watermark != null) {
                segments.remove();
                return first.watermark;
            }
            return null;
        }

        @Override
        public boolean isEmpty() {
            return segments.size() == 1 && segments.getFirst().isEmpty();
        }
    }
}
