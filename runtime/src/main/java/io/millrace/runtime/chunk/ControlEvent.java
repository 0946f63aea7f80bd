package io.millrace.runtime.chunk;

import io.millrace.runtime.checkpoint.CheckpointKind;
import io.millrace.runtime.checkpoint.SnapshotPurpose;

/** What a task tells the ones behind it, in order with its records. A closed family of values. */
public sealed interface ControlEvent extends Item {
    Kind kind();

    /** The control events. */
    enum Kind {
        WATERMARK,
        IDLE,
        ACTIVE,
        BARRIER,
        END_OF_INPUT
    }

    /** No record with a timestamp of {@code timestampMs} or lower will follow on this channel. */
    record Watermark(long timestampMs) implements ControlEvent {
        @Override
        public Kind kind() {
            return Kind.WATERMARK;
        }
    }

    /** This channel has no records for now and holds back nobody's time. */
    record Idle() implements ControlEvent {
        @Override
        public Kind kind() {
            return Kind.IDLE;
        }
    }

    /** After {@link Idle}: this channel's time counts again, although it has not come further. */
    record Active() implements ControlEvent {
        @Override
        public Kind kind() {
            return Kind.ACTIVE;
        }
    }

    /**
     * What is before it on its channel belongs to the checkpoint, what is behind it does not. The
     * ids of a channel's barriers grow; those of checkpoints that were given up may be missing.
     *
     * @param timestampMs when the checkpoint was triggered, milliseconds since the epoch
     */
    record Barrier(
            long checkpointId,
            long timestampMs,
            CheckpointKind checkpointKind,
            SnapshotPurpose purpose)
            implements ControlEvent {
        /** Of a checkpoint of the job's own. */
        public Barrier(long checkpointId, long timestampMs, CheckpointKind checkpointKind) {
            this(checkpointId, timestampMs, checkpointKind, SnapshotPurpose.CHECKPOINT);
        }

        @Override
        public Kind kind() {
            return Kind.BARRIER;
        }
    }

    /** The last item of a channel. */
    record EndOfInput() implements ControlEvent {
        @Override
        public Kind kind() {
            return Kind.END_OF_INPUT;
        }
    }
}
