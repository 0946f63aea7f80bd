package io.millrace.api.source.hybrid;

import io.millrace.api.source.Source;
import io.millrace.api.source.SourceEvent;

/**
 * What the enumerator and the readers of a hybrid source say to each other. Sources are counted
 * from 0. Immutable.
 */
sealed interface HybridEvent extends SourceEvent {
    Kind kind();

    enum Kind {
        READER_STARTED,
        READER_NEEDS,
        READER_AT_END,
        SWITCH_SOURCE,
        NO_MORE_SPLITS,
        OF_SOURCE
    }

    /** A reader has no source yet. */
    record ReaderStarted() implements HybridEvent {
        @Override
        public Kind kind() {
            return Kind.READER_STARTED;
        }
    }

    /** A reader has splits of a source before the one that it was told to read. */
    record ReaderNeeds(int sourceIndex) implements HybridEvent {
        @Override
        public Kind kind() {
            return Kind.READER_NEEDS;
        }
    }

    /** A reader has read all that it was given of a source that is not the last one. */
    record ReaderAtEnd(int sourceIndex) implements HybridEvent {
        @Override
        public Kind kind() {
            return Kind.READER_AT_END;
        }
    }

    /**
     * A reader shall read this source.
     *
     * @param source null if the job has it
     */
    record SwitchSource(int sourceIndex, Source<?, ?, ?> source) implements HybridEvent {
        @Override
        public Kind kind() {
            return Kind.SWITCH_SOURCE;
        }
    }

    /** A reader will get no more of a source that is not the last one. */
    record NoMoreSplits(int sourceIndex) implements HybridEvent {
        @Override
        public Kind kind() {
            return Kind.NO_MORE_SPLITS;
        }
    }

    /** What the enumerator and the readers of one source say to each other. */
    record OfSource(int sourceIndex, SourceEvent event) implements HybridEvent {
        @Override
        public Kind kind() {
            return Kind.OF_SOURCE;
        }
    }
}
