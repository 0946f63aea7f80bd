package io.millrace.runtime.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.fault.FaultPoint;
import io.millrace.api.fault.SimulatedCrash;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What every store of pointers keeps to, also when storage fails under it. */
public abstract class PointerStoreContract {
    protected static final String JOB = Manifests.JOB;

    /** What happens to operations of the storage from now on. */
    protected enum Fault {
        NONE,
        /** Every write is refused, before it has an effect. */
        WRITES_REFUSED,
        /** The next write has its effect, but fails. */
        REPLY_LOST_ONCE,
        /** The next write has its effect, but fails, and nothing answers after it. */
        REPLY_LOST_THEN_SILENCE
    }

    /** A leader that has begun an epoch, on the storage of the test. */
    protected abstract PointerStore lead(long epoch);

    /** Of all stores of the test. */
    protected abstract void set(Fault fault);

    @AfterEach
    void disarm() {
        System.clearProperty(FaultPoint.CRASH_AT);
        System.clearProperty(FaultPoint.CRASH_HOW);
    }

    protected static Pointer pointer(String jobId, long checkpointId) {
        return new Pointer(
                jobId,
                "job",
                "file:/checkpoints/" + jobId,
                checkpointId,
                List.of(
                        new CheckpointRecord(
                                checkpointId, 1, "1/" + checkpointId + "/manifest", 100, 7)));
    }

    private static void assertLost(Runnable write) {
        assertThatThrownBy(write::run)
                .isInstanceOfSatisfying(
                        MillraceException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.LEADERSHIP_LOST));
    }

    @Test
    void aJobWithoutACheckpointHasNoPointer() {
        try (PointerStore store = lead(1)) {
            assertThat(store.read(JOB)).isNull();
            assertThat(store.read(JOB)).isNull();
        }
        try (PointerStore next = lead(2)) {
            assertThat(next.read(JOB)).isNull();
        }
    }

    @Test
    void theLastOneWrittenIsReadByThisLeaderAndTheNext() {
        try (PointerStore store = lead(1)) {
            for (int id = 1; id <= 5; id++) {
                store.write(pointer(JOB, id), 1);
                assertThat(store.read(JOB)).isEqualTo(pointer(JOB, id));
            }
        }
        try (PointerStore next = lead(2)) {
            assertThat(next.read(JOB)).isEqualTo(pointer(JOB, 5));
            next.write(pointer(JOB, 6), 2);
        }
        try (PointerStore third = lead(3)) {
            assertThat(third.read(JOB)).isEqualTo(pointer(JOB, 6));
        }
    }

    @Test
    void jobsHavePointersOfTheirOwn() {
        String other = "f".repeat(32);
        try (PointerStore store = lead(1)) {
            store.write(pointer(JOB, 1), 1);
            store.write(pointer(other, 2), 1);

            assertThat(store.read(JOB)).isEqualTo(pointer(JOB, 1));
            assertThat(store.read(other)).isEqualTo(pointer(other, 2));
        }
    }

    @Test
    void aLeaderThatWasReplacedCannotWriteAndWhatItTriesIsNeverRead() {
        try (PointerStore old = lead(1)) {
            old.write(pointer(JOB, 1), 1);
            try (PointerStore now = lead(2)) {
                assertThat(now.read(JOB)).isEqualTo(pointer(JOB, 1));

                assertLost(() -> old.write(pointer(JOB, 2), 1));
                assertThat(now.read(JOB)).isEqualTo(pointer(JOB, 1));
                try (PointerStore third = lead(3)) {
                    assertThat(third.read(JOB)).isEqualTo(pointer(JOB, 1));
                }
            }
        }
    }

    @Test
    void aLateFirstPointerOfAReplacedLeaderIsNeverRead() {
        try (PointerStore old = lead(1)) {
            assertThat(old.read(JOB)).isNull();
            try (PointerStore now = lead(2)) {
                assertThat(now.read(JOB)).isNull();

                assertLost(() -> old.write(pointer(JOB, 2), 1));
                try (PointerStore third = lead(3)) {
                    assertThat(third.read(JOB)).isNull();
                }
            }
        }
    }

    @Test
    void aLeaderWritesInItsOwnEpochOnly() {
        try (PointerStore store = lead(2)) {
            assertLost(() -> store.write(pointer(JOB, 1), 1));
            assertLost(() -> store.write(pointer(JOB, 1), 3));
            assertLost(() -> store.remove(JOB, 1));
            assertThat(store.read(JOB)).isNull();
        }
    }

    @Test
    void aLostReplyIsAskedForAgain() {
        try (PointerStore store = lead(1)) {
            store.write(pointer(JOB, 1), 1);
            set(Fault.REPLY_LOST_ONCE);

            store.write(pointer(JOB, 2), 1);

            assertThat(store.read(JOB)).isEqualTo(pointer(JOB, 2));
            store.write(pointer(JOB, 3), 1);
        }
        try (PointerStore next = lead(2)) {
            assertThat(next.read(JOB)).isEqualTo(pointer(JOB, 3));
        }
    }

    @Test
    void aLostReplyToTheFirstPointerIsAskedForAgain() {
        try (PointerStore store = lead(1)) {
            assertThat(store.read(JOB)).isNull();
            set(Fault.REPLY_LOST_ONCE);

            store.write(pointer(JOB, 1), 1);

            assertThat(store.read(JOB)).isEqualTo(pointer(JOB, 1));
        }
    }

    @Test
    void whatIsRefusedForGoodWasNotWrittenAndTheNextOneIs() {
        try (PointerStore store = lead(1)) {
            store.write(pointer(JOB, 1), 1);
            set(Fault.WRITES_REFUSED);

            assertThatThrownBy(() -> store.write(pointer(JOB, 2), 1))
                    .isInstanceOfSatisfying(
                            MillraceException.class,
                            e -> assertThat(e.code()).isEqualTo(ErrorCode.STORAGE_FAILED));

            set(Fault.NONE);
            assertThat(store.read(JOB)).isEqualTo(pointer(JOB, 1));
            store.write(pointer(JOB, 3), 1);
            assertThat(store.read(JOB)).isEqualTo(pointer(JOB, 3));
        }
    }

    @Test
    void ifNobodyCanTellTheLeaderEndsAndTheNextOneFindsWhatIsThere() {
        try (PointerStore store = lead(1)) {
            store.write(pointer(JOB, 1), 1);
            set(Fault.REPLY_LOST_THEN_SILENCE);

            assertLost(() -> store.write(pointer(JOB, 2), 1));
        }
        set(Fault.NONE);
        try (PointerStore next = lead(2)) {
            assertThat(next.read(JOB)).isEqualTo(pointer(JOB, 2));
        }
    }

    @Test
    void aCrashBeforeTheReplyLeavesThePointer() {
        try (PointerStore store = lead(1)) {
            store.write(pointer(JOB, 1), 1);
            System.setProperty(FaultPoint.CRASH_HOW, "throw");
            System.setProperty(FaultPoint.CRASH_AT, FaultPoint.CHECKPOINT_POINTER_SENT.name());

            assertThatThrownBy(() -> store.write(pointer(JOB, 2), 1))
                    .isInstanceOf(SimulatedCrash.class);
        }
        try (PointerStore next = lead(2)) {
            assertThat(next.read(JOB)).isEqualTo(pointer(JOB, 2));
        }
    }

    @Test
    void aRemovedPointerIsForgotten() {
        try (PointerStore store = lead(1)) {
            store.remove(JOB, 1);
            store.write(pointer(JOB, 1), 1);

            store.remove(JOB, 1);

            assertThat(store.read(JOB)).isNull();
            store.write(pointer(JOB, 2), 1);
            assertThat(store.read(JOB)).isEqualTo(pointer(JOB, 2));
        }
    }

    @Test
    void aLeaderThatWasReplacedRemovesNothing() {
        try (PointerStore old = lead(1)) {
            old.write(pointer(JOB, 1), 1);
            try (PointerStore now = lead(2)) {
                now.read(JOB);

                assertLost(() -> old.remove(JOB, 1));
                assertThat(now.read(JOB)).isEqualTo(pointer(JOB, 1));
            }
        }
    }
}
