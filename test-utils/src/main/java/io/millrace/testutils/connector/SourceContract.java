package io.millrace.testutils.connector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.api.source.Boundedness;
import io.millrace.api.source.Source;
import io.millrace.api.source.SourceSplit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What a source whose input ends must keep to: each record comes once, also if the source is
 * restored behind any record, with any number of readers, or if a reader is lost. A subclass says
 * which source, and what it reads. The records should be few, some dozens: the source is restored
 * behind each of them.
 *
 * @param <T> the records; equal if they have equal text
 */
public abstract class SourceContract<T, SplitT extends SourceSplit, CheckpointT> {
    /** A bounded source; the same input each time. */
    protected abstract Source<T, SplitT, CheckpointT> source() throws Exception;

    /** All its records, in any order. */
    protected abstract List<T> expected();

    private SourceRun<T, SplitT, CheckpointT> run(
            int parallelism, List<T> records, SourceRun.Saved saved) throws Exception {
        return new SourceRun<>(source(), parallelism, records, saved);
    }

    private void assertAll(List<T> records) {
        assertEquals(
                expected().stream().map(String::valueOf).sorted().toList(),
                records.stream().map(String::valueOf).sorted().toList());
    }

    @Test
    void itIsBounded() throws Exception {
        assertEquals(Boundedness.BOUNDED, source().getBoundedness());
    }

    @Test
    void everyRecordComesOnceWhateverTheParallelism() throws Exception {
        for (int parallelism = 1; parallelism <= 3; parallelism++) {
            List<T> records = new ArrayList<>();
            try (SourceRun<T, SplitT, CheckpointT> run = run(parallelism, records, null)) {
                run.readTo(Integer.MAX_VALUE);
                for (int subtask = 0; subtask < parallelism; subtask++) {
                    assertTrue(run.hasEnded(subtask), "reader " + subtask + " ends");
                    assertFalse(run.step(subtask), "an end is the end");
                }
            }
            assertAll(records);
        }
    }

    @Test
    void itGoesOnFromACheckpointBehindAnyRecord() throws Exception {
        for (int behind = 0; behind <= expected().size(); behind++) {
            List<T> records = new ArrayList<>();
            SourceRun.Saved saved;
            try (SourceRun<T, SplitT, CheckpointT> first = run(2, records, null)) {
                first.readTo(behind);
                saved = first.checkpoint(1);
                int atCheckpoint = records.size();
                // What is read behind the checkpoint is read again.
                first.readTo(atCheckpoint + 3);
                records.subList(atCheckpoint, records.size()).clear();
            }
            try (SourceRun<T, SplitT, CheckpointT> second = run(1 + behind % 3, records, saved)) {
                second.readTo(Integer.MAX_VALUE);
            }
            assertAll(records);
        }
    }

    @Test
    void aCheckpointChangesNothing() throws Exception {
        List<T> records = new ArrayList<>();
        try (SourceRun<T, SplitT, CheckpointT> run = run(2, records, null)) {
            long id = 1;
            for (int wanted = 1; wanted <= expected().size(); wanted++) {
                run.readTo(wanted);
                run.checkpoint(id);
                run.checkpointComplete(id);
                id++;
            }
            run.readTo(Integer.MAX_VALUE);
        }
        assertAll(records);
    }

    @Test
    void splitsOfAReaderThatIsLostAreReadByOthers() throws Exception {
        List<T> records = new ArrayList<>();
        try (SourceRun<T, SplitT, CheckpointT> run = run(2, records, null)) {
            // They have splits, and nothing of them counts yet.
            run.step(0);
            run.step(1);
            run.step(0);
            records.clear();
            run.replace(0);
            run.replace(1);
            run.readTo(Integer.MAX_VALUE);
        }
        assertAll(records);
    }

    @Test
    void aSourceThatIsStoppedAnywhereCloses() throws Exception {
        for (int behind = 0; behind <= expected().size(); behind++) {
            List<T> records = new ArrayList<>();
            try (SourceRun<T, SplitT, CheckpointT> run = run(2, records, null)) {
                run.readTo(behind);
            }
        }
        try (SourceRun<T, SplitT, CheckpointT> run = run(2, new ArrayList<>(), null)) {
            assertFalse(run.hasEnded(0));
        }
    }
}
