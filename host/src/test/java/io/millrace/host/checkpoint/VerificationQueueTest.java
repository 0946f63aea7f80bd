package io.millrace.host.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.file.FileSystem;
import io.millrace.api.file.Path;
import io.millrace.host.checkpoint.VerificationQueue.Work;
import io.millrace.runtime.checkpoint.CheckpointDirectory;
import io.millrace.runtime.checkpoint.CheckpointKind;
import io.millrace.runtime.checkpoint.CheckpointRecord;
import io.millrace.runtime.checkpoint.Manifest;
import io.millrace.runtime.checkpoint.StoredFile;
import io.millrace.runtime.plan.JobId;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class VerificationQueueTest {
    private static final long PAUSE = VerificationQueue.PAUSE_MS;

    private final VerificationQueue queue = new VerificationQueue();

    private static CheckpointDirectory directory(char digit) {
        return new CheckpointDirectory(
                FileSystem.getLocalFileSystem(),
                new Path("file:///c"),
                new JobId(String.valueOf(digit).repeat(32)));
    }

    private static Manifest manifest(char digit, long id, String... files) {
        return new Manifest(
                String.valueOf(digit).repeat(32),
                "job",
                1,
                id,
                0,
                CheckpointKind.INCREMENTAL,
                List.of(),
                List.of(),
                List.of(),
                Arrays.stream(files).map(file -> new StoredFile(file, 1)).toList());
    }

    private static List<CheckpointRecord> records(long... ids) {
        return LongStream.of(ids).mapToObj(id -> new CheckpointRecord(id, 1, "m", 1, 1)).toList();
    }

    private void completes(char job, long id, long nowMs, String... files) {
        queue.completed(directory(job), manifest(job, id, files), records(id), 100, nowMs);
    }

    @Test
    void aCheckpointIsReadAtOnceAndOnce() {
        completes('a', 1, 5);

        assertThat(queue.take(5).checkpointId()).isEqualTo(1);
        assertThat(queue.take(5)).isNull();
        assertThat(queue.dueAtMs()).isEmpty();
    }

    @Test
    void ofOneJobTheNewestIsReadAfterAPause() {
        completes('a', 1, 0);
        queue.take(0);
        completes('a', 2, 10);
        completes('a', 3, 20);

        assertThat(queue.dueAtMs()).hasValue(PAUSE);
        assertThat(queue.take(PAUSE - 1)).isNull();
        assertThat(queue.take(PAUSE).checkpointId()).isEqualTo(3);
        assertThat(queue.take(PAUSE)).isNull();
    }

    @Test
    void jobsHaveTheirTurnInTheOrderInWhichTheyWaited() {
        completes('a', 1, 0);
        completes('b', 1, 1);
        completes('a', 2, 2);

        assertThat(queue.take(9).jobId()).isEqualTo(directory('a').jobId());
        assertThat(queue.take(9).jobId()).isEqualTo(directory('b').jobId());
        assertThat(queue.take(9)).isNull();
    }

    @Test
    void timesMayBeNegative() {
        completes('a', 1, -500);

        assertThat(queue.take(-500)).isNotNull();
    }

    @Test
    void aFileThatWasFoundWholeIsNotReadAgainWhileItIsNeeded() {
        completes('a', 1, 0, "1/1/w.seg");
        Work first = queue.take(0);
        queue.whole(first, Set.of("1/1/w.seg"));
        completes('a', 2, 1, "1/1/w.seg", "1/2/w.seg");

        Work second = queue.take(PAUSE);
        assertThat(second.known()).containsExactly("1/1/w.seg");

        completes('a', 3, PAUSE, "1/3/w.seg");
        queue.take(2 * PAUSE);
        completes('a', 4, 2 * PAUSE, "1/1/w.seg");
        assertThat(queue.take(3 * PAUSE).known()).isEmpty();
    }

    @Test
    void whatThePointerNamesNoMoreDoesNotCount() {
        completes('a', 1, 0);
        Work work = queue.take(0);
        assertThat(queue.isRetained(work)).isTrue();

        queue.completed(directory('a'), manifest('a', 2), records(1, 2), 100, 1);
        assertThat(queue.isRetained(work)).isTrue();

        queue.completed(directory('a'), manifest('a', 3), records(2, 3), 100, 1);
        assertThat(queue.isRetained(work)).isFalse();
    }

    @Test
    void aJobThatHasEndedIsForgotten() {
        completes('a', 1, 0);
        Work work = queue.take(0);
        completes('a', 2, 0);

        queue.forget(directory('a').jobId());

        assertThat(queue.isRetained(work)).isFalse();
        assertThat(queue.take(PAUSE)).isNull();
    }

    @Test
    void nothingIsReadAtARateOfZero() {
        queue.completed(directory('a'), manifest('a', 1), records(1), 0, 0);

        assertThat(queue.take(0)).isNull();
    }

    @Test
    void bytesAreSpreadOverTime() {
        Throttle throttle = new Throttle(1_000, 0);

        assertThat(throttle.pauseNanos(500, 0)).isEqualTo(500_000_000);
        assertThat(throttle.pauseNanos(500, 600_000_000)).isEqualTo(400_000_000);
        assertThat(throttle.pauseNanos(500, 9_000_000_000L)).isZero();
    }
}
